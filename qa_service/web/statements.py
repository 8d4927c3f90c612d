"""What the service sends of who said what; the models of everything else are in ``responses``."""

from __future__ import annotations

from datetime import date

from qa_service.web.requests import Strict


class Span(Strict):
    """A stretch of a document's text."""

    start_char_index: int
    """Where it begins, in Unicode code points from 0."""
    end_char_index: int
    """Where it ends, exclusive."""
    text: str
    """The stretch, exactly as stored."""


class Statement(Strict):
    """What somebody says in one sentence of a document."""

    document_id: str
    """The document; its text is at `GET /documents/{document_id}`."""
    document_title: str
    """The document's title."""
    source: str | None
    """Its publisher."""
    published_at: date | None
    """Its stated day of publication."""
    speaker: str
    """Who says it."""
    addressee: str | None
    """To whom, as shown or as the text puts it, where it does."""
    said_on: date | None
    """On which day, where the text states one."""
    cue: str
    """The words that attribute it, such as `said`; empty where a quotation goes on."""
    quoted: bool
    """Whether the sentence holds the speaker's own words."""
    text: str
    """The whole sentence, exactly as stored."""
    start_char_index: int
    """Where the sentence begins in the document's text, in Unicode code points from 0."""
    end_char_index: int
    """Where it ends, exclusive."""
    content: tuple[Span, ...]
    """The stretches of the sentence that hold what is said."""
    occasion: tuple[str, ...]
    """Who took part in the meeting or call that it belongs to, as far as the text says."""


class StatementList(Strict):
    """One page of who said what."""

    statements: tuple[Statement, ...]
    """The statements of this page."""
    next_cursor: str | None
    """What to send as `cursor` for the next page; null on the last one."""
