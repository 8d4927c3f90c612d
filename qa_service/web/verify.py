"""Reads cited spans again from the documents as they are now, and says which of them still hold.

That nothing unproven is sent in the first place is the work of ``compose.verify``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from qa_service.errors import UnknownId
from qa_service.types import Document
from qa_service.web.chat_requests import Claim, Claimed
from qa_service.web.chat_responses import CheckedCitation, CheckedSource


def check(citations: Sequence[Claimed], document: Callable[[str], Document]) -> tuple[CheckedCitation, ...]:
    """Return each citation with what has become of its spans.

    ``document`` returns the document with an id, or raises ``UnknownId``. A citation without sources does not hold.
    """

    @cache
    def text(identity: str) -> str | None:
        try:
            return document(identity).text
        except UnknownId:
            return None

    return tuple(_citation(each, place, text) for place, each in enumerate(citations, start=1))


def _citation(claimed: Claimed, place: int, text: Callable[[str], str | None]) -> CheckedCitation:
    sources = tuple(_source(claim, text(claim.document_id)) for claim in claimed.sources)
    holds = bool(sources) and all(source.verified for source in sources)
    return CheckedCitation(id=claimed.id or f"c{place}", verified=holds, sources=sources)


def _source(claim: Claim, text: str | None) -> CheckedSource:
    if text is None:
        return CheckedSource(document_id=claim.document_id, verified=False, reason="document_removed")
    start, end = claim.start_char_index, claim.end_char_index
    holds = start < end <= len(text) and text[start:end] == claim.cited_text
    return CheckedSource(document_id=claim.document_id, verified=holds, reason=None if holds else "text_changed")
