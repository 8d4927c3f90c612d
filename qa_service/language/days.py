"""The day on which something was said, where the words of the cue tell it: "said on Wednesday", "told on May 10"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from qa_service.language.gazetteer import DAYS, MONTHS

_MONTH = "|".join(month.title() for month in MONTHS)
_SHORT = r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
_DATE = re.compile(
    rf"\b(?P<month>{_MONTH}|(?:{_SHORT})\b\.?)\s+(?P<day>\d{{1,2}})\b(?:st|nd|rd|th)?(?:,?\s+(?P<year>\d{{4}}))?"
    rf"|\b(?P<day2>\d{{1,2}})\s+(?P<month2>{_MONTH})\b(?:\s+(?P<year2>\d{{4}}))?"
)
_WEEKDAY = re.compile(rf"\b(?P<day>{'|'.join(day.title() for day in DAYS)})\b")
_RELATIVE = re.compile(r"\b(?P<word>today|yesterday)\b", re.IGNORECASE)
_NEAR = 60  # characters between a cue and its day
_AHEAD = 2  # days that a page may be dated before what it tells


def day_told(
    sentence: str, cue: tuple[int, int], content: Sequence[tuple[int, int]], published: date | None
) -> date | None:
    """The day that stands near a cue and outside of what is said; None where none does, or its year is unknown."""
    outside = sentence
    for start, end in content:
        outside = outside[:start] + "\0" * (end - start) + outside[end:]
    near = outside[max(0, cue[0] - _NEAR) : cue[1] + _NEAR]
    at = min(_NEAR, cue[0])
    for stretch in (near[at:].split("\0")[0], near[:at].split("\0")[-1]):
        found = _day(stretch, published)
        if found:
            return found
    return None


def _day(stretch: str, published: date | None) -> date | None:
    dated = _DATE.search(stretch)
    if dated:
        return _dated(dated, published)
    if published is None:
        return None
    weekday = _WEEKDAY.search(stretch)
    if weekday:
        back = (published.weekday() - DAYS.index(weekday["day"].casefold())) % 7
        return published - timedelta(days=back)
    relative = _RELATIVE.search(stretch)
    if relative:
        return published - timedelta(days=relative["word"].casefold() == "yesterday")
    return None


def _dated(match: re.Match[str], published: date | None) -> date | None:
    """A day with its month; without its year, the last such day before publication."""
    name = (match["month"] or match["month2"])[:3].casefold()
    month = 1 + next(place for place, full in enumerate(MONTHS) if full.startswith(name))
    day, year = int(match["day"] or match["day2"]), match["year"] or match["year2"]
    if not year and published is None:
        return None
    told = _date(int(year) if year else published.year if published else 0, month, day)
    if told and not year and published and told > published + timedelta(days=_AHEAD):
        return _date(told.year - 1, month, day)
    return told


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
