from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from qa_service.errors import Damaged
from qa_service.store.vectors import HALF_PRECISION_FROM, FaissIndex, Floats, Rows

DIMENSION = 16


def unit(count: int, seed: int, dimension: int = DIMENSION) -> Floats:
    vectors = np.random.default_rng(seed).standard_normal((count, dimension))
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def best(stored: Floats, query: Floats, k: int, allowed: Rows) -> tuple[NDArray[np.float32], Rows]:
    """The same by sorting everything."""
    scores = stored[allowed] @ query
    order = np.argsort(-scores, kind="stable")[:k]
    return scores[order], allowed[order]


@settings(deadline=None)
@given(st.integers(0, 40), st.integers(1, 4), st.integers(0, 50), st.integers(0, 99), st.booleans())
def test_search_agrees_with_sorting_all_that_is_allowed(
    count: int, queries: int, k: int, seed: int, filtered: bool
) -> None:
    stored, asked = unit(count, seed), unit(queries, seed + 1)
    some = np.flatnonzero(np.random.default_rng(seed).random(count) < 0.5) if filtered else np.arange(count)
    scores, rows = FaissIndex.build(stored).search(asked, k, some if filtered else None)
    assert scores.shape == rows.shape == (queries, min(k, len(some)))
    for query, found_scores, found_rows in zip(asked, scores, rows, strict=True):
        expected_scores, expected_rows = best(stored, query, k, some)
        np.testing.assert_allclose(found_scores, expected_scores, atol=1e-5)
        assert found_rows.tolist() == expected_rows.tolist()


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    FaissIndex.build(unit(0, 0)).save(tmp_path / "empty.faiss")
    index = FaissIndex.load(tmp_path / "empty.faiss")
    assert (index.count, index.dimension) == (0, DIMENSION)
    assert index.search(unit(2, 1), 5, None)[1].shape == (2, 0)
    assert index.vectors(np.empty(0, np.int64)).shape == (0, DIMENSION)


def test_no_row_is_a_filler_when_few_are_allowed() -> None:
    index = FaissIndex.build(unit(100, 1))
    assert sorted(index.search(unit(1, 2), 10, np.array([3, 99, 4]))[1][0]) == [3, 4, 99]
    assert index.search(unit(1, 2), 10, np.array([3, 3]))[1].tolist() == [[3]]
    assert index.search(unit(1, 2), 10, np.empty(0, np.int64))[1].shape == (1, 0)
    assert index.search(unit(3, 2), -1, None)[1].shape == (3, 0)


def test_an_index_comes_back_from_its_file(tmp_path: Path) -> None:
    stored, query = unit(50, 3), unit(1, 4)
    built = FaissIndex.build(stored)
    built.save(tmp_path / "x.faiss")
    loaded = FaissIndex.load(tmp_path / "x.faiss")
    assert loaded.search(query, 7, None)[1].tolist() == built.search(query, 7, None)[1].tolist()
    assert np.array_equal(loaded.vectors(np.array([49, 0, 0])), stored[[49, 0, 0]])


@pytest.mark.parametrize("count", [HALF_PRECISION_FROM - 1, HALF_PRECISION_FROM])
def test_many_vectors_are_kept_in_half_precision(tmp_path: Path, count: int) -> None:
    stored, query = unit(count, 5), unit(1, 6)
    index = FaissIndex.build(stored)
    index.save(tmp_path / "x.faiss")
    few = np.arange(0, count, 1000)
    half = count == HALF_PRECISION_FROM
    assert (tmp_path / "x.faiss").stat().st_size // count == DIMENSION * (2 if half else 4)
    np.testing.assert_allclose(index.search(query, 3, few)[0][0], best(stored, query[0], 3, few)[0], atol=1e-3)
    np.testing.assert_allclose(index.vectors(few), stored[few], atol=1e-3)


def test_vectors_read_back_and_stored_again_stay_the_same() -> None:
    index = FaissIndex.build(unit(HALF_PRECISION_FROM, 7))
    once = index.vectors(np.arange(index.count))
    assert np.array_equal(FaissIndex.build(once).vectors(np.arange(index.count)), once)


@pytest.mark.parametrize("rows", [[100], [-1], [0, 2**40]])
def test_a_row_that_is_not_there_is_refused(rows: list[int]) -> None:
    index = FaissIndex.build(unit(100, 1))
    with pytest.raises(IndexError):
        index.vectors(np.array(rows))
    with pytest.raises(IndexError):
        index.search(unit(1, 1), 3, np.array([*rows, 2**40]))


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_numbers_that_are_not_finite_are_refused(bad: float) -> None:
    vectors = unit(3, 1)
    index = FaissIndex.build(vectors.copy())
    vectors[1, 2] = bad
    with pytest.raises(ValueError, match="not finite"):
        FaissIndex.build(vectors)
    with pytest.raises(ValueError, match="not finite"):
        index.search(vectors, 1, None)


def test_another_shape_is_refused() -> None:
    index = FaissIndex.build(unit(3, 1))
    for wrong in (unit(1, 1, DIMENSION + 1), unit(1, 1)[0]):
        with pytest.raises(ValueError, match="shape"):
            index.search(wrong, 1, None)
    for nothing in (np.empty((0, 0), np.float32), np.empty(4, np.float32)):
        with pytest.raises(ValueError, match="shape"):
            FaissIndex.build(nothing)


def test_other_layouts_and_types_of_numbers_are_taken() -> None:
    stored = unit(20, 8)
    index = FaissIndex.build(np.asfortranarray(stored))
    query = np.asarray(stored[::2].astype(np.float64))
    assert index.search(query, 1, None)[1].ravel().tolist() == list(range(0, 20, 2))  # type: ignore[arg-type]  # on purpose


@pytest.mark.parametrize("data", [b"", b"no index", b"IxFI" + b"\xff" * 60])
def test_a_file_that_is_no_index_is_damaged(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.faiss").write_bytes(data)
    with pytest.raises(Damaged, match="cannot be read as a vector index"):
        FaissIndex.load(tmp_path / "x.faiss")


@settings(max_examples=3, deadline=None)
@given(st.integers(0, 99))
def test_many_threads_search_one_index(seed: int) -> None:
    index, asked = FaissIndex.build(unit(500, seed)), unit(20, seed + 1)
    alone = index.search(asked, 5, None)[1].tolist()
    found: list[list[list[int]]] = []

    def search() -> None:
        found.extend(index.search(asked, 5, None)[1].tolist() for _ in range(50))

    threads = [threading.Thread(target=search) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 300
    assert all(rows == alone for rows in found)
