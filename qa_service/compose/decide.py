"""The one decision whether a sentence answers a question at all."""

from __future__ import annotations

from qa_service.evidence import Signals
from qa_service.question import Question, Want

HARD: frozenset[Want] = frozenset({"time", "duration", "number", "place", "person", "speaker"})  # nothing else will do


def answers(question: Question, signals: Signals) -> bool:
    """Whether the best sentence is good enough to be shown."""
    return signals.score >= 0.5
