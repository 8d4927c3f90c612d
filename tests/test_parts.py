"""A message is taken apart into its questions, and left whole where it has but one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from news import ask

from qa_service.questions.parts import agreement, clauses, views


@pytest.mark.parametrize(
    ("message", "questions"),
    [
        ("Where did Ann meet Bob and what did he say?", ["Where did Ann meet Bob", "what did he say?"]),
        ("When and where did Ann meet Bob?", ["When did Ann meet Bob?", "where did Ann meet Bob?"]),
        ("When, where and why did it close?", ["When did it close?", "where did it close?", "why did it close?"]),
        ("In which city and on which day was it?", ["In which city was it?", "on which day was it?"]),
        ("Who did Ann meet, and why?", ["Who did Ann meet", "why?"]),
        ("Did Ann meet Bob, and if so, where?", ["Did Ann meet Bob", "where?"]),
        ("Did Ann meet Bob and did he thank her?", ["Did Ann meet Bob", "did he thank her?"]),
        ("Where was it? How long did it last?", ["Where was it?", "How long did it last?"]),
        ("It was cold. Where was it? Who came?", ["It was cold. Where was it?", "Who came?"]),
        ("What did Ann say about fish and about grain?", ["What did Ann say about fish", "about grain?"]),
        ("How many people died and how many were hurt?", ["How many people died", "how many were hurt?"]),
        ("Who won and by how much?", ["Who won", "by how much?"]),
        ("Who rowed, and who steered?", ["Who rowed", "who steered?"]),
        ("Tell me where Ann met Bob and what he said.", ["where Ann met Bob", "what he said."]),
        ("what is it, when was it built and by whom", ["what is it", "when was it built", "by whom"]),
        (
            "When and where was it shown, and who made it?",
            ["When was it shown", "where was it shown", "who made it?"],
        ),
    ],
)
def test_each_question_of_a_message_is_found(message: str, questions: list[str]) -> None:
    assert list(clauses(message)) == questions


@pytest.mark.parametrize(
    "message",
    [
        "Who wrote War and Peace?",
        "What did Ann and Bob say about fish and grain?",
        "What is the difference between war and peace?",
        "Who is the man who met Ann and who called Bob?",
        "What did Ann say about the harbour and how it should be built?",
        "What did the two discuss and agree on?",
        "Which family made brandy and were settlers?",
        "According to Ann, what was discussed?",
        "When the harbour closed, what did Ann say?",
        "How old is Ann, who has won twice?",
        "Who did Robert F. Berg name as his heir?",
        "Hello! What did Ann say?",
        "I have read about the talks. What did Ann say?",
        "How many people were killed and injured?",
        "grain and fish",
        "",
    ],
)
def test_a_message_with_one_question_stays_whole(message: str) -> None:
    assert clauses(message) == (message,)


@given(st.text(alphabet=st.sampled_from("and what when where did he? .,;A who\n"), max_size=120))
def test_any_message_can_be_taken_apart(message: str) -> None:
    found = clauses(message)
    assert found
    assert len(found) == 1 or all(clause.strip() for clause in found)


def test_a_question_for_the_words_of_two_is_put_to_each() -> None:
    asked = views(ask("What did Rivero and the Lindqvist say about fish?"))
    assert [view.text for view in asked] == [
        "What did Rivero say about fish?",
        "What did the Lindqvist say about fish?",
    ]


def test_a_comparison_of_what_two_say_is_put_to_each() -> None:
    asked = views(ask("Compare what both Rivero and Lindqvist said about fish."))
    assert [view.text for view in asked] == ["what Rivero said about fish.", "what Lindqvist said about fish."]


@pytest.mark.parametrize(
    "text", ["What did Rivero say about Lindqvist?", "What did Rivero and Lindqvist say in their joint statement?"]
)
def test_what_one_says_or_two_say_together_is_asked_once(text: str) -> None:
    assert views(ask(text)) == ()


def test_whether_two_agree_is_asked_of_each() -> None:
    asked = agreement(ask("Do Rivero and Lindqvist agree on the treaty?"))
    assert [view.text for view in asked] == [
        "What did Rivero say about the treaty?",
        "What did Lindqvist say about the treaty?",
    ]
    assert agreement(ask("Do they agree on the treaty?")) == ()
    assert agreement(ask("What did Rivero say?")) == ()
