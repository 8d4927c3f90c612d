"""Question files are read, questions asked, and each answer judged by itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from judged import ACCEPTED, RIGHT, SILENT, TEXT, UNANSWERABLE, WRONG, answer, hit, item

from qa_service.answerer import Answerer
from qa_service.cli import main
from qa_service.errors import BadInput
from qa_service.evaluation.items import Item, load_questions
from qa_service.evaluation.measures import MEASURES
from qa_service.evaluation.outcomes import Outcome, ask_all, ask_one
from qa_service.settings import Settings
from qa_service.types import Ask

HEADLINE = "What did Lavrov say after meeting Pompeo?"


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
    assert Outcome(UNANSWERABLE, SILENT, 1).right_always is False


def test_the_first_cited_sentence_must_hold_one_of_the_answers() -> None:
    asked = Item(id="q1", question="When?", answers=("in autumn", "Until SPRING"))
    assert Outcome(asked, RIGHT, 1).right
    assert not Outcome(asked, WRONG, 1, WRONG).sentence_right
    assert not Outcome(asked, SILENT, 1, RIGHT).sentence_right
    assert Outcome(asked, SILENT, 1, RIGHT).sentence_right_always


@pytest.mark.parametrize(("depth", "share"), [(1, 1 / 3), (2, 1 / 3), (3, 2 / 3), (9, 2 / 3)])
def test_evidence_is_found_by_the_name_of_its_document_or_by_its_text(depth: int, share: float) -> None:
    asked = Item(id="q1", question="When?", evidence=("ferries", "closed  until spring", "elsewhere"))
    hits = (hit("ferries", "Twice a day."), hit("fish", "Herring."), hit("bridge", TEXT))
    outcome = Outcome(asked, SILENT, 1, hits=hits)
    assert outcome.found(depth) == pytest.approx(share)
    assert outcome.gold_first


def test_what_the_file_does_not_say_is_not_measured() -> None:
    outcome = Outcome(Item(id="q1", question="When?", rewrite="When is the bridge closed?"), SILENT, 1)
    judgements = (outcome.answerable, outcome.right, outcome.right_always, outcome.document_right, outcome.found(4))
    assert set(judgements) == {None}
    assert outcome.rewrite_f1 == 0.0


def test_a_file_may_say_that_a_question_has_no_answer_though_it_has_evidence() -> None:
    assert Item(id="q", question="?", evidence=("harbour",)).has_answer is True
    assert Item(id="q", question="?", evidence=("harbour",), answerable=False).has_answer is False


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
        ("[" * 100_000, "line 2 is not JSON"), ('{"id": "q", "question": "?", "answers": "x"}', "line 2: answers"),
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
            "history": [{"role": "user", "content": HEADLINE}],
            "documents": ["001_0c9b1fb6a7db9177"], "sentences": ["we have a duty to find the way ahead"],
        }
    )  # fmt: skip
    (outcome,) = ask_all([asked], answerer)
    assert outcome.right
    assert outcome.milliseconds > 0


def test_a_declined_question_is_asked_again_with_the_threshold_at_zero(answerer: Answerer) -> None:
    asked = Item(id="q1", question="Which colour did the fish market paint its doors?", answers=("blue",))
    outcome = ask_one(asked, answerer)
    assert not outcome.answered
    assert outcome.always is not None
    assert outcome.always.citations


def test_an_answer_that_is_given_is_the_one_given_when_told_to_answer_always(answerer: Answerer) -> None:
    answered, always = answerer.answer(Ask(HEADLINE)), answerer.answer(Ask(HEADLINE, least=0.0))
    assert answered.confidence == always.confidence > 0.5
    assert (always.text, always.citations) == (answered.text, answered.citations)


def test_above_every_confidence_nothing_is_answered(answerer: Answerer) -> None:
    answer = answerer.answer(Ask(HEADLINE, least=1.01))
    assert (answer.status, answer.citations) == ("not_found", ())


def test_the_command_prints_figures_and_writes_the_page(settings: Settings, tmp_path: Path) -> None:
    line = {"id": "q1", "question": HEADLINE, "documents": ["001_0c9b1fb6a7db9177"], "answers": ["guests"]}
    file, page = written(tmp_path, json.dumps(line), GOOD), tmp_path / "report.html"
    given = ["evaluate", str(file), "--home", str(settings.home), "--report", str(page), "--every", "2"]
    result = CliRunner().invoke(main, given)
    assert result.exit_code == 0, result.output
    assert "1 questions: 1 answerable, 0 not" in result.output
    assert "document right" in page.read_text(encoding="utf-8")


def test_every_field_and_measure_is_explained() -> None:
    text = (Path(__file__).parent.parent / "docs" / "evaluation.md").read_text(encoding="utf-8")
    assert [name for name in Item.model_fields if f"`{name}`" not in text] == []
    assert [name for name in MEASURES if name.removeprefix("gold evidence in first ") not in text] == []
