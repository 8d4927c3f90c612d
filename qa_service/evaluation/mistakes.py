"""What went wrong, question by question, as the report tells it; whether it went wrong is for ``outcomes``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa_service.types import Answer, Source

from .outcomes import Outcome

_AROUND = 400  # characters of the document shown on either side of the cited sentence


@dataclass(frozen=True, slots=True)
class Passage:
    """A cited sentence with the text around it."""

    title: str
    before: str
    cited: str
    after: str


@dataclass(frozen=True, slots=True)
class Mistake:
    """A question that went wrong: how, what was answered and from where, and what would have been right."""

    outcome: Outcome
    verdict: str
    answer: str
    passage: Passage | None
    gold: tuple[str, ...]

    @property
    def confidence(self) -> float:
        """The confidence that the documents answer."""
        return self.outcome.answer.confidence


def mistakes(outcomes: Sequence[Outcome]) -> list[Mistake]:
    """Every question that was answered or declined wrongly, the surest first."""
    wrong = [_mistake(outcome) for outcome in outcomes if outcome.right is False]
    return sorted(wrong, key=lambda mistake: -mistake.confidence)


def poor_rewrites(outcomes: Sequence[Outcome]) -> list[tuple[float, Outcome]]:
    """Content-word F1 and outcome of the questions made to stand alone in other words than a person's, worst first."""
    rated = [(f1, outcome) for outcome in outcomes if (f1 := outcome.rewrite_f1) is not None and f1 < 1]
    return sorted(rated, key=lambda pair: pair[0])


def _mistake(outcome: Outcome) -> Mistake:
    item, answer = outcome.item, outcome.answer
    if outcome.answerable is False:
        return Mistake(outcome, "answered, though the documents do not", answer.plain, _passage(answer), ())
    gold = item.answers or item.sentences or item.documents
    if outcome.answered:
        return Mistake(outcome, "answered with another sentence", answer.plain, _passage(answer), gold)
    best = outcome.always
    held_back = best.plain if best and best.citations else answer.plain
    verdict = "declined, though right" if outcome.right_always else "declined, and wrong when told to answer always"
    return Mistake(outcome, verdict, held_back, _passage(best) if best else None, gold)


def _passage(answer: Answer) -> Passage | None:
    return _around(answer.citations[0].sources[0]) if answer.citations else None


def _around(source: Source) -> Passage:
    text = source.document.text
    before, after = text[: source.start][-_AROUND:], text[source.end :][:_AROUND]
    return Passage(source.document.title, before, text[source.start : source.end], after)
