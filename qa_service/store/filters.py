"""A ``Filter`` as a WHERE clause and as words; who is speaking is left to the retriever."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from qa_service.store.rows import json_list
from qa_service.types import Document, Filter


class Where(NamedTuple):
    """A condition on ``documents d`` and its parameters; ``1`` (true) where nothing is asked."""

    sql: str
    parameters: tuple[str, ...]


def together(*conditions: Where | None) -> Where:
    """All the conditions that there are, as one."""
    asked = [condition for condition in conditions if condition]
    return Where(" AND ".join(c.sql for c in asked) or "1", tuple(p for c in asked for p in c.parameters))


def restricts(filters: Filter) -> bool:
    """Whether the filter asks anything of a document itself; ``speaker`` does not."""
    return bool(filters.sources or filters.document_ids or filters.published_after or filters.published_before)


def where(filters: Filter) -> Where:
    """The condition that a document meets exactly if ``reason`` has nothing against it."""
    return together(
        _listed("d.source_folded", [source.casefold() for source in filters.sources]),
        _listed("d.id", filters.document_ids),
        _dated("d.published_at >= ?", filters.published_after),
        _dated("d.published_at <= ?", filters.published_before),
    )


def _listed(column: str, values: list[str] | tuple[str, ...]) -> Where | None:
    return Where(f"{column} IN (SELECT value FROM json_each(?))", (json_list(values),)) if values else None


def _dated(sql: str, day: date | None) -> Where | None:
    return Where(sql, (day.isoformat(),)) if day else None


def reason(filters: Filter, document: Document) -> str | None:
    """Why the filter leaves this document out, in a few words for a person; None if it does not."""
    if filters.document_ids and document.id not in filters.document_ids:
        return "not among the chosen documents"
    if filters.sources and not _is_from(document, filters.sources):
        return f"not from {' or '.join(filters.sources)}"
    return _date_reason(filters, document)


def _is_from(document: Document, sources: tuple[str, ...]) -> bool:
    return document.source is not None and document.source.casefold() in {source.casefold() for source in sources}


def _date_reason(filters: Filter, document: Document) -> str | None:
    after, before, published = filters.published_after, filters.published_before, document.published_at
    if published is None:
        return "without a publication date" if after or before else None
    if after and published < after:
        return f"published before {after.isoformat()}"
    if before and published > before:
        return f"published after {before.isoformat()}"
    return None
