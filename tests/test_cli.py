"""The command line: what it prints where, and that an error is one line without a traceback."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from homes import with_model

from qa_service.cli import main
from qa_service.settings import Settings
from qa_service.store.snapshot import SnapshotStore
from qa_service.web.responses import Answer
from qa_service.web.statements import StatementList

SEEDS = Path(__file__).parent.parent / "seeds"
QUESTION = "What did Lavrov say after meeting Pompeo?"

Command = Callable[..., Result]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Command:
    """Runs a command in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(main, list(map(str, arguments)), catch_exceptions=False)


@pytest.fixture
def new_home(settings: Settings, tmp_path: Path) -> Path:
    """A home with a model and without an index."""
    return with_model(settings, tmp_path / "new").home


def subprocess_of(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "qa_service", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=100, check=False)


def test_indexing_shows_its_progress_and_what_it_did_on_standard_error(command: Command, new_home: Path) -> None:
    result = command("index", SEEDS, "--home", new_home)
    assert (result.exit_code, result.stdout) == (0, "")
    *stages, last = result.stderr.splitlines()
    begun = ["reading documents", "embedding passages", "embedding sentences", "embedding words", "writing the index"]
    assert stages == [f"{stage} …" for stage in begun]
    assert re.fullmatch(r"Indexed 5 documents, \d+ passages in \d+\.\d seconds\.", last)


def test_indexing_again_says_that_nothing_has_changed(command: Command, settings: Settings) -> None:
    before = SnapshotStore(settings.home).current_name()
    result = command("index", SEEDS, "--home", settings.home)
    assert re.fullmatch(r"Nothing has changed: the index holds 5 documents, \d+ passages .*\n", result.stderr)
    assert SnapshotStore(settings.home).current_name() == before


def test_one_document_is_not_spoken_of_as_many(command: Command, new_home: Path, tmp_path: Path) -> None:
    (tmp_path / "note.md").write_text("# Note\n\nThe harbour is open again.\n", encoding="utf-8")
    assert "Indexed 1 document, 1 passage in" in command("index", "note.md", "--home", new_home).stderr


def test_what_only_half_an_answer_leaves_open_is_printed_too(command: Command, settings: Settings) -> None:
    asked = "Where did Lavrov meet Pompeo and what did he say about Brexit?"
    result = command("ask", asked, "--home", settings.home)
    assert "\n\nNot in the documents\nNone of the documents mentions Brexit.\n\nSources\n" in result.stdout


def test_an_answer_is_printed_with_its_numbered_sources(command: Command, settings: Settings) -> None:
    result = command("ask", QUESTION, "--home", settings.home)
    text, sources = result.stdout.split("\n\nSources\n")
    assert result.exit_code == 0
    assert "“We are ready to do this." in text
    assert re.match(r"\[1\] Pompeo: Trump strives .*, 001_0c9b1fb6a7db9177 — Sergei Lavrov\n", sources)


def test_a_question_that_was_mended_is_shown_as_it_was_understood(command: Command, settings: Settings) -> None:
    result = command("ask", "waht did lavrov say affter meting pompeo", "--home", settings.home)
    assert result.stdout.startswith("Understood as: what did lavrov say after meeting pompeo\n")


def test_an_answer_that_is_not_there_is_no_failure(command: Command, settings: Settings) -> None:
    result = command("ask", "What did Lavrov say about Brexit?", "--home", settings.home)
    assert result.exit_code == 0
    assert result.stdout.startswith("None of the documents mentions Brexit.\n\nRelated, but no answer\n")


@pytest.mark.parametrize("question", [QUESTION, "What did Lavrov say about Brexit?"])
def test_json_is_the_body_of_the_web_service(command: Command, settings: Settings, question: str) -> None:
    result = command("ask", question, "--json", "--home", settings.home)
    answer = Answer.model_validate_json(result.stdout)
    assert answer.question == question
    assert all(answer.answer[c.start : c.end] == c.text for c in answer.citations)


def test_documents_are_listed_newest_first(command: Command, settings: Settings) -> None:
    lines = command("documents", "--home", settings.home).stdout.splitlines()
    assert re.fullmatch("2021-05-21  003_0ce5c00717727410  Moscow, Washington seek .*  China Daily Global", lines[0])
    assert [line[:10].strip() for line in lines] == ["2021-05-21", "2017-05-12", "undated", "undated", "undated"]


