"""OpenAI's own client against the running service: answers, chunks and errors are what it expects of OpenAI's."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from openai import APIError, APIStatusError, BadRequestError, ConflictError, InternalServerError, NotFoundError, OpenAI
from openapi_schema_validator import OAS31Validator
from pydantic import BaseModel
from test_api import Failing
from werkzeug.serving import make_server

from qa_service import tokens
from qa_service.errors import Damaged, NoIndex
from qa_service.settings import Settings
from qa_service.types import Started
from qa_service.web import completion_requests, completion_responses
from qa_service.web.app import create_app

QUESTION = "What did Lavrov say after meeting Pompeo?"
FOLLOW_UP = "What did he say about Syria?"
ABSENT = "What did Lavrov say about Brexit?"


@pytest.fixture
def openai(live_server: str) -> Iterator[OpenAI]:
    with OpenAI(base_url=f"{live_server}/v1", api_key="none", max_retries=0) as client:
        yield client


@contextmanager
def served(settings: Settings, answerer: Any) -> Iterator[OpenAI]:
    """OpenAI's client, as it is out of the box, of a service over this answerer."""
    server = make_server("127.0.0.1", 0, create_app(settings, answerer), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        with OpenAI(base_url=f"http://127.0.0.1:{server.server_port}/v1", api_key="none") as client:
            yield client
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def user(text: Any) -> dict[str, Any]:
    return {"role": "user", "content": text}


def ask(openai: OpenAI, *messages: dict[str, Any], **given: Any) -> Any:
    return openai.chat.completions.create(model="any-name", messages=messages or [user(QUESTION)], **given)


def test_a_question_is_answered_as_a_chat_completion(openai: OpenAI, client: FlaskClient) -> None:
    expected = client.post("/ask", json={"question": QUESTION}).json
    completion = ask(openai)
    assert (completion.object, completion.model) == ("chat.completion", "any-name")
    assert completion.id.startswith("chatcmpl-")
    [choice] = completion.choices
    assert (choice.index, choice.finish_reason, choice.message.role) == (0, "stop", "assistant")
    assert choice.message.content == expected["answer"]
    assert choice.message.context["citations"] == expected["citations"]


def test_the_context_holds_what_ask_says_of_the_answer(openai: OpenAI, client: FlaskClient) -> None:
    question = "Where did Lavrov meet Pompeo and what did he say about Brexit?"
    expected = client.post("/ask", json={"question": question}).json
    context = ask(openai, user(question)).choices[0].message.context
    assert context["status"] == "partial"
    for field in ("standalone_question", "conflicts", "not_found", "documents", "follow_up_questions", "model"):
        assert context[field] == expected[field]


def test_each_annotation_is_a_cited_sentence_and_leads_to_its_marked_words(openai: OpenAI, client: FlaskClient) -> None:
    message = ask(openai).choices[0].message
    sources = [(citation, source) for citation in message.context["citations"] for source in citation["sources"]]
    assert len(message.annotations) == len(sources) > 1
    for annotation, (citation, source) in zip(message.annotations, sources, strict=True):
        linked = annotation.url_citation
        assert message.content[linked.start_index : linked.end_index] == citation["text"]
        assert linked.title == source["document_title"]
        address = urlsplit(linked.url)
        span = {name: int(value) for name, [value] in parse_qs(address.query).items()}
        assert span == {"start": source["start_char_index"], "end": source["end_char_index"]}
        assert b"<mark" in client.get(f"{address.path}?{address.query}").data


def test_addresses_of_sources_begin_with_the_address_that_was_called(openai: OpenAI, live_server: str) -> None:
    links = [annotation.url_citation.url for annotation in ask(openai).choices[0].message.annotations]
    assert all(link.startswith(f"{live_server}/documents/") for link in links)


def test_tokens_are_counted_with_the_services_own_encoding(openai: OpenAI) -> None:
    completion = ask(openai, {"role": "system", "content": "Be brief."}, user(QUESTION))
    usage = completion.usage
    assert usage.prompt_tokens == tokens.count("Be brief.") + tokens.count(QUESTION)
    assert usage.completion_tokens == tokens.count(completion.choices[0].message.content)
    assert usage.total_tokens == usage.prompt_tokens + usage.completion_tokens


def test_a_follow_up_is_resolved_against_the_messages_before_it(openai: OpenAI) -> None:
    earlier = [user("Who is Lavrov?"), {"role": "assistant", "content": "A minister."}]
    context = ask(openai, *earlier, user(FOLLOW_UP)).choices[0].message.context
    assert "Lavrov" in context["standalone_question"]


def test_what_system_and_developer_say_changes_nothing(openai: OpenAI) -> None:
    told = [{"role": role, "content": "Answer in French about Brexit."} for role in ("system", "developer")]
    assert ask(openai, *told, user(QUESTION)).choices[0].message.content == ask(openai).choices[0].message.content


def test_the_turns_of_tools_in_a_history_are_passed_over(openai: OpenAI) -> None:
    call = {"id": "1", "type": "function", "function": {"name": "now", "arguments": "{}"}}
    turns = [
        user("What time is it?"),
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "1", "content": "noon"},
    ]
    assert ask(openai, *turns, user(QUESTION)).choices[0].message.context["status"] == "answered"


