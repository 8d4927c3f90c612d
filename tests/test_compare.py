"""When two texts count as the same, or one as held by the other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.evaluation.compare import content_f1, holds, overlaps, plain

LETTERS = st.text(alphabet="abc .,-'’A", max_size=12)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("It opened in the U.S. in 1999.", "the US"), ("A 15-year-old boy", "15 year old"),
        ("“Squid Game” is back", "'Squid Game'"),
        ("Some 1,000 people", "1000"), ("Peru's capital", "Peru"), ("CAFÉ de Paris", "café"), ("He said: “No.”", "no"),
    ],
)  # fmt: skip
def test_case_punctuation_and_spaces_do_not_matter(text: str, answer: str) -> None:
    assert holds(text, answer)


@pytest.mark.parametrize(("text", "answer"), [("In 1983", "8"), ("Germany", "German"), ("a b", "b a"), ("x", "…")])
def test_an_answer_is_whole_words_in_a_row(text: str, answer: str) -> None:
    assert not holds(text, answer)


@given(LETTERS, LETTERS, LETTERS)
def test_what_stands_between_spaces_is_held(before: str, answer: str, after: str) -> None:
    assert holds(f"{before} {answer} {after}", answer) == bool(plain(answer))


@given(LETTERS)
def test_plain_text_is_plain(text: str) -> None:
    assert plain(plain(text)) == plain(text)


def test_nothing_overlaps_nothing() -> None:
    assert not overlaps("", "text")
    assert not overlaps("  ", "")


def test_f1_counts_the_words_that_carry_meaning() -> None:
    assert content_f1("When did the band split?", "When did they split") == pytest.approx(2 * 1 / 3)
    assert content_f1("Why?", "And why is that?") == 1.0
    assert content_f1("Why?", "Why the band?") == 0.0


@given(LETTERS, LETTERS)
def test_f1_does_not_depend_on_the_order_of_its_texts(text: str, other: str) -> None:
    assert content_f1(text, other) == content_f1(other, text)
    assert content_f1(text, text) == 1.0
