"""Shows answers and documents on a terminal; on a pipe a line is never broken, so that other programs can read it."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterable

import click

from .outcome import authorship
from .sayings import Said
from .types import Answer, Document, Source

_RELATED = 3  # documents named where nothing was found


def show(answer: Answer) -> None:
    """Print an answer with its numbered sources, or with the documents that come nearest to the question."""
    if answer.standalone_question != answer.question.strip():
        _line(click.style(f"Understood as: {answer.standalone_question}", dim=True))
    _line(answer.text)
    sources = {citation.number: citation.sources[0] for citation in reversed(answer.citations)}
    related = [consulted.document for consulted in answer.documents if not consulted.cited]
    if answer.status == "partial":
        _heading("Not in the documents")
        for missing in answer.missing:
            _line(missing.reason)
    if sources:
        _heading("Sources")
        for number in sorted(sources):
            _line(f"[{number}] {_described(sources[number])}", hanging=4)
    elif related:
        _heading("Related, but no answer")
        for document in related[:_RELATED]:
            _line(document.title)
    written = authorship(answer.model, answer.note, answer.withheld)
    if written:
        click.echo()
        _line(click.style(written, dim=True))


def show_documents(documents: Iterable[Document]) -> None:
    """Print one line a document: date, name, title, publisher."""
    for document in documents:
        facts = [str(document.published_at or "undated").ljust(10), document.name, document.title, document.source]
        click.echo("  ".join(filter(None, facts)))


def show_statements(statements: Iterable[Said]) -> None:
    """Print each statement in two lines: who says it to whom, where and when; then the sentence."""
    for said in statements:
        statement, document = said.statement, said.document
        to = f" to {statement.addressee}" if statement.addressee else ""
        day = str(statement.said_on or document.published_at or "")
        facts = [click.style(statement.speaker, bold=True) + to, day, document.title, document.source]
        _line(", ".join(filter(None, facts)))
        _line(f"    {said.text}", hanging=4)


def _described(source: Source) -> str:
    document = source.document
    facts = [document.title, document.source, str(document.published_at or ""), document.name]
    return ", ".join(filter(None, facts)) + (f" — {source.speaker}" if source.speaker else "")


def _heading(text: str) -> None:
    click.echo()
    click.echo(click.style(text, bold=True))


def _line(text: str, hanging: int = 0) -> None:
    """Print a paragraph, broken between words at the width of the terminal."""
    if sys.stdout.isatty():
        width = shutil.get_terminal_size().columns
        text = textwrap.fill(text, width, subsequent_indent=" " * hanging, break_on_hyphens=False)
    click.echo(text)
