"""The JSON and streaming endpoints: each parses, asks the answerer and presents what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, request

from qa_service.errors import NotReady
from qa_service.web import parse, problems, replies, responses, schema
from qa_service.web.requests import AskRequest, DocumentsQuery, SearchQuery, StatementsQuery

if TYPE_CHECKING:
    from qa_service.answerer import Answerer


class Api:
    """The endpoints for programs, over one answerer."""

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer

    def blueprint(self) -> Blueprint:
        """Return the endpoints with their addresses."""
        api = Blueprint("api", __name__)
        api.post("/ask")(self.ask)
        api.get("/documents")(self.documents)
        api.get("/documents/<document_id>")(self.document)
        api.get("/statements")(self.statements)
        api.get("/search")(self.search)
        api.get("/healthz")(self.health)
        api.get("/readyz")(self.readiness)
        return api

    def ask(self) -> Response:
        """Answer a question, at once or as a stream of events."""
        body = parse.json_body(request, AskRequest)
        if body.stream or replies.wants_events():
            return replies.as_events(self._answerer.stream(body.to_ask()))
        return replies.as_json(schema.answer(self._answerer.answer(body.to_ask())))

    def documents(self) -> Response:
        """List the documents, newest first."""
        query = parse.query_string(request, DocumentsQuery)
        page, cursor = self._answerer.documents(query.query, query.source, query.limit, query.cursor)
        summaries = tuple(schema.summary(each) for each in page)
        return replies.as_json(responses.DocumentList(documents=summaries, next_cursor=cursor))

    def document(self, document_id: str) -> Response:
        """Return one document with its text."""
        return replies.as_json(schema.document(self._answerer.document(document_id)))

    def statements(self) -> Response:
        """List who said what, newest document first, or what is nearest to a topic."""
        query = parse.query_string(request, StatementsQuery)
        page, cursor = self._answerer.statements(query.speaker, query.about, query.limit, query.cursor)
        return replies.as_json(schema.statements(page, cursor))

    def search(self) -> Response:
        """Return the passages that fit a question best."""
        query = parse.query_string(request, SearchQuery)
        hits = self._answerer.search(query.q, query.k)
        return replies.as_json(responses.SearchResult(hits=tuple(schema.hit(each) for each in hits)))

    def health(self) -> Response:
        """Say that the process answers."""
        return replies.as_json(responses.Health(status="ok"))

    def readiness(self) -> Response:
        """Say whether questions can be answered, and if not why."""
        reason = self._answerer.ready()
        if reason is None:
            return replies.as_json(responses.Health(status="ready"))
        return problems.respond(problems.unavailable(NotReady.code, reason))
