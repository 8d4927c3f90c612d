"""The chat page in a real browser: the journey from a question to the words its answer rests on."""

from __future__ import annotations

import re
import secrets
import threading
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any
from urllib.parse import urljoin

import pytest
from browsing import PHONE, QUESTION, WIDE, ask, served, tab_to
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import Error as PlaywrightError

from qa_service.settings import Settings
from qa_service.types import (
    Answer,
    Ask,
    Citation,
    Cited,
    Consulted,
    Delta,
    Document,
    Done,
    Event,
    Filter,
    Found,
    Missing,
    Source,
    Started,
)
from qa_service.web.app import create_app

EVIL = "<img src=x onerror=alert(1)>"
PHONE_ON_ITS_SIDE = {"width": 740, "height": 360}


# From question to source


def test_an_answer_appears_with_a_chip_for_each_citation(page: Page) -> None:
    turn = ask(page, QUESTION)
    answer = page.request.post(urljoin(page.url, "ask"), data={"question": QUESTION}).json()
    expect(turn.locator(".chip")).to_have_count(len(answer["citations"]))
    shown = "".join(turn.locator(".sentence").all_text_contents())
    for citation in answer["citations"]:
        assert citation["text"] in shown


def test_the_status_says_how_many_sources_there_are(page: Page) -> None:
    ask(page, QUESTION)
    expect(page.get_by_role("status")).to_have_text(re.compile(r"^Answer ready, \d+ sources?$"))


def test_a_chip_is_a_button_named_after_its_source(page: Page) -> None:
    turn = ask(page, QUESTION)
    title = turn.locator(".sources .title").first.text_content()
    expect(turn.get_by_role("button", name=f"Source 1: {title}").first).to_be_visible()


def test_a_chip_opens_the_document_with_the_cited_words_marked_and_in_view(page: Page) -> None:
    turn = ask(page, QUESTION)
    answer = page.request.post(urljoin(page.url, "ask"), data={"question": QUESTION}).json()
    source = answer["citations"][0]["sources"][0]
    turn.locator(".chip").first.click()
    expect(page.locator("#panel mark")).to_have_text(source["cited_text"])
    expect(page.locator("#panel mark")).to_be_in_viewport()
    expect(page.locator("#panel-title")).to_have_text(source["document_title"])
    expect(page.locator("#panel-check")).to_contain_text("matches")


def test_the_panel_steps_through_the_citations(page: Page) -> None:
    turn = ask(page, QUESTION)
    count = turn.locator(".chip").count()
    assert count > 1
    turn.locator(".chip").first.click()
    expect(page.get_by_role("button", name="Previous citation")).to_be_disabled()
    before = page.locator("#panel mark").text_content()
    page.get_by_role("button", name="Next citation").click()
    expect(page.locator("#panel-position")).to_have_text(f"Citation 2 of {count}")
    expect(page.locator("#panel mark")).not_to_have_text(before or "")


def test_the_permalink_of_a_citation_marks_the_same_words(page: Page) -> None:
    ask(page, QUESTION).locator(".chip").first.click()
    cited = page.locator("#panel mark").text_content()
    page.goto(urljoin(page.url, page.get_by_role("link", name="Open as a page").get_attribute("href") or ""))
    expect(page.locator("#cited")).to_have_text(cited or "")
    expect(page.locator("#cited")).to_be_in_viewport()


def test_a_permalink_without_a_fragment_scrolls_to_the_words(open_page: Callable[..., Page], live_server: str) -> None:
    page = open_page(live_server, {"width": 800, "height": 300})
    document = page.request.get(f"{live_server}/documents?limit=1").json()["documents"][0]
    end = document["characters"]
    page.goto(f"{live_server}/documents/{document['id']}/view?start={end - 20}&end={end}")
    expect(page.locator("#cited")).to_be_in_viewport()


def test_a_preview_shows_the_cited_words_on_hover_and_escape_hides_it(page: Page) -> None:
    turn = ask(page, QUESTION)
    turn.locator(".chip").first.hover()
    preview = page.get_by_role("tooltip")
    expect(preview.locator("mark")).to_be_visible()
    assert preview.locator("mark").text_content() in (turn.text_content() or "")
    page.keyboard.press("Escape")
    expect(preview).to_be_hidden()


def test_an_example_is_asked_by_a_click(page: Page) -> None:
    example = page.locator("#welcome .suggestion").first
    question = example.text_content() or ""
    example.click()
    expect(page.locator(".turn .question")).to_contain_text(question)
    expect(page.locator(".turn")).to_have_attribute("data-status", re.compile("answered|partial"))


