"""Every view and state of the pages passes axe-core, in both themes, on phone, tablet and desk."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import PHONE, QUESTION, TABLET, UNKNOWN, WIDE, Held, ask, served, words
from playwright.sync_api import Locator, Page, expect
from telling import telling
from test_model_page import WRITTEN

from qa_service.answerer import Answerer
from qa_service.model import ModelFailed
from qa_service.settings import Settings
from qa_service.web.app import create_app

STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": STANDARD}}
COLOURS = {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": ["color-contrast"]}}


def violations(page: Page, options: dict[str, Any]) -> list[str]:
    """What axe finds, each as rule, place and reason."""
    found = Axe().run(page, options=options).response["violations"]
    return [f"{rule['id']} {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"]]


def check(page: Page) -> None:
    """Check the page as it stands at three widths and in both themes."""
    for viewport in (WIDE, TABLET, PHONE):
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme="light")
        assert violations(page, EVERYTHING) == [], viewport
        page.emulate_media(color_scheme="dark")
        assert violations(page, COLOURS) == [], f"dark, {viewport}"


def answered(page: Page) -> Locator:
    return ask(page, QUESTION)


# The chat


def test_the_empty_page(page: Page) -> None:
    check(page)


def test_an_answer(page: Page) -> None:
    answered(page)
    check(page)


def test_an_answer_with_everything_unfolded(page: Page) -> None:
    turn = answered(page)
    for summary in turn.locator("summary").all():
        summary.click()
    turn.get_by_role("button", name=words("check.button")).click()
    expect(turn.get_by_text(words("check.same").split("{")[0][:20]).first).to_be_visible()
    check(page)


def test_an_answer_of_a_language_model(settings: Settings, answerer: Answerer, open_page: Callable[..., Page]) -> None:
    told = telling(settings, answerer, (WRITTEN, ModelFailed("it did not answer in time")))
    with served(create_app(settings, told)) as address:
        page = open_page(address)
        turn = answered(page)
        expect(turn.get_by_text(words("model.wrote", name="small"))).to_be_visible()
        check(page)
        turn.locator(".chip").nth(1).click()
        expect(page.locator("#panel-check")).to_have_text(words("panel.bears"))
        check(page)


def test_a_preview_of_a_citation(page: Page) -> None:
    chip = answered(page).locator(".chip").first
    chip.focus()
    page.keyboard.press("Shift")
    chip.hover()
    expect(page.get_by_role("tooltip")).to_be_visible()
    assert violations(page, EVERYTHING) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, COLOURS) == []


def test_an_answer_that_is_on_its_way(held: Held, held_page: Page) -> None:
    held_page.get_by_role("textbox", name=words("composer.label")).fill(QUESTION)
    held_page.keyboard.press("Enter")
    expect(held_page.locator(".turn .chip").first).to_be_visible()
    expect(held_page.locator(".turn")).to_have_attribute("aria-busy", "true")
    check(held_page)


@pytest.fixture
def held(answerer: Answerer) -> Iterator[Held]:
    held = Held(answerer)
    yield held
    held.go.set()


@pytest.fixture
def held_page(settings: Settings, held: Held, open_page: Callable[..., Page]) -> Iterator[Page]:
    with served(create_app(settings, held)) as address:
        yield open_page(address)
        held.go.set()


def test_a_stopped_answer(held: Held, held_page: Page) -> None:
    held_page.get_by_role("textbox", name=words("composer.label")).fill(QUESTION)
    held_page.keyboard.press("Enter")
    held_page.get_by_role("button", name=words("composer.stop")).click()
    expect(held_page.get_by_role("button", name=words("turn.again"))).to_be_visible()
    check(held_page)


def test_nothing_found(page: Page) -> None:
    expect(ask(page, UNKNOWN)).to_have_attribute("data-status", "not_found")
    check(page)


def test_an_error(page: Page) -> None:
    page.route("**/turns", lambda route: route.abort())
    expect(ask(page, QUESTION).get_by_role("alert")).to_be_visible()
    check(page)


def test_the_source_panel(page: Page) -> None:
    answered(page).locator(".chip").first.click()
    expect(page.locator("#panel mark")).to_be_visible()
    check(page)


def test_the_feedback_form(page: Page) -> None:
    turn = answered(page)
    turn.get_by_role("button", name=words("feedback.down")).click()
    expect(turn.get_by_role("group", name=words("feedback.what"))).to_be_visible()
    check(page)


def test_a_question_that_is_being_changed(page: Page) -> None:
    turn = answered(page)
    turn.get_by_role("button", name=words("turn.change")).click()
    expect(turn.get_by_role("textbox").first).to_be_focused()
    check(page)


def test_the_dialog_of_keys(page: Page) -> None:
    page.get_by_role("link", name=words("nav.api")).focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name=words("keys.title"))).to_be_visible()
    check(page)


def test_the_list_of_conversations(page: Page) -> None:
    answered(page)
    open_list(page)
    check(page)


def test_the_list_of_conversations_on_a_phone(open_page: Callable[..., Page], live_server: str) -> None:
    page = open_page(live_server, PHONE)
    answered(page)
    open_list(page)
    expect(page.get_by_role("dialog", name=words("history.name"))).to_be_visible()
    assert violations(page, EVERYTHING) == []


def open_list(page: Page) -> None:
    toggle = page.locator("#history-toggle")
    if toggle.get_attribute("aria-expanded") == "false":
        toggle.click()
    more = page.get_by_role("button", name=re.compile("^" + re.escape(words("entry.more", title=QUESTION))))
    more.first.click()
    expect(page.get_by_role("link", name=words("entry.export.markdown")).first).to_be_visible()


@pytest.mark.parametrize("tool", ["entry.rename", "entry.delete"])
def test_a_dialog_about_a_conversation(page: Page, tool: str) -> None:
    answered(page)
    open_list(page)
    page.get_by_role("button", name=words(tool), exact=True).first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    check(page)


# The other pages


def test_the_library(open_page: Callable[..., Page], live_server: str) -> None:
    page = open_page(f"{live_server}/library")
    check(page)
    for summary in page.locator("summary").all():
        summary.click()
    check(page)


def test_the_library_asking_whether_to_delete(open_page: Callable[..., Page], live_server: str) -> None:
    page = open_page(f"{live_server}/library")
    page.locator("button.delete").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    check(page)


def test_a_document_with_a_cited_passage(open_page: Callable[..., Page], live_server: str, page: Page) -> None:
    document = page.request.get(f"{live_server}/documents?limit=1").json()["documents"][0]["id"]
    check(open_page(f"{live_server}/documents/{document}/view?start=10&end=200"))


def test_a_shared_answer(page: Page, live_server: str) -> None:
    answered(page)
    conversation = page.url.partition("c=")[2]
    turn = page.request.get(f"{live_server}/conversations/{conversation}").json()["turns"][0]
    page.goto(f"{live_server}/answers/{turn['answer']['id']}/view")
    expect(page.get_by_role("heading", name=QUESTION)).to_be_visible()
    check(page)


def test_the_reference(open_page: Callable[..., Page], live_server: str) -> None:
    page = open_page(f"{live_server}/docs", PHONE)  # a long page of few kinds of things: once is enough
    assert violations(page, EVERYTHING) == []


@pytest.mark.parametrize("address", ["/nothing/here", "/?lang=de", "/library?lang=de", "/library?query=zzzz"])
def test_a_page(open_page: Callable[..., Page], live_server: str, address: str) -> None:
    check(open_page(live_server + address))


class Empty:
    """An answerer that has nothing to answer from."""

    def ready(self) -> str:
        """Why not."""
        return "Nothing has been indexed yet; run `qa-service index` with the documents to read."


def test_a_service_without_an_index(settings: Settings, open_page: Callable[..., Page]) -> None:
    with served(create_app(settings, Empty())) as address:
        page = open_page(address)
        expect(page.get_by_role("alert")).to_be_visible()
        check(page)
        check(open_page(f"{address}/library"))
