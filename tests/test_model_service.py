"""The whole service with a model server over real HTTP: whatever that does, there is an answer in time."""

from __future__ import annotations

import time
from collections.abc import Callable

import model_server as fake
import pytest
from model_server import Behaviour, serving
from pydantic import SecretStr

from qa_service.answerer import Answerer
from qa_service.assemble import open_answerer
from qa_service.settings import Settings
from qa_service.types import Answer, Ask
from qa_service.web.app import create_app

QUESTION = "What did Lavrov say after meeting Pompeo?"
HOPE = "Lavrov hoped to develop concrete solutions to “remove the current sad state of affairs”."
SECONDS = 1.0  # that a model has
GRACE = 0.5  # what the contract allows beyond
NOISE = 4.0  # what a busy machine may add


def with_model(settings: Settings, address: str, **given: object) -> Settings:
    return settings.model_copy(
        update={"llm_base_url": address, "llm_model": "any", "llm_timeout": SECONDS, "llm_retries": 1} | given
    )


def told(answer: Answer) -> object:
    return answer.text, answer.citations, answer.status, answer.follow_ups, answer.missing


FAULTS: dict[str, Callable[[], Behaviour] | Behaviour] = {
    "slow": fake.slow,
    "stalls": fake.stalls,
    "drip": fake.drip,
    "garbage": fake.garbage,
    "html": fake.html,
    "wrong_json": fake.wrong_json,
    "empty": fake.empty,
    "429": fake.rate_limited(0),
    "429 for an hour": fake.rate_limited(3600),
    "500": fake.error_500,
    "401": fake.unauthorized,
    "ends early": fake.ends_early,
    "invented": fake.says("Lavrov signed a treaty in Paris on 3 May 1999 [1]."),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_the_model_server_does_the_quoted_answer_is_there(
    settings: Settings, answerer: Answerer, fault: str
) -> None:
    with serving(FAULTS[fault]) as server:
        with_it = open_answerer(with_model(settings, server.base_url))
        with_it.answer(Ask(QUESTION, mode="extractive"))  # what is read from the disk is in memory
        began = time.monotonic()
        answer = with_it.answer(Ask(QUESTION))
        assert time.monotonic() - began < SECONDS + GRACE + NOISE
    assert told(answer) == told(answerer.answer(Ask(QUESTION)))
    assert (answer.mode, answer.model) == ("extractive", None)
    assert answer.note


def test_a_server_that_is_down_costs_nothing_but_a_note(settings: Settings, answerer: Answerer) -> None:
    with serving(fake.says("never asked")) as server:
        closed = server.base_url
    answer = open_answerer(with_model(settings, closed)).answer(Ask(QUESTION))
    assert told(answer) == told(answerer.answer(Ask(QUESTION)))
    assert answer.note


@pytest.mark.parametrize("fault", [fake.cut, fake.stalls_after(f"{HOPE} [1] And then he sa")])
def test_after_a_cut_what_was_told_stays_and_the_rest_is_quoted(
    settings: Settings, answerer: Answerer, fault: Behaviour
) -> None:
    quoted = answerer.answer(Ask(QUESTION))
    with serving(fault) as server:
        answer = open_answerer(with_model(settings, server.base_url)).answer(Ask(QUESTION))
    spans = [(s.document.id, s.start, s.end) for c in answer.citations for s in c.sources]
    assert answer.note
    assert set(spans) >= {(s.document.id, s.start, s.end) for c in quoted.citations for s in c.sources}


def test_the_service_answers_with_a_model_that_joins_sentences(settings: Settings) -> None:
    with serving(fake.FaithfulServer()) as server:
        app = create_app(settings, open_answerer(with_model(settings, server.base_url, llm_timeout=20.0)))
        body = app.test_client().post("/ask", json={"question": QUESTION}).get_json()
    assert body["model"] == {"mode": "llm", "name": "any", "note": None, "withheld": body["model"]["withheld"]}
    for citation in body["citations"]:
        assert body["answer"][citation["start"] : citation["end"]] == citation["text"]
        assert all(source["verified"] for source in citation["sources"])


def test_a_model_is_insisted_upon_and_fails(settings: Settings) -> None:
    with serving(fake.error_500) as server:
        app = create_app(settings, open_answerer(with_model(settings, server.base_url)))
        response = app.test_client().post("/ask", json={"question": QUESTION, "mode": "llm"})
    assert (response.status_code, response.get_json()["model"]["mode"]) == (200, "extractive")


def test_the_key_goes_to_the_server_and_nowhere_else(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    with serving(fake.error_500) as server:
        given = with_model(settings, server.base_url, llm_api_key=SecretStr("canary-key-77"))
        answer = open_answerer(given).answer(Ask(QUESTION))
        assert server.requests[0].headers["authorization"] == "Bearer canary-key-77"
    assert "canary-key-77" not in f"{answer} {given!r} {caplog.text}"
