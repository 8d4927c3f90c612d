"""Tells whether two sentences contradict each other in what can be compared: numbers, days and months, denial.

Whether they speak of the same matter at all is asked first, by ``sources``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa_service.language.gazetteer import DAYS, MONTHS

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
).split()
_TENS = {name: 10 * tens for tens, name in enumerate("thirty forty fifty sixty seventy eighty ninety".split(), start=3)}
_VALUES = {**{name: value for value, name in enumerate(_SMALL)}, **_TENS, "once": 1, "twice": 2, "dozen": 12}
_NOT_COUNTS = frozenset({"one"})  # "one of them", "the one": seldom a count
_NUMBER = re.compile(
    rf"(?<![\w.])(?:\d+(?:[.,]\d+)*|{'|'.join(_VALUES)})(?![\w])(?:[\s-]+(?P<times>hundred|thousand|million|billion))?"
    r"(?P<share>\s*(?:%|per\s?cent\b))?",
    re.IGNORECASE,
)
_TIMES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_DAY = re.compile(rf"\b(?:{'|'.join(day.capitalize() for day in DAYS)})\b")
_MONTH = re.compile(rf"\b(?:{'|'.join(month.capitalize() for month in MONTHS)})\b")
_DENIAL = re.compile(
    r"\b(?:no|not|never|none|nobody|neither|nor|without|cannot|den(?:y|ies|ied|ying)|refus\w+|reject\w+|fail(?:s|ed|ing)?"
    r"|unable|false(?:ly)?|lacks?|lacked|absent|ruled out)\b|n['’]t\b",
    re.IGNORECASE,
)
_NO_DENIAL = re.compile(r"\b(?:not only|not least|no (?:doubt|secret|sooner|longer than)|nothing but)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Facts:
    """What can be compared in a sentence: its numbers by value, the days and the months it names, whether it denies."""

    numbers: frozenset[str]
    days: frozenset[str]
    months: frozenset[str]
    denies: bool


def facts(text: str) -> Facts:
    """Read the facts off a sentence."""
    numbers = (_value(found) for found in _NUMBER.finditer(text))
    return Facts(
        frozenset(number for number in numbers if number),
        frozenset(_DAY.findall(text)),
        frozenset(_MONTH.findall(text)),
        bool(_DENIAL.search(_NO_DENIAL.sub("", text))),
    )


def disagree(left: Facts, right: Facts) -> bool:
    """Whether each has a number, day or month of its own where the other has another, or only one of them denies.

    What only one of them tells is no contradiction.
    """
    told = ((left.numbers, right.numbers), (left.days, right.days), (left.months, right.months))
    return any(ours - theirs and theirs - ours for ours, theirs in told) or left.denies != right.denies


def _value(found: re.Match[str]) -> str:
    """ "1,200" → "1200", "twelve" → "12", "two million" → "2000000", "5%" → "5%"; empty for what is no count."""
    word = re.split(r"[\s%-]", found[0], maxsplit=1)[0].casefold()
    if word in _NOT_COUNTS and not found["times"]:
        return ""
    digits = str(_VALUES[word]) if word in _VALUES else re.sub(r",(?=\d{3}\b)", "", word).rstrip(".,")
    times = _TIMES.get((found["times"] or "").casefold(), 1)
    if times > 1 and re.fullmatch(r"\d+(?:\.\d+)?", digits):
        digits = f"{float(digits) * times:.0f}"
    return digits + ("%" if found["share"] else "")
