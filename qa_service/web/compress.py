"""Sends text compressed to clients that take it so; streams of events are left alone, or they would be held back."""

from __future__ import annotations

import gzip
from functools import lru_cache

from flask import Flask, Response, request

_LEAST_BYTES = 512  # below, the headers weigh more than what is won
_TEXTS = {"application/json", "application/javascript", "image/svg+xml"}


def install(app: Flask) -> None:
    """Make ``app`` compress what it sends; install it before what changes responses, so that it comes last."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if not _is_text(response) or response.status_code != 200:
        return response
    response.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"] <= 0:
        return response
    squeeze = _squeezed_before if response.direct_passthrough else _squeezed
    response.direct_passthrough = False  # a file is read here, not handed to the server as it is
    body = response.get_data()
    if len(body) >= _LEAST_BYTES:
        response.set_data(squeeze(body))
        response.headers["Content-Encoding"] = "gzip"
        _weaken(response)
    return response


def _is_text(response: Response) -> bool:
    sent_whole = response.direct_passthrough or not response.is_streamed
    kind = response.mimetype or ""
    return sent_whole and (kind.startswith("text/") or kind in _TEXTS)


def _weaken(response: Response) -> None:
    # RFC 9110, 8.8.1: a strong tag would promise the same bytes as without compression.
    tag, weak = response.get_etag()
    if tag and not weak:
        response.set_etag(tag, weak=True)


def _squeezed(body: bytes) -> bytes:
    return gzip.compress(body, compresslevel=6, mtime=0)


_squeezed_before = lru_cache(maxsize=128)(_squeezed)  # for scripts and styles, which are sent again and again
