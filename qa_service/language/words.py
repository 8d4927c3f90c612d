"""The words of a text: where they stand, what they are reduced to, and how common they are in English.

Scraped pages glue words together ("U.S.President", "onSaturday", "Trump'sinauguration"); they are told apart here,
once, so that names, dates and keywords are found in them. Offsets always point into the text as it was given.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise

import Stemmer  # type: ignore[import-not-found]  # PyStemmer ships no types

_TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|\d+(?:[.,:]\d+)*|[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*")
_GLUED = re.compile(r"(?<=[a-z]{2})(?=[A-Z][a-z]{2})")
_CONTRACTED = re.compile(r"(?:t|s|re|ve|ll|d|m)\b|s(?=[a-z]{4})")

# Letters that no accent is taken off of by Unicode, because they are letters of their own.
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ß": "ss"})


def word_set(listed: str) -> frozenset[str]:
    """The words that are listed with white space between them."""
    return frozenset(listed.split())


FUNCTION_WORDS = word_set(
    "a an the this that these those some any each every either neither no not nor and or but if then than as at by "
    "for from in into of off on onto out over per to toward towards under up upon via with within without about above "
    "across after against along among around before behind below beneath beside besides between beyond during except "
    "inside near since through throughout till until is am are was were be been being do does did doing done have has "
    "had having will would shall should can could may might must ought i me my mine myself we us our ours ourselves "
    "you your yours yourself he him his himself she her hers herself it its itself they them their theirs themselves "
    "one who whom whose which what when where why how there here so such too very just also only own same both few "
    "more most other again further once s t re ve ll d m don doesn didn isn aren wasn weren hasn haven hadn won "
    "couldn wouldn shouldn mustn"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it stands in a text, with its span."""

    text: str
    start: int
    end: int

    @property
    def capitalised(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()


@dataclass(frozen=True, slots=True)
class Usage:
    """How English uses a word: its count in the texts the list was made of, and the share written with a capital."""

    count: int
    capitalised: float


def words(text: str) -> list[Word]:
    """All words and numbers of ``text`` in order, glued ones separated, contracted endings ("'s", "n't") left out."""
    found: list[Word] = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if start and text[start - 1] in "'’" and found and found[-1].end == start - 1:
            contracted = _CONTRACTED.match(text, start)
            if contracted:
                start = contracted.end()
        found.extend(_unglued(text, start, end))
    return found


def _unglued(text: str, start: int, end: int) -> Iterable[Word]:
    cuts = [start, *(start + cut.start() for cut in _GLUED.finditer(text[start:end])), end]
    return (Word(text[a:b], a, b) for a, b in pairwise(cuts) if a < b)


def plain(word: str) -> str:
    """A word as names are compared: case-folded, without accents and a final full stop.

    >>> plain("Głódź"), plain("O’Neill"), plain("U.S.")
    ('glodz', "o'neill", 'u.s')
    """
    folded = word.casefold().replace("’", "'").rstrip(".")
    if folded.isascii():
        return folded
    parts = unicodedata.normalize("NFD", folded.translate(_PLAIN))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def term(word: str) -> str:
    """What a word is compared by: case-folded, irregular forms regularised, stemmed.

    >>> term("met"), term("meetings"), term("U.S."), term("US")
    ('meet', 'meet', 'u.s', 'u.s')
    """
    if word == "US" or "." in word:
        return ".".join(word.replace(".", "").casefold()) if not word[0].isdigit() else word
    return _stem(word.casefold())


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    regular = irregular().get(word, word)
    stemmed: str = Stemmer.Stemmer("english").stemWord(regular)  # one may not be shared between threads
    return stemmed


def terms(text: str) -> list[str]:
    """The terms of the content words of ``text``, in order, function words left out."""
    return [term(word.text) for word in words(text) if not is_function_word(word.text)]


def is_function_word(word: str) -> bool:
    """Whether a word carries grammar, not content. ``US`` in capitals is a country, ``us`` is a pronoun."""
    return word != "US" and word.casefold() in FUNCTION_WORDS


@cache
def irregular() -> dict[str, str]:
    """Irregular form → base form, for common English verbs and nouns."""
    lines = _data("irregular.txt").splitlines()
    return {form: base for base, *forms in map(str.split, lines) for form in forms}


@cache
def english() -> dict[str, Usage]:
    """Common English words, lower-cased, with their usage; made by ``training/build_word_list.py``."""
    rows = (line.split("\t") for line in _data("english.tsv").splitlines())
    return {word: Usage(int(count), float(share)) for word, count, share in rows}


def _data(name: str) -> str:
    return resources.files("qa_service").joinpath("data", name).read_text(encoding="utf-8")
