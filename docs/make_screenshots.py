"""Make the pictures of the README and the documentation from the seed documents, in both themes.

    python docs/make_screenshots.py [--to docs/images]

Needs the test extra and Debian's ``chromium``. The seeds are indexed into a folder that is thrown away, so the pictures
show nothing of anybody's own documents.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright
from werkzeug.serving import make_server

from qa_service.assemble import open_answerer, open_library
from qa_service.settings import Settings
from qa_service.web.app import create_app

SEEDS = Path(__file__).parent.parent / "seeds"
QUESTION = "What did Lavrov say after meeting Pompeo?"
FOLLOW_UP = "And what did Pompeo say?"
WIDE = {"width": 1440, "height": 860}
PHONE = {"width": 360, "height": 740}
THEMES = ("light", "dark")
KEPT = {"source-wide-light", "source-wide-dark", "library-wide-light", "answer-phone-dark"}  # what docs show


def main() -> None:
    """Serve the seeds for as long as the pictures take."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--to", type=Path, default=Path("docs/images"))
    folder = parser.parse_args().to
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, served(Path(home)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu", "--disable-sync"]
        )
        for theme in THEMES:
            take(browser, address, folder, theme)
        browser.close()


@contextmanager
def served(home: Path) -> Iterator[str]:
    """Index the seeds into ``home`` and serve the pages."""
    settings = Settings.load(home=home)
    open_library(settings, lambda *_: None).sync([SEEDS], lambda *_: None)
    server = make_server("127.0.0.1", 0, create_app(settings, open_answerer(settings)), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


def take(browser: Browser, address: str, folder: Path, theme: str) -> None:
    """Take all pictures of one theme: on a desk and on a phone, the chat with a source, the library, the start."""
    for name, viewport in (("wide", WIDE), ("phone", PHONE)):
        context = browser.new_context(
            viewport=viewport, color_scheme=theme, reduced_motion="reduce", device_scale_factor=1, locale="en-GB"
        )
        page = context.new_page()
        page.goto(address)
        shoot(page, folder / f"start-{name}-{theme}.png")
        converse(page)
        shoot(page, folder / f"answer-{name}-{theme}.png")
        open_source(page)
        shoot(page, folder / f"source-{name}-{theme}.png")
        page.goto(f"{address}/library")
        shoot(page, folder / f"library-{name}-{theme}.png")
        context.close()


def converse(page: Page) -> None:
    """Ask a question and one that leans on it."""
    for number, question in enumerate((QUESTION, FOLLOW_UP)):
        page.get_by_role("textbox", name="Your question").fill(question)
        page.keyboard.press("Enter")
        expect(page.locator("#transcript .turn").nth(number)).to_have_attribute("aria-busy", "false")


def open_source(page: Page) -> None:
    """Open the first citation of the latest answer."""
    page.locator("#transcript .turn").last.locator(".chip").first.click()
    expect(page.locator("#panel mark").first).to_be_in_viewport()


def shoot(page: Page, target: Path) -> None:
    """Write what the page shows, once it has come to rest."""
    if target.stem not in KEPT:
        return
    page.mouse.move(0, 0)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(400)
    page.screenshot(path=target)


if __name__ == "__main__":
    main()
