"""What helps to check an answer, in a real browser: previews, the source panel, when, who, what differs, and paper."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from browsing import PHONE, WIDE, ask, served
from homes import with_model
from playwright.sync_api import Page, expect

from qa_service.assemble import open_answerer, open_library
from qa_service.settings import Settings
from qa_service.web.app import create_app

TOLL = "At least 14 people were killed when the ferry Aurora caught fire near Tromso, the coast guard said."
NEWS = {
    "2024-03-03": f"A fire broke out on the ferry Aurora on Friday. {TOLL} Captain Ingrid Solheim was on the bridge.",
    "2024-03-09": "The fire on the ferry Aurora near Tromso killed 19 people, officials said.",
    "2024-03-28": "Minister Ole Berg said on Monday: “We will pay for the ferry.” He said the state would rescue it. "
    "Karin Dahl, the chief of Nordline, said she was sorry for the ferry.",
}
KILLED = "How many people were killed when the ferry Aurora caught fire?"
SAID = "What did Berg and Dahl say?"


@pytest.fixture(scope="module")
def address(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service over three reports on one ferry, two of which differ."""
    home = with_model(settings, tmp_path_factory.mktemp("seeing") / "home")
    folder = tmp_path_factory.mktemp("reports")
    for published, text in NEWS.items():
        report = {"id": published, "title": f"Ferry {published}", "text": text, "published_at": published}
        report |= {"source": "Example Times", "url": f"https://example.org/{published}"}
        (folder / f"{published}.jsonl").write_text(json.dumps(report), encoding="utf-8")
    open_library(home, lambda *_: None).sync([Path(folder)], lambda *_: None)
    with served(create_app(home, open_answerer(home))) as address:
        yield address


@pytest.fixture
def open_reports(open_page: Callable[..., Page], address: str) -> Callable[..., Page]:
    """Open the chat page over the reports."""
    return partial(open_page, address)


@pytest.fixture
def page(open_reports: Callable[..., Page]) -> Page:
    return open_reports()


@pytest.fixture
def phone(open_reports: Callable[..., Page]) -> Page:
    return open_reports(viewport=PHONE, has_touch=True)


def run(page: Page, module: str, body: str, argument: object) -> Any:
    """Run ``body``, a JavaScript function body, with one of the page's modules as ``m`` and ``argument`` as ``a``."""
    own = "new URL(name, document.querySelector('script[type=module]').src).href"
    return page.evaluate(f"async ([name, a]) => {{ const m = await import({own}); {body} }}", [module, argument])


# The preview of a citation


def test_a_preview_shows_the_cited_sentence_between_its_neighbours(page: Page) -> None:
    ask(page, KILLED).locator(".chip").first.hover()
    preview = page.get_by_role("tooltip")
    expect(preview.locator("mark")).to_have_text(TOLL)
    expect(preview.locator("blockquote")).to_have_text(NEWS["2024-03-03"])


def test_a_preview_says_who_when_and_how_close_the_words_are(page: Page) -> None:
    ask(page, KILLED).locator(".chip").first.hover()
    preview = page.get_by_role("tooltip")
    expect(preview).to_contain_text("Example Times · 3 March 2024 · the coast guard")
    expect(preview).to_contain_text("Quoted word for word")


def test_a_document_is_fetched_once_for_all_its_previews(page: Page) -> None:
    fetched: list[str] = []
    turn = ask(page, SAID)
    page.on("request", lambda request: fetched.append(request.url))
    for chip in turn.locator(".chip").all():
        chip.hover()
        expect(page.locator("#preview blockquote")).to_contain_text("He said the state would rescue it.")
    assert len([url for url in fetched if "/documents/" in url]) == 1


def test_a_preview_stands_without_neighbours_where_the_document_is_out_of_reach(page: Page) -> None:
    turn = ask(page, KILLED)
    page.route("**/documents/*", lambda route: route.abort())
    turn.locator(".chip").first.hover()
    expect(page.locator("#preview blockquote")).to_have_text(TOLL)


def test_the_focus_shows_a_preview_and_escape_takes_it_away_for_good(page: Page) -> None:
    chip = ask(page, KILLED).locator(".chip").first
    page.keyboard.press("[")
    chip.focus()
    expect(page.get_by_role("tooltip")).to_be_visible()
    expect(chip).to_have_attribute("aria-describedby", "preview")
    page.keyboard.press("Escape")
    expect(page.locator("#preview")).to_be_hidden()
    expect(chip).to_be_focused()


def test_the_first_tap_previews_and_its_button_opens_the_source(phone: Page) -> None:
    chip = ask(phone, KILLED).locator(".chip").first
    chip.tap()
    expect(phone.get_by_role("dialog", name="Source 1")).to_contain_text("14 people")
    expect(phone.locator("#panel")).to_be_hidden()
    phone.get_by_role("button", name="Open source").tap()
    expect(phone.locator("#preview")).to_be_hidden()
    expect(phone.locator("#panel mark")).to_have_text(TOLL)
    phone.get_by_role("button", name="Close the source").tap()
    expect(chip).to_be_focused()


