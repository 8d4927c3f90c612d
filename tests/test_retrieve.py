"""Passages are found by meaning and by words, within the filter, in an order that does not change."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from qa_service.assemble import model_folder
from qa_service.embed import HashEmbedder, OnnxEmbedder
from qa_service.library import Library
from qa_service.retrieve import MEANING, WORDS, Retriever
from qa_service.settings import Settings
from qa_service.store.snapshot import Snapshot, SnapshotStore
from qa_service.types import Filter

QUERY = "What did Lavrov say after meeting Pompeo?"
LONG = (
    "Where did the top diplomats of the United States and Russia have their first encounter in the Finnish capital, "
    "and which air base in Syria was hit by missile strikes that Washington had ordered?"
)
HALF = (
    "Where did the top diplomats of the United States and Russia have their first encounter in the Finnish capital, "
    "and which team won the ice hockey final that was played before forty thousand spectators?"
)
UNKNOWN = "Which recipe for sourdough bread did the baker use in the kitchen?"
EVERYTHING = Filter()


@pytest.fixture(scope="module")
def snapshot(settings: Settings) -> Iterator[Snapshot]:
    with SnapshotStore(settings.home).open_current() as snapshot:
        yield snapshot


@pytest.fixture(scope="module")
def retriever(settings: Settings, snapshot: Snapshot) -> Retriever:
    return Retriever(OnnxEmbedder(model_folder(settings)), snapshot)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        (QUERY, "001_0c9b1fb6a7db9177"),
        ("first encounter of the top diplomats in the Finnish capital", "003_0ce5c00717727410"),
        ("missile strikes on a Syrian air base", "000_22f33fb36136f2a0"),
    ],
)
def test_the_passage_that_answers_comes_first(retriever: Retriever, query: str, name: str) -> None:
    assert retriever.search(query, 5, EVERYTHING).hits[0].document.name == name


def test_scores_lie_between_0_and_1_and_fall(retriever: Retriever) -> None:
    scores = [hit.score for hit in retriever.search(QUERY, 50, EVERYTHING).hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


@pytest.mark.parametrize("k", [1, 3, 1000])
def test_no_more_than_k_passages_are_found_and_none_twice(retriever: Retriever, snapshot: Snapshot, k: int) -> None:
    found = [hit.passage.id for hit in retriever.search(QUERY, k, EVERYTHING).hits]
    assert len(found) == len(set(found)) == min(k, snapshot.passages.count)


def test_scores_fuse_meaning_and_words_as_described(retriever: Retriever, snapshot: Snapshot) -> None:
    found = retriever.search(QUERY, 1000, EVERYTHING)
    spans = snapshot.catalog.passage_sentence_spans()
    passages = snapshot.passages.vectors(np.arange(snapshot.passages.count)) @ found.vector
    sentences = [retriever.similarity(found.vector, range(first, last + 1)).max() for first, last in spans]
    expected = MEANING * (passages + np.array(sentences)) / 2 + WORDS * snapshot.keywords.coverage(QUERY)
    assert [hit.score for hit in found.hits] == pytest.approx(sorted(np.clip(expected, 0, 1), reverse=True), abs=1e-5)


def test_each_aspect_of_a_long_question_gets_a_hit(retriever: Retriever) -> None:
    hits = retriever.search(LONG, 2, EVERYTHING).hits
    assert {hit.document.name for hit in hits} == {"003_0ce5c00717727410", "000_22f33fb36136f2a0"}


def test_what_the_documents_speak_of_has_more_support_than_what_they_do_not(retriever: Retriever) -> None:
    known, half, unknown = (retriever.search(text, 5, EVERYTHING).support for text in (LONG, HALF, UNKNOWN))
    assert 1 >= known > half > unknown >= 0


def test_the_support_of_a_short_question_is_that_of_its_best_hit(retriever: Retriever) -> None:
    found = retriever.search(QUERY, 1, EVERYTHING)
    assert found.support == pytest.approx(found.hits[0].score)


def test_what_the_source_that_is_named_reports_comes_first(tmp_path: Path) -> None:
    with _harbours(tmp_path, ["Port Mirror", "The Harbour Times"]).open_current() as snapshot:
        found = Retriever(HashEmbedder(), snapshot).search("storm, says the Harbour Times", 2, EVERYTHING)
    assert [hit.document.source for hit in found.hits] == ["The Harbour Times", "Port Mirror"]


def test_the_same_question_finds_the_same(retriever: Retriever) -> None:
    first, second = (retriever.search(QUERY, 12, EVERYTHING) for _ in range(2))
    assert first.hits == second.hits
    assert np.array_equal(first.vector, second.vector)


def test_only_what_the_filter_admits_is_found(retriever: Retriever, snapshot: Snapshot) -> None:
    document = snapshot.catalog.list_documents(None, None, 1, None)[0][0]
    hits = retriever.search(QUERY, 50, Filter(document_ids=(document.id,))).hits
    assert {hit.document.id for hit in hits} == {document.id}
    assert len(hits) == len(snapshot.catalog.passages_of(document.id))


def test_a_filter_does_not_change_the_scores_of_what_it_admits(retriever: Retriever) -> None:
    everywhere = {hit.passage.id: hit.score for hit in retriever.search(QUERY, 50, EVERYTHING).hits}
    within = retriever.search(QUERY, 50, Filter(sources=("China Daily",))).hits
    assert [hit.score for hit in within] == pytest.approx([everywhere[hit.passage.id] for hit in within])


def test_a_filter_that_admits_nothing_finds_nothing(retriever: Retriever) -> None:
    found = retriever.search(QUERY, 5, Filter(sources=("no such paper",)))
    assert (found.hits, found.vector.shape, found.support) == ((), (384,), 0)


def test_a_question_that_shares_no_word_with_the_documents_is_searched_by_meaning(retriever: Retriever) -> None:
    assert len(retriever.search("qqqq", 3, EVERYTHING).hits) == 3


def test_equal_scores_come_in_the_order_of_the_documents(tmp_path: Path) -> None:
    with _harbours(tmp_path, list("cab")).open_current() as snapshot:
        hits = Retriever(HashEmbedder(), snapshot).search("harbour", 3, EVERYTHING).hits
    assert [hit.document.name for hit in hits] == ["a", "b", "c"]
    assert len({hit.score for hit in hits}) == 1


def _harbours(folder: Path, sources: list[str]) -> SnapshotStore:
    """The same article from several sources, which are also the names of the documents."""
    text = "The harbour is open again after the storm."
    lines = [json.dumps({"id": name, "title": "Harbour", "text": text, "source": name}) for name in sources]
    (folder / "news.jsonl").write_text("\n".join(lines), encoding="utf-8")
    store = SnapshotStore(folder / "home")
    Library(store, HashEmbedder(), 200).sync([folder / "news.jsonl"], lambda *_: None)
    return store
