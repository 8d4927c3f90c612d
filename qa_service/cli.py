"""The command line, ``qa-service index | ask | serve`` and so on: parses, delegates, shows."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from . import __version__
from .errors import BadInput, NoIndex, QAError, UnknownId
from .settings import Settings
from .surroundings import uncollected

if TYPE_CHECKING:
    from .answerer import Answerer
    from .types import Answer, Document, Mode

_HOME = click.option("--home", type=click.Path(file_okay=False, path_type=Path), help="Folder of the index (./index).")


def _told_in_one_line(command: Callable[..., None]) -> Callable[..., None]:
    """An error that is meant for people, or that the system has, ends the command with one line and exit status 1."""

    @wraps(command)
    def run(*args: Any, **options: Any) -> None:
        try:
            command(*args, **options)
        except QAError as error:
            _give_up(error.message)
        except OSError as error:
            if error.errno == errno.EPIPE:  # whoever read the output has gone: click ends quietly
                raise
            _give_up(f"{error.filename or 'the system'}: {error.strerror or error}.")

    return run


def _give_up(reason: str) -> NoReturn:
    click.echo(f"qa-service: {reason}", err=True)
    sys.exit(1)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="qa-service")
def main() -> None:
    """Ask your documents a question, get an answer you can check."""
    # NumPy and FAISS each start a pool of threads for matrix products when they are loaded, which takes longer than all
    # products of a question together.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@_HOME
@_told_in_one_line
def index(paths: tuple[Path, ...], home: Path | None) -> None:
    """Read documents (files or folders with .txt, .md, .jsonl; ./seeds if none is given) into the index."""
    settings = Settings.load(home=home)
    _build(settings, list(paths) or [settings.seeds])


def _build(settings: Settings, paths: list[Path]) -> None:
    from .assemble import open_library
    from .ingest.load import find_files
    from .progress import shown

    began = time.perf_counter()
    find_files(paths)  # a path that is wrong is told before the model is compiled
    with shown() as progress:
        report = open_library(settings, progress).sync(paths, progress)
    held = f"{_count(report.documents, 'document')}, {_count(report.passages, 'passage')}"
    seconds = f"{time.perf_counter() - began:.1f} seconds"
    if report.changed:
        click.echo(f"Indexed {held} in {seconds}.", err=True)
    else:
        click.echo(f"Nothing has changed: the index holds {held} as they are ({seconds}).", err=True)


def _build_first(settings: Settings) -> None:
    """The index of the seeds, for a home that has none. Raises NoIndex if there are no seeds either.

    A process of its own builds it: the memory that compiling needs goes back, and no thread of the model's runtime is
    left behind when a server forks, whose workers could not end for waiting on it.
    """
    if not settings.seeds.exists():
        raise NoIndex("Nothing has been indexed yet; run `qa-service index` with the documents to read.")
    click.echo(f"Nothing has been indexed yet; reading {settings.seeds}.", err=True)
    again = [sys.executable, "-m", __package__, "index", str(settings.seeds), "--home", str(settings.home)]
    status = subprocess.run(again, check=False).returncode
    if status:
        sys.exit(status)


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


@main.command()
@click.argument("question")
@_HOME
@click.option("--json", "as_json", is_flag=True, help="Print the body of POST /ask.")
@click.option("--mode", type=click.Choice(["auto", "extractive", "llm"]), default="auto", help="Who writes (auto).")
@_told_in_one_line
def ask(question: str, home: Path | None, as_json: bool, mode: Mode) -> None:
    """Answer a question with numbered sources. Builds the index of ./seeds first if there is none."""
    settings = Settings.load(home=home)
    with uncollected():  # a process of half a second has little to collect, and would look for it two hundred times
        answer = _answer(question, settings, mode)
    if as_json:
        from .web.schema import answer_body

        click.echo(json.dumps(answer_body(answer), ensure_ascii=False, indent=2))
    else:
        from .show import show

        show(answer)


def _answer(question: str, settings: Settings, mode: Mode) -> Answer:
    from .assemble import is_indexed, open_answerer
    from .types import Ask

    if not is_indexed(settings):
        _build_first(settings)
    return open_answerer(settings).answer(Ask(question, mode=mode))


@main.command()
@_HOME
@click.option("--host", help="Address to listen on (127.0.0.1).")
@click.option("--port", type=int, help="Port to listen on (8000).")
@click.option("--workers", type=int, help="Server processes (1).")
@_told_in_one_line
def serve(home: Path | None, host: str | None, port: int | None, workers: int | None) -> None:
    """Serve the chat page and the JSON API. Builds the index of ./seeds first if there is none."""
    from .assemble import is_indexed
    from .server import bind, run

    settings = Settings.load(home=home, host=host, port=port, workers=workers)
    with bind(settings) as bound:  # first of all: a port that is taken is told before an index is built
        if not is_indexed(settings):
            _build_first(settings)
        run(settings, bound)


@main.command()
@_HOME
@click.option("--http", "over_http", is_flag=True, help="Serve any number of clients over HTTP, not one over stdio.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on, with --http.")
@click.option("--port", type=int, default=8001, show_default=True, help="Port to listen on, with --http.")
@_told_in_one_line
def mcp(home: Path | None, over_http: bool, host: str, port: int) -> None:
    """Offer the documents to language models as tools (Model Context Protocol)."""
    from .assemble import check_model, open_answerer
    from .mcp.tools import Desk

    settings = Settings.load(home=home, host=host, port=port)
    check_model(settings)
    desk = Desk(lambda: open_answerer(settings))
    desk.begin()
    if over_http:
        from .mcp.http import run_http

        run_http(desk, settings)
    else:
        from .mcp.stdio import run_stdio

        run_stdio(desk)


@main.command()
@_HOME
@_told_in_one_line
def documents(home: Path | None) -> None:
    """List the documents in the index, newest first."""
    from .assemble import open_answerer
    from .show import show_documents

    answerer = open_answerer(Settings.load(home=home))
    cursor: str | None = None
    while True:
        page, cursor = answerer.documents(None, None, 100, cursor)
        show_documents(page)
        if cursor is None:
            return


@main.command()
@click.argument("document")
@_HOME
@_told_in_one_line
def remove(document: str, home: Path | None) -> None:
    """Remove a document, named by its id or as `documents` lists it, from the index and from what was uploaded."""
    from .assemble import open_answerer, open_library
    from .jobs import Worker

    settings = Settings.load(home=home)
    found = _named(document, open_answerer(settings))
    removed = Worker(settings.home, lambda: open_library(settings, lambda *_: None)).remove(found.id)
    went = f"{_count(removed.passages, 'passage')}, {_count(removed.statements, 'statement')}"
    click.echo(f"Removed “{removed.document.title}” ({went}).", err=True)


def _named(wanted: str, answerer: Answerer) -> Document:
    """The one document with this id or name."""
    found: list[Document] = []
    cursor: str | None = None
    while True:
        page, cursor = answerer.documents(None, None, 500, cursor)
        found += [document for document in page if wanted in (document.id, document.name)]
        if cursor is None:
            break
    if not found:
        raise UnknownId(f"No document has the id or name {wanted}; `qa-service documents` lists them.")
    if len(found) > 1:
        ids = ", ".join(document.id for document in found)
        raise BadInput(f"{len(found)} documents are named {wanted}; give the id of one of them: {ids}.")
    return found[0]


@main.command()
@click.option("--speaker", help="Only what this person or organisation said.")
@click.option("--about", help="What the statements are to speak of; the nearest come first.")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True, help="How many to list at most.")
@_HOME
@click.option("--json", "as_json", is_flag=True, help="Print the body of GET /statements.")
@_told_in_one_line
def statements(speaker: str | None, about: str | None, limit: int, home: Path | None, as_json: bool) -> None:
    """List who said what, newest document first."""
    from .assemble import open_answerer

    page, cursor = open_answerer(Settings.load(home=home)).statements(speaker, about, limit, None)
    if as_json:
        from .web.schema import statements_body

        click.echo(json.dumps(statements_body(page, cursor), ensure_ascii=False, indent=2))
    else:
        from .show import show_statements

        show_statements(page)
        if cursor is not None:
            click.echo(f"There are more than {limit}; --limit lists more.", err=True)


@main.command()
@_HOME
@_told_in_one_line
def feedback(home: Path | None) -> None:
    """Print what people think of answers, oldest first: a JSON object a line."""
    from .chats.answers import Answers
    from .chats.database import Database

    for given in Answers(Database(Settings.load(home=home).home)).rated():
        line = {"question": given.question, "answer": given.answer, **asdict(given.feedback), "time": given.time}
        click.echo(json.dumps(line, ensure_ascii=False))


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@_HOME
@click.option("--errors", is_flag=True, help="List the questions that were answered wrongly.")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="Write an HTML page to this file.")
@click.option("--every", type=click.IntRange(1), default=1, help="Ask every n-th question only.")
@_told_in_one_line
def evaluate(file: Path, home: Path | None, errors: bool, report: Path | None, every: int) -> None:
    """Ask the questions of a JSONL file and measure how right the answers are."""
    from .assemble import open_answerer
    from .evaluation.items import load_questions
    from .evaluation.outcomes import ask_all
    from .evaluation.plots import check_ready
    from .evaluation.report import write_report
    from .evaluation.show import show

    questions = load_questions(file)[::every]
    if report:
        check_ready()
    outcomes = ask_all(questions, open_answerer(Settings.load(home=home)))
    show(outcomes, errors)
    if report:
        write_report(outcomes, file.stem, report)
