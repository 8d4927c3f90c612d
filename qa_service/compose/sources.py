"""Several documents on one matter: copies of a sentence become one citation, contradictions are shown side by side.

News is copied: many papers print one agency's sentence, which is then one source and not many. Copies are found by
shingles (Broder, "On the resemblance and containment of documents", 1997). Two sentences that differ in a number, a day
or a denial are never taken for copies, and where they speak of the same matter, both are shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from qa_service.language.words import is_function_word, plain, words

from .candidates import Candidate
from .facts import disagree, facts

Group = tuple[Candidate, ...]  # a sentence with its copies in other documents, the earliest published first

_WORDS = 3  # words of a shingle
_COPIED = 0.75  # share of the shorter sentence's shingles that stand in the longer one
_LENGTH = 0.55  # how long the shorter one is at least, of the longer one
_BRIEF = 6  # words up to which only the very same words are a copy
_AKIN = 0.6  # share of terms in common below which two sentences cannot be copies: a quick look before the close one
_MATTER, _ASKED = 0.5, 0.25  # share of terms in common that makes one matter; the same where both answer "how many"
_SPEAKS = 0.7  # share of the evidence of a shown sentence that one which contradicts it has
_COVERS = 0.25  # by how much less of the topic and the names it may hold
_VALUES = frozenset({"number", "duration", "time"})  # what is asked for there differs only if the answers do


def with_contradictions(kept: Sequence[Candidate], candidates: Sequence[Candidate], want: str) -> list[Candidate]:
    """The chosen sentences, each followed by those of other documents that say otherwise on the same matter."""
    shown: list[Candidate] = []
    for chosen in kept:
        shown += [chosen, *_contradictions(chosen, candidates, want)]
    return list({c.spot: c for c in shown}.values())


def grouped(kept: Sequence[Candidate], candidates: Sequence[Candidate]) -> list[Group]:
    """The chosen sentences with their copies among all candidates; a copy in the same document is left out."""
    groups: list[Group] = []
    taken: set[tuple[str, int]] = set()
    for chosen in kept:
        if chosen.spot in taken:
            continue
        copies = [c for c in candidates if c is not chosen and is_copy(chosen, c)]
        taken.update(c.spot for c in copies)
        own = {chosen.article.document.id: chosen}
        for copy in copies:
            own.setdefault(copy.article.document.id, copy)
        groups.append(tuple(sorted(own.values(), key=_published)))
    return groups


def is_copy(left: Candidate, right: Candidate) -> bool:
    """Whether one sentence is the other, word for word or nearly so, with the same facts."""
    if _overlap(left, right) < _AKIN:
        return False
    return copied(left.article.text(left.sentence), right.article.text(right.sentence))


def copied(left: str, right: str) -> bool:
    """Whether two texts have nearly all shingles of the shorter one in common, and no fact in which they differ."""
    ours, theirs = ([plain(word.text) for word in words(text)] for text in (left, right))
    shorter, longer = sorted((ours, theirs), key=len)
    if len(shorter) <= _BRIEF or len(shorter) < _LENGTH * len(longer):
        return ours == theirs and bool(ours)
    few, many = _shingles(shorter), _shingles(longer)
    return len(few & many) >= _COPIED * len(few) and not disagree(facts(left), facts(right))


def _shingles(told: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(told[at : at + _WORDS]) for at in range(len(told) - _WORDS + 1)}


def _contradictions(chosen: Candidate, candidates: Sequence[Candidate], want: str) -> list[Candidate]:
    """The best sentence of each other document that speaks of what is asked as much and has other facts."""
    least = _ASKED if want in _VALUES else _MATTER
    own = facts(chosen.article.text(chosen.sentence))
    found: dict[str, Candidate] = {}
    for candidate in candidates:
        document = candidate.article.document.id
        if document == chosen.article.document.id or document in found:
            continue
        alike = _speaks_as_much(candidate, chosen) and _overlap(candidate, chosen) >= least
        if alike and disagree(own, facts(candidate.article.text(candidate.sentence))):
            found[document] = candidate
    return list(found.values())


def _speaks_as_much(candidate: Candidate, chosen: Candidate) -> bool:
    ours, theirs = candidate.signals, chosen.signals
    return (
        ours.evidence >= _SPEAKS * theirs.evidence
        and ours.fits >= theirs.fits
        and ours.words >= theirs.words - _COVERS
        and ours.names >= theirs.names - _COVERS
    )


def _overlap(left: Candidate, right: Candidate) -> float:
    """The share of terms in common, of the sentence that has fewer; function words and numbers aside."""
    ours, theirs = _content(left), _content(right)
    return len(ours & theirs) / max(1, min(len(ours), len(theirs)))


def _content(candidate: Candidate) -> set[str]:
    terms = candidate.article.terms[candidate.sentence]
    return {term for term in terms if not is_function_word(term) and not term[0].isdigit()}


def _published(candidate: Candidate) -> tuple[date, str]:
    document = candidate.article.document
    return document.published_at or date.max, document.id
