"""The OpenAPI document: valid, complete, described, and true of what the service sends."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import OpenAPIV31SpecValidator, validate
from pydantic import BaseModel

from qa_service.web import openapi, requests, responses, statements

QUESTION = "What did Lavrov say after meeting Pompeo?"


@pytest.fixture
def document(client: FlaskClient) -> dict[str, Any]:
    return client.get("/openapi.json").json


def schema_of(document: dict[str, Any], path: str, method: str, status: str) -> dict[str, Any]:
    content = document["paths"][path][method]["responses"][status]["content"]
    return content["application/json"]["schema"] | {"components": document["components"]}


def test_the_document_is_valid_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    validate(document, cls=OpenAPIV31SpecValidator)


def test_every_address_of_the_application_is_in_the_document_and_no_other(app: Flask, document: dict[str, Any]) -> None:
    served = {
        (re.sub(r"<(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if rule.endpoint != "static"
    }
    assert {(path, method) for path, methods in document["paths"].items() for method in methods} == served


@pytest.mark.parametrize("module", [requests, responses, statements])
def test_every_field_of_every_model_is_described(module: Any) -> None:
    models = [each for each in vars(module).values() if isinstance(each, type) and issubclass(each, BaseModel)]
    for model in models:
        assert model.__doc__
        assert all(field.description for field in model.model_fields.values()), model


def test_limits_of_a_request_are_told(document: dict[str, Any]) -> None:
    fields = document["components"]["schemas"]["AskRequest"]["properties"]
    assert (fields["question"]["minLength"], fields["question"]["maxLength"]) == (1, 2000)
    assert (fields["max_sentences"]["minimum"], fields["max_sentences"]["maximum"]) == (1, 20)
    assert fields["history"]["maxItems"] == 50
    assert document["components"]["schemas"]["AskRequest"]["additionalProperties"] is False


def test_parameters_that_may_be_left_out_are_not_required(document: dict[str, Any]) -> None:
    search = {each["name"]: each["required"] for each in document["paths"]["/search"]["get"]["parameters"]}
    assert search == {"q": True, "k": False}


def test_the_example_of_a_request_is_one(document: dict[str, Any]) -> None:
    example = document["paths"]["/ask"]["post"]["requestBody"]["content"]["application/json"]["example"]
    assert requests.AskRequest.model_validate_json(json.dumps(example)).question


def test_the_events_of_a_stream_are_told(document: dict[str, Any]) -> None:
    told = document["paths"]["/ask"]["post"]["responses"]["200"]["content"]["text/event-stream"]["schema"]
    for event in ("StartEvent", "DocumentsEvent", "DeltaEvent", "CitationEvent", "Answer", "Failure"):
        assert event in told["description"]
        assert event in document["components"]["schemas"]


ASKED = [
    ("/ask", "post", "/ask", {"question": QUESTION}, 200),
    ("/ask", "post", "/ask", {"question": "Who won the 2018 World Cup?", "max_sentences": 1}, 200),
    ("/ask", "post", "/ask", {"question": QUESTION, "filters": {"published_before": "2018-01-01"}}, 200),
    ("/ask", "post", "/ask", {"question": ""}, 400),
    ("/ask", "post", "/ask", {"question": QUESTION, "mode": "llm"}, 409),
    ("/ask", "post", "/ask", {"question": "x" * 70_000}, 413),
    ("/ask", "post", "/ask", None, 415),
    ("/documents", "get", "/documents?limit=2", None, 200),
    ("/documents", "get", "/documents?limit=0", None, 400),
    ("/documents/{document_id}", "get", "/documents/nope", None, 404),
    ("/documents/{document_id}/view", "get", "/documents/nope/view?start=x", None, 400),
    ("/statements", "get", "/statements?speaker=Lavrov&limit=2", None, 200),
    ("/statements", "get", "/statements?about=Syria", None, 200),
    ("/statements", "get", "/statements?speaker=", None, 400),
    ("/search", "get", "/search?q=Lavrov", None, 200),
    ("/search", "get", "/search", None, 400),
    ("/healthz", "get", "/healthz", None, 200),
    ("/readyz", "get", "/readyz", None, 200),
    ("/openapi.json", "get", "/openapi.json", None, 200),
]


@pytest.mark.parametrize(("path", "method", "address", "body", "status"), ASKED)
def test_what_is_sent_is_what_the_document_says(
    client: FlaskClient, document: dict[str, Any], path: str, method: str, address: str, body: Any, status: int
) -> None:
    response = client.open(address, method=method.upper(), json=body)
    assert response.status_code == status
    OAS31Validator(schema_of(document, path, method, str(status))).validate(response.json)


def test_a_stored_document_is_what_the_document_says(client: FlaskClient, document: dict[str, Any]) -> None:
    first = client.get("/documents").json["documents"][0]["id"]
    schema = schema_of(document, "/documents/{document_id}", "get", "200")
    OAS31Validator(schema).validate(client.get(f"/documents/{first}").json)


def test_a_response_with_another_field_would_be_noticed(client: FlaskClient, document: dict[str, Any]) -> None:
    schema = schema_of(document, "/healthz", "get", "200")
    assert not OAS31Validator(schema).is_valid({"status": "ok", "extra": 1})


def test_each_operation_has_its_own_name() -> None:
    names = [operation.name for operation in openapi.OPERATIONS]
    assert len(names) == len(set(names))
