"""The pages where a language model is configured: sentences on two passages, who wrote them, quotations only."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any
from urllib.parse import urljoin

import pytest
from browsing import QUESTION, ask, served, tab_to, words
from playwright.sync_api import Locator, Page, expect
from telling import Script, telling
from test_pages import Page as Html

from qa_service.answerer import Answerer
from qa_service.model import ModelFailed
from qa_service.settings import Settings
from qa_service.web.app import create_app

JOINED = (
    "Lavrov hoped to work with his guests on concrete solutions to “remove the current sad state of affairs”, "
    "and he believed that the revival of bilateral contacts gave rise to “some hesitation”."
)
AGREED = 'Lavrov told reporters Trump confirmed his interest in building "mutually beneficial" relations with Russia.'
READY = "“We are ready to do this,” he said."
INVENTED = "Lavrov and Pompeo signed a treaty on 40 missiles in Paris."
WRITTEN = f"{JOINED} [1] [2] {AGREED} [3] {INVENTED} [1] {READY} [1]"
LATE = ModelFailed("it did not answer in time")
WROTE = words("model.wrote", name="<b>small</b>")


@pytest.fixture
def service(settings: Settings, answerer: Answerer) -> Iterator[Callable[..., str]]:
    """Serve the seeds with a model that says, call by call, what it is given here; give the address."""
    with ExitStack() as running:

        def service(*scripts: Script) -> str:
            told = telling(settings, answerer, *scripts, name="<b>small</b>")
            return running.enter_context(served(create_app(settings, told)))

        yield service


@pytest.fixture
def page(service: Callable[..., str], open_page: Callable[..., Page]) -> Page:
    """The chat page over a model that writes one answer."""
    return open_page(service(WRITTEN, ""), permissions=["clipboard-read", "clipboard-write"])


def stored(page: Page) -> dict[str, Any]:
    """The answer to the last question of the conversation that the page shows, as it is stored."""
    conversation = page.url.partition("c=")[2]
    answer = page.request.get(urljoin(page.url, f"conversations/{conversation}")).json()["turns"][-1]["answer"]
    assert isinstance(answer, dict)
    return answer


def spans(page: Page) -> list[tuple[str, int, str]]:
    """What its citations rest on: the document, where its words begin, and the words."""
    sources = [source for citation in stored(page)["citations"] for source in citation["sources"]]
    return [(source["document_id"], source["start_char_index"], source["cited_text"]) for source in sources]


def run(page: Page, module: str, body: str, argument: object) -> Any:
    """Run ``body``, a JavaScript function body, with one of the page's modules as ``m`` and ``argument`` as ``a``."""
    own = "new URL(name, document.querySelector('script[type=module]').src).href"
    return page.evaluate(f"async ([name, a]) => {{ const m = await import({own}); {body} }}", [module, argument])


# A sentence that rests on two passages


def test_a_sentence_has_a_chip_for_each_passage_it_rests_on(page: Page) -> None:
    turn = ask(page, QUESTION)
    expect(turn.locator(".sentence")).to_have_count(3)
    expect(turn.locator(".sentence").first).to_have_text(f"{JOINED}12")
    names = [chip.get_attribute("aria-label") or "" for chip in turn.locator(".chip").all()]
    numbers = [citation["number"] for citation in stored(page)["citations"]]
    assert numbers[:2] == [1, 2]
    assert [name.split(":")[0] for name in names] == [f"Source {number}" for number in numbers]


def test_each_chip_previews_its_own_words_and_says_that_the_answer_has_others(page: Page) -> None:
    chips, preview = ask(page, QUESTION).locator(".sentence").first.locator(".chip"), page.get_by_role("tooltip")
    for at, begins in enumerate(("Lavrov expressed his hope", "He believed that the revival")):
        chips.nth(at).hover()
        expect(preview.locator("mark")).to_contain_text(begins)
        expect(preview).to_contain_text(words("support.supported"))


