"""Uploads on their way into the index, and documents on their way out: nothing is lost when a process is killed."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from towns import TEXTS, answers, documents, holding, library, names, sync, written

from qa_service.embed import HashEmbedder
from qa_service.errors import BadDocument, Busy, UnknownId
from qa_service.jobs import Job, Jobs, Worker
from qa_service.jobs import worker as working
from qa_service.jobs.uploads import Upload, Uploads, checked, safe_name
from qa_service.store.snapshot import SnapshotStore

processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["faiss", "bm25s", "pytest", "qa_service.jobs"])


class Waiting(HashEmbedder):
    """Makes the file ``here`` when it is first asked for vectors, then waits until it is let go on."""

    def __init__(self, here: Path, go_on: Callable[[], object]) -> None:
        super().__init__()
        self._here, self._go_on = here, go_on

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self._here.touch()
        self._go_on()
        return super().embed(texts)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home whose index holds the harbour, from a folder elsewhere."""
    home = tmp_path / "home"
    sync(home, written(tmp_path / "news", "harbour"))
    return home


def worker(home: Path) -> Worker:
    return Worker(home, lambda: library(home))


def upload(name: str) -> Upload:
    return Upload(f"{name}.txt", TEXTS[name].encode())


def lines(*texts: str) -> Upload:
    return Upload("all.jsonl", "\n".join(json.dumps({"text": text}) for text in texts).encode())


def finished(worker: Worker, job: Job) -> Job:
    return until(lambda: (found := worker.job(job.id)).finished and found)


def until(told: Callable[[], Any]) -> Any:
    """What is told at last; it is asked for until it is true."""
    deadline = time.monotonic() + 120
    while not (found := told()):
        assert time.monotonic() < deadline, "nothing came of it"
        time.sleep(0.02)
    return found


def id_of(home: Path, name: str) -> str:
    return next(document.id for document in documents(home) if document.name == name)


def test_an_upload_is_indexed_beside_what_is_there(home: Path) -> None:
    service = worker(home)
    job = service.add([upload("bridge"), upload("museum")])
    assert (job.status, job.documents, job.error) == ("queued", (), None)
    done = finished(service, job)
    assert (done.status, done.stage, done.error) == ("done", None, None)
    assert {each.title for each in done.documents} == {"Bridge is delayed", "Museum shows old maps"}
    assert names(home) == ["bridge", "harbour", "museum"]


def test_the_first_upload_begins_the_index(tmp_path: Path) -> None:
    service = worker(tmp_path / "home")
    assert finished(service, service.add([upload("bridge")])).status == "done"
    assert names(tmp_path / "home") == ["bridge"]


def test_a_bad_file_fails_the_job_in_words_and_leaves_nothing(home: Path) -> None:
    before, service = SnapshotStore(home).current_name(), worker(home)
    job = finished(service, service.add([upload("bridge"), Upload("all.jsonl", b'{"text": "a"}\n{"title": "b"}')]))
    assert job.status == "failed"
    assert job.error
    assert (job.error.code, job.error.message[:26]) == ("invalid_document", 'all.jsonl, line 2 has no "')
    assert SnapshotStore(home).current_name() == before
    assert list((home / "uploads").iterdir()) == []


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")  # it goes to the log
def test_a_bug_fails_the_job_and_the_next_one_is_done(home: Path) -> None:
    broken = Worker(home, lambda: library(home / "current" / "nowhere"))  # a folder that cannot be made
    job = finished(broken, broken.add([upload("bridge")]))
    assert job.error
    assert (job.error.code, str(home) in job.error.message) == ("internal_error", False)
    service = worker(home)
    assert finished(service, service.add([upload("bridge")])).status == "done"


def test_a_job_that_nobody_has_is_told(home: Path) -> None:
    with pytest.raises(UnknownId, match="j_0"):
        worker(home).job("j_0")
    assert not (home / "jobs.sqlite").exists()


def test_two_uploads_at_once_are_both_indexed(home: Path) -> None:
    services = worker(home), worker(home)
    with ThreadPoolExecutor(2) as pool:
        jobs = list(
            pool.map(lambda pair: pair[0].add([upload(pair[1])]), zip(services, ("bridge", "museum"), strict=True))
        )
    assert [finished(services[0], job).status for job in jobs] == ["done", "done"]
    assert names(home) == ["bridge", "harbour", "museum"]


def test_a_job_waits_while_somebody_else_writes(home: Path) -> None:
    service = worker(home)
    with SnapshotStore(home).writing():
        job = service.add([upload("bridge")])
        time.sleep(1)
        assert not service.job(job.id).finished
    assert finished(service, job).status == "done"
    assert service.job(job.id).tries == 1


