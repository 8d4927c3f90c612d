"""What a home holds after its writer was stopped: at every system call that changes the disk, by a loss of power
there, by a full disk there, and by SIGKILL at any moment. Each writer is a process of its own.
"""

from __future__ import annotations

import builtins
import errno
import io
import multiprocessing
import os
import random
import shutil
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

import pytest
from store_samples import generation_of, publish_generation

from qa_service.errors import NoIndex
from qa_service.store.snapshot import SnapshotStore

CALLS = ("fsync", "replace", "rename", "mkdir", "unlink", "rmdir")
STOPPED, FAILED = 70, 71
NONE, BEFORE, AFTER, NEXT = -1, 3, 4, 5  # generations

processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["faiss", "bm25s", "pytest", "qa_service.store.snapshot"])


class Faults:
    """Does something before the n-th call that changes the disk; wraps functions of ``os``, in this process alone."""

    def __init__(self, at: int, fault: Callable[[], object]) -> None:
        self.at, self.fault, self.calls = at, fault, 0
        for name in CALLS:
            setattr(os, name, self._counting(getattr(os, name)))
        builtins.open = io.open = self._counting_writes(builtins.open)  # type: ignore[assignment]  # keeps its signature

    def _counting(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any, **kwargs: Any) -> Any:
            self.calls += 1
            if self.calls == self.at:
                self.fault()
            return function(*args, **kwargs)

        return counted

    def _counting_writes(self, function: Callable[..., Any]) -> Callable[..., Any]:
        counted = self._counting(function)

        def opened(file: Any, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
            return (counted if set(mode) & set("wax+") else function)(file, mode, *args, **kwargs)

        return opened


class Disk:
    """What is on the disk for certain: a file's contents and a folder's names as they were when last synced."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.contents: dict[int, bytes] = {}
        self.names: dict[int, dict[str, os.stat_result]] = {}
        for path in (root, *root.rglob("*")):
            self._keep(os.stat(path), path)
        self._fsync, os.fsync = os.fsync, self.fsync

    def fsync(self, descriptor: int) -> None:
        self._fsync(descriptor)
        self._keep(os.fstat(descriptor), Path(os.readlink(f"/proc/self/fd/{descriptor}")))

    def _keep(self, status: os.stat_result, path: Path) -> None:
        if stat.S_ISDIR(status.st_mode):
            self.names[status.st_ino] = {child.name: os.stat(child) for child in path.iterdir()}
        else:
            self.contents[status.st_ino] = path.read_bytes()

    def strictly(self, target: Path, folder: int) -> None:
        """What is left if nothing was written that did not have to be: no contents and no names."""
        target.mkdir()
        for name, status in self.names.get(folder, {}).items():
            if stat.S_ISDIR(status.st_mode):
                self.strictly(target / name, status.st_ino)
            else:
                (target / name).write_bytes(self.contents.get(status.st_ino, b""))

    def hastily(self, target: Path) -> None:
        """What is left if all names were written, and a file that was not synced since it changed is empty."""
        target.mkdir()
        for path in sorted(self.root.rglob("*")):
            if path.is_dir():
                (target / path.relative_to(self.root)).mkdir()
            else:
                data = path.read_bytes()
                certain = self.contents.get(os.stat(path).st_ino) == data
                (target / path.relative_to(self.root)).write_bytes(data if certain else b"")


def stopped_writer(home: Path, at: int) -> None:
    """Publishes, and stops dead before the ``at``-th call."""
    Faults(at, lambda: os._exit(STOPPED))
    publish_generation(SnapshotStore(home), AFTER)


def powerless_writer(home: Path, at: int) -> None:
    """Publishes, loses power before the ``at``-th call or at the end, and leaves what the disk holds beside it."""
    disk = Disk(home.parent)

    def lose_power() -> None:
        faults.at = 0  # what follows is the test's own writing
        for left in (home.parent.with_name("strictly"), home.parent.with_name("hastily")):
            shutil.rmtree(left, ignore_errors=True)
        disk.strictly(home.parent.with_name("strictly"), os.stat(home.parent).st_ino)
        disk.hastily(home.parent.with_name("hastily"))

    def stop() -> NoReturn:
        lose_power()
        os._exit(STOPPED)

    faults = Faults(at, stop)
    publish_generation(SnapshotStore(home), AFTER)
    lose_power()


def diskless_writer(home: Path, at: int) -> None:
    """Publishes, is told at the ``at``-th call that the disk is full, and tries once more."""
    told: list[int] = []

    def refuse() -> NoReturn:
        told.append(at)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    Faults(at, refuse)
    store = SnapshotStore(home)
    with suppress(OSError):
        publish_generation(store, AFTER)
    if told:
        if store.current_name():
            with store.open_current() as snapshot:
                assert generation_of(snapshot) in (BEFORE, AFTER)
        publish_generation(store, AFTER)
        os._exit(FAILED)


def busy_writer(home: Path, first: int, published: Path) -> None:
    """Publishes generation after generation and writes down, each time, which one is out."""
    for number in range(first, first + 10_000):
        publish_generation(SnapshotStore(home), number)
        with published.open("a") as file:
            file.write(f"{number}\n")


def run(writer: Callable[[Path, int], None], home: Path, at: int) -> int:
    process = processes.Process(target=writer, args=(home, at))
    process.start()
    process.join(60)
    assert process.exitcode in (0, STOPPED, FAILED)
    return process.exitcode


def home_with(folder: Path, before: int) -> Path:
    home = folder / "disk" / "home"
    home.parent.mkdir()
    for number in range(before + 1):
        publish_generation(SnapshotStore(home), number)
    return home


def start_again_from(kept: Path, home: Path) -> None:
    shutil.rmtree(home.parent)
    shutil.copytree(kept, home.parent)


def assert_whole_and_able_to_go_on(home: Path, before: int, caplog: pytest.LogCaptureFixture) -> None:
    """The generation before or after answers, without any sign of damage, and the next can be published."""
    assert answered_generation(home) in (before, AFTER)
    assert not complaints(caplog, before)
    publish_generation(SnapshotStore(home), NEXT)
    assert answered_generation(home) == NEXT
    assert len(list((home / "snapshots").iterdir())) <= 3
    assert not list(home.rglob("*.tmp"))


def complaints(caplog: pytest.LogCaptureFixture, before: int) -> list[str]:
    """What was logged of damage; a first snapshot may be whole before the first ``current`` is there."""
    shown = "cannot be used" if before == NONE else "cannot be"
    return [message for message in caplog.messages if shown in message]


def answered_generation(home: Path) -> int:
    """The generation that a home answers with; NONE if there is none."""
    try:
        with SnapshotStore(home).open_current() as snapshot:
            return generation_of(snapshot)
    except NoIndex:
        return NONE


@pytest.mark.parametrize("before", [NONE, BEFORE])
@pytest.mark.parametrize("writer", [stopped_writer, diskless_writer])
def test_a_writer_that_is_stopped_or_refused_at_any_call_does_no_harm(
    writer: Callable[[Path, int], None], before: int, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    home = home_with(tmp_path, before)
    shutil.copytree(home.parent, tmp_path / "kept")
    caplog.clear()
    at = 1
    while run(writer, home, at):
        assert_whole_and_able_to_go_on(home, before, caplog)
        start_again_from(tmp_path / "kept", home)
        at += 1
    assert at > 20


@pytest.mark.parametrize("before", [NONE, BEFORE])
def test_a_loss_of_power_at_any_call_does_no_harm(
    before: int, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    home = home_with(tmp_path, before)
    shutil.copytree(home.parent, tmp_path / "kept")
    caplog.clear()
    at = 1
    while run(powerless_writer, home, at):
        for left in ("strictly", "hastily"):
            assert_whole_and_able_to_go_on(tmp_path / left / "home", before, caplog)
        start_again_from(tmp_path / "kept", home)
        at += 1
    assert at > 20
    for left in ("strictly", "hastily"):
        assert answered_generation(tmp_path / left / "home") == AFTER


def test_sigkill_at_random_moments_loses_nothing_that_was_published(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    seed = random.randrange(2**32)
    print("seed", seed)  # shown when the test fails
    chance, home, published = random.Random(seed), tmp_path / "home", tmp_path / "published"
    published.write_text("")
    last = NONE
    for _ in range(20):
        process = processes.Process(target=busy_writer, args=(home, last + 1, published))
        process.start()
        time.sleep(chance.uniform(0.05, 0.4))
        process.kill()
        process.join(60)
        known = max(last, *map(int, published.read_text().split()), NONE)
        last = answered_generation(home)
        assert last - known in (0, 1)  # the newest may have been published and not yet written down
        assert not complaints(caplog, last or NONE)
        caplog.clear()
    assert last > 0
    publish_generation(SnapshotStore(home), last + 1)
