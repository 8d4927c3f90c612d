"""The adapters of public sets, on tiny files of the same shape."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from benchmarks.adapt.files import write
from benchmarks.adapt.sets import SETS
from qa_service.evaluation.items import Item, load_questions
from qa_service.ingest.records import read_records


def put(folder: Path, name: str, *lines: dict[str, Any]) -> Path:
    file = folder / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return folder


def adapted(name: str, data: Path) -> tuple[list[str], dict[str, Item]]:
    """The names of the documents as they are read for the index, and the questions as they are read, by id."""
    write(SETS[name](data), data / "out")
    file = data / "out" / "documents.jsonl"
    documents = read_records(file.read_text(encoding="utf-8"), file)
    return [d.name for d in documents], {item.id: item for item in load_questions(data / "out" / "questions.jsonl")}


def test_squad_paragraphs_are_documents_and_impossible_questions_unanswerable(tmp_path: Path) -> None:
    asked = {"id": "a", "question": "When?", "answers": [{"text": "spring"}, {"text": "spring"}]}
    impossible = {"id": "b", "question": "Who?", "answers": [], "is_impossible": True}
    paragraph = {"context": " Open in spring. ", "qas": [asked, impossible]}
    put(tmp_path, "squad2/dev.json", {"data": [{"title": "The_Bridge", "paragraphs": [paragraph]}]})
    names, items = adapted("squad2", tmp_path)
    assert names == ["The Bridge-0"]
    assert (items["a"].answers, items["a"].evidence, items["a"].has_answer) == (("spring",), ("The Bridge-0",), True)
    assert items["b"].has_answer is False


def test_quiz_evidence_is_indexed_once_and_asked_where_it_holds_the_answer(tmp_path: Path) -> None:
    line = {"id": "1", "date": "2024/01/02", "source": "X", "question": "?", "answers": ["a"], "evidence": "A."}
    lines = [line | {"answer_in_evidence": True}, line | {"id": "2", "answer_in_evidence": False}]
    names, items = adapted("realtimeqa", put(tmp_path, "realtimeqa/q.jsonl", *lines))
    assert names == ["passage-0"]
    assert list(items) == ["1"]
    assert items["1"].evidence == ("passage-0",)


def test_questions_over_several_articles_keep_all_their_evidence(tmp_path: Path) -> None:
    fact = {"title": "A &#039;B&#039;", "fact": "F.", "source": None, "published_at": "2023-10-07T15:37:43+00:00"}
    put(tmp_path, "multihop_rag/evidence.jsonl", fact | {"id": 7}, fact | {"id": 8, "fact": "G."})
    asked = {"id": "1", "question": "?", "answer": "Yes", "type": "comparison_query", "evidence": [7, 8]}
    null = asked | {"id": "2", "type": "null_query", "evidence": []}
    names, items = adapted("multihop_rag", put(tmp_path, "multihop_rag/questions-dev.jsonl", asked, null))
    assert names == ["7", "8"]
    assert (items["1"].evidence, items["1"].answers, items["1"].kind) == (("7", "8"), (), "comparison")
    assert (items["1"].has_answer, items["2"].has_answer) == (True, False)


def test_typed_questions_have_the_chosen_sentences_as_right(tmp_path: Path) -> None:
    line = {"id": "1", "input": "when", "passages": [{"title": "T", "text": "One . Two ."}]}
    put(tmp_path, "clapnq/answerable.jsonl", line | {"output": [{"selected_sentences": ["Two ."]}]})
    put(tmp_path, "clapnq/unanswerable.jsonl", line | {"id": "2", "output": []})
    names, items = adapted("clapnq", tmp_path)
    assert names == ["1"]
    assert (items["1"].sentences, items["2"].has_answer) == (("Two .",), False)


def test_conversations_keep_their_turns_and_are_documents_themselves(tmp_path: Path) -> None:
    first = {"id": "C_0_q1", "history": ["Ann", "Life"], "question": "Who is Ann?", "rewrite": "Who is Ann?"}
    later = first | {"id": "C_0_q2", "history": ["Ann", "Life", "Who is Ann?", "A singer."], "question": "Why?"}
    names, items = adapted("canard", put(tmp_path, "canard/dev.jsonl", first, later))
    assert names == ["C_0"]
    assert [turn.role for turn in items["C_0_q2"].turns] == ["user", "assistant", "user", "assistant"]
    assert [item.kind for item in items.values()] == ["first turn", "later turn"]
    assert items["C_0_q2"].has_answer is None


def test_a_corpus_has_documents_only(tmp_path: Path) -> None:
    line = {"id": "w1", "title": "T", "url": "https://news.example", "source": "S", "published_at": "2019-01-04"}
    write(SETS["wikinews"](put(tmp_path, "wikinews/articles.jsonl", line | {"text": "A."})), tmp_path / "out")
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["documents.jsonl"]
