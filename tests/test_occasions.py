"""Meetings and calls, and which one a sentence speaks of."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.language.occasions import CALL, EVENT, MEETING, THE_EVENT, Occasions, occasion_words
from tests.reading import read, seeds

BOTH = ("orla brandeis", "tomas kelmet")
FIRST = "Minister Orla Brandeis met Minister Tomas Kelmet in Riga."


def occasions(text: str) -> Occasions:
    (reading,) = read(text)
    people = [m for m in reading.mentions if reading.names[m.key].kind == "person"]
    return Occasions(text, reading.sentences, people)


@pytest.mark.parametrize("word", ["met", "meeting", "Talks", "summit", "welcomed"])
def test_words_of_meetings(word: str) -> None:
    assert MEETING.fullmatch(word)


@pytest.mark.parametrize("word", ["phone", "called", "Telephone"])
def test_words_of_calls(word: str) -> None:
    assert CALL.fullmatch(word)


@pytest.mark.parametrize("noun", ["meeting", "talks", "phone call", "calls", "summits", "negotiations", "discussion"])
def test_a_noun_of_an_event_speaks_of_an_occasion(noun: str) -> None:
    assert re.fullmatch(EVENT, noun)
    assert occasion_words(noun)


@pytest.mark.parametrize("event", ["the meeting", "Monday's phone call", "their first visit", "that summit"])
def test_an_event_that_was_told_of_already(event: str) -> None:
    assert THE_EVENT.search(f"Brandeis left after {event}.")


@pytest.mark.parametrize("event", ["a meeting", "talks", "the committee met", "another summit"])
def test_an_event_that_is_new_or_no_event(event: str) -> None:
    assert not THE_EVENT.search(f"Brandeis spoke of {event}.")


def test_those_who_meet_take_part() -> None:
    assert occasions(FIRST).all() == [BOTH]


def test_a_later_sentence_refers_back_to_the_meeting_before() -> None:
    later = " Brandeis had talks with Minister Ada Zorvath. After the meeting, Brandeis left."
    assert occasions(FIRST + later).of(2) == ("ada zorvath", "orla brandeis")


def test_a_sentence_without_an_occasion_belongs_to_the_first() -> None:
    assert occasions(FIRST + " Brandeis spoke of wheat.").of(1) == BOTH


def test_one_person_alone_does_not_meet() -> None:
    assert occasions("Minister Orla Brandeis spoke of a meeting.").all() == []


def test_the_occasions_of_the_seeds() -> None:
    first, _, _, _, last = seeds()
    assert {s.occasion for s in first.statements} == {("donald trump", "sergei lavrov")}
    assert {s.occasion for s in last.statements} == {("donald trump", "vladimir putin")}


@given(st.text(max_size=200))
def test_any_text_can_be_asked(text: str) -> None:
    found = occasions(text)
    assert all(len(sides) == 2 for sides in found.all())
    assert found.of(0) in [(), *found.all()]
