"""Writes what a tool found as text that a model or a person reads; the same facts go out as structured values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from qa_service.mcp.shapes import Answered
from qa_service.outcome import authorship
from qa_service.web.responses import Document, Hit, Source

_RELATED = 3  # documents named where nothing was found


def of_answer(answered: Answered) -> str:
    """Return the answer, its numbered sources, where they disagree, what is missing and what can be asked next."""
    sources = {(citation.number, source) for citation in answered.citations for source in citation.sources}
    ordered = sorted(sources, key=lambda each: (each[0], each[1].document_id, each[1].start_char_index))
    related = [f"{each.title} (document_id {each.id})" for each in answered.documents if not each.cited]
    parts = [
        answered.answer,
        authorship(answered.model.name, answered.model.note, answered.model.withheld),
        _list("Sources:", (f"[{number}] {_source(source)}" for number, source in ordered)),
        _list("The sources disagree:", _conflicts(answered)),
        _list("Not in the documents:", (each.reason for each in answered.not_found) if ordered else ()),
        _list("Related, but no answer:", () if ordered else related[:_RELATED]),
        _list("The documents can also answer:", answered.follow_up_questions),
    ]
    return "\n\n".join(filter(None, parts))


def of_hits(hits: Sequence[Hit]) -> str:
    """Return the passages, best first, each with where it stands."""
    if not hits:
        return "No passage fits."
    return "\n\n".join(f"{place}. {_hit(hit)}" for place, hit in enumerate(hits, 1))


def of_document(document: Document, start: int, end: int) -> str:
    """Return a span of the document: title, what is known of it, which characters follow, and these as stored."""
    facts = _facts(document.source, document.author, document.published_at, document.url)
    span = f"Characters {start} to {end} of {document.characters}"
    more = f"; read on with start {end}" if end < document.characters else ""
    return "\n".join(filter(None, (document.title, facts, f"{span}{more}."))) + f"\n\n{document.text[start:end]}"


def _conflicts(answered: Answered) -> Iterator[str]:
    numbers = {citation.id: f"[{citation.number}]" for citation in answered.citations}
    for conflict in answered.conflicts:
        yield f"{' and '.join(numbers[each] for each in conflict.citation_ids)} on: {conflict.topic}"


def _list(heading: str, lines: Iterable[str]) -> str:
    listed = list(lines)
    return "\n".join([heading, *listed]) if listed else ""


def _source(source: Source) -> str:
    said = f"{source.speaker}, in " if source.speaker else ""
    of = _facts(source.document_title, source.source, source.published_at)
    span = f"characters {source.start_char_index} to {source.end_char_index}"
    return f"“{source.cited_text}” — {said}{of} (document_id {source.document_id}, {span})"


def _hit(hit: Hit) -> str:
    span = f"characters {hit.start_char_index} to {hit.end_char_index}"
    return f"{hit.document_title} (document_id {hit.document_id}, {span})\n{hit.text}"


def _facts(*facts: str | date | None) -> str:
    return ", ".join(str(fact) for fact in facts if fact)