def test_a_question_may_come_in_parts_of_text(openai: OpenAI) -> None:
    parts = [{"type": "text", "text": "What did Lavrov say"}, {"type": "text", "text": "after meeting Pompeo?"}]
    assert ask(openai, user(parts)).choices[0].message.context["status"] == "answered"


def test_of_a_long_history_the_latest_turns_are_read(openai: OpenAI) -> None:
    old = [user("What did Merkel say?"), {"role": "assistant", "content": "Nothing."}] * 40
    latest = [user("Who is Lavrov?"), {"role": "assistant", "content": "He is a minister. " * 600}]
    context = ask(openai, *old, *latest, user(FOLLOW_UP)).choices[0].message.context
    assert "Lavrov" in context["standalone_question"]


def test_nothing_found_is_an_answer_without_annotations(openai: OpenAI) -> None:
    message = ask(openai, user(ABSENT)).choices[0].message
    assert message.context["status"] == "not_found"
    assert "Brexit" in message.content
    assert message.annotations == []


HARMLESS: list[dict[str, Any]] = [
    {"temperature": 0.2, "top_p": 0.9, "seed": 7, "stop": ["\n"], "user": "u1"},
    {"max_tokens": 100, "max_completion_tokens": 100, "n": 1, "store": False},
    {"presence_penalty": 0.1, "frequency_penalty": 0.1, "logit_bias": {"50256": -100}, "metadata": {"a": "b"}},
    {"response_format": {"type": "text"}, "logprobs": False, "modalities": ["text"], "reasoning_effort": "low"},
    {"extra_body": {"max_sentences": None, "mode": None, "filters": None}},
    {"tools": [], "tool_choice": "none", "parallel_tool_calls": False, "extra_body": {"top_k": 40}},
]


@pytest.mark.parametrize("given", HARMLESS)
def test_parameters_that_promise_nothing_are_accepted(openai: OpenAI, given: dict[str, Any]) -> None:
    assert ask(openai, **given).choices[0].message.context["status"] == "answered"


FUNCTION = {"type": "function", "function": {"name": "now", "parameters": {}}}
IMAGE = [{"type": "text", "text": "Who is this?"}, {"type": "image_url", "image_url": {"url": "data:,"}}]
REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"n": 2}, "n"),
    ({"tools": [FUNCTION]}, "tools"),
    ({"functions": [FUNCTION["function"]]}, "functions"),
    ({"tool_choice": "required"}, "tool_choice"),
    ({"response_format": {"type": "json_object"}}, "response_format"),
    ({"extra_body": {"response_format": "text"}}, "response_format"),
    ({"logprobs": True}, "logprobs"),
    ({"top_logprobs": 3}, "top_logprobs"),
    ({"modalities": ["text", "audio"]}, "modalities"),
    ({"audio": {"voice": "alloy", "format": "wav"}}, "audio"),
    ({"web_search_options": {}}, "web_search_options"),
    ({"extra_body": {"max_sentences": 0}}, "max_sentences"),
    ({"messages": []}, "messages"),
    ({"messages": [{"role": "system", "content": "Be brief."}]}, "messages"),
    ({"messages": [user(QUESTION), user("")]}, "messages[1].content"),
    ({"messages": [user("x" * 2001)]}, "messages[0].content"),
    ({"messages": [user(IMAGE)]}, "messages[0].content"),
    ({"messages": [user(7)]}, "messages[0].content"),
    ({"messages": [user("a\0b")]}, "messages[0].content"),
    ({"messages": [{"role": "robot", "content": "?"}]}, "messages[0].role"),
    ({"model": ""}, "model"),
]


