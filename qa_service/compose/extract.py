"""Composes an answer of sentences that stand in the documents, verbatim; or says why there is none.

No language model takes part. Which sentences may answer is found by ``candidates``, whether the best is good enough is
decided in ``decide``; what is chosen is given in reading order.
"""

from __future__ import annotations

from collections.abc import Sequence

from qa_service import conditions
from qa_service.articles import Articles
from qa_service.question import Question
from qa_service.retrieve import Retrieved
from qa_service.store.catalog import Catalog
from qa_service.types import Filter, Missing

from . import missing
from .candidates import Candidate, Gatherer
from .decide import HARD, answers
from .draft import Draft, Piece

_SUMMARY = 4  # sentences of a summary
_CLOSE = 0.95  # share of the best score from which a sentence of another article is shown too
_BESIDE = 0.95  # the same for other statements of the speaker on the topic


class Extractor:
    """Composes from one snapshot. Safe for use from several threads."""

    def __init__(self, catalog: Catalog, articles: Articles, gatherer: Gatherer) -> None:
        self._catalog = catalog
        self._articles = articles
        self.gatherer = gatherer

    def compose(self, question: Question, found: Retrieved, admitted: Filter, most: int) -> Draft:
        """The answer to a question, of at most ``most`` sentences; without pieces when the documents have none."""
        unknown = missing.unknown_names(question)
        if unknown:
            return Draft((), tuple(unknown))
        chosen = choose(question, self.gatherer.candidates(question, found, admitted), most)
        if not chosen:
            return Draft((), (self._reason(question, found, admitted),))
        return Draft(tuple(self._piece(candidate) for candidate in chosen))

    def _piece(self, candidate: Candidate) -> Piece:
        document, span = candidate.article.document, candidate.article.sentences[candidate.sentence]
        passage = self._catalog.passage_at(document.id, span.start, span.end)[0]  # the first: numbers stay the same
        speaker = candidate.statement.speaker if candidate.statement else None
        return Piece(document, passage.id, span.start, span.end, speaker, candidate.score)

    def _reason(self, question: Question, found: Retrieved, admitted: Filter) -> Missing:
        """Which part of the question the documents leave open."""
        articles = [self._articles.get(document_id) for document_id in {hit.document.id for hit in found.hits}]
        together = [a for a in articles if all(conditions.knows(a, name) for name in question.names)]
        if question.names and not together:
            return missing.not_together(question.names)
        if not any(conditions.tells_of(question, article) for article in together or articles):
            return missing.no_occasion(question)
        if question.speakers:
            quoted = self.gatherer.statements(question, admitted)
            return missing.not_quoted_so(question) if quoted else missing.not_quoted(question)
        return missing.not_said(question)


def choose(question: Question, candidates: Sequence[Candidate], most: int) -> list[Candidate]:
    """The sentences to show, in reading order, the article of the best one first."""
    fitting = [c for c in candidates if c.signals.fits] if question.want in HARD else list(candidates)
    nearest = max((c.signals for c in candidates), key=lambda signals: signals.evidence, default=None)
    if not fitting or nearest is None or not answers(question, fitting[0].signals, nearest):
        return []
    if question.want == "summary":
        kept = _summary(fitting)
    elif question.speakers and question.want == "statement":
        kept = _said(question, fitting)
    else:
        kept = _alike(fitting)
    return _in_reading_order(kept[:most])


def _said(question: Question, candidates: Sequence[Candidate]) -> list[Candidate]:
    """What one speaker says in one article: all of it, or what is on the topic."""
    best = candidates[0]
    same = [c for c in candidates if c.article is best.article]
    if not question.topic and not question.about:
        return same
    return [c for c in same if c.score >= _BESIDE * best.score]


def _alike(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The best sentence, and of other articles those that answer as well."""
    best = candidates[0]
    kept = {best.article.document.id: best}
    for candidate in candidates:
        if candidate.score >= _CLOSE * best.score and candidate.signals.fits == best.signals.fits:
            kept.setdefault(candidate.article.document.id, candidate)
    return list(kept.values())


def _summary(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The first whole sentence of the article, which news puts first on purpose, and the best ones after it."""
    best = candidates[0]
    same = [c for c in candidates if c.article is best.article]
    whole = [c for c in same if c.article.text(c.sentence).rstrip("”\"’')").endswith(".")]
    lead = min(whole, key=lambda c: c.sentence, default=best)
    return [lead, *(c for c in same if c is not lead)][:_SUMMARY]


def _in_reading_order(chosen: Sequence[Candidate]) -> list[Candidate]:
    ranks = {c.article.document.id: rank for rank, c in reversed(list(enumerate(chosen)))}
    return sorted(chosen, key=lambda c: (ranks[c.article.document.id], c.sentence))
