"""Finds the citations of a finished answer that say otherwise on one matter; that both are shown is up to ``sources``.

It looks at what an answer cites and at nothing else, so that a reader can check every conflict it reports: two
citations of different documents, most of whose words are the same, and which differ in a number, a day or a denial.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from qa_service.language.words import is_function_word, term, words
from qa_service.types import Citation, Conflict

from .facts import Facts, disagree, facts

_MATTER = 0.5  # share of terms in common that makes one matter, of the text that has fewer
_LEAST = 2  # words in common that are no names: the same people on another day are another matter
_TOPIC = 6  # words of a topic at most
_SAY = term("say")


@dataclass(frozen=True, slots=True)
class _Told:
    """What a citation says, as it is compared."""

    citation: Citation
    documents: frozenset[str]
    words: Mapping[str, str]  # term → the word as it stands, in reading order
    facts: Facts


def conflicts(citations: Sequence[Citation]) -> tuple[Conflict, ...]:
    """Citations that say otherwise than others of the same answer, those of one matter together, in reading order."""
    groups: list[list[_Told]] = []
    for left, right in combinations(map(_told, citations), 2):
        if _differ(left, right):
            groups = _joined(groups, left, right)
    return tuple(Conflict(tuple(told.citation.id for told in group), _topic(group)) for group in groups)


def _told(citation: Citation) -> _Told:
    found = {term(w.text): w.text for w in reversed(words(citation.text)) if _compared(w.text)}
    documents = frozenset(source.document.id for source in citation.sources)
    return _Told(citation, documents, dict(reversed(found.items())), facts(citation.text))


def _compared(word: str) -> bool:
    """Whether a word tells what a text is about; numbers are what may differ."""
    return not is_function_word(word) and not word[0].isdigit()


def _differ(left: _Told, right: _Told) -> bool:
    if left.documents & right.documents or not disagree(left.facts, right.facts):
        return False
    shared = left.words.keys() & right.words.keys()
    common = [key for key in shared - {_SAY} if left.words[key][0].islower() or right.words[key][0].islower()]
    return len(common) >= _LEAST and len(shared) >= _MATTER * min(len(left.words), len(right.words))


def _joined(groups: Sequence[list[_Told]], left: _Told, right: _Told) -> list[list[_Told]]:
    """The groups with two that differ in one of them, together with all that either stands with already."""
    others = [group for group in groups if left not in group and right not in group]
    members = [told for group in groups if group not in others for told in group]
    members += [told for told in (left, right) if told not in members]
    one = sorted(members, key=lambda told: told.citation.start)
    return sorted([*others, one], key=lambda group: group[0].citation.start)


def _topic(group: Sequence[_Told]) -> str:
    """The words that all of them have, as the first has them; "said" is no matter."""
    common = set.intersection(*(set(told.words) for told in group)) - {_SAY}
    shared = [word for key, word in group[0].words.items() if key in common]
    return ", ".join(shared[:_TOPIC])
