"""The pages for people: the chat, a document with its cited span, and the reference of the endpoints."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask import Blueprint, Response, render_template, request

from qa_service.errors import BadInput
from qa_service.types import Document
from qa_service.web import openapi, parse, reference, replies
from qa_service.web.paragraphs import marked_paragraphs
from qa_service.web.requests import SpanQuery

if TYPE_CHECKING:
    from qa_service.answerer import Answerer
    from qa_service.settings import Settings


class Pages:
    """The pages, over one answerer."""

    def __init__(self, settings: Settings, answerer: Answerer) -> None:
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        self._service = f"http://{host}:{settings.port}"
        self._answerer = answerer

    def blueprint(self) -> Blueprint:
        """Return the pages with their addresses."""
        pages = Blueprint("pages", __name__)
        pages.get("/")(self.chat)
        pages.get("/documents/<document_id>/view")(self.view)
        pages.get("/openapi.json")(self.openapi)
        pages.get("/docs")(self.docs)
        return pages

    def chat(self) -> str:
        """Show the page to ask questions on, or why none can be answered yet."""
        reason = self._answerer.ready()
        if reason is not None:
            return render_template("chat.html", reason=reason, counts=None, days=(None, None), examples=(), model=None)
        answerer = self._answerer
        return render_template(
            "chat.html",
            reason=None,
            counts=answerer.counts(),
            days=answerer.days(),
            examples=answerer.examples(),
            model=answerer.model_name(),
        )

    def view(self, document_id: str) -> str:
        """Show a stored document, scrolled to the span that the address names."""
        span = parse.query_string(request, SpanQuery)
        document = self._answerer.document(document_id)
        start, end = _checked_span(span, document)
        paragraphs = marked_paragraphs(document.text, start, end)
        return render_template(
            "view.html", document=document, link=web_address(document.url), paragraphs=paragraphs, marked=end > start
        )

    def openapi(self) -> Response:
        """Return the OpenAPI document."""
        return replies.written(openapi.as_json())

    def docs(self) -> str:
        """Show the OpenAPI document as a page."""
        described = openapi.document()
        return render_template(
            "docs.html",
            info=described["info"],
            endpoints=reference.endpoints(described, self._service),
            shapes=reference.shapes(described),
        )


def web_address(url: str | None) -> str | None:
    """Return ``url`` if a browser may be sent there, which is to say over HTTP and nothing else."""
    return url if url and re.match(r"https?://", url, re.IGNORECASE) else None


def _checked_span(span: SpanQuery, document: Document) -> tuple[int, int]:
    if span.start is None and span.end is None:
        return 0, 0
    if span.start is None or span.end is None:
        given, missing = ("end", "start") if span.start is None else ("start", "end")
        raise BadInput(f"{missing} is missing; a span needs both it and {given}.", missing)
    if span.end > len(document.text):
        raise BadInput("end is beyond the end of the document.", "end")
    if span.start >= span.end:
        raise BadInput("start must be less than end.", "start")
    return span.start, span.end
