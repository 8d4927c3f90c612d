"""Cuts what a language model writes into sentences while it writes them, each with the passages it names.

A sentence is handed on as soon as the next one begins, so that it can be checked and shown while the model goes on.
Whether it is true is left to ``support``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from qa_service import sentences
from qa_service.model import ModelFailed

LONGEST = 3000  # characters of one sentence, beyond which it is none
_NUMBER = r"(?:(?:passages?|sources?|pp?\.)\s*)?\^?\d{1,3}"
_MARKER = re.compile(rf"[\[【]+\s*({_NUMBER}(?:\s*(?:[,;–-]|and)\s*{_NUMBER})*)\s*(?:†[^\]】]*)?[\]】]+", re.IGNORECASE)
_RANGE = re.compile(r"(\d+)\s*[–-]\s*(\d+)")
_BEFORE_STOP = re.compile(rf"((?:\s*{_MARKER.pattern})+)(\s*[.!?…]+[\"”’')]*)", re.IGNORECASE)
_LEFT_OVER = re.compile(r"[\[【]\s*\d*\s*[\]】]")  # what remains of markers within markers
_LISTED = r"(?:[-*•–>]|#{1,6}|\d{1,2}[.)])[^\S\n]+"
BULLET = re.compile(rf"^\s*{_LISTED}")
# A line goes on in the next one unless it has come to an end, or the next is an item of a list or stands apart.
_WRAPPED = re.compile(rf"(?<![\s.!?…:;。！？\"”’»)\]】])[^\S\n]*\n[^\S\n]*(?=\S+\s)(?!{_LISTED})")
_BREAK = re.compile(r"(?<=\n)(?=[^\n])")
_EMPHASIS = re.compile(r"(?<!\w)(\*{1,3}|_{2,3}|`)(?=\S)(.+?)(?<=\S)\1(?!\w)")
# What nobody sees: zero-width and bidirectional marks, tags, variation selectors, control characters. Joiners stay,
# since some scripts are spelt with them.
_UNSEEN = re.compile(
    "[\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff\\U000e0000-\\U000e01ef\\x00-\\x08\\x0b-\\x1f\\x7f]"
)
_NOTHING = re.compile(r"\W*not[\s_]found\W*", re.IGNORECASE)
_ENDED = re.compile(r"[.!?…。！？।۔؟][\"”’'»)\]】」』]*$")


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence as a model wrote it, without its markers, and the numbers of the passages it names, in order.

    ``whole`` is false for what may be a part of a sentence, which may say the opposite of the whole.
    """

    text: str
    named: tuple[int, ...]
    whole: bool = True


def cut(parts: Iterable[str]) -> Iterator[Written]:
    """The sentences of a text that arrives in parts; lines that say "NOT FOUND" are none.

    Markers may stand before or behind the stop. Bullets, the marks of headings and emphasis are taken off. Raises
    ModelFailed for what comes to no end.
    """
    rest = ""
    for part in parts:
        rest += _UNSEEN.sub("", part)
        *whole, rest = _split(rest)
        yield from _sentences(whole)
        if len(rest) > LONGEST:
            raise ModelFailed("it sent too much")
    yield from _sentences(_of_text(f"{rest}\n"))


def visible(text: str) -> str:
    """The text without the characters that nobody sees."""
    return _UNSEEN.sub("", text)


def _split(text: str) -> list[str]:
    """Sentences with their markers; the last may go on."""
    *whole, last = _of_text(text) or [""]
    if whole and not _begins(last):
        whole[-1:], last = [], whole[-1] + last
    return [*whole, last]


def _of_text(text: str) -> list[str]:
    """The sentences of a text, one after the other, with everything between them."""
    return [piece for line in _BREAK.split(_WRAPPED.sub(" ", text)) for piece in _of_line(line)]


def _of_line(line: str) -> list[str]:
    swapped = _BEFORE_STOP.sub(lambda found: found[found.re.groups] + found[1], line)  # same length: spans stay
    plain = _MARKER.sub(lambda found: " " * len(found[0]), swapped)
    starts = [0, *(sentence.start for sentence in sentences.split(plain)[1:]), len(line)]
    found: list[str] = []
    for start, end in pairwise(starts):
        if found and _is_open(found[-1]):
            found[-1] += swapped[start:end]
        elif start < end:
            found.append(swapped[start:end])
    return found


def _is_open(text: str) -> bool:
    """Whether a quotation has begun and not ended: what stands in it is said by somebody, and no sentence alone."""
    if len(text) > sentences.LONGEST_QUOTATION:
        return False
    return text.count('"') % 2 == 1 or text.count("“") > text.count("”") or text.count("«") > text.count("»")


def _begins(text: str) -> bool:
    """Whether it is sure that another sentence has begun: its first word is whole, and no marker of the one before."""
    words = text.split(maxsplit=1)
    return len(words) == 2 and not words[0].startswith(("[", "【"))


def _sentences(texts: Iterable[str]) -> Iterator[Written]:
    for text in texts:
        bare, named = _without_markers(text)
        plain = " ".join(_EMPHASIS.sub(r"\2", BULLET.sub("", bare)).split())
        plain = re.sub(r"\s+([.,;:!?…])", r"\1", plain)
        if any(letter.isalnum() for letter in plain) and not _NOTHING.fullmatch(plain):
            yield Written(plain, named, _is_whole(plain, bool(BULLET.match(bare))))


def _without_markers(text: str) -> tuple[str, tuple[int, ...]]:
    """A text without its markers, and the numbers in them; a marker that taking one away makes is one as well."""
    named: dict[int, None] = {}
    before = None
    while text != before:
        before = text
        for marker in _MARKER.finditer(text):
            named.update(dict.fromkeys(_numbers(marker[1])))
        text = _LEFT_OVER.sub("", _MARKER.sub("", text))
    return text, tuple(named)


def _numbers(marker: str) -> Iterator[int]:
    for low, high in _RANGE.findall(marker):
        yield from range(int(low), min(int(high), int(low) + 20) + 1)
    yield from map(int, re.findall(r"\d+", marker))


def _is_whole(text: str, listed: bool) -> bool:
    """Whether a text begins as a sentence does, and ends as one or is an item of a list."""
    first = next(letter for letter in text if letter.isalnum())
    return not first.islower() and (listed or bool(_ENDED.search(text)))