def test_how_far_a_job_has_come_is_told(home: Path, tmp_path: Path) -> None:
    go_on = Event()
    service = Worker(home, lambda: library(home, Waiting(tmp_path / "here", go_on.wait)))
    job = service.add([upload("bridge")])
    until((tmp_path / "here").exists)
    running = worker(home).job(job.id)  # as another process sees it
    assert (running.status, running.stage, running.done <= running.total) == ("running", "reading", True)
    go_on.set()
    assert finished(service, job).status == "done"


def test_an_index_that_cannot_be_read_is_not_replaced_by_an_upload(home: Path) -> None:
    (home / "snapshots" / str(SnapshotStore(home).current_name()) / "words.faiss").write_bytes(b"")
    service = worker(home)
    job = finished(service, service.add([upload("bridge")]))
    assert job.error
    assert job.error.code == "damaged"


def stuck_worker(home: Path, here: Path, name: str) -> None:
    """A process that has an upload and never comes to an end with it."""
    Worker(home, lambda: library(home, Waiting(here, lambda: time.sleep(600)))).add([upload(name)])
    time.sleep(600)


def killed_on_the_way(home: Path, name: str) -> None:
    here = home.parent / "here"
    process = processes.Process(target=stuck_worker, args=(home, here, name))
    process.start()
    until(here.exists)
    assert process.pid
    os.kill(process.pid, signal.SIGKILL)
    process.join(60)
    here.unlink()


def test_after_a_kill_the_old_index_answers_and_the_job_is_taken_up_again(home: Path) -> None:
    before = answers(home)
    killed_on_the_way(home, "bridge")
    assert answers(home) == before
    assert names(home) == ["harbour"]
    worker(home).wake()  # what a process does when it starts
    until(lambda: names(home) == ["bridge", "harbour"])
    until(lambda: not Jobs(home / "jobs.sqlite").unfinished())


def test_what_a_killed_process_left_comes_before_what_came_later(home: Path) -> None:
    killed_on_the_way(home, "bridge")
    service = worker(home)
    assert finished(service, service.add([upload("museum")])).status == "done"
    assert names(home) == ["bridge", "harbour", "museum"]


def test_a_job_that_ends_every_process_is_given_up(home: Path) -> None:
    killed_on_the_way(home, "bridge")
    jobs = Jobs(home / "jobs.sqlite")
    taken = [job for _ in range(2) if (job := jobs.take())]
    job = finished(worker(home), taken[-1])
    assert job.error
    assert job.error.message.startswith("The service stopped each time it read this")
    assert not (home / "uploads" / job.id).exists()


def test_a_process_that_ends_leaves_its_job_to_the_next_one(home: Path, tmp_path: Path) -> None:
    leaving = Worker(home, lambda: library(home, Waiting(tmp_path / "here", lambda: time.sleep(0.5))))
    job = leaving.add([upload("bridge")])
    until((tmp_path / "here").exists)
    leaving.stop()
    left = Jobs(home / "jobs.sqlite").get(job.id)
    assert (left.status, left.tries) == ("queued", 0)
    assert finished(worker(home), job).status == "done"


def busy_worker(home: Path, name: str) -> None:
    service = worker(home)
    finished(service, service.add([upload(name)]))


def test_several_processes_share_a_home(home: Path) -> None:
    started = [processes.Process(target=busy_worker, args=(home, name)) for name in ("bridge", "museum")]
    for process in started:
        process.start()
    for process in started:
        process.join(120)
    assert [process.exitcode for process in started] == [0, 0]
    assert names(home) == ["bridge", "harbour", "museum"]


def test_a_removed_document_is_gone_from_index_uploads_and_jobs(home: Path) -> None:
    service = worker(home)
    job = finished(service, service.add([upload("museum"), upload("bridge")]))
    removed = service.remove(id_of(home, "museum"))
    assert (removed.document.name, removed.passages) == ("museum", 1)
    assert [each.title for each in service.job(job.id).documents] == ["Bridge is delayed"]
    assert not holding(home, "museum", "monasteries", "old maps")
    assert [path.name for path in (home / "uploads" / job.id).iterdir()] == ["bridge.txt"]


def test_one_line_of_a_file_can_be_removed_and_then_the_last_one(home: Path) -> None:
    service = worker(home)
    job = finished(service, service.add([lines(TEXTS["museum"], TEXTS["bridge"])]))
    service.remove(id_of(home, "all:1"))
    assert names(home) == ["all:2", "harbour"]
    assert not holding(home, "monasteries")
    library(home).add([home / "uploads" / job.id], lambda *_: None)  # the others keep their numbers
    assert names(home) == ["all:2", "harbour"]
    service.remove(id_of(home, "all:2"))
    assert not (home / "uploads" / job.id).exists()


