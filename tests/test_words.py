"""The words of a text and what they are compared by."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.language.words import english, irregular, is_function_word, plain, term, terms, word_set, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada's plan isn't new.", ["Ada", "plan", "isn", "new"]),
        ("the U.S. paid 1,200.50 in 2019", ["the", "U.S.", "paid", "1,200.50", "in", "2019"]),
        ("U.S.President onMonday", ["U.S.", "President", "on", "Monday"]),
        ("Kole'sinauguration", ["Kole", "inauguration"]),
        ("weekendAda spoke", ["weekend", "Ada", "spoke"]),
        ("Zoe\u0308 Łukasz", ["Zoe\u0308", "Łukasz"]),
        ("", []),
    ],
)
def test_words_are_told_apart(text: str, expected: list[str]) -> None:
    assert [word.text for word in words(text)] == expected


@pytest.mark.parametrize(
    ("left", "right"),
    [("met", "meeting"), ("U.S.", "US"), ("said", "says"), ("Countries", "country"), ("took", "take")],
)
def test_forms_of_a_word_have_one_term(left: str, right: str) -> None:
    assert term(left) == term(right)


def test_a_country_is_no_pronoun() -> None:
    assert term("US") != term("us")
    assert not is_function_word("US")
    assert is_function_word("us")


def test_terms_leave_function_words_out() -> None:
    assert terms("What did they say about the talks?") == ["say", "talk"]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Głódź", "glodz"),
        ("José", "jose"),
        ("Ærø", "aero"),
        ("O’Kole", "o'kole"),
        ("U.S.", "u.s"),
        ("Zoe\u0308", "zoe"),
    ],
)
def test_names_are_compared_without_accents(word: str, expected: str) -> None:
    assert plain(word) == expected


def test_the_word_lists_are_read() -> None:
    assert english()["the"].count > english()["meeting"].count > 0
    assert irregular()["went"] == "go"
    assert word_set(" a  b\nc ") == {"a", "b", "c"}


@given(st.text())
def test_words_are_exact_ordered_spans(text: str) -> None:
    at = 0
    for word in words(text):
        assert at <= word.start < word.end
        assert text[word.start : word.end] == word.text
        assert isinstance(word.capitalised, bool)
        at = word.end


@given(st.text())
def test_any_word_has_a_term_and_a_plain_form(text: str) -> None:
    for word in words(text):
        assert term(word.text)
        assert plain(plain(word.text)) == plain(word.text)


def test_threads_may_stem_at_once() -> None:
    many = [
        f"{stem}{ending}" for stem in ("walk", "negotiat", "meet", "hop") for ending in ("ing", "ed", "es", "s")
    ] * 50
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(term, many)) == [term(word) for word in many]
