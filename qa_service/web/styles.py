"""Sends the style sheets of a page as one: a browser shows nothing before it has them all."""

from __future__ import annotations

from pathlib import Path

from flask import Flask, Response

SHEETS = {"chat": ("base", "document", "chat", "turn", "history", "dialogs", "evidence", "panel", "print")}
_STATIC = Path(__file__).with_name("static")
_JOINED = {f"styles/{page}.css": page for page in SHEETS}


class Application(Flask):
    """A Flask application that has, among its static files, ``styles/<page>.css`` for each page in ``SHEETS``."""

    def send_static_file(self, filename: str) -> Response:
        """Send a static file; the joined ones may be kept as long as the others."""
        page = _JOINED.get(filename)
        if page is None:
            return super().send_static_file(filename)
        response = Response(joined(page), mimetype="text/css")
        response.cache_control.public = True
        response.cache_control.max_age = self.get_send_file_max_age(filename)
        return response


def joined(page: str) -> str:
    """The sheets of a page, one after the other."""
    return "\n".join((_STATIC / f"{name}.css").read_text(encoding="utf-8") for name in SHEETS[page])
