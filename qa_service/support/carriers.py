"""Chooses the lines of passages that carry a sentence: the nearest one, and others that add what is missing there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .contents import Term, pairs
from .grounds import Line

Vector = NDArray[np.float32]

MOST = 3
_LOOKED_AT = 6  # lines whose meaning is compared
_MEANING, _WORDS, _ORDER = 0.35, 0.5, 0.15
_ADDS = 0.12  # share of the sentence that a further line must add
_BESIDE, _NEARER = 0.04, 0.1  # what standing next to the best line counts, and what its own worth counts


@dataclass(frozen=True, slots=True)
class Carried:
    """The lines that carry a sentence, the best first, and how near each is in meaning (cosine)."""

    lines: tuple[Line, ...]
    similar: tuple[float, ...]

    @property
    def keys(self) -> frozenset[str]:
        """All terms of the lines."""
        return frozenset(key for line in self.lines for key in line.keys)


def share(terms: Sequence[Term], keys: frozenset[str]) -> float:
    """The share of what terms tell that is among some keys; 1 where nothing is told."""
    total = sum(term.weight for term in terms)
    return sum(term.weight for term in terms if term.key in keys) / total if total else 1.0


def sequence(terms: Sequence[Term], line: Line) -> float:
    """The share of neighbouring terms that are neighbours in a line as well, in their order."""
    wanted = list(pairs(terms))
    there = set(pairs(line.terms)) | set(pairs(line.terms[::2])) | set(pairs(line.terms[1::2]))
    return sum(pair in there for pair in wanted) / len(wanted) if wanted else 1.0


def carriers(sentence: str, terms: Sequence[Term], lines: Sequence[Line], vector: Callable[[str], Vector]) -> Carried:
    """The lines of a choice that carry a sentence, at most three; none where there are no lines."""
    found = {line.place: (_WORDS * share(terms, line.keys) + _ORDER * sequence(terms, line)) for line in lines}
    near = sorted(lines, key=lambda line: (-found[line.place], line.place))[:_LOOKED_AT]
    if not near:
        return Carried((), ())
    meant = vector(sentence)
    similar = {line.place: float(meant @ vector(line.text)) for line in near}
    worth = {line.place: found[line.place] + _MEANING * similar[line.place] for line in near}
    chosen = [max(near, key=lambda line: worth[line.place])]
    while len(chosen) < MOST and (further := _further(terms, chosen, near, worth)):
        chosen.append(further)
    return Carried(tuple(chosen), tuple(similar[line.place] for line in chosen))


def _further(
    terms: Sequence[Term], chosen: Sequence[Line], near: Sequence[Line], worth: dict[tuple[int, int], float]
) -> Line | None:
    """The line that adds most to those chosen, if it adds enough."""
    held = frozenset(key for line in chosen for key in line.keys)
    covered = share(terms, held)
    adding = [(line, share(terms, held | line.keys) - covered) for line in near if line not in chosen]
    able = [(line, gain) for line, gain in adding if gain >= _ADDS]
    rank = {line.place: gain + _BESIDE * _touches(line, chosen[0]) + _NEARER * worth[line.place] for line, gain in able}
    return max((line for line, _ in able), key=lambda line: rank[line.place], default=None)


def _touches(line: Line, other: Line) -> bool:
    return line.place[0] == other.place[0] and abs(line.place[1] - other.place[1]) == 1
