"""Composes an answer of sentences that stand in the documents, verbatim; or says why there is none.

No language model takes part: candidate sentences of the retrieved passages are weighed by ``evidence``, the speaker asked
for must be the one who speaks, and the sentences chosen are given in reading order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa_service import evidence
from qa_service.articles import Article, Articles
from qa_service.evidence import Signals
from qa_service.question import Question
from qa_service.language.references import Reference
from qa_service.retrieve import Retrieved, Retriever
from qa_service.senses import Senses
from qa_service.store.catalog import Catalog
from qa_service.types import Filter, Hit, Passage, Statement

from . import missing
from .decide import HARD, answers
from .draft import Draft, Piece

_SUMMARY = 4  # sentences
_CLOSE = 0.95  # share of the best score from which another sentence is shown beside it
_BESIDE = 0.9  # the same within a speaker's statements

Place = tuple[Article, int, Statement | None]  # a sentence of an article, and the statement in it that is meant


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer, with what speaks for it and the statement it is cited for, if one is."""

    article: Article
    sentence: int
    signals: Signals
    statement: Statement | None

    @property
    def score(self) -> float:
        """Its rank among candidates."""
        return self.signals.score


class Extractor:
    """Composes from one snapshot. Safe for use from several threads."""

    def __init__(self, catalog: Catalog, articles: Articles, retriever: Retriever, senses: Senses) -> None:
        self._catalog = catalog
        self._articles = articles
        self._retriever = retriever
        self._senses = senses

    def compose(self, question: Question, found: Retrieved, admitted: Filter, most: int) -> Draft:
        """The answer to a question, of at most ``most`` sentences; without pieces when the documents have none."""
        unknown = missing.unknown_names(question)
        if unknown:
            return Draft((), tuple(unknown))
        candidates = self.candidates(question, found, admitted)
        chosen = choose(question, candidates, most)
        if not chosen:
            return Draft((), (self._reason(question, found, admitted),))
        return Draft(tuple(self._piece(candidate, found.hits) for candidate in chosen))

    def candidates(self, question: Question, found: Retrieved, admitted: Filter) -> list[Candidate]:
        """All sentences that pass the hard conditions, best first."""
        if question.speakers:
            pool = self._statements(question, admitted) + self._unattributed(question, found.hits)
        else:
            pool = self._sentences(found.hits)
        kept = [(a, i, s) for a, i, s in pool if evidence.admits(question, a) and self._matches(question, a, i, s)]
        topic = self._senses.of(question.topic)
        passages = {hit.document.id: hit.score for hit in reversed(found.hits)}
        scored = [
            Candidate(
                article, index,
                evidence.signals(question, topic, (article, index), similar, passages.get(article.document.id, 0.0)),
                statement,
            )
            for (article, index, statement), similar in zip(kept, self._similar(question, found, kept), strict=True)
        ]  # fmt: skip
        return sorted(scored, key=lambda c: (-c.score, c.article.document.id, c.sentence))

    def _similar(self, question: Question, found: Retrieved, pool: Sequence[Place]) -> list[tuple[float, float]]:
        """Similarity of each sentence to the question and to its gist."""
        if not pool:
            return []
        rows = [article.first_row + index for article, index, _ in pool]
        gist = self._retriever.vector(question.gist) if question.names and question.gist else found.vector
        whole, bare = (self._retriever.similarity(vector, rows) for vector in (found.vector, gist))
        return [(float(w), float(b)) for w, b in zip(whole, bare, strict=True)]

    def _statements(self, question: Question, admitted: Filter) -> list[Place]:
        keys = [key for speaker in question.speakers for key in speaker.keys]
        said = self._catalog.statements_by(keys, admitted)
        return [(self._articles.get(document_id), statement.sentence, statement) for document_id, statement in said]

    def _unattributed(self, question: Question, hits: Sequence[Hit]) -> list[Place]:
        """Sentences that name the speaker asked for and are attributed to nobody: their attribution was not understood."""
        keys = {key for speaker in question.speakers for key in speaker.keys}
        return [(a, i, None) for a, i, said in self._sentences(hits) if said is None and keys & a.keys[i]]

    def _sentences(self, hits: Sequence[Hit]) -> list[Place]:
        pool: dict[tuple[str, int], Place] = {}
        for hit in hits:
            article = self._articles.get(hit.document.id)
            for index in range(hit.passage.first, hit.passage.last + 1):
                pool.setdefault((hit.document.id, index), (article, index, _outermost(article, index)))
        return list(pool.values())

    def _matches(self, question: Question, article: Article, index: int, statement: Statement | None) -> bool:
        """Whether a sentence holds what the question quotes and, for a statement, was made on the occasion asked about."""
        if not all(_speaks_of(reference, article, index, statement) for reference in question.about):
            return False
        text = _plain(article.text(index))
        if not all(_plain(quote) in text for quote in evidence.quoted_words(question.text)):
            return False
        occasion = question.occasion
        if not question.speakers or occasion is None or statement is None or len(occasion.parties) < 2:
            return True
        return evidence.took_part(occasion.parties, statement.occasion)

    def _piece(self, candidate: Candidate, hits: Sequence[Hit]) -> Piece:
        document, span = candidate.article.document, candidate.article.sentences[candidate.sentence]
        passage = self._passage(document.id, span.start, span.end, hits)
        speaker = candidate.statement.speaker if candidate.statement else None
        return Piece(document, passage.id, span.start, span.end, speaker, candidate.score)

    def _passage(self, document_id: str, start: int, end: int, hits: Sequence[Hit]) -> Passage:
        """The passage that holds a span: the best hit, else the first in the document."""
        for hit in hits:
            if hit.document.id == document_id and hit.passage.start <= start and end <= hit.passage.end:
                return hit.passage
        return self._catalog.passage_at(document_id, start, end)[0]

    def _reason(self, question: Question, found: Retrieved, admitted: Filter) -> missing.Missing:
        articles = [self._articles.get(document_id) for document_id in {hit.document.id for hit in found.hits}]
        together = [a for a in articles if all(any(k in a.all_keys for k in r.keys) for r in question.names)]
        if question.names and not together:
            return missing.not_together(question.names)
        if not any(evidence.tells_of(question, article) for article in together):
            return missing.no_occasion(question)
        if question.speakers:
            quoted = self._statements(question, admitted)
            return missing.not_quoted_so(question) if quoted else missing.not_quoted(question)
        return missing.not_said(question)


