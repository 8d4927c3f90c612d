"""The page of all documents in a real browser: searching, adding and deleting, without a way back to a script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browsing import PHONE, served, tab_to, words
from conftest import SEEDS
from flask import Flask
from homes import with_model
from playwright.sync_api import Locator, Page, expect

from qa_service.assemble import open_answerer, open_library
from qa_service.settings import Settings
from qa_service.web.app import create_app
from qa_service.web.overview import PAGE

TEXT = "Mayor Ada Rivero opened the harbour on Monday.\n\n“We have waited nine years for this,” Rivero said."
TITLE = "The harbour <b>reopens</b>"
DROP = """
    (names) => {
        const dataTransfer = new DataTransfer();
        for (const name of names) dataTransfer.items.add(new File(["Ada Rivero came to Oslo."], name));
        for (const kind of ["dragover", "drop"])
            document.body.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
    }
"""


@pytest.fixture(scope="module")
def shelf(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application over an index of its own, which the tests change."""
    folder = tmp_path_factory.mktemp("shelf")
    ships = "".join(f'{{"id": "ship-{n}", "text": "The good ship number {n} came in."}}\n' for n in range(PAGE))
    (folder / "ships.jsonl").write_text(ships)
    home = with_model(settings, folder / "home")
    open_library(home, lambda *_: None).sync([SEEDS, folder / "ships.jsonl"], lambda *_: None)
    return create_app(home, open_answerer(home))


@pytest.fixture(scope="module")
def address(shelf: Flask) -> Iterator[str]:
    with served(shelf) as address:
        yield f"{address}/library"


@pytest.fixture
def library(open_page: Callable[..., Page], address: str) -> Page:
    page = open_page(address)
    expect(page.locator("#files")).to_be_visible()
    return page


def rows(page: Page) -> Locator:
    return page.locator("#list > li")


def row(page: Page, title: str) -> Locator:
    return rows(page).filter(has=page.get_by_role("link", name=title, exact=True))


def paste(page: Page, text: str, title: str) -> None:
    """Add a text by the form, as a reader does, and wait until it is in."""
    page.get_by_text(words("library.paste"), exact=True).click()
    page.get_by_label(words("library.paste.text")).fill(text)
    page.get_by_label(words("library.paste.title"), exact=True).fill(title)
    page.get_by_label(words("library.paste.source"), exact=True).fill("The Quay")
    page.get_by_label(words("library.paste.day")).fill("2024-02-03")
    page.get_by_role("button", name=words("library.paste.add")).click()
    expect(page.locator("#news")).to_have_text(words("library.job.done", name=title), timeout=30_000)


def delete(page: Page, title: str) -> None:
    row(page, title).get_by_role("button").click()
    page.get_by_role("dialog").get_by_role("button", name=words("library.delete"), exact=True).click()
    expect(row(page, title)).to_have_count(0, timeout=30_000)


# Searching


def test_the_list_follows_what_is_typed(library: Page) -> None:
    library.get_by_role("searchbox").fill("pompeo lavrov")
    expect(rows(library)).to_have_count(1)
    expect(library.locator("#found")).to_have_text(words("library.found", n=1))
    assert library.url.endswith("?query=pompeo+lavrov")
    library.reload()
    expect(rows(library)).to_have_count(1)


def test_nothing_found_is_told(library: Page) -> None:
    library.get_by_role("searchbox").fill("zzzz")
    expect(library.locator("#found")).to_have_text(words("library.found.none"))


def test_the_list_goes_on_where_it_ended_and_so_does_the_focus(library: Page) -> None:
    expect(rows(library)).to_have_count(PAGE)
    library.get_by_role("link", name=words("library.more")).click()
    expect(rows(library)).to_have_count(PAGE + 5)
    expect(rows(library).nth(PAGE).get_by_role("link")).to_be_focused()
    expect(library.get_by_role("link", name=words("library.more"))).to_have_count(0)
    expect(library.locator("#found")).to_have_text(words("library.found", n=PAGE + 5))


def test_without_scripts_the_list_can_be_searched_and_turned(open_page: Callable[..., Page], address: str) -> None:
    page = open_page(address, java_script_enabled=False)
    expect(page.locator("#files")).to_be_hidden()
    page.get_by_role("link", name=words("library.more")).click()
    assert page.locator("#list > li").count() == 5
    page.get_by_role("searchbox").fill("pompeo lavrov")
    page.keyboard.press("Enter")
    expect(page.locator("#list > li")).to_have_count(1)


def test_a_list_that_cannot_be_had_is_told(library: Page) -> None:
    library.route("**/library?*", lambda route: route.abort())
    library.get_by_role("searchbox").fill("ship")
    expect(library.locator("#news")).to_have_text(words("error.unreachable"))
    expect(rows(library)).to_have_count(PAGE)


# Adding and deleting


