"""Chooses hits so that every aspect of a question gets its own; how well each passage fits is told by ``search``."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

ASPECT = 0.7  # weight of the aspect that a passage serves best, against the question as a whole
_SATED = 0.6  # share of what an aspect has already that counts against more of the same


def scores(fits: Floats) -> Floats:
    """How well each passage fits the whole question and the aspect that it serves best, shape (n,).

    ``fits`` (1 + a, n) says how well each of n passages fits the whole question and each of its a aspects.
    """
    if len(fits) == 1:
        alone: Floats = fits[0]
        return alone
    fused: Floats = (1 - ASPECT) * fits[0] + ASPECT * fits[1:].max(axis=0)
    return fused


def cover(fits: Floats, k: int) -> list[int]:
    """The columns of at most ``k`` passages, best first; of equal ones the first.

    Each is the one that adds most to those before it, as in maximal marginal relevance (Carbonell and Goldstein 1998),
    with the aspects of the question in the place of the similarity between passages: what serves an aspect that has a
    good passage already counts for less.
    """
    if len(fits) == 1:
        order: list[int] = np.argsort(-fits[0], kind="stable")[:k].tolist()
        return order
    whole, aspects = (1 - ASPECT) * fits[0], fits[1:]
    served = np.zeros((len(aspects), 1), np.float32)
    chosen: list[int] = []
    for _ in range(min(k, fits.shape[1])):
        gains = whole + ASPECT * (aspects - _SATED * served).max(axis=0)
        gains[chosen] = -np.inf
        chosen.append(int(gains.argmax()))
        served = np.maximum(served, aspects[:, chosen[-1:]])
    return chosen
