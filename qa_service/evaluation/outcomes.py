"""Asks the questions and judges each answer by itself; what that amounts to over all is for ``measures``."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qa_service.answerer import Answerer
from qa_service.types import Answer, Ask, Hit, Source

from .compare import content_f1, holds, overlaps
from .items import Item

DEEP = 10  # hits that are looked at for gold evidence


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question and its answer: as the service gives it, and as it gives it when told to answer always.

    ``always`` is the same pipeline with the threshold at zero: the same answer where one was given, None where nobody
    needs it. ``hits`` are the passages found for the stand-alone question, best first. Every judgement is None where
    the question file does not say what would be right.
    """

    item: Item
    answer: Answer
    milliseconds: float
    always: Answer | None = None
    hits: tuple[Hit, ...] = ()

    @property
    def answerable(self) -> bool | None:
        """Whether the documents answer the question."""
        return self.item.has_answer

    @property
    def answered(self) -> bool:
        """Whether the service gave an answer."""
        return self.answer.status != "not_found"

    @property
    def citation_right(self) -> bool | None:
        """Whether the first cited sentence is an accepted one."""
        return _cites(self.answer, self.item) if self.answerable and self.item.sentences else None

    @property
    def document_right(self) -> bool | None:
        """Whether the first citation is from an accepted document."""
        if not self.answerable or not self.item.documents:
            return None
        first = _first(self.answer)
        return first is not None and _named(first.document.name, self.item.documents)

    @property
    def sentence_right(self) -> bool | None:
        """Whether the first cited sentence holds an accepted answer."""
        return _answers(self.answer, self.item) if self.answerable and self.item.answers else None

    @property
    def sentence_right_always(self) -> bool | None:
        """The same when told to answer always."""
        if not self.answerable or not self.item.answers or self.always is None:
            return None
        return _answers(self.always, self.item)

    @property
    def right(self) -> bool | None:
        """Whether an answer is rightly cited, or rightly withheld."""
        if self.answerable is False:
            return not self.answered
        return self.sentence_right if self.citation_right is None else self.citation_right

    @property
    def right_always(self) -> bool | None:
        """Whether the answer given when told to answer always is right: never, where there is none."""
        if not self.answerable or self.always is None:
            return None if self.answerable is not False else False
        return _cites(self.always, self.item) if self.item.sentences else self.sentence_right_always

    def found(self, depth: int) -> float | None:
        """The share of the gold evidence among the first hits, as many as ``depth``."""
        if not self.answerable or not self.item.evidence:
            return None
        hits = self.hits[:depth]
        return sum(any(_is(hit, gold) for hit in hits) for gold in self.item.evidence) / len(self.item.evidence)

    @property
    def gold_first(self) -> bool | None:
        """Whether the first hit is gold evidence."""
        if not self.answerable or not self.item.evidence:
            return None
        return bool(self.hits) and any(_is(self.hits[0], gold) for gold in self.item.evidence)

    @property
    def rewrite_f1(self) -> float | None:
        """Content-word F1 of the stand-alone question against a person's."""
        return content_f1(self.answer.standalone_question, self.item.rewrite) if self.item.rewrite else None


def ask_all(items: Sequence[Item], answerer: Answerer) -> list[Outcome]:
    """Ask every question in order, each in all the ways that its measures need; only the first is timed."""
    return [ask_one(item, answerer) for item in items]


def ask_one(item: Item, answerer: Answerer) -> Outcome:
    """Ask one question."""
    began = time.perf_counter()
    answer = answerer.answer(Ask(item.question, item.turns))
    milliseconds = (time.perf_counter() - began) * 1000
    always = answer if item.has_answer and (item.answers or item.sentences) else None
    if always is not None and answer.status == "not_found":
        always = answerer.answer(Ask(item.question, item.turns, least=0.0))
    hits = tuple(answerer.search(answer.standalone_question, DEEP)) if item.evidence else ()
    return Outcome(item, answer, milliseconds, always, hits)


def _first(answer: Answer) -> Source | None:
    return answer.citations[0].sources[0] if answer.citations else None


def _cites(answer: Answer, item: Item) -> bool:
    cited = [source.cited_text for source in answer.citations[0].sources] if answer.citations else []
    return any(overlaps(text, accepted) for text in cited for accepted in item.sentences)


def _answers(answer: Answer, item: Item) -> bool:
    first = _first(answer)
    return first is not None and any(holds(first.cited_text, gold) for gold in item.answers)


def _named(name: str, accepted: Sequence[str]) -> bool:
    return name in accepted or name in {Path(other).stem for other in accepted}  # with or without a file's ending


def _is(hit: Hit, gold: str) -> bool:
    return hit.document.name == gold or overlaps(hit.passage.text, gold)
