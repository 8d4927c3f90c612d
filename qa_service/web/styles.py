"""Sends the style sheets of a page as one: a browser shows nothing before it has them all."""

from __future__ import annotations

from pathlib import Path

from flask import Flask, Response

SHEETS = {"chat": ("document", "chat", "turn", "history", "dialogs", "evidence", "panel", "print")}
_STATIC = Path(__file__).with_name("static")


def install(app: Flask) -> None:
    """Give each page in ``SHEETS`` the address ``/static/<version>/styles/<page>.css``, kept as long as the others."""
    for page in SHEETS:
        address = f"{app.static_url_path}/styles/{page}.css"
        app.add_url_rule(address, f"styles-{page}", lambda page=page: _sent(page, app))


def _sent(page: str, app: Flask) -> Response:
    response = Response(joined(page), mimetype="text/css")
    response.cache_control.public = True
    response.cache_control.max_age = app.config["SEND_FILE_MAX_AGE_DEFAULT"]
    return response


def joined(page: str) -> str:
    """The sheets of a page, one after the other."""
    return "\n".join((_STATIC / f"{name}.css").read_text(encoding="utf-8") for name in SHEETS[page])