def test_the_panel_does_not_call_other_words_a_quotation(page: Page) -> None:
    chips = ask(page, QUESTION).locator(".chip")
    chips.first.click()
    expect(page.locator("#panel-check")).to_have_text(words("panel.bears"))
    page.keyboard.press("]")
    last = len(spans(page))
    expect(page.locator("#panel-position")).to_have_text(words("panel.position", position=2, last=last))
    expect(page.locator("#panel mark")).to_contain_text("some hesitation")


def test_the_bracket_keys_go_through_both_chips_of_a_sentence(page: Page) -> None:
    chips = ask(page, QUESTION).locator(".chip")
    page.get_by_role("link", name=words("nav.api")).focus()
    for at in (0, 1, 2):
        page.keyboard.press("]")
        expect(chips.nth(at)).to_be_focused()
    page.keyboard.press("[")
    expect(chips.nth(1)).to_be_focused()


def test_a_second_chip_joins_the_sentence_that_stands_and_its_marker_is_never_shown(page: Page) -> None:
    body = """
        const root = document.createElement("p"), seen = [], note = () => seen.push(root.textContent);
        const text = new m.AnswerText(root, { open() {}, preview() {} });
        text.extend(a.text, 0);
        text.cite(a.citations[0]);
        const drawn = root.querySelector(".sentence");
        note();
        text.cite(a.citations[1]);
        note();
        text.finish(a.text.trim(), a.citations);
        note();
        return [seen, root.querySelector(".sentence") === drawn];
    """
    about = {"document_title": "T", "source": None, "published_at": None}
    citations = [{"id": f"c{n}", "number": n, "start": 0, "end": 3, "sources": [about]} for n in (1, 2)]
    seen, kept = run(page, "answer.js", body, {"text": "So. [1] [2] ", "citations": citations})
    assert (seen, kept) == (["So.1", "So.12", "So.12"], True)


def test_what_two_sentences_rest_on_is_listed_once(service: Callable[..., str], open_page: Callable[..., Page]) -> None:
    again = "Lavrov hoped to “remove the current sad state of affairs”."
    page = open_page(service(f"{JOINED} [1] [2] {AGREED} [3] {again} [1]", ""))
    turn = ask(page, QUESTION)
    assert len(set(spans(page))) < len(spans(page))
    turn.locator(".grouped summary").click()
    expect(turn.locator(".grouped q")).to_have_count(len(set(spans(page))))
    page.emulate_media(media="print")
    expect(turn.locator(".paper p")).to_have_count(len(set(spans(page))))


def test_the_check_shows_the_words_of_the_documents(page: Page) -> None:
    turn = ask(page, QUESTION)
    turn.get_by_role("button", name=words("check.button")).click()
    quoted = [citation["sources"][0]["cited_text"] for citation in stored(page)["citations"]]
    expect(turn.locator(".check .cited-text")).to_have_text(quoted)


def test_a_copy_has_every_quotation_under_its_number(page: Page) -> None:
    ask(page, QUESTION).get_by_role("button", name=words("turn.copy"), exact=True).click()
    expect(page.get_by_role("button", name=words("turn.copied"))).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert f"{JOINED} [1] [2] " in copied
    assert [quote for _, _, quote in spans(page) if f"“{quote}”" not in copied] == []


# Who wrote it


def line(turn: Locator) -> Locator:
    """The line that says who wrote an answer."""
    return turn.locator(".tools > p.fine")


def test_an_answer_says_which_model_wrote_it_and_what_was_withheld(page: Page) -> None:
    turn = ask(page, QUESTION)
    expect(line(turn)).to_have_text(f"{WROTE} · {words('model.withheld', n=1)}")
    expect(turn.get_by_text(words("turn.verified"))).to_have_count(0)
    page.emulate_media(media="print")
    expect(line(turn)).to_be_visible()


def test_an_answer_says_why_the_model_was_not_used(service: Callable[..., str], open_page: Callable[..., Page]) -> None:
    turn = ask(open_page(service(LATE)), QUESTION)
    expect(line(turn)).to_have_text(words("model.unused", note=LATE.reason))
    expect(turn.get_by_text(words("turn.verified"))).to_be_visible()


