"""The file that holds conversations: opening it, its schema, and what a person is told when it cannot be used.

A call has a connection to itself, and leaves it open for the next call: SQLite tidies up the file whenever the last
connection is closed, which takes longer than everything else. What is asked is left to ``conversations`` and
``answers``.
"""

from __future__ import annotations

import os
import sqlite3
import weakref
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from qa_service.errors import Busy, Damaged
from qa_service.store import pages

NAME = "chats.sqlite"
VERSION = 1
PATIENCE_SECONDS = 10.0  # how long a writer waits for another one

_SCHEMA = Path(__file__).with_name("schema.sql")
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_TAKEN = {sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_UNIQUE}

_Idle = dict[int, list[sqlite3.Connection]]


class Database:
    """The file of one home folder, which comes into being with the first call that needs it.

    Safe in any number of threads and processes, forked ones too.
    """

    def __init__(self, home: Path) -> None:
        self._path = home / NAME
        self._idle: _Idle = {}  # by process: a connection must not be used, nor closed, on the other side of a fork
        weakref.finalize(self, _close, self._idle)

    def exists(self) -> bool:
        """Whether anything has ever been kept here."""
        return self._path.exists()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees one state of the file from its first query on.

        Raises ``Busy`` when others hold the file for too long, ``Damaged`` when it cannot be used.
        """
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection whose changes are stored together when the block ends, or not at all.

        Raises what ``reading`` does, and ``Busy`` if something has the identifier of what is to be stored.
        """
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        idle = self._idle.setdefault(os.getpid(), [])
        try:
            connection = self._taken(idle) or self._opened()
            with ExitStack() as on_error:
                on_error.callback(connection.close)  # which undoes what is not committed
                connection.execute(begin)
                yield connection
                connection.execute("COMMIT")
                on_error.pop_all()
        except (sqlite3.Error, OSError) as error:
            raise _told(error) from error
        idle.append(connection)

    @staticmethod
    def _taken(idle: list[sqlite3.Connection]) -> sqlite3.Connection | None:
        with suppress(IndexError):  # none is left, or another thread has just taken it
            return idle.pop()
        return None

    def _opened(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(
            self._path, timeout=PATIENCE_SECONDS, isolation_level=None, check_same_thread=False
        )
        with ExitStack() as on_error:
            on_error.callback(connection.close)
            _prepare(connection)
            on_error.pop_all()
        return connection


def _prepare(connection: sqlite3.Connection) -> None:
    """Set up the connection, and bring the file to the schema of today."""
    connection.create_function("holds", 3, pages.holds, deterministic=True)
    with suppress(sqlite3.OperationalError):  # somebody else is in a file that is brand-new: the next call changes it
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")  # what somebody deletes is overwritten
    version = _version(connection)
    if version > VERSION:
        raise Damaged(f"{NAME} was written by a newer version of qa-service; use that one, or move the file away.")
    if version < VERSION:
        _create(connection)


def _create(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    if _version(connection) == 0:  # another process may have been faster
        for statement in _SCHEMA.read_text("utf-8").split(";\n"):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _close(idle: _Idle) -> None:
    for connection in idle.get(os.getpid(), ()):
        connection.close()


def _told(error: sqlite3.Error | OSError) -> Busy | Damaged:
    if isinstance(error, OSError):
        return Damaged(f"{NAME} cannot be opened: {error.strerror}.")
    code = getattr(error, "sqlite_errorcode", 0)
    if code in _TAKEN:
        return Busy("Something else is kept under the same identifier; ask again, and it gets another one.")
    if code & 0xFF in _BUSY:  # the lower byte of an extended code is the plain one
        return Busy("Other requests are writing conversations; try again in a moment.")
    return Damaged(f"{NAME} cannot be used: {error}.")
