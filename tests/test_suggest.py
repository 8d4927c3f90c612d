"""The questions that the service proposes are ones that it can answer and that were not asked yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from qa_service.answerer import Answerer
from qa_service.assemble import open_answerer
from qa_service.embed import HashEmbedder
from qa_service.library import Library
from qa_service.read import WordReader
from qa_service.settings import Settings
from qa_service.shelf import Shelves
from qa_service.store.snapshot import SnapshotStore
from qa_service.types import Answer, Ask, Filter, Turn

QUESTION = "What did Lavrov say after meeting Pompeo?"
QUESTIONS = (
    QUESTION,
    "When did Blinken meet Lavrov?",
    "How long did the meeting between Lavrov and Blinken last?",
    "What did Trump and Putin discuss about Syria?",
    "Why did the Russian government condemn the US?",
    "Who welcomed Pompeo in Sochi?",
    "sanctions",
)


def proposed(answerer: Answerer, question: str, **how: object) -> tuple[str, ...]:
    return answerer.answer(replace(Ask(question), **how)).follow_ups  # type: ignore[arg-type]  # fields of Ask


def sources(answer: Answer) -> set[str]:
    return {source.document.id for citation in answer.citations for source in citation.sources}


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_follow_up_is_answered(answerer: Answerer, question: str) -> None:
    follow_ups = proposed(answerer, question)
    assert 1 <= len(follow_ups) <= 3
    assert len(set(follow_ups)) == len(follow_ups)
    assert {answerer.answer(Ask(each)).status for each in follow_ups} == {"answered"}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_follow_up_is_never_the_question_nor_one_asked_before(answerer: Answerer, question: str) -> None:
    asked = [question]
    while follow_ups := proposed(answerer, asked[-1], history=tuple(Turn("user", each) for each in asked[:-1])):
        assert not set(follow_ups) & set(asked)
        asked.append(follow_ups[0])
        if len(asked) == 6:
            break


@pytest.mark.parametrize(
    "again", [QUESTION, QUESTION.upper(), "what did sergei lavrov say, after he met Mike Pompeo in Sochi"]
)
def test_what_was_asked_in_other_words_is_not_proposed_again(answerer: Answerer, again: str) -> None:
    asked = "What did Pompeo say after meeting Lavrov?"
    assert QUESTION in proposed(answerer, asked)
    assert QUESTION not in proposed(answerer, asked, history=(Turn("user", again), Turn("assistant", "…")))


def test_what_others_said_on_the_occasion_is_proposed_first(answerer: Answerer) -> None:
    assert proposed(answerer, "What did Pompeo say after meeting Lavrov?")[0] == QUESTION


def test_what_is_not_answered_is_followed_by_nothing(answerer: Answerer) -> None:
    assert proposed(answerer, "Who won the 2018 World Cup?") == ()


def test_follow_ups_are_the_same_every_time_and_in_every_process(settings: Settings, answerer: Answerer) -> None:
    again = open_answerer(settings)
    assert [proposed(again, q) for q in reversed(QUESTIONS)] == [proposed(answerer, q) for q in reversed(QUESTIONS)]


def test_with_a_filter_follow_ups_are_answered_within_it(answerer: Answerer) -> None:
    for filters in (Filter(published_after=date(2021, 1, 1)), Filter(speaker="Lavrov")):
        for question in proposed(answerer, "What did Lavrov say?", filters=filters):
            answer = answerer.answer(Ask(question, filters=filters))
            assert answer.status == "answered"
            assert sources(answer)


def test_every_example_is_answered(answerer: Answerer) -> None:
    examples = answerer.examples()
    assert 2 <= len(examples) <= 4
    assert len(set(examples)) == len(examples)
    assert {answerer.answer(Ask(question)).status for question in examples} == {"answered"}


def test_the_same_index_gives_the_same_examples(settings: Settings, answerer: Answerer) -> None:
    assert open_answerer(settings).examples() == answerer.examples()


def test_documents_that_quote_nobody_give_no_questions(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("# Notes\n\nThe harbour is open again after the storm.\n", encoding="utf-8")
    store = SnapshotStore(tmp_path / "home")
    Library(store, HashEmbedder(), 200).sync([tmp_path / "notes.md"], lambda *_: None)
    answerer = Answerer(Shelves(store, HashEmbedder(), WordReader()), 8)
    assert answerer.examples() == ()
    assert answerer.shelves.current().suggester.after([], ["Anything?"], Filter()) == ()
