"""How the catalog's values become rows of SQLite and come back; which rows are asked for is left to ``catalog``."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import astuple
from datetime import date
from typing import Any

from qa_service.types import Document, Mention, Name, Passage, Sentence, Statement

Row = tuple[Any, ...]

# Each list is in the order of the fields of the value it becomes.
DOCUMENT = "d.id, d.name, d.title, d.text, d.source, d.agency, d.author, d.place, d.url, d.published_at, d.origin"
SENTENCE = "s.position, s.start, s.stop, s.paragraph"
PASSAGE = "p.id, d.id, p.start, p.stop, p.first, p.last, p.tokens"
NAME = "n.key, n.display, n.kind, n.variants, n.offices"
MENTION = "m.key, m.sentence, m.start, m.stop"
STATEMENT = (
    "t.sentence, t.start, t.stop, t.speaker, t.speaker_key, t.cue, t.quoted, t.occasion, "
    "t.content, t.addressee, t.said_on"
)


def document(row: Row) -> Document:
    """The document of a row of the columns ``DOCUMENT``."""
    *fields, published, origin = row
    values = (*fields, date.fromisoformat(published) if published else None, origin)
    return Document(*values)


def passage(row: Row, text: str) -> Passage:
    """The passage of a row of the columns ``PASSAGE`` whose document has this text."""
    key, document_id, start, stop, first, last, tokens = row
    return Passage(key, document_id, start, stop, text[start:stop], first, last, tokens)


def sentence(row: Row) -> Sentence:
    """The sentence of a row of the columns ``SENTENCE``."""
    return Sentence(*row)


def name(row: Row) -> Name:
    """The name of a row of the columns ``NAME``."""
    key, display, kind, variants, offices = row
    return Name(key, display, kind, tuple(json.loads(variants)), tuple(json.loads(offices)))


def mention(row: Row) -> Mention:
    """The mention of a row of the columns ``MENTION``."""
    return Mention(*row)


def statement(row: Row) -> Statement:
    """The statement of a row of the columns ``STATEMENT``."""
    *fields, quoted, occasion, content, addressee, said_on = row
    spans = tuple((start, end) for start, end in json.loads(content))
    day = date.fromisoformat(said_on) if said_on else None
    values = (*fields, bool(quoted), tuple(json.loads(occasion)), spans, addressee, day)
    return Statement(*values)


def statement_row(value: Statement) -> Row:
    """The values of the columns ``STATEMENT`` for a statement."""
    *fields, occasion, content, addressee, said_on = astuple(value)
    return (*fields, json_list(occasion), json_list(content), addressee, said_on.isoformat() if said_on else None)


def json_list(values: Iterable[object]) -> str:
    """Values as a JSON list, the one parameter of ``IN (SELECT value FROM json_each(?))``."""
    return json.dumps(list(values))
