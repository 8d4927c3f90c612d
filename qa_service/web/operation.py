"""What one entry in the table of operations says; the OpenAPI document is made from them by ``openapi``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from qa_service.web.responses import Failure


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that the service does: where, what it takes and what it returns.

    ``answer`` is the model of a success, ``None`` where a page or a free object is returned (``media`` tells which);
    ``file`` is the media type that it may come in as well, as text, ``streams`` says that it may come as the events of
    an answer, ``chunks`` as what other events. ``form`` is the schema of a body sent as a form instead of ``body``,
    ``example`` a body that can be tried. ``failures`` are the statuses it may refuse with, ``failure`` the model of a
    refusal.
    """

    method: str
    path: str
    name: str
    summary: str
    answer: type[BaseModel] | None = None
    media: str = "application/json"
    body: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    failures: tuple[int, ...] = ()
    status: int = 200
    example: dict[str, Any] | None = None
    form: dict[str, Any] | None = None
    file: str | None = None
    streams: bool = False
    chunks: str | None = None
    failure: type[BaseModel] = Failure
