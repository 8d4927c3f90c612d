"""How sure figures are: 95 % intervals by resampling the questions; the figures themselves are for ``measures``."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from .measures import MEASURES, Measure
from .sample import Sample

SEED = 20_261_124
_DRAWS = 1000


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure of a sample with its 95 % interval."""

    name: str
    value: float
    low: float
    high: float

    @property
    def shown(self) -> tuple[str, str]:
        """The value and its interval as people read them."""
        digits = 1 if self.name.endswith(" ms") else 3
        return f"{self.value:.{digits}f}", f"{self.low:.{digits}f} – {self.high:.{digits}f}"


def figures(sample: Sample, measures: Mapping[str, Measure] = MEASURES, draws: int = _DRAWS) -> list[Figure]:
    """The measures that the sample has something for, in their order, with percentile intervals.

    Questions are drawn with replacement, as many as there are, ``draws`` times, and the 2.5th and 97.5th percentiles
    taken (B. Efron and R. Tibshirani, "An Introduction to the Bootstrap", 1993, section 13.3). The seed is fixed: the
    same outcomes give the same intervals.
    """
    values = {name: measure(sample) for name, measure in measures.items()}
    present = [name for name, value in values.items() if not math.isnan(value)]
    if not present:
        return []
    random, count = np.random.default_rng(SEED), len(sample.answered)
    drawn = np.empty((draws, len(present)))
    for row in range(draws):
        again = sample.take(random.integers(0, count, count))
        drawn[row] = [measures[name](again) for name in present]
    low, high = np.nanpercentile(drawn, (2.5, 97.5), axis=0)
    return [Figure(name, values[name], float(low[at]), float(high[at])) for at, name in enumerate(present)]
