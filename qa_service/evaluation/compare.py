"""Compares texts the way measures need it: same passage, answer held, words shared."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from qa_service.language.words import is_function_word, words

_POSSESSIVE = re.compile(r"(?<=\w)['’]s?\b")
_INSIDE = re.compile(r"(?<=\w)[.,](?=\w)")  # U.S., 1,000: one word
_BETWEEN = re.compile(r"[^\w]+|_+")


def plain(text: str) -> str:
    """The words of a text with one space between them, without case, accents written apart, or punctuation."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return _BETWEEN.sub(" ", _INSIDE.sub("", _POSSESSIVE.sub("", text))).strip()


def holds(text: str, answer: str) -> bool:
    """Whether the words of ``answer`` stand in ``text`` in a row; an answer without words is held by nothing."""
    wanted = plain(answer)
    return bool(wanted) and f" {wanted} " in f" {plain(text)} "


def overlaps(text: str, other: str) -> bool:
    """Whether one of two texts holds the other, whatever the spaces."""
    left, right = " ".join(text.split()), " ".join(other.split())
    return bool(left and right) and (right in left or left in right)


def content_f1(text: str, other: str) -> float:
    """F1 of the words that carry meaning, each as often as it stands there; 1 where neither has any.

    The token F1 of P. Rajpurkar et al., "SQuAD", EMNLP 2016, section 6.1, with function words left out instead of
    articles.
    """
    left, right = _content(text), _content(other)
    if not left or not right:
        return float(left == right)
    shared = (left & right).total()
    return 2 * shared / (left.total() + right.total())


def _content(text: str) -> Counter[str]:
    found = (word.text.casefold() for word in words(text))
    return Counter(word for word in found if not is_function_word(word))
