"""Conversations over HTTP, with the real answerer of the sample documents: whose they are, what is kept and sent."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from openapi_schema_validator import OAS31Validator
from pydantic import BaseModel
from werkzeug.test import TestResponse

from qa_service.answerer import Answerer
from qa_service.cli import main
from qa_service.errors import Busy
from qa_service.settings import Settings
from qa_service.types import Ask, Event, Started
from qa_service.web import chat_operations, chat_requests, chat_responses, openapi
from qa_service.web.app import create_app
from qa_service.web.browser import COOKIE

QUESTION = "What did Lavrov say after meeting Pompeo?"
UNKNOWN = "Who won the 2018 World Cup?"


class Breaking:
    """An answerer that begins to answer and then fails."""

    def stream(self, _: Ask) -> Iterator[Event]:
        yield Started("ans_1", "Q?", "extractive")
        raise Busy("The index is being written.")


class Repeating:
    """An answerer that gives one and the same answer to everything."""

    def __init__(self, answerer: Answerer) -> None:
        self._events = list(answerer.stream(Ask(QUESTION)))

    def stream(self, _: Ask) -> Iterator[Event]:
        yield from self._events


@pytest.fixture
def own_app(settings: Settings, answerer: Answerer, tmp_path: Path) -> Flask:
    """The application with a home of its own, in which nothing has been said yet."""
    return create_app(settings.model_copy(update={"home": tmp_path}), answerer)


@pytest.fixture
def anna(own_app: Flask) -> FlaskClient:
    return own_app.test_client()


@pytest.fixture
def ben(own_app: Flask) -> FlaskClient:
    return own_app.test_client()


@pytest.fixture
def broken(settings: Settings, tmp_path: Path) -> FlaskClient:
    return create_app(settings.model_copy(update={"home": tmp_path}), Breaking()).test_client()


@pytest.fixture
def repeating(settings: Settings, answerer: Answerer, tmp_path: Path) -> FlaskClient:
    return create_app(settings.model_copy(update={"home": tmp_path}), Repeating(answerer)).test_client()


def begun(client: FlaskClient) -> str:
    response = client.post("/conversations", json={})
    assert response.status_code == HTTPStatus.CREATED
    return f"/conversations/{response.json['id']}"


def asked(client: FlaskClient, address: str, question: str = QUESTION, **more: Any) -> dict[str, Any]:
    response = client.post(f"{address}/turns", json={"question": question, **more})
    assert response.status_code == HTTPStatus.OK, response.json
    return response.json


def streamed(client: FlaskClient, address: str, question: str = QUESTION, **more: Any) -> TestResponse:
    headers = {"Accept": "text/event-stream"}
    return client.post(f"{address}/turns", json={"question": question, **more}, headers=headers)


def events_of(response: TestResponse) -> list[tuple[str, dict[str, Any]]]:
    found = re.findall(r"^event: (.*)\ndata: (.*)$", response.get_data(as_text=True), re.MULTILINE)
    return [(name, json.loads(data)) for name, data in found]


def turns(client: FlaskClient, address: str) -> list[dict[str, Any]]:
    return client.get(address).json["turns"]


def error_of(response: TestResponse) -> tuple[int, str, str | None]:
    return response.status_code, response.json["error"]["code"], response.json["error"]["field"]


# The browser


def test_the_first_call_gives_a_browser_its_identity_and_later_ones_keep_it(anna: FlaskClient) -> None:
    given = anna.get("/conversations").headers["Set-Cookie"]
    assert re.match(rf"{COOKIE}=[0-9a-f]{{32}};", given)
    for part in ("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=31536000"):
        assert f"; {part}" in given
    assert "Secure" not in given
    assert "Set-Cookie" not in anna.get("/conversations").headers


def test_over_https_and_below_a_path_the_cookie_is_confined(anna: FlaskClient) -> None:
    given = anna.get("/conversations", base_url="https://qa.example/docs-qa").headers["Set-Cookie"]
    assert "; Secure" in given
    assert "; Path=/docs-qa" in given


@pytest.mark.parametrize("value", ["", "x", "A" * 32, "a" * 31, "a" * 33])
def test_an_identity_that_was_not_given_out_is_replaced(anna: FlaskClient, value: str) -> None:
    anna.set_cookie(COOKIE, value)
    assert "Set-Cookie" in anna.get("/conversations").headers


def test_other_addresses_give_no_identity(anna: FlaskClient) -> None:
    for address in ("/", "/documents", "/answers/ans_1", "/healthz"):
        assert COOKIE not in anna.get(address).headers.get("Set-Cookie", "")


def test_another_browser_finds_nothing(anna: FlaskClient, ben: FlaskClient) -> None:
    address = begun(anna)
    asked(anna, address)
    for response in (
        ben.get(address),
        ben.patch(address, json={"title": "Mine"}),
        ben.delete(address),
        ben.post(f"{address}/turns", json={"question": QUESTION}),
        ben.get(f"{address}/export"),
    ):
        assert error_of(response) == (404, "not_found", "id")
    assert ben.get("/conversations").json["conversations"] == []
    assert len(turns(anna, address)) == 1


# Turns


def test_a_new_conversation_is_as_it_is_promised(anna: FlaskClient) -> None:
    made = anna.post("/conversations", json={}).json
    assert re.fullmatch(r"c_[0-9a-f]{16}", made["id"])
    assert made["created"] == made["updated"]
    assert (made["title"], made["turns"]) == (None, 0)


def test_an_answer_is_kept_exactly_as_it_was_sent(anna: FlaskClient, ben: FlaskClient) -> None:
    address = begun(anna)
    sent = asked(anna, address)
    assert turns(anna, address) == [{"position": 0, "question": QUESTION, "answer": sent, "feedback": None}]
    assert ben.get(f"/answers/{sent['id']}").json == sent


def test_a_streamed_answer_is_kept_as_its_last_event(anna: FlaskClient) -> None:
    address = begun(anna)
    response = streamed(anna, address)
    events = events_of(response)
    assert response.mimetype == "text/event-stream"
    assert [name for name, _ in events][:2] == ["start", "documents"]
    assert events[-1][0] == "done"
    assert turns(anna, address)[0]["answer"] == events[-1][1]


def test_a_turn_answers_as_ask_does(anna: FlaskClient) -> None:
    plain = anna.post("/ask", json={"question": QUESTION, "max_sentences": 1}).json
    kept = asked(anna, begun(anna), max_sentences=1)
    assert kept["answer"] == plain["answer"]
    assert kept["citations"] == plain["citations"]


def test_ask_by_itself_keeps_nothing(anna: FlaskClient, tmp_path: Path) -> None:
    identity = anna.post("/ask", json={"question": QUESTION}).json["id"]
    assert anna.get(f"/answers/{identity}").status_code == HTTPStatus.NOT_FOUND
    assert anna.get("/conversations").json["conversations"] == []


def test_a_follow_up_is_resolved_against_what_is_kept(anna: FlaskClient) -> None:
    address = begun(anna)
    asked(anna, address)
    assert "Lavrov" in asked(anna, address, "Where did they meet?")["standalone_question"]


def test_a_question_asked_anew_knows_only_what_was_before_it(anna: FlaskClient) -> None:
    address = begun(anna)
    asked(anna, address)
    asked(anna, address, "Where did they meet?")
    again = asked(anna, address, "Where did they meet?", at=0)
    assert again["standalone_question"] == "Where did they meet?"
    assert [turn["answer"] for turn in turns(anna, address)] == [again]


def test_filters_of_a_turn_apply(anna: FlaskClient) -> None:
    answer = asked(anna, begun(anna), filters={"published_before": "1900-01-01"})
    assert (answer["status"], answer["citations"]) == ("not_found", [])


def test_a_stream_that_is_left_keeps_the_question(anna: FlaskClient) -> None:
    address = begun(anna)
    response = streamed(anna, address)
    assert next(response.response).startswith(b"event: start")
    response.close()
    assert [(turn["question"], turn["answer"]) for turn in turns(anna, address)] == [(QUESTION, None)]


def test_a_stream_that_breaks_keeps_the_question(broken: FlaskClient) -> None:
    address = begun(broken)
    assert [name for name, _ in events_of(streamed(broken, address))] == ["start", "error"]
    assert turns(broken, address)[0]["answer"] is None


def test_a_turn_that_fails_keeps_the_question(broken: FlaskClient, anna: FlaskClient) -> None:
    for client, body, status in ((broken, {}, 503), (anna, {"mode": "llm"}, 409)):
        address = begun(client)
        response = client.post(f"{address}/turns", json={"question": QUESTION, **body})
        assert response.status_code == status
        assert [(turn["question"], turn["answer"]) for turn in turns(client, address)] == [(QUESTION, None)]


@pytest.mark.parametrize("headers", [{}, {"Accept": "text/event-stream"}])
@pytest.mark.parametrize("status", [503, 409])
def test_a_question_asked_anew_that_fails_leaves_the_old_turns(
    anna: FlaskClient, broken: FlaskClient, headers: dict[str, str], status: int
) -> None:
    address = begun(anna)
    for question in (QUESTION, "Where did they meet?"):
        asked(anna, address, question)
    before = turns(anna, address)
    broken.set_cookie(COOKIE, anna.get_cookie(COOKIE).value)
    client, body = (broken, {}) if status == HTTPStatus.SERVICE_UNAVAILABLE else (anna, {"mode": "llm"})
    client.post(f"{address}/turns", json={"question": "Why?", "at": 0, **body}, headers=headers).get_data()
    assert turns(anna, address) == before


def test_a_stream_that_is_left_before_its_end_leaves_the_old_turns(anna: FlaskClient) -> None:
    address = begun(anna)
    before = asked(anna, address)
    response = streamed(anna, address, "Where did they meet?", at=0)
    for _ in range(3):
        next(response.response)
    response.close()
    assert [turn["answer"] for turn in turns(anna, address)] == [before]


def test_an_answer_with_an_id_that_is_taken_is_refused_as_something_that_passes(repeating: FlaskClient) -> None:
    address = begun(repeating)
    asked(repeating, address)
    assert error_of(repeating.post(f"{address}/turns", json={"question": QUESTION})) == (503, "busy", None)
    assert events_of(streamed(repeating, address))[-1][0] == "error"
    assert [turn["answer"] is None for turn in turns(repeating, address)] == [False, True, True]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "question"),
        ({"question": " "}, "question"),
        ({"question": "x" * 2001}, "question"),
        ({"question": "Q?", "at": -1}, "at"),
        ({"question": "Q?", "at": 1}, "at"),
        ({"question": "Q?", "at": "0"}, "at"),
        ({"question": "Q?", "max_sentences": 0}, "max_sentences"),
        ({"question": "Q?", "history": []}, "history"),
    ],
)
def test_a_turn_that_does_not_fit_is_refused_and_not_kept(anna: FlaskClient, body: dict[str, Any], field: str) -> None:
    address = begun(anna)
    assert error_of(anna.post(f"{address}/turns", json=body)) == (400, "invalid_request", field)
    assert turns(anna, address) == []


# The list


def test_the_list_has_the_latest_first_in_pages(anna: FlaskClient) -> None:
    made = [begun(anna) for _ in range(3)]
    for address in made:
        asked(anna, address, UNKNOWN)
    begun(anna)  # without questions: not listed
    first = anna.get("/conversations?limit=2").json
    rest = anna.get("/conversations", query_string={"limit": 2, "cursor": first["next_cursor"]}).json
    listed = [f"/conversations/{each['id']}" for each in first["conversations"] + rest["conversations"]]
    assert listed == made[::-1]
    assert rest["next_cursor"] is None


def test_the_list_can_be_searched(anna: FlaskClient) -> None:
    address = begun(anna)
    asked(anna, address)
    assert len(anna.get("/conversations?query=LAVROV+pompeo").json["conversations"]) == 1
    assert anna.get("/conversations?query=zebra").json["conversations"] == []


def test_a_conversation_is_called_by_its_first_question_until_it_is_renamed(anna: FlaskClient) -> None:
    address = begun(anna)
    asked(anna, address)
    assert anna.get(address).json["title"] == QUESTION
    renamed = anna.patch(address, json={"title": "  Lavrov  "}).json
    assert (renamed["title"], renamed["turns"]) == ("Lavrov", 1)
    assert anna.get("/conversations").json["conversations"] == [renamed]


@pytest.mark.parametrize("title", ["", "  ", "x" * 201, None, 1, "a\0b"])
def test_a_title_that_does_not_fit_is_refused(anna: FlaskClient, title: Any) -> None:
    assert error_of(anna.patch(begun(anna), json={"title": title})) == (400, "invalid_request", "title")


@pytest.mark.parametrize(("query", "field"), [("limit=0", "limit"), ("limit=101", "limit"), ("cursor=x", "cursor")])
def test_a_list_that_does_not_fit_is_refused(anna: FlaskClient, query: str, field: str) -> None:
    assert error_of(anna.get(f"/conversations?{query}")) == (400, "invalid_request", field)


def test_a_deleted_conversation_is_gone_with_its_answers(anna: FlaskClient) -> None:
    address = begun(anna)
    answer = asked(anna, address)
    assert anna.delete(address).json == {"deleted": True}
    for gone in (address, f"/answers/{answer['id']}", f"/answers/{answer['id']}/view"):
        assert anna.get(gone).status_code == HTTPStatus.NOT_FOUND
    assert anna.delete(address).status_code == HTTPStatus.NOT_FOUND


# Feedback


def test_feedback_is_shown_in_the_conversation_and_the_last_counts(anna: FlaskClient) -> None:
    address = begun(anna)
    identity = asked(anna, address)["id"]
    given = {"rating": "down", "reasons": ["citation_wrong", "other"], "comment": "The second one."}
    for body in ({"rating": "up"}, given):
        assert anna.post("/feedback", json={"answer_id": identity, **body}).json == {"stored": True}
    assert turns(anna, address)[0]["feedback"] == given


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({"answer_id": "ans_x", "rating": "up"}, 404, "answer_id"),
        ({"rating": "up"}, 400, "answer_id"),
        ({"answer_id": "ans_x", "rating": "good"}, 400, "rating"),
        ({"answer_id": "ans_x", "rating": "down", "reasons": ["boring"]}, 400, "reasons[0]"),
        ({"answer_id": "ans_x", "rating": "down", "comment": "x" * 2001}, 400, "comment"),
    ],
)
def test_feedback_that_does_not_fit_is_refused(
    anna: FlaskClient, body: dict[str, Any], status: int, field: str
) -> None:
    response = anna.post("/feedback", json=body)
    assert error_of(response)[::2] == (status, field)


def test_the_command_prints_each_feedback_as_a_line_of_json(anna: FlaskClient, tmp_path: Path) -> None:
    sent = asked(anna, begun(anna))
    anna.post("/feedback", json={"answer_id": sent["id"], "rating": "down", "reasons": ["other"], "comment": "“No”"})
    result = CliRunner().invoke(main, ["feedback", "--home", str(tmp_path)], catch_exceptions=False)
    (line,) = map(json.loads, result.stdout.splitlines())
    assert list(line) == ["question", "answer", "rating", "reasons", "comment", "time"]
    assert (line["question"], line["answer"], line["comment"]) == (QUESTION, sent["answer"], "“No”")


# Other sites


@pytest.mark.parametrize("site", ["cross-site", "same-site", "Cross-Site", "unheard-of"])
@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("post", "/ask"),
        ("post", "/conversations"),
        ("post", "/feedback"),
        ("post", "/verify"),
        ("patch", "/conversations/c_1"),
        ("delete", "/conversations/c_1"),
        ("delete", "/documents/doc_1"),
    ],
)
def test_what_other_sites_make_a_browser_send_is_refused(
    anna: FlaskClient, site: str, method: str, address: str
) -> None:
    response = anna.open(address, method=method, json={}, headers={"Sec-Fetch-Site": site})
    assert error_of(response) == (403, "forbidden", None)


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_the_pages_of_the_service_may_write(anna: FlaskClient, site: str) -> None:
    response = anna.post("/conversations", json={}, headers={"Sec-Fetch-Site": site})
    assert response.status_code == HTTPStatus.CREATED


def test_reading_is_left_to_the_browser_s_own_rules(anna: FlaskClient) -> None:
    assert anna.get("/documents", headers={"Sec-Fetch-Site": "cross-site"}).status_code == HTTPStatus.OK


# The contract


def called(anna: FlaskClient) -> Iterator[tuple[str, str, TestResponse]]:
    """Every operation once, as it succeeds."""
    address = begun(anna)
    turn = anna.post(f"{address}/turns", json={"question": QUESTION})
    identity = turn.json["id"]
    path = "/conversations/{conversation_id}"
    yield "post", "/conversations", anna.post("/conversations", json={})
    yield "post", f"{path}/turns", turn
    yield "post", "/feedback", anna.post("/feedback", json={"answer_id": identity, "rating": "up"})
    yield "get", "/conversations", anna.get("/conversations")
    yield "get", path, anna.get(address)
    yield "patch", path, anna.patch(address, json={"title": "T"})
    yield "get", f"{path}/export", anna.get(f"{address}/export?format=json")
    yield "get", "/answers/{answer_id}", anna.get(f"/answers/{identity}")
    yield "post", "/verify", anna.post("/verify", json={"answer_id": identity})
    yield "delete", path, anna.delete(address)


def test_what_is_sent_is_what_the_document_says(anna: FlaskClient) -> None:
    document = openapi.document()
    seen = set()
    for method, path, response in called(anna):
        answers = document["paths"][path][method]["responses"]
        schema = answers[str(response.status_code)]["content"]["application/json"]["schema"]
        OAS31Validator(schema | {"components": document["components"]}).validate(response.json)
        seen.add((method, path))
    described = {(each.method, each.path) for each in chat_operations.OPERATIONS if each.media == "application/json"}
    assert seen == described


@pytest.mark.parametrize("module", [chat_requests, chat_responses])
def test_every_field_of_every_model_is_described(module: Any) -> None:
    models = [each for each in vars(module).values() if isinstance(each, type) and issubclass(each, BaseModel)]
    for model in models:
        assert model.__doc__
        assert all(field.description for field in model.model_fields.values()), model


def test_the_example_of_every_request_is_one() -> None:
    for operation in chat_operations.OPERATIONS:
        if operation.body:
            operation.body.model_validate_json(json.dumps(operation.example))
