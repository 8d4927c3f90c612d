"""What a later question of one message leaves unsaid is taken from the one before it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from news import CALL, TALKS, entries

from qa_service.questions.carry import Earlier, complete

_, BOOK = entries(TALKS, CALL)
MET = "Where did Rivero meet Lindqvist"


def full(clause: str, first: str, answer: str = "") -> str | None:
    completed = complete(clause, Earlier(first, answer), BOOK)
    return completed.text if completed else None


@pytest.mark.parametrize(
    ("first", "clause", "question"),
    [
        (MET, "what did he say about fish?", "What did Rivero say about fish?"),
        (MET, "what did he tell him?", "What did Rivero tell Lindqvist?"),
        (MET, "what did they discuss?", "What did Rivero and Lindqvist discuss?"),
        (MET, "what did his office say?", "What did Rivero's office say?"),
        ("Who is Rivero", "what did Lindqvist say about her?", "What did Lindqvist say about Rivero?"),
        ("Who is Rivero", "where did she go?", "Where did Rivero go?"),
        (MET, "where did Novotny meet him?", "Where did Novotny meet Lindqvist?"),
        (MET, "when?", "When did Rivero meet Lindqvist?"),
        (MET, "how long did the meeting last?", "How long did the meeting between Rivero and Lindqvist last?"),
        ("What did Rivero say about fish", "about grain?", "What did Rivero say about grain?"),
        ("What did Rivero say about fish", "what about grain?", "What did Rivero say about grain?"),
        ("Did Rivero speak", "where?", "Where did Rivero speak?"),
        ("When did the fire start", "what caused it?", "What caused the fire?"),
        ("Why was the old bridge closed", "when will it reopen?", "When will the old bridge reopen?"),
        ("What did Novotny build in Oslo", "how many people live there?", "How many people live in Oslo?"),
        ("How many people came", "how many were hurt?", "How many people were hurt?"),
        ("Who won the race", "by how much?", "Who won the race by how much?"),
        ("Why did Norway recall its envoy", "what is his name?", "What is its envoy's name?"),
        ("What did Zanzibarov say in Oslo", "where did he go?", "Where did Zanzibarov go?"),
        (MET, "what did Novotny say about it?", "What did Novotny say about the meeting between Rivero and Lindqvist?"),
    ],
)
def test_a_later_question_is_completed(first: str, clause: str, question: str) -> None:
    assert full(clause, first) == question


@pytest.mark.parametrize(
    ("clause", "question"),
    [("what did she say?", "What did Ada Rivero say?"), ("why?", "Why Ada Rivero met Lindqvist in Oslo?")],
)
def test_whoever_answers_who_is_meant_by_the_next_question(clause: str, question: str) -> None:
    answer = "Karel Novotny was there when Ada Rivero met Lindqvist."
    assert full(clause, "Who met Lindqvist in Oslo", answer) == question


def test_a_question_about_somebody_whom_nothing_names_cannot_be_completed() -> None:
    assert full("what did he say?", "Who met Lindqvist in Oslo") is None
    assert full("what did Rivero say?", "Who met Lindqvist in Oslo") == "What did Rivero say?"


def test_words_are_asked_for_on_the_occasion_of_the_question_before() -> None:
    completed = complete("what did Rivero say about fish?", Earlier(MET), BOOK)
    assert completed
    assert completed.occasion
    assert [party.surface for party in completed.occasion.parties] == ["Rivero", "Lindqvist"]


def test_who_took_no_part_is_not_asked_on_that_occasion() -> None:
    completed = complete("what did Novotny say about fish?", Earlier(MET), BOOK)
    assert completed
    assert completed.occasion is None


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=80))
def test_any_two_texts_can_be_completed(clause: str, first: str, answer: str) -> None:
    complete(clause, Earlier(first, answer), BOOK)
