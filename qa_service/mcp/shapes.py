"""What the tools take and give back, each field described for the model that chooses them; ``tools`` does the work.

Values that the JSON API has too are its own models, so that both say the same.
"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator, Field

from qa_service.types import Status
from qa_service.web.requests import Filters, Label, Question, Strict
from qa_service.web.responses import Citation, Conflict, Consulted, Missing, Model

_DIGITS = re.compile(r"[0-9]{1,9}")


def _whole(value: object) -> object:
    """A whole number in the forms in which models send one: 5, 5.0 and "5"."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return int(value) if isinstance(value, str) and _DIGITS.fullmatch(value) else value


Whole = Annotated[int, BeforeValidator(_whole)]


class AskInput(Strict):
    """A question."""

    question: Question
    """One question in plain English that stands on its own: names instead of "he" or "it"; at most 2,000 characters."""
    max_sentences: Whole = Field(5, ge=1, le=20)
    """The longest answer wanted, in sentences."""
    filters: Filters | None = None
    """Restricts what may be cited; leave it out to use every document."""


class SearchInput(Strict):
    """What to search for."""

    query: Question
    """Words or a question; at most 2,000 characters."""
    k: Whole = Field(10, ge=1, le=50)
    """How many passages to return at most."""


class DocumentInput(Strict):
    """Which document to read."""

    document_id: Label
    """The `document_id` that `ask` and `search` give."""
    start: Whole = Field(0, ge=0)
    """The character to read from, counted from 0; spans of `ask` and `search` can be given."""
    end: Whole | None = Field(None, ge=1)
    """The character to stop before; at most 20,000 characters come at once."""


class Answered(Strict):
    """An answer whose every sentence is cited, or the plain statement that the documents do not tell."""

    status: Status
    """`partial` if a part of the question is not answered, `not_found` if none is."""
    answer: str
    """The text, with `[n]` markers."""
    standalone_question: str
    """The question as it was searched, typing errors mended."""
    citations: tuple[Citation, ...]
    """What each part of the answer rests on; empty if nothing was found."""
    conflicts: tuple[Conflict, ...]
    """Where cited documents say otherwise: tell both sides."""
    not_found: tuple[Missing, ...]
    """What the documents do not tell."""
    documents: tuple[Consulted, ...]
    """The documents that were found, cited and related."""
    follow_up_questions: tuple[str, ...]
    """Questions that the documents can answer next."""
    model: Model
    """Who wrote the answer."""
