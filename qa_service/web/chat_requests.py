"""What clients may send about conversations and answers; what they may ask is in ``requests``."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints, model_validator

from qa_service.chats.values import Rating, Reason
from qa_service.types import Mode
from qa_service.web.requests import Cursor, Filters, Label, Query, Question, Strict, legible, not_blank

_TITLE = StringConstraints(strip_whitespace=True, min_length=1, max_length=200)


class NewConversation(Strict):
    """A conversation to begin: an empty object."""


class Renaming(Strict):
    """A new name for a conversation."""

    title: Annotated[str, _TITLE, AfterValidator(legible), AfterValidator(not_blank)]
    """Its title: 1 to 200 characters after trimming."""


class TurnRequest(Strict):
    """A question in a conversation; what was said before it is known."""

    question: Question
    """The question in plain words: 1 to 2,000 characters after trimming."""
    at: int | None = Field(None, ge=0)
    """Which question it replaces, with all that follow it, counted from 0; absent or null: none. They are replaced
    when the answer is complete: one that fails or is stopped changes nothing. If something else is asked in the
    conversation meanwhile, that counts."""
    filters: Filters | None = None
    """What may be cited; everything, if absent."""
    mode: Mode = "auto"
    """As in `POST /ask`."""
    max_sentences: int = Field(5, ge=1, le=20)
    """The longest answer wanted, in sentences."""


class ConversationsQuery(Query):
    """Which conversations to list."""

    query: Label | None = None
    """Words that must all occur in the title, the questions or the answers."""
    limit: int = Field(30, ge=1, le=100)
    """How many to return at most."""
    cursor: Cursor | None = None
    """The `next_cursor` of the page before."""


class ExportQuery(Query):
    """How to write a conversation down."""

    format: Literal["markdown", "json"] = "markdown"
    """`markdown` to read and print, `json` for programs."""


class FeedbackRequest(Strict):
    """What somebody thinks of an answer."""

    answer_id: Label
    """The answer, one that was given in a conversation."""
    rating: Rating
    """Whether it is good."""
    reasons: tuple[Reason, ...] = Field((), max_length=5)
    """What is wrong with it."""
    comment: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000), AfterValidator(legible)] = ""
    """In their own words, at most 2,000 characters."""


class Claim(Strict):
    """A span that is said to stand in a document; other fields of a source are let through and not looked at."""

    model_config = ConfigDict(extra="ignore")

    document_id: Label
    """The document."""
    start_char_index: int = Field(ge=0)
    """Where the span begins in the document's text, in Unicode code points from 0."""
    end_char_index: int = Field(ge=0)
    """Where it ends, exclusive."""
    cited_text: Annotated[str, StringConstraints(min_length=1)]
    """What is said to stand there."""


class Claimed(Strict):
    """A citation to check; other fields of a citation are let through and not looked at."""

    model_config = ConfigDict(extra="ignore")

    id: Label | None = None
    """What to call it in the response; absent: `c` and its place in the list, from 1."""
    sources: tuple[Claim, ...] = Field(max_length=100)
    """The spans it rests on."""


class VerifyRequest(Strict):
    """What to check: an answer that was given in a conversation, or citations, such as those of any answer."""

    answer_id: Label | None = None
    """The answer."""
    citations: tuple[Claimed, ...] | None = Field(None, max_length=100)
    """The citations."""

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.answer_id is None) == (self.citations is None):
            raise ValueError("must have either answer_id or citations")
        return self
