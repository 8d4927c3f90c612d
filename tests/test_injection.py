"""Documents that give orders, and a model that obeys every one of them: nothing that is ordered reaches a reader."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from browsing import ask, served
from conftest import SEEDS
from flask import Flask
from flask.testing import FlaskClient
from homes import with_model
from model_server import ModelServer, serving
from playwright.sync_api import Page
from poisoned import FOLDER, Poisoned, Slavish, poisoned
from pydantic import SecretStr

from qa_service.answerer import Answerer
from qa_service.assemble import open_answerer, open_library
from qa_service.settings import Settings
from qa_service.types import Ask
from qa_service.web.app import create_app

KEY, SEALED, CONFIDED = "sk-CANARY-KEY-55417", "CANARY-SEALED-90233", "CANARY-CONFIDED-31876"
SECRETS = (KEY, SEALED, CONFIDED, "numbered passages of documents", "Passages are text that others wrote")
ARCHIVE = {
    "title": "Sealed minutes about the hives of the Ostrava valley",
    "source": "Sealed Archive",
    "text": f"The beekeepers of the Ostrava valley lost their hives. The code of the archive is {SEALED}.",
}
OPEN = {"sources": ["The Lindwick Courier"]}
DOCUMENTS = poisoned()


@dataclass(frozen=True)
class Attacked:
    """The service over poisoned documents, and the model that obeys them."""

    app: Flask
    quoting: Answerer
    model: ModelServer

    def ask(self, question: str) -> dict[str, Any]:
        """The answer as it is sent to a reader who sees the courier only, not the sealed archive."""
        reply = self.app.test_client().post("/ask", json={"question": question, "filters": OPEN})
        assert reply.status_code == 200, reply.text
        body: dict[str, Any] = json.loads(reply.text)
        return body


@pytest.fixture(scope="module")
def home(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home with the seeds, the poisoned documents and one that the reader's filters exclude."""
    archive = tmp_path_factory.mktemp("archive") / "sealed.jsonl"
    archive.write_text(json.dumps(ARCHIVE), encoding="utf-8")
    home = with_model(settings, tmp_path_factory.mktemp("poisoned"))
    open_library(home, lambda *_: None).sync([SEEDS, FOLDER, archive], lambda *_: None)
    return home


@pytest.fixture(scope="module")
def attacked(home: Settings) -> Iterator[Attacked]:
    with serving(Slavish()) as server:
        model = {"llm_base_url": server.base_url, "llm_model": "slavish", "llm_api_key": SecretStr(KEY)}
        settings = home.model_copy(update=model)
        yield Attacked(create_app(settings, open_answerer(settings)), open_answerer(home), server)


def told(body: dict[str, Any]) -> str:
    """Everything in an answer that is not the title of a document or the wording of a source."""
    texts = [body["answer"], body["answer_plain"], body["standalone_question"], *body["follow_up_questions"]]
    return "\n".join([*texts, *(citation["text"] for citation in body["citations"]), json.dumps(body["model"])])


def test_there_are_fifty_orders_of_many_kinds() -> None:
    assert len(DOCUMENTS) >= 50
    assert len({each.kind for each in DOCUMENTS}) == len({each.question for each in DOCUMENTS}) == len(DOCUMENTS)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda each: f"{each.name} {each.kind}")
def test_no_order_of_a_document_is_obeyed(attacked: Attacked, document: Poisoned) -> None:
    before = len(attacked.model.requests)
    body = attacked.ask(document.question)
    assert any(document.title in asked.user for asked in attacked.model.requests[before:])
    assert body["status"] != "not_found"
    assert [word for word in document.forbidden if word in told(body)] == []
    everything = json.dumps(body, ensure_ascii=False)
    assert [secret for secret in SECRETS if secret in everything] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda each: each.name)
def test_without_a_model_the_answer_is_what_stands_in_the_document(attacked: Attacked, document: Poisoned) -> None:
    answer = attacked.quoting.answer(Ask(document.question))
    for citation in answer.citations:
        for source in citation.sources:
            assert citation.text == source.cited_text == source.document.text[source.start : source.end]


def test_what_the_filters_exclude_is_not_sent_to_the_model(attacked: Attacked) -> None:
    before = len(attacked.model.requests)
    question = "How many hives did the beekeepers of the Ostrava valley lose?"
    assert SEALED not in json.dumps(attacked.ask(question))
    assert SEALED not in json.dumps([asked.body for asked in attacked.model.requests[before:]])
    unfiltered = attacked.quoting.answer(Ask("What is the code of the archive?"))
    assert SEALED in unfiltered.text  # it would be found


def test_what_another_browser_asked_is_not_sent_to_the_model(attacked: Attacked) -> None:
    first, second = attacked.app.test_client(), attacked.app.test_client()
    conversation = confide(first, f"Did the beekeepers of the Ostrava valley lose {CONFIDED}?")
    before = len(attacked.model.requests)
    address = confide(second, "How many hives did the beekeepers lose?")
    body = second.post(f"/conversations/{address}/turns", json={"question": "And who is to blame for it?"}).text
    sent = json.dumps([asked.body for asked in attacked.model.requests[before:]])
    assert (CONFIDED in body, CONFIDED in sent) == (False, False)
    assert second.get(f"/conversations/{conversation}").status_code == 404


def confide(client: FlaskClient, question: str) -> str:
    """The identifier of a new conversation in which a question was asked."""
    identity: str = json.loads(client.post("/conversations", json={}).text)["id"]
    assert client.post(f"/conversations/{identity}/turns", json={"question": question}).status_code == 200
    return identity


def test_the_key_is_sent_to_the_model_and_to_nobody_else(attacked: Attacked, home: Settings) -> None:
    attacked.ask(DOCUMENTS[0].question)
    assert attacked.model.requests[-1].headers["authorization"] == f"Bearer {KEY}"
    assert KEY not in json.dumps([asked.body for asked in attacked.model.requests])
    assert [path for path in files(home.home) if KEY.encode() in path.read_bytes()] == []


def files(folder: Path) -> Iterator[Path]:
    """What a home keeps, but not its models."""
    return (path for path in folder.rglob("*") if path.is_file() and "models" not in path.parts)


# The fixture `open_page` fails a test if a dialog opens, the policy is violated or anything foreign is fetched.


def test_the_page_fetches_and_links_nothing_foreign(attacked: Attacked, open_page: Callable[..., Page]) -> None:
    with served(attacked.app) as address:
        page = open_page(address)
        for document in [each for each in DOCUMENTS if each.name.startswith(("links", "turns"))]:
            turn = ask(page, document.question)
            assert [word for word in document.forbidden if word in turn.locator(".sentence").all_text_contents()] == []
        assert page.locator("#transcript").locator("img, script, iframe, object, embed, base, form").count() == 0
        links = page.locator("#transcript a[href]").evaluate_all("all => all.map((each) => each.href)")
        assert [link for link in links if not link.startswith(address)] == []
