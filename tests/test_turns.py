"""Interviews that are printed as they were held: who speaks is told at the beginning of the line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reading import Reading, read

HELD = "Minister Orla Kelmet talked to the Baker.\n"
LABELS = st.sampled_from(["((QA)) ", "((Orla Kelmet))  ", "Orla Kelmet: ", "Q: ", "A: ", "((", ": ", ""])
WORDS = st.lists(st.sampled_from("Wheat is dear. Why? I say so \n".split(" ")), max_size=6).map(" ".join)
LINES = st.lists(st.tuples(LABELS, WORDS).map("".join), max_size=8).map("\n".join)


def said(text: str) -> list[tuple[str, str]]:
    """Speaker and content of every statement."""
    (reading,) = read(text)
    return [(s.speaker, " … ".join(text[a:b] for a, b in s.content)) for s in reading.statements if not s.cue]


@pytest.mark.parametrize(
    ("asks", "answers"),
    [
        ("((BK))  ", "((Orla Kelmet))  "),
        ("((BK)) : ", "((Orla Kelmet)) : "),
        ("BK: ", "Orla Kelmet: "),
        ("Interviewer: ", "Orla Kelmet: "),
        ("Q: ", "Kelmet: "),
        ("**BK:** ", "**Orla Kelmet:** "),
    ],
)
def test_a_label_tells_who_speaks(asks: str, answers: str) -> None:
    text = f"{HELD}{asks}Is wheat dear?\n{answers}It is. I buy none.\n{asks}Why?\n{answers}We are poor."
    assert said(text) == [("Orla Kelmet", "It is."), ("Orla Kelmet", "I buy none."), ("Orla Kelmet", "We are poor.")]


def test_an_answer_goes_on_over_its_paragraphs_and_the_last_one_ends_with_its_own() -> None:
    held = "((BK)) Why?\n((Orla Kelmet)) It is dear.\nNobody buys it.\n((BK)) Oh?\n((Orla Kelmet)) Yes.\nSo it went."
    assert [content for _, content in said(HELD + held)] == ["It is dear.", "Nobody buys it.", "Yes."]


def test_what_stands_between_the_questions_of_one_who_only_asks_is_told_by_the_article() -> None:
    assert said(f"{HELD}((BK)) Why is wheat dear?\nThe party was founded in Riga.\n((BK)) Who buys it?") == []


def test_initials_mean_whoever_bears_them() -> None:
    text = f"{HELD}Orla Kelmet: Wheat is dear.\nOK: Bread is dearer.\nOK: Nobody buys it."
    assert {speaker for speaker, _ in said(text)} <= {"Orla Kelmet"}


@pytest.mark.parametrize(
    "text",
    [
        "Image: Orla Kelmet.\nImage: Tomas Brandeis.\nImage: Orla Kelmet.",
        "Date: Monday.\nPlace: Riga.\nDate: Tuesday.\nPlace: Oslo.",
        "Riga: 12 points\nOslo: 10 points",
    ],
)
def test_captions_and_lists_of_facts_are_no_turns(text: str) -> None:
    assert read(text)[0].statements == ()


def test_whoever_is_named_in_a_turn_speaks_second_and_pronouns_do_not() -> None:
    text = (
        f"Mr. Tomas Brandeis came. {HELD}((BK)) Why?\n"
        "((Orla Kelmet)) Tomas Brandeis said wheat was dear.\n((BK)) And?\n((Orla Kelmet)) I think he said so."
    )
    speakers = [speakers for speakers in read(text)[0].speakers() if speakers]
    assert speakers[-2:] == [("Orla Kelmet", "Tomas Brandeis"), ("Orla Kelmet",)]


@settings(deadline=None)
@given(LINES)
def test_every_turn_lies_in_its_sentence(text: str) -> None:
    reading: Reading = read(HELD + text)[0]
    for s in reading.statements:
        assert all(s.start <= start < end <= s.end for start, end in s.content)
        assert s.speaker
