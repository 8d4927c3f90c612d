"""Finds the passages that a question may be answered from: meaning and words together, filtered, best first.

Scores are fused, not ranks: 0.6 × mean(similarity of the passage, similarity of its best sentence) + 0.4 × the share of
the question's words that the passage holds. That share is BM25 over the most it could be, not over the best passage's:
so a question whose words nobody has is not decided by the few that somebody has, and scores of different questions can
be compared. A question that speaks of several things is searched for as a whole and by its aspects. Measured by
``benchmarks/retrieval.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa_service.embed import Embedder
from qa_service.store.snapshot import Snapshot
from qa_service.types import Filter, Hit

from . import cover
from .aspects import aspects
from .provenance import Provenance

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]

MEANING, WORDS = 0.6, 0.4  # weights of meaning and of words
_POOL = 50  # passages that each of the three searches proposes


@dataclass(frozen=True)
class Retrieved:
    """Hits, best first, and the vector of the question, shape (dimension,), for whoever compares sentences next.

    A hit's score says how well the passage fits the question and the aspect of it that it serves best. Of a question
    with several aspects each gets its hits, so that scores need not fall from one hit to the next.

    ``support`` (0 to 1) says how much of the question the documents speak of at all: the fit of the passage that fits
    best, on average over the question as a whole and each of its aspects; sources and dates do not count. ``aspects``
    is how many a long question has, 0 for a short one.
    """

    hits: tuple[Hit, ...]
    vector: Floats
    support: float = 0.0
    aspects: int = 0


class Retriever:
    """Searches one snapshot. Safe for use from several threads."""

    def __init__(self, embedder: Embedder, snapshot: Snapshot) -> None:
        self._embedder = embedder
        self._snapshot = snapshot
        self._spans = snapshot.catalog.passage_sentence_spans()
        self._provenance = Provenance(snapshot.catalog, snapshot.passages.count)

    def search(self, text: str, k: int, admitted: Filter) -> Retrieved:
        """The ``k`` best passages among those that ``admitted`` allows."""
        texts = (text, *aspects(text))
        vectors = self._embedder.embed(texts)
        allowed = self._snapshot.catalog.allowed_passages(admitted)
        if self._snapshot.passages.count == 0 or (allowed is not None and len(allowed) == 0):
            return Retrieved((), vectors[0])
        shared = np.stack([self._snapshot.keywords.coverage(t) for t in texts])
        rows = self._propose(vectors, shared, allowed)
        fits = MEANING * self._meaning(vectors, rows) + WORDS * shared[:, rows]
        favoured = fits + np.stack([self._provenance.agreement(t, rows) for t in texts])
        order = cover.cover(favoured, k)
        hits = self._hits(rows[order], cover.scores(favoured)[order])
        return Retrieved(hits, vectors[0], _support(fits), len(texts) - 1)

    def _hits(self, rows: Rows, scores: Floats) -> tuple[Hit, ...]:
        found = self._snapshot.catalog.passages(rows.tolist())
        bounded = np.clip(scores, 0, 1).tolist()
        return tuple(Hit(passage, document, s) for (passage, document), s in zip(found, bounded, strict=True))

    def _propose(self, vectors: Floats, shared: Floats, allowed: Rows | None) -> Rows:
        """The sorted rows of the passages that are near in meaning, hold a near sentence, or share words."""
        near = self._snapshot.passages.search(vectors, _POOL, allowed)[1]
        sentences = self._snapshot.sentences.search(vectors, 2 * _POOL, self._sentence_rows(allowed))[1]
        holding = np.searchsorted(self._spans[:, 1], sentences)  # the first passage that does not end before it
        if allowed is not None:
            holding = holding[np.isin(holding, allowed)]
        worded = [_most(scores, allowed) for scores in shared]
        return np.unique(np.concatenate([near.ravel(), holding.ravel(), *worded]))

    def _sentence_rows(self, allowed: Rows | None) -> Rows | None:
        return None if allowed is None else np.unique(_runs(self._spans[allowed]))

    def _meaning(self, vectors: Floats, rows: Rows) -> Floats:
        """The mean similarity of each passage and of its best sentence to each text, shape (len(vectors), n)."""
        spans = self._spans[rows]
        lengths = spans[:, 1] - spans[:, 0] + 1
        alike = vectors @ self._snapshot.sentences.vectors(_runs(spans)).T
        best: Floats = np.maximum.reduceat(alike, np.cumsum(lengths) - lengths, axis=1)
        meaning: Floats = (vectors @ self._snapshot.passages.vectors(rows).T + best) / np.float32(2)
        return meaning

    def vector(self, text: str) -> Floats:
        """The vector of a text, shape (dimension,)."""
        vector: Floats = self._embedder.embed([text])[0]
        return vector

    def similarity(self, query: Floats, sentence_rows: Sequence[int]) -> Floats:
        """Cosine similarity of a question vector and sentences, shape (len(sentence_rows),)."""
        vectors = self._snapshot.sentences.vectors(np.asarray(sentence_rows, np.int64))
        similarity: Floats = vectors @ query
        return similarity


def _most(scores: Floats, allowed: Rows | None) -> Rows:
    """The rows with the best scores above 0 among those that are allowed."""
    candidates = scores if allowed is None else scores[allowed]
    best = np.argsort(-candidates, kind="stable")[:_POOL]
    best = best[candidates[best] > 0]
    return best if allowed is None else allowed[best]


def _runs(spans: Rows) -> Rows:
    """All rows from the first to the last of each span (n, 2), one span after the other."""
    lengths = spans[:, 1] - spans[:, 0] + 1
    before = np.cumsum(lengths) - lengths
    runs: Rows = np.repeat(spans[:, 0] - before, lengths) + np.arange(int(lengths.sum()))
    return runs


def _support(fits: Floats) -> float:
    """See ``Retrieved.support``; ``fits`` as in ``cover``."""
    return float(np.clip(fits.max(axis=1).mean(), 0, 1))
