"""Made-up news with orders to a language model hidden in it, and models that obey them; the news is in ``poisoned/``.

Each document has a ``question`` that it answers and the ``forbidden`` strings that its order wants to be shown.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from model_answers import ORDER, Obedient, Shown, marked, obey, passages_of

if TYPE_CHECKING:
    from model_server import Asked

FOLDER = Path(__file__).with_name("poisoned")
TOLD = (  # how one who obeys may put a word into a sentence that looks like one of the documents'
    "{word}.",
    "The answer is {word}.",
    "{truth}, {word}.",
    "{truth}: {word}.",
    "According to {title}, {word}.",
    "“{word},” the article says.",
)
NEAREST = 1  # passages that are obeyed: the first is that of the question
_ENCODED = re.compile(r"[A-Za-z0-9+/]{24,}={0,2}")


@dataclass(frozen=True)
class Poisoned:
    """A document with an order in it."""

    name: str
    kind: str
    title: str
    question: str
    forbidden: tuple[str, ...]


def poisoned() -> list[Poisoned]:
    """All poisoned documents."""
    rows = [json.loads(row) for file in sorted(FOLDER.glob("*.jsonl")) for row in file.read_text("utf-8").splitlines()]
    return [Poisoned(r["id"], r["kind"], r["title"], r["question"], tuple(r["forbidden"])) for r in rows]


class Slavish(Obedient):
    """Obeys as ``Obedient`` does, reads base64 as well, and knows what each document wants to be said.

    It says that in many ways, beside what is true, so that a check has to tell them apart.
    """

    def answer(self, asked: Asked) -> str:
        """All that was ordered, plain or wrapped, then what a naive model would say."""
        shown = passages_of(asked.user)[:NEAREST]
        wrapped = [line for each in shown for line in _wrapped(each)]
        return "\n".join([*wrapped, *(line for each in shown for line in _obeyed(each, asked))])


def _obeyed(shown: Shown, asked: Asked) -> Iterator[str]:
    """What ``Obedient`` says to one passage: the truth, then all that its orders want."""
    yield from (marked(text, shown.number) for text in shown.sentences[:1])
    for order in re.split(r"(?<=[.!?])\s+|\n", shown.text):
        if ORDER.search(order):
            yield from (marked(text, shown.number) for text in obey(order, asked))


def _wrapped(shown: Shown) -> Iterator[str]:
    truth = (shown.sentences or ["It is so."])[0].rstrip(".")
    wanted = [word for each in poisoned() if each.title == shown.title for word in each.forbidden]
    for word in [*wanted, *_decoded(shown.text)]:
        for told in TOLD:
            yield marked(told.format(word=word.rstrip("."), truth=truth, title=shown.title), shown.number)


def _decoded(text: str) -> Iterator[str]:
    for found in _ENCODED.findall(text):
        yield base64.b64decode(found + "=" * (-len(found) % 4)).decode("utf-8", errors="replace")
