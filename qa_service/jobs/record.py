"""Keeps what is known of every job, in one SQLite file that several processes share; doing the work is ``worker``'s.

A job that is taken is ``running``. Whether the process that took it still lives is not written down: only one process
at a time may take jobs, which a lock sees to, so that a job found running by the one who holds it has been left.
"""

from __future__ import annotations

import json
import os
import sqlite3
import uuid
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from qa_service.errors import UnknownId
from qa_service.store import files

Status = Literal["queued", "running", "done", "failed"]

_PATIENCE = 30.0  # seconds to wait for another process that writes to the file
_SCHEMA = """
CREATE TABLE IF NOT EXISTS jobs (
    number INTEGER PRIMARY KEY AUTOINCREMENT,  -- the order in which they came
    id TEXT NOT NULL UNIQUE,
    created TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'queued',
    stage TEXT,
    done INTEGER NOT NULL DEFAULT 0,
    total INTEGER NOT NULL DEFAULT 0,
    tries INTEGER NOT NULL DEFAULT 0,
    documents TEXT NOT NULL DEFAULT '[]',
    error TEXT
);
CREATE TABLE IF NOT EXISTS removals (document_id TEXT PRIMARY KEY);
"""
_LISTING = "EXISTS (SELECT 1 FROM json_each(jobs.documents) WHERE json_extract(value, '$.id') = ?)"


@dataclass(frozen=True, slots=True)
class Listed:
    """A document that a job brought into the index."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class JobError:
    """Why a job failed: the kind for programs, one sentence for people."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Job:
    """One upload on its way into the index.

    ``stage`` is what is being done, ``done`` of ``total`` how much of it; ``tries`` how often it was taken up.
    """

    id: str
    status: Status
    stage: str | None
    done: int
    total: int
    tries: int
    documents: tuple[Listed, ...]
    error: JobError | None

    @property
    def finished(self) -> bool:
        """Whether nothing will change any more."""
        return self.status in ("done", "failed")


class Jobs:
    """The jobs of one home. Any number of threads and processes may share the file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @staticmethod
    def new_id() -> str:
        """An id that no job has."""
        return f"j_{uuid.uuid4().hex[:16]}"

    def add(self, job_id: str) -> Job:
        """Note a job, behind all others; it is on the disk when this returns."""
        with self._open() as connection:
            connection.execute("INSERT INTO jobs (id, created) VALUES (?, ?)", (job_id, _now()))
        return self.get(job_id)

    def get(self, job_id: str) -> Job:
        """The job with this id. Raises UnknownId."""
        found = self._select("WHERE id = ?", job_id)
        if not found:
            raise UnknownId(f"There is no job with the id {job_id!r}.", "job_id")
        return found[0]

    def unfinished(self) -> bool:
        """Whether there is anything to do."""
        return bool(self._select("WHERE status IN ('queued', 'running') LIMIT 1") or self.removals())

    def take(self) -> Job | None:
        """The next job, now running: one that was left first, else the oldest. Only for the holder of the lock."""
        waiting = self._select("WHERE status IN ('queued', 'running') ORDER BY status DESC, number LIMIT 1")
        if not waiting:
            return None
        self._update(waiting[0].id, "status = 'running', stage = NULL, done = 0, total = 0, tries = tries + 1")
        return self.get(waiting[0].id)

    def put_back(self, job_id: str) -> None:
        """Let a job wait for its turn again, as if it had not been taken."""
        self._update(job_id, "status = 'queued', stage = NULL, done = 0, total = 0, tries = tries - 1")

    def report(self, job_id: str, stage: str | None, done: int, total: int) -> None:
        """Note how far a job has come."""
        self._update(job_id, "stage = ?, done = ?, total = ?", stage, done, total)

    def finish(self, job_id: str, documents: Sequence[Listed]) -> None:
        """Note that a job is done, and what it brought."""
        listed = json.dumps([asdict(each) for each in documents], ensure_ascii=False)
        self._update(job_id, "status = 'done', stage = NULL, done = total, documents = ?", listed)

    def fail(self, job_id: str, error: JobError) -> None:
        """Note that a job has failed, and why."""
        self._update(job_id, "status = 'failed', stage = NULL, error = ?", json.dumps(asdict(error)))

    def bringing(self, document_id: str) -> list[Job]:
        """The jobs that brought this document."""
        return self._select(f"WHERE {_LISTING}", document_id)

    def forget(self, document_id: str) -> None:
        """Take a document out of what jobs have brought: its title is part of it."""
        for job in self.bringing(document_id):
            self.finish(job.id, [each for each in job.documents if each.id != document_id])

    def kept(self) -> set[str]:
        """The ids of the jobs whose files are needed: all but those that failed."""
        return {job.id for job in self._select("WHERE status != 'failed'")}

    def begin_removal(self, document_id: str) -> None:
        """Note that a document is to be removed, so that it is removed wholly even if the process stops on the way."""
        with self._open() as connection:
            connection.execute("INSERT OR IGNORE INTO removals VALUES (?)", (document_id,))

    def end_removal(self, document_id: str) -> None:
        """Note that nothing of a document is left to remove."""
        with self._open() as connection:
            connection.execute("DELETE FROM removals WHERE document_id = ?", (document_id,))

    def removals(self) -> list[str]:
        """The ids of the documents whose removal was begun and not ended."""
        return [row["document_id"] for row in self._rows("SELECT document_id FROM removals")]

    def _update(self, job_id: str, values: str, *parameters: str | int | None) -> None:
        with self._open() as connection:
            connection.execute(f"UPDATE jobs SET {values} WHERE id = ?", (*parameters, job_id))

    def _select(self, which: str, *parameters: str) -> list[Job]:
        return [_job(row) for row in self._rows(f"SELECT * FROM jobs {which}", *parameters)]

    def _rows(self, sql: str, *parameters: str) -> list[sqlite3.Row]:
        """The rows found; none, and no file made, where there has never been a job."""
        if not self._path.exists():
            return []
        with self._open() as connection:
            return connection.execute(sql, parameters).fetchall()

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """A connection for one statement, whose changes are on the disk when it ends."""
        if not self._path.exists():
            _create(self._path)
        with closing(sqlite3.connect(self._path, _PATIENCE, isolation_level=None)) as connection:
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA synchronous = FULL")
            yield connection


def _create(path: Path) -> None:
    """Make the file in one step: two processes may come to it at once, and SQLite does not let both set its mode."""
    files.make_folder(path.parent)
    draft = path.with_name(f".{uuid.uuid4().hex}.tmp")
    with closing(sqlite3.connect(draft, isolation_level=None)) as connection:
        connection.executescript(f"PRAGMA journal_mode = WAL; {_SCHEMA}")
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
    files.sync(path.parent)


def _job(row: sqlite3.Row) -> Job:
    fields: dict[str, Any] = {name: row[name] for name in ("id", "status", "stage", "done", "total", "tries")}
    error = JobError(**json.loads(row["error"])) if row["error"] else None
    return Job(**fields, documents=tuple(Listed(**each) for each in json.loads(row["documents"])), error=error)


def _now() -> str:
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
