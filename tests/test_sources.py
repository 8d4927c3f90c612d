"""Copies are one source, contradictions are shown side by side: over texts, and over an index of made-up news."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from homes import with_model
from hypothesis import given
from hypothesis import strategies as st

from qa_service.answerer import Answerer
from qa_service.assemble import open_answerer, open_library
from qa_service.compose.facts import disagree, facts
from qa_service.compose.sources import copied
from qa_service.settings import Settings
from qa_service.types import Answer, Ask, Document

TOLL = "At least 14 people were killed when the ferry Aurora caught fire near Tromso, the coast guard said on Saturday."
NEWS = (
    (
        "early",
        3,
        f"A fire broke out on the ferry Aurora near Tromso on Friday. {TOLL} Captain Ingrid Solheim said the crew had "
        "not been warned about the engine.",
    ),
    ("copy", 4, f"{TOLL} Survivors were taken to a school."),
    (
        "later",
        5,
        "The fire on the ferry Aurora near Tromso killed 19 people, officials said. The owner of the ferry, Nordline, "
        "said the engine had been inspected in January.",
    ),
    (
        "owner",
        6,
        "Nordline, which owns the ferry Aurora, said the crew had been warned about the engine. The company denied "
        "that the fire on the Aurora began in the kitchen.",
    ),
    (
        "inquiry",
        8,
        "The inquiry found that the fire on the ferry Aurora began in the kitchen. The talks between Minister Ole Berg "
        "and Nordline chief Karin Dahl lasted two hours.",
    ),
    ("other", 9, "The talks between Minister Ole Berg and Nordline chief Karin Dahl lasted three hours."),
)


@pytest.fixture(scope="module")
def ferry(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    home = with_model(settings, tmp_path_factory.mktemp("ferry") / "home")
    folder = tmp_path_factory.mktemp("news")
    for name, day, text in NEWS:
        line = Document("", name, f"Ferry {name}", text, published_at=date(2024, 3, day))
        write(folder / f"{name}.jsonl", line)
    open_library(home, lambda *_: None).sync([folder], lambda *_: None)
    return open_answerer(home)


def write(path: Path, document: Document) -> None:
    text = f'"text": "{document.text}", "published_at": "{document.published_at}"'
    path.write_text(f'{{"id": "{document.name}", "title": "{document.title}", {text}}}\n', encoding="utf-8")


def cited(answer: Answer) -> list[list[str]]:
    """The names of the documents that each citation rests on."""
    return [[source.document.name for source in citation.sources] for citation in answer.citations]


def test_a_copied_sentence_is_cited_once_with_the_earliest_source_first(ferry: Answerer) -> None:
    answer = ferry.answer(Ask("How many people were killed when the ferry Aurora caught fire?"))
    assert ["early", "copy"] in cited(answer)
    for citation in answer.citations:
        assert citation.sources[0].cited_text == citation.text == answer.text[citation.start : citation.end]
        assert all(source.verified for source in citation.sources)
    assert {c.document.name for c in answer.documents if c.cited} == {name for names in cited(answer) for name in names}


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("How many people were killed when the ferry Aurora caught fire?", ("14 people", "19 people")),
        ("How long did the talks between Berg and Dahl last?", ("two hours", "three hours")),
        ("Had the crew been warned about the engine?", ("had not been warned", "had been warned")),
        ("Did the fire on the Aurora begin in the kitchen?", ("inquiry found", "company denied")),
    ],
)
def test_where_documents_contradict_each_other_both_are_shown(
    ferry: Answerer, question: str, sides: tuple[str, str]
) -> None:
    answer = ferry.answer(Ask(question))
    assert all(side in answer.text for side in sides)
    assert len(answer.citations) >= 2


@pytest.mark.parametrize(
    "other",
    [
        TOLL,
        TOLL.replace("At least 14", "At least fourteen"),
        TOLL.replace(", the coast guard said on Saturday", ", the coast guard told reporters on Saturday"),
        TOLL.upper(),
    ],
)
def test_nearly_the_same_words_are_a_copy(other: str) -> None:
    assert copied(TOLL, other)
    assert copied(other, TOLL)


@pytest.mark.parametrize(
    "other",
    [
        TOLL.replace("14", "19"),
        TOLL.replace("Saturday", "Sunday"),
        TOLL.replace("were killed", "were not killed"),
        "The coast guard said that a fire had killed people on a ferry.",
        "It burned.",
        "",
    ],
)
def test_another_fact_or_other_words_are_no_copy(other: str) -> None:
    assert not copied(TOLL, other)


def test_a_brief_sentence_is_copied_only_word_for_word() -> None:
    assert copied("We are ready.", "“We are ready.”")
    assert not copied("We are ready.", "We are ready now.")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("14 people died.", "Nineteen people died."),
        ("1,200 people came.", "Two thousand people came."),
        ("It rose by 5%.", "It rose by 6 per cent."),
        ("They met on Monday.", "They met on Tuesday."),
        ("They met in May.", "They met in June."),
        ("It did open.", "It didn't open."),
        ("He denied it.", "He confirmed it."),
    ],
)
def test_numbers_days_and_denials_are_compared(left: str, right: str) -> None:
    assert disagree(facts(left), facts(right))
    assert disagree(facts(right), facts(left))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("14 people died.", "Fourteen people died on Monday."),
        ("1,200 people came.", "1200 people came."),
        ("Two million came.", "2,000,000 came."),
        ("It is no secret that they met.", "They met."),
        ("One of them left.", "They left."),
        ("They met.", "They met in May 2019."),
    ],
)
def test_more_detail_or_another_spelling_is_no_contradiction(left: str, right: str) -> None:
    assert not disagree(facts(left), facts(right))


@given(st.text(max_size=200), st.text(max_size=200))
def test_contradiction_and_copying_are_mutual_and_nothing_contradicts_itself(left: str, right: str) -> None:
    assert disagree(facts(left), facts(right)) == disagree(facts(right), facts(left))
    assert copied(left, right) == copied(right, left)
    assert not disagree(facts(left), facts(left))
