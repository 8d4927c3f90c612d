"""Follow-up questions that are made to stand alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.conversation import standalone
from qa_service.language.references import NameBook
from qa_service.types import Name, Turn

BOOK = NameBook(
    [
        Name("orla brandeis", "Orla Brandeis", "person", ("Brandeis", "Orla Brandeis"), ()),
        Name("tomas kelmet", "Tomas Kelmet", "person", ("Kelmet", "Tomas Kelmet"), ()),
        Name("kremlin", "Kremlin", "organisation", ("Kremlin",), ()),
        Name("ukraine", "Ukraine", "place", ("Ukraine",), ()),
    ]
)
MET = "When did Brandeis and Kelmet meet?"
SAID = "What did Brandeis say about Ukraine?"
AFTERWARDS = "What did Brandeis say after meeting Kelmet?"


def after(first: str, question: str, answer: str = "On Monday.") -> str:
    return standalone(question, [Turn("user", first), Turn("assistant", answer)], BOOK)


@pytest.mark.parametrize(
    ("first", "question", "full"),
    [
        (MET, "How long did it last?", "How long did the meeting between Brandeis and Kelmet last?"),
        (MET, "What did they discuss?", "What did Brandeis and Kelmet discuss?"),
        (MET, "What did they say after the meeting?", None),
        (SAID, "When did he say this?", "When did Brandeis say this?"),
        (SAID, "And the Kremlin?", "What did the Kremlin say about Ukraine?"),
        (SAID, "What about Kelmet?", "What did Kelmet say about Ukraine?"),
        (SAID, "And about wheat?", "What did Brandeis say about wheat?"),
        (AFTERWARDS, "And Kelmet?", "What did Kelmet say after meeting Brandeis?"),
        (AFTERWARDS, "And what did Kelmet say?", "What did Kelmet say after meeting Brandeis?"),
        (SAID, "Why?", "Why did Brandeis say about Ukraine?"),
        (SAID, "What is his position?", "What is Brandeis's position?"),
    ],
)
def test_what_is_left_unsaid_is_filled_in(first: str, question: str, full: str | None) -> None:
    if full is not None:
        assert after(first, question) == full
    else:
        assert "Brandeis and Kelmet" in after(first, question)


@pytest.mark.parametrize(
    "question",
    [
        "What did Kelmet say?",
        "What did Kelmet say he wants?",
        "Did Kelmet say that wheat is dear?",
        "Is it true that wheat is dear?",
        "Are there reports on wheat?",
    ],
)
def test_a_question_that_stands_alone_stays(question: str) -> None:
    assert after(MET, question) == question


def test_without_history_nothing_changes() -> None:
    assert standalone("How long did it last?", [], BOOK) == "How long did it last?"


def test_the_answer_names_whom_he_means() -> None:
    answer = after("Who spoke of wheat?", "When did he speak?", "Tomas Kelmet spoke of wheat.")
    assert answer == "When did Tomas Kelmet speak?"


def test_follow_ups_are_chained() -> None:
    history = [Turn("user", SAID), Turn("user", "And the Kremlin?")]
    assert standalone("And about wheat?", history, BOOK) == "What did the Kremlin say about wheat?"


def test_and_keeps_the_occasion() -> None:
    full = after("What did Brandeis say after the talks?", "And what did Kelmet say?")
    assert full == "What did Kelmet say after the talks?"


@given(st.lists(st.builds(Turn, st.sampled_from(["user", "assistant"]), st.text(max_size=60)), max_size=4), st.text())
def test_any_conversation_can_be_read(history: list[Turn], question: str) -> None:
    assert isinstance(standalone(question, history, BOOK), str)