def choose(question: Question, candidates: Sequence[Candidate], most: int) -> list[Candidate]:
    """The sentences to show, in reading order, the article of the best one first."""
    fitting = [c for c in candidates if c.signals.fits] if question.want in HARD else list(candidates)
    if not fitting or not answers(question, fitting[0].signals, candidates[0].signals):
        return []
    best = fitting[0]
    if question.want == "summary":
        kept = _summary(fitting, best)
    elif question.speakers and question.want == "statement":
        kept = _said(question, fitting, best)
    else:
        kept = _alike(fitting, best)
    return _in_reading_order(kept[:most], best)


def _said(question: Question, candidates: Sequence[Candidate], best: Candidate) -> list[Candidate]:
    """What one speaker says in one article: all of it, or what is on the topic."""
    same = [c for c in candidates if c.article is best.article]
    if not question.topic and not question.about:
        return same
    return [c for c in same if c.score >= _BESIDE * best.score]


def _alike(candidates: Sequence[Candidate], best: Candidate) -> list[Candidate]:
    """The best sentence, and of other articles those that answer as well."""
    seen = {best.article.document.id}
    kept = [best]
    for c in candidates:
        if c.article.document.id not in seen and c.score >= _CLOSE * best.score and c.signals.fits == best.signals.fits:
            seen.add(c.article.document.id)
            kept.append(c)
    return kept


def _summary(candidates: Sequence[Candidate], best: Candidate) -> list[Candidate]:
    """The first whole sentence of the article, which news puts first on purpose, and the best ones after it."""
    same = [c for c in candidates if c.article is best.article]
    whole = [c for c in same if c.article.text(c.sentence).rstrip("”\"’')").endswith(".")]
    lead = min(whole, key=lambda c: c.sentence, default=best)
    return [lead, *(c for c in same if c is not lead)][:_SUMMARY]


def _speaks_of(reference: Reference, article: Article, index: int, statement: Statement | None) -> bool:
    """Whether a name stands in the sentence, or right beside it in another sentence of the same speaker."""
    speaker = statement.speaker_key if statement else None
    own = [i for i in (index - 1, index + 1) if any(s.speaker_key == speaker for s in article.said.get(i, ()))]
    if any(key in article.subjects for key in reference.keys):
        return True
    return any(key in article.keys[i] for key in reference.keys for i in (index, *own))


def _in_reading_order(chosen: Sequence[Candidate], best: Candidate) -> list[Candidate]:
    ranks = {c.article.document.id: rank for rank, c in reversed(list(enumerate(chosen)))}
    return sorted(chosen, key=lambda c: (ranks[c.article.document.id], c.sentence))


def _outermost(article: Article, index: int) -> Statement | None:
    return next(iter(article.said.get(index, ())), None)


def _plain(text: str) -> str:
    """Quotation marks and case aside, for comparing what is quoted."""
    return re.sub(r"[\s\W]+", " ", text).casefold().strip()
