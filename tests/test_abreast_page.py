"""Two tabs of one conversation in a real browser: the one that is come back to shows what was done in the other."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

import pytest
from browsing import FOLLOW_UP, QUESTION, UNKNOWN, ask, words
from playwright.sync_api import Locator, Page, expect

OTHER = "Who met whom in Reykjavik?"
GONE = words("conversation.deleted")
# Notes every node that is put into the log while a screen reader would be told of it.
LISTEN = """() => {
    window.told = [];
    const log = document.getElementById("transcript");
    const note = (changes) => log.ariaLive === "off" || window.told.push(changes.length);
    new MutationObserver(note).observe(log, { childList: true });
}"""


@pytest.fixture
def first(page: Page) -> Page:
    """The first tab, after two questions."""
    for question in (QUESTION, FOLLOW_UP):
        ask(page, question)
    return page


@pytest.fixture
def second(first: Page) -> Page:
    """A second tab with the same conversation; it is the one in front."""
    page = first.context.new_page()
    page.goto(first.url)
    expect(page.locator(".turn")).to_have_count(2)
    return page


def come_back(page: Page) -> None:
    page.bring_to_front()
    with page.expect_response(re.compile(r"/conversations/c_")):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def stored_at(page: Page) -> str:
    """The address of the stored conversation that the page shows."""
    return urljoin(page.url, f"conversations/{urlsplit(page.url).query.removeprefix('c=')}")


def test_what_was_asked_in_another_tab_is_there_on_return(first: Page, second: Page) -> None:
    ask(second, OTHER)
    come_back(first)
    expect(first.locator(".turn .question")).to_contain_text([QUESTION, FOLLOW_UP, OTHER])
    expect(first.get_by_role("status")).to_have_text(words("status.renewed", n=3))
    again = ask(first, UNKNOWN)
    expect(again.locator(".question")).to_contain_text(UNKNOWN)
    come_back(second)
    expect(second.locator(".turn")).to_have_count(4)


def test_a_tab_that_gets_the_focus_looks_by_itself(first: Page, second: Page) -> None:
    first.context.new_cdp_session(first).send("Emulation.setFocusEmulationEnabled", {"enabled": False})
    second.bring_to_front()
    ask(second, OTHER)
    first.bring_to_front()
    expect(first.locator(".turn")).to_have_count(3)


def test_what_was_removed_in_another_tab_is_gone_on_return(first: Page, second: Page) -> None:
    edit(second, 0, OTHER)
    expect(second.locator(".turn")).to_have_count(1)
    come_back(first)
    expect(first.locator(".turn")).to_have_count(1)
    expect(first.locator(".turn .question")).to_contain_text(OTHER)


def edit(page: Page, position: int, question: str) -> None:
    turn = page.locator(".turn").nth(position)
    turn.get_by_role("button", name=words("turn.edit")).click()
    turn.get_by_label(words("turn.edit")).fill(question)
    page.keyboard.press("Enter")


def test_an_answer_that_was_made_anew_is_the_one_that_is_shown(first: Page, second: Page) -> None:
    before = first.locator(".turn").nth(1).evaluate_handle("turn => turn")
    second.locator(".turn").nth(1).get_by_role("button", name=words("turn.again")).click()
    expect(second.get_by_role("status")).to_contain_text("Answer ready")
    come_back(first)
    expect(first.get_by_role("status")).to_have_text(words("status.renewed", n=2))
    assert not before.evaluate("turn => turn.isConnected")


def test_where_nothing_changed_nothing_is_drawn_or_said(first: Page, second: Page) -> None:
    status = first.get_by_role("status").inner_text()
    first.evaluate(LISTEN)
    nodes = first.evaluate_handle("() => [...document.querySelectorAll('.turn')]")
    come_back(first)
    first.wait_for_load_state("networkidle")
    assert first.evaluate("nodes => nodes.every((node) => node.isConnected)", nodes)
    assert first.evaluate("window.told") == []
    expect(first.get_by_role("status")).to_have_text(status)


def test_the_reader_s_place_and_draft_stay_and_no_turn_is_read_out(first: Page, second: Page) -> None:
    first.fill("#question", "What did they")
    first.evaluate("scrollTo({ top: 120, behavior: 'instant' })")
    first.evaluate(LISTEN)
    place = first.evaluate("scrollY")
    for question in (OTHER, UNKNOWN):
        ask(second, question)
    come_back(first)
    expect(first.locator(".turn")).to_have_count(4)
    assert first.evaluate("scrollY") == place > 0
    assert first.evaluate("window.told") == []
    expect(first.locator("#question")).to_have_value("What did they")
    expect(first.locator("#question")).to_be_focused()


def test_a_question_that_is_being_changed_is_left_alone(first: Page, second: Page) -> None:
    turn = first.locator(".turn").nth(1)
    turn.get_by_role("button", name=words("turn.edit")).click()
    turn.get_by_label(words("turn.edit")).fill("half a thought")
    edit(second, 0, OTHER)
    expect(second.locator(".turn")).to_have_count(1)
    first.bring_to_front()
    first.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    first.wait_for_load_state("networkidle")
    expect(turn.get_by_label(words("turn.edit"))).to_have_value("half a thought")


def test_a_conversation_that_was_deleted_in_another_tab_leaves_the_draft(first: Page, second: Page) -> None:
    first.fill("#question", OTHER)
    second.request.delete(stored_at(second))
    come_back(first)
    expect(first.get_by_role("status")).to_have_text(GONE)
    expect(first.locator(".turn")).to_have_count(0)
    expect(first.locator("#welcome")).to_be_visible()
    expect(first).not_to_have_url(re.compile("c="))
    expect(first.locator("#question")).to_have_value(OTHER)
    first.keyboard.press("Enter")
    expect(first.locator(".turn .chip").first).to_be_visible()
    expect(first).to_have_url(re.compile("c=c_"))


def test_a_question_to_a_deleted_conversation_begins_a_new_one_with_retry(first: Page, second: Page) -> None:
    second.request.delete(stored_at(second))
    turn = ask_last(first, OTHER)
    expect(turn.get_by_role("alert")).to_contain_text("There is no such conversation")
    expect(first.get_by_role("status")).to_have_text(GONE)
    turn.get_by_role("button", name=words("turn.retry")).click()
    expect(turn.locator(".chip").first).to_be_visible()
    first.reload()
    expect(first.locator(".turn .question")).to_contain_text([OTHER])


def ask_last(page: Page, question: str) -> Locator:
    page.fill("#question", question)
    page.keyboard.press("Enter")
    turn = page.locator(".turn")
    expect(turn).to_have_count(1)
    return turn


def test_a_service_that_is_away_leaves_the_page_as_it_is(first: Page) -> None:
    first.route(stored_at(first), lambda route: route.abort())
    with first.expect_event("requestfailed"):
        first.evaluate("dispatchEvent(new Event('focus'))")
    expect(first.locator(".turn")).to_have_count(2)
    expect(first.get_by_role("alert")).to_have_count(0)


def test_an_answer_that_was_lost_on_the_way_is_there_on_return(first: Page) -> None:
    first.route("**/turns", lambda route: (route.fetch(), route.abort()))
    turn = ask(first, OTHER)
    expect(turn.get_by_role("alert")).to_be_visible()
    first.unroute("**/turns")
    come_back(first)
    expect(first.locator(".turn")).to_have_count(3)
    expect(first.locator(".turn").last.locator(".text")).not_to_be_empty()
    expect(first.get_by_role("alert")).to_have_count(0)


def test_a_page_of_another_browser_is_not_moved(open_page: Callable[..., Page], first: Page) -> None:
    other = open_page(first.url)
    expect(other.get_by_role("alert")).to_contain_text("another browser")
    other.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(other.get_by_role("alert")).to_contain_text("another browser")
