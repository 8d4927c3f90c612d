"""Chooses which of the candidates are shown, and in which order; whether any is shown at all is decided before."""

from __future__ import annotations

from collections.abc import Sequence

from qa_service.question import Question
from qa_service.types import Hit
from qa_service.wants import HARD

from .candidates import Candidate
from .sources import Group, grouped, is_copy, with_contradictions

_SUMMARY = 4  # sentences of a summary
_CLOSE = 0.95  # share of the best score from which a sentence of another article is shown too
_BESIDE = 0.95  # the same for other statements of the speaker on the topic
_LISTED = 0.9  # the same for further items where several are asked for


def fitting(question: Question, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates of the best one's standing, best first.

    What does not meet the question's conditions is never shown beside what does, nor, where nothing else will do, what
    lacks the kind of thing wanted beside what has it.
    """
    standing = {(c.signals.meets, question.want in HARD and c.signals.fits > 0) for c in candidates[:1]}
    return [c for c in candidates if (c.signals.meets, question.want in HARD and c.signals.fits > 0) in standing]


def choose(question: Question, candidates: Sequence[Candidate], most: int) -> list[Group]:
    """The sentences to show, in reading order, the article of the best one first; of some candidates, at least one.

    Each comes with its copies in other documents; what contradicts it in another document is among them.
    """
    able = fitting(question, candidates)
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
    """The best sentence and every other that comes near it and names somebody or something new."""
    best = candidates[0]
    kept, named = [best], {key for name in question.names for key in name.keys} | _named(best)
    for candidate in candidates[1:]:
        near = candidate.score >= _LISTED * best.score and candidate.signals.fits >= best.signals.fits
        if near and (_named(candidate) - named or any(is_copy(candidate, other) for other in kept)):
            kept.append(candidate)
            named |= _named(candidate)
    return kept


def _named(candidate: Candidate) -> frozenset[str]:
    return candidate.article.keys[candidate.sentence]


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
