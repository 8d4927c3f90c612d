"""Make the picture in the README: ask the first question on the page, open a citation, take a screenshot.

    python docs/picture.py [--home index] [--to docs/page.png]

Needs an index (``qa-service index``), the test extra and Debian's ``chromium``.
"""

from __future__ import annotations

import argparse
import shutil
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

from qa_service.assemble import open_answerer
from qa_service.settings import Settings
from qa_service.web.app import create_app

QUESTION = "What did Lavrov say after meeting Pompeo?"


def take(address: str, target: Path) -> None:
    """Drive the page in Chromium and write the picture."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu", "--disable-sync"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 760}, reduced_motion="reduce")
        page.goto(address)
        page.get_by_role("textbox").fill(QUESTION)
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Source 1").nth(1).click()
        page.locator("mark").first.wait_for()
        page.wait_for_timeout(500)  # until it has been scrolled to
        page.screenshot(path=target)
        browser.close()


def main() -> None:
    """Serve the page for as long as the picture takes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--to", type=Path, default=Path("docs/page.png"))
    options = parser.parse_args()
    settings = Settings.load(home=options.home)
    server = make_server("127.0.0.1", 0, create_app(settings, open_answerer(settings)), threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    take(f"http://127.0.0.1:{server.server_port}/", options.to)
    server.shutdown()


if __name__ == "__main__":
    main()
