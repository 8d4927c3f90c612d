"""Reads a Markdown file: front matter and title heading become fields, all below them is text, verbatim."""

from __future__ import annotations

import re
from pathlib import PurePath

from qa_service.errors import BadDocument
from qa_service.ingest.dates import find_date
from qa_service.ingest.text import document_id, first_words, plain_text
from qa_service.types import Document

_FIELD = re.compile(r"(title|source|date|published_at|url|author)[ \t]*:[ \t]*(.*)", re.IGNORECASE)
_HEADING = re.compile(r"#{1,6}[ \t]+(\S.*)")
_FENCE = ("```", "~~~")


def web_address(url: str | None, label: str) -> str | None:
    """Return ``url``; raise BadDocument, naming ``label``, for one that is no web address: it is shown as a link."""
    if url and not url.lower().startswith(("http://", "https://")):
        raise BadDocument(f"{label}: a url must start with http:// or https://.")
    return url or None


def _fields(rows: list[str]) -> dict[str, str]:
    found = [_FIELD.fullmatch(row.strip()) for row in rows]
    return {match[1].lower(): match[2].strip().strip("\"'") for match in found if match}


def _front_matter(rows: list[str]) -> tuple[dict[str, str], list[str]]:
    """Split off front matter: lines between two "---", or lines "key: value" at the very beginning."""
    if rows[0].strip() == "---" and "---" in (row.strip() for row in rows[1:]):
        end = next(i for i, row in enumerate(rows[1:], 1) if row.strip() == "---")
        return _fields(rows[1:end]), rows[end + 1 :]
    end = next((i for i, row in enumerate(rows) if not _FIELD.fullmatch(row.strip())), len(rows))
    return _fields(rows[:end]), rows[end:]


def _heading(row: str) -> str | None:
    match = _HEADING.fullmatch(row.strip())
    return match[1].rstrip("# \t") or None if match else None


def _first_heading(rows: list[str]) -> str | None:
    """Return the first heading outside blocks of code."""
    code = False
    for row in rows:
        code ^= row.lstrip().startswith(_FENCE)
        if not code and (heading := _heading(row)):
            return heading
    return None


def clean_markdown(raw: str, name: str, origin: str) -> Document:
    """Return the Document ``name`` in ``raw``, a Markdown text that was read from ``origin``.

    The title is that of the front matter, else the first heading; a heading that opens the text as its title is left
    out of it. Raises BadDocument where there is no text below them, or a url is no web address.
    """
    label = PurePath(origin).name or name
    fields, rows = _front_matter(plain_text(raw, label).lstrip("\n").split("\n"))
    while rows and not rows[0].strip():
        rows = rows[1:]
    title = fields.get("title") or _first_heading(rows)
    if rows and title and _heading(rows[0]) == title:
        rows = rows[1:]
    text = "\n".join(rows).strip("\n")
    if not text.strip():
        raise BadDocument(f"{label} has no text below its title; give a file that holds some.")
    source = fields.get("source") or None
    return Document(
        id=document_id(source, text),
        name=name,
        title=title or first_words(text),
        text=text,
        source=source,
        author=fields.get("author") or None,
        url=web_address(fields.get("url"), label),
        published_at=find_date(fields.get("date") or fields.get("published_at") or ""),
        origin=origin,
    )
