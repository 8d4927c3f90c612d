"""The content of a sentence as comparable terms, each with what it tells; which sentences are compared is left out.

Numbers stand for their value and countries for themselves: "Russian" and "Russia", "three" and "3" are one term.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from qa_service.language.gazetteer import country_key
from qa_service.language.words import Word, english, is_function_word, term, words

from .figures import figures

_LONGEST_COUNTRY = 4
_COMMON = 9.5  # logarithm of the count of a word that tells nothing
_LEAST = 0.15
_FREE = frozenset("say tell add according also however meanwhile addition further".split())  # tell how, not what


@dataclass(frozen=True, slots=True)
class Term:
    """A content word as it is compared, what it tells (0 to 1), and where it stands; ``raw`` is the word itself."""

    key: str
    weight: float
    start: int
    end: int
    raw: str


def contents(text: str) -> list[Term]:
    """The content words of a text in order.

    >>> [term.key for term in contents("Three Russian envoys met in the United States.")]
    ['#3', '@russia', 'envoy', 'meet', '@united states']
    """
    numbers = {figure.start: figure for figure in figures(text)}
    ends = [(figure.start, figure.end) for figure in numbers.values()]
    found: list[Term] = []
    listed = words(text)
    at = 0
    while at < len(listed):
        country, length = _country(listed, at)
        word = listed[at]
        figure = next((f for f in ends if f[0] <= word.start < f[1]), None)
        if country:
            found.append(Term(f"@{country}", 0.6, word.start, listed[at + length - 1].end, word.text))
        elif figure:
            if not found or found[-1].start != figure[0]:
                found.append(Term(f"#{numbers[figure[0]].value:g}", 0.7, *figure, text[slice(*figure)]))
        elif not is_function_word(word.text):
            found.append(Term(term(word.text), weight(word.text), word.start, word.end, word.text))
        at += length
    return found


def _country(listed: Sequence[Word], at: int) -> tuple[str, int]:
    """The country named from a word on, and of how many words its name is; one where there is none."""
    for length in range(min(_LONGEST_COUNTRY, len(listed) - at), 1, -1):
        if key := country_key(" ".join(word.text for word in listed[at : at + length])):
            return key, length
    return country_key(listed[at].text), 1


@lru_cache(maxsize=65536)
def weight(word: str) -> float:
    """What a word tells, by its frequency in English: 1 for a rare word, near 0 for one that is everywhere."""
    if term(word) in _FREE:
        return _LEAST
    usage = english().get(word.casefold())
    return 1.0 if usage is None else max(_LEAST, 1 - math.log1p(usage.count) / _COMMON)


def pairs(terms: Sequence[Term]) -> Iterator[tuple[str, str]]:
    """The neighbouring terms of a sentence."""
    return ((a.key, b.key) for a, b in pairwise(terms))


_ALL = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def every_word(text: str) -> list[str]:
    """All words of a text in small letters, those of grammar and contractions included."""
    return [word.casefold().replace("’", "'") for word in _ALL.findall(text)]
