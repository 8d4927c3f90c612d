"""Reads JSON Lines: one document a line, its text used as it stands; which file to read is for ``load``."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from qa_service.errors import BadDocument
from qa_service.ingest.markdown import web_address
from qa_service.ingest.text import check_characters, document_id, first_words
from qa_service.types import Document

_KEYS = ("id", "title", "text", "source", "url", "published_at")


def _parse(row: str, label: str) -> dict[str, str]:
    """Return the known keys of one line that have a value."""
    try:
        record = json.loads(row)
    except (ValueError, RecursionError):
        raise BadDocument(f"{label} is not JSON; put one JSON object on each line.") from None
    if not isinstance(record, dict):
        raise BadDocument(f'{label} is not a JSON object; write it like {{"title": "...", "text": "..."}}.')
    found = {key: record[key] for key in _KEYS if record.get(key) is not None}
    for key, value in found.items():
        if not isinstance(value, str):
            raise BadDocument(f'{label}: "{key}" must be a string.')
        check_characters(value, label)
    return found


def _day(value: str | None, label: str) -> date | None:
    try:
        return datetime.fromisoformat(value).date() if value else None
    except ValueError:
        raise BadDocument(f'{label}: "published_at" must be an ISO date such as 2021-05-21.') from None


def _document(record: dict[str, str], path: Path, number: int) -> Document:
    label = f"{path.name}, line {number}"
    text, source = record.get("text", ""), record.get("source") or None
    if not text.strip():
        raise BadDocument(f'{label} has no "text"; give each document its text.')
    return Document(
        id=document_id(source, text),
        name=record.get("id") or f"{path.stem}:{number}",
        title=record.get("title") or first_words(text),
        text=text,
        source=source,
        url=web_address(record.get("url"), label),
        published_at=_day(record.get("published_at"), label),
        origin=f"{path.resolve()}#{record.get('id') or number}",
    )


def _check_names(documents: Iterable[Document], path: Path) -> None:
    seen: set[str] = set()
    for document in documents:
        if document.name in seen:
            raise BadDocument(f'{path.name} has two documents with the id "{document.name}"; ids must differ.')
        seen.add(document.name)


def read_records(content: str, path: Path) -> list[Document]:
    """Return the documents in ``content``, the text of the JSON Lines file ``path``; blank lines are skipped.

    Raises BadDocument, with the number of the line, for the first line that is no document.
    """
    rows = [(number, row) for number, row in enumerate(content.split("\n"), 1) if row.strip()]
    parsed = [(number, _parse(row, f"{path.name}, line {number}")) for number, row in rows]
    documents = [_document(record, path, number) for number, record in parsed]
    _check_names(documents, path)
    return documents
