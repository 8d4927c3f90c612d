"""What clients made for OpenAI's chat completions receive: one pydantic model for every object, each field described.

Names and meanings are OpenAI's (API reference, "The chat completion object"); ``context`` is where Azure OpenAI puts
what an answer rests on, and holds the same values as the response of ``POST /ask``.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import SerializerFunctionWrapHandler, model_serializer

from qa_service.types import Status
from qa_service.web import responses
from qa_service.web.requests import Strict


class UrlCitation(Strict):
    """A sentence of the content and the page that shows what it rests on."""

    start_index: int
    """Where the cited sentence begins in `content`, in Unicode code points from 0."""
    end_index: int
    """Where it ends, exclusive."""
    title: str
    """The title of the document."""
    url: str
    """The document as a page of this service, with the cited words marked."""


class Annotation(Strict):
    """A citation of the content."""

    type: Literal["url_citation"] = "url_citation"
    """Always `url_citation`."""
    url_citation: UrlCitation
    """The sentence and its source."""


class CompletionContext(Strict):
    """What the answer rests on, and what is missing; the values are those of `POST /ask`."""

    status: Status
    """`partial` if a part of the question is not answered, `not_found` if none is."""
    standalone_question: str
    """The question as it was searched, with what the messages before it add."""
    citations: tuple[responses.Citation, ...]
    """What each part of the content rests on; empty if nothing was found."""
    conflicts: tuple[responses.Conflict, ...]
    """Where cited documents say otherwise."""
    not_found: tuple[responses.Missing, ...]
    """What the documents do not tell."""
    documents: tuple[responses.Consulted, ...]
    """The documents that were found, cited and related."""
    follow_up_questions: tuple[str, ...]
    """Questions that the documents can answer next."""
    model: responses.Model
    """How the answer was really written; `model` outside only repeats the request."""


class CompletionReply(Strict):
    """The message that answers."""

    role: Literal["assistant"] = "assistant"
    """Always `assistant`."""
    content: str
    """The answer, with `[n]` markers."""
    refusal: None = None
    """Always null: where nothing is found, `content` says so."""
    annotations: tuple[Annotation, ...]
    """A link for each source of each cited sentence."""
    context: CompletionContext
    """What the answer rests on."""


class CompletionChoice(Strict):
    """The one answer."""

    index: Literal[0] = 0
    """Always 0."""
    message: CompletionReply
    """The message that answers."""
    logprobs: None = None
    """Always null."""
    finish_reason: Literal["stop"] = "stop"
    """Always `stop`: answers are whole."""


class Usage(Strict):
    """Lengths in tokens of the service's own encoding, which is none of OpenAI's."""

    prompt_tokens: int
    """Tokens of all messages."""
    completion_tokens: int
    """Tokens of the answer."""
    total_tokens: int
    """Both."""


class Completion(Strict):
    """An answer as a chat completion."""

    id: str
    """The identifier."""
    object: Literal["chat.completion"] = "chat.completion"
    """Always `chat.completion`."""
    created: int
    """When it was made, in seconds since 1970."""
    model: str
    """The name that the request gave."""
    choices: tuple[CompletionChoice]
    """The one answer."""
    usage: Usage
    """Lengths in tokens."""


class ChunkDelta(Strict):
    """What a chunk adds to the message; a field that is left out adds nothing."""

    role: Literal["assistant"] | None = None
    """In the first chunk."""
    content: str | None = None
    """A whole sentence, already verified."""
    annotations: tuple[Annotation, ...] | None = None
    """All of them, after the last sentence."""
    context: CompletionContext | None = None
    """What the answer rests on, with the annotations."""

    @model_serializer(mode="wrap")
    def _given(self, written: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {name: value for name, value in written(self).items() if value is not None}


class ChunkChoice(Strict):
    """A piece of the one answer."""

    index: Literal[0] = 0
    """Always 0."""
    delta: ChunkDelta
    """What it adds."""
    finish_reason: Literal["stop"] | None = None
    """`stop` in the last one."""


class CompletionChunk(Strict):
    """A piece of an answer as it is sent."""

    id: str
    """The identifier, the same in all chunks."""
    object: Literal["chat.completion.chunk"] = "chat.completion.chunk"
    """Always `chat.completion.chunk`."""
    created: int
    """When the answer was begun, in seconds since 1970."""
    model: str
    """The name that the request gave."""
    choices: tuple[ChunkChoice, ...]
    """The piece; none in the chunk with the usage."""
    usage: Usage | None = None
    """Lengths in tokens, in a last chunk where they were asked for."""


class ServedModel(Strict):
    """A name that clients may show; any other name is answered as well."""

    id: str
    """The name."""
    object: Literal["model"] = "model"
    """Always `model`."""
    created: int
    """When the process started, in seconds since 1970."""
    owned_by: str
    """Who answers."""


class ModelList(Strict):
    """The names that clients may show."""

    object: Literal["list"] = "list"
    """Always `list`."""
    data: tuple[ServedModel, ...]
    """The names."""


class CompletionError(Strict):
    """What went wrong, in OpenAI's form."""

    message: str
    """One sentence that says what is wrong and what to do."""
    type: Literal["invalid_request_error", "server_error"]
    """On whose side it went wrong."""
    param: str | None
    """The input it is about, such as `messages[2].content`."""
    code: str
    """The kind of error, for programs."""


class CompletionFailure(Strict):
    """The body of every answer that is not a success."""

    error: CompletionError
    """What went wrong."""