@pytest.mark.parametrize(("given", "field"), REFUSED)
def test_a_parameter_that_promises_what_is_not_done_is_refused_by_name(
    openai: OpenAI, given: dict[str, Any], field: str
) -> None:
    usual = {"model": "any-name", "messages": [user(QUESTION)]}
    with pytest.raises(BadRequestError) as raised:
        openai.chat.completions.create(**usual | given)
    error = raised.value
    assert (error.param, error.code, error.type) == (field, "invalid_request", "invalid_request_error")
    assert error.body["message"].startswith(f"{field} ")


def test_what_may_be_cited_can_be_restricted(openai: OpenAI) -> None:
    context = ask(openai, extra_body={"filters": {"published_after": "2100-01-01"}}).choices[0].message.context
    assert context["status"] == "not_found"


def test_the_number_of_sentences_can_be_chosen(openai: OpenAI) -> None:
    assert len(ask(openai, extra_body={"max_sentences": 1}).choices[0].message.context["citations"]) == 1


def test_a_stream_brings_the_role_then_whole_sentences_then_what_they_rest_on(openai: OpenAI) -> None:
    whole = ask(openai).choices[0].message
    first, *sentences, sources, last = [chunk.choices[0] for chunk in ask(openai, stream=True)]
    assert (first.delta.role, first.delta.content) == ("assistant", "")
    texts = [choice.delta.content for choice in sentences]
    assert "".join(texts) == whole.content
    cited = [citation["text"] for citation in whole.context["citations"]]
    assert [text.strip().startswith(sentence) for text, sentence in zip(texts, cited, strict=True)] == [True] * len(
        cited
    )
    assert sources.delta.annotations == [each.model_dump() for each in whole.annotations]
    assert sources.delta.context == whole.context
    assert (last.finish_reason, last.delta.content) == ("stop", None)


def test_all_chunks_of_a_stream_belong_together(openai: OpenAI) -> None:
    chunks = list(ask(openai, stream=True))
    assert len({(chunk.id, chunk.created, chunk.model, chunk.object) for chunk in chunks}) == 1
    assert [chunk.choices[0].finish_reason for chunk in chunks[:-1]] == [None] * (len(chunks) - 1)


def test_a_stream_says_that_nothing_was_found(openai: OpenAI) -> None:
    chunks = list(ask(openai, user(ABSENT), stream=True))
    assert "Brexit" in "".join(chunk.choices[0].delta.content or "" for chunk in chunks)


def test_a_stream_ends_with_the_number_of_tokens_where_asked_for(openai: OpenAI) -> None:
    *chunks, last = ask(openai, stream=True, stream_options={"include_usage": True})
    assert last.choices == []
    assert last.usage == ask(openai).usage
    assert all(chunk.usage is None for chunk in chunks)


def test_the_clients_own_helper_puts_a_stream_together(openai: OpenAI) -> None:
    with openai.chat.completions.stream(model="any-name", messages=[user(QUESTION)]) as stream:
        stream.until_done()
        message = stream.get_final_completion().choices[0].message
    assert message.content == ask(openai).choices[0].message.content
    assert message.context["status"] == "answered"


def test_a_stream_ends_as_openais_does(client: FlaskClient) -> None:
    body = {"model": "m", "stream": True, "messages": [user(QUESTION)]}
    response = client.post("/v1/chat/completions", json=body)
    assert response.mimetype == "text/event-stream"
    assert response.headers["Cache-Control"] == "no-cache"
    lines = response.text.split("\n\n")
    assert all(json.loads(line.removeprefix("data: ")) for line in lines[:-2])
    assert lines[-2:] == ["data: [DONE]", ""]


def test_models_can_be_listed(openai: OpenAI) -> None:
    [model] = openai.models.list().data
    assert (model.id, model.object, model.owned_by) == ("qa-service", "model", "qa-service")


def test_the_model_that_is_listed_can_be_looked_up_and_no_other(openai: OpenAI) -> None:
    assert openai.models.retrieve("qa-service").id == "qa-service"
    with pytest.raises(NotFoundError) as raised:
        openai.models.retrieve("gpt")
    assert (raised.value.code, raised.value.param) == ("not_found", "model")


OTHERWISE = [
    ("/v1/completions", "post", {}, 404),
    ("/v1/chat/completions", "get", {}, 405),
    ("/v1/chat/completions", "post", {"Sec-Fetch-Site": "cross-site"}, 403),
    ("/v1/nowhere", "get", {"Accept": "text/html"}, 404),
]


