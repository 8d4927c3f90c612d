"""Passages made ready to be compared with sentences: what each of their lines says, counts and names.

Made once for the sentences of one answer. Which lines carry a sentence is decided in ``carriers``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from qa_service.language.gazetteer import capitals
from qa_service.language.words import plain, words

from .addressed import addressed
from .contents import Term, contents
from .dates import Day, days, told_from, weekdays
from .figures import Figure, readings
from .orders import gives_orders
from .quotations import joined, quotations
from .said import Said, said_in
from .values import Evidence, Place

_YEARS = 1000


@dataclass(frozen=True, eq=False)
class Line:
    """A sentence of a passage. ``order`` tells that it tells its reader, or a machine, what to do."""

    place: Place
    text: str
    terms: tuple[Term, ...]
    order: bool

    @cached_property
    def keys(self) -> frozenset[str]:
        """The terms as a set."""
        return frozenset(term.key for term in self.terms)

    @cached_property
    def spelt(self) -> tuple[str, ...]:
        """All words as names are compared."""
        return tuple(plain(word.text) for word in words(self.text))

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The numbers."""
        return tuple(counted(self.text))


class Grounds:
    """All that some passages say, ready to be asked."""

    def __init__(self, passages: Sequence[Evidence]) -> None:
        self.passages = tuple(passages)
        self.lines = tuple(_lines(passages))
        self.headings = tuple(_heading(number, passage) for number, passage in enumerate(passages) if passage.heading)
        self.keys = frozenset(key for line in (*self.lines, *self.headings) for key in line.keys)

    @property
    def all_lines(self) -> tuple[Line, ...]:
        """The lines, and the headings as lines."""
        return (*self.lines, *self.headings)

    @cached_property
    def spelt(self) -> frozenset[str]:
        """Every word, as names are compared."""
        return frozenset(word for line in self.all_lines for word in line.spelt)

    @cached_property
    def acronyms(self) -> frozenset[str]:
        """Words in capitals, in small letters, and what neighbouring capitalised words can be shortened to."""
        return frozenset(one for line in self.all_lines for one in _acronyms(line.text))

    @cached_property
    def countries(self) -> frozenset[str]:
        """The keys of the countries named, by whatever name, by their people or their capital."""
        named = {key[1:] for key in self.keys if key.startswith("@")}
        return frozenset(named | {land for word in self.spelt if (land := capitals().get(word, ""))})

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """All numbers, also those that are torn between two lines."""
        texts = [*(" ".join(passage.sentences) for passage in self.passages), *(line.text for line in self.headings)]
        return tuple(figure for text in texts for figure in counted(text))

    @cached_property
    def days(self) -> tuple[Day, ...]:
        """All dates, also those that a weekday means in a passage whose heading has a date."""
        found = [day for line in self.all_lines for day in days(line.text)]
        for passage in self.passages:
            published = days(passage.heading)
            if published:
                found += told_from(" ".join(passage.sentences), published[0])
        return tuple(found)

    @cached_property
    def weekdays(self) -> frozenset[str]:
        """All days of the week that are named or that a date falls on."""
        named = frozenset(name for line in self.all_lines for name in weekdays(line.text))
        return named | frozenset(day.weekday for day in self.days if day.weekday)

    @cached_property
    def quotable(self) -> tuple[str, ...]:
        """What can be quoted: each passage, what stands in it in quotation marks, and its heading."""
        whole = [" ".join(passage.sentences) for passage in self.passages]
        quoted = [" ".join(quotations(text)) for text in whole]
        return tuple(joined(text) for text in (*whole, *quoted, *(line.text for line in self.headings)))

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """Who says what."""
        return said_in([passage.sentences for passage in self.passages])

    def is_said(self, place: Place) -> bool:
        """Whether somebody says what stands in a line."""
        return any(one.place == place for one in self.said)

    def line(self, place: Place) -> Line | None:
        """The line at a place, if there is one."""
        return self._by_place.get(place)

    @cached_property
    def _by_place(self) -> Mapping[Place, Line]:
        return {line.place: line for line in self.lines}


def _lines(passages: Sequence[Evidence]) -> list[Line]:
    return [
        Line((number, at), text, tuple(contents(text)), order)
        for number, passage in enumerate(passages)
        for at, (text, order) in enumerate(zip(passage.sentences, addressed(passage.sentences), strict=True))
    ]


def _heading(number: int, passage: Evidence) -> Line:
    return Line((number, -1), passage.heading, tuple(contents(passage.heading)), gives_orders(passage.heading))


def _acronyms(text: str) -> Set[str]:
    found, initials = set(), ""
    for word in words(text):
        if len(word.text) > 1 and word.text.replace(".", "").isupper():
            found.add(word.text.replace(".", "").casefold())
        if word.capitalised:
            initials += word.text[0].casefold()
            found.update(initials[at:] for at in range(len(initials) - 1))
        elif word.text not in ("of", "the", "for", "and", "on"):
            initials = ""
    return found


def counted(text: str) -> list[Figure]:
    """The numbers of a text without the days of its dates, which count nothing; years are kept."""
    dated = days(text)
    return [
        one for one in readings(text) if one.value >= _YEARS or not any(d.start <= one.start < d.end for d in dated)
    ]
