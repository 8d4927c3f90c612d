"""Typing errors in questions."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_service.language.spelling import mend, with_forms

VOCABULARY = with_forms(["pandemic", "cooperation", "meeting", "recalled", "ambassador", "kelmet"])


def nobody(_: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("question", "mended"),
    [
        ("waht did he say?", "what did he say?"),
        ("Waht did he say?", "What did he say?"),
        ("What about the pandemik?", "What about the pandemic?"),
        ("the coperation with them", "the cooperation with them"),
        ("did they meet affter it", "did they meet after it"),
        ("When did they recal the ambassador?", "When did they recall the ambassador?"),
    ],
)
def test_errors_are_mended(question: str, mended: str) -> None:
    assert mend(question, VOCABULARY, nobody) == mended


@pytest.mark.parametrize("question", ["What did NATO say?", "Who met on 21 May 2021?", "", "?!", "kelmet spoke"])
def test_what_is_right_stays(question: str) -> None:
    assert mend(question, VOCABULARY, nobody) == question


def test_names_are_left_alone() -> None:
    assert mend("Did pandemik speak?", VOCABULARY, lambda word: word == "pandemik") == "Did pandemik speak?"


def test_other_forms_of_a_word_are_known() -> None:
    assert {"recalled", "recall", "recalls", "meetings"} <= VOCABULARY


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_mended_to_the_same_words_or_others(text: str) -> None:
    assert mend(mend(text, VOCABULARY, nobody), VOCABULARY, nobody) is not None
