"""The numbers of a text by value, however they are spelt: "three", "1,000", "5 million"; days are in ``dates``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS = "third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()  # "second" is a time as well
_SMALL = {word: value for value, word in enumerate(_ONES)} | {word: 10 * n for n, word in enumerate(_TENS, 2)}
_SMALL |= {word: n for n, word in enumerate(_ORDINALS, 3)} | {"dozen": 12}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SHORT = {"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12}

_WORD = "|".join(sorted((*_SMALL, *_SCALES), key=len, reverse=True))
_SPELT = rf"(?P<spelt>\b(?:{_WORD})(?:(?:[\s-]|\s+and\s+)(?:{_WORD}))*\b)"
_DIGITS = r"(?<![\w.])(?:[A-Za-z]*[$€£¥]\s?)?(?P<digits>\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
_SCALE = rf"(?:[\s-]?(?P<scale>{'|'.join(_SCALES)})\b|\s?(?P<short>(?:(?<!\s)(?:k|m|b)|mn|mln|bn|tn))\b(?!/))?"
_PERCENT = r"(?P<percent>\s?%|[\s-]per\s?cent\b|\s+percentage\b)?"
_FIGURE = re.compile(rf"(?:{_DIGITS}{_SCALE}|{_SPELT}){_PERCENT}", re.IGNORECASE)
_DEFINITE = re.compile(r"\b(?:the|these|those|both|his|her|their|its|our|all)\s+$", re.IGNORECASE)
_MODEL = re.compile(r"[A-Za-z][-–]$")  # "F-16" is no number
_TORN = re.compile(r"\b\d{1,3}(?:,\s\d{3})+\b(?:\.\d+)?(?:\s?%)?|\b\d+\.\s\d+\b(?:\s?%|\s[a-z]+(?:\scent)?)?")
_BLANK = re.compile(r"(?<=[.,])\s")
_PLURAL = re.compile(r"s\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it stands in a text; ``bare`` is its value without a scale in one letter ("100m")."""

    value: float
    bare: float
    percent: bool
    start: int
    end: int

    def among(self, others: Iterable[Figure]) -> bool:
        """Whether one of the others says the same number; a percentage is said by a percentage only."""
        return any(
            {self.value, self.bare} & {other.value, other.bare} and (other.percent or not self.percent)
            for other in others
        )


def figures(text: str) -> list[Figure]:
    """All numbers of a text in order.

    >>> [figure.value for figure in figures("Three of 1,200 men took $5 million, or twenty-one percent.")]
    [3.0, 1200.0, 5000000.0, 21.0]
    """
    return list(_found(text))


def readings(text: str) -> list[Figure]:
    """All numbers that may be read out of a text, also where blanks have come into them: "3, 800", "98. 7"."""
    mended = [_BLANK.sub("", torn.group()) for torn in _TORN.finditer(text)]
    return [*figures(text), *(figure for one in mended for figure in figures(one))]


def stated(text: str) -> list[Figure]:
    """The numbers that a text states, without those that only point: "the two", "one of them", "hundreds"."""
    return [one for one in figures(text) if not _points(text, one)]


def _points(text: str, figure: Figure) -> bool:
    shown = text[figure.start : figure.end].casefold()
    if shown[0].isdigit():
        return False
    vague = bool(_PLURAL.match(text, figure.end)) or shown in _SCALES
    return shown == "one" or vague or (figure.value <= 3 and bool(_DEFINITE.search(text[: figure.start])))


def _found(text: str) -> Iterator[Figure]:
    for match in _FIGURE.finditer(text):
        if match["digits"] and _MODEL.search(text[: match.start("digits")]):
            continue
        bare = float(re.sub("[,\u00a0\u202f]", "", match["digits"])) if match["digits"] else _spelt(match["spelt"])
        long = _SCALES[match["scale"].casefold()] if match["scale"] else 1.0
        short = _SHORT[match["short"].casefold()] if match["short"] else 1.0
        yield Figure(bare * long * short, bare * long, bool(match["percent"]), match.start(), match.end())


def _spelt(phrase: str) -> float:
    """The value of a number in words: "two hundred and five thousand"."""
    total = current = 0.0
    for word in re.split(r"[\s-]+", phrase.casefold()):
        if word in _SMALL:
            current = current * _SMALL[word] if word == "dozen" and current else current + _SMALL[word]
        elif word == "hundred":
            current = (current or 1) * 100
        elif word in _SCALES:
            total, current = total + (current or 1) * _SCALES[word], 0.0
    return total + current
