"""A conversation written down: everything is in it, numbered and linked, and no text is read as markup."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from qa_service.chats import export, saved

QUESTION = "What did Lavrov say after meeting Pompeo?"
WORDS = export.Words("Conversation", "No answer.", "Sources", "Original", "Passage", lambda author: author.name or "")
EVIL = "# [x](javascript:alert(1)) <script>`*_|"


def source(document: str = "doc_1", start: int = 0, **more: Any) -> dict[str, Any]:
    span = {"start_char_index": start, "end_char_index": start + 9, "cited_text": "It is so."}
    about = {"document_id": document, "document_title": "Title", "source": None, "url": None, "published_at": None}
    return about | span | more


def answer(*sources: dict[str, Any], numbers: tuple[int, ...] = (), text: str = "It is so.") -> dict[str, Any]:
    pairs = zip(numbers or range(1, len(sources) + 1), sources, strict=True)
    cited = [
        {"text": text, "start": at, "end": at + 1, "number": number, "sources": [each]}
        for at, (number, each) in enumerate(pairs)
    ]
    about = {"question": "Is it?", "created": "2026-11-24T01:20:00Z", "status": "answered", "answer_plain": text}
    return about | {"citations": cited, "not_found": []}


def written(*answers: dict[str, Any] | None, title: str | None = "Title") -> str:
    turns = [{"question": "Is it?", "answer": each} for each in answers]
    return export.as_markdown({"title": title, "turns": turns}, "https://qa.example/", WORDS)


def asked(client: FlaskClient, question: str = QUESTION) -> tuple[str, dict[str, Any]]:
    address = f"/conversations/{client.post('/conversations', json={}).json['id']}"
    return address, client.post(f"{address}/turns", json={"question": question}).json


def test_a_conversation_comes_as_a_markdown_file_named_after_it(client: FlaskClient) -> None:
    address, _ = asked(client)
    for query in ("", "?format=markdown"):
        response = client.get(f"{address}/export{query}")
        assert response.content_type == "text/markdown; charset=utf-8"
        name = "what-did-lavrov-say-after-meeting-pompeo.md"
        assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'


def test_every_sentence_and_every_permanent_link_is_in_the_file(client: FlaskClient) -> None:
    address, sent = asked(client)
    text = client.get(f"{address}/export").get_data(as_text=True)
    for cited in sent["citations"]:
        assert f"{export.plain(cited['text'])} [{cited['number']}]" in text
        for each in cited["sources"]:
            span = f"start={each['start_char_index']}&end={each['end_char_index']}"
            assert f"(http://localhost/documents/{each['document_id']}/view?{span}#cited)" in text


def test_the_json_file_is_the_conversation(client: FlaskClient) -> None:
    address, _ = asked(client)
    response = client.get(f"{address}/export?format=json")
    assert response.content_type == "application/json; charset=utf-8"
    assert response.json == client.get(address).json
    assert response.headers["Content-Disposition"].endswith('.json"')


def test_another_format_is_refused(client: FlaskClient) -> None:
    address, _ = asked(client)
    assert client.get(f"{address}/export?format=pdf").json["error"]["field"] == "format"


def test_the_words_around_are_in_the_reader_s_language(client: FlaskClient) -> None:
    address, _ = asked(client)
    text = client.get(f"{address}/export", headers={"Accept-Language": "de"}).get_data(as_text=True)
    assert "### Quellen" in text


def test_a_whole_file_reads_like_this() -> None:
    first = source(source="Gazette", published_at="2020-02-29", url="https://news.example/a b")
    text = written(answer(first, source("doc_2", 4)), None)
    assert text == (
        "# Title\n\n## Is it?\n\nIt is so. [1] It is so. [2]\n\n### Sources\n\n"
        "[1] Title, Gazette, 2020-02-29, [Original](<https://news.example/a%20b>)\n\n"
        "> It is so. [Passage](https://qa.example/documents/doc_1/view?start=0&end=9#cited)\n\n"
        "[2] Title\n\n"
        "> It is so. [Passage](https://qa.example/documents/doc_2/view?start=4&end=13#cited)\n\n"
        "## Is it?\n\n*No answer.*\n"
    )


def test_spans_of_one_document_under_one_number_stand_together_and_once() -> None:
    spans = source("doc_1", 20), source("doc_2"), source("doc_1"), source("doc_1", 20)
    read = saved.read(answer(*spans, numbers=(1, 2, 1, 1)))
    assert [[(each.number, each.start) for each in group] for group in read.sources()] == [[(1, 20), (1, 0)], [(2, 0)]]


def test_what_the_documents_do_not_tell_is_written_down() -> None:
    nothing = answer(text="The documents do not say.") | {"status": "not_found"}
    assert "\n\nThe documents do not say.\n" in written(nothing)
    part = answer(source()) | {"not_found": [{"part": "Brexit", "reason": "Nobody mentions Brexit."}]}
    assert "\n\nNobody mentions Brexit.\n\n### Sources" in written(part)


def test_a_conversation_without_a_title_has_a_heading() -> None:
    assert written(title=None) == "# Conversation\n"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_text_is_read_as_markup_and_none_is_lost(text: str) -> None:
    escaped = export.plain(text)
    assert re.sub(r"\\(.)", r"\1", escaped) == " ".join(text.split())
    assert not re.search(r"[`*_\[\]<>#|~&]", re.sub(r"\\.", "", escaped))
    assert not re.match(r"[-+]|\d+[.)](\s|$)", escaped)


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("- a", "\\- a"),
        ("12. May", "12\\. May"),
        ("1) b", "1\\) b"),
        ("1.5 million", "1.5 million"),
        ("2017-05", "2017-05"),
    ],
)
def test_what_would_begin_a_list_is_escaped_and_no_other_number(text: str, escaped: str) -> None:
    assert export.plain(text) == escaped


def test_hostile_text_stays_text() -> None:
    hostile = source(document_title=EVIL, source=EVIL, cited_text=EVIL, url="javascript:alert(1)")
    text = written(answer(hostile, text=EVIL), title=EVIL)
    assert "](javascript" not in text.replace("\\](javascript", "")
    assert "<script>" not in text.replace("\\<script\\>", "")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,a", "//evil.example", " http://a", None])
def test_only_web_addresses_become_links(url: str | None) -> None:
    (group,) = saved.read(answer(source(url=url))).sources()
    assert group[0].original() is None


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_address_breaks_out_of_its_brackets(rest: str) -> None:
    (group,) = saved.read(answer(source(f"doc/{rest}", url=f"https://{rest}"))).sources()
    assert not re.search(r"[\s<>\\]", group[0].original() or "")
    assert not re.search(r"[\s()<>]", group[0].permalink("https://qa.example/"))
