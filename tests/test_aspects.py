"""A question that speaks of several things is cut into stretches that are searched for one by one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_service.language.words import terms
from qa_service.retrieve.aspects import LEAST, LONG, MOST, aspects

STRIKE = "Did the Mail report put the number of strikers in Leeds at nine hundred"
DRIVER = "while the article in the Sun on the same day quoted a bus driver who saw three thousand?"


def test_a_long_question_is_cut_where_it_goes_on_to_something_else() -> None:
    assert aspects(f"{STRIKE}, {DRIVER}") == (STRIKE, DRIVER)


@pytest.mark.parametrize(
    "text", ["", "?", "What did Lavrov say after meeting Pompeo?", "Who met, when, and where, and what did they say?"]
)
def test_a_short_question_is_left_whole(text: str) -> None:
    assert aspects(text) == ()


def test_what_is_too_short_to_be_searched_for_stays_with_its_neighbour() -> None:
    assert aspects(f"{STRIKE}, or not, {DRIVER}") == (f"{STRIKE} or not", DRIVER)


def test_a_date_is_not_cut() -> None:
    found = aspects(f"{STRIKE} on May 7, 2019, {DRIVER}")
    assert found == (f"{STRIKE} on May 7, 2019", DRIVER)


def test_there_are_no_more_aspects_than_allowed() -> None:
    assert len(aspects(f"{STRIKE}, {DRIVER} " * 9)) == MOST


pieces = st.lists(
    st.sampled_from(["storm", "harbour", "and", "while", ",", ";", "Leeds?", "the", "May 7, 2019"]), max_size=60
)


@settings(deadline=None)
@given(pieces)
def test_no_word_of_a_long_question_is_lost_and_a_short_one_has_no_aspects(words: list[str]) -> None:
    text = " ".join(words)
    found = aspects(text)
    assert not found or terms(" ".join(found)) == terms(text)
    assert bool(found) == (len(terms(text)) >= LONG)
    assert sum(len(terms(part)) < LEAST for part in found) <= 1
    assert not found or len(terms(text)) >= LONG


@pytest.mark.parametrize("hostile", [" ", ", ", " and", "and and ", "; "])
def test_hostile_text_is_cut_in_time(hostile: str) -> None:
    assert len(aspects(f"{STRIKE}, {DRIVER} " + hostile * 50_000)) >= 2
