"""Gathers the sentences that may answer and weighs them; which of them are shown is left to ``extract``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa_service.articles import Article, Articles
from qa_service.language.verbs import speaks
from qa_service.questions.question import Question
from qa_service.questions.wants import HARD
from qa_service.read import Reader
from qa_service.retrieve import Retrieved, Retriever
from qa_service.store.catalog import Catalog
from qa_service.types import Filter, Hit, Statement
from qa_service.weigh import conditions, evidence
from qa_service.weigh.evidence import Signals
from qa_service.weigh.reread import Chance, Spot, reread
from qa_service.weigh.senses import Senses

_SPEECH = re.compile(r"[\"“:]|\b(?:said|says|told|added|wrote|called|asked|warned|stated|announced|expressed|denied)\b")

_FOUND, _READ = 0.2, 0.2  # weight of a passage's own score, and of what the reader says, beside its best sentence
_WINDOWS = 4  # stretches of text read at most

Place = tuple[Article, int, Statement | None]  # a sentence of an article, and the statement in it that is meant


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer, with what speaks for it and the statement it is cited for, if one is."""

    article: Article
    sentence: int
    signals: Signals
    statement: Statement | None

    @property
    def spot(self) -> Spot:
        """Where it stands."""
        return self.article.document.id, self.sentence

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
        """All sentences that may answer, best first; those that do not meet the question's conditions say so."""
        told = self.sentences(found.hits)
        pool = self._said(question, found.hits, admitted) if question.speakers else told
        kept = {_spot(p): p for p in pool if found.aspects or _meets(question, p)}
        places = kept | {_spot(p): p for p in told if _spot(p) not in kept}
        topic = self.senses.of(question.topic)
        passages = {hit.document.id: hit.score for hit in sorted(found.hits, key=lambda hit: hit.score)}
        alike = self._alike(question, found, list(places.values()))
        weighed = []
        for (spot, (article, index, statement)), similar in zip(places.items(), alike, strict=True):
            signals = evidence.signals(question, topic, (article, index), similar, passages.get(spot[0], 0.0))
            weighed.append(Candidate(article, index, _conditioned(question, found, signals, spot in kept), statement))
        return self._read(question, found.hits, _ranked(weighed))

    def ranked(self, question: Question, found: Retrieved, admitted: Filter) -> tuple[Hit, ...]:
        """The passages found, scored and ordered by their best sentences and what the reader says.

        As they were found where each serves another aspect of the question.
        """
        if found.aspects:
            return found.hits
        told = {candidate.spot: candidate for candidate in self.candidates(question, found, admitted)}

        def worth(hit: Hit) -> float:
            inside = [told[spot] for spot in _spots(hit)]
            read = max(candidate.signals.answerable for candidate in inside)
            best = max(candidate.score for candidate in inside)
            return min(1.0, (best + _FOUND * hit.score + _READ * read) / (1 + _FOUND + _READ))

        scored = [replace(hit, score=worth(hit)) for hit in found.hits]
        return tuple(sorted(scored, key=lambda hit: hit.score, reverse=True))

    def _read(self, question: Question, hits: Sequence[Hit], ranked: Sequence[Candidate]) -> list[Candidate]:
        """Let the reader look at the best candidate of each of the best passages, and rank again."""
        passages = {spot: hit.passage.id for hit in hits for spot in _spots(hit)}
        best: dict[object, Candidate] = {}
        for candidate in ranked:
            best.setdefault(passages.get(candidate.spot, candidate.spot), candidate)
        chances = reread(question.text, [(c.article, c.sentence) for c in best.values()], self._reader, _WINDOWS)
        again = []
        for candidate in ranked:
            chance = chances.get(candidate.spot, Chance(0.0, 0.0))
            signals = replace(candidate.signals, read=chance.here, answerable=chance.answerable)
            again.append(replace(candidate, signals=signals))
        return _ranked(again)

    def statements(self, question: Question, admitted: Filter) -> list[Place]:
        """Every sentence in which those whose words are asked for say something, with the first cue of speech in it."""
        keys = [key for speaker in question.speakers for key in speaker.keys]
        said: dict[tuple[str, int, str], Place] = {}
        for document_id, statement in self._catalog.statements_by(keys, admitted):
            if speaks(statement.cue):
                place = (self._articles.get(document_id), statement.sentence, statement)
                said.setdefault((document_id, statement.sentence, statement.speaker_key), place)
        return list(said.values())

    def sentences(self, hits: Sequence[Hit]) -> list[Place]:
        """The sentences of passages, each once."""
        pool: dict[Spot, Place] = {}
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


def _meets(question: Question, place: Place) -> bool:
    return conditions.admits(question, place[0]) and conditions.matches(question, *place)


def _conditioned(question: Question, found: Retrieved, signals: Signals, meets: bool) -> Signals:
    """The signals with what the question insists on, and with how far it is covered as a whole."""
    most = max((hit.score for hit in found.hits), default=0.0) or 1.0
    return replace(
        signals, ahead=signals.passage / most, first=float(signals.passage >= most), meets=float(meets),
        needed=signals.fits if question.want in HARD else 0.0, own=float(meets and bool(question.speakers)),
        support=found.support, several=float(found.aspects > 0),
    )  # fmt: skip


def _ranked(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The best first; equals in a fixed order, so that the same question has the same answer."""
    return sorted(candidates, key=lambda c: (-c.score, *c.spot))


def _spots(hit: Hit) -> list[Spot]:
    """Where the sentences of a passage stand."""
    return [(hit.document.id, index) for index in range(hit.passage.first, hit.passage.last + 1)]


def _spot(place: Place) -> Spot:
    return place[0].document.id, place[1]


def _speaks(article: Article, sentence: int) -> bool:
    """Whether a sentence quotes or reports at all."""
    return bool(_SPEECH.search(article.text(sentence)))
