"""Which documents or statements a page of a list holds: its conditions and its cursor; running the query is left to
``catalog``.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence

from qa_service.errors import BadInput
from qa_service.store.filters import Where, together
from qa_service.store.rows import json_list
from qa_service.types import Document

LONGEST = 1000  # documents or statements on a page

_PUBLISHED = "coalesce(d.published_at, '')"
ORDER = f"{_PUBLISHED} DESC, d.title, d.id"
_AFTER = f"({_PUBLISHED} < ? OR {_PUBLISHED} = ? AND (d.title, d.id) > (?, ?))"


def check_limit(limit: int) -> None:
    """Raise ``BadInput`` unless a page may hold as many."""
    if not 1 <= limit <= LONGEST:
        raise BadInput(f"The limit must be a number from 1 to {LONGEST}.", "limit")


def wanted(query: str | None, source: str | None, cursor: str | None) -> Where:
    """The condition on the documents from the cursor on. Raises ``BadInput`` for a cursor that no page gave out."""
    return together(
        Where("holds(?, d.title, d.source, d.name, d.text)", (query.casefold(),)) if query else None,
        Where("d.source_folded = ?", (source.casefold(),)) if source else None,
        _after(cursor) if cursor else None,
    )


def holds(words: str, *fields: str | None) -> bool:
    """Whether every one of the case-folded words is somewhere in the fields, whatever their case."""
    text = "\n".join(field for field in fields if field).casefold()
    return all(word in text for word in words.split())


def cursor_after(document: Document) -> str:
    """The opaque text that asks for the page after this document."""
    return encoded(*_key(document))


def statements_wanted(speaker_keys: Sequence[str] | None, cursor: str | None) -> Where:
    """The condition on the statements from the cursor on. Raises ``BadInput`` for a cursor that no page gave out."""
    return together(
        Where("t.speaker_key IN (SELECT value FROM json_each(?))", (json_list(speaker_keys),))
        if speaker_keys is not None
        else None,
        _after_statement(cursor) if cursor else None,
    )


def cursor_after_statement(document: Document, position: int) -> str:
    """The opaque text that asks for the page after the document's statement at this position."""
    return encoded(str(position), *_key(document))


def encoded(*parts: str) -> str:
    """The parts as one opaque text; only the last may hold a line break."""
    return base64.urlsafe_b64encode("\n".join(parts).encode()).decode().rstrip("=")


def decoded(cursor: str, count: int) -> list[str]:
    """The parts of an opaque text. Raises ``BadInput`` for one that does not hold so many."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        parts = base64.b64decode(padded, b"-_", validate=True).decode().split("\n", count - 1)
    except ValueError as error:
        raise foreign() from error
    if len(parts) != count:
        raise foreign()
    return parts


def foreign() -> BadInput:
    """The error of a cursor that the list did not give out."""
    return BadInput("The cursor is not one that this list gave out; leave it out to start at the beginning.", "cursor")


def _key(document: Document) -> tuple[str, str, str]:
    return document.id, document.published_at.isoformat() if document.published_at else "", document.title


def _after(cursor: str) -> Where:
    document_id, published, title = decoded(cursor, 3)
    return Where(_AFTER, (published, published, title, document_id))


def _after_statement(cursor: str) -> Where:
    position, document_id, published, title = decoded(cursor, 4)
    if not re.fullmatch(r"\d{1,9}", position, re.ASCII):
        raise foreign()
    later = "d.id = ? AND t.position > CAST(? AS INTEGER)"
    return Where(f"({_AFTER} OR {later})", (published, published, title, document_id, document_id, position))
