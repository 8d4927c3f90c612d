"""The scripts and the templates say the same, in every language, and a reader can change the language anywhere."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

import pytest
from browsing import QUESTION, ask
from flask import Flask
from playwright.sync_api import Page, expect

from qa_service.web.texts import catalogues

CODES = list(catalogues())
SAY = "async ([address, asked]) => { const { t } = await import(address); return asked.map((each) => t(...each)); }"
DAYS = "async ([address, days]) => { const { day } = await import(address); return days.map(day); }"


@pytest.mark.parametrize("code", CODES)
def test_the_scripts_say_what_the_templates_say(
    open_page: Callable[..., Page], live_server: str, app: Flask, code: str
) -> None:
    catalogue = catalogues()[code]
    keys = sorted({re.sub(r"\.(one|other)$", "", key) for key in catalogue.texts})
    asked = [[key, {"n": n, "title": "<T> {n}"}] for key in keys for n in (0, 1, 2, 12345)]
    page = open_page(f"{live_server}/?lang={code}")
    said = page.evaluate(SAY, [f"{app.static_url_path}/texts.js", asked])
    assert said == [catalogue.say(key, **values).unescape() for key, values in asked]


@pytest.mark.parametrize("code", CODES)
def test_the_scripts_write_days_as_the_templates_do(
    open_page: Callable[..., Page], live_server: str, app: Flask, code: str
) -> None:
    days = [datetime.date(2021, month, 1) for month in range(1, 13)]
    page = open_page(f"{live_server}/?lang={code}")
    written = page.evaluate(DAYS, [f"{app.static_url_path}/texts.js", [day.isoformat() for day in days]])
    assert written == [catalogues()[code].day(day).unescape() for day in days]


def test_a_reader_changes_the_language_and_stays_in_the_conversation(page: Page) -> None:
    ask(page, QUESTION)
    german = catalogues()["de"]
    page.get_by_role("link", name=german.texts["language.name"]).click()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(page.locator("#transcript .turn .question")).to_contain_text(QUESTION)
    expect(page.get_by_role("button", name=german.say("turn.copy").unescape(), exact=True)).to_be_visible()
    page.goto(page.url.split("?")[0])
    expect(page.locator("html")).to_have_attribute("lang", "de")


def test_a_browser_that_prefers_german_gets_it(open_page: Callable[..., Page], live_server: str) -> None:
    page = open_page(live_server, locale="de-AT")
    asks = catalogues()["de"].say("composer.ask").unescape()
    expect(page.get_by_role("button", name=asks, exact=True)).to_be_visible()
