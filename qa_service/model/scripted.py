"""A fake model for tests: it says what it was told to say and remembers what it was asked; it judges nothing."""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence

from .base import Message, ModelFailed

PIECE = re.compile(r"\s*\S{1,7}|\s+")  # pieces end within words, as those of real models do


class Scripted:
    """Gives out one script for each call, in their order, and fails when there is none left.

    A script is a text, a ModelFailed, or a tuple of these: texts and then a failure break off in the middle. ``asked``
    holds the messages of each call.
    """

    def __init__(self, *scripts: str | ModelFailed | tuple[str | ModelFailed, ...], name: str = "scripted") -> None:
        self.name = name
        self.asked: list[tuple[Message, ...]] = []
        self._scripts = list(scripts)

    def stream(self, messages: Sequence[Message], most: int, deadline: float) -> Generator[str, None, None]:
        """Yield the next script in pieces of a few characters; ``most`` and ``deadline`` change nothing."""
        self.asked.append(tuple(messages))
        if not self._scripts:
            raise ModelFailed("it has nothing more to say")
        script = self._scripts.pop(0)
        for part in script if isinstance(script, tuple) else (script,):
            if isinstance(part, ModelFailed):
                raise part
            yield from PIECE.findall(part)