def test_a_document_that_was_uploaded_twice_is_removed_from_both(home: Path) -> None:
    service = worker(home)
    for file in (upload("museum"), Upload("again.txt", TEXTS["museum"].encode())):
        finished(service, service.add([file]))
    service.remove(id_of(home, "again"))
    assert not holding(home, "monasteries")


def test_a_document_from_elsewhere_is_removed_and_its_file_is_not_touched(home: Path, tmp_path: Path) -> None:
    worker(home).remove(id_of(home, "harbour"))
    assert documents(home) == []
    assert (tmp_path / "news" / "harbour.txt").exists()


def test_removing_what_is_not_there_leaves_nothing_to_do(home: Path) -> None:
    with pytest.raises(UnknownId):
        worker(home).remove("doc_0")
    assert not Jobs(home / "jobs.sqlite").unfinished()


def test_a_removal_waits_its_turn_and_says_so_if_it_takes_too_long(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "PATIENCE", 0.3)
    with SnapshotStore(home).writing(), pytest.raises(Busy):
        worker(home).remove(id_of(home, "harbour"))
    assert names(home) == ["harbour"]
    assert not Jobs(home / "jobs.sqlite").unfinished()


@pytest.mark.parametrize("published", [False, True], ids=["before it was published", "after"])
def test_a_removal_that_was_stopped_is_brought_to_its_end(home: Path, published: bool) -> None:
    service, jobs = worker(home), Jobs(home / "jobs.sqlite")
    finished(service, service.add([upload("museum")]))
    removed = id_of(home, "museum")
    jobs.begin_removal(removed)
    if published:
        library(home).remove(removed, lambda *_: None)
    worker(home).wake()
    until(lambda: not jobs.unfinished())
    assert names(home) == ["harbour"]
    assert not holding(home, "monasteries")


def test_a_removal_that_was_stopped_is_not_forgotten_when_it_is_asked_for_again(home: Path) -> None:
    service, jobs = worker(home), Jobs(home / "jobs.sqlite")
    finished(service, service.add([upload("museum")]))
    removed = id_of(home, "museum")
    jobs.begin_removal(removed)
    library(home).remove(removed, lambda *_: None)
    with pytest.raises(UnknownId):
        worker(home).remove(removed)
    worker(home).wake()
    until(lambda: not jobs.unfinished())
    assert not holding(home, "monasteries")


def test_what_belongs_to_no_job_is_removed_when_it_is_old(home: Path) -> None:
    uploads, service = Uploads(home / "uploads"), worker(home)
    for name in ("j_old", "j_new"):
        uploads.save(name, [upload("bridge")])
    os.utime(home / "uploads" / "j_old", (0, 0))
    job = finished(service, service.add([upload("museum")]))
    assert {path.name for path in (home / "uploads").iterdir()} == {"j_new", job.id}


def test_files_of_one_name_are_all_kept(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path)
    uploads.save("j_1", [Upload(name, b"x") for name in ("a.txt", "A.txt", "a.txt", "a-2.txt")])
    assert sorted(path.name for path in uploads.of("j_1").iterdir()) == ["A-2.txt", "a-2-2.txt", "a-3.txt", "a.txt"]


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Überblick – März.TXT", "Überblick – März.txt"), ("../../etc/passwd.md", "passwd.md"),
        ("C:\\news\\a.jsonl", "a.jsonl"), ("..txt", "txt"), (".hidden.txt", "hidden.txt"), ("新聞.txt", "新聞.txt"),
        ("a\u202etxt.exe.txt", "a txt.exe.txt"), ("a\0b\n.txt", "a b.txt"), ("", "document"),
    ],
)  # fmt: skip
def test_a_name_is_made_safe_and_stays_readable(sent: str, kept: str) -> None:
    assert safe_name(sent) == kept


@given(st.text(max_size=400))
def test_any_name_is_one_that_a_file_can_have(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert len(safe.encode()) < 255
    assert not safe.startswith(".")
    assert not set(safe) & set("/\\\0\n")
    assert safe_name(safe) == safe


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [("a.pdf", b"x", "a.pdf is of no kind"), ("a", b"x", "a is of no kind"), ("a.txt", b" \n", "a.txt is empty")],
)
def test_a_file_that_cannot_be_a_document_is_refused_by_its_name(name: str, data: bytes, told: str) -> None:
    with pytest.raises(BadDocument, match=told) as caught:
        checked(name, data)
    assert caught.value.field == "files"
