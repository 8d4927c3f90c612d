"""What every language model offers and how it fails; which model there is, and how it is reached, is left to others."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Message:
    """One message of what a model is sent."""

    role: Literal["system", "user", "assistant"]
    content: str


class ModelFailed(Exception):
    """The model gave no whole answer.

    ``reason`` is one clause for a person, such as "it did not answer in time". It holds no address, no key, and nothing
    that the model's server sent. ``lasting`` says whether the next question is likely to fail as well, rather than only
    this one.
    """

    def __init__(self, reason: str, lasting: bool = True) -> None:
        super().__init__(reason)
        self.reason = reason
        self.lasting = lasting


class LanguageModel(Protocol):
    """Whatever writes a text that goes on from messages."""

    name: str

    def stream(self, messages: Sequence[Message], most: int, deadline: float) -> Generator[str, None, None]:
        """Yield the text of at most ``most`` tokens in pieces, as they arrive.

        ``deadline`` is a time of ``time.monotonic``; no step waits for longer. Raises ModelFailed, also after pieces
        were yielded. The call is over when the iterator is exhausted, fails or is closed.
        """
        ...


def complete(model: LanguageModel, messages: Sequence[Message], most: int, deadline: float) -> str:
    """Return the whole text, without white space around it. Raises ModelFailed, whatever had been received by then."""
    return "".join(model.stream(messages, most, deadline)).strip()
