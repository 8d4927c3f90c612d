"""Decides whether a sentence that a language model wrote rests on the passages it was given, and on which sentences.

Rules come first and are never outvoted: plain prose, no names, numbers, dates or quotations that the passages lack, no
support from sentences that give orders. What passes has a probability by ``features`` and ``weights``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from qa_service.embed import Embedder

from .addressed import speaks_to_reader
from .carriers import Carried, Vector, carriers
from .contents import contents
from .features import NAMES, features
from .grounds import Grounds, Line
from .markup import has_markup, is_fragment
from .naming import is_known, names_of
from .numbers import has_numbers
from .orders import gives_orders
from .quotations import is_quoted, quotations
from .values import Evidence, Reason, Verdict
from .weights import ENOUGH, probability
from .wording import departs

_KEPT_PASSAGES, _KEPT_VECTORS = 16, 2048


class Checker:
    """Checks sentences one by one; passages are made ready once. The same input has the same verdict. Thread-safe."""

    def __init__(self, embedder: Embedder) -> None:
        self._grounds = lru_cache(maxsize=_KEPT_PASSAGES)(Grounds)
        self._vector = lru_cache(maxsize=_KEPT_VECTORS)(lambda text: _row(embedder, text))

    def check(self, sentence: str, passages: Sequence[Evidence]) -> Verdict:
        """What is to be thought of a sentence, given passages; without any, nothing is supported."""
        grounds = self._grounds(tuple(passages))
        forbidden = forbids(sentence, grounds)
        if forbidden:
            return Verdict(0.0, supported=False, reason=forbidden)
        plain = [line for line in grounds.lines if not line.order]
        likely, carried = self._weigh(sentence, grounds, plain)
        if likely >= ENOUGH and not departs(sentence, carried.lines, grounds):
            return Verdict(likely, supported=True, rests_on=_places(carried))
        return Verdict(likely, False, _places(carried), self._why(sentence, grounds, len(plain)))

    def features(self, sentence: str, passages: Sequence[Evidence]) -> tuple[float, ...]:
        """The features of a sentence, named by ``features.NAMES``, whether or not a rule forbids it; for fitting."""
        grounds = self._grounds(tuple(passages))
        return self._features(sentence, grounds, grounds.lines)[0]

    def _weigh(self, sentence: str, grounds: Grounds, lines: Sequence[Line]) -> tuple[float, Carried]:
        values, carried = self._features(sentence, grounds, lines)
        return probability(values) if carried.lines else 0.0, carried

    def _features(self, sentence: str, grounds: Grounds, lines: Sequence[Line]) -> tuple[tuple[float, ...], Carried]:
        terms = contents(sentence)
        carried = carriers(sentence, terms, lines, self._vector)
        if not carried.lines:
            return (0.0,) * len(NAMES), carried
        return features(sentence, terms, names_of(sentence), carried, grounds), carried

    def _why(self, sentence: str, grounds: Grounds, plain: int) -> Reason:
        """Why a sentence is not supported: it would be by a sentence that gives orders, or it is not at all."""
        if plain == len(grounds.lines):
            return "unsupported"
        return "order" if self._weigh(sentence, grounds, grounds.lines)[0] >= ENOUGH else "unsupported"


def forbids(sentence: str, grounds: Grounds) -> Reason | None:
    """The rule that a sentence breaks, if it breaks one."""
    if has_markup(sentence):
        return "markup"
    if is_fragment(sentence):
        return "unsupported"
    if gives_orders(sentence) or speaks_to_reader(sentence):
        return "order"
    if not all(is_quoted(quotation, grounds.quotable) for quotation in quotations(sentence)):
        return "quotation"
    if not has_numbers(sentence, grounds):
        return "numbers"
    if not all(is_known(name, grounds) for name in names_of(sentence)):
        return "names"
    return None


def _places(carried: Carried) -> tuple[tuple[int, int], ...]:
    return tuple(line.place for line in carried.lines)


def _row(embedder: Embedder, text: str) -> Vector:
    vector: Vector = embedder.embed([text])[0]
    return vector
