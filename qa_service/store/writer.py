"""Writes a catalog file, once and whole; reading it is left to ``catalog``."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import astuple
from pathlib import Path

from qa_service.store.rows import Row, json_list, statement_row
from qa_service.types import Document, Entry, Name

_SCHEMA = Path(__file__).with_name("schema.sql")


def write_catalog(path: Path, entries: Iterable[Entry], names: Sequence[Name], words: Sequence[str] = ()) -> None:
    """Write the entries, in their order, the names and the words to a new SQLite file at ``path``, in one transaction.

    Raises ``FileExistsError`` if the file is there already, ``ValueError`` for an entry that contradicts itself, and
    ``sqlite3.IntegrityError`` for an id given twice or a mention of a name that is not among ``names``.
    """
    path.touch(exist_ok=False)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript("PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON")
        connection.executescript(f"BEGIN; {_SCHEMA.read_text('utf-8')}")
        _write_names(connection, names)
        connection.executemany("INSERT INTO words VALUES (?, ?)", enumerate(words))
        _write_entries(connection, entries)
        connection.execute("COMMIT")


def _write_names(connection: sqlite3.Connection, names: Sequence[Name]) -> None:
    rows = (
        (number, n.key, n.display, n.kind, json_list(n.variants), json_list(n.offices))
        for number, n in enumerate(names)
    )
    connection.executemany("INSERT INTO names VALUES (?, ?, ?, ?, ?, ?)", rows)


def _write_entries(connection: sqlite3.Connection, entries: Iterable[Entry]) -> None:
    sentence = passage = 0
    for number, entry in enumerate(entries):
        _check(entry)
        extent = (sentence, len(entry.sentences), passage, len(entry.passages))
        connection.execute(_insert("documents", 17), (number, entry.document.id, *extent, *_about(entry.document)))
        connection.executemany(_insert("passages", 8), _passages(entry, number, passage))
        connection.executemany(_insert("sentences", 7), _sentences(entry, number, (sentence, passage)))
        _write_readings(connection, entry, number)
        sentence += len(entry.sentences)
        passage += len(entry.passages)


def _about(d: Document) -> Row:
    published = d.published_at.isoformat() if d.published_at else None
    folded = d.source.casefold() if d.source is not None else None
    return (published, folded, d.name, d.title, d.source, d.agency, d.author, d.place, d.url, d.origin, d.text)


def _passages(entry: Entry, number: int, first: int) -> list[Row]:
    return [
        (row, number, p.id, p.start, p.end, p.first, p.last, p.tokens) for row, p in enumerate(entry.passages, first)
    ]


def _sentences(entry: Entry, number: int, first: tuple[int, int]) -> list[Row]:
    first_sentence, first_passage = first
    owner = _owners(entry)
    return [
        (row, number, *astuple(sentence), first_passage + owner[sentence.index])
        for row, sentence in enumerate(entry.sentences, first_sentence)
    ]


def _write_readings(connection: sqlite3.Connection, entry: Entry, number: int) -> None:
    mentions: list[Row] = [(number, *astuple(m)) for m in entry.mentions]
    statements: list[Row] = [(number, position, *statement_row(t)) for position, t in enumerate(entry.statements)]
    connection.executemany("INSERT INTO mentions VALUES (NULL, ?, ?, ?, ?, ?)", mentions)
    connection.executemany(f"INSERT INTO statements VALUES (NULL{', ?' * 13})", statements)


def _insert(table: str, columns: int) -> str:
    return f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})"


def _owners(entry: Entry) -> dict[int, int]:
    """Sentence index → position of the first passage that contains the sentence."""
    owner: dict[int, int] = {}
    for position, passage in enumerate(entry.passages):
        for index in range(passage.first, passage.last + 1):
            owner.setdefault(index, position)
    return owner


def _check(entry: Entry) -> None:
    """Refuse what would make rows and spans disagree later, where it could no longer be told from a right answer."""
    name, text = entry.document.id, entry.document.text
    if [s.index for s in entry.sentences] != list(range(len(entry.sentences))):
        raise ValueError(f"The sentences of document {name} are not numbered 0, 1, 2 …")
    if any(p.text != text[p.start : p.end] or p.document_id != name for p in entry.passages):
        raise ValueError(f"A passage of document {name} is not a part of its text.")
    if set(_owners(entry)) != set(range(len(entry.sentences))):
        raise ValueError(f"The passages of document {name} do not hold its sentences, every one and no other.")
    if any(not said.start <= start <= end <= said.end for said in entry.statements for start, end in said.content):
        raise ValueError(f"What a statement of document {name} says is not within its sentence.")
