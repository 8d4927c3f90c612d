"""The JSON and streaming endpoints, over the real answerer of the sample documents."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given
from hypothesis import settings as bounded
from hypothesis import strategies as st
from werkzeug.test import TestResponse, create_environ

from qa_service.errors import (
    BadInput,
    Busy,
    Damaged,
    ModelUnavailable,
    NoIndex,
    NotReady,
    QAError,
    UnknownId,
    WrongIndex,
)
from qa_service.settings import Settings
from qa_service.types import Delta, Event, Started
from qa_service.web import responses, sse, statements
from qa_service.web.app import create_app
from qa_service.web.requests import DocumentsQuery
from qa_service.web.security import HEADERS

QUESTION = "What did Lavrov say after meeting Pompeo?"


class Failing:
    """An answerer that raises the same error whatever it is asked; ``stream`` first yields ``events``."""

    def __init__(self, error: Exception, events: tuple[Event, ...] = ()) -> None:
        self._error = error
        self._events = events

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def fail(*_: object) -> Any:
            raise self._error

        return fail

    def stream(self, _: object) -> Iterator[Event]:
        yield from self._events
        raise self._error


@pytest.fixture
def failing(settings: Settings) -> Callable[..., FlaskClient]:
    def client(error: Exception, *events: Event) -> FlaskClient:
        return create_app(settings, Failing(error, events)).test_client()

    return client


def post(client: FlaskClient, body: bytes | str, content_type: str = "application/json") -> TestResponse:
    return client.post("/ask", data=body, content_type=content_type)


def error_of(response: TestResponse) -> responses.Error:
    assert response.mimetype == "application/json"
    return responses.Failure.model_validate_json(response.data).error


def answer_of(response: TestResponse) -> responses.Answer:
    assert response.status_code == 200
    return responses.Answer.model_validate_json(response.data)


def events_of(response: TestResponse) -> list[tuple[str, dict[str, Any]]]:
    blocks = [block.split("\n") for block in response.get_data(as_text=True).split("\n\n") if block.startswith("event")]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in blocks]


def lasting(answer: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in answer.items() if key not in {"id", "created", "timings_ms"}}


# Answers


def test_an_answer_has_cited_sentences(client: FlaskClient) -> None:
    answer = answer_of(client.post("/ask", json={"question": QUESTION}))
    assert answer.status == "answered"
    assert answer.question == QUESTION
    assert answer.citations


def test_citations_point_into_the_answer_and_into_the_stored_document(client: FlaskClient) -> None:
    answer = answer_of(client.post("/ask", json={"question": QUESTION}))
    for citation in answer.citations:
        assert answer.answer[citation.start : citation.end] == citation.text
        for source in citation.sources:
            text = client.get(f"/documents/{source.document_id}").json["text"]
            assert text[source.start_char_index : source.end_char_index] == source.cited_text


def test_citation_numbers_run_in_order_of_first_use(client: FlaskClient) -> None:
    numbers = [citation.number for citation in answer_of(client.post("/ask", json={"question": QUESTION})).citations]
    assert list(dict.fromkeys(numbers)) == list(range(1, len(set(numbers)) + 1))


def test_a_document_is_marked_cited_exactly_if_a_citation_names_it(client: FlaskClient) -> None:
    answer = answer_of(client.post("/ask", json={"question": QUESTION}))
    cited = {source.document_id for citation in answer.citations for source in citation.sources}
    assert {found.id for found in answer.documents if found.cited} == cited


def test_a_question_that_the_documents_do_not_answer_is_a_success_without_citations(client: FlaskClient) -> None:
    answer = answer_of(client.post("/ask", json={"question": "Who won the 2018 World Cup?"}))
    assert answer.status == "not_found"
    assert answer.citations == ()
    assert answer.not_found
    assert not any(found.cited for found in answer.documents)


def test_the_filters_that_applied_are_returned_and_nothing_else(client: FlaskClient) -> None:
    body = {"question": QUESTION, "filters": {"published_after": "2021-01-01", "sources": ["China Daily Global"]}}
    filters = client.post("/ask", json=body).json["context"]["filters"]
    assert filters == body["filters"]


def test_no_filter_is_returned_as_an_empty_object(client: FlaskClient) -> None:
    assert client.post("/ask", json={"question": QUESTION}).json["context"]["filters"] == {}


def test_white_space_around_a_question_is_not_part_of_it(client: FlaskClient) -> None:
    assert answer_of(client.post("/ask", json={"question": f"  {QUESTION}\n"})).question == QUESTION


def test_where_a_document_was_read_from_never_leaves_the_machine(settings: Settings, client: FlaskClient) -> None:
    sent = [client.post("/ask", json={"question": QUESTION}), client.get("/documents"), client.get("/search?q=Lavrov")]
    for response in sent:
        assert "origin" not in response.get_data(as_text=True)
        assert str(settings.home) not in response.get_data(as_text=True)


# Requests that do not fit

WRONG_FIELDS = [
    ({}, "question"),
    ({"question": ""}, "question"),
    ({"question": " \n\t\u00a0\u2003"}, "question"),
    ({"question": "\x1c"}, "question"),
    ({"question": "x" * 2001}, "question"),
    ({"question": "a\x00b"}, "question"),
    ({"question": 5}, "question"),
    ({"question": None}, "question"),
    ({"question": ["a"]}, "question"),
    ({"questoin": QUESTION}, "questoin"),
    ({"question": QUESTION, "history": None}, "history"),
    ({"question": QUESTION, "history": {}}, "history"),
    ({"question": QUESTION, "history": ["a"]}, "history[0]"),
    ({"question": QUESTION, "history": [{"role": "user", "content": "a"}] * 51}, "history"),
    ({"question": QUESTION, "history": [{"role": "user", "content": "a"}] * 2 + [{"role": "system", "content": "b"}]},
     "history[2].role"),
    ({"question": QUESTION, "history": [{"role": "user", "content": "a" * 8001}]}, "history[0].content"),
    ({"question": QUESTION, "history": [{"role": "user", "content": "\x00"}]}, "history[0].content"),
    ({"question": QUESTION, "history": [{"role": "user", "content": "a", "name": "b"}]}, "history[0].name"),
    ({"question": QUESTION, "filters": []}, "filters"),
    ({"question": QUESTION, "filters": {"source": "a"}}, "filters.source"),
    ({"question": QUESTION, "filters": {"sources": "a"}}, "filters.sources"),
    ({"question": QUESTION, "filters": {"sources": ["a"] * 101}}, "filters.sources"),
    ({"question": QUESTION, "filters": {"sources": ["a", 1]}}, "filters.sources[1]"),
    ({"question": QUESTION, "filters": {"speaker": ""}}, "filters.speaker"),
    ({"question": QUESTION, "filters": {"published_after": "2021-02-30"}}, "filters.published_after"),
    ({"question": QUESTION, "filters": {"published_after": "yesterday"}}, "filters.published_after"),
    ({"question": QUESTION, "filters": {"published_before": "1556668800"}}, "filters.published_before"),
    ({"question": QUESTION, "filters": {"published_before": 1556668800}}, "filters.published_before"),
    ({"question": QUESTION, "mode": "magic"}, "mode"),
    ({"question": QUESTION, "max_sentences": 0}, "max_sentences"),
    ({"question": QUESTION, "max_sentences": 21}, "max_sentences"),
    ({"question": QUESTION, "max_sentences": 10**400}, "max_sentences"),
    ({"question": QUESTION, "max_sentences": True}, "max_sentences"),
    ({"question": QUESTION, "max_sentences": "5"}, "max_sentences"),
    ({"question": QUESTION, "max_sentences": 5.0}, "max_sentences"),
    ({"question": QUESTION, "max_sentences": float("nan")}, "max_sentences"),
    ({"question": QUESTION, "stream": float("inf")}, "stream"),
    ({"question": QUESTION, "stream": "yes"}, "stream"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "field"), WRONG_FIELDS)
def test_a_field_that_does_not_fit_is_named(client: FlaskClient, body: dict[str, Any], field: str) -> None:
    response = post(client, json.dumps(body))
    error = error_of(response)
    assert (response.status_code, error.code, error.field) == (400, "invalid_request", field)
    assert error.message.startswith(field)
    assert error.message.endswith(".")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"   ",
        b"{",
        b"null",
        b"[]",
        b"5",
        b"NaN",
        b'"question"',
        b"[" * 60_000,
        b'{"question":' * 5_000,
        b'{"question": "\xff"}',
        b'{"question": "\\ud800"}',
        b'{"question": "\\udc00 lone"}',
        b'{"question": 1e999}',
        b'{"question": "a", "max_sentences": 1e999}',
        b'{"question": "a", "max_sentences": ' + b"9" * 5_000 + b"}",
        b'{"question": "a", "extra": Infinity}',
        b"\x00",
        b"\xef\xbb\xbf{}",
    ],
)
def test_a_body_that_is_no_question_is_refused(client: FlaskClient, body: bytes) -> None:
    response = post(client, body)
    assert response.status_code == 400
    assert error_of(response).code == "invalid_request"


def test_a_very_long_unknown_field_is_named_only_in_part(client: FlaskClient) -> None:
    response = post(client, json.dumps({"question": QUESTION, "x" * 50_000: 1}))
    assert response.status_code == 400
    assert len(response.data) < 1_000


def test_text_beyond_the_basic_plane_is_fine(client: FlaskClient) -> None:
    assert answer_of(client.post("/ask", json={"question": "😀 \u202e مرحبا e\u0301?"})).question.startswith("😀")


@pytest.mark.parametrize("length", [65_537, 200_000])
def test_a_body_beyond_the_limit_is_too_large(client: FlaskClient, length: int) -> None:
    response = post(client, b"[" * length)
    assert (response.status_code, error_of(response).code) == (413, "too_large")


@pytest.mark.parametrize(("length", "status"), [(65_537, "413"), (200_000, "413"), (60_000, "200")])
def test_a_body_that_does_not_tell_its_length_is_limited_too(client: FlaskClient, length: int, status: str) -> None:
    body = json.dumps({"question": QUESTION}).encode().ljust(length)
    environ = create_environ("/ask", method="POST", content_type="application/json", input_stream=BytesIO(body))
    environ |= {"wsgi.input_terminated": True, "CONTENT_LENGTH": ""}
    _, answered, _ = client.run_wsgi_app(environ)
    assert answered.startswith(status)


@pytest.mark.parametrize(
    "kind", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "x/json"]
)
def test_only_json_is_taken(client: FlaskClient, kind: str) -> None:
    response = post(client, json.dumps({"question": QUESTION}), kind)
    assert (response.status_code, error_of(response).code) == (415, "unsupported_media_type")


def test_a_charset_beside_the_content_type_is_fine(client: FlaskClient) -> None:
    body = json.dumps({"question": QUESTION})
    assert post(client, body, "application/json; charset=utf-8").status_code == 200


@pytest.mark.parametrize("stream", [True, False])
def test_asking_for_a_language_model_where_there_is_none_is_a_conflict(client: FlaskClient, stream: bool) -> None:
    response = client.post("/ask", json={"question": QUESTION, "mode": "llm", "stream": stream})
    assert (response.status_code, error_of(response).code) == (409, "model_unavailable")


# Streams


@pytest.mark.parametrize(("body", "accept"), [({"stream": True}, "*/*"), ({}, "text/event-stream, application/json")])
def test_a_stream_is_asked_for_in_the_body_or_in_accept(client: FlaskClient, body: dict[str, Any], accept: str) -> None:
    response = client.post("/ask", json={"question": QUESTION} | body, headers={"Accept": accept})
    assert response.mimetype == "text/event-stream"
    assert response.headers["Cache-Control"] == "no-cache"
    assert response.headers["X-Accel-Buffering"] == "no"


def test_a_stream_tells_documents_then_cited_sentences_then_the_whole_answer(client: FlaskClient) -> None:
    names = [name for name, _ in events_of(client.post("/ask", json={"question": QUESTION, "stream": True}))]
    assert names[:3] == ["start", "documents", "delta"]
    assert names[-1] == "done"
    assert set(names[2:-1]) == {"delta", "citation"}


def test_the_last_event_is_the_answer_that_is_given_without_a_stream(client: FlaskClient) -> None:
    streamed = events_of(client.post("/ask", json={"question": QUESTION, "stream": True}))[-1][1]
    whole = client.post("/ask", json={"question": QUESTION}).json
    assert lasting(streamed) == lasting(whole)


def test_the_sentences_of_a_stream_are_the_answer(client: FlaskClient) -> None:
    events = events_of(client.post("/ask", json={"question": QUESTION, "stream": True}))
    text = ""
    for _, delta in filter(lambda event: event[0] == "delta", events):
        assert delta["start"] == len(text)
        text += delta["text"]
    assert text.strip() == events[-1][1]["answer"].strip()


def test_an_error_before_the_first_event_is_an_ordinary_one(failing: Callable[..., FlaskClient]) -> None:
    response = failing(NoIndex("Nothing is indexed yet.")).post("/ask", json={"question": "a", "stream": True})
    assert (response.status_code, error_of(response).code) == (409, "no_index")


def test_an_error_later_on_is_the_last_event(failing: Callable[..., FlaskClient]) -> None:
    client = failing(Damaged("A file differs from its checksum."), Started("a", "b", "llm"), Delta("c", 0))
    events = events_of(client.post("/ask", json={"question": "a", "stream": True}))
    assert [name for name, _ in events] == ["start", "delta", "error"]
    assert events[-1][1]["error"]["code"] == "damaged"


def test_a_bug_later_on_tells_nothing_of_itself(failing: Callable[..., FlaskClient]) -> None:
    client = failing(RuntimeError("/etc/secret"), Started("a", "b", "llm"))
    response = client.post("/ask", json={"question": "a", "stream": True})
    assert events_of(response)[-1][1]["error"]["code"] == "internal_error"
    assert b"secret" not in response.data


def test_a_comment_is_sent_while_there_is_nothing_else() -> None:
    def slow() -> Iterator[Event]:
        time.sleep(0.05)
        yield Delta("a", 0)

    written = list(sse.written(sse.outcomes(slow(), pause=0.01), lambda error: responses.Health(status="ok")))
    assert written[0] == ": keepalive\n\n"
    assert written[-1].startswith("event: delta\n")


def test_a_stream_that_is_left_early_is_given_up() -> None:
    closed = []

    def events() -> Iterator[Event]:
        try:
            while True:
                yield Delta("a", 0)
        finally:
            closed.append(True)

    stream = sse.outcomes(events())
    next(stream)
    stream.close()
    del stream
    assert closed == [True]


# Documents and search


def test_documents_are_listed_page_by_page_newest_first(client: FlaskClient) -> None:
    listed, cursor = [], ""
    while cursor is not None:
        page = client.get(f"/documents?limit=2{cursor and f'&cursor={cursor}'}")
        found = responses.DocumentList.model_validate_json(page.data)
        listed += found.documents
        cursor = found.next_cursor
    assert len({each.id for each in listed}) == len(listed) >= 5
    days = [each.published_at for each in listed if each.published_at]
    assert days == sorted(days, reverse=True)


def test_documents_can_be_narrowed_to_a_publisher(client: FlaskClient) -> None:
    found = client.get("/documents?source=china%20daily").json["documents"]
    assert {each["source"] for each in found} == {"China Daily"}


def test_a_document_is_returned_with_its_whole_text(client: FlaskClient) -> None:
    first = client.get("/documents?limit=1").json["documents"][0]
    document = responses.Document.model_validate_json(client.get(f"/documents/{first['id']}").data)
    assert document.characters == len(document.text) > 0
    assert document.name


def test_hits_are_passages_of_their_documents_best_first(client: FlaskClient) -> None:
    hits = responses.SearchResult.model_validate_json(client.get("/search?q=Lavrov&k=3").data).hits
    assert 0 < len(hits) <= 3
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    for hit in hits:
        text = client.get(f"/documents/{hit.document_id}").json["text"]
        assert text[hit.start_char_index : hit.end_char_index] == hit.text


def test_statements_are_listed_page_by_page_with_their_places(client: FlaskClient) -> None:
    listed, cursor = [], ""
    while cursor is not None:
        page = client.get(f"/statements?speaker=lavrov&limit=3{cursor and f'&cursor={cursor}'}")
        found = statements.StatementList.model_validate_json(page.data)
        listed += found.statements
        cursor = found.next_cursor
    assert {each.speaker for each in listed} == {"Sergei Lavrov"}
    for each in listed:
        text = client.get(f"/documents/{each.document_id}").json["text"]
        for span in (each, *each.content):
            assert text[span.start_char_index : span.end_char_index] == span.text


def test_statements_on_a_topic_and_of_nobody(client: FlaskClient) -> None:
    assert "climate change" in client.get("/statements?about=climate+change").json["statements"][0]["text"]
    assert client.get("/statements?speaker=Angela+Merkel").json == {"statements": [], "next_cursor": None}


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("/statements?limit=0", "limit"),
        ("/statements?limit=201", "limit"),
        ("/statements?speaker=", "speaker"),
        ("/statements?about=%20", "about"),
        (f"/statements?about={'x' * 2001}", "about"),
        ("/statements?cursor=nonsense", "cursor"),
        ("/statements?about=Syria&cursor=nonsense", "cursor"),
        ("/statements?source=a", "source"),
        ("/documents?limit=0", "limit"),
        ("/documents?limit=201", "limit"),
        ("/documents?limit=many", "limit"),
        ("/documents?limit=", "limit"),
        ("/documents?cursor=", "cursor"),
        ("/documents?cursor=nonsense", "cursor"),
        ("/documents?page=2", "page"),
        ("/documents?query=%00", "query"),
        ("/search", "q"),
        ("/search?q=", "q"),
        ("/search?q=%20", "q"),
        (f"/search?q={'x' * 2001}", "q"),
        ("/search?q=a&k=0", "k"),
        ("/search?q=a&k=51", "k"),
        ("/search?q=a&k=ten", "k"),
        (f"/search?q=a&k={'9' * 5000}", "k"),
    ],
)
def test_a_query_parameter_that_does_not_fit_is_named(client: FlaskClient, address: str, field: str) -> None:
    response = client.get(address)
    assert (response.status_code, error_of(response).field) == (400, field)


@pytest.mark.parametrize("identifier", ["nope", "%00", "..%2f..%2fetc", "%ff", "x" * 3000, "%F0%9F%98%80", "' OR 1=1"])
def test_an_unknown_document_is_not_found(client: FlaskClient, identifier: str) -> None:
    response = client.get(f"/documents/{identifier}")
    assert (response.status_code, error_of(response).code) == (404, "not_found")


def test_limits_hold_for_the_model_itself() -> None:
    assert DocumentsQuery.model_validate_strings({}).limit == 50


# States and errors

STATUSES = [
    (BadInput("No."), 400, "invalid_request"),
    (UnknownId("No."), 404, "not_found"),
    (NotReady("No."), 409, "not_ready"),
    (NoIndex("No."), 409, "no_index"),
    (WrongIndex("No."), 409, "wrong_index"),
    (ModelUnavailable("No."), 409, "model_unavailable"),
    (Damaged("No."), 503, "damaged"),
    (Busy("No."), 503, "busy"),
    (QAError("No."), 500, "internal_error"),
    (RuntimeError("/etc/secret"), 500, "internal_error"),
]


@pytest.mark.parametrize(("raised", "status", "code"), STATUSES)
@pytest.mark.parametrize("address", ["/documents", "/documents/a", "/statements", "/search?q=a"])
def test_each_kind_of_error_has_its_status(
    failing: Callable[..., FlaskClient], address: str, raised: Exception, status: int, code: str
) -> None:
    response = failing(raised).get(address)
    assert (response.status_code, error_of(response).code) == (status, code)
    assert ("Retry-After" in response.headers) == (status == 503)


def test_a_bug_leaves_an_identifier_and_nothing_else(
    failing: Callable[..., FlaskClient], caplog: pytest.LogCaptureFixture
) -> None:
    response = failing(RuntimeError("/etc/secret")).get("/documents")
    identifier = response.headers["X-Request-Id"]
    assert identifier in error_of(response).message
    assert b"secret" not in response.data
    assert identifier in caplog.text
    assert "/etc/secret" in caplog.text


def test_the_service_says_that_it_is_alive_and_ready(client: FlaskClient) -> None:
    assert client.get("/healthz").json == {"status": "ok"}
    assert client.get("/readyz").json == {"status": "ready"}


def test_a_service_that_cannot_answer_is_alive_and_says_why_it_is_not_ready(settings: Settings) -> None:
    class Unready(Failing):
        def ready(self) -> str:
            return "Nothing is indexed yet."

    client = create_app(settings, Unready(NoIndex("No."))).test_client()
    response = client.get("/readyz")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
    assert error_of(response).message == "Nothing is indexed yet."
    assert client.get("/healthz").status_code == 200


def test_a_wrong_method_names_the_right_one(client: FlaskClient) -> None:
    response = client.get("/ask")
    assert (response.status_code, error_of(response).code) == (405, "method_not_allowed")
    assert "POST" in response.headers["Allow"]


@pytest.mark.parametrize("address", ["/nope", "/documents/", "/ask/", "/static/nope.js", "/.env", "/%00"])
def test_an_unknown_address_is_not_found(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert (response.status_code, error_of(response).code) == (404, "not_found")


def test_no_address_redirects(client: FlaskClient) -> None:
    for address in ("/documents//", "/x//y", "//", "/\\evil.example"):
        assert client.get("/", environ_overrides={"PATH_INFO": address}).status_code in {200, 404}


def test_only_trusted_hosts_are_answered(settings: Settings, app: Flask, client: FlaskClient) -> None:
    assert client.get("/healthz", headers={"Host": "evil.example"}).status_code == 200
    trusting = replaced(settings, trusted_hosts=("qa.example",))
    guarded = create_app(trusting, Failing(NoIndex("No."))).test_client()
    assert guarded.get("/healthz", headers={"Host": "qa.example:8000"}).status_code == 200
    for accept in ("application/json", "text/html"):
        refused = guarded.get("/healthz", headers={"Host": "evil.example", "Accept": accept})
        assert refused.status_code == 400
        assert b"evil" not in refused.data


def replaced(settings: Settings, **changes: Any) -> Settings:
    if hasattr(settings, "model_copy"):
        return settings.model_copy(update=changes)
    return replace(settings, **changes)


def every_response(client: FlaskClient, failing: Callable[..., FlaskClient]) -> Iterator[TestResponse]:
    document = client.get("/documents?limit=1").json["documents"][0]["id"]
    for address in (
        "/",
        "/documents",
        "/statements",
        f"/documents/{document}",
        f"/documents/{document}/view",
        "/search?q=a",
    ):
        yield client.get(address)
    for address in ("/healthz", "/readyz", "/openapi.json", "/docs", "/nope", "/ask", "/search", "/documents/nope"):
        yield client.get(address)
        yield client.get(address, headers={"Accept": "text/html"})
    yield client.post("/ask", json={"question": QUESTION})
    yield client.post("/ask", json={"question": QUESTION, "stream": True})
    yield post(client, b"x" * 70_000)
    yield client.options("/ask")
    yield failing(RuntimeError("no")).get("/documents")


def test_every_response_carries_the_security_headers(client: FlaskClient, failing: Callable[..., FlaskClient]) -> None:
    for response in every_response(client, failing):
        assert {name: response.headers.get(name) for name in HEADERS} == HEADERS
        assert response.headers["Cache-Control"] in {"no-store", "no-cache"}


def test_the_policy_allows_nothing_but_this_server() -> None:
    policy = HEADERS["Content-Security-Policy"]
    for rule in ("default-src 'none'", "script-src 'self'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert rule in policy
    assert "unsafe" not in policy
    assert "http" not in policy


# Anything at all

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
)
PARAMETERS = ("q", "k", "limit", "cursor", "query", "start", "end", "speaker", "about")
FIELDS = ("question", "history", "filters", "mode", "max_sentences", "stream", "extra")
TURNS = st.fixed_dictionaries({"role": st.sampled_from(["user", "assistant", "system"]), "content": SCALARS})
BODIES = st.dictionaries(st.sampled_from(FIELDS), VALUES) | st.fixed_dictionaries(
    {"question": st.text(max_size=60)},
    optional={"history": st.lists(TURNS, max_size=3), "max_sentences": st.integers(-1, 22), "stream": st.booleans()},
)


@bounded(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=BODIES | VALUES)
def test_no_json_makes_the_service_fail(client: FlaskClient, body: Any) -> None:
    response = post(client, json.dumps(body))
    if response.mimetype == "text/event-stream":
        assert events_of(response)[-1][0] == "done"
    elif response.status_code == 200:
        answer_of(response)
    else:
        assert response.status_code in {400, 409}
        error_of(response)


@bounded(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=200), address=st.sampled_from(["/ask", "/documents", "/search", "/healthz", "/"]))
def test_no_bytes_make_the_service_fail(client: FlaskClient, body: bytes, address: str) -> None:
    assert client.post(address, data=body, content_type="application/json").status_code in {400, 405}


@bounded(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.dictionaries(
        st.sampled_from(["q", "k", "limit", "cursor", "query", "start", "end", "speaker", "about"]), st.text()
    )
)
def test_no_query_string_makes_the_service_fail(client: FlaskClient, query: dict[str, str]) -> None:
    for address in ("/documents", "/statements", "/search", "/documents/nope/view"):
        assert client.get(address, query_string=query).status_code in {200, 400, 404}
