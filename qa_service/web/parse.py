"""Reads a request's body or query string into its model, and says in one sentence what does not fit.

What is valid is decided by ``requests``; the status and shape of the answer to a client are left to ``problems``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Request
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from werkzeug.exceptions import UnsupportedMediaType

from qa_service.errors import BadInput
from qa_service.web.requests import Query

ModelT = TypeVar("ModelT", bound=BaseModel)
QueryT = TypeVar("QueryT", bound=Query)

_LONGEST_FIELD = 200  # an unknown field is named back to the client, and its name may be as long as the body

# pydantic's kinds of error in plain words; the words complete a sentence that begins with the field.
_WORDS: dict[str, Callable[[dict[str, Any]], str]] = {
    "missing": lambda _: "is missing",
    "extra_forbidden": lambda _: "is not a known field",
    "string_type": lambda _: "must be a string",
    "int_type": lambda _: "must be a whole number",
    "int_parsing": lambda _: "must be a whole number",
    "int_from_float": lambda _: "must be a whole number",
    "int_parsing_size": lambda _: "is too large a number",
    "bool_type": lambda _: "must be true or false",
    "tuple_type": lambda _: "must be a list",
    "model_type": lambda _: "must be an object",
    "date_type": lambda _: "must be a date such as 2024-05-31",
    "date_parsing": lambda _: "must be a date that exists, such as 2024-05-31",
    "date_from_datetime_parsing": lambda _: "must be a date that exists, such as 2024-05-31",
    "literal_error": lambda context: f"must be {context['expected']}",
    "string_too_short": lambda _: "must not be empty",
    "string_too_long": lambda context: f"must be at most {context['max_length']:,} characters long",
    "too_long": lambda context: f"must have at most {context['max_length']:,} entries",
    "greater_than_equal": lambda context: f"must be {context['ge']} or more",
    "less_than_equal": lambda context: f"must be {context['le']} or less",
    "value_error": lambda context: str(context["error"]),
}


def json_body(request: Request, model: type[ModelT]) -> ModelT:
    """Return the request's JSON body as ``model``.

    Raises ``BadInput`` naming the field that does not fit, ``UnsupportedMediaType`` for anything but JSON, and
    ``RequestEntityTooLarge`` for a body beyond the application's limit.
    """
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    body = request.get_data(cache=False)
    request.stream.read(1)  # a body of unstated length is cut at the limit, and refused only if read beyond it
    if not body.strip():
        raise BadInput("The body is empty; send a JSON object.")
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        raise explained(error) from None


def query_string(request: Request, model: type[QueryT]) -> QueryT:
    """Return the request's query parameters as ``model``; raises ``BadInput`` naming the one that does not fit."""
    try:
        return model.model_validate_strings(request.args.to_dict())
    except ValidationError as error:
        raise explained(error) from None


def explained(error: ValidationError) -> BadInput:
    """Return pydantic's first error as one sentence with the field it is about.

    An unknown field comes before a missing one, since the first is often the second misspelt.
    """
    details = error.errors(include_url=False, include_input=False)
    first = next((detail for detail in details if detail["type"] == "extra_forbidden"), details[0])
    if first["type"] == "json_invalid":
        return BadInput("The body is not valid JSON.")
    field = field_path(first["loc"])
    return BadInput(f"{field or 'The body'} {_in_words(first)}.", field or None)


def field_path(location: tuple[int | str, ...]) -> str:
    """Return where a value stands in a body, as in ``("history", 2, "role")`` → ``history[2].role``."""
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in location)
    return path.removeprefix(".")[:_LONGEST_FIELD]


def _in_words(detail: ErrorDetails) -> str:
    words = _WORDS.get(detail["type"])
    return words(detail.get("ctx", {})) if words else "is not valid"
