"""Writes an answer with a language model, sentence by sentence; no sentence is handed on that is not borne out.

What supports a sentence is decided in ``support``; what happens when nothing is left is decided by the answerer.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qa_service.compose.draft import Piece
from qa_service.model import ModelFailed
from qa_service.model.line import LATE
from qa_service.types import Hit

from .cut import Written, cut
from .passages import Given

if TYPE_CHECKING:
    from qa_service.support import Checker, Verdict

_NOTHING_SAID = "it found no answer in the passages"
_NOTHING_LEFT = "none of its sentences was borne out by the documents"


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be answered, from which passages, the best first, in how many sentences at most, and until when.

    ``proven`` reads every span of a piece from the stored documents again and says whether all of them hold.
    """

    question: str
    hits: tuple[Hit, ...]
    most: int
    deadline: float
    proven: Callable[[Piece], bool]


class Generation:
    """One answer as it is written: iterated once, it gives the sentences that are borne out.

    ``passages`` are what it was given. Then ``shown`` is how many sentences were handed on, ``withheld`` how many were
    not, and ``note`` says what went wrong, None if nothing did.
    """

    def __init__(
        self, parts: Generator[str, None, None], passages: Sequence[Given], checker: Checker, task: Task
    ) -> None:
        self._parts = parts
        self.passages = passages
        self._checker = checker
        self._task = task
        self._told: set[str] = set()
        self.shown = 0
        self.withheld = 0
        self.note: str | None = None

    def __iter__(self) -> Iterator[Piece]:
        """The sentences, each as soon as it is checked; a model that fails ends them, and so does whoever stops."""
        with closing(self._parts):
            try:
                for sentence in cut(self._parts):
                    yield from self._checked(sentence)
                    if self.shown == self._task.most:
                        break
                    if time.monotonic() > self._task.deadline:
                        raise ModelFailed(LATE)
            except ModelFailed as failure:
                self.note = failure.reason
        if not self.shown and not self.note:
            self.note = _NOTHING_LEFT if self.withheld else _NOTHING_SAID

    def _checked(self, sentence: Written) -> Iterator[Piece]:
        if sentence.text.casefold() in self._told:
            return
        piece = self._piece(sentence) if sentence.whole else None
        if piece is None or not self._task.proven(piece):
            self.withheld += 1
            return
        self._told.add(sentence.text.casefold())
        self.shown += 1
        yield piece

    def _piece(self, sentence: Written) -> Piece | None:
        """The sentence with what it rests on: in the passages it names, or else in whichever bear it out."""
        everything = list(self.passages)
        named = [everything[n - 1] for n in sentence.named if 1 <= n <= len(everything)]
        for passages in [named, everything] if named and named != everything else [everything]:
            verdict = self._checker.check(sentence.text, [passage.evidence for passage in passages])
            if verdict.supported and verdict.rests_on:
                return _resting(sentence.text, passages, verdict)
        return None


def _resting(text: str, passages: Sequence[Given], verdict: Verdict) -> Piece:
    """The sentence as a piece of the first passage that it rests on, the others beside it."""
    spans: dict[int, list[Piece]] = {}
    for at, sentence in verdict.rests_on:
        spans.setdefault(at, []).append(_cited(passages[at], sentence, verdict.probability, text))
    first, *others = (replace(best, copies=tuple(further)) for best, *further in spans.values())
    return replace(first, beside=tuple(others))


def _cited(passage: Given, sentence: int, score: float, text: str) -> Piece:
    span = passage.sentences[sentence]
    said = passage.article.said.get(span.index, ())
    speaker = said[0].speaker if said else None
    return Piece(passage.article.document, passage.hit.passage.id, span.start, span.end, speaker, score, said=text)