def test_what_the_documents_do_not_tell_is_said_plainly(page: Page) -> None:
    turn = ask(page, "Who won the 2018 World Cup?")
    expect(turn).to_have_attribute("data-status", "not_found")
    expect(turn.locator(".chip")).to_have_count(0)
    expect(turn.get_by_role("heading", name="Cited")).to_have_count(0)
    expect(page.get_by_role("status")).to_have_text("The documents do not answer this")


def test_a_new_conversation_starts_empty(page: Page) -> None:
    ask(page, QUESTION)
    page.get_by_role("button", name="New conversation").locator("visible=true").click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.locator("#welcome")).to_be_visible()
    expect(page.locator("#question")).to_be_focused()


def test_the_next_question_is_asked_in_the_same_conversation(page: Page) -> None:
    ask(page, QUESTION)
    turn = ask(page, "And what did Pompeo say?")
    expect(turn.locator(".understood")).to_contain_text("after meeting")
    assert re.search(r"\?c=c_[0-9a-f]{16}$", page.url)


# By keyboard alone


def test_the_whole_way_can_be_gone_by_keyboard(page: Page) -> None:
    page.keyboard.press("Escape")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    turn = page.locator(".turn")
    expect(turn).to_have_attribute("aria-busy", "false")
    chip = turn.locator(".chip").first
    tab_to(page, chip, "Shift+Tab")
    expect(page.get_by_role("tooltip")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#panel-title")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    expect(chip).to_be_focused()


def test_shift_enter_starts_a_line_and_slash_comes_back_to_the_box(page: Page) -> None:
    page.locator("#question").focus()
    page.keyboard.type("a")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("b/c")
    expect(page.locator("#question")).to_have_value("a\nb/c")
    page.get_by_role("link", name="API").focus()
    page.keyboard.press("/")
    expect(page.locator("#question")).to_be_focused()
    expect(page.locator("#question")).to_have_value("a\nb/c")


@pytest.mark.parametrize("viewport", [PHONE, PHONE_ON_ITS_SIDE])
def test_on_a_phone_the_source_is_a_dialog_that_gives_the_focus_back(
    open_page: Callable[..., Page], live_server: str, viewport: dict[str, int]
) -> None:
    page = open_page(live_server, viewport, has_touch=True)
    chip = ask(page, QUESTION).locator(".chip").first
    chip.tap()
    page.get_by_role("button", name="Open source").tap()
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.locator("#panel mark")).to_be_in_viewport()
    assert page.locator("#main").evaluate("element => element.inert")
    page.get_by_role("button", name="Close the source").tap()
    expect(chip).to_be_focused()


