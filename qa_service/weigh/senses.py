"""Words of the documents that mean nearly what a word of the question means: "adversary" finds "enemy" and "foe".

Every content word of the documents was embedded by itself at indexing time; a question's word is compared with all of
them. This lets a paraphrase count as found, though less than the word itself.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from threading import Lock

from qa_service.embed import Embedder
from qa_service.language.occasions import CALL, MEETING
from qa_service.language.words import Word, english, term
from qa_service.store.snapshot import Snapshot

_LEAST, _FULL = 0.4, 0.75  # cosine from which a word is related at all, and from which it is as related as it can be
_RELATED = 0.85  # weight of the nearest related word, where the word itself has 1
_MEETINGS = frozenset(
    map(term, "meet talks summit negotiations visit welcome greet host conversation discussion".split())
)
_CALLS = frozenset(map(term, "phone telephone call conversation".split()))
_NEAREST = 30  # related words looked at
_KEPT = 4096  # words whose senses are held in memory


@dataclass(frozen=True, slots=True)
class Sense:
    """A term of the question, how much it tells (0 to 1), and the terms that stand for it with their weights."""

    term: str
    information: float
    near: Mapping[str, float]

    def strength(self, held: Set[str]) -> float:
        """How far a set of terms holds it: 1 for the term itself, less for a related one."""
        return 1.0 if self.term in held else max((w for t, w in self.near.items() if t in held), default=0.0)


class Senses:
    """Finds the senses of words in one snapshot. Safe for use from several threads."""

    def __init__(self, embedder: Embedder, snapshot: Snapshot) -> None:
        self._embedder = embedder
        self._index = snapshot.words
        self._terms = [term(word) for word in snapshot.catalog.words()]
        self._kept: OrderedDict[str, Sense] = OrderedDict()
        self._lock = Lock()

    def of(self, topic: Sequence[Word]) -> tuple[Sense, ...]:
        """The senses of the words of a topic, each term once."""
        found = {term(word.text): word.text for word in topic}
        return tuple(self._sense(word) for word in found.values())

    def _sense(self, word: str) -> Sense:
        folded = word.casefold() if word != "US" else word
        with self._lock:
            if folded in self._kept:
                self._kept.move_to_end(folded)
                return self._kept[folded]
        sense = Sense(term(word), information(folded), self._near(word))
        with self._lock:
            self._kept[folded] = sense
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return sense

    def _near(self, word: str) -> Mapping[str, float]:
        near = {term(word): 1.0, **_akin(word)}
        if word.isalpha() and self._terms:
            scores, rows = self._index.search(self._embedder.embed([word.casefold()]), _NEAREST, None)
            for score, row in zip(scores[0], rows[0], strict=True):
                weight = _RELATED * min(1.0, (float(score) - _LEAST) / (_FULL - _LEAST))
                if weight > 0:
                    near[self._terms[row]] = max(weight, near.get(self._terms[row], 0.0))
        return near


def _akin(word: str) -> dict[str, float]:
    """The other words for a meeting or a call, if this is one."""
    family: frozenset[str] = frozenset()
    if MEETING.fullmatch(word):
        family |= _MEETINGS
    if CALL.fullmatch(word):
        family |= _CALLS
    return dict.fromkeys(family - {term(word)}, _RELATED)


def information(word: str) -> float:
    """How much a word tells, from its frequency in English: 1 for a rare word, near 0 for one that is everywhere."""
    usage = english().get(word)
    return 1.0 if usage is None else max(0.15, 1 - math.log1p(usage.count) / 9.5)
