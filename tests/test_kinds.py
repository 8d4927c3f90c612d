"""Answers of the right kind over the real index: the office, the journey, the place of the meeting asked for."""

from __future__ import annotations

import pytest

from qa_service.answerer import Answerer
from qa_service.types import Ask


@pytest.mark.parametrize(
    "question",
    [
        "Who is Russia's ambassador to the United States?",
        "Who is the US ambassador to Russia?",
        "Who is Russia's prime minister?",
        "Who is the foreign minister of Ukraine?",
    ],
)
def test_another_office_is_no_answer(answerer: Answerer, question: str) -> None:
    answer = answerer.answer(Ask(question))
    assert answer.status == "not_found"
    assert answer.missing


@pytest.mark.parametrize(
    ("question", "holder"),
    [
        ("Who is the president of Syria?", "Bashar Assad"),
        ("Who is the Russian foreign minister?", "Lavrov"),
        ("Who is the Kremlin's spokesman?", "Dmitry Pescov"),
    ],
)
def test_the_holder_of_an_office_is_named(answerer: Answerer, question: str, holder: str) -> None:
    answer = answerer.answer(Ask(question))
    assert answer.citations
    assert all(holder in citation.text for citation in answer.citations)


@pytest.mark.parametrize(
    "question",
    ["When did Trump visit Moscow?", "When did Biden visit Moscow?", "What did Trump say during his visit to Moscow?"],
)
def test_another_journey_is_no_answer(answerer: Answerer, question: str) -> None:
    assert answerer.answer(Ask(question)).status == "not_found"


@pytest.mark.parametrize(
    ("question", "told"),
    [("When did Pompeo visit Sochi?", "on Tuesday in Sochi"), ("When will Biden visit Europe?", "to Europe in June")],
)
def test_the_journey_that_is_asked_for_is_told(answerer: Answerer, question: str, told: str) -> None:
    assert told in answerer.answer(Ask(question)).text


def test_where_they_met_stands_in_the_sentence_that_says_so(answerer: Answerer) -> None:
    (citation,) = answerer.answer(Ask("Where did Lavrov meet Pompeo?")).citations
    assert "welcomed him on Tuesday in Sochi" in citation.text
