"""The pages for people: what they say, that they mark the right words, and that nothing in them is active."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from qa_service.errors import NoIndex
from qa_service.settings import Settings
from qa_service.types import Document
from qa_service.web import openapi, reference
from qa_service.web.app import create_app
from qa_service.web.pages import web_address
from qa_service.web.paragraphs import marked_paragraphs
from qa_service.web.styles import SHEETS

STATIC = Path(__file__).parents[1] / "qa_service" / "web" / "static"
EVIL = "\"'><img src=x onerror=alert(1)><script>alert(2)</script>"


class Page(HTMLParser):
    """A page as a reader and as a browser meet it: its elements, and the text inside ``mark``."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.marked = ""
        self._depth = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._depth += tag == "mark"

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag == "mark"

    def handle_data(self, data: str) -> None:
        if self._depth:
            self.marked += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


class OneDocument:
    """An answerer that holds a single document, or none at all."""

    def __init__(self, document: Document | None) -> None:
        self._document = document

    def document(self, _: str) -> Document:
        if self._document is None:
            raise NoIndex("Nothing is indexed yet.")
        return self._document

    def ready(self) -> str | None:
        return None if self._document else "Nothing is indexed yet."


@pytest.fixture
def first(client: FlaskClient) -> dict[str, Any]:
    identifier = client.get("/documents").json["documents"][0]["id"]
    return client.get(f"/documents/{identifier}").json


def shown(settings: Settings, document: Document | None, address: str = "/documents/a/view") -> str:
    client = create_app(settings, OneDocument(document)).test_client()
    return client.get(address, headers={"Accept": "text/html"}).get_data(as_text=True)


def test_the_chat_page_says_what_the_index_holds(client: FlaskClient, answerer: Any) -> None:
    html = client.get("/").get_data(as_text=True)
    counts = answerer.counts()
    assert f"{counts.documents:,} documents, {counts.passages:,} passages" in html


def test_the_chat_page_says_from_when_the_documents_are(client: FlaskClient) -> None:
    assert ", 12 May 2017 to 21 May 2021</p>" in client.get("/").get_data(as_text=True)


def test_a_question_sent_before_the_scripts_are_there_comes_back_as_an_address_that_asks_it(
    client: FlaskClient,
) -> None:
    elements = Page(client.get("/").get_data(as_text=True)).elements
    form = next(attributes for tag, attributes in elements if tag == "form")
    box = next(attributes for tag, attributes in elements if tag == "textarea")
    assert (form["action"], form.get("method", "get"), box["name"]) == ("/", "get", "q")


def test_the_chat_page_offers_questions_that_the_index_answers(client: FlaskClient, answerer: Any) -> None:
    html = client.get("/").get_data(as_text=True)
    assert answerer.examples()
    for example in answerer.examples():
        assert f">{example}</button>" in html
        assert client.post("/ask", json={"question": example}).json["status"] != "not_found"


def test_the_chat_page_has_its_live_regions_from_the_start(client: FlaskClient) -> None:
    roles = [attributes.get("role") for _, attributes in Page(client.get("/").get_data(as_text=True)).elements]
    assert {"log", "status"} <= set(roles)


def test_the_chat_page_says_why_nothing_can_be_asked(settings: Settings) -> None:
    assert "Nothing is indexed yet." in shown(settings, None, "/")


def test_a_permalink_marks_the_span(client: FlaskClient, first: dict[str, Any]) -> None:
    line = first["text"].split("\n")[0]
    page = Page(client.get(f"/documents/{first['id']}/view?start=3&end={len(line)}").get_data(as_text=True))
    assert page.marked == line[3:]
    assert [mark["id"] for mark in page.all("mark")] == ["cited"]


def test_a_document_can_be_read_without_a_span(client: FlaskClient, first: dict[str, Any]) -> None:
    response = client.get(f"/documents/{first['id']}/view?utm_source=mail")
    assert response.status_code == 200
    assert not Page(response.get_data(as_text=True)).all("mark")


