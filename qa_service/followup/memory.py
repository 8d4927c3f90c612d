"""What a conversation has been about so far: who was named, how lately, how often; ``pronouns`` says who "he" is.

Salience follows centering (Grosz, Joshi, Weinstein 1995, "Centering: a framework for modeling the local coherence of
discourse"): what questions keep naming stays in focus, what an answer brings up is ready to be asked about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from qa_service.followup.entities import Entity, named, titled
from qa_service.language.references import NameBook, Reference
from qa_service.language.words import plain, terms, words
from qa_service.questions.question import Question, read

Gender = Literal["he", "she"]

_DECAY = 0.6  # of the weight of a name with every further question
_OPENED = 1.0  # weight that the topic of the conversation keeps
_READ = 2000  # characters of an answer in which its names are looked for
_NOTHING = re.compile(r"\s*(?:i don['’]t know|i do not know|the documents do not|not found|no answer)", re.IGNORECASE)


@dataclass(eq=False, slots=True)
class Memory:
    """The state of a conversation after some turns; ``note_question`` and ``note_answer`` carry it on.

    ``text`` is the last question, completed, ``asked`` what it names; ``answer`` is what was said to it (empty where
    nothing was known), ``answered`` and ``brought`` what that names; ``topic`` is the title with which the conversation
    was opened, ``aspect`` the one that was stated last. ``weights`` and ``genders`` are of all that questions named.
    """

    book: NameBook
    text: str = ""
    answer: str = ""
    answered: tuple[Reference, ...] = ()
    brought: tuple[Entity, ...] = ()
    topic: Entity | None = None
    aspect: str = ""
    asked: tuple[Entity, ...] = ()
    weights: dict[Entity, float] = field(default_factory=dict)
    genders: dict[Entity, Gender] = field(default_factory=dict)
    _read: Question | None = None

    @property
    def question(self) -> Question:
        """The last question taken apart; read when it is first needed."""
        if self._read is None:
            self._read = read(self.text, self.book)
        return self._read

    @property
    def told(self) -> frozenset[str]:
        """Terms of the last question and answer, and of what the conversation was opened with."""
        return frozenset(terms(f"{self.topic.name if self.topic else ''} {self.aspect} {self.text} {self.answer}"))

    def note_question(self, full: str) -> None:
        """Remember a question that was completed, or a title that was stated in place of one."""
        self.text, self.answer, self.answered, self.brought, self._read = full, "", (), (), None
        self.weights = {entity: weight * _DECAY for entity, weight in self.weights.items()}
        self.asked = tuple(self.known(entity) for entity in named(full, self.book.find(full)[0]))
        for entity in dict.fromkeys(self.asked):
            self.weights[entity] = self.weights.get(entity, 0.0) + 1.0

    def note_title(self, turn: str) -> None:
        """Remember a topic (the first title) or an aspect of it (a further one)."""
        if self.topic is None:
            self.topic = titled(turn, self.book)
            self.weights[self.topic] = 1.0
        else:
            self.aspect = turn
        self.text = self.text or turn

    def note_answer(self, text: str) -> None:
        """Remember an answer: whom and what it names."""
        text = text[:_READ]
        self.answer = "" if _NOTHING.match(text) else text
        self.answered = tuple(self.book.find(text)[0])
        self.brought = tuple(self.known(entity) for entity in named(text, self.answered))

    def known(self, entity: Entity) -> Entity:
        """The same entity under the fullest form in which it was named before."""
        same = (old for old in self.weights if old.keys & entity.keys)
        return next(same, None) or next((old for old in self.weights if _within(entity, old)), entity)

    def focus(self) -> Entity | None:
        """What weighs most."""
        return next(iter(self.ranked()), None)

    def ranked(self) -> Sequence[Entity]:
        """Everything that questions named, weightiest first; of equals the latest."""
        latest = list(self.weights)[::-1]
        return sorted(latest, key=lambda entity: -self.weight(entity))

    def weight(self, entity: Entity) -> float:
        """How present an entity is; what the conversation was opened with stays present."""
        return self.weights.get(entity, 0.0) + (_OPENED if entity == self.topic else 0.0)


def _within(entity: Entity, old: Entity) -> bool:
    """Whether a name is part of one that was named before: the "Ada" of "Ada River". Of people the book knows that."""
    mine = {plain(word.text) for word in words(entity.name)}
    return (
        entity.kind not in ("work", "person") and bool(mine) and mine <= {plain(word.text) for word in words(old.name)}
    )
