"""Answers that were given in conversations, each readable by its id, and what people think of them."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from qa_service.chats.database import Database
from qa_service.chats.values import Feedback, Given
from qa_service.errors import UnknownId


class Answers:
    """The kept answers of one home. Safe in any number of threads and processes.

    Methods that take an answer's id raise ``UnknownId`` if none with that id is kept.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def body(self, identity: str) -> str:
        """The JSON text of an answer, exactly as it was sent."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT body FROM answers WHERE id = ?", (identity,)).fetchone()
        if row is None:
            raise _unknown()
        return str(row[0])

    def rate(self, identity: str, feedback: Feedback) -> None:
        """Keep what somebody thinks of an answer, in place of what was thought of it before."""
        sql = (
            "INSERT OR REPLACE INTO feedback (answer, rating, reasons, comment, time) "
            "SELECT id, ?, ?, ?, ? FROM answers WHERE id = ?"
        )
        time = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
        values = (feedback.rating, json.dumps(feedback.reasons), feedback.comment, time, identity)
        with self._database.writing() as connection:
            if not connection.execute(sql, values).rowcount:
                raise _unknown()

    def rated(self) -> list[Given]:
        """Everything that people think of answers, oldest first."""
        if not self._database.exists():
            return []
        sql = (
            "SELECT a.question, json_extract(a.body, '$.answer'), f.rating, f.reasons, f.comment, f.time "
            "FROM feedback f JOIN answers a ON a.id = f.answer ORDER BY f.time, f.rowid"
        )
        with self._database.reading() as connection:
            rows = connection.execute(sql).fetchall()
        return [
            Given(question, answer, Feedback(rating, tuple(json.loads(reasons)), comment), time)
            for question, answer, rating, reasons, comment, time in rows
        ]


def _unknown() -> UnknownId:
    return UnknownId("There is no answer with that id; only answers of conversations are kept.", "answer_id")
