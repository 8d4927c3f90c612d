"""The conversations of browsers: begun, listed, asked in, renamed, deleted; each browser sees only its own.

Answers by themselves, and what people think of them, are left to ``answers``.
"""

from __future__ import annotations

import json
import re
import secrets
import sqlite3
import time
from datetime import UTC, datetime, timedelta

from qa_service.chats import titles
from qa_service.chats.database import Database
from qa_service.chats.values import Begun, Conversation, Exchange, Feedback, Finished
from qa_service.errors import BadInput, UnknownId
from qa_service.store import pages
from qa_service.store.rows import Row
from qa_service.types import Turn

_FIRST = "(SELECT question FROM turns t WHERE t.conversation = c.number AND t.position = 0)"
_TURNS = "(SELECT count(*) FROM turns t WHERE t.conversation = c.number)"
_LISTED = f"c.id, c.title, {_FIRST}, c.created, c.updated, {_TURNS}, c.rank"
_SAID = (
    "(SELECT group_concat(t.question || char(10) || coalesce(a.plain, ''), char(10)) "
    "FROM turns t LEFT JOIN answers a ON a.id = t.answer WHERE t.conversation = c.number)"
)
_EXCHANGES = (
    "SELECT t.position, t.question, a.body, f.rating, f.reasons, f.comment FROM turns t "
    "LEFT JOIN answers a ON a.id = t.answer LEFT JOIN feedback f ON f.answer = a.id "
    "WHERE t.conversation = ? ORDER BY t.position"
)
_OPENING, _RECENT = 2, 40  # exchanges that a follow-up is resolved against: the first ones and the last ones
_HISTORY = (
    "SELECT t.question, a.plain FROM turns t LEFT JOIN answers a ON a.id = t.answer "
    "WHERE t.conversation = ? AND t.position < ? AND (t.position < ? OR t.position >= ?) ORDER BY t.position"
)
_DAY = timedelta(days=1)
_ABANDONED = (
    "DELETE FROM conversations WHERE created < ? "
    "AND NOT EXISTS (SELECT 1 FROM turns t WHERE t.conversation = conversations.number)"
)
_ANSWERED = (
    "INSERT INTO answers (id, conversation, question, plain, body) "
    "SELECT ?, number, ?, ?, ? FROM conversations WHERE number = ?"
)
_NEXT_RANK = "(SELECT coalesce(max(rank), 0) + 1 FROM conversations WHERE browser = ?)"


