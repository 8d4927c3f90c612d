"""Reads the reply of a chat completion, in events or in one piece, as text; where bytes come from is left to others.

The format: https://platform.openai.com/docs/api-reference/chat-streaming. The reader of the ``openai`` package is not
used: it keeps a line without end in memory, and takes a reply that is not in events for an empty one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress

from pydantic import BaseModel, ValidationError

from .base import ModelFailed
from .thoughts import spoken

MOST_BYTES = 8_000_000  # an event for each token is about 300 bytes
UNREADABLE = "it sent something that cannot be read"
ENDS = {"length": "its answer was cut off", "content_filter": "its answer was held back by a filter of its own"}


class _Words(BaseModel):
    """A piece of a message, or a whole one. What a model thinks (``reasoning``, ``reasoning_content``) is not read."""

    content: str | None = None


class _Choice(BaseModel):
    delta: _Words = _Words()
    message: _Words = _Words()
    finish_reason: str | None = None


class _Event(BaseModel):
    """One event, or a reply in one piece. Events that only count tokens have no choice."""

    choices: list[_Choice] | None = None
    error: object = None


DONE = _Event(choices=[_Choice(finish_reason="stop")])


def text_of(chunks: Iterable[bytes]) -> Iterator[str]:
    """Yield the text of a reply in pieces that are not empty, without thoughts and the white space before it.

    Raises ModelFailed after the text that had come by then, unless the reply is whole and has text.
    """
    begun = False
    for piece in spoken(_contents(_events(_lines(chunks)))):
        shown = piece if begun else piece.lstrip()
        if shown:
            begun = True
            yield shown
    if not begun:
        raise ModelFailed("it sent no text")


def _contents(events: Iterable[_Event]) -> Iterator[str]:
    """The contents up to the event that says why it is the last; more than that one need not be waited for."""
    for event in events:
        if event.error is not None:
            raise ModelFailed("it reported an error")
        for choice in (event.choices or [])[:1]:
            yield (choice.delta.content or "") + (choice.message.content or "")
            if choice.finish_reason in ENDS:
                raise ModelFailed(ENDS[choice.finish_reason], lasting=False)
            if choice.finish_reason:
                return
    raise ModelFailed("it broke off")


def _events(lines: Iterable[str]) -> Iterator[_Event]:
    """The events; if there is none, all lines together are the reply."""
    others: list[str] | None = []
    for line in lines:
        if line.startswith("data:"):
            others = None
            yield _event(line.removeprefix("data:").strip())
        elif others is not None and not line.startswith(":"):
            others.append(line)
    if others is not None and any(others):
        yield _event("\n".join(others))


def _event(data: str) -> _Event:
    if data == "[DONE]":
        return DONE
    event = _Event()
    with suppress(ValidationError):
        event = _Event.model_validate_json(data)
    if not event.model_fields_set:
        raise ModelFailed(UNREADABLE)
    return event


def _lines(chunks: Iterable[bytes]) -> Iterator[str]:
    """The lines. Only LF and CR LF end one: what else Unicode calls the end of a line may stand in a JSON string."""
    rest: list[bytes] = []
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > MOST_BYTES:
            raise ModelFailed("it sent too much")
        *ends, begun = chunk.split(b"\n")
        for end in ends:
            yield _line([*rest, end])
            rest = []
        rest.append(begun)
    yield _line(rest)


def _line(parts: Iterable[bytes]) -> str:
    return b"".join(parts).rstrip(b"\r").decode("utf-8", errors="replace")
