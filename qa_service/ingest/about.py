"""Collects what a page says about its article: publisher, agency, author, place, date; each from where it may stand.

A date above the title is the moment at which the page was looked at, unless a word like "Published" stands before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from qa_service.ingest import credits, dates
from qa_service.ingest.lines import Line
from qa_service.ingest.publisher import before_date, find_publisher

_ABOVE = 3  # lines above the title
_NEAR = 5  # lines at the beginning and after the end of the article
_LABEL_WORDS = 24


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The lines around an article.

    ``above`` are those above the title, ``head`` those from the title to the third line of the text, ``inner`` those
    that were left out further down, ``tail`` those below the text.
    """

    above: Sequence[Line]
    head: Sequence[Line]
    inner: Sequence[Line]
    tail: Sequence[Line]

    @property
    def near(self) -> tuple[Line, ...]:
        """The lines that may speak of the article, and not of another one."""
        return (*self.above[-_ABOVE:], *self.head, *self.inner, *self.tail[:_NEAR])


@dataclass(frozen=True, slots=True)
class About:
    """What a page says about its article; the fields are those of ``Document``."""

    source: str | None
    agency: str | None
    author: str | None
    place: str | None
    published_at: date | None


def _published(around: Surroundings) -> date | None:
    labelled = [line.text for line in around.near if line.kind != "sentence" and line.words <= _LABEL_WORDS]
    bare = [line.text for line in around.head if line.words <= _LABEL_WORDS and dates.carries_date(line.text)]
    found = [*map(dates.published, labelled), *map(dates.changed, labelled), *map(dates.find_date, bare)]
    return next(filter(None, found), None)


def _author_and_agency(around: Surroundings) -> tuple[str | None, str | None]:
    texts = [line.text for line in around.near]
    split = [f"{by} {name}" for by, name in pairwise(texts) if by.lower().rstrip(":") in ("by", "written by")]
    names = [name for text in [*texts, *split] if (name := credits.byline(text))]
    agencies = [credits.agency_of(line.text) for line in around.near if credits.is_credit(line.text)]
    agencies += [credits.agency_of(name) for name in names]
    agencies += [credits.agency_of(part) for line in around.near if (part := before_date(line))]
    agencies += [credits.agency_of(line.text.rpartition(",")[2]) for line in around.near if line.kind == "credit"]
    people = [name for name in names if not credits.agency_of(name)]
    return next(iter(people), None), next(filter(None, agencies), None)


def read_about(around: Surroundings, opening: Iterable[str]) -> About:
    """Return what the lines around an article and its first lines (``opening``) say about it."""
    author, agency = _author_and_agency(around)
    places = [credits.dateline(text) for text in opening]
    place, wire = next((pair for pair in places if pair[0]), (None, None))
    source = find_publisher((*around.above, *around.head), around.tail)
    return About(source, agency or wire, author, place, _published(around))