def test_statements_are_shown_with_speaker_and_document(command: Command, settings: Settings) -> None:
    result = command("statements", "--speaker", "lavrov", "--limit", 2, "--home", settings.home)
    lines = result.stdout.splitlines()
    assert len(lines) == 4
    assert all(line.startswith("Sergei Lavrov") for line in lines[::2])
    assert all(line.startswith("    ") for line in lines[1::2])
    assert result.stderr == "There are more than 2; --limit lists more.\n"


def test_statements_as_json_are_the_body_of_the_endpoint(command: Command, settings: Settings) -> None:
    result = command("statements", "--about", "climate change", "--json", "--home", settings.home)
    listed = StatementList.model_validate_json(result.stdout).statements
    assert listed[0].speaker == "Antony Blinken"
    assert command("statements", "--speaker", "Nobody Known", "--home", settings.home).stdout == ""


def test_an_evaluation_prints_its_figures(command: Command, settings: Settings, tmp_path: Path) -> None:
    known = {"id": "q1", "question": QUESTION, "documents": ["001_0c9b1fb6a7db9177"], "sentences": ["sad state of"]}
    unknown = {"id": "q2", "question": "What did Lavrov say about Brexit?"}
    (tmp_path / "questions.jsonl").write_text(f"{json.dumps(known)}\n{json.dumps(unknown)}", encoding="utf-8")
    result = command("evaluate", "questions.jsonl", "--home", settings.home)
    figures = dict(re.findall(r"([a-z][a-z0-9 ]+?) +│ (\d+\.\d+)", result.stdout))
    assert "2 questions: 1 answerable, 1 not" in result.stdout
    for name in ("citation right", "document right", "abstention precision", "abstention recall"):
        assert figures[name] == "1.000"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["index", "nowhere"], "nowhere does not exist; check the path."),
        (["index", "page.pdf"], "page.pdf is of no kind that can be read; use .txt, .md, .jsonl."),
        (["index", "empty"], "There is no document in what was given; name files or folders with .txt, .md or .jsonl."),
        (["ask", QUESTION], "Nothing has been indexed yet; run `qa-service index` with the documents to read."),
        (["documents"], "Nothing has been indexed yet; run `qa-service index` with the documents to read."),
        (["statements"], "Nothing has been indexed yet; run `qa-service index` with the documents to read."),
        (["serve", "--port", "0"], "Nothing has been indexed yet; run `qa-service index` with the documents to read."),
        (["serve", "--port", "70000"], "The setting port cannot be used: Input should be less than or equal to 65535."),
        (["evaluate", "page.pdf"], "page.pdf, line 1 is not JSON: Expecting value: line 1 column 1 (char 0)."),
    ],
)  # fmt: skip
def test_an_error_is_one_line_and_exit_status_1(
    command: Command, new_home: Path, tmp_path: Path, arguments: list[str], told: str
) -> None:
    (tmp_path / "page.pdf").write_text("%PDF")
    (tmp_path / "empty").mkdir()
    result = command(*arguments, "--home", new_home)
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", f"qa-service: {told}\n")


def test_a_question_that_cannot_be_used_is_an_error(command: Command, settings: Settings) -> None:
    result = command("ask", " ", "--home", settings.home)
    assert (result.exit_code, result.stderr) == (1, "qa-service: The question is empty; write what you want to know.\n")


def test_what_the_system_refuses_is_told_in_one_line(command: Command, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = command("index", SEEDS, "--home", tmp_path / "file" / "home")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1].startswith("qa-service: ")
    assert result.stderr.endswith("Not a directory.\n")


def test_a_damaged_model_is_told_in_one_line(command: Command, settings: Settings, tmp_path: Path) -> None:
    command("index", SEEDS, "--home", with_model(settings, tmp_path / "home").home)
    weights = next((tmp_path / "home").rglob("encoder.onnx"))
    weights.unlink()  # the file is shared with the other homes: it must not be written to
    weights.write_bytes(b"")
    result = command("ask", QUESTION, "--home", "home")
    assert result.exit_code == 1
    assert re.fullmatch(r"qa-service: The compiled model is incomplete .*\n", result.stderr)


