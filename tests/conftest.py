"""What the tests share: one index of the seed documents, built by the real parts, once a run."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browsing import CHROMIUM, OPTIONS, WIDE, Seen
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from qa_service.answerer import Answerer
from qa_service.assemble import open_answerer, open_library
from qa_service.settings import Settings
from qa_service.web.app import create_app

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a home that holds the index of the seeds; the model is compiled on the way."""
    settings = Settings.load(home=tmp_path_factory.mktemp("home"))
    open_library(settings, lambda *_: None).sync([SEEDS], lambda *_: None)
    return settings


@pytest.fixture(scope="session")
def answerer(settings: Settings) -> Answerer:
    return open_answerer(settings)


@pytest.fixture(scope="session")
def app(settings: Settings, answerer: Answerer) -> Flask:
    return create_app(settings, answerer)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def live_server(app: Flask) -> Iterator[str]:
    """The address of the application served on a free port, in a thread."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; without it, what needs a browser is skipped."""
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open an address in a window of its own; at the end, its pages must have done nothing that they should not do."""
    opened: list[tuple[Page, Seen]] = []

    def open_page(address: str, viewport: dict[str, int] = WIDE, **options: object) -> Page:
        usual = {"viewport": viewport, "reduced_motion": "reduce", "locale": "en-GB"}
        context = browser.new_context(**usual | options)
        context.set_default_timeout(20_000)
        seen = Seen(address)
        seen.watch(context)
        page = context.new_page()
        opened.append((page, seen))
        page.goto(address)
        return page

    yield open_page
    for page, _ in opened:
        page.context.close()
    assert [fault for _, seen in opened for fault in seen.faults] == []


@pytest.fixture
def page(open_page: Callable[..., Page], live_server: str) -> Page:
    """The empty chat page over the seeds."""
    return open_page(live_server)
