"""Refuses what another site makes a browser send here; which host names are answered at all is left to ``hosts``.

Browsers say with ``Sec-Fetch-Site`` where a request comes from (Fetch Metadata Request Headers, W3C). Programs do not
send it, and may do what they like.
"""

from __future__ import annotations

from http import HTTPStatus

from flask import Flask, Response, request

from qa_service.web import problems

_SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
_OWN = {"same-origin", "none"}  # none: the person's own doing, such as a bookmark


def install(app: Flask) -> None:
    """Make ``app`` refuse every request that changes something and comes from a page of another site."""
    app.before_request(_refuse_others)


def _refuse_others() -> Response | None:
    if request.method in _SAFE or request.headers.get("Sec-Fetch-Site", "none").lower() in _OWN:
        return None
    message = "A page of another site asked for this; only the pages of this service may."
    return problems.respond(problems.Problem(HTTPStatus.FORBIDDEN, "forbidden", message))
