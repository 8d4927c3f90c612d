"""Which documents a page of the list holds: its conditions and its cursor; running the query is left to ``catalog``."""

from __future__ import annotations

import base64

from qa_service.errors import BadInput
from qa_service.store.filters import Where, together
from qa_service.types import Document

_PUBLISHED = "coalesce(d.published_at, '')"
ORDER = f"{_PUBLISHED} DESC, d.title, d.id"
_AFTER = f"({_PUBLISHED} < ? OR {_PUBLISHED} = ? AND (d.title, d.id) > (?, ?))"


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
    published = document.published_at.isoformat() if document.published_at else ""
    return base64.urlsafe_b64encode(f"{document.id}\n{published}\n{document.title}".encode()).decode().rstrip("=")


def _after(cursor: str) -> Where:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        document_id, published, title = base64.b64decode(padded, b"-_", validate=True).decode().split("\n", 2)
    except ValueError as error:
        message = "The cursor is not one that this list gave out; leave it out to start at the beginning."
        raise BadInput(message, "cursor") from error
    return Where(_AFTER, (published, published, title, document_id))
