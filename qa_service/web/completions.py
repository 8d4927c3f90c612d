"""The endpoints for clients made for OpenAI's chat completions, over the answerer of ``POST /ask``.

What they may send is in ``completion_requests``, how an answer looks in ``completion_writer``; this module parses, asks
and puts errors into OpenAI's form.
"""

from __future__ import annotations

import time
from http import HTTPStatus
from itertools import chain
from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response, request, stream_with_context

from qa_service.errors import UnknownId
from qa_service.web import completion_responses as shapes
from qa_service.web import parse, problems, replies, sse
from qa_service.web.completion_requests import CompletionRequest
from qa_service.web.completion_writer import Writer

if TYPE_CHECKING:
    from qa_service.answerer import Answerer

NAME: Final = "qa-service"
_PREFIX: Final = "/v1/"


class Completions:
    """The endpoints, over one answerer."""

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer
        self._started = int(time.time())

    def blueprint(self) -> Blueprint:
        """Return the endpoints with their addresses."""
        completions = Blueprint("completions", __name__, url_prefix=_PREFIX.rstrip("/"))
        completions.record(lambda setup: problems.tell_otherwise(setup.app, _PREFIX, _refused))
        completions.post("/chat/completions")(self.complete)
        completions.get("/models")(self.models)
        completions.get("/models/<model>")(self.model)
        return completions

    def complete(self) -> Response:
        """Answer the last message of a conversation, at once or as chunks."""
        body = parse.json_body(request, CompletionRequest)
        ask = body.to_ask()
        writer = Writer(body)
        if not body.stream:
            return replies.as_json(writer.whole(self._answerer.answer(ask)))
        stream = sse.outcomes(self._answerer.stream(ask))
        first = next(stream)
        if isinstance(first, BaseException):  # nothing is sent yet: an ordinary error with its own status
            raise first
        text = stream_with_context(writer.chunks(chain((first,), stream), _failure))
        headers = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
        return Response(text, headers=headers, mimetype="text/event-stream")

    def models(self) -> Response:
        """List the one name that clients may show."""
        return replies.as_json(shapes.ModelList(data=(self._served(),)))

    def model(self, model: str) -> Response:
        """Describe the model of that name; raises UnknownId for another than the one that is listed."""
        if model != NAME:
            raise UnknownId(f"There is no model of that name; {NAME} is the one that is listed.", "model")
        return replies.as_json(self._served())

    def _served(self) -> shapes.ServedModel:
        return shapes.ServedModel(id=NAME, created=self._started, owned_by=NAME)


def _failure(error: BaseException) -> shapes.CompletionFailure:
    return _told(problems.describe(error))


def _told(problem: problems.Problem) -> shapes.CompletionFailure:
    ours = problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR
    return shapes.CompletionFailure(
        error=shapes.CompletionError(
            message=problem.message,
            type="server_error" if ours else "invalid_request_error",
            param=problem.field,
            code=problem.code,
        )
    )


def _refused(problem: problems.Problem) -> Response:
    response = Response(_told(problem).model_dump_json(), problem.status, problem.headers, mimetype="application/json")
    if problem.status == HTTPStatus.CONFLICT:  # OpenAI's clients take it for a lock that is soon released
        response.headers["X-Should-Retry"] = "false"
    return response
