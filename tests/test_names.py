"""Names in running text: spans, kinds and offices."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.language.names import spot
from qa_service.language.offices import office_tag
from qa_service.language.runs import capital_runs
from qa_service.sentences import split

WORDS = (
    "Mayor of London Orla Kelmet said the US Navy Sen. Mr. King Jr. Kim Jong-un R. Ł - ' ’ ( ) , . \" MAY 3 é".split()
)
NEWS_LIKE = st.lists(st.sampled_from([*WORDS, "\n"]), max_size=25).map(" ".join)


def found(text: str) -> list[tuple[str, str]]:
    return [(name.surface, name.kind) for name in spot(text, split(text))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Russian Foreign Minister Orla Kelmet left.", [("Russian", "place"), ("Orla Kelmet", "person")]),
        ("The Mayor of London Orla Kelmet left.", [("London", "place"), ("Orla Kelmet", "person")]),
        ("The Governor of Lyon left.", [("Lyon", "place")]),
        ("He met President of France Orla Kelmet.", [("France", "place"), ("Orla Kelmet", "person")]),
        ("Then Sen. Orla Kelmet (R-Ohio) left.", [("Orla Kelmet", "person"), ("Ohio", "other")]),
        ("We heard Orla J. Kelmet.", [("Orla J. Kelmet", "person")]),
        ("We heard Larry King and Mr. King.", [("Larry King", "person"), ("King", "person")]),
        ("We saw Orla May in May.", [("Orla May", "person")]),
        ("We saw Bae Dong-un.", [("Bae Dong-un", "person")]),
        ("The Justice Department won.", [("Justice Department", "organisation")]),
        ("The U.S. Navy won.", [("U.S.", "place"), ("U.S. Navy", "organisation")]),
        ("ABS-CBN won.", [("ABS-CBN", "organisation")]),
        ("US-Russian ties hold.", [("US", "place"), ("Russian", "place")]),
        ("We met in Kelmet.", [("Kelmet", "place")]),
        ("They sailed the Java Sea.", [("Java Sea", "place")]),
        ("Orla Kelmet, the Kremlin spokesman, left.", [("Orla Kelmet", "person"), ("Kremlin", "organisation")]),
        ("Orla Stone, 48, left.", [("Orla Stone", "person")]),
        (
            "In court, Orla Cherry of the Labour Party won.",
            [("Orla Cherry", "other"), ("Labour Party", "organisation")],
        ),
        ("Chastened, they left on Monday.", []),
    ],
)
def test_names_and_their_kinds(text: str, names: list[tuple[str, str]]) -> None:
    assert found(text) == names


def test_an_office_comes_with_its_name() -> None:
    text = "State Department Spokesman Orla Kelmet spoke."
    (body, person) = spot(text, split(text))
    assert (body.surface, body.kind) == ("State Department", "organisation")
    assert (person.surface, person.office) == ("Orla Kelmet", "State Department Spokesman")


@pytest.mark.parametrize(
    ("phrase", "tag"),
    [
        ("Russian Foreign Minister", "diplomat/russia"),
        ("US Secretary of State", "diplomat/united states"),
        ("Kremlin spokesman", "spokesperson/kremlin"),
        ("Gov", "local/"),
        ("baker", ""),
    ],
)
def test_an_office_has_a_kind_and_a_country(phrase: str, tag: str) -> None:
    assert office_tag(phrase) == tag


def test_a_hyphen_joins_unless_it_joins_countries() -> None:
    runs = [[word.text for word in run] for run in capital_runs("Both Agence France-Presse and US-Russian papers.")]
    assert runs == [["Agence", "France", "Presse"], ["US"], ["Russian"]]


def test_a_person_is_not_glued_to_the_body_behind() -> None:
    runs = [[word.text for word in run] for run in capital_runs("We asked Orla Kelmet of the Bank of England.")]
    assert runs == [["Orla", "Kelmet"], ["Bank", "of", "England"]]


@given(st.text() | NEWS_LIKE)
def test_names_are_exact_spans_in_order_within_their_sentence(text: str) -> None:
    sentences = split(text)
    names = spot(text, sentences)
    for name in names:
        sentence = sentences[name.sentence]
        assert sentence.start <= name.start < name.end <= sentence.end
        assert text[name.start : name.end] == name.surface
    assert [name.sentence for name in names] == sorted(name.sentence for name in names)
