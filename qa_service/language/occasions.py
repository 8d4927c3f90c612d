"""Meetings and calls in a document: who took part, and which one a sentence speaks of.

"After the meeting, Lavrov told reporters" belongs to the meeting named before; a statement without an occasion of its
own belongs to the first one that the document reports.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa_service.language.grammar import either, one_of, whole
from qa_service.types import Mention, Sentence

MEETING = re.compile(
    r"\b(?:me(?:e)?t(?:s|ing|ings)?|talks|summits?|negotiat(?:ions?|ing|ed|e)|visit(?:s|ed|ing)?|welcom(?:ed|es|ing)"
    r"|greet(?:s|ed|ing)?|host(?:s|ed|ing)|conversations?|encounters?|discussions?)\b",
    re.IGNORECASE,
)
CALL = re.compile(r"\b(?:phone|telephone|call(?:s|ed)?|phoned|conversations?)\b", re.IGNORECASE)

# Of these words, those that name the event itself, and what stands before one that was told of already. In a document
# "Monday's talks" are such; in a question the day tells which are meant, and only ``DEFINITE`` points back.
EVENT = (
    r"(?:(?:(?:tele)?phone\s+)?calls?|talks"
    rf"|{one_of('meeting conversation summit visit negotiation discussion encounter')}s?)"
)
DEFINITE = one_of("the this that their")
_KNOWN = either(DEFINITE, r"\w+day['’]s")
THE_EVENT = whole(rf"{_KNOWN}\s+(?:\w+\s+)?{EVENT}")  # "after the meeting", "Monday's phone call"

_REFERS_BACK = re.compile(rf"\b{_KNOWN}\s+(?:\w+\s+)?$", re.IGNORECASE)
_NAMES_SIDES = re.compile(r"^\w*\s+(?:between|with|of)\b", re.IGNORECASE)
_NEAR = 120  # characters between an event word and those who take part


def occasion_words(text: str) -> list[re.Match[str]]:
    """The words in ``text`` that speak of a meeting or a call, in order."""
    found = [*MEETING.finditer(text), *CALL.finditer(text)]
    return sorted(found, key=lambda match: match.start())


class Occasions:
    """The meetings and calls of one document, in the order in which it tells of them.

    ``people`` holds the mentions of persons only.
    """

    def __init__(self, text: str, sentences: Sequence[Sentence], people: Sequence[Mention]) -> None:
        self._told: list[tuple[int, tuple[str, ...]]] = []  # (sentence, who took part)
        self._refers: set[int] = set()
        for sentence in sentences:
            inside = [m for m in people if m.sentence == sentence.index]
            self._read(text[sentence.start : sentence.end], sentence, inside)

    def _read(self, span: str, sentence: Sentence, people: list[Mention]) -> None:
        for word in occasion_words(span):
            if _REFERS_BACK.search(span[: word.start()]) and not _NAMES_SIDES.match(span[word.end() :]):
                self._refers.add(sentence.index)
                continue
            sides = _sides(word, sentence.start, people)
            if len(sides) == 2:
                self._told.append((sentence.index, sides))

    def of(self, sentence: int) -> tuple[str, ...]:
        """Keys of those who took part in the occasion that a sentence belongs to; empty when none is told."""
        own = [sides for index, sides in self._told if index == sentence]
        before = [sides for index, sides in self._told if index < sentence]
        if own:
            return own[0]
        if sentence in self._refers and before:
            return before[-1]
        return self._told[0][1] if self._told else ()

    def all(self) -> list[tuple[str, ...]]:
        """Who took part in each occasion that is told."""
        return [sides for _, sides in self._told]


def _sides(word: re.Match[str], offset: int, people: list[Mention]) -> tuple[str, ...]:
    """The two people named nearest to an event word."""
    place = word.start() + offset
    near = sorted((min(abs(m.end - place), abs(m.start - place)), m.key) for m in people)
    keys = list(dict.fromkeys(key for distance, key in near if distance <= _NEAR))
    return tuple(sorted(keys[:2]))
