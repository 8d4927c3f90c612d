"""What the service sends about conversations, feedback and checks; what it sends of one answer is in ``responses``."""

from __future__ import annotations

from typing import Literal

from qa_service.chats.values import Rating, Reason
from qa_service.web.requests import Strict
from qa_service.web.responses import Answer


class Conversation(Strict):
    """A conversation, without what was said in it."""

    id: str
    """The identifier."""
    title: str | None
    """The title it was given, else its first question, shortened; null if there is neither."""
    created: str
    """When it was begun, ISO 8601 in UTC."""
    updated: str
    """When something was last asked in it, ISO 8601 in UTC."""
    turns: int
    """How many questions it has."""


class ConversationList(Strict):
    """One page of a browser's conversations, last asked in first; those without questions are left out."""

    conversations: tuple[Conversation, ...]
    """The conversations of this page."""
    next_cursor: str | None
    """What to send as `cursor` for the next page; null on the last one."""


class Feedback(Strict):
    """What somebody thinks of an answer."""

    rating: Rating
    """Whether it is good."""
    reasons: tuple[Reason, ...]
    """What is wrong with it."""
    comment: str
    """In their own words; may be empty."""


class Exchange(Strict):
    """A question of a conversation and its answer."""

    position: int
    """Its place in the conversation, from 0."""
    question: str
    """The question as it was asked."""
    answer: Answer | None
    """The answer exactly as it was sent; null if it was stopped or failed."""
    feedback: Feedback | None
    """What somebody thinks of the answer."""


class WholeConversation(Strict):
    """A conversation with everything that was said in it."""

    id: str
    """The identifier."""
    title: str | None
    """The title it was given, else its first question, shortened; null if there is neither."""
    created: str
    """When it was begun, ISO 8601 in UTC."""
    updated: str
    """When something was last asked in it, ISO 8601 in UTC."""
    turns: tuple[Exchange, ...]
    """The questions, in order."""


class Deleted(Strict):
    """It is gone."""

    deleted: Literal[True]
    """Always true."""


class Stored(Strict):
    """It is kept."""

    stored: Literal[True]
    """Always true."""


class CheckedSource(Strict):
    """A cited span, read again now."""

    document_id: str
    """The document."""
    verified: bool
    """Whether the cited words stand there, character for character."""
    reason: Literal["document_removed", "text_changed"] | None
    """Why not."""


class CheckedCitation(Strict):
    """A citation, each of its spans read again now."""

    id: str
    """The citation."""
    verified: bool
    """Whether all its spans hold."""
    sources: tuple[CheckedSource, ...]
    """The spans, in the order in which they were given."""


Outcome = Literal["verified", "changed"]


class Verification(Strict):
    """What has become of citations."""

    status: Outcome
    """`verified` if all of them hold."""
    index_version: str
    """The state of the index they were checked against."""
    citations: tuple[CheckedCitation, ...]
    """The citations, in the order in which they were given."""
