"""Measures what the chat page costs: bytes, first paint, and a keystroke in a conversation of 200 turns.

    python benchmarks/page.py [--turns 200] [--keys 60]

Needs Debian's ``chromium`` and the test extra. The seeds are indexed into a folder that is thrown away.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from qa_service.assemble import open_answerer, open_library
from qa_service.settings import Settings
from qa_service.web.app import create_app

SEEDS = Path(__file__).parent.parent / "seeds"
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-sync"]
VISITS = 15
QUESTIONS = ("What did Lavrov say after meeting Pompeo?", "And what did Pompeo say?", "Who won the 2018 World Cup?")

# From the moment at which the browser hands out a key to the frame that shows what it did.
LISTEN = """
    window.keystrokes = [];
    addEventListener("keydown", () => {
        const began = performance.now();
        requestAnimationFrame(() => setTimeout(() => keystrokes.push(performance.now() - began)));
    }, { capture: true });
"""


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--turns", type=int, default=200)
    parser.add_argument("--keys", type=int, default=60)
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as home,
        service(Path(home), options.turns) as (address, conversation, cookie),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=OPTIONS)
        report_load(browser, address)
        report_keys(browser, f"{address}/?c={conversation}", cookie, options.keys)
        browser.close()


@contextmanager
def service(home: Path, turns: int) -> Iterator[tuple[str, str, str]]:
    """Serve the seeds; give the address, a stored conversation of ``turns`` turns, and the cookie of its browser."""
    settings = Settings.load(home=home)
    open_library(settings, lambda *_: None).sync([SEEDS], lambda *_: None)
    app = create_app(settings, open_answerer(settings))
    conversation, cookie = talk(app.test_client(), turns)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", conversation, cookie
    server.shutdown()
    thread.join()


def talk(client: FlaskClient, turns: int) -> tuple[str, str]:
    """Ask one question after another; return the conversation and the cookie."""
    conversation = client.post("/conversations", json={}).get_json()["id"]
    for number in range(turns):
        client.post(f"/conversations/{conversation}/turns", json={"question": QUESTIONS[number % len(QUESTIONS)]})
    cookie = client.get_cookie("qa_browser")
    return str(conversation), cookie.value if cookie else ""


def report_load(browser: Browser, address: str) -> None:
    """Print what a first and a second visit cost, each the median of several browsers that never saw the page."""
    visits = [visited(browser, address) for _ in range(VISITS)]
    for number, visit in enumerate(("first visit", "second visit")):
        paint, size = (statistics.median(each[number][i] for each in visits) for i in (0, 1))
        print(f"{visit:13} first paint {paint:6.0f} ms, {size / 1000:6.1f} kB")


def visited(browser: Browser, address: str) -> list[tuple[float, float]]:
    """First paint in milliseconds and bytes of two visits, the second with what the browser kept of the first."""
    context = browser.new_context()
    page = context.new_page()
    costs = []
    for _ in range(2):
        page.goto(address, wait_until="networkidle")
        paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        moved = "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
        costs.append((paint, page.evaluate(f"{moved}.reduce((sum, entry) => sum + entry.transferSize, 0)")))
    context.close()
    return costs


def report_keys(browser: Browser, address: str, cookie: str, keys: int) -> None:
    """Print how long a conversation takes to show and a keystroke in it to be shown."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_cookies([{"name": "qa_browser", "value": cookie, "url": address.split("?")[0]}])
    context.add_init_script(LISTEN)
    page = context.new_page()
    page.goto(address)
    page.locator("#transcript .turn").last.wait_for()
    shown = page.evaluate("performance.now()")
    times = typed(page, keys)
    turns = page.locator("#transcript .turn").count()
    elements = page.evaluate("document.querySelectorAll('*').length")
    print(f"{turns} turns     shown after {shown:.0f} ms, {elements} elements")
    print(f"keystroke     median {statistics.median(times):.1f} ms, slowest of {len(times)} {max(times):.1f} ms")
    context.close()


def typed(page: Page, keys: int) -> list[float]:
    """Type into the box; return how long each key took to be shown, in milliseconds."""
    page.locator("#question").focus()
    page.wait_for_timeout(500)  # until the page has come to rest
    page.keyboard.type("What did she say? "[:keys] * (keys // 18 + 1), delay=60)
    page.wait_for_timeout(300)
    times: list[float] = page.evaluate("window.keystrokes")
    return times[:keys]


if __name__ == "__main__":
    main()
