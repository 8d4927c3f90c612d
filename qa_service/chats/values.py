"""What is kept of conversations, as frozen values; how it is kept is left to ``database`` and its neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from qa_service.types import Turn

Rating = Literal["up", "down"]
Reason = Literal["citation_missing", "citation_wrong", "not_in_my_documents", "inaccurate", "other"]


@dataclass(frozen=True, slots=True)
class Feedback:
    """What somebody thinks of an answer; ``comment`` may be empty."""

    rating: Rating
    reasons: tuple[Reason, ...] = ()
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation as a list shows it.

    ``title`` is the one it was given, else its first question, shortened; None if there is neither. ``created`` and
    ``updated`` are ISO 8601 in UTC; ``turns`` counts its questions.
    """

    id: str
    title: str | None
    created: str
    updated: str
    turns: int


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and what came of it. ``answer`` is the JSON text that was sent; None: it was stopped or failed."""

    position: int
    question: str
    answer: str | None
    feedback: Feedback | None


@dataclass(frozen=True, slots=True)
class Begun:
    """A question that waits for its answer, its place in its conversation, and what was said before it.

    ``turn`` is the row it is stored in; None: it is to replace the turns from ``position`` on when it is answered.
    ``rank`` is that of the conversation once this was asked: it grows with everything that is asked.
    """

    conversation: int
    position: int
    turn: int | None
    rank: int
    history: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Finished:
    """An answer to be kept: ``body`` is its JSON text exactly as it is sent, ``plain`` its text without markers."""

    id: str
    question: str
    plain: str
    body: str


@dataclass(frozen=True, slots=True)
class Given:
    """Feedback with what it is about, the answer with its markers; ``time`` is ISO 8601 in UTC."""

    question: str
    answer: str
    feedback: Feedback
    time: str
