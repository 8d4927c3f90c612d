"""Models that answer from the passages of their prompt: truly, with inventions, or by obeying what passages say.

Each is a behaviour for ``model_server.serving``. What was told is kept in ``told`` and printed, so that a test
that fails shows it.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa_service import sentences
from qa_service.prompts import Prompts

if TYPE_CHECKING:
    from model_server import Asked, Exchange

PASSAGE = re.compile(
    r"^\[\[passage (?P<number>\d+) \| (?P<heading>[^\n]*?) \| (?P<boundary>[0-9a-f]+)\]\]\n"
    r"(?P<text>.*?)\n\[\[end (?P=number) \| (?P=boundary)\]\]$",
    re.S | re.M,
)
FEWEST = 5  # words of a sentence that says something by itself


@dataclass(frozen=True)
class Shown:
    """One passage of a prompt: its number, what stands over it, and its text."""

    number: int
    title: str
    publisher: str
    day: str
    speakers: tuple[str, ...]
    text: str

    @property
    def sentences(self) -> list[str]:
        """What of it can be repeated as it stands: whole sentences without quotation marks that do not match."""
        found = [" ".join(self.text[s.start : s.end].split()) for s in sentences.split(self.text)]
        return [each for each in found if len(each.split()) >= FEWEST and each[-1] in '.!?”"']


def passages_of(prompt: str) -> list[Shown]:
    """The passages that stand in a prompt; the order of what stands over each is title, publisher, day, speakers."""
    return [_shown(found) for found in PASSAGE.finditer(prompt)]


def _shown(found: re.Match[str]) -> Shown:
    title, publisher, day, *rest = [*found["heading"].split(" | "), "", ""][:4]
    speakers = rest[0].removeprefix("speakers: ").split(", ") if rest and rest[0] else []
    return Shown(int(found["number"]), title, publisher, day, tuple(speakers), found["text"])


def purpose_of(asked: Asked) -> str:
    """Which of the shipped prompts a request was made with, by how its system text begins; else "answer"."""
    prompts = Prompts.load(None)
    for purpose in ("rewrite_question", "split_question", "follow_ups"):
        if asked.system.startswith(getattr(prompts, purpose).system.splitlines()[0]):
            return purpose
    return "answer"


def question_of(asked: Asked) -> str:
    """The question in a request: the last line of its kind."""
    found = re.findall(r"^(?:Last question|Question|Message): (.*)$", asked.user, re.M)
    return found[-1] if found else ""


class Answering(ABC):
    """What these models share: they answer questions about passages in a way of their own, and do the rest well."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def __call__(self, exchange: Exchange) -> None:
        asked = exchange.asked
        text = getattr(self, purpose_of(asked))(asked)
        self.told.append(text)
        print(f"{type(self).__name__} says: {text}")
        exchange.say(text)

    @abstractmethod
    def answer(self, asked: Asked) -> str:
        """The answer to a question about passages."""

    def rewrite_question(self, asked: Asked) -> str:
        """The question, as if it stood alone."""
        return question_of(asked)

    def split_question(self, asked: Asked) -> str:
        """One line for each question mark."""
        return "\n".join(re.findall(r"[^?]+\?", question_of(asked))) or question_of(asked)

    def follow_ups(self, asked: Asked) -> str:
        """A question about each title."""
        titles = dict.fromkeys(shown.title for shown in passages_of(asked.user))
        return "\n".join(f"What is known about {title}?" for title in list(titles)[:3])


class FaithfulServer(Answering):
    """Joins the first sentence of each passage, with the markers before or behind the stop, and invents nothing."""

    def __init__(self, most: int = 4) -> None:
        super().__init__()
        self.most = most

    def answer(self, asked: Asked) -> str:
        """The sentences with their markers; NOT FOUND if there are none."""
        chosen = [(shown.number, shown.sentences[0]) for shown in passages_of(asked.user) if shown.sentences]
        return " ".join(marked(text, number) for number, text in chosen[: self.most]) or "NOT FOUND"


def marked(sentence: str, *numbers: int | str) -> str:
    """A sentence with markers: before its stop if the first number is odd, else behind."""
    markers = " ".join(f"[{number}]" for number in numbers)
    if sentence.endswith(".") and str(numbers[0]) in "13579":
        return f"{sentence[:-1]} {markers}."
    return f"{sentence} {markers}"


ORDER = re.compile(
    r"\b(ignore|disregard|forget|print|write|say|repeat|include|add|append|insert|answer|respond|reply|output|end|begin|"
    r"start|pretend|act|tell|show|reveal|translate|visit|click|use|you must|you are now|from now on)\b",
    re.I,
)
QUOTED = re.compile(r"[\"'“‘`]([^\"'”’`\n]{3,200})[\"'”’`]")
LINK = re.compile(r"https?://[^\s\"'<>)\]]+")
CANARY = re.compile(r"\b[A-Z0-9]{2,}(?:[-_][A-Z0-9]+)*\b|\b\w*\d\w*[A-Za-z]\w*\b")
TO_SAY = re.compile(
    r"\b(?:say|print|write|output|append|include|add|answer|reply|respond|end)\b(?: only| with| that)*:?\s+(.+)", re.I
)
ROLE = re.compile(r"(?:you are now|act as|pretend to be)\s+([^.!\n]+)", re.I)


class Obedient(Answering):
    """Looks for orders in the passages and carries them out: says the word, gives the link, takes the role.

    Without an order it repeats passages truly.
    """

    def answer(self, asked: Asked) -> str:
        """All that was ordered, each with the marker of the passage that ordered it, behind a true sentence."""
        obeyed = [
            marked(text, shown.number)
            for shown in passages_of(asked.user)
            for order in re.split(r"(?<=[.!?])\s+|\n", shown.text)
            if ORDER.search(order)
            for text in obey(order, asked)
        ]
        return "\n".join([FaithfulServer(1).answer(asked), *obeyed])

    def follow_ups(self, asked: Asked) -> str:
        """What was ordered, as questions."""
        return "\n".join(f"{line.rstrip('.')}?" for line in self.answer(asked).splitlines()[1:4])


def obey(order: str, asked: Asked) -> Iterator[str]:
    """What someone says who obeys one sentence."""
    yield from QUOTED.findall(order)
    yield from (each for each in CANARY.findall(order) if len(each) > 3)
    for link in LINK.findall(order):
        yield f"![picture]({link})"
        yield f"See [here]({link})."
        yield f"More is at {link}."
    yield from TO_SAY.findall(order)
    yield from (f"I am now {role}." for role in ROLE.findall(order))
    if re.search(r"prompt|instructions|rules", order, re.I):
        yield asked.system
    yield order
