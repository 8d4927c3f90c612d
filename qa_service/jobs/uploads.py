"""Files that were sent to the service, one folder a job: written so that they outlive a crash, and removed for good.

    home/uploads/<job>/<name>        the files of one upload, under the names that they came with, made safe
    home/uploads/.<job>/             one that is being written, or was when the machine stopped

What they hold is read by ``ingest``, which is loaded only when there is an upload: a server that answers starts without
it. What becomes of a job is written down in ``record``.
"""

from __future__ import annotations

import os
import re
import shutil
import time
import unicodedata
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from qa_service.errors import BadDocument
from qa_service.store import files

_LONGEST = 150  # bytes of a name; file systems take 255
_STALE = 3600.0  # seconds after which a folder that belongs to no job is not one that is just being written


@dataclass(frozen=True, slots=True)
class Upload:
    """One file as it was sent."""

    name: str
    data: bytes


class Uploads:
    """The uploaded files of one home."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def of(self, job_id: str) -> Path:
        """Where the files of a job are."""
        return self._folder / job_id

    def save(self, job_id: str, uploads: Sequence[Upload]) -> None:
        """Write the files of a job; either all of them are there when this returns, also after a crash, or none."""
        draft = self._folder / f".{job_id}"
        files.make_folder(draft)
        for name, upload in zip(_distinct([safe_name(u.name) for u in uploads]), uploads, strict=True):
            files.write(draft / name, upload.data)
        files.sync(draft)
        os.rename(draft, self.of(job_id))
        files.sync(self._folder)

    def discard(self, job_id: str) -> None:
        """Remove the files of a job."""
        shutil.rmtree(self.of(job_id), ignore_errors=True)

    def erase(self, job_id: str, document_id: str) -> None:
        """Remove one document from the files of a job, and the files and the folder that hold nothing else."""
        from qa_service.ingest.load import find_files

        folder = self.of(job_id)
        for path in find_files([folder]) if folder.is_dir() else ():
            with suppress(BadDocument):  # a file that was good and was damaged since holds no document
                _erase(path, document_id)
        with suppress(OSError):  # not empty, or gone already
            folder.rmdir()

    def tidy(self, jobs: Collection[str]) -> None:
        """Remove what belongs to none of the jobs: a process was stopped while it wrote or removed it."""
        now = time.time()
        for folder in self._folder.iterdir() if self._folder.is_dir() else ():
            with suppress(FileNotFoundError):  # it has just got its name
                if folder.name not in jobs and now - folder.stat().st_mtime > _STALE:
                    shutil.rmtree(folder, ignore_errors=True)


def checked(name: str, data: bytes) -> Upload:
    """The file as it is to be kept. Raises BadDocument, which names it, for a kind that is not read or an empty one."""
    from qa_service.ingest.load import ENDINGS

    shown = safe_name(name)
    if Path(shown).suffix not in ENDINGS:
        raise BadDocument(f"{shown} is of no kind that can be read; use {', '.join(ENDINGS)}.", "files")
    if not data.strip():
        raise BadDocument(f"{shown} is empty; give a file that holds some text.", "files")
    return Upload(shown, data)


def safe_name(name: str) -> str:
    """The last part of a name, in any script, without what a file system or a terminal takes for a command."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    plain = " ".join("".join(c if unicodedata.category(c)[0] != "C" else " " for c in last).split())
    stem, ending = os.path.splitext(plain.lstrip(". "))
    short = stem.encode()[:_LONGEST].decode("utf-8", "ignore").strip(". ")
    return f"{short or 'document'}{ending.lower() if len(ending) < 12 else ''}"


def _distinct(names: Sequence[str]) -> list[str]:
    """The names, with a number on each that is there already: also on file systems that know no upper case."""
    taken: set[str] = set()
    found = []
    for name in names:
        path, number, free = Path(name), 1, name
        while free.casefold() in taken:
            number += 1
            free = f"{path.stem}-{number}{path.suffix}"
        taken.add(free.casefold())
        found.append(free)
    return found


def _erase(path: Path, document_id: str) -> None:
    """Remove a document from a file: its line, left empty so that the others keep their numbers, or the file."""
    from qa_service.ingest.load import load_documents

    if all(document.id != document_id for document in load_documents([path])):
        return
    rest = _without(path, document_id) if path.suffix == ".jsonl" else ""
    if rest.strip():
        files.replace(path, rest.encode())
    else:
        path.unlink()
        files.sync(path.parent)


def _without(path: Path, document_id: str) -> str:
    from qa_service.ingest.records import read_records

    content = path.read_bytes().decode("utf-8-sig")
    lines = content.split("\n")
    numbers = [number for number, line in enumerate(lines) if line.strip()]
    for number, document in zip(numbers, read_records(content, path), strict=True):
        if document.id == document_id:
            lines[number] = ""
    return "\n".join(lines)
