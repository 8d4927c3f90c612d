"""Answers that a language model writes: only what the documents bear out is told, and its failures cost nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa_service.answerer import Answerer
from qa_service.assemble import model_folder, open_answerer
from qa_service.embed import OnnxEmbedder
from qa_service.errors import BadSetting
from qa_service.generate import Author
from qa_service.generate.following import _questions
from qa_service.model import ModelFailed, Scripted
from qa_service.prompts import Prompts
from qa_service.settings import Settings
from qa_service.support import Checker
from qa_service.types import Answer, Ask, Cited, Delta, Done, Filter, Started, Turn

QUESTION = "What did Lavrov say after meeting Pompeo?"
HOPE = "Lavrov hoped to work with his guests on concrete solutions to “remove the current sad state of affairs”. [1]"
READY = "“We are ready to do this,” he said. [1]"
INVENTED = "Lavrov and Pompeo signed a treaty on 40 missiles in Paris. [1]"
NEXT = "What did Pompeo say after meeting Lavrov?"

Script = str | ModelFailed | tuple[str | ModelFailed, ...]
Telling = Callable[..., tuple[Answerer, Scripted]]


@pytest.fixture(scope="module")
def checker(settings: Settings) -> Checker:
    return Checker(OnnxEmbedder(model_folder(settings)))


@pytest.fixture
def telling(answerer: Answerer, checker: Checker) -> Telling:
    """An answerer over the seeds whose model says, call by call, what it is given here."""

    def telling(*scripts: Script) -> tuple[Answerer, Scripted]:
        model = Scripted(*scripts)
        author = Author(model, Prompts.load(None), checker, seconds=30.0, budget=3000)
        return Answerer(answerer.shelves, 12, author), model

    return telling


def spans(answer: Answer) -> list[tuple[str, int, int]]:
    return [(s.document.id, s.start, s.end) for citation in answer.citations for s in citation.sources]


def test_every_sentence_of_a_model_carries_spans_that_stand_in_the_documents(telling: Telling) -> None:
    answer = telling(f"{HOPE} {READY}", "")[0].answer(Ask(QUESTION))
    assert (answer.mode, answer.model, answer.note, answer.withheld) == ("llm", "scripted", None, 0)
    for citation in answer.citations:
        assert answer.text[citation.start : citation.end] == citation.text
        for source in citation.sources:
            assert source.document.text[source.start : source.end] == source.cited_text
            assert source.verified
    assert [citation.support for citation in answer.citations] == ["supported", "supported"]


def test_words_that_stand_in_the_source_are_told_to_be_verbatim(telling: Telling, answerer: Answerer) -> None:
    quoted = answerer.answer(Ask(QUESTION)).citations[0].text
    answer = telling(f"{quoted} [1]", "")[0].answer(Ask(QUESTION))
    assert (answer.mode, answer.citations[0].support) == ("llm", "verbatim")


def test_what_is_not_borne_out_is_withheld_and_counted(telling: Telling) -> None:
    answer = telling(f"{HOPE} {INVENTED} {READY}", "")[0].answer(Ask(QUESTION))
    assert "missiles" not in answer.text
    assert (len(answer.citations), answer.withheld) == (2, 1)


@pytest.mark.parametrize("marker", ["[2]", "[99]", "", "[0]"])
def test_a_wrong_marker_is_repaired_to_the_passage_that_bears_the_sentence_out(telling: Telling, marker: str) -> None:
    right = telling(HOPE, "")[0].answer(Ask(QUESTION))
    answer = telling(HOPE.replace("[1]", marker), "")[0].answer(Ask(QUESTION))
    assert spans(answer) == spans(right) != []


@pytest.mark.parametrize(
    "script",
    [INVENTED, "NOT FOUND", "", "\x00\ufffd{[(", ModelFailed("it is down"), (INVENTED, ModelFailed("it is down"))],
)
def test_when_nothing_is_left_the_answer_is_quoted_and_says_why(
    telling: Telling, answerer: Answerer, script: Script
) -> None:
    quoted, answer = answerer.answer(Ask(QUESTION)), telling(script)[0].answer(Ask(QUESTION))
    assert (answer.text, answer.citations, answer.follow_ups) == (quoted.text, quoted.citations, quoted.follow_ups)
    assert (answer.mode, answer.model) == ("extractive", None)
    assert answer.note


def test_after_a_model_that_broke_off_the_rest_is_quoted(telling: Telling, answerer: Answerer) -> None:
    quoted = answerer.answer(Ask(QUESTION))
    answer = telling((f"{HOPE} Then he sa", ModelFailed("it broke off")))[0].answer(Ask(QUESTION))
    assert (answer.mode, answer.note) == ("llm", "it broke off")
    assert answer.citations[0].text == HOPE.removesuffix(" [1]")
    assert set(spans(answer)) >= set(spans(quoted))
    assert len(spans(answer)) == len(set(spans(answer)))


def test_what_the_documents_do_not_answer_is_not_asked_of_the_model(telling: Telling) -> None:
    asked, model = telling("Germany won the World Cup. [1]")
    answer = asked.answer(Ask("Who won the 2018 World Cup?"))
    assert (answer.status, answer.mode, answer.citations, model.asked) == ("not_found", "extractive", (), [])


@pytest.mark.parametrize("ask", [Ask(QUESTION, mode="extractive"), Ask(QUESTION, filters=Filter(speaker="Lavrov"))])
def test_quotations_are_not_asked_of_the_model(telling: Telling, ask: Ask) -> None:
    asked, model = telling(HOPE)
    assert (asked.answer(ask).mode, model.asked) == ("extractive", [])


def test_no_more_sentences_are_told_than_were_asked_for(telling: Telling) -> None:
    answer = telling(f"{HOPE} {READY}", "")[0].answer(Ask(QUESTION, max_sentences=1))
    assert len({citation.start for citation in answer.citations}) == 1


def test_a_sentence_is_told_once(telling: Telling) -> None:
    answer = telling(f"{HOPE} {HOPE}", "")[0].answer(Ask(QUESTION))
    assert answer.plain == HOPE.removesuffix(" [1]")


def test_a_sentence_is_told_before_the_model_has_written_the_next(telling: Telling) -> None:
    stream = telling((f"{HOPE} And th", ModelFailed("it broke off")))[0].stream(Ask(QUESTION))
    seen = [next(stream) for _ in range(4)]
    assert isinstance(seen[0], Started)
    assert (seen[0].mode, isinstance(seen[2], Delta), isinstance(seen[3], Cited)) == ("llm", True, True)


@pytest.mark.parametrize("script", [f"{HOPE} {READY}", f"{HOPE} {INVENTED}", (HOPE, ModelFailed("down")), INVENTED])
def test_the_stream_tells_the_answer(telling: Telling, script: Script) -> None:
    *events, done = telling(script, "")[0].stream(Ask(QUESTION))
    assert isinstance(done, Done)
    assert "".join(e.text for e in events if isinstance(e, Delta)).rstrip() == done.answer.text
    assert tuple(e.citation for e in events if isinstance(e, Cited)) == done.answer.citations


def test_passages_are_given_between_lines_that_no_document_can_know(telling: Telling) -> None:
    asked, model = telling(HOPE, "", HOPE, "")
    asked.answer(Ask(QUESTION))
    asked.answer(Ask(QUESTION))
    users = [messages[-1].content for messages in model.asked[::2]]
    assert [user.count("[[passage ") == user.count("[[end ") > 0 for user in users] == [True, True]
    assert users[0] != users[1]


def test_a_follow_up_is_worded_by_the_model(telling: Telling) -> None:
    history = (Turn("user", QUESTION), Turn("assistant", "Lavrov hoped for solutions."))
    asked, _ = telling("What did Pompeo say after meeting Lavrov?", ModelFailed("it is down"))
    assert asked.answer(Ask("And Pompeo?", history)).standalone_question == "What did Pompeo say after meeting Lavrov?"


@pytest.mark.parametrize("script", ["What did Obama say in 2009?", "", "One.\nTwo.", ModelFailed("it is down")])
def test_a_follow_up_that_the_model_words_badly_is_worded_without_it(
    telling: Telling, answerer: Answerer, script: Script
) -> None:
    ask = Ask("And Pompeo?", (Turn("user", QUESTION), Turn("assistant", "Lavrov hoped for solutions.")))
    assert telling(script)[0].answer(ask).standalone_question == answerer.answer(ask).standalone_question


def test_a_compound_question_is_parted_by_the_model(telling: Telling) -> None:
    parts = "When did Blinken meet Lavrov?\nWhat did Pompeo write on Twitter?"
    asked, model = telling(parts, ModelFailed("it is down"))
    answer = asked.answer(Ask("Tell me the day of the Blinken and Lavrov meeting, Pompeo and what he wrote on Twitter"))
    assert len(model.asked) == 2
    assert {source.document.name for c in answer.citations for source in c.sources} == {
        source.document.name
        for question in parts.splitlines()
        for c in asked.answer(Ask(question, mode="extractive")).citations
        for source in c.sources
    }


@pytest.mark.parametrize("text", ["Lies!", "hope for solutions. [1]", "Lavrov said that he would [1]", "Sources:"])
def test_what_is_no_whole_sentence_does_not_ride_along(telling: Telling, text: str) -> None:
    answer = telling(f"{HOPE}\n{text}", "")[0].answer(Ask(QUESTION))
    assert (answer.plain, answer.withheld) == (HOPE.removesuffix(" [1]"), 1)


def test_a_sentence_over_two_lines_is_one(telling: Telling) -> None:
    answer = telling(HOPE.replace(" on concrete", "\non concrete"), "")[0].answer(Ask(QUESTION))
    assert answer.plain == HOPE.removesuffix(" [1]")


def test_a_part_of_the_question_that_the_model_passes_over_is_quoted(telling: Telling, answerer: Answerer) -> None:
    both = "When did Blinken meet Lavrov and what did Pompeo write on Twitter?"
    quoted = answerer.answer(Ask(both))
    first = next(c for c in quoted.citations if "Blinken" in c.text or "Blinken" in c.sources[0].document.text)
    answer = telling(f"{first.text} [1]", "")[0].answer(Ask(both))
    assert (answer.mode, answer.status) == ("llm", "answered")
    assert {source.document.id for c in answer.citations for source in c.sources} == {
        source.document.id for c in quoted.citations for source in c.sources
    }


def test_no_more_sentences_are_told_after_a_model_that_broke_off(telling: Telling) -> None:
    script = (f"{HOPE} And th", ModelFailed("it broke off"))
    answer = telling(script)[0].answer(Ask(QUESTION, max_sentences=2))
    assert len({citation.start for citation in answer.citations}) == 2


@pytest.mark.parametrize(
    "worded",
    [
        "ignore it",
        "Obama said what after meeting Pompeo?",
        "What did Pompeo do? <b>x</b>",
        "奥巴马说了什么？",
        "And why?",
    ],
)
def test_a_wording_that_drops_or_brings_in_something_is_not_used(
    telling: Telling, answerer: Answerer, worded: str
) -> None:
    ask = Ask("And Pompeo?", (Turn("user", QUESTION), Turn("assistant", "Lavrov hoped for solutions.")))
    answer = telling(worded)[0].answer(ask)
    assert answer.standalone_question == answerer.answer(ask).standalone_question


def test_a_number_that_begins_a_proposal_stays() -> None:
    assert tuple(_questions("1. 10 people: who are they?\n- 2017 talks: who won?")) == (
        "10 people: who are they?",
        "2017 talks: who won?",
    )


def test_proposals_assert_nothing_and_repeat_nothing(telling: Telling) -> None:
    proposed = f"Why did Lavrov lie about the meeting with Pompeo?\n{QUESTION.lower()}\n{NEXT}"
    assert telling(HOPE, proposed)[0].answer(Ask(QUESTION)).follow_ups == (NEXT,)


def test_only_proposals_that_the_documents_answer_are_made(telling: Telling) -> None:
    proposed = f"1. {NEXT}\n2. Who won the 2018 World Cup?\n![x](http://evil.example/?)\n3. Is this one?"
    answer = telling(HOPE, proposed)[0].answer(Ask(QUESTION))
    assert answer.follow_ups == (NEXT,)


@pytest.mark.parametrize("given", [{"llm_base_url": "http://127.0.0.1:1/v1"}, {"llm_model": "any"}])
def test_half_a_configuration_is_an_error_that_names_the_other_half(settings: Settings, given: dict[str, str]) -> None:
    with pytest.raises(BadSetting, match="llm_"):
        open_answerer(settings.model_copy(update=given))
