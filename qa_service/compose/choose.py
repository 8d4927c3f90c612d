"""Chooses which of the candidates are shown, and in which order; whether any is shown at all is decided before."""

from __future__ import annotations

from collections.abc import Sequence

from qa_service.language.words import is_function_word, term
from qa_service.questions.question import Question
from qa_service.questions.wants import HARD
from qa_service.types import Hit, NameKind

from .candidates import Candidate
from .sources import Group, grouped, is_copy, with_contradictions

_SUMMARY = 4  # sentences of a summary
_CLOSE = 0.95  # share of the best score from which a sentence of another article is shown too
_BESIDE = 0.95  # the same for other statements of the speaker on the topic
_LISTED = 0.9  # the same for further items where several are asked for
_PART = 0.65  # the same where they tell the same of the same people
_NAMED = 0.9  # how near the names must be then
_NEW = 4  # new words that make an item where it is no name


def fitting(question: Question, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates of the best one's standing, best first.

    What does not meet the question's conditions is never shown beside what does, nor, where nothing else will do, what
    lacks the kind of thing wanted beside what has it. Where an office or a journey is asked for, nothing is shown that
    does not tell of it, however sure the reader is: another office or another way is what it takes for an answer.
    """
    if question.post or question.journey:
        candidates = [c for c in candidates if c.signals.meets and (c.signals.fits or not question.post)]
    standing = {(c.signals.meets, question.want in HARD and c.signals.fits > 0) for c in candidates[:1]}
    return [c for c in candidates if (c.signals.meets, question.want in HARD and c.signals.fits > 0) in standing]


def choose(question: Question, candidates: Sequence[Candidate], most: int) -> list[Group]:
    """The sentences to show, in reading order, the article of the best one first; of some candidates, at least one.

    Each comes with its copies in other documents; what contradicts it in another document is among them.
    """
    able = fitting(question, candidates) or list(candidates)
    if question.want == "summary":
        kept = _summary(able)
    elif question.speakers and question.want == "statement":
        kept = _said(question, able)
    else:
        kept = _items(question, able) if question.several else _alike(able)
    groups = grouped(with_contradictions(kept, able, question.want), candidates)
    return _in_reading_order(groups[:most])


def cover(hits: Sequence[Hit], candidates: Sequence[Candidate], most: int) -> list[Group]:
    """The best sentence of each of the best passages, where each serves another aspect of the question."""
    kept: dict[str, Candidate] = {}
    for hit in hits:
        best = next((c for c in candidates if c.article.document.id == hit.document.id and _within(c, hit)), None)
        if best:
            kept[hit.passage.id] = best
    return grouped(list(kept.values()), candidates)[:most]


def _within(candidate: Candidate, hit: Hit) -> bool:
    return hit.passage.first <= candidate.sentence <= hit.passage.last


def _said(question: Question, candidates: Sequence[Candidate]) -> list[Candidate]:
    """What one speaker says in one article: all of it, or what is on the topic, there and in other articles."""
    best = candidates[0]
    same = [c for c in candidates if c.article is best.article]
    if not question.topic and not question.about:
        return same
    elsewhere = [c for c in _alike(candidates) if c.article is not best.article and c.statement]
    return [c for c in same if c.score >= _BESIDE * best.score] + elsewhere


def _alike(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The best sentence, and of other articles those that answer as well."""
    best = candidates[0]
    kept = {best.article.document.id: best}
    for candidate in candidates:
        if candidate.score >= _CLOSE * best.score and candidate.signals.fits == best.signals.fits:
            kept.setdefault(candidate.article.document.id, candidate)
    return list(kept.values())


def _items(question: Question, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The best sentence and every other that holds a further part of the list."""
    best = candidates[0]
    kept = [best]
    for candidate in candidates[1:]:
        if _is_part(question, candidate, best) and (
            _adds(question, candidate, kept) or any(is_copy(candidate, other) for other in kept)
        ):
            kept.append(candidate)
    return kept


def _is_part(question: Question, candidate: Candidate, best: Candidate) -> bool:
    """Whether a sentence comes near the best one, or tells the same of the same people in the same words."""
    if candidate.signals.fits < best.signals.fits:
        return False
    if candidate.score >= _LISTED * best.score:
        return True
    same = _asked(question, best)
    about = candidate.signals.names >= min(_NAMED, best.signals.names)
    return bool(same) and same <= _terms(candidate) and about and candidate.score >= _PART * best.score


def _asked(question: Question, best: Candidate) -> frozenset[str]:
    """The terms of the question, the noun that is listed left out, that the best sentence has: "discussed"."""
    noun = question.listed.noun if question.listed else ""
    return frozenset(term(word.text) for word in question.topic) & _terms(best) - {noun}


def _adds(question: Question, candidate: Candidate, kept: Sequence[Candidate]) -> bool:
    """Whether a sentence names something of the kind listed that those kept lack, or just says something new."""
    told = frozenset(key for name in question.names for key in name.keys).union(*map(_named, kept))
    kind = question.listed.kind if question.listed else None
    new = _of_kind(candidate, kind) - told
    if new or kind:
        return bool(new)
    seen = frozenset(term(word.text) for word in question.topic).union(*map(_terms, kept))
    return sum(not is_function_word(word) for word in _terms(candidate) - seen) >= _NEW


def _of_kind(candidate: Candidate, kind: NameKind | None) -> frozenset[str]:
    """The names in a sentence that may be of a kind: bodies and places are too often taken for one another."""
    named = _named(candidate)
    if kind is None:
        return named
    people = candidate.article.people
    return named & (people | candidate.article.bodies) if kind == "person" else named - people


def _named(candidate: Candidate) -> frozenset[str]:
    return candidate.article.keys[candidate.sentence]


def _terms(candidate: Candidate) -> frozenset[str]:
    return candidate.article.terms[candidate.sentence]


def _summary(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The first whole sentence of the article, which news puts first on purpose, and the best ones after it."""
    best = candidates[0]
    same = [c for c in candidates if c.article is best.article]
    whole = [c for c in same if c.article.text(c.sentence).rstrip("”\"’')").endswith(".")]
    lead = min(whole, key=lambda c: c.sentence, default=best)
    return [lead, *(c for c in same if c is not lead)][:_SUMMARY]


def _in_reading_order(groups: Sequence[Group]) -> list[Group]:
    ranks = {group[0].article.document.id: rank for rank, group in reversed(list(enumerate(groups)))}
    return sorted(groups, key=lambda group: (ranks[group[0].article.document.id], group[0].sentence))
