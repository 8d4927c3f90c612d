"""How a result leaves the service: as JSON, or as a stream of events; what is in it is decided elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from flask import Response, request, stream_with_context
from pydantic import BaseModel

from qa_service.types import Event
from qa_service.web import problems, sse


def as_json(body: BaseModel, status: int = 200) -> Response:
    """Return the response that carries ``body``."""
    return written(body.model_dump_json(), status)


def written(text: str, status: int = 200) -> Response:
    """Return the response that carries JSON which is text already."""
    return Response(text, status, mimetype="application/json")


def as_events(events: Iterator[Event]) -> Response:
    """Return the response that sends the events as they come.

    An error before the first of them is raised: nothing is sent yet, so it is an ordinary error with its own status.
    """
    stream = sse.outcomes(events)
    first = next(stream)
    if isinstance(first, BaseException):
        raise first
    text = stream_with_context(sse.written(chain((first,), stream), _failure))
    headers = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
    return Response(text, headers=headers, mimetype="text/event-stream")


def wants_events() -> bool:
    """Whether the client of this request accepts a stream of events."""
    return any(kind == "text/event-stream" and quality > 0 for kind, quality in request.accept_mimetypes)


def _failure(error: BaseException) -> BaseModel:
    return problems.describe(error).body()
