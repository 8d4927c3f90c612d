"""Lets a model write a few answers at once and no more, so that waiting for it never takes up the whole server."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from threading import BoundedSemaphore

from .base import LanguageModel, Message, ModelFailed


class Crowded:
    """The model itself while fewer than ``most`` of its calls are open; else every call fails at once.

    A call is open until its iterator is exhausted, fails or is closed.
    """

    def __init__(self, model: LanguageModel, most: int) -> None:
        self.name = model.name
        self._model = model
        self._places = BoundedSemaphore(most)

    def stream(self, messages: Sequence[Message], most: int, deadline: float) -> Generator[str, None, None]:
        """Yield what the model yields. Raises ModelFailed, without asking it while it has enough to do."""
        if not self._places.acquire(blocking=False):
            raise ModelFailed("it is busy with other questions")
        try:
            yield from self._model.stream(messages, most, deadline)
        finally:
            self._places.release()
