"""Documents and everything read out of them, in one SQLite file that is only read; what is similar to what is left
to ``vectors`` and ``keywords``, which share the catalog's row numbers.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from qa_service.errors import BadInput, Damaged, UnknownId
from qa_service.store import filters, pages, rows
from qa_service.store.opened import connect, encodable
from qa_service.store.rows import Row, json_list
from qa_service.store.tallies import Tallies, days, tallied
from qa_service.store.writer import write_catalog
from qa_service.types import Document, Filter, Mention, Name, Passage, Sentence, Statement

__all__ = ["Catalog", "Counts", "write_catalog"]

_LISTED = "IN (SELECT value FROM json_each(?))"
_OWN = "JOIN documents d ON d.number ="


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a catalog holds."""

    documents: int
    sentences: int
    passages: int
    statements: int
    names: int


class _Extent(NamedTuple):
    """Where a document's rows are."""

    number: int
    first_sentence: int
    sentences: int
    first_passage: int
    passages: int


class Catalog:
    """A catalog file, open for reading. Any number of threads may share it; one query runs at a time.

    The file must never change: it is opened as immutable, so SQLite neither locks it nor looks for a journal.
    Methods that take a document's id raise ``UnknownId`` if there is none with that id.
    """

    def __init__(self, path: Path) -> None:
        self._lock = Lock()  # not every build of SQLite lets two threads into one connection
        try:
            self._connection = connect(path)
        except sqlite3.DatabaseError as error:
            raise Damaged(f"{path.name} cannot be read as a catalog ({error}); build the index again.") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; the catalog cannot be used afterwards."""
        with self._lock:
            self._connection.close()

    def counts(self) -> Counts:
        """How much there is of each kind."""
        tables = ("documents", "sentences", "passages", "statements", "names")
        return Counts(*self._all(f"SELECT {', '.join(f'(SELECT count(*) FROM {table})' for table in tables)}")[0])

    def document(self, document_id: str) -> Document:
        """The document with this id."""
        found = self.documents_by_id([document_id])
        if not found:
            raise _unknown(document_id)
        return found[document_id]

    def documents_by_id(self, ids: Iterable[str]) -> dict[str, Document]:
        """The documents with these ids, in that order; ids that no document has are left out."""
        asked = list(dict.fromkeys(ids))
        sql = f"SELECT {rows.DOCUMENT} FROM documents d WHERE d.id {_LISTED}"
        found = {row[0]: rows.document(row) for row in self._all(sql, json_list(asked))}
        return {key: found[key] for key in asked if key in found}

    def list_documents(
        self, query: str | None, source: str | None, limit: int, cursor: str | None
    ) -> tuple[list[Document], str | None]:
        """One page of documents, newest first and undated last, then by title and id; and the cursor of the next page.

        Every word of ``query`` must occur in title, source, name or text; ``source`` must be the document's; both
        without regard to case. Raises ``BadInput`` for a cursor that no page gave out or a limit not in 1 to 1,000.
        """
        pages.check_limit(limit)
        asked = pages.wanted(query, source, cursor)
        sql = f"SELECT {rows.DOCUMENT} FROM documents d WHERE {asked.sql} ORDER BY {pages.ORDER} LIMIT ?"
        found = [rows.document(row) for row in self._all(sql, *asked.parameters, limit + 1)]
        return found[:limit], pages.cursor_after(found[limit - 1]) if len(found) > limit else None

    def read_span(self, document_id: str, start: int, end: int) -> str:
        """The stored text between two offsets, read from the file anew each time.

        Raises ``BadInput`` for a span that does not lie within the document.
        """
        text = self._of(document_id, "SELECT d.text FROM documents d WHERE d.number = ?")[0][0]
        if not 0 <= start <= end <= len(text):
            raise BadInput(f"The span {start} to {end} is not within the document's {len(text)} characters.", "start")
        return str(text[start:end])

    def passages(self, passage_rows: Sequence[int]) -> list[tuple[Passage, Document]]:
        """The passages at these rows, in this order, each with its document. Raises ``KeyError`` for no such row."""
        sql = f"SELECT p.row, {rows.PASSAGE} FROM passages p {_OWN} p.document WHERE p.row {_LISTED}"
        found = {row[0]: row[1:] for row in self._all(sql, json_list(map(int, passage_rows)))}
        documents = self.documents_by_id(row[1] for row in found.values())
        pairs = {key: (rows.passage(row, documents[row[1]].text), documents[row[1]]) for key, row in found.items()}
        return [pairs[row] for row in passage_rows]

    def passages_of(self, document_id: str) -> list[Passage]:
        """All passages of a document, in order."""
        text, extent = self.document(document_id).text, self._extent(document_id)
        sql = f"SELECT {rows.PASSAGE} FROM passages p {_OWN} p.document WHERE p.row >= ? ORDER BY p.row LIMIT ?"
        return [rows.passage(row, text) for row in self._all(sql, extent.first_passage, extent.passages)]

    def passage_at(self, document_id: str, start: int, end: int) -> list[Passage]:
        """The passages of a document that contain the whole span, in order."""
        return [passage for passage in self.passages_of(document_id) if passage.start <= start and end <= passage.end]

    def sentences(self, document_id: str) -> tuple[Sentence, ...]:
        """All sentences of a document, in order."""
        extent = self._extent(document_id)
        sql = f"SELECT {rows.SENTENCE} FROM sentences s WHERE s.row >= ? ORDER BY s.row LIMIT ?"
        return tuple(rows.sentence(row) for row in self._all(sql, extent.first_sentence, extent.sentences))

    def sentence_rows(self, document_id: str) -> range:
        """The rows of a document's sentences: the n-th row is that of the sentence with index n."""
        extent = self._extent(document_id)
        return range(extent.first_sentence, extent.first_sentence + extent.sentences)

    def sentence_owner(self, sentence_rows: Sequence[int]) -> list[tuple[str, int]]:
        """For each sentence row its document's id and its index there. Raises ``KeyError`` for no such row."""
        sql = f"SELECT s.row, d.id, s.position FROM sentences s {_OWN} s.document WHERE s.row {_LISTED}"
        found = {row: (key, index) for row, key, index in self._all(sql, json_list(map(int, sentence_rows)))}
        return [found[row] for row in sentence_rows]

    def passage_sentence_spans(self) -> NDArray[np.int64]:
        """For every passage its first and last sentence row, both inclusive: shape (P, 2). Read once, then hold it."""
        first = "d.first_sentence +"
        sql = f"SELECT {first} p.first, {first} p.last FROM passages p {_OWN} p.document ORDER BY p.row"
        return np.array(self._all(sql), dtype=np.int64).reshape(-1, 2)

    def names(self) -> list[Name]:
        """All names, in the order in which they were written."""
        return [rows.name(row) for row in self._all(f"SELECT {rows.NAME} FROM names n ORDER BY n.number")]

    def sources(self) -> list[str]:
        """The sources of the documents, each once, in order of the alphabet."""
        sql = "SELECT DISTINCT source FROM documents WHERE source IS NOT NULL ORDER BY source"
        return [source for (source,) in self._all(sql)]

    @cached_property
    def days(self) -> tuple[date | None, date | None]:
        """The days of the oldest and of the newest document, as far as documents have one."""
        return days(self._all)

    @cached_property
    def tallies(self) -> Tallies:
        """How the documents are spread over publishers and time, and the statements over speakers. Counted once."""
        return tallied(self._all)

    def words(self) -> list[str]:
        """The content words of the documents, case-folded, in the order of their vectors."""
        return [word for (word,) in self._all("SELECT word FROM words ORDER BY row")]

    def mentions(self, document_id: str) -> list[Mention]:
        """All mentions in a document, in the order in which they were written."""
        sql = f"SELECT {rows.MENTION} FROM mentions m WHERE m.document = ? ORDER BY m.number"
        return [rows.mention(row) for row in self._of(document_id, sql)]

    def statements(self, document_id: str) -> list[Statement]:
        """All statements in a document, in the order in which they were written."""
        sql = f"SELECT {rows.STATEMENT} FROM statements t WHERE t.document = ? ORDER BY t.number"
        return [rows.statement(row) for row in self._of(document_id, sql)]

    def statements_by(self, speaker_keys: Sequence[str], allowed: Filter | None = None) -> list[tuple[str, Statement]]:
        """What these speakers say in the documents that the filter admits, in order, each with its document's id."""
        admits = filters.where(allowed or Filter())
        sql = (
            f"SELECT d.id, {rows.STATEMENT} FROM statements t {_OWN} t.document "
            f"WHERE t.speaker_key {_LISTED} AND {admits.sql} ORDER BY t.number"
        )
        found = self._all(sql, json_list(speaker_keys), *admits.parameters)
        return [(row[0], rows.statement(row[1:])) for row in found]

    def list_statements(
        self, speaker_keys: Sequence[str] | None, limit: int, cursor: str | None
    ) -> tuple[list[tuple[Document, Statement]], str | None]:
        """One page of what these speakers say, or everybody, and the cursor of the next page.

        The documents are in the order of ``list_documents``, the statements of each in that of its text. Raises
        ``BadInput`` for a cursor that no page gave out or a limit not in 1 to 1,000.
        """
        pages.check_limit(limit)
        asked = pages.statements_wanted(speaker_keys, cursor)
        sql = (
            f"SELECT d.id, t.position, {rows.STATEMENT} FROM documents d JOIN statements t ON t.document = d.number "
            f"WHERE {asked.sql} ORDER BY {pages.ORDER}, t.position LIMIT ?"
        )
        found = self._all(sql, *asked.parameters, limit + 1)
        documents = self.documents_by_id(row[0] for row in found[:limit])
        page = [(documents[row[0]], rows.statement(row[2:])) for row in found[:limit]]
        if len(found) <= limit:
            return page, None
        return page, pages.cursor_after_statement(page[-1][0], found[limit - 1][1])

    def speaking_rows(self, speaker_keys: Sequence[str] | None) -> NDArray[np.int64]:
        """The sorted rows of the sentences in which these speakers say something, or anybody."""
        asked = pages.statements_wanted(speaker_keys, None)
        sql = f"SELECT DISTINCT d.first_sentence + t.sentence FROM statements t {_OWN} t.document WHERE {asked.sql}"
        found: NDArray[np.int64] = np.sort(np.array(self._all(sql, *asked.parameters), dtype=np.int64).reshape(-1))
        return found

    def documents_quoting(self, speaker_key: str, admitted: Filter, most: int) -> list[str]:
        """The ids of the first documents that the filter admits and in which somebody says something, in order."""
        admits = filters.where(admitted)
        sql = (
            f"SELECT DISTINCT d.id FROM statements t {_OWN} t.document "
            f"WHERE t.speaker_key = ? AND {admits.sql} ORDER BY t.document LIMIT ?"
        )
        return [key for (key,) in self._all(sql, speaker_key, *admits.parameters, most)]

    def documents_naming(self, keys: Sequence[str]) -> dict[str, set[str]]:
        """For each name key the ids of the documents that mention it; empty for a key that none mentions."""
        naming: dict[str, set[str]] = {key: set() for key in keys}
        sql = f"SELECT DISTINCT m.key, d.id FROM mentions m {_OWN} m.document WHERE m.key {_LISTED}"
        for key, document_id in self._all(sql, json_list(keys)):
            naming[key].add(document_id)
        return naming

    def allowed_passages(self, admitted: Filter) -> NDArray[np.int64] | None:
        """The sorted rows of the passages that the filter admits; None if it asks nothing of a document.

        Dates are inclusive, an undated document is in no range, an id that no document has admits nothing, and
        ``speaker`` is not looked at.
        """
        if not filters.restricts(admitted):
            return None
        admits = filters.where(admitted)
        sql = f"SELECT d.first_passage, d.passages FROM documents d WHERE {admits.sql} ORDER BY d.number"
        first, count = np.array(self._all(sql, *admits.parameters), dtype=np.int64).reshape(-1, 2).T
        before = np.cumsum(count) - count
        allowed: NDArray[np.int64] = np.arange(int(count.sum())) + np.repeat(first - before, count)
        return allowed

    def excluded_by(self, admitted: Filter, document_id: str) -> str | None:
        """Why the filter leaves a document out, in words ("published before 2019-05-01"); None if it does not."""
        return filters.reason(admitted, self.document(document_id))

    def _extent(self, document_id: str) -> _Extent:
        sql = f"SELECT {', '.join(_Extent._fields)} FROM documents WHERE id = ?"
        found = self._all(sql, document_id)
        if not found:
            raise _unknown(document_id)
        return _Extent(*found[0])

    def _of(self, document_id: str, sql: str) -> list[Row]:
        return self._all(sql, self._extent(document_id).number)

    def _all(self, sql: str, *parameters: str | int) -> list[Row]:
        clean = [encodable(value) if isinstance(value, str) else value for value in parameters]
        with self._lock:
            return self._connection.execute(sql, clean).fetchall()


def _unknown(document_id: str) -> UnknownId:
    return UnknownId(f"There is no document with the id {document_id!r}; it may have been removed.", "document_id")
