"""What an error of the ``openai`` package or of its connection means: in plain words, and whether to try once more."""

from __future__ import annotations

import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from .base import ModelFailed
from .line import LATE

if TYPE_CHECKING:
    from openai import APIStatusError

BROKEN = "it broke off"
REASONS = {
    401: "it did not accept the key",
    403: "it did not accept the key",
    404: "it does not know the model or the address that is set",
    413: "it was sent more than it can take",
    429: "it is asked too often",
}
AGAIN = {408, 409, 429}  # and every error of the server


class Refused(ModelFailed):
    """There is no whole reply. ``again`` says whether another try may help, ``wait`` after how many seconds.

    ``complaint`` is what the server found wrong with the request: to be searched, never to be shown.
    """

    def __init__(
        self, reason: str, again: bool, wait: float | None = None, complaint: str = "", lasting: bool = True
    ) -> None:
        super().__init__(reason, lasting)
        self.again = again
        self.wait = wait
        self.complaint = complaint


def of_status(error: APIStatusError) -> Refused:
    """What a reply with a status from 300 on means."""
    status = error.status_code
    usual = "it had an error of its own" if status >= 500 else "it refused the request"
    if error.code == "insufficient_quota":
        return Refused("its quota is used up", again=False)
    return Refused(
        REASONS.get(status, usual),
        again=status in AGAIN or status >= 500,
        wait=retry_after(error.response.headers),
        complaint=str(error.body) if status in (400, 422) else "",
        lasting=(status in REASONS and status != 413) or status >= 500,
    )


def of_connection(error: Exception) -> Refused:
    """What it means that a connection could not be made, was late, or ended before there was text."""
    import httpx2

    cause = error.__cause__ or error
    if isinstance(cause, (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.ProxyError)):
        return Refused("it cannot be reached", again=True)
    return Refused(LATE if isinstance(cause, httpx2.TimeoutException) else BROKEN, again=True)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that the server wants to be left alone: a number, or a day and time (RFC 9110, 10.2.3); never below 0."""
    value = headers.get("retry-after", "")
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None
