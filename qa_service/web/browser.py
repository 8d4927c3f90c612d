"""Knows a browser again by a cookie without meaning, so that it finds its conversations; there are no accounts."""

from __future__ import annotations

import re
import secrets

from flask import Blueprint, Response, g, request

COOKIE = "qa_browser"
_ONE_YEAR = 365 * 24 * 60 * 60
_IDENTITY = re.compile(r"[0-9a-f]{32}", re.ASCII)


def install(blueprint: Blueprint) -> None:
    """Give every browser that calls an address of ``blueprint`` an identity, if it has none."""
    blueprint.before_request(_recognise)
    blueprint.after_request(_remember)


def identity() -> str:
    """Return which browser makes the present request: 32 hexadecimal digits."""
    return str(g.browser)


def _recognise() -> None:
    given = request.cookies.get(COOKIE, "")
    g.known = bool(_IDENTITY.fullmatch(given))
    g.browser = given if g.known else secrets.token_hex(16)


def _remember(response: Response) -> Response:
    if not g.get("known", True):
        response.set_cookie(
            COOKIE,
            g.browser,
            max_age=_ONE_YEAR,
            path=request.script_root or "/",
            secure=request.is_secure,
            httponly=True,
            samesite="Lax",
        )
    return response
