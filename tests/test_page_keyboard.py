"""The whole journey by keyboard alone: ask, read, open a source, come back, ask on, take the conversation along."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from browsing import FOLLOW_UP, PHONE, QUESTION, ask, tab_to, words
from playwright.sync_api import Download, Locator, Page, expect

# Whether the focused element shows that it is, and can be seen where it is.
FOCUS = """
    () => {
        const focused = document.activeElement;
        if (focused === document.body) return null;
        const box = focused.getBoundingClientRect();
        const styles = [focused, focused.parentElement].map((each) => getComputedStyle(each));
        const marked = styles.some(({ outlineStyle, boxShadow }) => outlineStyle !== "none" || boxShadow !== "none");
        const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height, innerHeight) / 2];
        const top = document.elementFromPoint(x, y);
        const seen = top !== null && (focused.contains(top) || top.contains(focused));
        return { name: focused.outerHTML.slice(0, 120), marked, seen };
    }
"""


def type_question(page: Page, question: str) -> Locator:
    """Type a question where the focus is, and wait for its answer."""
    turns = page.locator("#transcript .turn")
    number = turns.count()
    page.keyboard.type(question)
    page.keyboard.press("Enter")
    expect(turns.nth(number)).to_have_attribute("aria-busy", "false")
    return turns.nth(number)


def test_the_whole_journey(page: Page, tmp_path: Path) -> None:
    turn = type_question(page, QUESTION)
    expect(page.locator("#question")).to_be_focused()

    chip = turn.locator(".chip").nth(1)
    tab_to(page, chip, "Shift+Tab")
    expect(page.get_by_role("tooltip")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#panel-title")).to_be_focused()
    expect(page.locator("#panel mark").first).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    expect(chip).to_be_focused()

    page.keyboard.press("/")
    expect(page.locator("#question")).to_be_focused()
    type_question(page, FOLLOW_UP)

    saved = tmp_path / "conversation.md"
    export(page).save_as(saved)
    text = saved.read_text(encoding="utf-8")
    assert all(question in text for question in (QUESTION, FOLLOW_UP, "[1]"))


def export(page: Page) -> Download:
    """Open the list of conversations and take the first along as Markdown."""
    toggle = page.locator("#history-toggle")
    if toggle.get_attribute("aria-expanded") != "true":
        tab_to(page, toggle, "Shift+Tab")
        page.keyboard.press("Enter")
    tab_to(page, page.locator("#history-list .more").first)
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name=words("entry.export.markdown")).first
    tab_to(page, link)
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    return download.value


def test_on_a_phone_the_list_of_conversations_takes_the_focus_and_gives_it_back(
    open_page: Callable[..., Page], live_server: str
) -> None:
    page = open_page(live_server, PHONE)
    ask(page, QUESTION)
    toggle = page.locator("#history-toggle")
    tab_to(page, toggle, "Shift+Tab")
    page.keyboard.press("Enter")
    drawer = page.get_by_role("dialog", name=words("history.name"))
    expect(drawer).to_be_visible()
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("!document.getElementById('main').contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(toggle).to_be_focused()


def test_the_brackets_step_through_the_citations(page: Page) -> None:
    turn = ask(page, QUESTION)
    page.get_by_role("link", name=words("nav.api")).focus()
    page.keyboard.press("]")
    expect(turn.locator(".chip").nth(0)).to_be_focused()
    page.keyboard.press("]")
    expect(turn.locator(".chip").nth(1)).to_be_focused()
    page.keyboard.press("[")
    expect(turn.locator(".chip").nth(0)).to_be_focused()


def test_the_dialog_of_keys_opens_and_closes_and_gives_the_focus_back(page: Page) -> None:
    api = page.get_by_role("link", name=words("nav.api"))
    api.focus()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name=words("keys.title"))
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(api).to_be_focused()


def test_a_verdict_is_given_by_keyboard(page: Page) -> None:
    turn = ask(page, QUESTION)
    down = turn.get_by_role("button", name=words("feedback.down"))
    tab_to(page, down, "Shift+Tab")
    page.keyboard.press("Enter")
    expect(turn.get_by_role("checkbox").first).to_be_focused()
    page.keyboard.press("Space")
    tab_to(page, turn.get_by_role("button", name=words("feedback.send")))
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text(words("feedback.thanks"))
    expect(down).to_be_focused()
    expect(down).to_have_attribute("aria-pressed", "true")


def test_whatever_has_the_focus_shows_it_and_can_be_seen(page: Page) -> None:
    ask(page, QUESTION)
    page.keyboard.press("/")
    seen = []
    for _ in range(60):
        page.keyboard.press("Shift+Tab")
        if (focus := page.evaluate(FOCUS)) is None:
            break
        seen.append(focus)
    assert len(seen) > 10
    assert [focus["name"] for focus in seen if not (focus["marked"] and focus["seen"])] == []


def test_the_library_can_be_searched_and_a_document_kept_by_keyboard(
    open_page: Callable[..., Page], live_server: str
) -> None:
    page = open_page(f"{live_server}/library")
    delete = page.locator("button.delete").first
    tab_to(page, delete)
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name=words("library.delete.no"))).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(delete).to_be_focused()
