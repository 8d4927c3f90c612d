"""Gathers the sentences that may answer and weighs them; which of them are shown is left to ``extract``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa_service import conditions, evidence
from qa_service.articles import Article, Articles
from qa_service.evidence import Signals
from qa_service.question import Question
from qa_service.read import Reader
from qa_service.reread import Chance, reread
from qa_service.retrieve import Retrieved, Retriever
from qa_service.senses import Senses
from qa_service.store.catalog import Catalog
from qa_service.types import Filter, Hit, Statement

_SPEECH = re.compile(r"[\"“:]|\b(?:said|says|told|added|wrote|called|asked|warned|stated|announced|expressed|denied)\b")

_NEAR = 0.93  # share of the best score from which a candidate contests it
_WINDOWS = 2  # stretches of text read at most

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


class Gatherer:
    """Finds candidates in one snapshot. Safe for use from several threads."""

    def __init__(
        self, catalog: Catalog, articles: Articles, retriever: Retriever, senses: Senses, reader: Reader
    ) -> None:
        self._catalog = catalog
        self._articles = articles
        self._retriever = retriever
        self.senses = senses
        self._reader = reader

    def candidates(self, question: Question, found: Retrieved, admitted: Filter) -> list[Candidate]:
        """All sentences that meet the conditions, best first."""
        pool = self._said(question, found.hits, admitted) if question.speakers else self.sentences(found.hits)
        kept = [p for p in pool if conditions.admits(question, p[0]) and conditions.matches(question, *p)]
        topic = self.senses.of(question.topic)
        passages = {hit.document.id: hit.score for hit in reversed(found.hits)}
        weighed = [
            Candidate(
                article,
                index,
                evidence.signals(question, topic, (article, index), alike, passages.get(article.document.id, 0.0)),
                statement,
            )
            for (article, index, statement), alike in zip(kept, self._alike(question, found, kept), strict=True)
        ]
        return self._read_again(question, sorted(weighed, key=_rank))

    def _read_again(self, question: Question, ranked: Sequence[Candidate]) -> list[Candidate]:
        """Let the reader decide between the best candidates, where others come near the best."""
        near = [(c.article, c.sentence) for c in ranked if c.score >= _NEAR * ranked[0].score]
        if len(near) < 2:
            return list(ranked)
        chances = reread(question.text, near, self._reader, _WINDOWS)
        again = []
        for candidate in ranked:
            chance = chances.get((candidate.article.document.id, candidate.sentence), Chance(0.0, 0.0))
            signals = replace(candidate.signals, read=chance.here, answerable=chance.answerable)
            again.append(replace(candidate, signals=signals))
        return sorted(again, key=_rank)

    def statements(self, question: Question, admitted: Filter) -> list[Place]:
        """Everything that those whose words are asked for say in the documents."""
        keys = [key for speaker in question.speakers for key in speaker.keys]
        said = self._catalog.statements_by(keys, admitted)
        return [(self._articles.get(document_id), statement.sentence, statement) for document_id, statement in said]

    def sentences(self, hits: Sequence[Hit]) -> list[Place]:
        """The sentences of passages, each once."""
        pool: dict[tuple[str, int], Place] = {}
        for hit in hits:
            article = self._articles.get(hit.document.id)
            for index in range(hit.passage.first, hit.passage.last + 1):
                outermost = next(iter(article.said.get(index, ())), None)
                pool.setdefault((hit.document.id, index), (article, index, outermost))
        return list(pool.values())

    def _said(self, question: Question, hits: Sequence[Hit], admitted: Filter) -> list[Place]:
        """The speakers' statements, and sentences that name them and are attributed to nobody: a cue may be missed."""
        keys = {key for speaker in question.speakers for key in speaker.keys}
        unattributed = [p for p in self.sentences(hits) if p[2] is None and keys & p[0].keys[p[1]] and _speaks(*p[:2])]
        return self.statements(question, admitted) + unattributed

    def _alike(self, question: Question, found: Retrieved, pool: Sequence[Place]) -> list[tuple[float, float]]:
        """Similarity of each sentence to the question and to its gist."""
        if not pool:
            return []
        rows = [article.first_row + index for article, index, _ in pool]
        gist = self._retriever.vector(question.gist) if question.names and question.gist else found.vector
        whole, bare = (self._retriever.similarity(vector, rows) for vector in (found.vector, gist))
        return [(float(w), float(b)) for w, b in zip(whole, bare, strict=True)]


def _rank(candidate: Candidate) -> tuple[float, str, int]:
    """The best first; equals in a fixed order, so that the same question has the same answer."""
    return -candidate.score, candidate.article.document.id, candidate.sentence


def _speaks(article: Article, sentence: int) -> bool:
    """Whether a sentence quotes or reports at all."""
    return bool(_SPEECH.search(article.text(sentence)))
