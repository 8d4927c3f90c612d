"""Whether two names are spellings of one: by sound and distance, never by a list. Typing errors are in ``spelling``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from qa_service.language.gazetteer import countries
from qa_service.language.words import english

_SOUNDS = str.maketrans("eiouycqzvwjx", "aaaaakksffgk")  # letters that are written for one another across languages
_SHORT, _LONG = (
    6,
    8,
)  # letters; below _SHORT only a missing, doubled or swapped letter is forgiven, from _LONG two errors
_SHORTEST = 4  # letters
_FARTHEST = 2  # errors


def same_spelling(left: str, right: str) -> bool:
    """Whether two case-folded words are spellings of one name.

    >>> same_spelling("pompeo", "pomeo"), same_spelling("sergei", "sergey"), same_spelling("obama", "osama")
    (True, True, False)
    """
    if left == right:
        return True
    shorter, longer = sorted((len(left), len(right)))
    sound, other = left.translate(_SOUNDS), right.translate(_SOUNDS)
    if shorter < _SHORTEST or longer - shorter > _FARTHEST or sound[0] != other[0]:
        return False
    distance = OSA.distance(left, right)
    if sound == other and shorter >= _SHORT:
        return distance <= _FARTHEST
    if _known(left) and _known(right):
        return False
    if sound == other or shorter >= _LONG:
        return distance <= _FARTHEST
    substituted = len(left) == len(right) and sorted(left) != sorted(right)
    return distance == 1 and (shorter >= _SHORT or not substituted)


def _known(word: str) -> bool:
    return word in english() or word in countries()


class Spellings:
    """Many names, among which the other spellings of one are found without comparing it with each of them."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        for name in names:
            if len(name) >= _SHORTEST:
                self._by_sound[name[0].translate(_SOUNDS)].append(name)

    def of(self, name: str) -> list[str]:
        """The names that ``name`` is a spelling of, itself included when it is one of them; in the order given."""
        if len(name) < _SHORTEST:
            return []
        listed = self._by_sound.get(name[0].translate(_SOUNDS), [])
        near = process.extract(name, listed, scorer=OSA.distance, score_cutoff=_FARTHEST, limit=None)
        return [found for found, _, at in sorted(near, key=lambda match: match[2]) if same_spelling(found, name)]
