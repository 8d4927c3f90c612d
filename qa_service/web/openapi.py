"""Generates the OpenAPI 3.1 document from the table of operations and from the models that validate requests.

The table is the list of what the service offers; that every address of the application stands in it is tested.
"""

from __future__ import annotations

import json
import re
from functools import cache
from http import HTTPStatus
from typing import Any

from openapi_pydantic import OpenAPI
from openapi_pydantic.util import PydanticSchema, construct_open_api_with_schema_class
from pydantic import BaseModel

from qa_service import __version__
from qa_service.web import (
    chat_operations,
    completion_operations,
    completion_responses,
    overview,
    requests,
    responses,
    statements,
    upload_operations,
)
from qa_service.web.operation import Operation

_ABOUT = (
    "Asks a collection of documents questions and returns answers whose every sentence is cited. All offsets count "
    "Unicode code points from 0 and exclude their end; languages that count otherwise, such as JavaScript, convert."
)
_EXAMPLE = {"question": "What did the two ministers agree on?", "max_sentences": 3}
_EVENTS = (
    responses.StartEvent,
    responses.DocumentsEvent,
    responses.DeltaEvent,
    responses.CitationEvent,
    responses.Failure,
    completion_responses.CompletionChunk,
)
_EVENTS_TEXT = (
    "Server-sent events in this order: `start` (StartEvent), `documents` (DocumentsEvent), then for each sentence "
    "`delta` (DeltaEvent) and its `citation`s (CitationEvent), and last `done` (Answer). `error` (Failure) ends the "
    "stream early; a comment line is sent every 5 seconds while there is nothing else to send."
)


OPERATIONS = (
    Operation(
        "post",
        "/ask",
        "ask",
        "Answer a question, at once or as a stream of events.",
        responses.Answer,
        body=requests.AskRequest,
        example=_EXAMPLE,
        streams=True,
        failures=(400, 403, 409, 413, 415, 503),
    ),
    Operation(
        "get",
        "/documents",
        "documents",
        "List the documents, newest first.",
        responses.DocumentList,
        query=requests.DocumentsQuery,
        failures=(400, 409, 503),
    ),
    Operation(
        "get",
        "/documents/{document_id}",
        "document",
        "Return one document with its text.",
        responses.Document,
        failures=(404, 409, 503),
    ),
    Operation(
        "get",
        "/documents/{document_id}/view",
        "view",
        "Show a document as a page with a span highlighted: the permanent link of a citation.",
        media="text/html",
        query=requests.SpanQuery,
        failures=(400, 404, 409, 503),
    ),
    Operation(
        "get",
        "/statements",
        "statements",
        "List who said what: newest document first, or nearest to a topic first.",
        statements.StatementList,
        query=requests.StatementsQuery,
        failures=(400, 409, 503),
    ),
    Operation(
        "get",
        "/search",
        "search",
        "Return the passages that fit a question best.",
        responses.SearchResult,
        query=requests.SearchQuery,
        failures=(400, 409, 503),
    ),
    Operation(
        "get",
        "/overview",
        "overview",
        "Say what the documents hold: how many, of whom, when, and what can be asked.",
        overview.Holdings,
        failures=(409, 503),
    ),
    Operation(
        "get",
        "/library",
        "library",
        "Show what the documents hold as a page, with their list.",
        media="text/html",
        query=overview.LibraryQuery,
        failures=(400, 409, 503),
    ),
    Operation("get", "/healthz", "healthz", "Say that the process answers.", responses.Health),
    Operation("get", "/readyz", "readyz", "Say whether questions can be answered.", responses.Health, failures=(503,)),
    Operation("get", "/", "chat", "Show the page to ask questions on.", media="text/html"),
    Operation("get", "/openapi.json", "openapi", "Return this document."),
    Operation("get", "/docs", "docs", "Show this document as a page.", media="text/html"),
    *upload_operations.OPERATIONS,
    *chat_operations.OPERATIONS,
    *completion_operations.OPERATIONS,
)


@cache
def document() -> dict[str, Any]:
    """Return the OpenAPI document as JSON-ready values."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method] = _described(operation)
    info = {"title": "qa-service", "version": __version__, "description": _ABOUT}
    skeleton = OpenAPI.model_validate({"openapi": "3.1.1", "info": info, "paths": paths})
    whole = construct_open_api_with_schema_class(skeleton, list(_EVENTS))
    return whole.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_unset=True)


@cache
def as_json() -> str:
    """Return the OpenAPI document as it is served."""
    return json.dumps(document(), ensure_ascii=False)


def _described(operation: Operation) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.summary,
        "parameters": [*_path_parameters(operation.path), *_query_parameters(operation.query)],
        "responses": {str(operation.status): _success(operation)}
        | {str(status): _failure(status, operation.failure) for status in operation.failures},
    }
    if operation.body:
        described["requestBody"] = {"required": True, "content": _content(operation, operation.body)}
    return described


def _content(operation: Operation, body: type[BaseModel]) -> dict[str, Any]:
    content: dict[str, Any] = {"application/json": {"schema": _reference(body)}}
    if operation.example is not None:
        content["application/json"]["example"] = operation.example
    if operation.form:
        content["multipart/form-data"] = {"schema": operation.form}
    return content


def _path_parameters(path: str) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}, "description": "The identifier."}
        for name in re.findall(r"{(\w+)}", path)
    ]


def _query_parameters(query: type[BaseModel] | None) -> list[dict[str, Any]]:
    if query is None:
        return []
    schema = query.model_json_schema()
    required = schema.get("required", ())
    return [_query_parameter(name, value, name in required) for name, value in schema["properties"].items()]


def _query_parameter(name: str, schema: dict[str, Any], required: bool) -> dict[str, Any]:
    # A parameter that may be left out is never null: of "this type or null" only the type is told.
    told = next((each for each in schema.get("anyOf", ()) if each.get("type") != "null"), schema)
    shape = {key: value for key, value in told.items() if key not in {"title", "description"}}
    about = schema.get("description", "")
    return {"name": name, "in": "query", "required": required, "schema": shape, "description": about}


def _success(operation: Operation) -> dict[str, Any]:
    schema: Any = {"type": "string" if operation.media == "text/html" else "object"}
    if operation.answer:
        schema = _reference(operation.answer)
    content = {operation.media: {"schema": schema}}
    if operation.file:
        content[operation.file] = {"schema": {"type": "string"}}
    if events := _EVENTS_TEXT if operation.streams else operation.chunks:
        content["text/event-stream"] = {"schema": {"type": "string", "description": events}}
    return {"description": HTTPStatus(operation.status).phrase, "content": content}


def _failure(status: int, failure: type[BaseModel]) -> dict[str, Any]:
    content = {"application/json": {"schema": _reference(failure)}}
    return {"description": HTTPStatus(status).phrase, "content": content}


def _reference(model: type[BaseModel]) -> PydanticSchema[BaseModel]:
    return PydanticSchema(schema_class=model, enum=None)
