"""Puts an answer into the shape of OpenAI's chat completions, whole or in chunks; it decides nothing of its content."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator
from typing import Final

from flask import url_for
from pydantic import BaseModel

from qa_service import tokens, types
from qa_service.types import Delta, Done
from qa_service.web import completion_responses as shapes
from qa_service.web import schema, sse
from qa_service.web.completion_requests import CompletionRequest

DONE: Final = "data: [DONE]\n\n"


class Writer:
    """Writes the one answer to a request. It needs the request's context, for the addresses of documents."""

    def __init__(self, asked: CompletionRequest) -> None:
        self._asked = asked
        self._id = f"chatcmpl-{uuid.uuid4().hex}"
        self._created = int(time.time())

    def whole(self, answer: types.Answer) -> shapes.Completion:
        """Return the answer as one object."""
        reply = shapes.CompletionReply(content=answer.text, annotations=url_citations(answer), context=context(answer))
        return shapes.Completion(
            id=self._id,
            created=self._created,
            model=self._asked.model,
            choices=(shapes.CompletionChoice(message=reply),),
            usage=self._usage(answer),
        )

    def chunks(self, stream: Iterator[sse.Outcome], failure: Callable[[BaseException], BaseModel]) -> Iterator[str]:
        """Yield the text of the chunks: the role, whole verified sentences, what they rest on, the end.

        An error that comes on the way ends them with the body that ``failure`` gives.
        """
        yield self._piece(shapes.ChunkDelta(role="assistant", content=""))
        come = sent = ""
        for outcome in stream:
            match outcome:
                case None:
                    yield sse.KEEPALIVE
                case BaseException():
                    yield _data(failure(outcome))
                case Delta(text):
                    come += text
                    yield self._piece(shapes.ChunkDelta(content=come.rstrip()[len(sent) :]))
                    sent = come.rstrip()  # the space after a sentence waits: none follows the last one
                case Done(answer):
                    yield from self._end(answer, sent)

    def _end(self, answer: types.Answer, sent: str) -> Iterator[str]:
        """What follows the sentences; that nothing was found is no sentence of the documents, and follows too."""
        rest = answer.text[len(sent) :]
        if rest:
            yield self._piece(shapes.ChunkDelta(content=rest))
        yield self._piece(shapes.ChunkDelta(annotations=url_citations(answer), context=context(answer)))
        yield self._chunk(shapes.ChunkChoice(delta=shapes.ChunkDelta(), finish_reason="stop"))
        options = self._asked.stream_options
        if options and options.include_usage:
            yield self._chunk(usage=self._usage(answer))
        yield DONE

    def _piece(self, delta: shapes.ChunkDelta) -> str:
        return self._chunk(shapes.ChunkChoice(delta=delta))

    def _chunk(self, *choices: shapes.ChunkChoice, usage: shapes.Usage | None = None) -> str:
        chunk = shapes.CompletionChunk(
            id=self._id, created=self._created, model=self._asked.model, choices=choices, usage=usage
        )
        return _data(chunk)

    def _usage(self, answer: types.Answer) -> shapes.Usage:
        prompt = sum(tokens.count(message.content) for message in self._asked.messages)
        written = tokens.count(answer.text)
        return shapes.Usage(prompt_tokens=prompt, completion_tokens=written, total_tokens=prompt + written)


def url_citations(answer: types.Answer) -> tuple[shapes.Annotation, ...]:
    """Return a link for each source of each citation, in the order of the answer."""
    return tuple(
        shapes.Annotation(
            url_citation=shapes.UrlCitation(
                start_index=citation.start,
                end_index=citation.end,
                title=source.document.title,
                url=_permalink(source),
            )
        )
        for citation in answer.citations
        for source in citation.sources
    )


def context(answer: types.Answer) -> shapes.CompletionContext:
    """Return what the answer rests on, each value as in the response of ``POST /ask``."""
    return schema.part(answer, shapes.CompletionContext)


def _permalink(source: types.Source) -> str:
    return url_for("pages.view", document_id=source.document.id, start=source.start, end=source.end, _external=True)


def _data(body: BaseModel) -> str:
    return f"data: {body.model_dump_json()}\n\n"
