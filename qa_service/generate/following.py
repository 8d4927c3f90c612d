"""Has a language model propose questions to ask next; whether the documents answer them is asked of the documents."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from qa_service.model import LanguageModel, Message, ModelFailed, complete

from .cut import BULLET, visible

_TOKENS = 120
_PATIENCE = 4.0  # seconds: whoever reads the answer waits for this
_LONGEST = 200  # characters of a question


def questions(model: LanguageModel, messages: Sequence[Message], deadline: float) -> tuple[str, ...]:
    """The questions that a model proposes; none if it fails, since there is another way."""
    try:
        text = complete(model, messages, _TOKENS, min(deadline, time.monotonic() + _PATIENCE))
    except ModelFailed:
        return ()
    return tuple(_questions(text))


def _questions(text: str) -> Iterator[str]:
    for line in dict.fromkeys(text.splitlines()):
        plain = BULLET.sub("", visible(line)).strip()
        if plain.endswith("?") and len(plain) <= _LONGEST and not set(plain) & set("<>[]{}`|") and "://" not in plain:
            yield plain
