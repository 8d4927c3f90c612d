"""Gives the pages their texts in the reader's language; which texts there are is left to ``texts/<language>.json``.

A catalogue is a flat object of sentences. ``{name}`` in one stands for a value. A sentence that depends on a number
has the keys ``….one`` and ``….other`` and gets the number as ``n``. The scripts read the same catalogue, see
``static/texts.js``.
"""

from __future__ import annotations

import datetime
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, request
from markupsafe import Markup, escape
from werkzeug.datastructures import MultiDict

_FOLDER = Path(__file__).with_name("texts")
_COOKIE = "qa_lang"
_ONE_YEAR = 365 * 24 * 60 * 60
_PLACE = re.compile(r"\{(\w+)\}")

DEFAULT = "en"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The texts of one language; ``code`` is its tag, as in ``lang`` attributes."""

    code: str
    texts: MappingProxyType[str, str]

    def say(self, key: str, **values: object) -> Markup:
        """Return the text of ``key`` with its places filled in, ready to stand in markup.

        Whole numbers are grouped as the language groups them. Values that are markup already stay markup; all others,
        and the text itself, are escaped. A key that the catalogue does not have is shown as it is: a page with a
        gap is better than none.
        """
        shown = {name: self._shown(value) for name, value in values.items()}
        text = str(escape(self.texts.get(self._form(key, values), key)))
        return Markup(_PLACE.sub(lambda place: shown.get(place[1], place[0]), text))

    def day(self, date: datetime.date) -> Markup:
        """Return a day as people write it, as in "12 May 2017"."""
        month = self.texts[f"date.month.{date.month}"]
        return self.say("date.day", day=str(date.day), month=month, year=str(date.year))

    def _form(self, key: str, values: dict[str, object]) -> str:
        # Both languages, and most of Western Europe's, have one form for 1 and one for every other whole number.
        forms = (f"{key}.one",) if values.get("n") == 1 else ()
        return next((form for form in (*forms, f"{key}.other") if form in self.texts), key)

    def _shown(self, value: object) -> str:
        return f"{value:,}".replace(",", self.texts["language.group"]) if isinstance(value, int) else str(escape(value))


@cache
def catalogues() -> dict[str, Catalogue]:
    """Return the catalogue of every language, the default one first."""
    paths = sorted(_FOLDER.glob("*.json"), key=lambda path: (path.stem != DEFAULT, path.stem))
    return {path.stem: Catalogue(path.stem, _read(path)) for path in paths}


def install(app: Flask) -> None:
    """Give every template of ``app`` the texts of the request's language, and remember a language that was chosen."""
    app.context_processor(_for_template)
    app.after_request(_remember)


def chosen() -> Catalogue:
    """Return the catalogue for this request: as its address asks, else its cookie, else the browser's preference."""
    known = catalogues()
    preferred = request.accept_languages.best_match(known, default=DEFAULT)
    asked = (request.args.get("lang"), request.cookies.get(_COOKIE), preferred)
    return known[next(code for code in asked if code in known)]


def _read(path: Path) -> MappingProxyType[str, str]:
    return MappingProxyType(json.loads(path.read_text(encoding="utf-8")))


def _for_template() -> dict[str, Any]:
    catalogue = chosen()
    return {
        "t": catalogue.say,
        "day": catalogue.day,
        "language": catalogue.code,
        "texts": dict(catalogue.texts),
        "languages": [(other, _address(other.code)) for other in catalogues().values() if other is not catalogue],
    }


def _address(language: str) -> str:
    """Return the address of this page in ``language``; what else the address names stays."""
    query = MultiDict(request.args)
    query["lang"] = language
    return "?" + urlencode(list(query.items(multi=True)))


def _remember(response: Response) -> Response:
    language = request.args.get("lang")
    if language in catalogues():
        response.set_cookie(
            _COOKIE,
            language,
            max_age=_ONE_YEAR,
            path=request.script_root or "/",
            secure=request.is_secure,
            samesite="Lax",
        )
    return response
