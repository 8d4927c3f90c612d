"""Writes the events of an answer as server-sent events, with a comment when nothing has been sent for a while.

The events come from the answerer; this module knows only how they look on the wire.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Final

from pydantic import BaseModel

from qa_service.types import Cited, Delta, Done, Event, Found, Started
from qa_service.web import responses, schema

KEEPALIVE_SECONDS = 5.0  # a client that has gone is noticed at the second one
KEEPALIVE: Final = ": keepalive\n\n"

Outcome = Event | BaseException | None


def outcomes(events: Iterator[Event], pause: float = KEEPALIVE_SECONDS) -> Iterator[Outcome]:
    """Yield every event as it comes, ``None`` whenever ``pause`` seconds pass without one, and a final error.

    All events are drawn in one thread of their own, so that this one can notice the pause. Whoever stops is not kept
    waiting: that thread ends with the event that it draws, and the answer with it.
    """
    drawer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="answer")
    try:
        while True:
            drawn = drawer.submit(next, events, None)
            while not wait((drawn,), pause).done:
                yield None
            outcome = drawn.exception() or drawn.result()
            if outcome is None:
                return
            yield outcome
            if isinstance(outcome, BaseException):
                return
    finally:
        drawer.shutdown(wait=False)


def written(stream: Iterator[Outcome], failure: Callable[[BaseException], BaseModel]) -> Iterator[str]:
    """Yield the text of each outcome; ``failure`` gives the body of an ``error`` event, after which nothing follows."""
    for outcome in stream:
        if outcome is None:
            yield KEEPALIVE
        elif isinstance(outcome, BaseException):
            yield message("error", failure(outcome))
        else:
            yield message(*_named(outcome))


def message(name: str, data: BaseModel) -> str:
    """Return one event; JSON has no raw line breaks, so its data is always a single line."""
    return f"event: {name}\ndata: {data.model_dump_json()}\n\n"


def _named(event: Event) -> tuple[str, BaseModel]:
    match event:
        case Started(id, standalone_question, mode):
            return "start", responses.StartEvent(id=id, standalone_question=standalone_question, mode=mode)
        case Found(documents):
            return "documents", responses.DocumentsEvent(documents=tuple(map(schema.consulted, documents)))
        case Delta(text, start):
            return "delta", responses.DeltaEvent(text=text, start=start)
        case Cited(citation):
            return "citation", responses.CitationEvent(citation=schema.citation(citation))
        case Done(answer):
            return "done", schema.answer(answer)
