"""Hundreds of attacks, as question, document, title, file name and model output: none becomes more than text."""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

import pytest
from browsing import ask, served
from flask import Flask
from flask.testing import FlaskClient
from homes import with_model
from playwright.sync_api import Page, expect

from qa_service.answerer import Answerer
from qa_service.assemble import open_answerer, open_library
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

# What makes a browser act: {} is the call. From elements, attributes, addresses, styles, templates and data.
VECTORS = (
    "<script>{}</script>",
    "<script src=//evil.example/x.js></script>{}",
    "<img src=x onerror={}>",
    "<img src=https://evil.example/{}.png>",
    "<svg onload={}>",
    "<svg><script>{}</script></svg>",
    "<svg><animate onbegin={} attributeName=x dur=1s>",
    "<iframe src=javascript:{}></iframe>",
    "<iframe srcdoc='<script>{}</script>'></iframe>",
    "<details open ontoggle={}>",
    "<video><source onerror={}></video>",
    "<body onload={}>",
    "<input autofocus onfocus={}>",
    "<a href=javascript:{}>x</a>",
    "<math><mi href=javascript:{}>x</mi></math>",
    "<object data=javascript:{}></object>",
    "<form action=javascript:{}><button>x</button></form>",
    "<base href=https://evil.example/>{}",
    "<link rel=stylesheet href=https://evil.example/x.css>{}",
    "<meta http-equiv=refresh content='0;url=javascript:{}'>",
    "<style>@import 'https://evil.example/x.css';</style>{}",
    "<p style=background:url(https://evil.example/x)>{}</p>",
    "<template><img src=x onerror={}></template>",
    "<noscript><p title='</noscript><img src=x onerror={}>'>",
    "javascript:{}",
    "data:text/html,<script>{}</script>",
    "{{{{constructor.constructor('{}')()}}}}",
    "${{{}}}",
    "[x](javascript:{})",
    "![x](https://evil.example/{}.png)",
)
CALL = "alert(1)"


def _entities(attack: str) -> str:
    return "".join(f"&#{ord(character)};" for character in attack)


def _escapes(attack: str) -> str:
    return "".join(f"\\u{ord(character):04x}" if not character.isalnum() else character for character in attack)


def _wide(attack: str) -> str:
    return attack.replace("<", "\uff1c").replace(">", "\uff1e")


def _swapped(attack: str) -> str:
    return "".join(c.upper() if at % 2 else c.lower() for at, c in enumerate(attack)).replace("ALERT", "alert")


