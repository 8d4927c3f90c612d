"""Turns counts into the measures of a chart; drawing them, and telling the numbers in words, is left to the template.

Lengths are whole percent of the longest bar, so that a template can put them into attributes of an SVG.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MOST_COLUMNS = 60  # more cannot be told apart on a telephone

_YEAR = 12  # months


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it stands for, how many that are, and its length from 0 to 100; only nothing has length 0."""

    name: str
    count: int
    length: int


def bars(counts: Sequence[tuple[str, int]]) -> tuple[Bar, ...]:
    """A bar for each count, in the same order."""
    most = max((count for _, count in counts), default=0)
    return tuple(Bar(name, count, -(-100 * count // most) if count else 0) for name, count in counts)


def timeline(months: Sequence[tuple[str, int]]) -> tuple[Bar, ...]:
    """A bar for each stretch of time from the first of the months ("2017-05") to the last, empty ones included.

    The stretches are months ("2017-05"), years ("2017") where those would be too many, then decades ("2010–2019").
    """
    counted = Counter({_number(month): count for month, count in months})
    stretch = 1
    while counted and max(counted) // stretch - min(counted) // stretch >= MOST_COLUMNS:
        stretch *= _YEAR if stretch == 1 else 10
    return bars(_filled(_gathered(counted, stretch), stretch))


def _number(month: str) -> int:
    year, number = month.split("-")
    return int(year) * _YEAR + int(number) - 1


def _gathered(counted: Mapping[int, int], stretch: int) -> Counter[int]:
    total: Counter[int] = Counter()
    for month, count in counted.items():
        total[month // stretch] += count
    return total


def _filled(counted: Counter[int], stretch: int) -> list[tuple[str, int]]:
    numbers = range(min(counted), max(counted) + 1) if counted else ()
    return [(_name(number * stretch, stretch), counted[number]) for number in numbers]


def _name(month: int, stretch: int) -> str:
    year, last = month // _YEAR, (month + stretch - 1) // _YEAR
    if stretch == 1:
        return f"{year:04}-{month % _YEAR + 1:02}"
    return f"{year:04}" if year == last else f"{year:04}–{last:04}"
