"""Windows around candidates, and what a reader makes of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from news import CALL, TALKS, articles

from qa_service.read import Reading, WordReader
from qa_service.weigh.reread import around, reread, windows

(MEETING, PHONE), _ = articles(TALKS, CALL)


@pytest.mark.parametrize("sentence", range(len(MEETING.sentences)))
def test_a_window_holds_its_sentence_and_is_verbatim(sentence: int) -> None:
    window = around(MEETING, sentence)
    assert window.holds(MEETING, sentence)
    assert MEETING.document.text[window.start :].startswith(window.text)
    assert len(window.text) <= 420 or window.first == window.last


def test_a_candidate_that_lies_in_a_window_opens_no_other() -> None:
    ranked = [(MEETING, 0), (MEETING, 1), (PHONE, 0)]
    assert [w.article for w in windows(ranked, 5)] == [MEETING, PHONE]
    assert len(list(windows(ranked, 1))) == 1


def test_every_sentence_of_a_window_gets_its_chance() -> None:
    chances = reread("Who met on Tuesday?", [(PHONE, 0)], WordReader(), 1)
    assert set(chances) == {(PHONE.document.id, i) for i in range(len(PHONE.sentences))}
    assert 0 < sum(chance.here for chance in chances.values()) < 1.0001


def test_a_share_counts_what_lies_inside() -> None:
    chances = np.array([0.1, 0.6, 0.2], np.float32)
    reading = Reading(0.9, chances, chances, np.array([[0, 3], [4, 8], [9, 12]]))
    assert reading.share(0, 8) == pytest.approx(0.7)
    assert reading.share(4, 8) == pytest.approx(0.6)
    assert reading.share(20, 30) == 0


@given(st.text(max_size=60), st.text(max_size=200))
def test_the_fake_reader_reads_anything(question: str, text: str) -> None:
    reading = WordReader().read(question, text)
    assert 0 <= reading.share(0, len(text)) <= 1.0001
