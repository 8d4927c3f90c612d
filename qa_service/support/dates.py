"""The days of a text, however they are written: "May 10", "10 May 2017", "2017-05-10", "Wednesday"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from qa_service.language.gazetteer import DAYS, MONTHS

_MONTH = "|".join((*MONTHS, *(f"{month[:3]}" for month in MONTHS if month != "may"), "sept"))
_YEAR = r"(?P<{0}>(?:1[5-9]|20)\d\d)"
_DATED = re.compile(
    rf"\b(?P<y1>\d{{4}})[-/.](?P<m1>\d{{1,2}})[-/.](?P<d1>\d{{1,2}})\b"
    rf"|\b(?P<m2>{_MONTH})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,?\s+{_YEAR.format('y2')}\b)?"
    rf"|\b(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m3>{_MONTH})\b\.?(?:,?\s+{_YEAR.format('y3')}\b)?"
    rf"|\b(?P<m4>{_MONTH})\.?,?\s+(?:of\s+)?{_YEAR.format('y4')}\b",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(rf"\b({'|'.join(DAYS)})\b", re.IGNORECASE)
_NEAR_DAY = re.compile(r"\b(today|yesterday|tomorrow)\b", re.IGNORECASE)
_STEPS = {"today": 0, "yesterday": -1, "tomorrow": 1}


@dataclass(frozen=True, slots=True)
class Day:
    """A day, or a month where ``day`` is 0; ``year`` is 0 where it is not told. Offsets into the text."""

    year: int
    month: int
    day: int
    start: int = 0
    end: int = 0

    def agrees(self, other: Day) -> bool:
        """Whether ``other`` tells of the same day, at least as exactly in month and day."""
        same_year = not (self.year and other.year) or self.year == other.year
        return same_year and self.month == other.month and self.day in (0, other.day)

    @property
    def weekday(self) -> str:
        """The name of the day in small letters; empty where the year is not told."""
        try:
            return DAYS[date(self.year, self.month, self.day).weekday()]
        except ValueError:
            return ""


def days(text: str) -> list[Day]:
    """All dates of a text with at least a month and one of day and year.

    >>> [(d.year, d.month, d.day) for d in days("On 10 May 2017, and again on Sept. 3.")]
    [(2017, 5, 10), (0, 9, 3)]
    """
    return [day for day in _found(text) if 1 <= day.month <= 12 and day.day <= 31]


def weekdays(text: str) -> frozenset[str]:
    """The days of the week that a text names, in small letters."""
    return frozenset(match.casefold() for match in _WEEKDAY.findall(text))


def told_from(text: str, published: Day) -> list[Day]:
    """The dates that "Wednesday" or "yesterday" mean in a text that was published on a day; none without its year."""
    if not published.weekday or published.year == date.min.year:  # nothing can be reckoned back from there
        return []
    origin = date(published.year, published.month, published.day)
    back = [(origin.weekday() - DAYS.index(name)) % 7 for name in weekdays(text)]
    steps = [-_STEPS[word.casefold()] for word in _NEAR_DAY.findall(text)]
    meant = [origin - timedelta(days=step) for step in (*back, *steps)]
    return [Day(day.year, day.month, day.day) for day in meant]


def _found(text: str) -> Iterator[Day]:
    for match in _DATED.finditer(text):
        form = next(n for n in "1234" if match["m" + n])
        month = match["m" + form]
        number = int(month) if month.isdigit() else _month(month)
        day = int(match["d" + form]) if form != "4" else 0
        yield Day(int(match["y" + form] or 0), number, day, match.start(), match.end())


def _month(name: str) -> int:
    return next(n for n, month in enumerate(MONTHS, 1) if month.startswith(name[:3].casefold()))