def test_a_span_over_several_paragraphs_has_one_anchor(settings: Settings) -> None:
    page = Page(shown(settings, Document("a", "a", "T", "One.\n\nTwo.\nThree."), "/documents/a/view?start=2&end=12"))
    assert page.marked == "e.Two.T"
    assert [mark.get("id") for mark in page.all("mark")] == ["cited", None, None]


def test_offsets_count_characters_beyond_the_basic_plane_once(settings: Settings) -> None:
    text = "😀👩‍🚀 first.\nThe 🚀 flew. The end."
    start = text.index("The 🚀")
    html = shown(settings, Document("a", "a", "T", text), f"/documents/a/view?start={start}&end={start + 11}")
    assert Page(html).marked == "The 🚀 flew."


@pytest.mark.parametrize(
    ("span", "field"),
    [
        ("start=0", "end"),
        ("end=5", "start"),
        ("start=a&end=5", "start"),
        ("start=0&end=", "end"),
        ("start=-1&end=5", "start"),
        ("start=0&end=0", "end"),
        ("start=5&end=5", "start"),
        ("start=9&end=5", "start"),
        ("start=0&end=999999", "end"),
        ("start=0&end=99999999999999999999999", "end"),
        ("start=1.5&end=5", "start"),
    ],
)
def test_a_span_that_does_not_fit_is_refused(client: FlaskClient, first: dict[str, Any], span: str, field: str) -> None:
    response = client.get(f"/documents/{first['id']}/view?{span}")
    assert (response.status_code, response.json["error"]["field"]) == (400, field)


@given(text=st.text(max_size=80), ends=st.tuples(st.integers(0, 80), st.integers(0, 80)))
def test_pieces_are_the_text_without_its_line_breaks(text: str, ends: tuple[int, int]) -> None:
    start, end = sorted(min(each, len(text)) for each in ends)
    pieces = [piece for paragraph in marked_paragraphs(text, start, end) for piece in paragraph]
    kept = [(i, c) for line in re.finditer(r"[^\n]*\S[^\n]*", text) for i, c in enumerate(line[0], line.start())]
    assert "".join(piece.text for piece in pieces) == "".join(c for _, c in kept)
    assert "".join(piece.text for piece in pieces if piece.marked) == "".join(c for i, c in kept if start <= i < end)


def test_the_text_of_a_document_is_never_markup(settings: Settings) -> None:
    hostile = Document(
        EVIL, EVIL, EVIL, EVIL * 2, EVIL, EVIL, EVIL, EVIL, "javascript:alert(1)", date(2020, 2, 29), EVIL
    )
    page = Page(shown(settings, hostile, f"/documents/a/view?start=2&end={len(EVIL)}"))
    assert not page.all("img")
    assert len(page.all("script")) == 2  # the texts of the page, and the module
    assert page.marked == EVIL[2:]
    assert all(not (link["href"] or "").startswith("javascript") for link in page.all("a"))


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,a", "//evil.example", "ftp://a", "http:/a", " ", None]
)
def test_only_web_addresses_become_links(url: str | None) -> None:
    assert web_address(url) is None


def test_the_original_of_a_document_is_linked(settings: Settings) -> None:
    document = Document("a", "a", "T", "Text.", url="https://example.org/a?b=1&c=2")
    links = [link["href"] for link in Page(shown(settings, document)).all("a")]
    assert "https://example.org/a?b=1&c=2" in links


def test_an_unknown_document_is_a_small_page_that_repeats_nothing(client: FlaskClient) -> None:
    response = client.get("/documents/zebra-crossing/view", headers={"Accept": "text/html,*/*;q=0.8"})
    assert (response.status_code, response.mimetype) == (404, "text/html")
    assert "zebra" not in response.get_data(as_text=True)


@pytest.mark.parametrize(
    "address", ["/nope/<script>alert(1)</script>", "/search?zebra=<script>", "/search?q=a&k=zebra"]
)
def test_an_error_page_repeats_nothing_that_came_in(client: FlaskClient, address: str) -> None:
    response = client.get(address, headers={"Accept": "text/html"})
    page = response.get_data(as_text=True)
    assert response.status_code in {400, 404}
    assert "<script>" not in page
    assert "Back to the questions" in page


