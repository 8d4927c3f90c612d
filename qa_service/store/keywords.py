"""Scores passages by the words they share with a question, with BM25; cutting text into terms is left to ``terms``.

The scores are those of bm25s, which is imported only to build: its index is a sparse matrix of finished term weights,
and adding up the columns of a question's terms takes numpy alone, which starts a quarter of a second sooner.
"""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Self

import numpy as np
from numpy.typing import NDArray

from qa_service.errors import Damaged
from qa_service.store.terms import terms

__all__ = ["KeywordIndex", "terms"]

K1 = 1.2  # how fast a repeated term stops counting
B = 0.75  # how much a long passage is held against it

_VOCABULARY = "vocabulary.json"
# numpy reads the head of a file with Python's parser, which fails in 3.11 when two threads are in it (gh-106905).
_ONE_AT_A_TIME = Lock()


@dataclass(frozen=True, slots=True)
class _Weights:
    """A sparse matrix by columns: term ``i`` has ``values[starts[i]:starts[i + 1]]`` in the passages ``rows[...]``."""

    values: NDArray[np.float32]
    rows: NDArray[np.int32]
    starts: NDArray[np.int64]


class KeywordIndex:
    """BM25 (Robertson and Zaragoza 2009, in the variant of Lucene) over numbered passages; never changed once built."""

    def __init__(self, count: int, vocabulary: Sequence[str], weights: _Weights) -> None:
        self._count = count
        self._vocabulary = {term: column for column, term in enumerate(vocabulary)}
        self._weights = weights

    @classmethod
    def build(cls, texts: Iterable[str]) -> Self:
        """An index of the texts, whose rows are 0, 1, 2 … in the order given."""
        passages = [terms(text) for text in texts]
        vocabulary = sorted({term for passage in passages for term in passage})
        return cls(len(passages), vocabulary, _weigh(passages, vocabulary))

    @classmethod
    def load(cls, folder: Path) -> Self:
        """The index that ``save`` wrote into ``folder``. Raises ``Damaged`` if it cannot be read."""
        try:
            head = json.loads((folder / _VOCABULARY).read_bytes())
            with _ONE_AT_A_TIME:
                weights = _Weights(
                    *(np.load(folder / f"{name}.npy", allow_pickle=False) for name in _Weights.__slots__)
                )
            return cls(head["passages"], head["terms"], weights)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise Damaged(f"{folder.name} cannot be read as a keyword index; build the index again.") from error

    def save(self, folder: Path) -> None:
        """Write the index as arrays and JSON into ``folder``; making it durable is left to the caller."""
        folder.mkdir(exist_ok=True)
        for name in _Weights.__slots__:
            np.save(folder / f"{name}.npy", getattr(self._weights, name), allow_pickle=False)
        head = {"passages": self._count, "terms": list(self._vocabulary)}
        (folder / _VOCABULARY).write_text(json.dumps(head, ensure_ascii=False), "utf-8")

    @property
    def count(self) -> int:
        """How many passages there are."""
        return self._count

    def document_frequency(self, term: str) -> int:
        """In how many passages a term occurs; ``term`` as ``terms`` gives it, not as it is written."""
        start, end = self._column(term)
        return end - start

    def scores(self, text: str) -> NDArray[np.float32]:
        """The BM25 score of every passage for the terms of ``text``, shape (P,); 0 where they share no term."""
        scores = np.zeros(self._count, np.float32)
        for term in terms(text):
            start, end = self._column(term)
            scores[self._weights.rows[start:end]] += self._weights.values[start:end]  # a row is in a column once
        return scores

    def coverage(self, text: str) -> NDArray[np.float32]:
        """The share of ``text`` that every passage holds, shape (P,): its BM25 score over the most it could be.

        The most is reached by a passage that has every term endlessly often: the sum of the terms' weights for rarity.
        So 0 means that no term is shared, 1 is never reached, and values for different texts can be compared.
        """
        most = sum(self._rarity(term) for term in terms(text))
        return self.scores(text) / np.float32(most or 1.0)

    def _rarity(self, term: str) -> float:
        """The inverse document frequency of a term, as Lucene has it."""
        having = self.document_frequency(term)
        return math.log1p((self._count - having + 0.5) / (having + 0.5))

    def _column(self, term: str) -> tuple[int, int]:
        column = self._vocabulary.get(term)
        if column is None:
            return 0, 0
        return int(self._weights.starts[column]), int(self._weights.starts[column + 1])


def _weigh(passages: list[list[str]], vocabulary: list[str]) -> _Weights:
    """The weight of every term in every passage, by bm25s; it cannot do without any term, so that is done here."""
    if not vocabulary:
        return _Weights(np.zeros(0, np.float32), np.zeros(0, np.int32), np.zeros(1, np.int64))
    import bm25s  # type: ignore[import-untyped]  # the package has no type information

    logging.getLogger("bm25s").setLevel(logging.WARNING)  # it sets itself to DEBUG, whatever the program wants
    columns = {term: column for column, term in enumerate(vocabulary)}
    model = bm25s.BM25(k1=K1, b=B, method="lucene")
    numbered = [[columns[term] for term in passage] for passage in passages]
    model.index((numbered, columns), create_empty_token=False, show_progress=False)
    matrix = model.scores
    return _Weights(
        np.asarray(matrix["data"], np.float32),
        np.asarray(matrix["indices"], np.int32),
        np.asarray(matrix["indptr"], np.int64),
    )
