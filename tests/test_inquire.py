"""Messages with several questions, over the index of the seeds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qa_service.answerer import Answerer
from qa_service.questions.parts import MOST
from qa_service.types import Answer, Ask, Filter

FILE = Path(__file__).parent / "questions" / "parts.jsonl"


def ask(answerer: Answerer, question: str, most: int = 5) -> Answer:
    return answerer.answer(Ask(question, max_sentences=most))


def handled(answer: Answer, wanted: dict[str, list[list[str]]]) -> bool:
    """Whether an answer has the status expected and, for every part that can be answered, an accepted sentence."""
    shown = [" ".join(source.cited_text.split()) for citation in answer.citations for source in citation.sources]
    answered = all(any(piece in text for piece in part for text in shown) for part in wanted["parts"] if part)
    return answered and answer.status == wanted["status"]


def test_most_messages_of_the_question_file_are_handled_rightly(answerer: Answerer) -> None:
    items = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    right = [item["id"] for item in items if handled(ask(answerer, item["question"]), item)]
    assert len(items) >= 40
    assert len(right) >= 0.75 * len(items)


def test_each_part_is_answered_in_its_turn(answerer: Answerer) -> None:
    answer = ask(answerer, "Where did Lavrov meet Blinken and how long did the meeting last?")
    assert answer.status == "answered"
    assert answer.text.index("Reykjavik") < answer.text.index("one hour and 45 minutes")


def test_a_part_without_an_answer_is_named_in_the_words_of_the_message(answerer: Answerer) -> None:
    answer = ask(answerer, "Where did Lavrov meet Pompeo and what did he say about Ukraine?")
    assert answer.status == "partial"
    assert "Sochi" in answer.text
    (missing,) = answer.missing
    assert missing.part == "what did he say about Ukraine"
    assert missing.reason == "The documents quote Lavrov, but not on this: Ukraine."


def test_of_two_speakers_the_one_who_is_not_quoted_is_named(answerer: Answerer) -> None:
    answer = ask(answerer, "What did Lavrov and Pompeo say about terrorism?")
    assert answer.status == "partial"
    assert [m.part for m in answer.missing] == ["What did Lavrov say about terrorism"]
    assert {s.speaker for c in answer.citations for s in c.sources} == {"Mike Pompeo"}


def test_of_two_who_are_quoted_each_has_a_sentence(answerer: Answerer) -> None:
    answer = ask(answerer, "What did Lavrov and Blinken say about differences?")
    assert answer.status == "answered"
    speakers = {source.speaker for citation in answer.citations for source in citation.sources}
    assert speakers == {"Sergei Lavrov", "Antony Blinken"}


def test_with_no_part_answered_all_reasons_are_given_in_one_sentence(answerer: Answerer) -> None:
    answer = ask(answerer, "What did Merkel say about Crimea and what did Macron say about it?")
    assert answer.status == "not_found"
    assert answer.text == "None of the documents mentions Merkel; none of the documents mentions Macron."
    assert [m.part for m in answer.missing] == ["What did Merkel say about Crimea", "what did Macron say about it"]


def test_whoever_answers_the_first_part_is_he_in_the_second(answerer: Answerer) -> None:
    answer = ask(answerer, "Who welcomed Pompeo in Sochi and what did he say about bilateral contacts?")
    assert "He believed that the revival of bilateral contacts" in answer.text


def test_the_sentences_of_all_parts_are_no_more_than_asked_for(answerer: Answerer) -> None:
    question = "What did Lavrov say in Sochi and what did Blinken say in Reykjavik?"
    assert len(ask(answerer, question, most=2).citations) == 2
    assert len(ask(answerer, question, most=1).citations) == 1


def test_what_goes_beyond_the_most_questions_of_a_message_is_said(answerer: Answerer) -> None:
    answer = ask(answerer, " ".join(["Where did Lavrov meet Blinken?"] * (MOST + 1)))
    assert answer.status == "partial"
    assert [m.reason for m in answer.missing] == [f"Only the first {MOST} questions of a message are answered."]


def test_a_part_that_names_nobody_is_answered_from_the_documents_of_the_part_before(answerer: Answerer) -> None:
    answer = ask(answerer, "Where did Lavrov meet Blinken and which topics were raised?")
    assert {s.document.name for c in answer.citations for s in c.sources} == {"003_0ce5c00717727410"}


def test_a_filter_by_speaker_holds_for_every_part(answerer: Answerer) -> None:
    question = "What was said about differences and what was said about climate change?"
    answer = answerer.answer(Ask(question, filters=Filter(speaker="Blinken")))
    speakers = {source.speaker for citation in answer.citations for source in citation.sources}
    assert speakers <= {"Antony Blinken"}


@pytest.mark.parametrize(
    "question", ["Where did Lavrov meet Pompeo and why?", "When and where did Lavrov meet Blinken?"]
)
def test_offsets_and_numbers_hold_for_several_parts(answerer: Answerer, question: str) -> None:
    answer = ask(answerer, question)
    assert answer.citations
    assert all(answer.text[c.start : c.end] == c.text for c in answer.citations)
    assert list(dict.fromkeys(c.number for c in answer.citations)) == list(
        range(1, len({c.number for c in answer.citations}) + 1)
    )


def test_a_comparison_that_is_answered_as_a_whole_is_kept_where_nobody_is_quoted(answerer: Answerer) -> None:
    whole = "Did the White House and the Kremlin differ on whether sanctions were discussed after the inauguration?"
    assert ask(answerer, whole).citations
