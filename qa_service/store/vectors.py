"""Finds the stored vectors nearest to a query by inner product; what a row stands for is left to ``catalog``."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from qa_service.errors import Damaged

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]

HALF_PRECISION_FROM = 50_000  # vectors; from here on scanning float16 is faster than float32 and as good


class VectorIndex(Protocol):
    """Numbered vectors of one dimension; whoever makes them normalised gets cosine similarities."""

    @property
    def count(self) -> int:
        """How many vectors there are: their rows are 0 to ``count - 1``."""
        ...

    @property
    def dimension(self) -> int:
        """The length of each vector."""
        ...

    def search(self, queries: Floats, k: int, allowed: Rows | None) -> tuple[Floats, Rows]:
        """For each of the queries (q, d) the scores and the rows of the nearest vectors, best first: two (q, n).

        ``n`` is ``k``, or less where fewer vectors are there or allowed: every query gets the same number and no row
        is a filler. ``allowed`` holds distinct rows; None allows all. Raises ``ValueError`` for another dimension or
        for numbers that are not finite.
        """
        ...

    def vectors(self, rows: Rows) -> Floats:
        """The stored vectors at these rows, (n, d). Raises ``IndexError`` for no such row."""
        ...


class FaissIndex:
    """A ``VectorIndex`` that compares with every vector, exactly: float32 when there are few, float16 when many.

    Any number of threads may search one index, because nothing is ever added to it: FAISS crashes or hangs when one
    thread adds while others search.
    """

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: Floats) -> Self:
        """An index of the vectors (n, d); n may be 0. Raises ``ValueError`` if they are not finite or d is 0."""
        if vectors.ndim != 2 or not vectors.shape[1]:
            raise ValueError(f"Vectors must have the shape (n, d), not {vectors.shape}.")
        faiss, dimension = _faiss(), vectors.shape[1]
        if len(vectors) < HALF_PRECISION_FROM:
            index = faiss.IndexFlatIP(dimension)
        else:
            quantizer = faiss.ScalarQuantizer.QT_fp16
            index = faiss.IndexScalarQuantizer(dimension, quantizer, faiss.METRIC_INNER_PRODUCT)
        index.add(_finite(vectors, dimension))
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> Self:
        """The index that ``save`` wrote to ``path``, whose checksum the caller must have compared: FAISS reads a
        damaged file without noticing, one time in four.

        Raises ``Damaged`` if it does notice.
        """
        try:
            return cls(_faiss().read_index(str(path)))
        except RuntimeError as error:
            raise Damaged(f"{path.name} cannot be read as a vector index; build the index again.") from error

    def save(self, path: Path) -> None:
        """Write the index to ``path``; making it durable is left to the caller."""
        _faiss().write_index(self._index, str(path))

    @property
    def count(self) -> int:
        """How many vectors there are."""
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """The length of each vector."""
        return int(self._index.d)

    def search(self, queries: Floats, k: int, allowed: Rows | None) -> tuple[Floats, Rows]:
        """See ``VectorIndex.search``."""
        faiss, asked = _faiss(), _finite(queries, self.dimension)
        found = min(k, self.count if allowed is None else len(allowed))
        if found <= 0:
            return np.empty((len(asked), 0), np.float32), np.empty((len(asked), 0), np.int64)
        only = None if allowed is None else faiss.SearchParameters(sel=self._selector(faiss, allowed))
        scores, rows = self._index.search(asked, found, params=only)
        real = int((rows >= 0).all(axis=0).sum())  # fewer than found if ``allowed`` names a row twice
        return scores[:, :real], rows[:, :real]

    def vectors(self, rows: Rows) -> Floats:
        """See ``VectorIndex.vectors``."""
        wanted = np.ascontiguousarray(rows, np.int64)
        if len(wanted) and not (wanted.min() >= 0 and wanted.max() < self.count):
            raise IndexError(f"There are {self.count} vectors; a row outside them was asked for.")
        found: Floats = self._index.reconstruct_batch(wanted)
        return found

    def _selector(self, faiss: Any, allowed: Rows) -> Any:
        """One bit for each vector, which FAISS tests faster than the hash set of its IDSelectorBatch."""
        mask = np.zeros(self.count, bool)
        mask[allowed] = True
        return faiss.IDSelectorBitmap(np.packbits(mask, bitorder="little"))


def _finite(vectors: Floats, dimension: int) -> Floats:
    asked = np.ascontiguousarray(vectors, np.float32)
    if asked.ndim != 2 or asked.shape[1] != dimension:
        raise ValueError(f"Vectors must have the shape (n, {dimension}), not {asked.shape}.")
    if not np.isfinite(asked).all():
        raise ValueError("A vector holds a number that is not finite.")
    return asked


def _faiss() -> Any:
    """FAISS, imported at first use, for one thread: OpenMP keeps the number for each calling thread by itself."""
    import faiss

    faiss.omp_set_num_threads(1)
    return faiss
