"""What clients send and receive when documents are added and removed; reading it is left to ``parse``."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, StringConstraints

from qa_service.jobs.record import Status
from qa_service.web.requests import Day, Label, Strict, legible, not_blank


def _web_address(value: str) -> str:
    if not value.lower().startswith(("http://", "https://")):
        raise ValueError("must start with http:// or https://")
    return value


class TextDocument(Strict):
    """A document as text, with what is known of it."""

    text: Annotated[str, StringConstraints(min_length=1), AfterValidator(legible), AfterValidator(not_blank)]
    """The text, which is stored as it stands."""
    title: Label | None = None
    """The title; the first words of the text, if absent."""
    source: Label | None = None
    """The publisher."""
    url: Annotated[Label, AfterValidator(_web_address)] | None = None
    """Where it was published: an address that begins with http:// or https://."""
    published_at: Day | None = None
    """The day of publication."""


class Added(Strict):
    """A document that a job brought into the index."""

    id: str
    """The identifier; the document is at `GET /documents/{document_id}`."""
    title: str
    """The title."""


class JobError(Strict):
    """Why a job failed; nothing of the upload is kept then."""

    code: str
    """The kind of error, for programs."""
    message: str
    """One sentence that says what is wrong and what to do."""


class Job(Strict):
    """An upload on its way into the index."""

    id: str
    """The identifier."""
    status: Status
    """`done` if its documents can be asked about, `failed` if none of them was taken."""
    stage: Literal["reading", "passages", "sentences", "words", "writing"] | None
    """What is being done; null if nothing is, and while the work is prepared."""
    done: int
    """How much of the stage is done."""
    total: int
    """How much there is to do in it."""
    documents: tuple[Added, ...]
    """What it brought; empty until it is done. A document that is removed later is no longer listed."""
    error: JobError | None
    """Why it failed; null unless it did."""


class RemovedDocument(Strict):
    """A document that is no longer in the index."""

    id: str
    """The identifier that it had."""
    title: str
    """The title."""
    passages: int
    """How many passages went with it."""
    statements: int
    """How many statements went with it."""