def test_the_second_tap_on_a_chip_opens_the_source(phone: Page) -> None:
    chip = ask(phone, KILLED).locator(".chip").first
    chip.tap()
    chip.tap()
    expect(phone.locator("#panel")).to_be_visible()
    expect(phone.locator("#preview")).to_be_hidden()


def test_a_tap_elsewhere_or_escape_puts_a_preview_away(phone: Page) -> None:
    turn = ask(phone, KILLED)
    chip = turn.locator(".chip").first
    chip.tap()
    turn.locator(".question").tap()
    expect(phone.locator("#preview")).to_be_hidden()
    chip.tap()
    phone.keyboard.press("Escape")
    expect(phone.locator("#preview")).to_be_hidden()
    expect(chip).to_be_focused()


AROUND = [
    ("First. Second. Third. Fourth.", "Third.", "Second. ", " Fourth."),
    ("First. Second.\nThird. Fourth.", "Second.", "First. ", ""),
    ("First.\nSecond. Third.", "Second.", "", " Third."),
    ("Only this.", "Only this.", "", ""),
    ("He met Mr. Smith there. It rained. All left the U.S. on Monday.", "It rained.", "He met Mr. Smith there. ", None),
    ("First. It was the second, he said. Third.", "the second", "First. It was ", ", he said. Third."),
    ("Smile 😀👨‍👩‍👧 first. The 🚀 flew 😀. End.", "The 🚀 flew 😀.", "Smile 😀👨‍👩‍👧 first. ", " End."),
    ("First. Second. Third. Fourth. Fifth.", "Second. Third.", "First. ", " Fourth."),
]


@pytest.mark.parametrize(("text", "cited", "before", "after"), AROUND)
def test_one_sentence_on_either_side_and_never_another_paragraph(
    page: Page, text: str, cited: str, before: str, after: str | None
) -> None:
    body = "const at = a.text.indexOf(a.cited); return m.surroundings(a.text, at, at + a.cited.length);"
    found = run(page, "surroundings.js", body, {"text": text, "cited": cited})
    assert found == {"before": before, "after": text.split(cited)[1] if after is None else after}


# The source panel


@pytest.mark.parametrize(("forth", "back"), [("]", "["), ("ArrowRight", "ArrowLeft")])
def test_keys_step_through_the_citations_while_the_panel_has_the_focus(page: Page, forth: str, back: str) -> None:
    ask(page, SAID).locator(".chip").first.click()
    position = page.locator("#panel-position")
    for key, expected in ((back, 1), (forth, 2), (forth, 3), (forth, 3), (back, 2)):
        page.keyboard.press(key)
        expect(position).to_have_text(f"Citation {expected} of 3")
    expect(page.locator("#panel-title")).to_be_focused()


def test_the_panel_leads_to_the_permalink_and_to_the_original(page: Page) -> None:
    ask(page, KILLED).locator(".chip").first.click()
    links = page.locator("#panel-links a")
    assert "/view?start=" in (links.first.get_attribute("href") or "")
    expect(links.last).to_have_attribute("href", "https://example.org/2024-03-03")
    expect(page.locator("#panel-meta")).to_contain_text("Said by the coast guard")


def test_a_document_that_is_not_cited_is_told_apart(page: Page) -> None:
    turn = ask(page, KILLED)
    turn.locator(".related summary").click()
    turn.locator(".related .card").first.click()
    expect(page.locator("#panel-position")).to_have_text("Related, not cited")
    expect(page.locator("#panel mark")).to_have_count(0)


def test_read_from_right_to_left_the_panel_lies_on_the_left(page: Page) -> None:
    page.evaluate("document.documentElement.dir = 'rtl'")
    ask(page, KILLED).locator(".chip").first.click()
    box = page.locator("#panel").bounding_box()
    assert box is not None
    assert box["x"] == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDE["width"]


# Who, when, and what differs


def test_a_source_names_who_speaks_in_it_under_which_number(page: Page) -> None:
    rows = ask(page, SAID).locator(".cited .card .origin")
    expect(rows).to_have_text(["Example Times · 28 March 2024", "1Ole Berg", "1Karin Dahl"])


def test_cited_days_are_drawn_and_listed(page: Page) -> None:
    turn = ask(page, KILLED)
    name = "The cited documents were published between 3 March 2024 and 9 March 2024"
    expect(turn.get_by_role("img", name=name)).to_be_visible()
    expect(turn.locator(".timeline li")).to_have_text(
        ["3 March 2024: [1] Ferry 2024-03-03", "9 March 2024: [2] Ferry 2024-03-09"]
    )


