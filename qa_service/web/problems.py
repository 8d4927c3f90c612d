"""Turns everything that can go wrong into one answer: a status, and the same words as JSON or as a small page.

An error meant for a person keeps its sentence; of anything else only an identifier leaves the machine, and the
traceback goes to the log under that identifier.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from flask import Flask, Request, Response, current_app, render_template, request
from flask.sansio.app import App
from werkzeug.exceptions import HTTPException, SecurityError

from qa_service.errors import BadInput, Busy, Damaged, ModelUnavailable, NotReady, QAError, UnknownId
from qa_service.web import responses

RETRY_AFTER_SECONDS = 5
_FORMS = "qa-service problems"

_STATUSES: dict[type[BaseException], int] = {
    BadInput: HTTPStatus.BAD_REQUEST,
    UnknownId: HTTPStatus.NOT_FOUND,
    NotReady: HTTPStatus.CONFLICT,
    ModelUnavailable: HTTPStatus.CONFLICT,
    Damaged: HTTPStatus.SERVICE_UNAVAILABLE,
    Busy: HTTPStatus.SERVICE_UNAVAILABLE,
}

_HTTP: dict[int, tuple[str, str]] = {
    HTTPStatus.BAD_REQUEST: ("invalid_request", "The request is malformed."),
    HTTPStatus.NOT_FOUND: ("not_found", "There is nothing at this address."),
    HTTPStatus.METHOD_NOT_ALLOWED: ("method_not_allowed", "This address does not take that method; see Allow."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: ("too_large", "The request body is too large; send less."),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: ("unsupported_media_type", "Send the body as application/json."),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What a client is told about an error; ``headers`` are added to the response."""

    status: int
    code: str
    message: str
    field: str | None = None
    headers: tuple[tuple[str, str], ...] = ()

    def body(self) -> responses.Failure:
        """Return the problem in the shape that every JSON error has."""
        return responses.Failure(error=responses.Error(code=self.code, message=self.message, field=self.field))


def install(app: Flask) -> None:
    """Make ``app`` answer every error with a problem."""
    app.register_error_handler(Exception, lambda error: respond(describe(error)))


def tell_otherwise(app: App, prefix: str, form: Callable[[Problem], Response]) -> None:
    """Have ``form`` tell every problem of ``app`` at addresses that begin with ``prefix``, known or not."""
    app.extensions.setdefault(_FORMS, {})[prefix] = form


def describe(error: BaseException) -> Problem:
    """Return what a client is told about ``error``, and log it if it is a bug."""
    if isinstance(error, HTTPException):
        return _of_http(error)
    status = next((_STATUSES[kind] for kind in type(error).__mro__ if kind in _STATUSES), None)
    if isinstance(error, QAError) and status:
        return Problem(status, error.code, error.message, error.field, _retry(status))
    return _of_bug(error)


def unavailable(code: str, reason: str) -> Problem:
    """Return the problem of a service that cannot do its work at present, with the time to ask again."""
    return Problem(HTTPStatus.SERVICE_UNAVAILABLE, code, reason, None, _retry(HTTPStatus.SERVICE_UNAVAILABLE))


def respond(problem: Problem) -> Response:
    """Return the problem as its address has it: else as a page to a browser that navigates, and as JSON to others."""
    for prefix, form in current_app.extensions.get(_FORMS, {}).items():
        if request.path.startswith(prefix):
            told: Response = form(problem)
            return told
    if _wants_page(request):
        return Response(_page(problem), problem.status, problem.headers, mimetype="text/html")
    return Response(problem.body().model_dump_json(), problem.status, problem.headers, mimetype="application/json")


def _of_http(error: HTTPException) -> Problem:
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    code, message = _HTTP.get(status, ("http_error", f"{HTTPStatus(status).phrase}."))
    if isinstance(error, SecurityError):
        message = "This server does not answer to that host name."
    kept = tuple((name, value) for name, value in error.get_headers() if name in {"Allow", "Retry-After"})
    return Problem(status, code, message, None, kept or _retry(status))


def _of_bug(error: BaseException) -> Problem:
    identifier = uuid.uuid4().hex
    current_app.logger.error("request %s failed in %s", identifier, request.endpoint, exc_info=error)
    message = f"Something went wrong in the service; its log says more under {identifier}."
    headers = (("X-Request-Id", identifier),)
    return Problem(HTTPStatus.INTERNAL_SERVER_ERROR, "internal_error", message, None, headers)


def _retry(status: int) -> tuple[tuple[str, str], ...]:
    return (("Retry-After", str(RETRY_AFTER_SECONDS)),) if status == HTTPStatus.SERVICE_UNAVAILABLE else ()


def _wants_page(request: Request) -> bool:
    accepted = request.accept_mimetypes
    return accepted["text/html"] > accepted["application/json"]


def _page(problem: Problem) -> str:
    # A sentence about an unknown id may repeat the id, and a page repeats nothing that came in with its address.
    message = problem.message if problem.status != HTTPStatus.NOT_FOUND else _HTTP[HTTPStatus.NOT_FOUND][1]
    return render_template("error.html", title=HTTPStatus(problem.status).phrase, message=message)
