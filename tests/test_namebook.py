"""Which names mean the same bearer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.language.alike import Spellings, same_spelling
from qa_service.language.gazetteer import countries
from tests.reading import Reading, read, seeds

WORDS = (
    "Orla Tomas Kelmet Kelmett Brandeis president the Minister of said Jackson in Mr. Oslo US Navy Jr. J. he , . é"
).split()
NEWS_LIKE = st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)


def shown(reading: Reading, surface: str) -> list[str]:
    return [display for found, display in reading.mentioned() if found == surface]


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("pompeo", "pomeo", True),
        ("sergei", "sergey", True),
        ("obama", "osama", False),
        ("smith", "smyth", True),
        ("kim", "kym", False),
        ("brandeis", "brandais", True),
        ("kelmet", "helmet", False),
    ],
)
def test_spellings_of_one_name(left: str, right: str, same: bool) -> None:
    assert same_spelling(left, right) is same
    assert same_spelling(right, left) is same


@given(st.lists(st.text("abeiks", min_size=1, max_size=9), unique=True), st.text("abeiks", min_size=1, max_size=9))
def test_many_names_are_compared_as_one_by_one(names: list[str], name: str) -> None:
    long = [other for other in names if len(other) > 3 and len(name) > 3]
    assert Spellings(names).of(name) == [other for other in long if same_spelling(other, name)]


def test_full_name_surname_and_misspelling_are_one() -> None:
    (reading,) = read("President Orla Brandeis left. Brandeis spoke. Then Brandeis slept. Orla Brandais woke.")
    assert {display for _, display in reading.mentioned()} == {"Orla Brandeis"}


def test_accents_do_not_matter() -> None:
    (reading,) = read("Minister Tomáš Kelmet left. Then Tomas Kelmet spoke. We heard Kelmét.")
    assert len({display for _, display in reading.mentioned()}) == 1


def test_a_surname_means_its_bearer_named_last_before() -> None:
    (reading,) = read("Minister Orla Kelmet met Tomas Kelmet. Kelmet left. Orla Kelmet stayed. Kelmet slept.")
    assert shown(reading, "Kelmet") == ["Tomas Kelmet", "Orla Kelmet"]


def test_a_bearer_from_another_document_does_not_win() -> None:
    often = "Minister Orla Kelmet spoke. Orla Kelmet left. Orla Kelmet slept."
    _, other = read(often, "We heard Tomas Kelmet. Kelmet left.")
    assert shown(other, "Kelmet") == ["Tomas Kelmet"]


def test_a_bearer_from_another_document_helps_out() -> None:
    _, other = read("Minister Orla Kelmet spoke.", "We heard Kelmet.")
    assert shown(other, "Kelmet") == ["Orla Kelmet"]


def test_initials_fit_the_given_name_but_not_another() -> None:
    (reading,) = read("We met Michael J. Kelmet. Then M. Kelmet left. We met Jane Kelmet.")
    assert len({display for _, display in reading.mentioned()}) == 2


def test_father_and_son_are_two() -> None:
    (reading,) = read("We met Tomas Kelmet Sr. and then Tomas Kelmet Jr. at home.")
    assert len({display for _, display in reading.mentioned()}) == 2


def test_a_given_name_alone_means_its_bearer() -> None:
    (reading,) = read("Minister Orla Kelmet left. We heard Orla.")
    assert shown(reading, "Orla") == ["Orla Kelmet"]


def test_foreign_ministries_of_two_countries_are_two() -> None:
    (reading,) = read("The Latvian Foreign Ministry wrote to the Polish Foreign Ministry.")
    names = [name for name in reading.names.values() if name.kind == "organisation"]
    assert [name.display for name in names] == ["Latvian Foreign Ministry", "Polish Foreign Ministry"]
    assert all("Foreign Ministry" in name.variants for name in names)


def test_a_capital_is_mentioned_with_its_country() -> None:
    (reading,) = read("They met in Riga.")
    assert [mention.key for mention in reading.mentions] == ["riga", "latvia"]


def test_the_people_of_the_seeds() -> None:
    names = seeds()[0].names
    lavrov = names["sergei lavrov"]
    assert {"Lavrov", "Sergey Lavrov", "Sergei Lavrov"} <= set(lavrov.variants)
    assert "diplomat/russia" in lavrov.offices
    assert {"Mike Pomeo", "Pompeo"} <= set(names["mike pompeo"].variants)


@given(st.lists(st.text() | NEWS_LIKE, max_size=3))
def test_every_mention_has_a_name_and_no_key_is_used_twice(texts: list[str]) -> None:
    for reading in read(*texts):
        assert all(mention.key in reading.names for mention in reading.mentions)
        for mention in reading.mentions:
            name = reading.names[mention.key]
            assert reading.text[mention.start : mention.end] in name.variants or name.key in countries().values()
