"""What the pages cost to fetch: little, and nothing from anywhere else."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from browsing import QUESTION, ask
from playwright.sync_api import CDPSession, Page

BUDGET = 150_000  # bytes, without fonts and pictures


def fetched(page: Page) -> dict[str, int]:
    """Bytes per address of everything that comes over the network from now on."""
    session: CDPSession = page.context.new_cdp_session(page)
    addresses: dict[str, str] = {}
    sizes: dict[str, int] = {}

    def received(event: dict[str, object]) -> None:
        addresses[str(event["requestId"])] = event["response"]["url"]  # type: ignore[index]  # the protocol nests it so

    def finished(event: dict[str, object]) -> None:
        address = addresses.get(str(event["requestId"]), "")
        if not address.endswith((".svg", ".png", ".woff2")):
            sizes[address] = sizes.get(address, 0) + int(str(event["encodedDataLength"]).split(".")[0])

    session.on("Network.responseReceived", received)
    session.on("Network.loadingFinished", finished)
    session.send("Network.enable")
    return sizes


@pytest.mark.parametrize("address", ["/", "/library", "/?lang=de"])
def test_a_page_weighs_less_than_its_budget(open_page: Callable[..., Page], live_server: str, address: str) -> None:
    page = open_page(f"{live_server}/openapi.json")
    sizes = fetched(page)
    page.goto(live_server + address, wait_until="networkidle")
    assert len(sizes) > 3
    assert sum(sizes.values()) < BUDGET, sorted(sizes.items(), key=lambda item: -item[1])


def test_a_page_that_was_seen_before_fetches_no_script_again(open_page: Callable[..., Page], live_server: str) -> None:
    page = open_page(live_server)
    page.wait_for_load_state("networkidle")
    sizes = fetched(page)
    page.goto(live_server, wait_until="networkidle")
    assert [address for address in sizes if address.endswith((".js", ".css")) and sizes[address] > 0] == []


def test_asking_and_reading_fetches_only_from_the_service(open_page: Callable[..., Page], live_server: str) -> None:
    page = open_page(f"{live_server}/openapi.json")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(live_server)
    ask(page, QUESTION).locator(".chip").first.click()
    page.wait_for_load_state("networkidle")
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(live_server).netloc}
