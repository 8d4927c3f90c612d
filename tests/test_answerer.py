"""Answers over the real index: cited word for word, the same every time, within the filters, or a plain no."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from qa_service.answerer import LONGEST, Answerer
from qa_service.assemble import open_answerer
from qa_service.embed import HashEmbedder
from qa_service.errors import BadInput, ModelUnavailable, NoIndex, UnknownId, WrongIndex
from qa_service.library import Library
from qa_service.read import WordReader
from qa_service.settings import Settings
from qa_service.shelf import Shelves
from qa_service.store.snapshot import SnapshotStore
from qa_service.types import Answer, Ask, Cited, Delta, Done, Filter, Found, Source, Started, Turn

HEADLINE = "What did Lavrov say after meeting Pompeo?"
MEETING = "001_0c9b1fb6a7db9177"
QUESTIONS = (
    HEADLINE,
    "What did Pompeo write on Twitter?",
    "When did Blinken meet Lavrov?",
    "Where did Trump meet Lavrov?",
    "Why did the Russian government condemn the US?",
    "What did Blinken say about climate change?",
    "Summarize the call between Putin and Trump",
    "What did Putin and Trump discuss about Syria?",
    "Did Trump and Putin talk about ISIS?",
    "Who said that the US was not getting along with Russia?",
    "sanctions",
    "What was said about Ukraine?",
    "Which of them spoke on the phone on Saturday, and how long did the call last?",
    "What did Merkel say about Crimea?",
)


def ask(answerer: Answerer, question: str, filters: Filter | None = None) -> Answer:
    return answerer.answer(Ask(question, filters=filters or Filter()))


def sources(answer: Answer) -> list[Source]:
    return [source for citation in answer.citations for source in citation.sources]


def cited(answer: Answer) -> set[str]:
    return {source.document.name for source in sources(answer)}


def spans(answer: Answer) -> list[tuple[str, int, int, str | None]]:
    return [(source.document.id, source.start, source.end, source.speaker) for source in sources(answer)]


def told(answer: Answer) -> object:
    """What must not differ between two answers to one question."""
    return replace(answer, id="", created="", timings_ms={})


def test_the_headline_question_is_answered_from_the_one_report_of_that_meeting(answerer: Answerer) -> None:
    answer = ask(answerer, HEADLINE)
    assert answer.status == "answered"
    assert cited(answer) == {MEETING}
    assert {source.speaker for source in sources(answer)} == {"Sergei Lavrov"}
    assert "remove the current sad state of affairs" in answer.text
    assert "We are ready to do this" in answer.text


def test_the_same_question_with_typing_errors_has_the_same_answer(answerer: Answerer) -> None:
    answer = ask(answerer, "waht did lavrov say affter meting pompeo")
    assert answer.standalone_question == "what did lavrov say after meeting pompeo"
    assert spans(answer) == spans(ask(answerer, HEADLINE))


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("What did Lavrov say about Brexit?", "Brexit"),
        ("What did Lavrov say after meeting Kerry?", "Kerry"),
        ("How many people live in Sochi?", "Sochi"),
        ("When did Pompeo speak to Putin on the phone?", "Pompeo"),
    ],
)
def test_what_the_documents_do_not_tell_is_said_in_one_sentence(answerer: Answerer, question: str, named: str) -> None:
    answer = ask(answerer, question)
    assert (answer.status, answer.citations) == ("not_found", ())
    assert named in answer.text
    assert answer.text.count("\n") == 0
    assert answer.text.rstrip("?.!").count(". ") == 0
    assert answer.text == answer.plain == answer.missing[0].reason
    assert not any(consulted.cited for consulted in answer.documents)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_sentence_is_cited_and_every_offset_is_right(answerer: Answerer, question: str) -> None:
    answer = ask(answerer, question)
    plain, at = [], 0
    for citation in answer.citations:
        assert answer.text[citation.start : citation.end] == citation.text
        assert answer.text[at : citation.start] in ("", " ")
        at = citation.end + len(f" [{citation.number}]")
        assert answer.text[citation.end : at] == f" [{citation.number}]"
        plain.append(citation.text)
    assert answer.status == "not_found" or (at, " ".join(plain)) == (len(answer.text), answer.plain)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_citation_stands_in_the_stored_document(answerer: Answerer, question: str) -> None:
    answer = ask(answerer, question)
    for source in sources(answer):
        stored = answerer.document(source.document.id)
        assert stored.text[source.start : source.end] == source.cited_text
        assert source.verified
    assert {c.document.name for c in answer.documents if c.cited} == cited(answer)


@pytest.mark.parametrize("question", QUESTIONS)
def test_numbers_run_from_one_and_stand_for_passages(answerer: Answerer, question: str) -> None:
    answer = ask(answerer, question)
    first_uses = list(dict.fromkeys(citation.number for citation in answer.citations))
    assert first_uses == list(range(1, len(first_uses) + 1))
    passages = {(citation.number, source.passage_id) for citation in answer.citations for source in citation.sources}
    assert len(passages) == len(first_uses)
    assert len({citation.id for citation in answer.citations}) == len(answer.citations)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_same_question_has_the_same_answer(answerer: Answerer, settings: Settings, question: str) -> None:
    answer = ask(answerer, question)
    assert told(ask(answerer, question)) == told(answer)
    assert told(ask(open_answerer(settings), question)) == told(answer)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_stream_tells_the_answer_piece_by_piece(answerer: Answerer, question: str) -> None:
    started, found, *sentences, done = answerer.stream(Ask(question))
    assert isinstance(started, Started)
    assert isinstance(found, Found)
    assert isinstance(done, Done)
    deltas, citations = sentences[::2], sentences[1::2]
    answer = done.answer
    joined = "".join(delta.text for delta in deltas if isinstance(delta, Delta))
    assert joined.rstrip() == (answer.text if answer.citations else "")
    assert citations == [Cited(citation) for citation in answer.citations]
    assert [delta.start for delta in deltas if isinstance(delta, Delta)] == [c.start for c in answer.citations]
    assert (found.documents, started.standalone_question) == (answer.documents, answer.standalone_question)


def test_only_the_documents_that_were_asked_for_are_cited(answerer: Answerer) -> None:
    about = "What was said about relations between the US and Russia?"
    everywhere = ask(answerer, about)
    one = next(iter(sources(everywhere))).document
    others = tuple(d.id for d in answerer.documents(None, None, 10, None)[0] if d.id != one.id)
    assert cited(ask(answerer, about, Filter(document_ids=(one.id,)))) == {one.name}
    assert one.name not in cited(ask(answerer, about, Filter(document_ids=others)))
    assert cited(ask(answerer, about, Filter(document_ids=("no such document",)))) == set()


def test_only_the_publishers_that_were_asked_for_are_cited(answerer: Answerer) -> None:
    answer = ask(answerer, "What did Trump say?", Filter(sources=("china daily",)))
    assert {source.document.source for source in sources(answer)} == {"China Daily"}


@pytest.mark.parametrize(
    ("filters", "name"),
    [
        (Filter(published_after=date(2020, 1, 1)), "003_0ce5c00717727410"),
        (Filter(published_before=date(2020, 1, 1)), "000_22f33fb36136f2a0"),
        (Filter(published_after=date(2021, 5, 21), published_before=date(2021, 5, 21)), "003_0ce5c00717727410"),
    ],
)
def test_only_the_days_that_were_asked_for_are_cited(answerer: Answerer, filters: Filter, name: str) -> None:
    assert cited(ask(answerer, "What did Lavrov say?", filters)) == {name}


def test_only_the_speaker_who_was_asked_for_is_cited(answerer: Answerer) -> None:
    answer = ask(answerer, "What was said about relations between the countries?", Filter(speaker="Pompeo"))
    assert {source.speaker for source in sources(answer)} == {"Mike Pompeo"}
    nobody = ask(answerer, "What was said about relations between the countries?", Filter(speaker="Zanzibarov"))
    assert nobody.status == "not_found"
    assert "Zanzibarov" in nobody.text


@pytest.mark.parametrize("most", [1, 2, 3])
def test_an_answer_has_no_more_sentences_than_were_asked_for(answerer: Answerer, most: int) -> None:
    assert len(answerer.answer(Ask(HEADLINE, max_sentences=most)).citations) == most


def test_a_follow_up_is_answered_in_the_light_of_the_conversation(answerer: Answerer) -> None:
    history = (Turn("user", HEADLINE), Turn("assistant", ask(answerer, HEADLINE).text))
    answer = answerer.answer(Ask("And what did Pompeo write on Twitter before the talks?", history))
    assert cited(answer) == {MEETING}
    assert {source.speaker for source in sources(answer)} == {"Mike Pompeo"}


@pytest.mark.parametrize("question", ["", "  \n ", "x" * (LONGEST + 1)], ids=["empty", "blank", "too long"])
def test_a_question_that_cannot_be_used_is_refused(answerer: Answerer, question: str) -> None:
    with pytest.raises(BadInput) as error:
        answerer.answer(Ask(question))
    assert error.value.field == "question"


@pytest.mark.parametrize("question", ["?", "…", "a", "what " * 400, "<script>", "\ud800", "为什么？", "e\u0301\u202e"])
def test_a_strange_question_has_an_answer_or_a_plain_no(answerer: Answerer, question: str) -> None:
    assert ask(answerer, question).status in ("answered", "not_found")


@pytest.mark.parametrize("most", [0, 21])
def test_a_number_of_sentences_out_of_bounds_is_refused(answerer: Answerer, most: int) -> None:
    with pytest.raises(BadInput) as error:
        answerer.answer(Ask(HEADLINE, max_sentences=most))
    assert error.value.field == "max_sentences"


def test_a_language_model_that_is_not_there_is_not_replaced_in_silence(answerer: Answerer) -> None:
    with pytest.raises(ModelUnavailable):
        answerer.answer(Ask(HEADLINE, mode="llm"))


def test_documents_are_listed_counted_and_found_by_id(answerer: Answerer) -> None:
    page, cursor = answerer.documents(None, None, 3, None)
    rest, end = answerer.documents(None, None, 3, cursor)
    assert (len(page), len(rest), end, answerer.counts().documents) == (3, 2, None, 5)
    assert answerer.document(page[0].id) == page[0]
    with pytest.raises(UnknownId):
        answerer.document("nope")


def test_a_search_gives_the_nearest_passages_best_first(answerer: Answerer) -> None:
    hits = answerer.search("Lavrov and Pompeo in Sochi", 4)
    assert len(hits) == 4
    assert hits[0].document.name == MEETING
    assert sorted((hit.score for hit in hits), reverse=True) == [hit.score for hit in hits]


def small(home: Path, text: str) -> None:
    """Index one document in ``home``, in the place of what was there."""
    file = home.parent / "news.md"
    file.write_text(f"# Council meets\n\n{text}\n", encoding="utf-8")
    Library(SnapshotStore(home), HashEmbedder(), 200).sync([file], lambda *_: None)


def test_a_new_index_is_answered_from_as_soon_as_it_is_there(tmp_path: Path) -> None:
    answerer = Answerer(Shelves(SnapshotStore(tmp_path / "home"), HashEmbedder(), WordReader()), 12)
    assert answerer.ready() == "Nothing has been indexed yet; run `qa-service index` with the documents to read."
    small(tmp_path / "home", "The council elected Maria Velez as its chair.")
    assert answerer.ready() is None
    first = ask(answerer, "Whom did the council elect as its chair?")
    small(tmp_path / "home", "The council elected Jonas Berg as its chair.")
    second = ask(answerer, "Whom did the council elect as its chair?")
    assert ("Velez" in first.text, "Berg" in second.text) == (True, True)
    assert first.index_version != second.index_version == answerer.index_version()


def test_a_publisher_that_a_question_names_is_nobody_unknown(tmp_path: Path) -> None:
    record = {"text": "The council elected Maria Velez as its chair.", "source": "Kelmet Gazette", "id": "council"}
    (tmp_path / "news.jsonl").write_text(json.dumps(record), encoding="utf-8")
    store = SnapshotStore(tmp_path / "home")
    Library(store, HashEmbedder(), 200).sync([tmp_path / "news.jsonl"], lambda *_: None)
    answerer = Answerer(Shelves(store, HashEmbedder(), WordReader()), 12)
    answer = ask(answerer, "Whom did the council elect as its chair, according to the Kelmet Gazette?")
    assert all("Kelmet" not in missing.part for missing in answer.missing)


def test_an_answer_that_is_under_way_keeps_to_the_index_that_it_began_with(tmp_path: Path) -> None:
    small(tmp_path / "home", "The council elected Maria Velez as its chair.")
    answerer = Answerer(Shelves(SnapshotStore(tmp_path / "home"), HashEmbedder(), WordReader()), 12)
    stream = answerer.stream(Ask("Whom did the council elect as its chair?"))
    next(stream)
    small(tmp_path / "home", "The council elected Jonas Berg as its chair.")
    done = list(stream)[-1]
    assert isinstance(done, Done)
    assert "Velez" in done.answer.text


def test_without_an_index_or_its_model_there_is_no_answerer(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(NoIndex):
        open_answerer(settings.model_copy(update={"home": tmp_path}))
    with pytest.raises(WrongIndex, match="another-model"):
        open_answerer(settings.model_copy(update={"model": "another-model"}))
