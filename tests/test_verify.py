"""Citations checked again: those that hold, and those whose document was removed or changed since."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from homes import with_model
from hypothesis import given
from hypothesis import strategies as st

from qa_service.assemble import open_answerer, open_library
from qa_service.errors import UnknownId
from qa_service.settings import Settings
from qa_service.types import Document
from qa_service.web import verify
from qa_service.web.app import create_app
from qa_service.web.chat_requests import Claim, Claimed

QUESTION = "What did Lavrov say after meeting Pompeo?"
STORED = Document("doc_1", "a", "T", "The 🚀 flew. The end.")


def answered(client: FlaskClient, question: str = QUESTION) -> dict[str, Any]:
    address = f"/conversations/{client.post('/conversations', json={}).json['id']}"
    return client.post(f"{address}/turns", json={"question": question}).json


def verified(client: FlaskClient, **body: Any) -> dict[str, Any]:
    response = client.post("/verify", json=body)
    assert response.status_code == 200, response.json
    return response.json


def stored(identity: str) -> Document:
    if identity != STORED.id:
        raise UnknownId("There is none.")
    return STORED


def reason(identity: str, start: int, end: int, text: str) -> str | None:
    claim = Claim(document_id=identity, start_char_index=start, end_char_index=end, cited_text=text)
    (citation,) = verify.check([Claimed(sources=(claim,))], stored)
    assert citation.verified == citation.sources[0].verified == (citation.sources[0].reason is None)
    return citation.sources[0].reason


def test_a_fresh_answer_holds(client: FlaskClient) -> None:
    answer = answered(client)
    checked = verified(client, answer_id=answer["id"])
    assert checked["status"] == "verified"
    assert checked["index_version"] == answer["index_version"]
    assert [each["id"] for each in checked["citations"]] == [each["id"] for each in answer["citations"]]


def test_the_citations_of_any_answer_can_be_sent_as_they_are(client: FlaskClient) -> None:
    answer = client.post("/ask", json={"question": QUESTION}).json
    assert verified(client, citations=answer["citations"])["status"] == "verified"


def test_an_altered_quotation_is_told_and_no_other(client: FlaskClient) -> None:
    citations = answered(client)["citations"]
    citations[1]["sources"][0]["cited_text"] += "!"
    checked = verified(client, citations=citations)
    assert checked["status"] == "changed"
    assert [each["verified"] for each in checked["citations"]] == [index != 1 for index in range(len(citations))]
    assert checked["citations"][1]["sources"][0]["reason"] == "text_changed"


def test_an_answer_without_citations_has_nothing_that_does_not_hold(client: FlaskClient) -> None:
    answer = answered(client, "Who won the 2018 World Cup?")
    checked = verified(client, answer_id=answer["id"])
    assert (checked["status"], checked["citations"]) == ("verified", [])


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({}, 400, None),
        ({"answer_id": "ans_x", "citations": []}, 400, None),
        ({"answer_id": "ans_x"}, 404, "answer_id"),
        ({"citations": [{}]}, 400, "citations[0].sources"),
        ({"citations": [{"sources": [{}]}]}, 400, "citations[0].sources[0].document_id"),
        ({"citations": [{"sources": []}] * 101}, 400, "citations"),
    ],
)
def test_what_cannot_be_checked_is_refused(
    client: FlaskClient, body: dict[str, Any], status: int, field: str | None
) -> None:
    response = client.post("/verify", json=body)
    assert (response.status_code, response.json["error"]["field"]) == (status, field)


@given(st.integers(0, 25), st.integers(0, 25), st.text(max_size=3))
def test_a_span_holds_exactly_if_its_words_stand_there(start: int, end: int, more: str) -> None:
    text = STORED.text[start:end] + more or "x"
    told = reason(STORED.id, start, end, text)
    stands = start < end <= len(STORED.text) and not more
    assert told == (None if stands else "text_changed")


def test_a_document_that_is_not_there_is_told() -> None:
    assert reason("doc_2", 0, 3, "The") == "document_removed"


def test_a_citation_without_sources_does_not_hold_and_one_without_a_name_gets_one() -> None:
    (citation,) = verify.check([Claimed(sources=())], stored)
    assert (citation.id, citation.verified) == ("c1", False)


def test_a_document_is_read_once_however_often_it_is_cited() -> None:
    read: list[str] = []
    claim = Claim(document_id=STORED.id, start_char_index=0, end_char_index=3, cited_text="The")
    verify.check([Claimed(sources=(claim, claim))] * 2, lambda identity: (read.append(identity), stored(identity))[1])
    assert read == [STORED.id]


def test_documents_that_were_changed_or_removed_are_told_and_shown(settings: Settings, tmp_path: Path) -> None:
    harbour, bridge = tmp_path / "harbour.md", tmp_path / "bridge.md"
    harbour.write_text("# Harbour\n\nThe harbour of Reykjavik reopened on Monday after the storm.\n", encoding="utf-8")
    bridge.write_text("# Bridge\n\nThe bridge in Oslo was closed on Friday.\n", encoding="utf-8")
    own = with_model(settings, tmp_path / "home")
    open_library(own, lambda *_: None).sync([harbour, bridge], lambda *_: None)
    client = create_app(own, open_answerer(own)).test_client()
    answer = answered(client, "When did the harbour of Reykjavik reopen?")
    assert verified(client, answer_id=answer["id"])["status"] == "verified"
    harbour.write_text("# Harbour\n\nThe harbour of Reykjavik stays closed.\n", encoding="utf-8")
    open_library(own, lambda *_: None).sync([harbour], lambda *_: None)
    checked = verified(client, answer_id=answer["id"])
    assert checked["status"] == "changed"
    assert checked["citations"][0]["sources"][0]["reason"] == "document_removed"
    assert checked["index_version"] != answer["index_version"]
    page = client.get(f"/answers/{answer['id']}/view").get_data(as_text=True)
    assert "This document has been removed since." in page
    assert "reopened on Monday" in page