def test_one_day_makes_no_timeline(page: Page) -> None:
    expect(ask(page, SAID).locator(".timeline")).to_have_count(0)


def cited(*days: str | None) -> list[dict[str, Any]]:
    """Citations of a document each, published on these days."""
    return [
        {"number": n, "sources": [{"document_id": str(n), "document_title": "T", "published_at": day}]}
        for n, day in enumerate(days, 1)
    ]


@pytest.mark.parametrize(
    ("days", "dots"), [(["2020-01-01", "2020-01-02", None], 2), (["2020-01-01", "2020-01-01"], 0), ([None], 0), ([], 0)]
)
def test_only_dated_documents_of_different_days_are_drawn(page: Page, days: list[str | None], dots: int) -> None:
    body = "return m.timeline(a)?.querySelectorAll('circle').length ?? 0;"
    assert run(page, "timeline.js", body, cited(*days)) == dots


def test_no_dot_lies_on_another(page: Page) -> None:
    body = """
        const dots = [...m.timeline(a).querySelectorAll("circle")];
        return dots.map((dot) => ["cx", "cy"].map((name) => dot.getAttribute(name)));
    """
    places = run(page, "timeline.js", body, cited(*["2020-01-01"] * 3, "2020-01-02", "2021-01-01"))
    assert len({tuple(place) for place in places}) == 5
    assert len({y for _, y in places}) == 4


def test_quotations_are_grouped_by_speaker_and_day_and_open_their_source(page: Page) -> None:
    turn = ask(page, SAID)
    fold = turn.locator("details.grouped")
    expect(fold.locator("q").first).to_be_hidden()
    fold.locator("summary").click()
    expect(fold.locator("h4")).to_have_text(["Ole Berg", "Karin Dahl"])
    expect(fold.locator("time").first).to_have_text("28 March 2024")
    fold.locator(".opener").last.click()
    expect(page.locator("#panel mark")).to_contain_text("she was sorry")


def test_one_speaker_on_one_day_is_not_grouped(page: Page) -> None:
    turn = ask(page, "What did Ole Berg say?")
    expect(turn.locator(".chip").first).to_be_visible()
    expect(turn.locator(".grouped")).to_have_count(0)


@pytest.mark.parametrize(("viewport", "beside"), [(WIDE, True), (PHONE, False)])
def test_sources_that_differ_stand_side_by_side(
    open_reports: Callable[..., Page], viewport: dict[str, int], beside: bool
) -> None:
    turn = ask(open_reports(viewport=viewport), KILLED)
    sides = turn.locator(".conflicts figure")
    expect(sides).to_have_count(2)
    expect(sides.first).to_contain_text("14 people")
    expect(sides.last).to_contain_text("officials · Example Times · 9 March 2024")
    left, right = (side.bounding_box() for side in sides.all())
    assert left is not None
    assert right is not None
    assert (left["y"] == right["y"]) == beside


def test_an_answer_without_disagreement_has_no_such_block(page: Page) -> None:
    expect(ask(page, SAID).locator(".conflicts")).to_have_count(0)


# On paper, and in colours of the reader


def test_on_paper_every_source_is_written_out_and_nothing_to_press_is_left(page: Page) -> None:
    turn = ask(page, KILLED)
    turn.locator(".chip").first.click()
    page.emulate_media(media="print")
    expect(turn.locator(".chip").first).to_have_css("background-color", "rgba(0, 0, 0, 0)")  # also of the open source
    for hidden in ("#panel", "#composer", "#sidebar", ".top", ".cited .sources"):
        expect(page.locator(hidden)).to_be_hidden()
    first = turn.locator(".paper li").first
    expect(first).to_contain_text(f"[1] {TOLL}")
    expect(first).to_contain_text("https://example.org/2024-03-03")
    assert f"{page.url.split('?')[0]}documents/" in (first.text_content() or "")
    pressed = [b for b in turn.get_by_role("button").all() if b.is_visible()]
    assert {(b.text_content() or "").isdigit() for b in pressed} == {True}


def test_chips_keep_an_outline_where_the_reader_sets_the_colours(open_reports: Callable[..., Page]) -> None:
    chip = ask(open_reports(forced_colors="active"), KILLED).locator(".chip").first
    assert chip.evaluate("chip => getComputedStyle(chip).borderTopWidth") == "1px"


@pytest.mark.parametrize("width", [320, 1440])
def test_nothing_is_wider_than_the_screen_and_all_can_be_hit(open_reports: Callable[..., Page], width: int) -> None:
    page = open_reports(viewport={"width": width, "height": 800})
    turn = ask(page, KILLED)
    turn.locator(".grouped summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for control in turn.locator("button, summary").all():
        box = control.bounding_box()
        assert box is None or box["width"] == 0 or min(box["width"], box["height"]) >= 24  # 0: folded away
