"""Outcomes as columns of numbers, one row a question; what is computed from them is for ``measures``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from .outcomes import Outcome

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]

DEPTHS = (4, 5, 10)  # hits among which gold evidence is looked for


@dataclass(frozen=True, slots=True)
class Sample:
    """Columns of equal length: 1 for yes, 0 for no, a share, or NaN where the question has nothing to measure.

    ``found`` has a second axis, one column for each of ``DEPTHS``.
    """

    answerable: Floats
    answered: Floats
    confidence: Floats
    citation: Floats
    document: Floats
    sentence: Floats
    sentence_always: Floats
    right: Floats
    right_always: Floats
    gold_first: Floats
    found: Floats
    rewrite: Floats
    milliseconds: Floats

    def take(self, rows: Rows) -> Sample:
        """The sample of these rows, which may repeat."""
        return Sample(*(getattr(self, field.name)[rows] for field in fields(self)))


def sample_of(outcomes: Sequence[Outcome]) -> Sample:
    """The columns of outcomes, in their order."""
    return Sample(
        answerable=_column(o.answerable for o in outcomes),
        answered=_column(o.answered for o in outcomes),
        confidence=_column(o.answer.confidence for o in outcomes),
        citation=_column(o.citation_right for o in outcomes),
        document=_column(o.document_right for o in outcomes),
        sentence=_column(o.sentence_right for o in outcomes),
        sentence_always=_column(o.sentence_right_always for o in outcomes),
        right=_column(o.right for o in outcomes),
        right_always=_column(o.right_always for o in outcomes),
        gold_first=_column(o.gold_first for o in outcomes),
        found=np.stack([_column(o.found(depth) for o in outcomes) for depth in DEPTHS], axis=1),
        rewrite=_column(o.rewrite_f1 for o in outcomes),
        milliseconds=_column(o.milliseconds for o in outcomes),
    )


def _column(values: Iterable[float | None]) -> Floats:
    return np.array([np.nan if value is None else float(value) for value in values], np.float64)
