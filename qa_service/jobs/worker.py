"""Brings uploads into the index and takes documents out of it, one piece of work at a time in the whole home.

Each process that serves a home has one worker. Its thread runs only while there is something to do, and works only
while it holds the lock ``home/jobs.lock``; so whatever it finds half done was left by a process that has ended, and is
taken up again. How documents are indexed is for ``library``.
"""

from __future__ import annotations

import atexit
import logging
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event, Lock, Thread, current_thread
from typing import TYPE_CHECKING

from qa_service.errors import Busy, Damaged, NotReady, QAError, UnknownId
from qa_service.jobs.record import Job, JobError, Jobs, Listed
from qa_service.jobs.uploads import Upload, Uploads
from qa_service.store import files

if TYPE_CHECKING:
    from qa_service.library import Library, Removed

STAGES = ("reading", "passages", "sentences", "words", "writing")

_PAUSE = 0.2  # seconds until looking again whether another process has ended its work
_BETWEEN = 0.25  # seconds between two notes of how far a job has come
PATIENCE = 10.0  # seconds that a removal waits for its turn
_TRIES = 3  # how often a job is taken up before it is held to be what ends the process
_FAREWELL = 3.0  # seconds that a process which ends waits for its thread

_log = logging.getLogger(__name__)


class _Stopped(Exception):
    """The process is to end: the job is left to the next one."""


class Worker:
    """Does the jobs of one home. Safe for use from several threads.

    ``open_library`` is called anew for each piece of work, so that nothing is held in memory in between.
    """

    def __init__(self, home: Path, open_library: Callable[[], Library]) -> None:
        self._jobs = Jobs(home / "jobs.sqlite")
        self._uploads = Uploads(home / "uploads")
        self._lock = home / "jobs.lock"
        self._open_library = open_library
        self._guard = Lock()
        self._thread: Thread | None = None
        self._stopping = Event()

    def add(self, uploads: Sequence[Upload]) -> Job:
        """Keep the files and note the job, both on the disk when this returns; they are indexed as soon as may be."""
        job_id = Jobs.new_id()
        self._uploads.save(job_id, uploads)
        job = self._jobs.add(job_id)
        self.wake()
        return job

    def job(self, job_id: str) -> Job:
        """How far a job has come. Raises UnknownId. Takes it up if the process that had it has ended."""
        job = self._jobs.get(job_id)
        if not job.finished:
            self.wake()
        return job

    def remove(self, document_id: str) -> Removed:
        """Remove a document from the index and from the uploads, for good.

        Raises UnknownId for one that is not there, and Busy if other work does not end within ten seconds.
        """
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return self._remove(document_id)
            except Busy:
                if time.monotonic() > deadline:
                    raise
                time.sleep(_PAUSE)

    def wake(self) -> None:
        """See to it that somebody works if there is anything to do, such as what a stopped process has left."""
        with self._guard:
            if self._thread is None and self._jobs.unfinished():
                self._thread = Thread(target=self._run, name="jobs", daemon=True)
                atexit.unregister(self.stop)
                atexit.register(self.stop)
                self._thread.start()

    def stop(self) -> None:
        """Leave what is being done to the next process, and wait a little until it is left."""
        self._stopping.set()
        thread = self._thread
        if thread is not None:
            thread.join(_FAREWELL)

    def _run(self) -> None:
        try:
            while self._goes_on():
                try:
                    with files.locked(self._lock):
                        self._work()
                except Busy:
                    self._stopping.wait(_PAUSE)
        finally:
            with self._guard:
                if self._thread is current_thread():
                    self._thread = None

    def _goes_on(self) -> bool:
        """Whether there is more to do; if not, the thread has ended for whoever comes with something new."""
        with self._guard:
            if not self._stopping.is_set() and self._jobs.unfinished():
                return True
            self._thread = None
            return False

    def _work(self) -> None:
        """One piece of work, within the lock. Raises Busy if the index is being changed by others."""
        self._uploads.tidy(self._jobs.kept())
        for document_id in self._jobs.removals():
            self._finish_removal(document_id)
        job = self._jobs.take()
        if job is not None and job.tries > _TRIES:
            self._fail(job, JobError("stopped", "The service stopped each time it read this; send less at a time."))
        elif job is not None:
            self._index(job)

    def _index(self, job: Job) -> None:
        error: JobError | None = JobError("internal_error", "Something went wrong in the service; its log says more.")
        try:
            report = self._open_library().add([self._uploads.of(job.id)], self._progress(job))
            self._jobs.finish(job.id, [Listed(document.id, document.title) for document in report.given])
            error = None
        except (Busy, _Stopped) as reason:
            self._jobs.put_back(job.id)
            error = None
            if isinstance(reason, Busy):
                raise
        except QAError as reason:
            error = JobError(reason.code, reason.message)
        finally:  # anything else is a bug: it ends this thread and is logged with it, but the job is told
            if error is not None:
                self._fail(job, error)

    def _fail(self, job: Job, error: JobError) -> None:
        self._jobs.fail(job.id, error)
        self._uploads.discard(job.id)

    def _progress(self, job: Job) -> Callable[[str, int, int], None]:
        told = (0.0, "")

        def progress(stage: str, done: int, total: int) -> None:
            nonlocal told
            if self._stopping.is_set():
                raise _Stopped
            now = time.monotonic()
            if stage in STAGES and (stage != told[1] or now - told[0] > _BETWEEN):
                told = (now, stage)
                self._jobs.report(job.id, stage, done, total)

        return progress

    def _remove(self, document_id: str) -> Removed:
        with files.locked(self._lock):
            begun = document_id in self._jobs.removals()  # by a process that was stopped: the thread finishes it
            self._jobs.begin_removal(document_id)
            try:
                removed = self._open_library().remove(document_id, _unheard)
            except QAError:
                if not begun:
                    self._jobs.end_removal(document_id)
                raise
            self._forget(document_id)
        return removed

    def _finish_removal(self, document_id: str) -> None:
        """Remove a document whose removal was stopped: from the index, or only from what it left elsewhere."""
        library = self._open_library()
        try:
            library.remove(document_id, _unheard)
        except UnknownId:
            library.forget_others()
        except (NotReady, Damaged) as error:
            _log.warning("A document could not be removed from the index: %s", error.message)
        self._forget(document_id)

    def _forget(self, document_id: str) -> None:
        for job in self._jobs.bringing(document_id):
            self._uploads.erase(job.id, document_id)
        self._jobs.forget(document_id)
        self._jobs.end_removal(document_id)


def _unheard(stage: str, done: int, total: int) -> None:
    """Progress that nobody waits for."""