def test_a_pasted_text_is_listed_counted_and_can_be_deleted(library: Page) -> None:
    before = library.locator(".figures li").first.inner_text()
    paste(library, TEXT, TITLE)
    expect(row(library, TITLE)).to_contain_text("The Quay")
    expect(row(library, TITLE)).to_contain_text("3 February 2024")
    expect(library.get_by_role("link", name="Ada Rivero")).to_have_attribute(
        "href", "/?q=What%20did%20Ada%20Rivero%20say%3F"
    )
    assert library.locator("#jobs li").count() == 0
    delete(library, TITLE)
    expect(library.locator("#news")).to_contain_text("1 passage")
    expect(library.locator(".figures li").first).to_have_text(before)


def test_a_file_is_added_by_choosing_it(library: Page, tmp_path: Path) -> None:
    (tmp_path / "oslo-visit.txt").write_text("Ada Rivero visits Oslo\n\nAda Rivero came to Oslo on Friday.\n")
    library.get_by_label(words("library.add.files")).set_input_files(tmp_path / "oslo-visit.txt")
    expect(library.locator("#news a")).to_have_text("Ada Rivero visits Oslo", timeout=30_000)
    library.locator("#news a").click()
    expect(library.get_by_role("heading", name="Ada Rivero visits Oslo")).to_be_visible()


def test_files_are_added_by_dropping_them_anywhere(library: Page) -> None:
    library.evaluate(DROP, ["one.txt", "picture.png"])
    problem = words("library.add.kinds", names="picture.png")
    expect(library.locator("#upload-problem")).to_have_text(problem)
    expect(library.locator("#news a")).to_have_count(1, timeout=30_000)


def test_a_text_that_is_added_twice_is_listed_once(library: Page) -> None:
    paste(library, "The tide was high.", "High tide")
    library.reload()
    paste(library, "The tide was high.", "High tide")
    expect(row(library, "High tide")).to_have_count(1)


def test_a_file_that_cannot_be_read_is_told_and_the_form_stays(library: Page) -> None:
    library.get_by_text(words("library.paste"), exact=True).click()
    library.get_by_label(words("library.paste.text")).fill("Some text.")
    library.route("**/documents", lambda route: route.fulfill(status=503, json={"error": {"message": "Too busy."}}))
    library.get_by_role("button", name=words("library.paste.add")).click()
    expect(library.get_by_role("alert").filter(has_text="Too busy.")).to_be_visible()
    expect(library.get_by_label(words("library.paste.text"))).to_have_value("Some text.")


def test_a_job_is_shown_with_its_stage_and_how_far_it_is(library: Page) -> None:
    running = {"id": "j_1", "stage": "sentences", "done": 3, "total": 8, "documents": [], "error": None}
    library.route("**/documents", lambda route: route.fulfill(status=202, json={"status": "queued"} | running))
    library.route("**/jobs/j_1", lambda route: route.fulfill(json={"status": "running"} | running))
    library.evaluate(DROP, ["one.txt"])
    bar = library.get_by_role("status").get_by_role("progressbar", name="one.txt")
    expect(bar).to_have_js_property("value", 3)
    expect(library.locator("#jobs")).to_contain_text(words("library.job.sentences", name="one.txt"))
    failed = running | {"status": "failed", "error": {"code": "invalid_document", "message": "It is empty."}}
    library.route("**/jobs/j_1", lambda route: route.fulfill(json=failed))
    expect(library.get_by_role("alert").filter(has_text="one.txt: It is empty.")).to_be_visible()
    expect(bar).to_have_count(0)


RUNNING = {"id": "j_1", "status": "running", "stage": "words", "done": 3, "total": 8, "documents": [], "error": None}


def tell_job(page: Page, job: dict[str, object]) -> None:
    """From now on the service takes every upload as this job, and says this of it."""
    page.context.route("**/documents", lambda route: route.fulfill(status=202, json=job))
    page.context.route(f"**/jobs/{job['id']}", lambda route: route.fulfill(json=job))


def test_a_job_is_still_shown_after_loading_anew_and_in_another_tab(library: Page) -> None:
    tell_job(library, RUNNING)
    library.evaluate(DROP, ["one.txt"])
    bar = library.get_by_role("progressbar", name="one.txt")
    expect(bar).to_have_js_property("value", 3)
    library.reload()
    expect(bar).to_have_js_property("value", 3)
    other = library.context.new_page()
    other.goto(library.url)
    expect(other.locator("#jobs")).to_have_text(words("library.job.words", name="one.txt"))
    added = {"status": "done", "documents": [{"id": "doc_1", "title": "Number one"}]}
    tell_job(library, RUNNING | added)
    for page in (library, other):
        expect(page.locator("#news a")).to_have_text("Number one")
        expect(page.locator("#jobs li")).to_have_count(0)


