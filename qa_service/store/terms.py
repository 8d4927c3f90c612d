"""Cuts text into the terms that keyword search compares; weighing them is left to ``keywords``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import Stemmer  # type: ignore[import-not-found]  # a C extension without type information

_TOKEN = re.compile(
    r"""(?:
        (?P<initials> (?<!\w) (?:[^\W\d_]\.)+ [^\W\d_] (?!\w) )           # U.S., and before a name: U.S.President
      | (?<!\d[.,]) (?P<number> (?>\d{1,3}(?:,\d{3})+|\d+) (?>(?:\.\d+)?) (?![.,]\d) [^\W_]* )   # 1,200 and 3.5bn
      | [^\W_]+n't (?!\w)                                                 # isn't, won't: stop words, all of them
      | (?P<word> [^\W_]+ )
    )
    (?: \.?'(?:s|re|ve|ll|d|m|t) (?!\w) )?                                # Putin's, they're
    """,
    re.VERBOSE | re.IGNORECASE,
)
_JOINED = {"initials": ".", "number": ",", "word": "'"}  # what is left out of each kind of token
_ACCENTS = re.compile("[\u0300-\u036f]")
_APOSTROPHES = str.maketrans("’ʼ＇", "'''")

# Words that say how a sentence is built or that it is a question. "may" is left in: it is also a month.
_STOP_WORDS = """
    a about above after again against all also am an and any are as at be because been before being below between both
    but by can could did do does doing down during each few for from further had has have having he her here hers
    herself him himself his how i if in into is it its itself just let me more most my myself no nor not of off on once
    only or other our ours ourselves out over own same shall she should so some such than that the their theirs them
    themselves then there these they this those through to too under until up us very was we were what when where which
    while who whom whose why will with would you your yours yourself yourselves
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())


def terms(text: str) -> list[str]:
    """The terms of a text in order, each as often as it occurs.

    Letter case and accents are folded, possessive endings cut off, stop words left out and the rest stemmed (Snowball,
    English). Initials are joined, and a stop word in capitals (US, WHO, IT) is taken for initials, unless the whole
    text is in capitals: ``terms("The U.S. told us: the US won't go")`` is ``["us", "told", "us", "go"]``.
    """
    # A stemmer may not be shared between threads; making one takes a quarter of a microsecond.
    stemmed: list[str] = Stemmer.Stemmer("english").stemWords(list(_words(_plain(text))))
    return stemmed


def _plain(text: str) -> str:
    """The text without accents and with one kind of apostrophe."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES))
    return unicodedata.normalize("NFC", _ACCENTS.sub("", decomposed))


def _words(text: str) -> Iterator[str]:
    """The words that tell something, case-folded."""
    shouted = text.isupper() and len(text.split()) > 3
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind and not (kind == "word" and _is_stop_word(match["word"], shouted)):
            yield match[kind].replace(_JOINED[kind], "").casefold()


def _is_stop_word(word: str, shouted: bool) -> bool:
    in_capitals = word.isupper() and len(word) > 1 and not shouted
    return word.casefold() in STOP_WORDS and not in_capitals
