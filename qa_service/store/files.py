"""Files that survive a crash: flushed, checksummed, replaced in one step, locked; what is in them is left to others."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qa_service.errors import Busy


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync(path: Path) -> None:
    """Wait until a file's contents, or a folder's list of names, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(folder: Path) -> None:
    """``sync`` for everything in a folder, and for the folder."""
    for path in sorted(folder.rglob("*")):
        sync(path)
    sync(folder)


def write(path: Path, data: bytes) -> None:
    """Write a file and wait until its contents are on the disk."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def replace(path: Path, data: bytes) -> None:
    """Give a file new contents: whoever reads it, also after a crash, finds all of the old or all of the new."""
    aside = path.with_name(f"{path.name}.tmp")
    write(aside, data)
    os.replace(aside, path)
    sync(path.parent)


def make_folder(path: Path) -> None:
    """Make a folder, and those above it, so that they are still there after a crash."""
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir(exist_ok=True)
        sync(folder.parent)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock that this file stands for; it ends with the process at the latest.

    Raises ``Busy`` at once if somebody else holds it, be it another thread of this process.
    """
    with path.open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy("Another process is changing the index; wait until it has finished, then try again.") from error
        yield
