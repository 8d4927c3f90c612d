"""Whether passages have the numbers and dates of a sentence; finding those is left to ``figures`` and ``dates``."""

from __future__ import annotations

from .dates import days, weekdays
from .figures import Figure, stated
from .grounds import Grounds


def numbers_of(sentence: str) -> list[Figure]:
    """The numbers that a sentence states, those of its dates left out."""
    dated = days(sentence)
    return [one for one in stated(sentence) if not any(day.start <= one.start < day.end for day in dated)]


def has_numbers(sentence: str, grounds: Grounds) -> bool:
    """Whether the passages have the dates, the days of the week and all other numbers of a sentence."""
    if not all(any(day.agrees(other) for other in grounds.days) for day in days(sentence)):
        return False
    years = {float(day.year) for day in grounds.days}
    found = all(one.among(grounds.figures) or one.value in years for one in numbers_of(sentence))
    return found and weekdays(sentence) <= grounds.weekdays
