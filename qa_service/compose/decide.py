"""The one decision whether a sentence answers a question at all."""

from __future__ import annotations

from qa_service.evidence import Signals
from qa_service.question import Question
from qa_service.wants import Want

HARD: frozenset[Want] = frozenset({"time", "duration", "number", "place", "person", "speaker"})  # nothing else will do

_MUCH = 0.7
_ENOUGH = 0.48


def answers(question: Question, best: Signals, nearest: Signals) -> bool:
    """Whether the best sentence is good enough to be shown.

    ``nearest`` is the best sentence whatever kind of answer it holds: where it speaks of the question much more than
    ``best`` does, the documents speak of the matter but do not tell what is asked.
    """
    if not question.topic and not question.names:
        return False
    if best.evidence < _MUCH * nearest.evidence:
        return False
    return best.score >= _ENOUGH
