"""What clients may send: one pydantic model for every body and query string, each field described.

The models decide what is valid and feed the OpenAPI document; reading a request into one of them, and telling a
person what does not fit, is left to ``parse``.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from qa_service import types
from qa_service.types import Mode, Role

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _iso_day(value: object) -> object:
    if value is None or isinstance(value, date) or (isinstance(value, str) and _DAY.fullmatch(value)):
        return value
    raise ValueError("must be a date such as 2024-05-31")


def legible(value: str) -> str:
    """Return text that can be stored and compared; raises ``ValueError`` for other text."""
    if "\0" in value:
        raise ValueError("must not contain the NUL character")
    return value


def not_blank(value: str) -> str:
    """Return text that says something; raises ``ValueError`` for other text."""
    if not value.strip():
        raise ValueError("must not be empty")
    return value


_Checked = (AfterValidator(legible), AfterValidator(not_blank))
Question = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000), *_Checked]
Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500), *_Checked]
Cursor = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
Day = Annotated[date, Field(strict=False), BeforeValidator(_iso_day)]  # strict takes no text after a validator


class Strict(BaseModel):
    """A model that accepts no field it does not name and guesses no types."""

    model_config = ConfigDict(
        strict=True, extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )


class Turn(Strict):
    """One earlier message of the conversation."""

    role: Role
    """Who wrote it."""
    content: Annotated[str, StringConstraints(max_length=8000), AfterValidator(legible)]
    """What was written, at most 8,000 characters."""


class Filters(Strict):
    """Restricts what may be cited; a field that is left out restricts nothing."""

    sources: tuple[Label, ...] = Field((), max_length=100)
    """Publishers, in upper or lower case."""
    document_ids: tuple[Label, ...] = Field((), max_length=100)
    """Identifiers of documents."""
    published_after: Day | None = None
    """The earliest day of publication."""
    published_before: Day | None = None
    """The latest day of publication."""
    speaker: Label | None = None
    """Only what this person or organisation said."""

    def to_filter(self) -> types.Filter:
        """Return the same restriction as a domain value."""
        return types.Filter(self.sources, self.document_ids, self.published_after, self.published_before, self.speaker)


class AskRequest(Strict):
    """A question with everything that decides its answer."""

    question: Question
    """The question in plain words: 1 to 2,000 characters after trimming."""
    history: tuple[Turn, ...] = Field((), max_length=50)
    """Earlier turns, oldest first; a follow-up is resolved against them."""
    filters: Filters | None = None
    """What may be cited; everything, if absent."""
    mode: Mode = "auto"
    """`auto` uses the language model when one is configured and healthy; `llm` without one is a 409."""
    max_sentences: int = Field(5, ge=1, le=20)
    """The longest answer wanted, in sentences."""
    stream: bool = False
    """Answer with server-sent events; so does the header `Accept: text/event-stream`."""

    def to_ask(self) -> types.Ask:
        """Return the same question as a domain value."""
        history = tuple(types.Turn(turn.role, turn.content) for turn in self.history)
        filters = self.filters.to_filter() if self.filters else types.Filter()
        return types.Ask(self.question, history, filters, self.mode, self.max_sentences)


class Query(BaseModel):
    """A query string; values arrive as text and are read as the types named."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class DocumentsQuery(Query):
    """Which documents to list."""

    query: Label | None = None
    """Words that must all occur in the title, publisher, name or text."""
    source: Label | None = None
    """Only documents of this publisher."""
    limit: int = Field(50, ge=1, le=200)
    """How many to return at most."""
    cursor: Cursor | None = None
    """The `next_cursor` of the page before."""


class StatementsQuery(Query):
    """Which statements to list."""

    speaker: Label | None = None
    """Only what this person or organisation said, in any spelling that the documents know."""
    about: Question | None = None
    """What the statements are to speak of: the nearest come first, and those that are not near are left out."""
    limit: int = Field(50, ge=1, le=200)
    """How many to return at most."""
    cursor: Cursor | None = None
    """The `next_cursor` of the page before."""


class SearchQuery(Query):
    """What to search for."""

    q: Question
    """The words or the question."""
    k: int = Field(10, ge=1, le=50)
    """How many passages to return at most."""


class SpanQuery(Query):
    """Which span of a document to highlight; other parameters of a link are let through."""

    model_config = ConfigDict(extra="ignore")

    start: int | None = Field(None, ge=0)
    """Where the span begins, in Unicode code points from 0."""
    end: int | None = Field(None, ge=1)
    """Where it ends, exclusive."""
