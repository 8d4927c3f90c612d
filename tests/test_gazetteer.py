"""General knowledge: countries, capitals, offices."""

from __future__ import annotations

import pytest

from qa_service.language.gazetteer import (
    BODIES,
    DAYS,
    MONTHS,
    OFFICES,
    TITLES,
    capitals,
    countries,
    country_key,
    office_words,
    offices,
)


@pytest.mark.parametrize(
    ("word", "country"),
    [
        ("Russian", "russia"),
        ("US", "united states"),
        ("U.S.", "united states"),
        ("Britain", "united kingdom"),
        ("Americans", "united states"),
        ("Saudi", "saudi arabia"),
        ("United States", "united states"),
        ("us", ""),
        ("banana", ""),
    ],
)
def test_a_country_is_known_by_its_names_and_people(word: str, country: str) -> None:
    assert country_key(word) == country


def test_a_capital_stands_for_its_country() -> None:
    assert capitals()["moscow"] == "russia"
    assert set(capitals().values()) <= set(countries().values())


def test_everything_is_case_folded() -> None:
    for listed in (countries(), capitals(), office_words(), BODIES, TITLES, DAYS, MONTHS):
        assert all(word == word.casefold() for word in listed)


def test_longer_offices_are_looked_for_first() -> None:
    lengths = [len(phrase) for phrase, _ in offices()]
    assert lengths == sorted(lengths, reverse=True)
    assert {kind for _, kind in offices()} == set(OFFICES)


def test_office_words_hold_no_grammar() -> None:
    assert {"minister", "foreign", "secretary"} <= office_words()
    assert not {"of", "the"} & office_words()