@pytest.mark.parametrize("width", [320, 360, 768, 1100, 1440])
def test_nothing_is_wider_than_the_screen(open_page: Callable[..., Page], live_server: str, width: int) -> None:
    page = open_page(live_server, {"width": width, "height": 800})
    ask(page, QUESTION).locator(".chip").first.click()
    expect(page.locator("#panel mark")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("viewport", [WIDE, PHONE])
def test_every_control_is_large_enough_to_be_hit(
    open_page: Callable[..., Page], live_server: str, viewport: dict[str, int]
) -> None:
    page = open_page(live_server, viewport)
    ask(page, QUESTION)
    for control in page.get_by_role("button").all():
        box = control.bounding_box()
        assert box is None or min(box["width"], box["height"]) >= 24


# When something goes wrong


def test_an_error_is_told_in_words_and_the_question_can_be_changed(page: Page) -> None:
    turn = ask(page, "why " * 600)
    expect(turn.get_by_role("alert")).to_contain_text("2,000 characters")
    turn.get_by_role("alert").get_by_role("button", name="Edit the question").click()
    expect(turn.get_by_label("Edit the question")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect(turn.locator(".chip").first).to_be_visible()


def test_retry_asks_the_same_question_again(page: Page) -> None:
    page.route("**/turns", lambda route: route.abort())
    turn = ask(page, QUESTION)
    expect(turn.get_by_role("alert")).to_contain_text("cannot be reached")
    page.unroute("**/turns")
    turn.get_by_role("button", name="Retry").click()
    expect(turn.locator(".chip").first).to_be_visible()
    expect(turn.get_by_role("alert")).to_have_count(0)
    expect(page.locator(".turn")).to_have_count(1)


@pytest.mark.parametrize("payload", [EVIL, "<script>alert(1)</script>", "javascript:alert(1)", "{{7*7}}${7*7}"])
def test_a_question_is_shown_as_text_whatever_it_holds(page: Page, payload: str) -> None:
    turn = ask(page, f"{payload} {QUESTION}")
    expect(turn.locator(".question")).to_contain_text(payload)
    expect(turn.locator("img, script")).to_have_count(0)


def test_the_browser_itself_refuses_markup_made_from_text(browser: Browser, live_server: str) -> None:
    page = browser.new_page()
    page.goto(live_server)
    with pytest.raises(PlaywrightError, match="TrustedHTML"):
        page.evaluate("document.body.innerHTML = '<b>bold</b>'")
    page.close()


# The scripts one by one


def run(page: Page, app: Flask, module: str, body: str, argument: object) -> Any:
    """Run ``body``, a JavaScript function body, with one of the page's modules as ``m`` and ``argument`` as ``a``."""
    script = f"async ([address, a]) => {{ const m = await import(address); {body} }}"
    return page.evaluate(script, [f"{app.static_url_path}/{module}", argument])


@pytest.mark.parametrize("text", ["plain", "", "😀a🚀", "a👨‍👩‍👧b", "e\u0301😀", "😀" * 3, "مرحبا 😀 שלום"])
def test_the_scripts_cut_text_as_the_service_does(page: Page, app: Flask, text: str) -> None:
    spans = [(start, end) for end in range(len(text) + 1) for start in range(end + 1)]
    body = "return a.spans.map(([start, end]) => m.sliceByCodePoints(a.text, start, end));"
    assert run(page, app, "offsets.js", body, {"text": text, "spans": spans}) == [text[i:j] for i, j in spans]


@pytest.mark.parametrize("size", [1, 2, 7, 1000])
def test_events_are_read_however_the_network_cuts_them(page: Page, app: Flask, size: int) -> None:
    sent = 'event: delta\ndata: {"text":"😀 é"}\n\n: keepalive\n\nevent: done\ndata: {"a":"b: c"}\n\n'
    body = """
        const bytes = new TextEncoder().encode(a.sent), events = [];
        const body = new ReadableStream({ start(stream) {
            for (let at = 0; at < bytes.length; at += a.size) stream.enqueue(bytes.slice(at, at + a.size));
            stream.close();
        } });
        for await (const event of m.readEvents(body)) events.push(event);
        return events;
    """
    events = run(page, app, "sse.js", body, {"sent": sent, "size": size})
    assert events == [{"name": "delta", "data": {"text": "😀 é"}}, {"name": "done", "data": {"a": "b: c"}}]


# With an answer made by hand


class Prepared:
    """An answerer with one document and one answer to every question; it waits for ``go`` before the last sentence."""

    def __init__(self, document: Document, spans: tuple[tuple[int, int], ...]) -> None:
        self.document_now = document
        self._document = document
        self._spans = spans
        self.go = threading.Event()
        self.go.set()

    def ready(self) -> None:
        return None

    def counts(self) -> SimpleNamespace:
        return SimpleNamespace(documents=1, passages=1)

    def days(self) -> tuple[None, None]:
        return None, None

    def examples(self) -> tuple[str, ...]:
        return ()

    def model_name(self) -> None:
        return None

    def document(self, _: str) -> Document:
        return self.document_now

    def stream(self, ask: Ask) -> Iterator[Event]:
        self._id = f"ans_{secrets.token_hex(8)}"
        yield Started(self._id, f"{EVIL} in full?", "extractive")
        yield Found((Consulted(self._document, 0.5, True),))
        citations, text = self._citations()
        for number, citation in enumerate(citations, 1):
            if number == len(citations):
                self.go.wait()
            yield Delta(f"{citation.text} [{number}] ", citation.start)
            yield Cited(citation)
        yield Done(self._answer(ask, citations, text))

    def _citations(self) -> tuple[tuple[Citation, ...], str]:
        text, citations = "", []
        for number, (start, end) in enumerate(self._spans, 1):
            cited = self._document.text[start:end]
            source = Source(self._document, "p", start, end, cited, EVIL, verified=True)
            at = len(text)
            citations.append(Citation(f"c{number}", number, at, at + len(cited), cited, "verbatim", (source,)))
            text += f"{cited} [{number}] "
        return tuple(citations), text.rstrip()

    def _answer(self, ask: Ask, citations: tuple[Citation, ...], text: str) -> Answer:
        return Answer(
            id=self._id,
            created="2026-01-01T00:00:00Z",
            question=ask.question,
            standalone_question=f"{EVIL} in full?",
            status="partial",
            text=text,
            plain=text,
            citations=citations,
            missing=(Missing(EVIL, EVIL),),
            documents=(Consulted(self._document, 0.5, True), Consulted(self._document, 0.4, False, EVIL)),
            follow_ups=(EVIL,),
            mode="extractive",
            model=None,
            filters=Filter(),
            index_version="sha256:0",
            timings_ms={"total": 0.2},
        )


ASTRAL = "Smile 😀👨‍👩‍👧 first. [1] is no marker here.\nThe 🚀 rocket é flew 😀. مرحبا بالعالم. End."


def spans_of(text: str, *parts: str) -> tuple[tuple[int, int], ...]:
    return tuple((text.index(part), text.index(part) + len(part)) for part in parts)


@pytest.fixture
def prepared() -> Prepared:
    spans = spans_of(ASTRAL, "The 🚀 rocket é flew 😀.", "[1] is no marker here.", "مرحبا بالعالم.")
    return Prepared(Document("d", EVIL, EVIL, ASTRAL, EVIL, url="javascript:alert(1)"), spans)


@pytest.fixture
def prepared_page(settings: Settings, prepared: Prepared, open_page: Callable[..., Page]) -> Iterator[Page]:
    with served(create_app(settings, prepared)) as address:
        yield open_page(address)
        prepared.go.set()


def test_characters_beyond_the_basic_plane_do_not_shift_what_is_marked(prepared_page: Page) -> None:
    chips = ask(prepared_page, "?").locator(".chip")
    for index, cited in enumerate(["The 🚀 rocket é flew 😀.", "[1] is no marker here.", "مرحبا بالعالم."]):
        chips.nth(index).click()
        expect(prepared_page.locator("#panel mark")).to_have_text(cited)


def test_sentences_are_drawn_without_their_markers(prepared_page: Page) -> None:
    turn = ask(prepared_page, "?")
    drawn = [text.rstrip("0123456789") for text in turn.locator(".sentence").all_text_contents()]
    assert drawn == ["The 🚀 rocket é flew 😀.", "[1] is no marker here.", "مرحبا بالعالم."]


def test_nothing_that_is_stored_becomes_markup(prepared_page: Page) -> None:
    turn = ask(prepared_page, "?")
    turn.locator("details summary").click()
    turn.locator(".chip").first.hover()
    turn.locator(".chip").first.click()
    expect(prepared_page.locator("#panel-title")).to_have_text(EVIL)
    expect(prepared_page.locator("img")).to_have_count(0)
    expect(prepared_page.locator("a[href^='javascript']")).to_have_count(0)


OPENINGS = ("<{}>", '"><{}>', "'><{}//", "</title><{}>", "</textarea></script><{}>", "<!--><{}>", "&lt;{}&gt;")
TAGS = (
    "img src=x",
    "svg",
    "iframe src=x",
    "video src=x",
    "math href=x",
    "details open",
    "input autofocus",
    "object data=x",
)
HANDLERS = ("onerror", "onload", "onfocus", "ontoggle", "onmouseover", "onbegin")
HOSTILE = [opening.format(f"{tag} {on}=alert(1)") for opening in OPENINGS for tag in TAGS for on in HANDLERS]


def test_hundreds_of_attacks_stay_text_in_the_panel_and_on_the_permalink(
    settings: Settings, open_page: Callable[..., Page]
) -> None:
    text = "\n".join(HOSTILE)
    prepared = Prepared(Document("d", "n", HOSTILE[0], text, HOSTILE[1], author=HOSTILE[2]), ((0, len(HOSTILE[0])),))
    with served(create_app(settings, prepared)) as address:
        page = open_page(address)
        ask(page, HOSTILE[3]).locator(".chip").click()
        expect(page.locator("#panel-text p")).to_have_text(HOSTILE)
        page.goto(f"{address}/documents/d/view?start=0&end={len(text)}")
        expect(page.locator(".text mark")).to_have_text(HOSTILE)


def test_the_question_as_it_was_understood_and_what_is_missing_are_shown(prepared_page: Page) -> None:
    turn = ask(prepared_page, "?")
    expect(turn.locator(".understood")).to_have_text(f"Searched for {EVIL} in full?")
    expect(turn.locator(".missing")).to_contain_text(EVIL)
    expect(turn.locator(".follow-ups button")).to_have_text([EVIL])


def test_sentences_appear_as_they_arrive_and_stay_when_stopped(prepared: Prepared, prepared_page: Page) -> None:
    prepared.go.clear()
    prepared_page.fill("#question", "?")
    prepared_page.keyboard.press("Enter")
    expect(prepared_page.locator(".sentence")).to_have_count(2)
    expect(prepared_page.locator(".turn")).to_have_attribute("aria-busy", "true")
    prepared_page.get_by_role("button", name="Stop").click()
    expect(prepared_page.get_by_role("status")).to_have_text("Stopped")
    expect(prepared_page.locator(".sentence")).to_have_count(2)
    prepared.go.set()
    prepared_page.get_by_role("button", name="Ask again").click()
    expect(prepared_page.locator(".sentence")).to_have_count(3)


def test_a_document_that_has_changed_since_is_not_marked(prepared: Prepared, prepared_page: Page) -> None:
    turn = ask(prepared_page, "?")
    prepared.document_now = Document("d", "n", "T", "Something else.")
    turn.locator(".chip").first.click()
    expect(prepared_page.locator("#panel-check")).to_contain_text("has changed")
    expect(prepared_page.locator("#panel mark")).to_have_count(0)
