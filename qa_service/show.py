"""Shows answers and documents on a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from .types import Answer, Document, Source


def show(answer: Answer) -> None:
    """Print an answer with its numbered sources, each with the cited words."""
    console = Console(highlight=False, soft_wrap=False)
    if answer.standalone_question != answer.question.strip():
        console.print(Text(f"Understood as: {answer.standalone_question}", style="dim"))
    console.print(Text(answer.text))
    sources = {citation.number: citation.sources[0] for citation in reversed(answer.citations)}
    if sources:
        console.print()
        console.print(Text("Sources", style="bold"))
    for number in sorted(sources):
        console.print(Text(f"[{number}] {_described(sources[number])}"))
    related = [c.document for c in answer.documents if not c.cited]
    if not sources and related:
        console.print()
        console.print(Text("Related, but no answer", style="bold"))
        for document in related[:3]:
            console.print(Padding(Text(document.title), (0, 2)))


def _described(source: Source) -> str:
    document = source.document
    facts = [document.title, document.source, str(document.published_at or ""), document.name]
    speaker = f" — {source.speaker}" if source.speaker else ""
    return ", ".join(filter(None, facts)) + speaker


def show_documents(documents: Iterable[Document]) -> None:
    """Print one line a document: date, name, title, publisher."""
    console = Console(highlight=False)
    for document in documents:
        day = str(document.published_at or "undated   ")
        facts = "  ".join(filter(None, [document.name, document.title, document.source]))
        console.print(Text(f"{day}  {facts}"), soft_wrap=True)