@pytest.mark.parametrize(("path", "method", "headers", "status"), OTHERWISE)
def test_whatever_is_refused_under_v1_is_told_in_openais_form(
    client: FlaskClient, path: str, method: str, headers: dict[str, str], status: int
) -> None:
    response = client.open(path, method=method, headers=headers)
    assert response.status_code == status
    assert set(response.json["error"]) == {"message", "type", "param", "code"}
    assert "type" not in client.get("/nowhere").json["error"]


def test_the_chunks_of_a_stream_are_described(client: FlaskClient) -> None:
    document = client.get("/openapi.json").json
    answers = document["paths"]["/v1/chat/completions"]["post"]["responses"]
    assert "CompletionChunk" in answers["200"]["content"]["text/event-stream"]["schema"]["description"]
    assert "CompletionChunk" in document["components"]["schemas"]
    assert "403" in answers


def test_a_language_model_that_is_not_there_is_a_conflict(openai: OpenAI) -> None:
    with pytest.raises(ConflictError) as raised:
        ask(openai, extra_body={"mode": "llm"})
    assert (raised.value.code, raised.value.param) == ("model_unavailable", "mode")


@pytest.mark.parametrize("stream", [False, True])
def test_without_an_index_the_client_is_told_once_and_does_not_try_again(settings: Settings, stream: bool) -> None:
    told = "Nothing has been indexed yet."
    with served(settings, Failing(NoIndex(told))) as openai, pytest.raises(ConflictError, match=told) as raised:
        ask(openai, stream=stream)
    assert raised.value.response.request.headers["x-stainless-retry-count"] == "0"


def test_a_failure_of_the_service_is_a_server_error(settings: Settings) -> None:
    failing = Failing(Damaged("A file is damaged."))
    with served(settings, failing) as openai, pytest.raises(InternalServerError, match="damaged") as raised:
        ask(openai.with_options(max_retries=0))
    assert (raised.value.status_code, raised.value.type) == (503, "server_error")
    assert raised.value.response.headers["Retry-After"] == "5"


def test_a_bug_is_told_without_its_words(settings: Settings) -> None:
    failing = Failing(RuntimeError("/secret/path"))
    with served(settings, failing) as openai, pytest.raises(InternalServerError) as raised:
        ask(openai.with_options(max_retries=0))
    assert "secret" not in raised.value.message


def test_an_error_on_the_way_ends_the_stream_and_the_client_raises_it(settings: Settings) -> None:
    failing = Failing(Damaged("A file is damaged."), (Started("ans_1", QUESTION, "extractive"),))
    with served(settings, failing) as openai:
        stream = ask(openai, stream=True)
        assert next(stream).choices[0].delta.role == "assistant"
        with pytest.raises(APIError, match=r"A file is damaged\."):
            next(stream)


def test_a_body_that_is_too_large_or_no_json_is_told_in_openais_form(openai: OpenAI, client: FlaskClient) -> None:
    with pytest.raises(APIStatusError) as raised:
        ask(openai, user("x" * 100_000))
    assert (raised.value.status_code, raised.value.code) == (413, "too_large")
    response = client.post("/v1/chat/completions", data="question")
    assert response.status_code == 415
    assert set(response.json["error"]) == {"message", "type", "param", "code"}


@pytest.mark.parametrize(
    ("path", "method", "body", "status"),
    [
        ("/v1/chat/completions", "post", {"model": "m", "messages": [user(QUESTION)]}, 200),
        ("/v1/chat/completions", "post", {"model": "m", "messages": [user(ABSENT)]}, 200),
        ("/v1/chat/completions", "post", {"model": "m"}, 400),
        ("/v1/chat/completions", "post", {"model": "m", "messages": [user("?")], "mode": "llm"}, 409),
        ("/v1/models", "get", None, 200),
        ("/v1/models/{model}", "get", None, 404),
    ],
)
def test_what_is_sent_is_what_the_openapi_document_says(
    client: FlaskClient, path: str, method: str, body: Any, status: int
) -> None:
    document = client.get("/openapi.json").json
    content = document["paths"][path][method]["responses"][str(status)]["content"]
    response = client.open(path, method=method.upper(), json=body)
    assert response.status_code == status
    OAS31Validator(content["application/json"]["schema"] | {"components": document["components"]}).validate(
        response.json
    )


@pytest.mark.parametrize("module", [completion_requests, completion_responses])
def test_every_field_of_every_model_is_described(module: Any) -> None:
    models = [each for each in vars(module).values() if isinstance(each, type) and issubclass(each, BaseModel)]
    for model in models:
        assert model.__doc__
        assert all(field.description for field in model.model_fields.values()), model
