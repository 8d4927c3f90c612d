"""The figures of an evaluation, on outcomes made by hand and on the real answerer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qa_service.answerer import Answerer
from qa_service.errors import BadInput
from qa_service.evaluate import Item, Outcome, evaluate, figures, load_questions, show_report
from qa_service.types import Answer, Citation, Document, Filter, Source

TEXT = "Ferries run twice a day. The bridge is closed until spring."
ACCEPTED = "The bridge is closed until spring"


def item(*sentences: str, kind: str = "time") -> Item:
    """A question that the document answers with one of these sentences, or with the accepted one."""
    return Item(id="q1", question="When?", kind=kind, documents=("harbour",), sentences=sentences or (ACCEPTED,))


UNANSWERABLE = Item(id="q2", question="When?", kind="time")


def answer(*cited: str, name: str = "harbour") -> Answer:
    """An answer that cites these sentences of a document, or none."""
    document = Document("doc_1", name, "Harbour", TEXT)
    found = [Source(document, "p1", TEXT.find(text), TEXT.find(text) + len(text), text) for text in cited]
    citations = tuple(Citation("c", 1, 0, 1, source.cited_text, "verbatim", (source,)) for source in found)
    return Answer(
        "a", "", "When?", "When?", "answered" if cited else "not_found", "text", "text", citations, (), (), (),
        "extractive", None, Filter(), "v", {},
    )  # fmt: skip


RIGHT, WRONG, SILENT = answer("The bridge is closed until spring."), answer("Ferries run twice a day."), answer()


def test_the_first_citation_decides_whether_an_answer_is_right() -> None:
    assert Outcome(item(), RIGHT, 1).citation_right
    assert not Outcome(item(), WRONG, 1).citation_right
    assert not Outcome(item(), answer("Ferries run twice a day.", "The bridge is closed until spring."), 1).right
    assert not Outcome(item(), SILENT, 1).right


@pytest.mark.parametrize("accepted", ["closed until spring", " The  bridge\nis closed until spring. ", TEXT])
def test_a_part_or_a_whole_of_the_accepted_sentence_counts_whatever_its_spaces(accepted: str) -> None:
    assert Outcome(item(accepted), RIGHT, 1).citation_right


def test_a_right_document_is_not_yet_a_right_citation() -> None:
    outcome = Outcome(item(), WRONG, 1)
    assert (outcome.document_right, outcome.citation_right) == (True, False)
    assert not Outcome(item(), answer("Ferries run twice a day.", name="other"), 1).document_right


def test_a_document_may_be_named_with_the_ending_of_its_file() -> None:
    named = Item(id="q1", question="When?", documents=("harbour.txt",), sentences=(ACCEPTED,))
    assert Outcome(named, answer(ACCEPTED), 1.0).document_right


def test_an_answer_is_rightly_withheld_only_where_there_is_none() -> None:
    assert Outcome(UNANSWERABLE, SILENT, 1).right
    assert not Outcome(UNANSWERABLE, RIGHT, 1).right


def test_the_figures_are_shares_of_what_they_are_about() -> None:
    answerable = [Outcome(item(), a, ms) for a, ms in [(RIGHT, 1.0), (RIGHT, 2.0), (WRONG, 3.0), (SILENT, 4.0)]]
    others = [Outcome(UNANSWERABLE, a, ms) for a, ms in [(SILENT, 5.0), (SILENT, 6.0), (RIGHT, 100.0)]]
    assert figures([*answerable, *others]) == {
        "citation": 2 / 4, "document": 3 / 4, "abstention precision": 2 / 3, "abstention recall": 2 / 3,
        "median ms": 4.0, "p95 ms": 100.0,
    }  # fmt: skip


def test_the_slowest_of_a_hundred_is_not_yet_the_95th_percentile() -> None:
    measured = figures([Outcome(item(), RIGHT, float(ms)) for ms in range(100, 0, -1)])
    assert (measured["median ms"], measured["p95 ms"]) == (50.5, 95.0)


def test_nothing_asked_is_nothing_wrong() -> None:
    assert figures([]) == {
        "citation": 1.0, "document": 1.0, "abstention precision": 1.0, "abstention recall": 1.0, "median ms": 0.0,
        "p95 ms": 0.0,
    }  # fmt: skip


def written(folder: Path, *lines: str) -> Path:
    file = folder / "questions.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


GOOD = json.dumps({"id": "q1", "question": "When?", "note": "of no concern"})


def test_questions_are_read_and_blank_lines_skipped(tmp_path: Path) -> None:
    assert load_questions(written(tmp_path, GOOD, "", GOOD)) == [Item(id="q1", question="When?")] * 2


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "line 2 is not JSON"), ("[1]", "line 2: question"), ('{"id": "q2"}', "line 2: question: Field required"),
        ('{"id": "q", "question": "?", "history": [{"role": "robot", "content": ""}]}', "line 2: history.0.role"),
    ],
)  # fmt: skip
def test_a_bad_line_is_named_with_its_file(tmp_path: Path, line: str, told: str) -> None:
    with pytest.raises(BadInput) as error:
        load_questions(written(tmp_path, GOOD, line))
    assert error.value.message.startswith(f"questions.jsonl, {told}")


def test_a_file_without_questions_or_without_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"questions\.jsonl holds no question"):
        load_questions(written(tmp_path, "", ""))
    with pytest.raises(BadInput, match=r"nowhere\.jsonl cannot be read"):
        load_questions(tmp_path / "nowhere.jsonl")
    (tmp_path / "bytes.jsonl").write_bytes(b"\xff")
    with pytest.raises(BadInput, match=r"bytes\.jsonl cannot be read"):
        load_questions(tmp_path / "bytes.jsonl")


def test_questions_are_asked_with_their_history(answerer: Answerer) -> None:
    asked = Item.model_validate(
        {
            "id": "q1", "question": "And what did Pompeo write on Twitter before the talks?", "kind": "follow_up",
            "history": [{"role": "user", "content": "What did Lavrov say after meeting Pompeo?"}],
            "documents": ["001_0c9b1fb6a7db9177"], "sentences": ["we have a duty to find the way ahead"],
        }
    )  # fmt: skip
    (outcome,) = evaluate([asked], answerer)
    assert outcome.right
    assert outcome.milliseconds > 0


def test_the_report_shows_figures_kinds_and_on_demand_errors(capsys: pytest.CaptureFixture[str]) -> None:
    outcomes = [Outcome(item(), RIGHT, 1), Outcome(item(kind="place"), WRONG, 1), Outcome(UNANSWERABLE, SILENT, 1)]
    show_report(outcomes, errors=False)
    plain = capsys.readouterr().out
    assert "3 questions: 2 answerable, 1 not" in plain
    assert all(name in plain for name in (*figures(outcomes), "place", "0.500"))
    assert "→" not in plain
    show_report(outcomes, errors=True)
    assert capsys.readouterr().out.count("→") == 1
