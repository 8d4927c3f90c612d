"""Which names of the index a question means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.language.references import NameBook
from qa_service.types import Name
from tests.reading import read

BOOK = NameBook(
    [
        Name("orla brandeis", "Orla Brandeis", "person", ("Brandeis", "Orla Brandeis"), ("diplomat/russia",)),
        Name("tomáš kelmet", "Tomáš Kelmet", "person", ("Kelmet", "Tomáš Kelmet"), ("diplomat/united states",)),
        Name("russia", "Russia", "place", ("Russia", "Russian"), ()),
        Name("united states", "United States", "place", ("US", "U.S.", "American"), ()),
        Name("white house", "White House", "organisation", ("White House",), ()),
        Name("may", "May", "other", ("May",), ()),
    ]
)


def meant(question: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(reference.surface, reference.keys) for reference in BOOK.find(question)[0]]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What did Brandeis say?", [("Brandeis", ("orla brandeis",))]),
        ("what did orla brandeis say", [("orla brandeis", ("orla brandeis",))]),
        ("What did Brandais say?", [("Brandais", ("orla brandeis",))]),
        ("What did Tomas Kelmet say?", [("Tomas Kelmet", ("tomáš kelmet",))]),
        ("Did the white house answer?", [("white house", ("white house",))]),
        ("Did the Russian foreign minister speak?", [("Russian foreign minister", ("orla brandeis",))]),
        ("Did the US top diplomat speak?", [("US top diplomat", ("tomáš kelmet",))]),
        ("What may they do about us?", []),
        ("What about the US?", [("US", ("united states",))]),
    ],
)
def test_a_question_means_these(question: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    assert meant(question) == expected


def test_an_office_before_its_name_is_no_second_reference() -> None:
    found = meant("What did Russian foreign minister Brandeis say?")
    assert [keys for _, keys in found if keys != ("russia",)] == [("orla brandeis",)]


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        ("What did Emmanuel Zorvath say?", ["Emmanuel Zorvath"]),
        ("what did paris say", ["paris"]),
        ("What did Brandeis say on Monday?", []),
        ("Did Republicans agree?", []),
    ],
)
def test_names_that_no_document_has(question: str, unknown: list[str]) -> None:
    assert [name.surface for name in BOOK.find(question)[1]] == unknown


def test_a_misspelt_surname_completes_a_given_name() -> None:
    book = NameBook(list(read("Minister Harry Dunn left. Harry Dunn spoke.")[0].names.values()))
    references, unknown = book.find("Who was Harry Dun?")
    assert [reference.keys for reference in references] == [("harry dunn",)]
    assert not unknown


@given(st.text(max_size=80))
def test_references_are_exact_spans(question: str) -> None:
    references, unknown = BOOK.find(question)
    for found in (*references, *unknown):
        assert question[found.start : found.end] == found.surface != ""
    assert all(key in BOOK.names for reference in references for key in reference.keys)


def test_what_the_documents_tell_of_is_not_unknown_though_no_name_of_theirs() -> None:
    council = Name("northern lake council", "Northern Lake Council", "organisation", ("Northern Lake Council",))
    book = NameBook([council], told=["northern", "lake", "council", "met"])
    unknown = book.find("Where did the Lake Council meet Zanzibar?")[1]
    assert [name.surface for name in unknown] == ["Zanzibar"]
