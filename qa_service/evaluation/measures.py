"""The measures by name, each a number from a sample of outcomes; how sure the numbers are is for ``bootstrap``."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from .sample import DEPTHS, Floats, Sample

Measure = Callable[[Sample], float]  # NaN where the sample has nothing to measure

SPARED = 0.05  # share of the answerable questions that may be declined in the last measure of abstention


def mean(values: Floats) -> float:
    """The mean of what is measured; NaN of nothing."""
    values = values[~np.isnan(values)]
    return float(values.mean()) if len(values) else math.nan


def auroc(sample: Sample) -> float:
    """How well the confidence tells answerable questions from others: the chance that it orders a pair of them rightly.

    The Mann-Whitney form, ties counted half (J. Hanley and B. McNeil, Radiology 143, 1982). NaN with one kind only.
    """
    known, unknown = _confidence(sample, 1.0), np.sort(_confidence(sample, 0.0))
    if not len(known) or not len(unknown):
        return math.nan
    below, upto = np.searchsorted(unknown, known, "left"), np.searchsorted(unknown, known, "right")
    return float((below + upto).mean() / 2 / len(unknown))


def declined_where_few_are_lost(sample: Sample) -> float:
    """Unanswerable questions declined at the highest threshold that declines at most ``SPARED`` of the answerable."""
    known, unknown = np.sort(_confidence(sample, 1.0)), _confidence(sample, 0.0)
    if not len(known) or not len(unknown):
        return math.nan
    threshold = known[math.floor(SPARED * len(known))]
    return float((unknown < threshold).mean())


def risk_coverage(sample: Sample) -> tuple[Floats, Floats]:
    """Coverage and risk as the threshold falls: the share answered, and the share of the answers that are wrong.

    R. El-Yaniv and Y. Wiener, "On the foundations of noise-free selective classification", JMLR 11, 2010. An answer to
    a question that has none is wrong. Questions of equal confidence share their errors, as a random order among them
    does on average.
    """
    judged = ~np.isnan(sample.right_always)
    wrong = 1 - sample.right_always[judged]
    _, group, size = np.unique(-sample.confidence[judged], return_inverse=True, return_counts=True)
    errors = np.repeat(np.bincount(group, wrong, len(size)) / size, size)
    answered = np.arange(1, len(wrong) + 1)
    return answered / max(1, len(wrong)), np.cumsum(errors) / answered


def risk_area(sample: Sample) -> float:
    """Area under the risk-coverage curve: the mean risk over all coverages. 0 is best.

    Y. Geifman, G. Uziel and R. El-Yaniv, "Bias-reduced uncertainty estimation for deep neural classifiers", ICLR 2019.
    """
    return mean(risk_coverage(sample)[1])


def _confidence(sample: Sample, answerable: float) -> Floats:
    chosen: Floats = sample.confidence[sample.answerable == answerable]
    return chosen


def _percentile(sample: Sample, share: float) -> float:
    """By nearest rank: a time that was measured."""
    times = np.sort(sample.milliseconds)
    return float(times[math.ceil(len(times) * share) - 1]) if len(times) else math.nan


def _median(sample: Sample) -> float:
    return float(np.median(sample.milliseconds)) if len(sample.milliseconds) else math.nan


def _precision(sample: Sample) -> float:
    return mean(1 - sample.answerable[sample.answered == 0]) if (sample.answerable == 0).any() else math.nan


def _recall(sample: Sample) -> float:
    return mean(1 - sample.answered[sample.answerable == 0])


def _decided(sample: Sample) -> float:
    """Rightly answered or declined; only where there is something to decline."""
    return mean(sample.right) if (sample.answerable == 0).any() else math.nan


def _found(column: int) -> Measure:
    return lambda sample: mean(sample.found[:, column])


MEASURES: dict[str, Measure] = {
    "citation right": lambda sample: mean(sample.citation),
    "document right": lambda sample: mean(sample.document),
    "answer sentence right": lambda sample: mean(sample.sentence),
    "answer sentence right, answering always": lambda sample: mean(sample.sentence_always),
    "gold evidence first": lambda sample: mean(sample.gold_first),
    **{f"gold evidence in first {depth}": _found(column) for column, depth in enumerate(DEPTHS)},
    "abstention precision": _precision,
    "abstention recall": _recall,
    "AUROC of answerable": auroc,
    "rightly answered or declined": _decided,
    "unanswerable declined, 5 % of the others lost": declined_where_few_are_lost,
    "area under risk-coverage (0 is best)": risk_area,
    "rewrite, content-word F1": lambda sample: mean(sample.rewrite),
    "median ms": _median,
    "p95 ms": lambda sample: _percentile(sample, 0.95),
}

_REWRITE = "rewrite, content-word F1"
RIGHT: dict[str, Measure] = {"right": lambda sample: mean(sample.right), _REWRITE: MEASURES[_REWRITE]}
BY_KIND: dict[str, Measure] = RIGHT | {
    name: MEASURES[name]
    for name in (
        "document right", "answer sentence right, answering always", "gold evidence in first 4",
        "median ms",
    )
}  # fmt: skip
