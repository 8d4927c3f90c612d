"""The one decision whether a sentence answers a question at all: a logistic regression over what speaks for it.

The weights come from ``benchmarks/fit_decision.py``, fitted on question files over several collections of news.
"""

from __future__ import annotations

import math

from qa_service.evidence import Signals
from qa_service.question import Question
from qa_service.wants import Want

HARD: frozenset[Want] = frozenset({"time", "duration", "number", "place", "person", "speaker"})  # nothing else will do

_WEIGHTS = (3.59, 4.11, 0.79, 0.82, 3.73, -2.45, -0.46, 0.13, 0.47, 1.43, 0.22, -0.29)
_INTERCEPT = -5.19
_LEAST = 0.55  # probability from which a sentence is shown
_MUCH = 0.75  # share of the nearest sentence's evidence that one with the kind of thing wanted must have
_THERE = 0.85
_TOPIC = 6  # words of a topic beyond which more of them change nothing


def features(question: Question, best: Signals, nearest: Signals) -> list[float]:
    """What the decision rests on.

    ``nearest`` is the sentence that speaks most of the question, whatever kind of answer it holds: where ``best``
    speaks of it much less, the documents know the matter but do not tell what is asked.
    """
    bare = bool(question.speakers) and not question.topic and not question.about
    return [
        best.meaning, best.gist, best.passage, best.words, best.fits, best.gap, best.absent,
        best.evidence / max(nearest.evidence, 1e-6), float(min(len(question.topic), _TOPIC)), float(bare),
        best.read, best.answerable,
    ]  # fmt: skip


def answers(question: Question, best: Signals, nearest: Signals) -> bool:
    """Whether the best sentence is good enough to be shown."""
    if not question.topic and not question.speakers and best.names < _THERE:
        return False  # asked about nothing, or about nothing but somebody who is not there
    if question.want in HARD and best.evidence < _MUCH * nearest.evidence:
        return False
    return chance(question, best, nearest) >= _LEAST


def chance(question: Question, best: Signals, nearest: Signals) -> float:
    """The probability that the documents answer the question; 0 where it asks for nothing in them."""
    if not question.topic and not question.names:
        return 0.0
    pairs = zip(_WEIGHTS, features(question, best, nearest), strict=True)
    return 1 / (1 + math.exp(-(_INTERCEPT + sum(weight * value for weight, value in pairs))))
