"""What clients made for OpenAI's chat completions may send, and the question that it means; ``completions`` answers it.

Parameters that steer how a model samples have no bearing on an answer that is read from documents: they are let through
unread, known or not. A parameter that would promise something which is not done is refused by name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError
from pydantic.json_schema import WithJsonSchema

from qa_service import types
from qa_service.errors import BadInput
from qa_service.types import Mode
from qa_service.web import parse
from qa_service.web.requests import AskRequest, Filters, Strict, Turn, legible

_SENTENCES = 5  # see AskRequest.max_sentences
_TURNS = 50  # what a question may bring along, see AskRequest.history
_LONGEST_TURN = 8000  # see Turn.content
_NO_TOOLS = "must be empty: no tools are called here"


def _text(value: object) -> object:
    """The text of a message's content: as it is, or the text parts put together; other values fail as they are."""
    if value is None:
        return ""
    if not isinstance(value, list):
        return value
    return "\n".join(filter(None, map(_part, value)))


def _part(part: object) -> str:
    if isinstance(part, dict) and part.get("type") in ("text", "refusal"):
        text = part.get(part["type"])
        if isinstance(text, str):
            return text
    raise ValueError("may hold parts of type text only; images, sound and files cannot be read")


def _only(fits: Callable[[Any], bool], words: str) -> AfterValidator:
    """A check that refuses, in ``words``, what is given and does not fit."""

    def check(value: Any) -> Any:
        if value is None or fits(value):
            return value
        raise ValueError(words)

    return AfterValidator(check)


_CONTENT = {
    "anyOf": [
        {"type": "string"},
        {"type": "array", "items": {"type": "object", "properties": {"type": {"const": "text"}}}},
        {"type": "null"},
    ]
}


class Lenient(Strict):
    """A model that lets fields through which it does not know, and guesses no types."""

    model_config = ConfigDict(extra="ignore")


class CompletionMessage(Lenient):
    """One message of the conversation."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    """Who wrote it; only what `user` and `assistant` wrote is read."""
    content: Annotated[str, BeforeValidator(_text), AfterValidator(legible), WithJsonSchema(_CONTENT)] = ""
    """The text, or a list of parts `{"type": "text", "text": "…"}`."""


class StreamOptions(Lenient):
    """What a stream brings besides the answer."""

    include_usage: bool | None = None
    """Send a last chunk with the number of tokens."""


class CompletionRequest(Lenient):
    """A conversation whose last user message is the question; fields that are not listed have no effect."""

    model: Annotated[str, StringConstraints(min_length=1, max_length=500)]
    """Any name; the response repeats it."""
    messages: tuple[CompletionMessage, ...]
    """The last message of the user is the question, those before it of user and assistant resolve a follow-up."""
    stream: bool | None = None
    """Answer with chunks as server-sent events."""
    stream_options: StreamOptions | None = None
    """What a stream brings besides the answer."""
    filters: Filters | None = None
    """What may be cited, as in `POST /ask`."""
    max_sentences: Annotated[int, Field(ge=1, le=20)] | None = None
    """The longest answer wanted, in sentences; 5, if absent."""
    mode: Mode | None = None
    """As in `POST /ask`; `auto`, if absent."""
    n: Annotated[int | None, _only(lambda n: n == 1, "must be 1: a question has one answer here")] = None
    """At most 1."""
    tools: Annotated[tuple[Any, ...] | None, _only(lambda tools: not tools, _NO_TOOLS)] = None
    """Nothing: no tools are called."""
    functions: Annotated[tuple[Any, ...] | None, _only(lambda functions: not functions, _NO_TOOLS)] = None
    """Nothing: no functions are called."""
    tool_choice: Annotated[
        Any, _only(lambda choice: choice in ("none", "auto"), "must be none or auto: no tools are called here")
    ] = None
    """`none` or `auto`."""
    response_format: Annotated[
        Any, _only(lambda wanted: wanted == {"type": "text"}, 'must be {"type": "text"}: answers are text')
    ] = None
    """Text and nothing else."""
    logprobs: Annotated[bool | None, _only(lambda wanted: not wanted, "must be false: there are none here")] = None
    """False: there are none."""
    top_logprobs: Annotated[int | None, _only(lambda count: not count, "must be 0: there are none here")] = None
    """0: there are none."""
    modalities: Annotated[tuple[str, ...] | None, _only({"text"}.issuperset, "may name text only")] = None
    """Text and nothing else."""
    audio: Annotated[dict[str, Any] | None, _only(lambda _: False, "cannot be given: answers are text")] = None
    """Nothing: answers are text."""
    web_search_options: Annotated[
        dict[str, Any] | None, _only(lambda _: False, "cannot be given: only the documents are searched")
    ] = None
    """Nothing: only the documents are searched."""

    def to_ask(self) -> types.Ask:
        """Return the question with the turns before it; raises ``BadInput`` naming the message that does not fit."""
        index = self._question()
        place = f"messages[{index}].content"
        try:
            ask = AskRequest(
                question=self.messages[index].content,
                history=_turns(self.messages[:index]),
                filters=self.filters,
                mode=self.mode or "auto",
                max_sentences=self.max_sentences or _SENTENCES,
            )
        except ValidationError as error:
            problem = parse.explained(error)
            raise BadInput(place + problem.message.removeprefix("question"), place) from None
        return ask.to_ask()

    def _question(self) -> int:
        asked = [index for index, message in enumerate(self.messages) if message.role == "user"]
        if not asked:
            raise BadInput("messages has no message of the role user; the last one is the question.", "messages")
        return asked[-1]


def _turns(messages: Sequence[CompletionMessage]) -> tuple[Turn, ...]:
    """What was asked and answered before, the oldest left out where there is too much of it."""
    turns = [
        Turn(role=message.role, content=message.content[:_LONGEST_TURN])
        for message in messages
        if message.role in ("user", "assistant") and message.content.strip()
    ]
    return tuple(turns[-_TURNS:])
