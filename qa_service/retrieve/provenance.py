"""Favours the passages of the publisher and the day that a question names; what they say is weighed in ``search``.

A passage whose document states no source or no date is neither favoured nor held back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from qa_service.ingest.dates import MONTHS, find_date
from qa_service.language.words import Word, plain, words
from qa_service.store.catalog import Catalog
from qa_service.types import Filter

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]

SOURCE, DAY = 0.06, 0.09  # what being of the named source, or of the named day, adds to a score or takes from it
_SECTION = 0.8  # how far another section of the named publisher is the named source
_NEAR = timedelta(days=7)  # a document so near to the named day may still tell of it

_SEPARATOR = re.compile(r"\s*[|:–—]\s*|\s+-\s+")  # of a publisher and its section
_MONTH = re.compile(rf"\b({'|'.join(MONTHS)})[a-z]*\.?,? (\d{{4}})\b", re.IGNORECASE)
_ENDINGS = frozenset({"com", "org", "net", "co", "uk", "au"})


class Provenance:
    """Where the passages of one catalog come from. Safe for use from several threads."""

    def __init__(self, catalog: Catalog, count: int) -> None:
        self._catalog = catalog
        self._count = count
        sources = catalog.sources()
        self._spelled = _spelled(sources)
        self._longest = max(map(len, self._spelled), default=0)
        self._sourced = self._rows(Filter(sources=tuple(sources))) if sources else np.empty(0, np.int64)
        self._dated = self._rows(Filter(published_after=date.min))

    def agreement(self, text: str, rows: Rows) -> Floats:
        """What the source and the day that ``text`` names add to the score of each passage, shape (len(rows),)."""
        return SOURCE * self._of_source(text)[rows] + DAY * self._of_day(text)[rows]

    def _of_source(self, text: str) -> Floats:
        """1 for passages of a source that the text names, -1 for those of other sources, shape (P,)."""
        marks = np.zeros(self._count, np.float32)
        named = self._named(text)
        if named:
            marks[self._sourced] = -1
        for source, share in sorted(named.items(), key=lambda item: item[1]):
            marks[self._rows(Filter(sources=(source,)))] = share
        return marks

    def _of_day(self, text: str) -> Floats:
        """1 for passages of the day or month that the text names, 0 for those near it, -1 for others, shape (P,)."""
        marks = np.zeros(self._count, np.float32)
        span = stated_days(text)
        if span is not None:
            marks[self._dated] = -1
            for mark, margin in ((0.0, _NEAR), (1.0, timedelta())):
                marks[self._rows(Filter(published_after=span[0] - margin, published_before=span[1] + margin))] = mark
        return marks

    def _named(self, text: str) -> dict[str, float]:
        """The sources that a text names, and how surely."""
        found: dict[str, float] = {}
        written = [(word, plain(word.text)) for word in words(text)]
        for at, (word, _) in enumerate(written):
            if not (word.capitalised or word.text[0].isdigit()):
                continue
            for length in range(1, self._longest + 1):
                for source, share in self._spelled.get(tuple(p for _, p in written[at : at + length]), ()):
                    found[source] = max(share, found.get(source, 0.0))
        return found

    def _rows(self, admitted: Filter) -> Rows:
        rows = self._catalog.allowed_passages(admitted)
        return np.arange(self._count) if rows is None else rows


def stated_days(text: str) -> tuple[date, date] | None:
    """The first and the last day of the date, or else of the month with its year, that a text states first."""
    day = find_date(text)
    if day is not None:
        return day, day
    month = _MONTH.search(text)
    if month is None or not 1 <= int(month[2]) < date.max.year:
        return None
    first = date(int(month[2]), MONTHS.index(month[1].casefold()) + 1, 1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _spelled(sources: list[str]) -> dict[tuple[str, ...], list[tuple[str, float]]]:
    """For the words that name a source, or its publisher, the sources meant, each with how surely."""
    spelled: dict[tuple[str, ...], list[tuple[str, float]]] = {}
    for source in sources:
        for name, share in ((_SEPARATOR.split(source)[0], _SECTION), (source, 1.0)):
            for spelling in _spellings(words(name)):
                spelled.setdefault(spelling, []).append((source, share))
    return spelled


def _spellings(name: list[Word]) -> Iterator[tuple[str, ...]]:
    """The words of a publisher's name, without the article and the ending of a web address."""
    bare = [plain(word.text) for word in name]
    while len(bare) > 1 and bare[-1] in _ENDINGS:
        bare.pop()
    if len(bare) > 1 and bare[0] == "the":
        bare = bare[1:]
    if bare:
        yield tuple(bare)
