"""Reads the publication date that a page states; which lines may state one is for ``about`` to decide.

A date is taken only where it is unambiguous: 03/04/2019 is no date, 23/04/2019 is one.
"""

from __future__ import annotations

import re
from datetime import date

from qa_service.ingest.text import vocabulary

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_END = r"(?=\d?\d:|\D|$)"  # a time may be glued to the year
_ISO = re.compile(r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?[ -](?:of )?{_MONTH},?[ -](\d{{4}}){_END}", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"\b{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}}){_END}", re.IGNORECASE)
_NUMBERS = re.compile(r"(?<![\d./])(\d{1,2})([./])(\d{1,2})\2(\d{4})(?!\d)")
_PUBLISHED = re.compile(r"\b(?:published|posted|publication date|issued|date)\b", re.IGNORECASE)
_CHANGED = re.compile(r"\b(?:updated|modified|revised)\b", re.IGNORECASE)
_NAMES = 4
_LONGEST = 20  # characters in a date
_CLOSE = 48  # characters between a label and the end of its date
# The words that a line made of nothing but a date and a time may hold, besides numbers.
_FILLER = vocabulary(
    "mon tue wed thu thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday am pm a.m p.m "
    "gmt utc bst est edt et cst cdt ct mst mdt mt pst pdt pt ist cet cest eat hkt jst aest aedt hrs h published posted "
    "updated modified first last on at date time issued publication min mins minute minutes read of the by and "
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec st nd rd th t z"
)
_TOKEN = re.compile(r"[^\W\d_]+(?:\.[^\W\d_])*|\d+")


def _make(year: str, month: int, day: str) -> date | None:
    try:
        return date(int(year), month, int(day))
    except ValueError:
        return None


def _number(name: str) -> int:
    return MONTHS.index(name[:3].lower()) + 1


def _from_numbers(first: str, mark: str, second: str, year: str) -> date | None:
    """12.05.2017 is written day first; with slashes only a number above 12 tells the day."""
    if mark == "." or int(first) > 12:
        return _make(year, int(second), first)
    return _make(year, int(first), second) if int(second) > 12 else None


def find_date(text: str) -> date | None:
    """Return the first calendar date written in ``text``, or None where there is none or it can be read in two ways."""
    if match := _ISO.search(text):
        return _make(match[1], int(match[3]), match[4])
    if match := _DAY_FIRST.search(text):
        return _make(match[3], _number(match[2]), match[1])
    if match := _MONTH_FIRST.search(text):
        return _make(match[3], _number(match[1]), match[2])
    match = _NUMBERS.search(text)
    return _from_numbers(match[1], match[2], match[3], match[4]) if match else None


def is_date_line(text: str) -> bool:
    """Say whether ``text`` is nothing but a date, with or without time, weekday and a word like "Updated"."""
    tokens = _TOKEN.findall(text.lower())
    return len(tokens) <= 24 and find_date(text) is not None and all(t.isdigit() or t in _FILLER for t in tokens)


def carries_date(text: str) -> bool:
    """Say whether ``text`` begins with a date, or is one with no more than a few names: "Jane Doe - 19 Nov 2019"."""
    others = [t for t in _TOKEN.findall(text) if not t.isdigit() and t.lower() not in _FILLER]
    names = len(others) <= _NAMES and sum(t[0].islower() for t in others) <= 1
    return "°" not in text and (names or find_date(text[:_LONGEST]) is not None)


def label(text: str) -> re.Match[str] | None:
    """Return the first "Published", "Updated" or the like in ``text`` that a date follows closely."""
    found = [m for pattern in (_PUBLISHED, _CHANGED) for m in pattern.finditer(text) if _after(m)]
    return min(found, key=lambda m: m.start(), default=None)


def _after(match: re.Match[str]) -> date | None:
    return find_date(match.string[match.end() : match.end() + _CLOSE])


def published(text: str) -> date | None:
    """Return the date after "Published", "Posted on" and the like."""
    return next(filter(None, map(_after, _PUBLISHED.finditer(text))), None)


def changed(text: str) -> date | None:
    """Return the date after "Updated", "Last modified" and the like, or the one that stands before such a word."""
    marks = [match for match in _CHANGED.finditer(text) if _after(match)]
    return find_date(text[: marks[0].start()]) or _after(marks[0]) if marks else None
