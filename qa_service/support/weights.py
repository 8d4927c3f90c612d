"""The fitted numbers of the sentence check: weights of a logistic regression, and the probability that is enough.

``benchmarks/fit_support.py`` fits them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

BIAS = -0.52
WEIGHTS = (1.16, 0.49, 0.41, 0.34, -3.48, -3.16, -1.81, -2.38, -0.53, -3.42)
ENOUGH = 0.75


def probability(values: Sequence[float]) -> float:
    """The probability that a sentence with these features rests on its passages."""
    odds = BIAS + sum(weight * value for weight, value in zip(WEIGHTS, values, strict=True))
    return 1 / (1 + math.exp(-odds))