class Conversations:
    """All conversations of one home. Safe in any number of threads and processes.

    Methods that take a conversation's id raise ``UnknownId`` if that browser has none with the id.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._tidy_at = 0.0

    def create(self, browser: str) -> Conversation:
        """Begin a conversation without questions; if it never gets one, it is removed after a day."""
        identity, now = f"c_{secrets.token_hex(8)}", _now()
        sql = f"INSERT INTO conversations (id, browser, created, updated, rank) VALUES (?, ?, ?, ?, {_NEXT_RANK})"
        with self._database.writing() as connection:
            self._tidy(connection)
            connection.execute(sql, (identity, browser, now, now, browser))
        return Conversation(identity, None, now, now, 0)

    def page(
        self, browser: str, query: str | None, limit: int, cursor: str | None
    ) -> tuple[list[Conversation], str | None]:
        """A page of the browser's conversations that have questions, last asked in first, and the next page's cursor.

        Every word of ``query`` must occur in the title, the questions or the answers, whatever its case. Raises
        ``BadInput`` for a cursor that no page gave out.
        """
        before = _rank(cursor) if cursor else None
        sql = (
            f"SELECT {_LISTED} FROM conversations c WHERE c.browser = ? AND (? IS NULL OR c.rank < ?) "
            f"AND {_TURNS} > 0 AND (? IS NULL OR holds(?, c.title, {_SAID})) ORDER BY c.rank DESC LIMIT ?"
        )
        words = query.casefold() if query else None
        with self._database.reading() as connection:
            rows = connection.execute(sql, (browser, before, before, words, words, limit + 1)).fetchall()
        page = [_conversation(row) for row in rows[:limit]]
        return page, pages.encoded(str(rows[limit - 1][-1])) if len(rows) > limit else None

    def open(self, browser: str, identity: str) -> tuple[Conversation, list[Exchange]]:
        """A conversation with everything that was said in it, in order."""
        with self._database.reading() as connection:
            number = _number(connection, browser, identity)
            rows = connection.execute(_EXCHANGES, (number,)).fetchall()
            return _shown(connection, number), [_exchange(row) for row in rows]

    def rename(self, browser: str, identity: str, title: str) -> Conversation:
        """Give a conversation a title; its place in the list stays."""
        with self._database.writing() as connection:
            number = _number(connection, browser, identity)
            connection.execute("UPDATE conversations SET title = ? WHERE number = ?", (title, number))
            return _shown(connection, number)

    def delete(self, browser: str, identity: str) -> None:
        """Remove a conversation with its answers, and what was thought of them: their addresses lead nowhere."""
        with self._database.writing() as connection:
            number = _number(connection, browser, identity)
            connection.execute("DELETE FROM turns WHERE conversation = ?", (number,))
            connection.execute("DELETE FROM conversations WHERE number = ?", (number,))

    def begin(self, browser: str, identity: str, question: str, at: int | None) -> Begun:
        """Take a question that is to be answered, at the end or in place of the one ``at`` a position.

        One at the end is stored at once. One that replaces others changes nothing until it is answered in full, so
        that what goes wrong on the way, or is stopped half-way, costs no turn. Returns what was said before it.
        Raises ``BadInput`` for a position beyond the end.
        """
        with self._database.writing() as connection:
            number = _number(connection, browser, identity)
            end = _end(connection, number, at)
            position = end if at is None else at
            turn = _appended(connection, number, position, question) if position == end else None
            sql = f"UPDATE conversations SET updated = ?, rank = {_NEXT_RANK} WHERE number = ? RETURNING rank"
            ((rank,),) = connection.execute(sql, (_now(), browser, number)).fetchall()
            said = connection.execute(_HISTORY, (number, position, _OPENING, position - _RECENT)).fetchall()
        return Begun(number, position, turn, rank, tuple(turn for row in said for turn in _turns(*row)))

    def finish(self, begun: Begun, finished: Finished) -> None:
        """Store the answer of a question that was begun, and let go of the turns that it replaces, if any.

        If something else has been asked in the conversation meanwhile, nothing is replaced any more: the later
        question counts, and this answer is kept by itself. So is one whose own question has been replaced; one whose
        conversation has been deleted is not kept at all. Raises ``Busy`` if another answer has its id.
        """
        with self._database.writing() as connection:
            values = (finished.id, finished.question, finished.plain, finished.body, begun.conversation)
            if not connection.execute(_ANSWERED, values).rowcount:
                return
            if begun.turn is None:
                _replace(connection, begun, finished)
            else:
                connection.execute("UPDATE turns SET answer = ? WHERE number = ?", (finished.id, begun.turn))

    def _tidy(self, connection: sqlite3.Connection) -> None:
        """Remove what was begun a day ago and never asked in, whoever began it; once a day, as all are looked at."""
        if time.monotonic() < self._tidy_at:
            return
        self._tidy_at = time.monotonic() + _DAY.total_seconds()
        connection.execute(_ABANDONED, (_iso(datetime.now(UTC) - _DAY),))


def _appended(connection: sqlite3.Connection, conversation: int, position: int, question: str) -> int | None:
    sql = "INSERT INTO turns (conversation, position, question) VALUES (?, ?, ?)"
    return connection.execute(sql, (conversation, position, question)).lastrowid


def _replace(connection: sqlite3.Connection, begun: Begun, finished: Finished) -> None:
    sql = "SELECT 1 FROM conversations WHERE number = ? AND rank = ?"
    if connection.execute(sql, (begun.conversation, begun.rank)).fetchone() is None:
        return
    place = (begun.conversation, begun.position)
    connection.execute("DELETE FROM turns WHERE conversation = ? AND position >= ?", place)
    sql = "INSERT INTO turns (conversation, position, question, answer) VALUES (?, ?, ?, ?)"
    connection.execute(sql, (*place, finished.question, finished.id))


def _number(connection: sqlite3.Connection, browser: str, identity: str) -> int:
    sql = "SELECT number FROM conversations WHERE id = ? AND browser = ?"
    row = connection.execute(sql, (identity, browser)).fetchone()
    if row is None:
        raise UnknownId("There is no such conversation; it may have been deleted.", "id")
    return int(row[0])


def _shown(connection: sqlite3.Connection, number: int) -> Conversation:
    sql = f"SELECT {_LISTED} FROM conversations c WHERE c.number = ?"
    return _conversation(connection.execute(sql, (number,)).fetchone())


def _end(connection: sqlite3.Connection, number: int, at: int | None) -> int:
    """The position behind the last turn, beyond which ``at`` must not lie."""
    sql = "SELECT coalesce(max(position) + 1, 0) FROM turns WHERE conversation = ?"
    end = int(connection.execute(sql, (number,)).fetchone()[0])
    if at is not None and at > end:
        raise BadInput(f"at must be at most {end}, the number of turns of the conversation.", "at")
    return end


def _conversation(row: Row) -> Conversation:
    identity, title, question, created, updated, turns, _ = row
    shown = title if title is not None or question is None else titles.from_question(question)
    return Conversation(identity, shown, created, updated, turns)


def _exchange(row: Row) -> Exchange:
    position, question, body, rating, reasons, comment = row
    feedback = Feedback(rating, tuple(json.loads(reasons or "[]")), comment or "") if rating else None
    return Exchange(position, question, body, feedback)


def _turns(question: str, plain: str | None) -> list[Turn]:
    asked = Turn("user", question)
    return [asked] if plain is None else [asked, Turn("assistant", plain)]


def _rank(cursor: str) -> int:
    (rank,) = pages.decoded(cursor, 1)
    if not re.fullmatch(r"\d{1,18}", rank, re.ASCII):
        raise pages.foreign()
    return int(rank)


def _now() -> str:
    return _iso(datetime.now(UTC))


def _iso(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
