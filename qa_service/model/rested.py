"""Lets a model that failed twice in a row rest, so that nobody waits for it; how it failed is its own affair."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Sequence

from .base import LanguageModel, Message, ModelFailed
from .line import LATE

FAILURES = 2
SECONDS = 30.0


class Rested:
    """The model itself, until it has failed twice in a row: then every call fails at once, for thirty seconds.

    After that it is asked again, and one more failure lets it rest again. What only one question is to blame for does
    not count, nor being late for a deadline that is nearer than ``patience`` seconds: a slow model may be. Threads may
    share one: a race costs one call.
    """

    def __init__(self, model: LanguageModel, patience: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.name = model.name
        self._model = model
        self._patience = patience
        self._clock = clock
        self._failures = 0
        self._until = clock()

    def stream(self, messages: Sequence[Message], most: int, deadline: float) -> Generator[str, None, None]:
        """Yield what the model yields. Raises ModelFailed, without asking the model while it rests."""
        now = self._clock()
        if now < self._until:
            raise ModelFailed("it failed a moment ago")
        try:
            for piece in self._model.stream(messages, most, deadline):
                self._failures = 0
                yield piece
        except ModelFailed as failure:
            if failure.lasting and (failure.reason != LATE or deadline - now >= self._patience):
                self._count()
            raise

    def _count(self) -> None:
        self._failures += 1
        if self._failures >= FAILURES:
            self._until = self._clock() + SECONDS
