"""Every aspect of a question gets its hit before one that has a good hit already gets another."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from qa_service.retrieve.cover import ASPECT, Floats, cover, scores


def table(*rows: list[float]) -> Floats:
    return np.array(rows, np.float32)


def test_without_aspects_the_best_come_first_and_equals_in_their_order() -> None:
    assert cover(table([0.1, 0.5, 0.5, 0.9]), 3) == [3, 1, 2]


def test_an_aspect_without_a_hit_comes_before_more_of_the_same() -> None:
    fits = table([0.5, 0.5, 0.5], [0.9, 0.8, 0.1], [0.1, 0.1, 0.6])
    assert cover(fits, 3) == [0, 2, 1]


def test_the_score_is_of_the_whole_and_of_the_aspect_served_best() -> None:
    fits = table([0.5, 0.3], [0.9, 0.1], [0.1, 0.7])
    expected = [(1 - ASPECT) * 0.5 + ASPECT * 0.9, (1 - ASPECT) * 0.3 + ASPECT * 0.7]
    assert scores(fits).tolist() == pytest.approx(expected)
    assert scores(fits[:1]).tolist() == fits[0].tolist()


@given(
    arrays(np.float32, st.tuples(st.integers(1, 4), st.integers(1, 9)), elements=st.floats(-1, 1, width=16)),
    st.integers(1, 12),
)
def test_as_many_as_wanted_are_chosen_and_none_twice(fits: Floats, k: int) -> None:
    chosen = cover(fits, k)
    assert len(chosen) == len(set(chosen)) == min(k, fits.shape[1])
    assert scores(fits)[chosen[0]] == scores(fits).max()
