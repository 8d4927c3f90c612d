"""The one decision whether a sentence answers a question at all, as a confidence from 0 to 1.

Two opinions are asked, each a logistic regression fitted by ``benchmarks/fit_ranking.py``: what the evidence says (how
far the documents speak of the question; fitted on news), and what the reader says (whether they answer it or something
near it; fitted on questions that were made to look answerable). Both must hold. Where somebody's words are asked for,
the evidence decides alone: the reader looks for short answers. A question with several aspects is answered as far as
the documents cover it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from qa_service.questions.question import Question
from qa_service.questions.wants import HARD
from qa_service.weigh.evidence import Signals

LEAST = 0.55  # confidence from which a sentence is shown
_MUCH = 0.75  # share of the nearest sentence's evidence that one with the kind of thing wanted must have
_THERE = 0.85
_TOPIC = 6  # words of a topic beyond which more of them change nothing
_SURE, _PLAIN = 0.9, 0.7  # of the reader, from which a name or kind that seems to be missing is no reason to decline
_LIKELY, _POSSIBLE, _COVERED = 0.4, 0.05, 0.5  # what the evidence, the reader, and coverage must at least say
_UNREAD = -5.0
_UNHEARD = 0.15  # the most that is left to a question with an unknown name
_FEW = 3

EVIDENCE: Mapping[str, float] = {
    "meaning": 4.67, "gist": 7.09, "passage": -4.87, "words": -0.34, "names": -1.40, "fits": 0.99, "gap": -3.71,
    "absent": -0.13, "ratio": 2.74, "topic": 0.50, "bare": 2.25, "read": 1.15, "support": 3.87, "": -3.54,
}  # fmt: skip
READING: Mapping[str, float] = {
    "meaning": 1.08, "ratio": 0.91, "support": 1.61, "read": -0.05, "answerable": 0.40, "": -2.98,
}  # fmt: skip
COVERED: Mapping[str, float] = {"support": 35.79, "unknown": -1.59, "": -8.01}


def features(question: Question, best: Signals, nearest: Signals) -> dict[str, float]:
    """What the decision rests on, by name; the weight of "" is the intercept.

    ``nearest`` is the sentence that speaks most of the question, whatever kind of answer it holds: where ``best``
    speaks of it much less, the documents know the matter but do not tell what is asked. ``answerable`` is in log odds.
    """
    odds = min(max(best.answerable, 1e-4), 1 - 1e-4)
    return {
        "meaning": best.meaning, "gist": best.gist, "passage": best.passage, "words": best.words, "names": best.names,
        "fits": best.fits, "gap": best.gap, "absent": best.absent, "support": best.support, "read": best.read,
        "ratio": best.evidence / max(nearest.evidence, 1e-6), "topic": float(min(len(question.topic), _TOPIC)),
        "bare": float(bool(question.speakers) and not question.topic and not question.about),
        "unknown": unknown(question),
        "answerable": min(max(math.log(odds / (1 - odds)), _UNREAD), -_UNREAD) if best.answerable else _UNREAD,
    }  # fmt: skip


def confidence(question: Question, best: Signals, nearest: Signals) -> float:
    """How sure it is that the documents answer, 0 to 1; below ``LEAST`` where an opinion or a rule says no."""
    if not question.topic and not question.names:
        return 0.0  # it asks for nothing in them
    told = features(question, best, nearest)
    if best.several:
        sure = chance(COVERED, told)
        return _scaled(sure, sure >= _COVERED)
    evidence = chance(EVIDENCE, told)
    allowed = may_answer(question, best, nearest) and evidence >= _LIKELY
    if question.speakers:
        return _scaled(evidence, allowed)
    reading = chance(READING, told)
    return _scaled(math.sqrt(evidence * reading), allowed and reading >= _POSSIBLE)


def unheard(question: Question, support: float) -> float:
    """How sure it is that the documents answer a question with names that none of them holds; always below ``LEAST``.

    It is declined anyway; the figure only tells a name that may be another word for something from a foreign matter.
    """
    return _UNHEARD * chance(COVERED, {"support": support, "unknown": unknown(question)})


def unknown(question: Question) -> float:
    """How many names of a question no document has, each once; more than a few change nothing."""
    return float(min(len({name.surface for name in question.unknown}), _FEW))


def chance(weights: Mapping[str, float], told: Mapping[str, float]) -> float:
    """The probability that a logistic regression gives to features."""
    return 1 / (1 + math.exp(-sum(weight * told.get(name, 1.0) for name, weight in weights.items())))


def may_answer(question: Question, best: Signals, nearest: Signals) -> bool:
    """Whether no rule says that the documents do not answer.

    Where nobody's words are asked for, a reader that is sure of the answer counts for more than a name or kind that
    seems to be missing: names have other names.
    """
    if not question.speakers and best.answerable > _SURE and best.read > _PLAIN:
        return True
    if not best.meets or (question.want in HARD and not best.fits):
        return False
    if not question.topic and not question.speakers and best.names < _THERE:
        return False  # asked about nothing, or about nothing but somebody who is not there
    return question.want not in HARD or best.evidence >= _MUCH * nearest.evidence


def _scaled(sure: float, allowed: bool) -> float:
    """A confidence at or above ``LEAST`` where the answer may be shown, below it elsewhere."""
    return LEAST + (1 - LEAST) * sure if allowed else LEAST * min(sure, 0.999)
