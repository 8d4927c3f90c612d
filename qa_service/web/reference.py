"""Reads from the OpenAPI document what the reference page shows: endpoints with an example, and the shapes they use."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

Schema = dict[str, Any]

_LIMITS = {
    "minimum": "from {:g}",
    "maximum": "up to {:g}",
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "maxItems": "at most {} entries",
}


@dataclass(frozen=True, slots=True)
class Field:
    """A named value: of a shape, of a query string or of a path. ``shape`` names the shape it holds, if any."""

    name: str
    kind: str
    shape: str | None
    required: bool
    about: str


@dataclass(frozen=True, slots=True)
class Shape:
    """An object that is sent or received."""

    name: str
    about: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A status that an endpoint may answer with, in one media type."""

    status: str
    media: str
    about: str
    shape: str | None


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One method at one path, and a command that tries it."""

    method: str
    path: str
    about: str
    body: str | None
    parameters: tuple[Field, ...]
    outcomes: tuple[Outcome, ...]
    example: str


def endpoints(document: Schema, service: str) -> list[Endpoint]:
    """Return every endpoint of the OpenAPI ``document``; ``service`` is the address that the examples call."""
    return [
        _endpoint(method, path, operation, service)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if method in {"get", "post", "patch", "delete"}
    ]


def shapes(document: Schema) -> list[Shape]:
    """Return every object of the OpenAPI ``document``, by name."""
    return [
        Shape(name, schema.get("description", ""), _fields(schema))
        for name, schema in sorted(document["components"]["schemas"].items())
    ]


def _endpoint(method: str, path: str, operation: Schema, service: str) -> Endpoint:
    return Endpoint(
        method.upper(),
        path,
        operation["summary"],
        _shape(_body(operation).get("schema", {})),
        tuple(_parameter(each) for each in operation.get("parameters", ())),
        tuple(_outcomes(operation["responses"])),
        _command(method, path, operation, service),
    )


def _body(operation: Schema) -> Schema:
    content: Schema = operation.get("requestBody", {}).get("content", {})
    body: Schema = content.get("application/json", {})
    return body


def _parameter(parameter: Schema) -> Field:
    schema = parameter["schema"]
    about = parameter.get("description", "")
    return Field(parameter["name"], _kind(schema), None, parameter["required"], about)


def _outcomes(answers: Schema) -> list[Outcome]:
    return [
        Outcome(status, media, content["schema"].get("description", answer["description"]), _shape(content["schema"]))
        for status, answer in sorted(answers.items())
        for media, content in answer["content"].items()
    ]


def _command(method: str, path: str, operation: Schema, service: str) -> str:
    required = [each for each in operation.get("parameters", ()) if each["required"] and each["in"] == "query"]
    query = "&".join(f"{each['name']}={quote('arms control')}" for each in required)
    verb = f"-X {method.upper()} " if method in {"patch", "delete"} else ""
    address = service + re.sub(r"{\w+}", "ID", path) + ("?" + query if query else "")
    command = f"curl -s {verb}{shlex.quote(address)}"
    example = _body(operation).get("example")
    if example is None:
        return command
    return f"{command} \\\n  -H 'Content-Type: application/json' \\\n  -d {shlex.quote(json.dumps(example))}"


def _fields(schema: Schema) -> tuple[Field, ...]:
    required = schema.get("required", ())
    return tuple(
        Field(name, _kind(value), _shape(value), name in required, value.get("description", ""))
        for name, value in schema.get("properties", {}).items()
    )


def _kind(schema: Schema) -> str:
    """Return the type in words, as in ``list of Turn, at most 50 entries``."""
    if "anyOf" in schema:
        return " or ".join(_kind(each) for each in schema["anyOf"])
    if "$ref" in schema:
        return _name(schema["$ref"])
    if "enum" in schema or "const" in schema:
        return " or ".join(json.dumps(each) for each in schema.get("enum", [schema.get("const")]))
    word = f"list of {_kind(schema['items'])}" if "items" in schema else str(schema.get("type", "object"))
    return ", ".join([schema.get("format", word), *_limits(schema)])


def _limits(schema: Schema) -> list[str]:
    return [words.format(schema[key]) for key, words in _LIMITS.items() if key in schema]


def _shape(schema: Schema) -> str | None:
    if "$ref" in schema:
        return _name(schema["$ref"])
    inner = [*schema.get("anyOf", ()), *filter(None, (schema.get("items"),))]
    return next(filter(None, map(_shape, inner)), None)


def _name(reference: str) -> str:
    return reference.rsplit("/", 1)[-1]
