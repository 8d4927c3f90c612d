"""The page of one answer: complete without scripts, linked to what it rests on, and never markup out of text."""

from __future__ import annotations

import json
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from test_pages import EVIL, Page

from qa_service.answerer import Answerer
from qa_service.chats.conversations import Conversations
from qa_service.chats.database import Database
from qa_service.chats.values import Finished
from qa_service.settings import Settings
from qa_service.web.app import create_app

QUESTION = "What did Lavrov say after meeting Pompeo?"


@pytest.fixture(scope="module")
def sent(app: Flask) -> dict[str, Any]:
    client = app.test_client()
    address = f"/conversations/{client.post('/conversations', json={}).json['id']}"
    return client.post(f"{address}/turns", json={"question": QUESTION}).json


def shown(client: FlaskClient, identity: str, **options: Any) -> str:
    response = client.get(f"/answers/{identity}/view", **options)
    assert response.status_code == 200
    return response.get_data(as_text=True)


def kept(home: Path, body: dict[str, Any]) -> None:
    """Keep an answer as some service may have sent it."""
    chats = Conversations(Database(home))
    begun = chats.begin("a" * 32, chats.create("a" * 32).id, body["question"], None)
    chats.finish(begun, Finished(body["id"], body["question"], body["answer_plain"], json.dumps(body)))


def test_the_question_and_every_sentence_stand_on_the_page(client: FlaskClient, sent: dict[str, Any]) -> None:
    html = unescape(shown(client, sent["id"]))
    assert f"<title>{QUESTION}" in html
    for citation in sent["citations"]:
        assert html.count(citation["text"]) >= 2  # in the answer, and quoted below


def test_every_sentence_links_to_the_words_it_rests_on(client: FlaskClient, sent: dict[str, Any]) -> None:
    links = [link["href"] for link in Page(shown(client, sent["id"])).all("a") if link.get("class") == "marker"]
    assert len(links) == len(sent["citations"])
    for link, citation in zip(links, sent["citations"], strict=True):
        assert Page(client.get(link).get_data(as_text=True)).marked == citation["text"]
        assert link.endswith("#cited")


def test_links_stay_below_the_path_of_the_service(client: FlaskClient, sent: dict[str, Any]) -> None:
    page = Page(shown(client, sent["id"], base_url="https://qa.example/docs-qa"))
    links = [link["href"] or "" for link in page.all("a")]
    assert all(link.startswith(("/docs-qa/", "#", "?")) for link in links)


def test_the_page_is_whole_without_scripts_and_not_for_search_engines(
    client: FlaskClient, sent: dict[str, Any]
) -> None:
    page = Page(shown(client, sent["id"]))
    assert not [script for script in page.all("script") if script.get("type") != "application/json"]
    assert {"name": "robots", "content": "noindex"} in page.all("meta")


def test_the_page_speaks_the_reader_s_language(client: FlaskClient, sent: dict[str, Any]) -> None:
    assert '<h2 id="sources">Quellen</h2>' in shown(client, sent["id"], headers={"Accept-Language": "de"})


def test_what_the_documents_do_not_tell_is_said(client: FlaskClient) -> None:
    address = f"/conversations/{client.post('/conversations', json={}).json['id']}"
    sent = client.post(f"{address}/turns", json={"question": "Who won the 2018 World Cup?"}).json
    assert sent["answer_plain"] in unescape(shown(client, sent["id"]))


def test_an_unknown_answer_is_a_small_page_that_repeats_nothing(client: FlaskClient) -> None:
    response = client.get("/answers/zebra/view", headers={"Accept": "text/html"})
    assert (response.status_code, response.mimetype) == (404, "text/html")
    assert "zebra" not in response.get_data(as_text=True)


def test_hostile_text_of_a_removed_document_is_never_markup(
    settings: Settings, answerer: Answerer, sent: dict[str, Any], tmp_path: Path
) -> None:
    source = sent["citations"][0]["sources"][0]
    hostile = {"document_id": EVIL, "document_title": EVIL, "source": EVIL, "url": "javascript:alert(1)"}
    citation = sent["citations"][0] | {"text": EVIL, "sources": [source | hostile | {"cited_text": EVIL}]}
    kept(tmp_path, sent | {"question": EVIL, "citations": [citation], "not_found": [{"part": EVIL, "reason": EVIL}]})
    client = create_app(settings.model_copy(update={"home": tmp_path}), answerer).test_client()
    page = Page(shown(client, sent["id"]))
    assert not page.all("img")
    assert all(script.get("type") == "application/json" for script in page.all("script"))
    assert not [link for link in page.all("a") if (link["href"] or "").startswith("javascript")]


def test_a_changed_document_is_told_at_its_quotation(
    settings: Settings, answerer: Answerer, sent: dict[str, Any], tmp_path: Path
) -> None:
    citation = sent["citations"][0]
    altered = citation["sources"][0] | {"cited_text": "Something else.", "published_at": "2017-05-12"}
    kept(tmp_path, sent | {"citations": [citation | {"sources": [altered]}]})
    client = create_app(settings.model_copy(update={"home": tmp_path}), answerer).test_client()
    html = shown(client, sent["id"])
    assert "no longer has these words" in html
    assert '<time datetime="2017-05-12">12 May 2017</time>' in html