def test_a_bug_is_a_small_page_without_its_cause(settings: Settings) -> None:
    page = shown(settings, None, "/search?q=a")
    assert "Something went wrong in the service" in page
    assert "AttributeError" not in page


def test_the_reference_shows_every_operation_and_every_object(client: FlaskClient) -> None:
    html = client.get("/docs").get_data(as_text=True)
    document = openapi.document()
    for path in document["paths"]:
        assert f"<code>{path}</code>" in html
    for name in document["components"]["schemas"]:
        assert f'<h3 id="{name}">' in html


def test_the_reference_gives_types_and_limits_in_words() -> None:
    shape = next(each for each in reference.shapes(openapi.document()) if each.name == "AskRequest")
    kinds = {field.name: (field.kind, field.shape) for field in shape.fields}
    assert kinds["history"] == ("list of Turn, at most 50 entries", "Turn")
    assert kinds["max_sentences"] == ("integer, from 1, up to 20", None)
    assert kinds["mode"][0] == '"auto" or "extractive" or "llm"'
    assert kinds["filters"] == ("Filters or null", "Filters")


def test_the_reference_has_commands_that_can_be_tried(settings: Settings) -> None:
    service = f"http://{settings.host}:{settings.port}"
    examples = {each.path: each.example for each in reference.endpoints(openapi.document(), service)}
    assert examples["/search"] == f"curl -s '{service}/search?q=arms%20control'"
    assert examples["/ask"].startswith(f"curl -s {service}/ask \\\n  -H 'Content-Type: application/json'")


PAGES = ["/", "/docs", "/nope", "/documents/a/view"]


@pytest.mark.parametrize("address", PAGES)
def test_no_page_has_a_script_or_a_style_of_its_own(client: FlaskClient, address: str) -> None:
    page = Page(client.get(address, headers={"Accept": "text/html"}).get_data(as_text=True))
    assert all(script.get("src") or script.get("type") == "application/json" for script in page.all("script"))
    assert not page.all("style")
    for _, attributes in page.elements:
        assert not [name for name in attributes if name == "style" or name.startswith("on")]


@pytest.mark.parametrize("address", PAGES)
def test_no_page_loads_anything_from_elsewhere(client: FlaskClient, address: str) -> None:
    page = Page(client.get(address, headers={"Accept": "text/html"}).get_data(as_text=True))
    loaded = [link["href"] for link in page.all("link")] + [
        script["src"] for script in page.all("script") if "src" in script
    ]
    for each in loaded:
        assert each.startswith("/static/")
        assert client.get(each, buffered=True).status_code == 200


def test_static_files_may_be_kept_and_their_address_changes_with_them(app: Flask, client: FlaskClient) -> None:
    assert re.fullmatch(r"/static/[0-9a-f]{12}", app.static_url_path)
    response = client.get(f"{app.static_url_path}/chat.js", buffered=True)
    assert response.headers["Cache-Control"] == "public, max-age=31536000"
    assert response.mimetype == "text/javascript"
    assert client.get("/static/000000000000/chat.js").status_code == 404


def test_the_style_sheets_of_the_chat_come_as_one_that_may_be_kept(app: Flask, client: FlaskClient) -> None:
    response = client.get(f"{app.static_url_path}/styles/chat.css")
    assert response.headers["Cache-Control"] == "public, max-age=31536000"
    assert response.mimetype == "text/css"
    assert all((STATIC / f"{name}.css").read_text(encoding="utf-8") in response.text for name in SHEETS["chat"])


def test_the_scripts_never_make_markup_out_of_text() -> None:
    forbidden = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|DOMParser")
    for path in STATIC.glob("*.js"):
        assert not forbidden.search(path.read_text(encoding="utf-8")), path.name


def test_nothing_static_names_another_host() -> None:
    for path in STATIC.iterdir():
        named = re.findall(r"https?://[^\s\"'`)]+", path.read_text(encoding="utf-8"))
        assert set(named) <= {"http://www.w3.org/2000/svg"}, path.name
