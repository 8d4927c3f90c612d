"""Cited documents that say otherwise are named as a conflict: over citations made by hand, and through the service."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from homes import with_model
from hypothesis import given
from hypothesis import strategies as st

from qa_service.answerer import Answerer
from qa_service.assemble import open_answerer, open_library
from qa_service.compose.conflicts import conflicts
from qa_service.settings import Settings
from qa_service.types import Citation, Conflict, Document, Source
from qa_service.web.app import create_app

FOURTEEN = "At least 14 people were killed when the ferry Aurora caught fire near Tromso, the coast guard said."
NINETEEN = "The fire on the ferry Aurora near Tromso killed 19 people, officials said."
QUESTION = "How many people were killed when the ferry Aurora caught fire?"


def citation(number: int, text: str, *documents: str) -> Citation:
    sources = [
        Source(Document(name, name, name, text), "p", 0, len(text), text) for name in documents or (str(number),)
    ]
    return Citation(f"c{number}", number, number, number + len(text), text, "verbatim", tuple(sources))


def found(*texts: str) -> tuple[Conflict, ...]:
    """The conflicts among texts, each of a document of its own."""
    return conflicts([citation(number, text) for number, text in enumerate(texts, 1)])


def test_two_documents_with_different_numbers_are_a_conflict_named_by_their_common_words() -> None:
    assert found(FOURTEEN, NINETEEN) == (Conflict(("c1", "c2"), "people, killed, ferry, Aurora, fire, Tromso"),)


def test_each_matter_is_a_conflict_of_its_own() -> None:
    two, three = (
        "The talks between Berg and Dahl lasted two hours.",
        "The talks between Berg and Dahl lasted three hours.",
    )
    assert [each.citation_ids for each in found(FOURTEEN, two, NINETEEN, three)] == [("c1", "c3"), ("c2", "c4")]


def test_all_that_say_otherwise_on_one_matter_stand_together() -> None:
    assert [each.citation_ids for each in found(FOURTEEN, NINETEEN, FOURTEEN.replace("14", "20"))] == [
        ("c1", "c2", "c3")
    ]


@pytest.mark.parametrize(
    "other",
    [
        FOURTEEN.replace("14", "fourteen"),
        "Survivors of the fire were taken to a school in Tromso.",
        "The ferry Hope sailed from Bergen with 19 people on Monday.",
        "19 people.",
        "",
    ],
)
def test_the_same_facts_or_another_matter_are_no_conflict(other: str) -> None:
    assert found(FOURTEEN, other) == ()


def test_two_groups_that_meet_become_one() -> None:
    texts = ("alpha beta 1", "epsilon zeta 4", "gamma delta epsilon zeta 3", "alpha beta gamma delta 2")
    assert found(*texts) == (Conflict(("c1", "c2", "c3", "c4"), ""),)


def test_the_same_people_on_another_day_are_another_matter() -> None:
    assert not found(
        "President Ole Berg called Minister Karin Dahl on Monday.", "Minister Karin Dahl met Ole Berg on Tuesday."
    )


def test_a_document_is_in_no_conflict_with_itself() -> None:
    assert conflicts([citation(1, FOURTEEN, "a", "b"), citation(2, NINETEEN, "b")]) == ()


@given(
    st.lists(
        st.sampled_from([FOURTEEN, NINETEEN, "It is cold.", "The ferry Aurora did not burn near Tromso."]), max_size=5
    )
)
def test_no_citation_is_in_two_conflicts_and_none_stands_alone(texts: list[str]) -> None:
    named = [identity for each in found(*texts) for identity in each.citation_ids]
    assert len(named) == len(set(named))
    assert all(len(each.citation_ids) > 1 for each in found(*texts))


@pytest.fixture(scope="module")
def ferry(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Answerer]:
    """A service over two reports of one fire."""
    home = with_model(settings, tmp_path_factory.mktemp("fire") / "home")
    folder = tmp_path_factory.mktemp("reports")
    for name, text in (("early", FOURTEEN), ("later", NINETEEN)):
        (folder / f"{name}.txt").write_text(f"Ferry {name}\n\n{text}\n", encoding="utf-8")
    open_library(home, lambda *_: None).sync([Path(folder)], lambda *_: None)
    return home, open_answerer(home)


def asked(ferry: tuple[Settings, Answerer], question: str) -> Any:
    """The response of the service to a question."""
    return create_app(*ferry).test_client().post("/ask", json={"question": question}).json


def test_an_answer_tells_which_of_its_citations_disagree(ferry: tuple[Settings, Answerer]) -> None:
    answer = asked(ferry, QUESTION)
    (conflict,) = answer["conflicts"]
    assert conflict["citation_ids"] == [citation["id"] for citation in answer["citations"]]
    assert "ferry, Aurora" in conflict["topic"]


def test_an_answer_without_disagreement_has_no_conflicts(ferry: tuple[Settings, Answerer]) -> None:
    for question in ("Who won the 2018 World Cup?", "What did officials say?"):
        assert asked(ferry, question)["conflicts"] == []
