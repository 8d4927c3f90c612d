"""Whether a list is asked for, of what, and what holds a part of it."""

from __future__ import annotations

import pytest

from qa_service.answerer import Answerer
from qa_service.questions.lists import Listed, listed_in
from qa_service.types import Ask


@pytest.mark.parametrize(
    ("question", "listed"),
    [
        ("Which topics did they discuss?", Listed("topic")),
        ("Which European countries signed?", Listed("countri", "place")),
        ("List the people who came.", Listed("person", "person")),
        ("What are the points of agreement?", Listed("point")),
        ("Who else came?", Listed()),
        ("What did Rivero and Novotny agree on?", Listed()),
    ],
)
def test_what_a_list_is_asked_of(question: str, listed: Listed) -> None:
    assert listed_in(question) == listed


@pytest.mark.parametrize(
    "question", ["What did Rivero say?", "Which bridge was closed?", "What is the news?", "What does Rivero want?"]
)
def test_one_thing_is_no_list(question: str) -> None:
    assert listed_in(question) is None


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("What did Putin and Trump agree on?", ["combine efforts", "phone contacts", "rebuild"]),
        ("What topics did Putin and Trump discuss?", ["ISIS", "strategic economic issues"]),
    ],
)
def test_a_list_has_the_parts_that_stand_in_several_sentences(
    answerer: Answerer, question: str, parts: list[str]
) -> None:
    text = answerer.answer(Ask(question)).text
    assert [part for part in parts if part not in text] == []


def test_a_list_that_stands_in_one_sentence_is_that_sentence(answerer: Answerer) -> None:
    answer = answerer.answer(Ask("What topics did Lavrov and Tillerson discuss?"))
    assert [citation.text[:18] for citation in answer.citations] == ["Earlier in the day"]