def test_an_answer_says_that_the_model_broke_off(service: Callable[..., str], open_page: Callable[..., Page]) -> None:
    turn = ask(open_page(service((f"{READY} [1] Then he sa", LATE))), QUESTION)
    expect(line(turn)).to_have_text(f"{WROTE} · {words('model.broke', note=LATE.reason)}")


def test_a_reason_is_marked_as_english_on_a_page_in_german(
    service: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    page = open_page(service(LATE) + "/?lang=de")
    page.fill("#question", QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator(".tools [lang=en]")).to_have_text(LATE.reason)


@pytest.mark.parametrize("model", [{}, {"mode": "extractive", "name": None}, {"mode": "llm", "name": "old"}])
def test_answers_that_were_stored_before_are_drawn(page: Page, model: dict[str, Any]) -> None:
    said = run(page, "authorship.js", "return m.authorship(a)?.textContent ?? null;", model)
    assert said == (words("model.wrote", name="old") if "llm" in model.values() else None)


def test_an_answer_without_any_word_on_its_model_is_drawn(page: Page) -> None:
    ask(page, QUESTION)
    kept = page.request.get(urljoin(page.url, f"conversations/{page.url.partition('c=')[2]}")).json()
    del kept["turns"][0]["answer"]["model"]
    page.route("**/conversations/c_*", lambda route: route.fulfill(body=json.dumps(kept)))
    page.reload()
    expect(page.locator(".turn .sentence")).to_have_count(3)
    expect(line(page.locator(".turn"))).to_have_count(0)


# Passed on


def test_a_shared_answer_has_each_sentence_once_with_all_its_numbers_and_says_who_wrote_it(page: Page) -> None:
    ask(page, QUESTION)
    html = page.request.get(urljoin(page.url, f"answers/{stored(page)['id']}/view")).text()
    markers = [link for link in Html(html).all("a") if link.get("class") == "marker"]
    assert (html.count(JOINED), len(markers)) == (1, len(stored(page)["citations"]))
    page.goto(urljoin(page.url, f"answers/{stored(page)['id']}/view"))
    expect(page.locator(".given").last).to_have_text(f"{WROTE} · {words('model.withheld', n=1)}")


def test_an_exported_answer_has_each_sentence_once_with_all_its_numbers_and_says_who_wrote_it(page: Page) -> None:
    ask(page, QUESTION)
    text = page.request.get(urljoin(page.url, f"conversations/{page.url.partition('c=')[2]}/export")).text()
    assert text.count(f"{JOINED} [1] [2] ") == 1
    assert "*Written by \\<b\\>small\\</b\\> from the cited sentences; each was checked · 1 sentence was not" in text


# Quotations only


def choice(page: Page) -> Locator:
    return page.get_by_role("checkbox", name=words("composer.quotations"))


def test_without_a_model_there_is_nothing_to_choose(open_page: Callable[..., Page], live_server: str) -> None:
    page = open_page(live_server)
    expect(page.get_by_role("textbox", name=words("composer.label"))).to_be_visible()
    expect(choice(page)).to_have_count(0)


def test_quotations_only_are_chosen_by_keyboard_and_remembered(page: Page) -> None:
    expect(choice(page)).not_to_be_checked()
    page.locator("#question").focus()
    tab_to(page, choice(page))
    page.keyboard.press("Space")
    page.reload()
    expect(choice(page)).to_be_checked()
    turn = ask(page, QUESTION)
    assert stored(page)["model"] == {"mode": "extractive", "name": None, "note": None, "withheld": 0}
    expect(line(turn)).to_have_count(0)


def test_asking_again_follows_the_choice_as_it_is_then(page: Page) -> None:
    choice(page).check()
    turn = ask(page, QUESTION)
    choice(page).uncheck()
    turn.get_by_role("button", name=words("turn.again")).click()
    expect(line(turn)).to_contain_text(WROTE)


def test_single_keys_work_while_the_choice_has_the_focus(page: Page) -> None:
    choice(page).focus()
    page.keyboard.press("/")
    expect(page.locator("#question")).to_be_focused()
