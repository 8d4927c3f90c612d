"""What a question is taken to ask."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from news import CALL, TALKS, ask, entries

from qa_service.questions.question import by_speaker, read
from qa_service.questions.wants import want_of

_, BOOK = entries(TALKS, CALL)


@pytest.mark.parametrize(
    ("question", "want"),
    [
        ("How long did the talks last?", "duration"),
        ("How many hours did they talk?", "duration"),
        ("How many people came?", "number"),
        ("When did they meet?", "time"),
        ("On which day did it happen?", "time"),
        ("In which city did they meet?", "place"),
        ("Where was it?", "place"),
        ("Why was it closed?", "cause"),
        ("Who said that the harbour would reopen?", "speaker"),
        ("Who met the prime minister?", "person"),
        ("With whom did she speak?", "person"),
        ("Did they discuss grain?", "yes_no"),
        ("Give me a short summary of the talks.", "summary"),
        ("What is the harbour called?", "text"),
    ],
)
def test_the_kind_of_thing_wanted(question: str, want: str) -> None:
    assert want_of(question) == want


@pytest.mark.parametrize(
    ("question", "speakers"),
    [
        ("What did Rivero say?", ["Rivero"]),
        ("what did rivero say about the harbour", ["rivero"]),
        ("What did Rivero and Lindqvist say about fish?", ["Rivero", "Lindqvist"]),
        ("According to Novotny, what was discussed?", ["Novotny"]),
        ("What was Lindqvist's reaction?", ["Lindqvist"]),
        ("Who said that?", []),
        ("Did Rivero and Lindqvist discuss fish?", []),
        ("What did the man who spoke about Rivero do?", []),
        ("When did Rivero call Novotny?", []),
        ("When did Rivero and Novotny speak on the phone?", []),
        ("Rivero call trade", []),
    ],
)
def test_whose_words_are_asked_for(question: str, speakers: list[str]) -> None:
    assert [reference.surface for reference in ask(question).speakers] == speakers


def test_the_occasion_and_who_took_part() -> None:
    occasion = ask("What did Rivero say after meeting Lindqvist?").occasion
    assert occasion is not None
    assert occasion.kind == "meeting"
    assert [party.surface for party in occasion.parties] == ["Rivero", "Lindqvist"]


def test_a_call_is_no_meeting() -> None:
    occasion = ask("How long did the phone call between Rivero and Novotny last?").occasion
    assert occasion is not None
    assert occasion.kind == "call"


def test_what_somebody_speaks_about_is_kept_apart_from_where() -> None:
    question = ask("What did Rivero say about Norway during the talks in Oslo?")
    assert [reference.surface for reference in question.about] == ["Norway"]


def test_the_topic_leaves_out_names_verbs_of_saying_and_question_words() -> None:
    assert [w.text for w in ask("What did Foreign Minister Rivero say about the harbour treaty?").topic] == [
        "harbour",
        "treaty",
    ]
    assert [w.text for w in ask("How many people stood outside?").topic] == ["people", "stood", "outside"]


def test_what_is_counted() -> None:
    assert ask("How many more people came?").counted == "person"
    assert ask("How much did it cost?").counted == ""


@pytest.mark.parametrize(
    ("question", "asks_for_several"),
    [
        ("Which topics did they discuss?", True),
        ("List the people who came.", True),
        ("Who else came?", True),
        ("What does Rivero want?", False),
        ("What was said?", False),
        ("Which bridge was closed?", False),
        ("What is the news?", False),
    ],
)
def test_whether_a_list_is_asked_for(question: str, asks_for_several: bool) -> None:
    assert ask(question).several is asks_for_several


def test_a_name_that_no_document_has_is_unknown() -> None:
    question = ask("What did Rivero say about Zanzibar?")
    assert [unknown.surface for unknown in question.unknown] == ["Zanzibar"]


def test_the_gist_is_the_question_without_its_names() -> None:
    assert ask("Did Rivero call Novotny?").gist == "Did call ?"


def test_a_filter_makes_somebody_the_speaker() -> None:
    question = by_speaker(ask("What about fish?"), "Lindqvist", BOOK)
    assert [reference.surface for reference in question.speakers] == ["Lindqvist"]
    assert by_speaker(ask("What about fish?"), "Nobody Known", BOOK).unknown


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    question = read(text, BOOK)
    assert all(text[name.start : name.end] == name.surface for name in question.names)
    assert all(text[word.start : word.end] == word.text for word in question.topic)
