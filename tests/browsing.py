"""What the tests of the page share: Debian's browser, a page under watch, and the gestures of a reader."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Locator, Page, Request, expect
from werkzeug.serving import make_server

from qa_service.answerer import Answerer
from qa_service.types import Ask, Delta, Done, Event
from qa_service.web.texts import catalogues

expect.set_options(timeout=20_000)  # a machine may be busy; what fails fails later, what works is as fast
CHROMIUM = shutil.which("chromium")
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]
QUESTION = "What did Lavrov say after meeting Pompeo?"
FOLLOW_UP = "And what did Pompeo say?"
UNKNOWN = "Who won the 2018 World Cup?"
WIDE = {"width": 1440, "height": 900}
TABLET = {"width": 768, "height": 1024}
PHONE = {"width": 360, "height": 740}

# Tells of every violation of the security policy, from before the page's own scripts run.
_LISTEN = """
    addEventListener("securitypolicyviolation", (event) =>
        tellViolation(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""


@dataclass
class Seen:
    """What the pages of one browser window did that they should not do, and all that they fetched."""

    origin: str
    faults: list[str] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        """Look at everything that happens in ``context`` from now on."""
        context.expose_function("tellViolation", lambda words: self.faults.append(f"violation: {words}"))
        context.add_init_script(_LISTEN)
        context.on("console", self._console)
        context.on("request", self._request)
        context.on("weberror", lambda error: self.faults.append(f"error: {error.error}"))
        context.on("dialog", self._dialog)

    def _console(self, message: ConsoleMessage) -> None:
        # The browser itself reports an answer of 4xx on the console; the page shows it as its own error.
        if message.type in {"error", "warning"} and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        self.requests.append(request)
        if urlsplit(request.url).netloc != urlsplit(self.origin).netloc and not request.url.startswith("blob:"):
            self.faults.append(f"request: {request.url}")

    def _dialog(self, dialog: Dialog) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()


class Held:
    """A real answerer whose answers stop before their last sentence until ``go`` is set."""

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer
        self.go = threading.Event()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._answerer, name)

    def stream(self, ask: Ask) -> Iterator[Event]:
        """The events of the real answer, some of them late."""
        events = list(self._answerer.stream(ask))
        last = max((at for at, event in enumerate(events) if isinstance(event, Delta | Done)), default=0)
        for at, event in enumerate(events):
            if at == last:
                self.go.wait(timeout=30)
            yield event


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve ``app`` on a free port; give its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def words(key: str, **values: object) -> str:
    """What the English page says for ``key``."""
    return catalogues()["en"].say(key, **values).unescape()


def ask(page: Page, question: str) -> Locator:
    """Ask and wait; return the finished turn."""
    turns = page.locator("#transcript .turn")
    before = turns.count()
    page.get_by_role("textbox", name=words("composer.label")).fill(question)
    page.keyboard.press("Enter")
    turn = turns.nth(before)
    expect(turn).to_have_attribute("aria-busy", "false")
    return turn


def tab_to(page: Page, target: Locator, key: str = "Tab") -> None:
    """Press ``key`` until the focus is on ``target``."""
    expect(target).to_be_visible()
    for _ in range(120):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{target} cannot be reached by keyboard")