def test_without_an_index_the_seeds_are_read_first(
    new_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QA_SEEDS", str(SEEDS))
    done = subprocess_of("ask", QUESTION, "--home", new_home, cwd=tmp_path)
    first, *_, last = done.stderr.splitlines()
    assert first == f"Nothing has been indexed yet; reading {SEEDS}."
    assert last.startswith("Indexed 5 documents")
    assert done.stdout.startswith("Lavrov expressed his hope")


def test_seeds_that_cannot_be_read_are_told_in_one_line(
    new_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QA_SEEDS", str(tmp_path / "bad.txt"))
    (tmp_path / "bad.txt").write_bytes(b"\xff")
    done = subprocess_of("serve", "--home", new_home, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[-1] == "qa-service: bad.txt is not UTF-8; save it as UTF-8 text."


def test_nothing_is_written_but_to_the_home_that_was_named(
    command: Command, settings: Settings, tmp_path: Path
) -> None:
    with_model(settings, tmp_path / "here")
    command("index", SEEDS, "--home", "here")
    command("ask", QUESTION, "--home", "here")
    assert [path.name for path in tmp_path.iterdir()] == ["here"]
    assert SnapshotStore(tmp_path / "here").current_name() is not None


def test_the_package_runs_as_a_module(settings: Settings, tmp_path: Path) -> None:
    done = subprocess_of("ask", QUESTION, "--home", settings.home, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Lavrov expressed his hope")
    assert subprocess_of("--version", cwd=tmp_path).stdout.startswith("qa-service, version ")


def test_an_error_of_the_whole_program_has_no_traceback(tmp_path: Path) -> None:
    done = subprocess_of("index", "nowhere", "--home", "home", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "qa-service: nowhere does not exist; check the path.\n"


def test_a_reader_that_goes_away_is_no_error(settings: Settings) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "qa_service", "documents", "--home", str(settings.home)]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, timeout=100, check=False)
    os.close(writing)
    assert done.stderr == ""


def test_answering_loads_nothing_that_only_indexing_or_serving_needs(settings: Settings) -> None:
    script = (
        "import sys; from qa_service.cli import main\n"
        "main(sys.argv[1:], standalone_mode=False)\n"
        "print({module.split('.')[0] for module in sys.modules}, file=sys.stderr)"
    )
    command = [sys.executable, "-c", script, "ask", QUESTION, "--home", str(settings.home)]
    loaded = subprocess.run(command, capture_output=True, text=True, timeout=100, check=True).stderr
    for library in (
        "torch",
        "sentence_transformers",
        "onnx",
        "countryinfo",
        "flask",
        "gunicorn",
        "rich",
        "bm25s",
    ):
        assert f"'{library}'" not in loaded


def test_a_terminal_gets_lines_of_its_width(settings: Settings, tmp_path: Path) -> None:
    outer, inner = pty.openpty()
    command = [sys.executable, "-m", "qa_service", "ask", QUESTION, "--home", str(settings.home)]
    subprocess.run(command, stdout=inner, env={**os.environ, "COLUMNS": "50"}, timeout=100, check=True)
    os.close(inner)
    lines = os.read(outer, 10_000).decode().splitlines()
    os.close(outer)
    assert len(lines) > 10
    assert max(map(len, lines)) <= 50


def test_a_document_is_removed_by_its_name_and_told(command: Command, settings: Settings, tmp_path: Path) -> None:
    home = with_model(settings, tmp_path / "home").home
    for name, text in (("a", "The harbour reopened."), ("b", "The bridge is closed.")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    command("index", tmp_path / "a.txt", tmp_path / "b.txt", "--home", home)
    result = command("remove", "a", "--home", home)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "Removed “The harbour reopened.” (1 passage, 0 statements).\n"
    assert "bridge" in command("documents", "--home", home).stdout
    unknown = command("remove", "a", "--home", home)
    assert (unknown.exit_code, "No document has the id or name a" in unknown.stderr) == (1, True)


def test_a_name_that_two_documents_have_is_not_enough_to_remove_one(
    command: Command, settings: Settings, tmp_path: Path
) -> None:
    home = with_model(settings, tmp_path / "home").home
    for folder, text in (("x", "The harbour reopened."), ("y", "The bridge is closed.")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(text, encoding="utf-8")
    command("index", tmp_path / "x", tmp_path / "y", "--home", home)
    assert "2 documents are named a; give the id of one of them: doc_" in command("remove", "a", "--home", home).stderr
