"""Puts domain values into the schema of the wire, which is to say into the response models.

Nothing is decided here that the answerer did not decide; how the models are described is in ``responses``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from pydantic import BaseModel

from qa_service import types
from qa_service.sayings import Said
from qa_service.web import requests, responses
from qa_service.web import statements as listed

Part = TypeVar("Part", bound=BaseModel)


def answer_body(value: types.Answer) -> dict[str, Any]:
    """Return the body of ``POST /ask`` for an answer, as JSON-ready values."""
    return answer(value).model_dump(mode="json")


def answer(value: types.Answer) -> responses.Answer:
    """Return the answer as it is sent."""
    return responses.Answer(
        id=value.id,
        object="answer",
        created=value.created,
        question=value.question,
        standalone_question=value.standalone_question,
        status=value.status,
        answer=value.text,
        answer_plain=value.plain,
        citations=tuple(citation(each) for each in value.citations),
        conflicts=tuple(conflict(each) for each in value.conflicts),
        not_found=tuple(responses.Missing(part=each.part, reason=each.reason) for each in value.missing),
        documents=tuple(consulted(each) for each in value.documents),
        follow_up_questions=value.follow_ups,
        context=responses.Context(search_queries=(value.standalone_question,), filters=filters(value.filters)),
        model=responses.Model(mode=value.mode, name=value.model, note=value.note, withheld=value.withheld),
        index_version=value.index_version,
        timings_ms={stage: round(milliseconds, 1) for stage, milliseconds in value.timings_ms.items()},
    )


def part(value: types.Answer, kind: type[Part]) -> Part:
    """Return those fields of an answer that a smaller model has, with the same names, as they are sent."""
    sent = answer(value)
    return kind(**{name: getattr(sent, name) for name in kind.model_fields})


def citation(value: types.Citation) -> responses.Citation:
    """Return the citation as it is sent."""
    return responses.Citation(
        id=value.id,
        number=value.number,
        start=value.start,
        end=value.end,
        text=value.text,
        support=value.support,
        sources=tuple(source(each) for each in value.sources),
    )


def conflict(value: types.Conflict) -> responses.Conflict:
    """Return the citations that say otherwise as they are sent."""
    return responses.Conflict(citation_ids=value.citation_ids, topic=value.topic)


def source(value: types.Source) -> responses.Source:
    """Return the cited span as it is sent."""
    return responses.Source(
        type="char_location",
        document_id=value.document.id,
        document_title=value.document.title,
        document_name=value.document.name,
        source=value.document.source,
        url=value.document.url,
        published_at=value.document.published_at,
        passage_id=value.passage_id,
        cited_text=value.cited_text,
        start_char_index=value.start,
        end_char_index=value.end,
        speaker=value.speaker,
        verified=value.verified,
    )


def consulted(value: types.Consulted) -> responses.Consulted:
    """Return the document that was found as it is sent."""
    return responses.Consulted(
        id=value.document.id,
        name=value.document.name,
        title=value.document.title,
        source=value.document.source,
        published_at=value.document.published_at,
        score=round(value.score, 4),
        cited=value.cited,
        filter_reason=value.filter_reason,
    )


def filters(value: types.Filter) -> requests.Filters:
    """Return the filter that applied as it is sent."""
    return requests.Filters(
        sources=value.sources,
        document_ids=value.document_ids,
        published_after=value.published_after,
        published_before=value.published_before,
        speaker=value.speaker,
    )


def summary(value: types.Document) -> responses.DocumentSummary:
    """Return the document without its text; where it was read from stays on this machine."""
    return responses.DocumentSummary(
        id=value.id,
        name=value.name,
        title=value.title,
        source=value.source,
        url=value.url,
        author=value.author,
        published_at=value.published_at,
        characters=len(value.text),
    )


def document(value: types.Document) -> responses.Document:
    """Return the document with its text."""
    return responses.Document(**summary(value).model_dump(), text=value.text)


def statement(value: Said) -> listed.Statement:
    """Return the statement as it is sent."""
    document, said = value.document, value.statement
    content = zip(said.content, value.content, strict=True)
    return listed.Statement(
        document_id=document.id,
        document_title=document.title,
        source=document.source,
        published_at=document.published_at,
        speaker=said.speaker,
        addressee=said.addressee or None,
        said_on=said.said_on,
        cue=said.cue,
        quoted=said.quoted,
        text=value.text,
        start_char_index=said.start,
        end_char_index=said.end,
        content=tuple(listed.Span(start_char_index=a, end_char_index=b, text=text) for (a, b), text in content),
        occasion=value.occasion,
    )


def statements_body(page: Sequence[Said], cursor: str | None) -> dict[str, Any]:
    """Return the body of ``GET /statements`` for a page, as JSON-ready values."""
    return statements(page, cursor).model_dump(mode="json")


def statements(page: Sequence[Said], cursor: str | None) -> listed.StatementList:
    """Return a page of statements as it is sent."""
    return listed.StatementList(statements=tuple(map(statement, page)), next_cursor=cursor)


def hit(value: types.Hit) -> responses.Hit:
    """Return the passage that was found as it is sent."""
    return responses.Hit(
        passage_id=value.passage.id,
        document_id=value.document.id,
        document_title=value.document.title,
        document_name=value.document.name,
        text=value.passage.text,
        start_char_index=value.passage.start,
        end_char_index=value.passage.end,
        score=round(value.score, 4),
    )