ENCODINGS: tuple[Callable[[str], str], ...] = (
    str,
    _swapped,
    _entities,
    html.escape,
    quote,
    _escapes,
    _wide,
    lambda attack: f"</textarea></title></style></script>{attack}",
    lambda attack: f"\"'>{attack}<!--",
    lambda attack: f'"}}]}}</script>{attack}<script type="application/json">',
    lambda attack: attack.replace("<", "<\u200b").replace("javascript", "java\tscript"),
    lambda attack: "data:text/html;base64," + base64.b64encode(attack.encode()).decode(),
)
ATTACKS = tuple(dict.fromkeys(encode(vector.format(CALL)) for encode in ENCODINGS for vector in VECTORS))
TURNS = 30
EVERYTHING = "everything"  # the question whose answer holds all of them
BATCHES = tuple(ATTACKS[at : at + len(ATTACKS) // TURNS] for at in range(0, len(ATTACKS), len(ATTACKS) // TURNS))


def test_there_are_hundreds_of_different_attacks() -> None:
    assert len(ATTACKS) >= 300


@dataclass
class Hostile:
    """A real answerer whose documents and answers say nothing but attacks, a batch of them for each question."""

    answerer: Answerer
    given: list[str] = field(default_factory=list)

    def __getattr__(self, name: str) -> object:
        return getattr(self.answerer, name)

    def examples(self) -> tuple[str, ...]:
        """Attacks to be asked."""
        return ATTACKS[:50]

    def document(self, document_id: str) -> Document:
        """A document that says all attacks of a batch, about itself as well."""
        batch = ATTACKS if document_id == EVERYTHING else BATCHES[int(document_id)]
        first = batch[0]
        return Document(document_id, first, first, "\n".join(batch), first, url=f"javascript:{CALL}", author=first)

    def stream(self, ask: Ask) -> Iterator[Event]:
        """A model's answer, all attacks of a batch, each cited."""
        asked = ask.question
        name = asked if asked == EVERYTHING else str(ATTACKS.index(asked) // len(BATCHES[0]))
        self.given.append(name)
        document = self.document(name)
        answer = self._answer(ask, document, tuple(document.text.split("\n")))
        yield Started(answer.id, answer.standalone_question, "extractive")
        yield Found(answer.documents)
        for citation in answer.citations:
            yield Delta(f"{citation.text} [{citation.number}] ", citation.start)
            yield Cited(citation)
        yield Done(answer)

    def _answer(self, ask: Ask, document: Document, batch: tuple[str, ...]) -> Answer:
        text, citations = "", []
        for number, attack in enumerate(batch, 1):
            at = document.text.index(attack)
            source = Source(document, attack, at, at + len(attack), attack, attack, verified=True)
            span = (len(text), len(text) + len(attack))
            citations.append(Citation(f"c{number}", number, *span, attack, "verbatim", (source,)))
            text += f"{attack} [{number}] "
        return Answer(
            id=f"ans_{document.id}_{self.given.count(document.id)}",
            created="2026-01-01T00:00:00Z",
            question=ask.question,
            standalone_question=batch[-1],
            status="partial",
            text=text.rstrip(),
            plain=" ".join(batch),
            citations=tuple(citations),
            missing=tuple(Missing(attack, attack) for attack in batch),
            documents=tuple(Consulted(document, 0.5, cited, batch[0]) for cited in (True, False)),
            follow_ups=batch[:3],
            mode="extractive",
            model=batch[0],
            filters=Filter(),
            index_version="sha256:0",
            timings_ms={"total": 1.0},
        )


@pytest.fixture(scope="module")
def hostile_app(settings: Settings, answerer: Answerer, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    home = tmp_path_factory.mktemp("hostile")
    return create_app(settings.model_copy(update={"home": home}), Hostile(answerer))


@pytest.fixture(scope="module")
def conversation(hostile_app: Flask) -> tuple[str, str]:
    """A stored conversation in which every attack was asked or answered; its identifier and its browser's."""
    client = hostile_app.test_client()
    conversation = post(client, "/conversations", {})["id"]
    for question in [*(batch[0] for batch in BATCHES), EVERYTHING]:
        answer = post(client, f"/conversations/{conversation}/turns", {"question": question})
        post(client, "/feedback", {"answer_id": answer["id"], "rating": "down", "comment": ATTACKS[-1]})
    cookie = client.get_cookie("qa_browser")
    assert cookie is not None
    return conversation, cookie.value


def post(client: FlaskClient, address: str, body: dict[str, object]) -> dict[str, str]:
    answered = client.post(address, json=body)
    assert answered.status_code < 300, answered.text
    value: dict[str, str] = json.loads(answered.text)
    return value


@pytest.fixture
def hostile_page(
    hostile_app: Flask, conversation: tuple[str, str], open_page: Callable[..., Page]
) -> Iterator[tuple[Page, str]]:
    with served(hostile_app) as address:
        page = open_page(f"{address}/openapi.json")
        page.context.add_cookies([{"name": "qa_browser", "value": conversation[1], "url": address}])
        yield page, address


# The fixture `open_page` fails a test if a dialog opens, the policy is violated or anything foreign is fetched.


def test_a_conversation_full_of_attacks(hostile_page: tuple[Page, str], conversation: tuple[str, str]) -> None:
    page, address = hostile_page
    page.goto(f"{address}/?c={conversation[0]}")
    turns = page.locator("#transcript .turn")
    expect(turns).to_have_count(len(BATCHES) + 1)
    said = turns.locator(".sentence").all_text_contents()
    assert [shown for shown, attack in zip(said, ATTACKS * 2, strict=True) if attack not in shown] == []
    unfold_everything(page)
    untouched(page)


def unfold_everything(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")


def untouched(page: Page) -> None:
    """Nothing on the page came from an attack: no foreign element, no handler, no address that acts."""
    strange = page.evaluate("""
        [...document.querySelectorAll("body *")].filter((element) =>
            element.matches("script:not([src$='/chat.js']), img, iframe, object, embed, video, base, link, meta")
            || element.matches("style, math, template")
            || [...element.attributes].some(({ name, value }) => /^on/.test(name)
                || (["href", "src", "action"].includes(name) && /^\\s*(javascript|data):/i.test(value)))
        ).map((element) => element.outerHTML.slice(0, 200))
    """)
    assert strange == []


def test_attacks_as_they_stream_in(hostile_page: tuple[Page, str]) -> None:
    page, address = hostile_page
    page.goto(address)
    turn = ask(page, EVERYTHING)
    expect(turn.get_by_role("alert")).to_have_count(0)
    expect(turn.locator(".sentence")).to_have_count(len(ATTACKS))
    untouched(page)


def test_attacks_in_the_preview_and_in_the_panel(hostile_page: tuple[Page, str], conversation: tuple[str, str]) -> None:
    page, address = hostile_page
    page.goto(f"{address}/?c={conversation[0]}")
    expect(page.locator("#transcript .turn")).to_have_count(len(BATCHES) + 1)
    for number, batch in [*enumerate(BATCHES)][::10]:
        chip = page.locator("#transcript .turn").nth(number).locator(".chip").first
        chip.hover()
        expect(page.get_by_role("tooltip").locator("blockquote")).to_have_text(batch[0])
        chip.click()
        expect(page.locator("#panel-title")).to_have_text(batch[0])
        expect(page.locator("#panel-text p")).to_have_count(len(batch))
        untouched(page)


def test_attacks_on_the_pages_of_documents_and_of_shared_answers(hostile_page: tuple[Page, str]) -> None:
    page, address = hostile_page
    firsts = {str(number): batch[0] for number, batch in enumerate(BATCHES[:5])} | {EVERYTHING: ATTACKS[0]}
    for name, first in firsts.items():
        page.goto(f"{address}/documents/{name}/view?start=0&end={len(first)}")
        expect(page.locator("mark")).to_have_text(first)
        untouched(page)
        page.goto(f"{address}/answers/ans_{name}_1/view")
        expect(page.locator("h1")).to_have_text(EVERYTHING if name == EVERYTHING else first)
        untouched(page)


def test_attacks_as_titles_of_conversations(
    hostile_app: Flask, hostile_page: tuple[Page, str], conversation: tuple[str, str]
) -> None:
    page, address = hostile_page
    client = hostile_app.test_client()
    client.set_cookie("qa_browser", conversation[1])
    for batch in BATCHES:
        own = post(client, "/conversations", {})["id"]
        post(client, f"/conversations/{own}/turns", {"question": batch[0]})
        assert client.patch(f"/conversations/{own}", json={"title": batch[-1][:200]}).status_code == 200
    page.goto(address)
    if page.locator("#history-toggle").get_attribute("aria-expanded") != "true":
        page.locator("#history-toggle").click()
    expect(page.locator("#history-list .name").first).to_have_text(BATCHES[-1][-1][:200])
    untouched(page)


@pytest.mark.parametrize("name", ["lang", "c", "query", "q", "question", "cursor"])
def test_attacks_in_the_address(hostile_page: tuple[Page, str], name: str) -> None:
    page, address = hostile_page
    for path in ("/", "/library", "/nothing"):
        page.goto(f"{address}{path}?{name}={quote(''.join(ATTACKS[:20]))}#{quote(ATTACKS[2])}")
        untouched(page)


# Through the real line, from files to answers


@pytest.fixture(scope="module")
def attacked(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home whose documents are attacks, with attacks as their titles, publishers and file names."""
    folder = tmp_path_factory.mktemp("documents")
    for number, batch in enumerate(BATCHES):
        records = [
            {"title": attack, "source": attack, "text": f"{attack}\nThe mayor said: {attack}"} for attack in batch
        ]
        name = batch[0].replace("/", "∕").encode()[:200].decode(errors="ignore")
        file = folder / f"{number} {name}.jsonl"
        file.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    home = with_model(settings, tmp_path_factory.mktemp("attacked"))
    open_library(home, lambda *_: None).sync([folder], lambda *_: None)
    return home


def test_attacks_in_files_on_every_page_of_the_library(attacked: Settings, open_page: Callable[..., Page]) -> None:
    with served(create_app(attacked, open_answerer(attacked))) as address:
        page = open_page(f"{address}/library")
        titles: list[str] = []
        while True:
            untouched(page)
            titles += page.locator("#list li h3, #list li .title").all_text_contents()
            more = page.locator("#more")
            if more.count() == 0:
                break
            page.goto(f"{address}{more.get_attribute('href')}")
        assert len(titles) > 250
        page.goto(address)
        ask(page, "What did the mayor say?")
        untouched(page)
