"""What the service sends: one pydantic model for every response, each field described for the OpenAPI document.

``schema`` fills the models from domain values; what clients may send is in ``requests``.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import field_serializer

from qa_service.types import Mode, Status, Support
from qa_service.web.requests import Filters, Strict


class Source(Strict):
    """The span of a stored document on which a part of the answer rests."""

    type: Literal["char_location"]
    """Always `char_location`: the span is given in characters."""
    document_id: str
    """The document; its text is at `GET /documents/{document_id}`."""
    document_title: str
    """The document's title."""
    document_name: str
    """What the document's owner calls it, such as the file's name without its ending."""
    source: str | None
    """The publisher."""
    url: str | None
    """Where the document was published."""
    published_at: date | None
    """The stated day of publication."""
    passage_id: str
    """The passage that was retrieved."""
    cited_text: str
    """The cited words, exactly as stored: `text[start_char_index:end_char_index]` of the document."""
    start_char_index: int
    """Where the span begins in the document's text, in Unicode code points from 0."""
    end_char_index: int
    """Where the span ends, exclusive."""
    speaker: str | None
    """Who said it, where the document attributes it."""
    verified: bool
    """Whether the span was re-read from the stored document and compared before it was sent."""


class Citation(Strict):
    """A part of the answer and the sources it rests on."""

    id: str
    """Unique within the answer."""
    number: int
    """The number in the `[n]` marker; numbers run in order of first use."""
    start: int
    """Where the part begins in `answer`, in Unicode code points from 0."""
    end: int
    """Where it ends, exclusive."""
    text: str
    """The part itself: `answer[start:end]`."""
    support: Support
    """`verbatim` if the words are the source's own, `supported` if they say the same."""
    sources: tuple[Source, ...]
    """At least one."""


class Conflict(Strict):
    """Citations of different documents that say otherwise on one matter: another number, another day, a denial."""

    citation_ids: tuple[str, ...]
    """The `id` of each of the citations, at least two, in the order of the answer."""
    topic: str
    """The words that all of them have."""


class Missing(Strict):
    """A part of the question that the documents do not answer."""

    part: str
    """The part of the question."""
    reason: str
    """Why there is no answer to it."""


class Consulted(Strict):
    """A document that was found: cited, or only related."""

    id: str
    """The document's identifier."""
    name: str
    """What its owner calls it."""
    title: str
    """Its title."""
    source: str | None
    """Its publisher."""
    published_at: date | None
    """Its stated day of publication."""
    score: float
    """How well it fits the question, from 0 to 1."""
    cited: bool
    """Whether the answer rests on it."""
    filter_reason: str | None
    """Why a filter kept it out of the answer, if one did."""


class Context(Strict):
    """What was searched for, and within what."""

    search_queries: tuple[str, ...]
    """The questions as they were searched."""
    filters: Filters
    """The filters that applied; what restricts nothing is left out."""

    @field_serializer("filters")
    def _given(self, filters: Filters) -> dict[str, Any]:
        return filters.model_dump(mode="json", exclude_defaults=True)


class Model(Strict):
    """How the answer was written."""

    mode: Mode
    """`extractive` or `llm`."""
    name: str | None
    """The language model, if one wrote it."""
    note: str | None
    """Why a language model that is configured did not write the answer, or not all of it."""
    withheld: int
    """How many of its sentences are not shown because the documents do not bear them out."""


class Answer(Strict):
    """An answer whose every sentence is cited, or the plain statement that the documents do not tell."""

    id: str
    """The answer's identifier."""
    object: Literal["answer"]
    """Always `answer`."""
    created: str
    """When it was made, ISO 8601 in UTC."""
    question: str
    """The question as it was asked."""
    standalone_question: str
    """The question as it was searched, with what the history adds."""
    status: Status
    """`partial` if a part of the question is not answered, `not_found` if none is."""
    answer: str
    """The text, with `[n]` markers."""
    answer_plain: str
    """The text without them."""
    citations: tuple[Citation, ...]
    """What each part of the answer rests on; empty if nothing was found."""
    conflicts: tuple[Conflict, ...] = ()
    """Where cited documents say otherwise; only in extractive answers."""
    not_found: tuple[Missing, ...]
    """What the documents do not tell."""
    documents: tuple[Consulted, ...]
    """The documents that were found, cited and related."""
    follow_up_questions: tuple[str, ...]
    """Questions that the documents can answer next."""
    context: Context
    """What was searched."""
    model: Model
    """How the answer was written."""
    index_version: str
    """The state of the index; the same state gives the same extractive answer."""
    timings_ms: dict[str, float]
    """Milliseconds by stage: `search`, `compose`, `total`."""


class DocumentSummary(Strict):
    """A stored document, without its text."""

    id: str
    """The identifier, derived from publisher and text."""
    name: str
    """What its owner calls it, such as the file's name without its ending."""
    title: str
    """The title."""
    source: str | None
    """The publisher."""
    url: str | None
    """Where it was published."""
    author: str | None
    """Who wrote it."""
    published_at: date | None
    """The stated day of publication."""
    characters: int
    """The length of its text in Unicode code points."""


class Document(DocumentSummary):
    """A stored document with its text."""

    text: str
    """The full stored text, into which all offsets point."""


class DocumentList(Strict):
    """One page of the list of documents, newest first."""

    documents: tuple[DocumentSummary, ...]
    """The documents of this page."""
    next_cursor: str | None
    """What to send as `cursor` for the next page; null on the last one."""


class Hit(Strict):
    """A passage that fits a search."""

    passage_id: str
    """The passage's identifier."""
    document_id: str
    """The document it belongs to."""
    document_title: str
    """That document's title."""
    document_name: str
    """What its owner calls it."""
    text: str
    """The passage, exactly as stored."""
    start_char_index: int
    """Where it begins in the document's text, in Unicode code points from 0."""
    end_char_index: int
    """Where it ends, exclusive."""
    score: float
    """How well it fits, from 0 to 1."""


class SearchResult(Strict):
    """Passages that fit a search, best first."""

    hits: tuple[Hit, ...]
    """The passages."""


class Health(Strict):
    """Sign of life."""

    status: Literal["ok", "ready"]
    """`ok` if the process answers, `ready` if it can answer questions."""


class Error(Strict):
    """What went wrong, for a program and for a person."""

    code: str
    """The kind of error, for programs."""
    message: str
    """One sentence that says what is wrong and what to do."""
    field: str | None
    """The input it is about, such as `history[2].role`."""


class Failure(Strict):
    """The body of every answer that is not a success."""

    error: Error
    """What went wrong."""


class StartEvent(Strict):
    """Event `start`: the question is understood and the search begins."""

    id: str
    """The identifier of the answer to come."""
    standalone_question: str
    """The question as it is searched."""
    mode: Mode
    """How the answer will be written."""


class DocumentsEvent(Strict):
    """Event `documents`: what the answer will draw on, before any text."""

    documents: tuple[Consulted, ...]
    """The documents that were found."""


class DeltaEvent(Strict):
    """Event `delta`: one whole sentence, already verified, so that nothing is ever withdrawn."""

    text: str
    """The sentence with its markers."""
    start: int
    """Where it begins in `answer`, in Unicode code points from 0."""


class CitationEvent(Strict):
    """Event `citation`: what the sentence just sent rests on."""

    citation: Citation
    """The citation, as in the full answer."""
