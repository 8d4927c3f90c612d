"""Composes an answer of sentences that stand in the documents, verbatim; or says why there is none.

No language model takes part. Which sentences may answer is found by ``candidates``, whether the best is good enough is
decided in ``decide``, and which of them are shown in ``choose``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa_service.articles import Articles
from qa_service.questions.question import Question
from qa_service.retrieve import Retrieved
from qa_service.store.catalog import Catalog
from qa_service.types import Filter

from . import missing
from .candidates import Candidate, Gatherer
from .choose import choose, cover, fitting
from .decide import LEAST, confidence, unheard
from .draft import Draft, Piece
from .reasons import Reasons
from .sources import Group

_UNFIT = 0.5 * LEAST  # the most that is left where no sentence holds the kind of thing wanted


class Extractor:
    """Composes from one snapshot. Safe for use from several threads."""

    def __init__(self, catalog: Catalog, articles: Articles, gatherer: Gatherer) -> None:
        self._catalog = catalog
        self._reasons = Reasons(catalog, articles, gatherer)
        self.gatherer = gatherer

    def compose(
        self, question: Question, found: Retrieved, admitted: Filter, most: int, least: float | None = None
    ) -> Draft:
        """The answer to a question, of at most ``most`` sentences; without pieces when the documents have none.

        ``least`` is the confidence from which sentences are shown; None: the fitted one.
        """
        least = LEAST if least is None else least
        unknown = missing.unknown_names(question)
        if unknown and least > 0 and not found.aspects:
            return Draft((), tuple(unknown), unheard(question, found.support))
        candidates = self.gatherer.candidates(question, found, admitted)
        sure = assurance(question, candidates)
        if not candidates or sure < least:
            return Draft((), (self._reasons.of(question, found, admitted),), sure)
        chosen = cover(found.hits, candidates, most) if found.aspects else choose(question, candidates, most)
        return Draft(tuple(self._piece(group) for group in chosen), confidence=sure)

    def _piece(self, group: Group) -> Piece:
        """The first of a group as a piece, the others as its copies."""
        first, *copies = (self._span(candidate) for candidate in group)
        return replace(first, copies=tuple(copies))

    def _span(self, candidate: Candidate) -> Piece:
        document, span = candidate.article.document, candidate.article.sentences[candidate.sentence]
        passage = self._catalog.passage_at(document.id, span.start, span.end)[0]  # the first: numbers stay the same
        speaker = candidate.statement.speaker if candidate.statement else None
        return Piece(document, passage.id, span.start, span.end, speaker, candidate.score)


def assurance(question: Question, candidates: Sequence[Candidate]) -> float:
    """The confidence that the best candidate answers; below ``LEAST`` where none holds the kind of thing wanted."""
    if not candidates:
        return 0.0
    nearest = max((c.signals for c in candidates), key=lambda signals: signals.evidence)
    able = fitting(question, candidates)
    if not able:
        return _UNFIT * confidence(question, candidates[0].signals, nearest)
    return confidence(question, able[0].signals, nearest)
