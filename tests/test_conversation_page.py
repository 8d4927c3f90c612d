"""The chat page's conversations in a real browser: kept, found again, changed, judged, checked and taken away."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from browsing import FOLLOW_UP, PHONE, QUESTION, Held, ask, served, words
from playwright.sync_api import Locator, Page, expect

from qa_service.answerer import Answerer
from qa_service.settings import Settings
from qa_service.web.app import create_app

OTHER = "Who met whom in Reykjavik?"


@pytest.fixture
def asked(page: Page) -> Page:
    """The page after one question."""
    ask(page, QUESTION)
    return page


def answered(turn: Locator, question: str) -> Locator:
    expect(turn.locator(".question")).to_contain_text(question)
    expect(turn).to_have_attribute("aria-busy", "false")
    return turn


def entry(page: Page, title: str = QUESTION) -> Locator:
    return page.locator("#history-list li").filter(has_text=title)


def unfold(page: Page, title: str = QUESTION) -> Locator:
    item = entry(page, title)
    item.locator("button.more").click()
    return item


# Kept


def test_a_question_begins_a_conversation_with_an_address(asked: Page) -> None:
    expect(asked).to_have_url(re.compile(r"/\?c=c_[0-9a-f]{16}$"))
    expect(asked).to_have_title(f"{QUESTION} · Ask your documents")
    expect(entry(asked).locator("a.open")).to_have_attribute("aria-current", "page")


def test_reloading_draws_what_was_answered_without_asking_again(asked: Page) -> None:
    text = asked.locator(".turn .text").inner_text()
    posts: list[str] = []
    asked.on("request", lambda request: request.method == "POST" and posts.append(request.url))
    asked.reload()
    expect(asked.locator(".turn .text")).to_have_text(text)
    expect(asked.locator(".chip").first).to_be_visible()
    assert posts == []


def test_going_back_leads_to_the_conversation_before(asked: Page) -> None:
    asked.locator("#history-new").click()
    expect(asked.locator("#welcome")).to_be_visible()
    ask(asked, OTHER)
    asked.go_back()
    expect(asked.locator("#welcome")).to_be_visible()
    asked.go_back()
    expect(asked.locator(".turn .question")).to_contain_text(QUESTION)
    asked.go_forward()
    expect(asked.locator(".turn")).to_have_count(0)


def test_another_browser_is_told_that_the_conversation_is_not_there(
    asked: Page, open_page: Callable[..., Page]
) -> None:
    other = open_page(asked.url)
    expect(other.get_by_role("alert")).to_contain_text("another browser")
    other.get_by_role("alert").get_by_role("button", name="New conversation").click()
    expect(other.locator("#welcome")).to_be_visible()


def test_a_question_in_the_address_is_asked_once(open_page: Callable[..., Page], live_server: str) -> None:
    page = open_page(f"{live_server}/?q=What+did+Lavrov+say+after+meeting+Pompeo%3F")
    answered(page.locator(".turn"), QUESTION)
    expect(page).to_have_url(re.compile(r"/\?c=c_[0-9a-f]{16}$"))
    page.reload()
    expect(page.locator(".turn")).to_have_count(1)
    expect(page.locator("#history-list li")).to_have_count(1)


# The list


def test_conversations_are_found_by_what_was_said_in_them(asked: Page) -> None:
    asked.locator("#history-new").click()
    ask(asked, OTHER)
    asked.fill("#history-query", "HESITATION lavrov")  # one word of the answer, one of the question
    expect(entry(asked)).to_be_visible()
    expect(asked.locator("#history-list li")).to_have_count(1)
    asked.fill("#history-query", "zebra crossing")
    expect(asked.locator("#history-note")).to_have_text("No conversation contains that.")


def test_a_conversation_is_opened_from_the_list(asked: Page) -> None:
    asked.locator("#history-new").click()
    entry(asked).locator("a.open").click()
    expect(asked.locator(".turn .question")).to_contain_text(QUESTION)
    expect(asked.locator("#question")).to_be_focused()


def test_a_conversation_is_renamed(asked: Page) -> None:
    unfold(asked).get_by_role("button", name="Rename").click()
    expect(asked.get_by_role("textbox", name="Name")).to_be_focused()
    asked.keyboard.type("Talks in Sochi")
    asked.keyboard.press("Enter")
    expect(entry(asked, "Talks in Sochi").locator("a.open")).to_be_focused()
    expect(asked).to_have_title("Talks in Sochi · Ask your documents")
    asked.reload()
    expect(entry(asked, "Talks in Sochi")).to_be_visible()


def test_escape_leaves_the_name_as_it_was(asked: Page) -> None:
    unfold(asked).get_by_role("button", name="Rename").click()
    asked.keyboard.type("Something else")
    asked.keyboard.press("Escape")
    expect(asked.get_by_role("dialog")).to_be_hidden()
    expect(entry(asked)).to_be_visible()


def test_a_conversation_is_deleted_only_after_a_yes(asked: Page) -> None:
    delete = unfold(asked).get_by_role("button", name="Delete")
    delete.click()
    asked.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    expect(delete).to_be_focused()
    delete.click()
    asked.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(entry(asked)).to_have_count(0)
    expect(asked.locator("#welcome")).to_be_visible()
    expect(asked).not_to_have_url(re.compile("c="))


def test_a_conversation_is_exported_to_read_and_for_programs(asked: Page) -> None:
    item = unfold(asked)
    with asked.expect_download() as markdown:
        item.get_by_role("link", name="Export as Markdown").click()
    with asked.expect_download() as json:
        item.get_by_role("link", name="Export as JSON").click()
    assert Path(markdown.value.path()).read_text(encoding="utf-8").count(QUESTION) > 0
    assert markdown.value.suggested_filename.endswith(".md")
    assert json.value.suggested_filename.endswith(".json")


def test_on_a_phone_the_list_is_a_drawer(open_page: Callable[..., Page], live_server: str) -> None:
    page = open_page(live_server, PHONE, has_touch=True)
    ask(page, QUESTION)
    page.get_by_role("button", name="Conversations").tap()
    expect(page.get_by_role("dialog")).to_be_visible()
    entry(page).locator("a.open").tap()
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_column_stays_closed_once_it_was_closed(asked: Page) -> None:
    asked.get_by_role("button", name="Close the conversations").click()
    expect(asked.get_by_role("button", name="Conversations")).to_be_focused()
    asked.reload()
    expect(asked.locator("#history")).to_be_hidden()
    asked.get_by_role("button", name="Conversations").click()
    expect(entry(asked)).to_be_visible()


# A turn changed


def test_an_edited_question_is_asked_in_its_place_and_drops_what_came_after(asked: Page) -> None:
    ask(asked, FOLLOW_UP)
    first = asked.locator(".turn").first
    first.get_by_role("button", name="Edit the question").click()
    expect(first.locator(".editor")).to_contain_text("The turn after it will be removed.")
    first.get_by_label("Edit the question").fill(OTHER)
    asked.keyboard.press("Enter")
    answered(first, OTHER)
    expect(asked.locator(".turn")).to_have_count(1)
    asked.reload()
    expect(asked.locator(".turn .question")).to_contain_text(["Reykjavik"])


def test_escape_ends_the_editing_and_changes_nothing(asked: Page) -> None:
    asked.get_by_role("button", name="Edit the question").click()
    asked.keyboard.type("nonsense")
    asked.keyboard.press("Escape")
    expect(asked.locator(".turn .question")).to_contain_text(QUESTION)
    expect(asked.get_by_role("button", name="Edit the question")).to_be_focused()


def test_asking_an_earlier_question_again_wants_a_yes(asked: Page) -> None:
    ask(asked, FOLLOW_UP)
    again = asked.locator(".turn").first.get_by_role("button", name="Ask again")
    again.click()
    asked.keyboard.press("Escape")
    expect(asked.locator(".turn")).to_have_count(2)
    again.click()
    asked.get_by_role("dialog").get_by_role("button", name="Ask again").click()
    expect(asked.locator(".turn")).to_have_count(1)
    answered(asked.locator(".turn"), QUESTION)
    expect(asked.locator(".turn .question")).to_be_focused()


def test_a_changed_question_that_fails_says_so_and_takes_nothing_away(asked: Page) -> None:
    ask(asked, FOLLOW_UP)
    asked.route("**/turns", lambda route: route.fulfill(status=503, json={"error": {"message": "Come back later."}}))
    first = asked.locator(".turn").first
    change(first, OTHER)
    expect(first.get_by_role("alert")).to_contain_text("Come back later.")
    expect(first.locator(".question")).to_contain_text(OTHER)
    expect(asked.locator(".turn")).to_have_count(2)
    asked.reload()
    expect(asked.locator(".turn .question")).to_contain_text([QUESTION, FOLLOW_UP])
    expect(asked.locator(".turn").first.locator(".chip").first).to_be_visible()


def change(turn: Locator, question: str) -> None:
    turn.get_by_role("button", name=words("turn.edit"), exact=True).click()
    box = turn.get_by_role("textbox", name=words("turn.edit"))
    box.fill(question)
    box.press("Enter")


def test_what_stood_in_the_place_of_a_question_that_failed_can_be_shown_again(asked: Page) -> None:
    asked.route("**/turns", lambda route: route.abort())
    turn = asked.locator(".turn")
    change(turn, OTHER)
    turn.get_by_role("button", name=words("turn.before")).click()
    expect(turn.locator(".question")).to_contain_text(QUESTION)
    expect(turn.locator(".chip").first).to_be_visible()


def test_an_answer_that_is_stopped_half_way_does_not_replace_the_old_ones(
    open_page: Callable[..., Page], settings: Settings, answerer: Answerer, tmp_path: Path
) -> None:
    held = Held(answerer)
    held.go.set()
    with served(create_app(settings.model_copy(update={"home": tmp_path}), held)) as address:
        page = open_page(address)
        for question in (QUESTION, FOLLOW_UP):
            ask(page, question)
        held.go.clear()
        first = page.locator(".turn").first
        change(first, OTHER)
        expect(first.locator(".chip").first).to_be_visible()
        expect(page.locator(".turn")).to_have_count(2)
        page.get_by_role("button", name=words("composer.stop")).click()
        expect(first.get_by_role("button", name=words("turn.before"))).to_be_visible()
        page.reload()
        expect(page.locator(".turn .question")).to_contain_text([QUESTION, FOLLOW_UP])
        held.go.set()


def test_a_question_that_never_arrived_is_stored_by_retry_once(asked: Page) -> None:
    asked.route("**/turns", lambda route: route.abort())
    turn = ask(asked, FOLLOW_UP)
    expect(turn.get_by_role("alert")).to_contain_text("cannot be reached")
    asked.unroute("**/turns")
    turn.get_by_role("button", name="Retry").click()
    expect(turn.locator(".chip").first).to_be_visible()
    asked.reload()
    expect(asked.locator(".turn .question")).to_contain_text([QUESTION, FOLLOW_UP])


def test_a_question_whose_answer_was_lost_on_the_way_is_not_stored_twice(asked: Page) -> None:
    asked.route("**/turns", lambda route: (route.fetch(), route.abort()))
    turn = ask(asked, FOLLOW_UP)
    asked.unroute("**/turns")
    turn.get_by_role("button", name="Retry").click()
    expect(turn.locator(".chip").first).to_be_visible()
    asked.reload()
    expect(asked.locator(".turn")).to_have_count(2)


def test_a_stopped_question_is_kept(asked: Page) -> None:
    asked.route("**/turns", lambda _: None)  # never goes on
    asked.fill("#question", FOLLOW_UP)
    asked.keyboard.press("Enter")
    asked.get_by_role("button", name="Stop").click()
    turn = asked.locator(".turn").last
    expect(turn).to_contain_text("Stopped.")
    expect(asked.locator("#question")).to_be_focused()
    asked.unroute("**/turns")
    turn.get_by_role("button", name="Ask again").click()
    expect(turn.locator(".chip").first).to_be_visible()


# What the reader thinks, and whether it holds


def test_a_good_answer_is_remembered_as_good(asked: Page) -> None:
    up = asked.get_by_role("button", name="Good answer")
    up.click()
    expect(up).to_have_attribute("aria-pressed", "true")
    asked.reload()
    expect(asked.get_by_role("button", name="Good answer")).to_have_attribute("aria-pressed", "true")


def test_a_bad_answer_is_stored_with_its_reasons(asked: Page) -> None:
    down = asked.get_by_role("button", name="Bad answer, say why")
    down.click()
    expect(asked.get_by_label("A citation is missing")).to_be_focused()
    asked.get_by_label("A citation is wrong").check()
    asked.get_by_label("Comment, if you like").fill("It is the other one.")
    asked.get_by_role("button", name="Send").click()
    expect(down).to_be_focused()
    stored = "You found this answer bad: A citation is wrong, “It is the other one.”"
    expect(asked.locator(".feedback")).to_have_text(stored)
    asked.reload()
    expect(asked.locator(".feedback")).to_have_text(stored)


def test_feedback_that_cannot_be_stored_says_so_and_keeps_the_form(asked: Page) -> None:
    asked.route("**/feedback", lambda route: route.abort())
    asked.get_by_role("button", name="Bad answer, say why").click()
    asked.get_by_role("button", name="Send").click()
    expect(asked.locator(".feedback").get_by_role("alert")).to_contain_text("cannot be reached")
    expect(asked.get_by_label("A citation is wrong")).to_be_visible()


def test_an_answer_is_checked_citation_by_citation(asked: Page) -> None:
    asked.get_by_role("button", name="Check this answer").click()
    items = asked.locator(".check li")
    expect(items).to_have_count(asked.locator(".chip").count())
    expect(items.first).to_contain_text("still there word for word")
    expect(asked.get_by_role("status")).to_contain_text("still there word for word")


def test_a_check_says_what_has_become_of_a_citation(asked: Page) -> None:
    verification = asked.request.post(urljoin(asked.url, "verify"), data={"answer_id": answer_id(asked)}).json()
    for citation, reason in zip(verification["citations"], ("document_removed", "text_changed"), strict=False):
        citation["verified"] = False
        citation["sources"][0] |= {"verified": False, "reason": reason}
    asked.route("**/verify", lambda route: route.fulfill(json=verification))
    asked.get_by_role("button", name="Check this answer").click()
    expect(asked.locator(".check .bad")).to_contain_text(["2 citations no longer hold", "was removed", "has changed"])


def answer_id(page: Page) -> str:
    return str(page.request.get(stored_at(page)).json()["turns"][0]["answer"]["id"])


def stored_at(page: Page) -> str:
    """The address of the stored conversation that the page shows."""
    return urljoin(page.url, f"conversations/{urlsplit(page.url).query.removeprefix('c=')}")


def test_a_link_leads_to_a_page_of_the_answer_alone(open_page: Callable[..., Page], live_server: str) -> None:
    page = open_page(live_server, permissions=["clipboard-read", "clipboard-write"])
    ask(page, QUESTION)
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Link copied")).to_be_visible()
    link = page.evaluate("() => navigator.clipboard.readText()")
    assert link.startswith(f"{live_server}/answers/")
    page.goto(link)
    expect(page.locator("h1")).to_contain_text(QUESTION)


# The keyboard


def test_brackets_go_from_citation_to_citation(asked: Page) -> None:
    ask(asked, FOLLOW_UP)
    chips = asked.locator("#transcript .chip")
    asked.locator(".turn .question").first.focus()
    asked.keyboard.press("]")
    expect(chips.nth(0)).to_be_focused()
    asked.keyboard.press("]")
    expect(chips.nth(1)).to_be_focused()
    asked.keyboard.press("[")
    expect(chips.nth(0)).to_be_focused()


def test_a_question_mark_shows_the_keys_and_they_can_be_switched_off(asked: Page) -> None:
    asked.locator(".turn .question").first.focus()
    asked.keyboard.press("?")
    expect(asked.get_by_role("dialog")).to_contain_text("Previous, next citation")
    asked.get_by_label("Keys without Ctrl or Alt").uncheck()
    asked.keyboard.press("Escape")
    asked.locator(".turn .question").first.focus()
    asked.keyboard.press("?")
    expect(asked.get_by_role("dialog")).to_be_hidden()


def test_the_log_and_one_status_are_there_from_the_start(page: Page) -> None:
    expect(page.get_by_role("log", name="Conversation")).to_be_attached()
    expect(page.get_by_role("status")).to_have_count(1)


# Length


def test_a_long_conversation_opens_and_is_laid_out_only_where_it_is_seen(asked: Page) -> None:
    whole = asked.request.get(stored_at(asked)).json()
    whole["turns"] = [{**whole["turns"][0], "position": position} for position in range(200)]
    asked.route(stored_at(asked), lambda route: route.fulfill(json=whole))
    asked.reload()
    expect(asked.locator(".turn")).to_have_count(200)
    expect(asked.locator(".turn").last.locator(".question")).to_be_in_viewport()
    assert asked.locator(".turn").first.evaluate("turn => getComputedStyle(turn).contentVisibility") == "auto"
