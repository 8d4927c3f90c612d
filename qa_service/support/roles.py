"""Whether two names have changed places around a verb: "A invited B" does not rest on "B invited A"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from qa_service.language.contents import TOLD
from qa_service.language.names import Spotted
from qa_service.language.occasions import CALL, MEETING
from qa_service.language.verbs import SPEECH
from qa_service.language.words import Word, is_function_word, plain, term, words

from .grounds import Line
from .naming import alike, names_of, parts

_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)\s(?:\w+ly\s)?\w+(?:ed|en|t|ne|ld|de|id)\sby\b")
_MUTUAL = frozenset(map(term, "meet talk speak agree discuss share join marry play draw compare differ".split()))
_SAYS = frozenset(map(term, SPEECH - TOLD))  # may stand before or behind who speaks
_FARTHEST = 90  # characters between two names of one clause


def swapped(sentence: str, line: Line) -> bool:
    """Whether two names stand the other way round about the same word in a line, and never as in the sentence.

    >>> from .grounds import Line
    >>> swapped("Kole invited River.", Line((0, 0), "River invited Kole.", (), False))
    True
    """
    for left, right in combinations(names_of(sentence), 2):
        verbs = _between(sentence, left.end, right.start)
        if not verbs or _key(left) == _key(right):
            continue
        turned = bool(_PASSIVE.search(sentence[left.end : right.start]))
        same = list(_orders(line, left, right, verbs, turned))
        if same and not any(same):
            return True
    return False


def _orders(line: Line, left: Spotted, right: Spotted, verbs: frozenset[str], turned: bool) -> Iterator[bool]:
    """For each place where a line has both names about one of the verbs: whether they stand in the same roles."""
    listed = words(line.text)
    for a in _places(listed, left):
        for b in _places(listed, right):
            first, last = min(a, b, key=lambda w: w.start), max(a, b, key=lambda w: w.start)
            if first is not last and verbs & _between(line.text, first.end, last.start):
                passive = bool(_PASSIVE.search(line.text[first.end : last.start]))
                yield (first is a) == (passive == turned)


def _places(listed: Sequence[Word], name: Spotted) -> list[Word]:
    last = _key(name)
    return [word for word in listed if last and word.capitalised and alike(last, plain(word.text))]


def _key(name: Spotted) -> str:
    found = parts(name)
    return found[-1] if found else ""


def _between(text: str, start: int, end: int) -> frozenset[str]:
    """The terms of the ordinary words between two names of one clause, without those that work both ways."""
    if not 0 < end - start <= _FARTHEST:
        return frozenset()
    there = [word.text for word in words(text[start:end]) if word.text.islower() and not is_function_word(word.text)]
    if any(MEETING.fullmatch(word) or CALL.fullmatch(word) for word in there):
        return frozenset()
    found = frozenset(map(term, there))
    return frozenset() if found & _MUTUAL else found - _SAYS