def test_failures_that_were_not_seen_are_told_once_the_page_is_there_again(library: Page) -> None:
    tell_job(library, RUNNING)
    library.evaluate(DROP, ["one.txt"])
    expect(library.locator("#jobs li progress[value]")).to_have_count(1)
    tell_job(library, RUNNING | {"id": "j_2"})
    library.evaluate(DROP, ["two.txt"])
    expect(library.locator("#jobs li progress[value]")).to_have_count(2)
    address = library.url
    library.goto("about:blank")
    for job in ("j_1", "j_2"):
        failed = {"status": "failed", "error": {"code": "invalid_document", "message": f"{job} is empty."}}
        tell_job(library, RUNNING | failed | {"id": job})
    library.goto(address)
    expect(library.get_by_role("alert").get_by_text("one.txt: j_1 is empty.")).to_be_visible()
    expect(library.get_by_role("alert").get_by_text("two.txt: j_2 is empty.")).to_be_visible()
    library.reload()
    expect(library.locator("#jobs li, #upload-problem p")).to_have_count(0)


def test_what_came_in_meanwhile_leaves_the_search_as_it_is(library: Page) -> None:
    tell_job(library, RUNNING)
    library.evaluate(DROP, ["one.txt"])
    expect(library.locator("#jobs progress[value]")).to_have_count(1)
    tell_job(library, RUNNING | {"status": "done"})
    library.goto(f"{library.url}?query=pompeo+lavrov")
    expect(library.locator("#news")).to_have_text(words("library.job.same", name="one.txt"))
    expect(library.get_by_role("searchbox")).to_have_value("pompeo lavrov")
    expect(rows(library)).to_have_count(1)


def test_a_job_that_the_service_no_longer_knows_is_forgotten(library: Page) -> None:
    library.evaluate("""localStorage.setItem("qa.jobs /library", '[{"id": "j_0", "name": "old.txt"}]')""")
    with library.expect_response("**/jobs/j_0"):
        library.reload()
    expect(library.locator("#jobs li, #upload-problem p")).to_have_count(0)
    assert library.evaluate("""localStorage.getItem("qa.jobs /library")""") == "[]"


def test_a_job_is_kept_while_the_service_is_out_of_reach(library: Page) -> None:
    tell_job(library, RUNNING)
    library.evaluate(DROP, ["one.txt"])
    expect(library.locator("#jobs progress[value]")).to_have_count(1)
    library.context.route("**/jobs/j_1", lambda route: route.abort())
    library.reload()
    expect(library.locator("#jobs")).to_have_text(words("library.job.queued", name="one.txt"))
    tell_job(library, RUNNING)
    expect(library.locator("#jobs")).to_have_text(words("library.job.words", name="one.txt"))


def test_deleting_is_asked_first_and_the_focus_comes_back(library: Page) -> None:
    button = rows(library).first.get_by_role("button")
    tab_to(library, button)
    library.keyboard.press("Enter")
    dialog = library.get_by_role("dialog")
    expect(dialog).to_contain_text(words("library.delete.about"))
    expect(dialog.get_by_role("button", name=words("library.delete.no"))).to_be_focused()
    library.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(button).to_be_focused()


def test_after_deleting_the_focus_is_on_the_next_document(library: Page) -> None:
    title = rows(library).nth(7).get_by_role("link").inner_text()
    following = rows(library).nth(8).get_by_role("link").inner_text()
    delete(library, title)
    expect(library.get_by_role("link", name=following, exact=True)).to_be_focused()


def test_a_deletion_that_fails_is_told_in_the_dialog(library: Page) -> None:
    busy = {"error": {"code": "busy", "message": "Another process is writing."}}
    library.route("**/documents/*", lambda route: route.fulfill(status=503, json=busy))
    rows(library).first.get_by_role("button").click()
    dialog = library.get_by_role("dialog")
    dialog.get_by_role("button", name=words("library.delete"), exact=True).click()
    expect(dialog.get_by_role("alert")).to_have_text("Another process is writing.")
    expect(dialog).to_be_visible()


# Layout


def test_nothing_is_wider_than_a_telephone(open_page: Callable[..., Page], address: str) -> None:
    page = open_page(address, PHONE)
    for summary in page.locator("summary").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_every_control_is_large_enough_to_be_hit(open_page: Callable[..., Page], address: str) -> None:
    page = open_page(address, PHONE)
    for control in page.locator("main").get_by_role("button").or_(page.locator("summary, #list a, .bars a")).all():
        box = control.bounding_box()
        assert box is None or box["height"] >= 24, control


def test_bars_grow_from_the_right_where_reading_does(library: Page) -> None:
    library.evaluate("document.documentElement.dir = 'rtl'")
    transform = library.locator(".bar").first.evaluate("bar => getComputedStyle(bar).transform")
    assert re.match(r"matrix\(-1, 0, 0, 1", transform)
    assert library.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_page_speaks_german(open_page: Callable[..., Page], address: str) -> None:
    page = open_page(f"{address}?lang=de")
    expect(page.get_by_role("heading", level=1)).to_have_text("Was hier steht")
    page.locator("#query").fill("pompeo lavrov")
    expect(page.locator("#found")).to_have_text("1 Dokument")
