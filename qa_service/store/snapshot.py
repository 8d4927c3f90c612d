"""Catalog, vectors and keywords as one snapshot: written aside, verified, and only then made the current one.

What goes into a snapshot is left to the library, and how each part stores it to ``catalog``, ``vectors`` and
``keywords``. A snapshot is never changed, so whoever has one open goes on with it while another becomes current.

    home/lock                        held by the one process that writes
    home/current                     "<name> <SHA-256 of its manifest.json>"
    home/snapshots/<name>/           a whole snapshot; the name is its UTC time and the start of that SHA-256
    home/snapshots/<time>.tmp/       one that is being written, or was when the machine stopped
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from qa_service.errors import Damaged, NoIndex
from qa_service.store import files, manifest
from qa_service.store.catalog import Catalog, write_catalog
from qa_service.store.keywords import KeywordIndex
from qa_service.store.manifest import FORMAT, Manifest, Recipe, check_compatible
from qa_service.store.vectors import FaissIndex
from qa_service.types import Entry, Name

__all__ = ["FORMAT", "Contents", "Manifest", "Recipe", "Snapshot", "SnapshotStore", "check_compatible"]

KEPT = 3  # snapshots, the current one among them

_CATALOG, _KEYWORDS = "catalog.sqlite", "keywords"
_PASSAGES, _SENTENCES, _WORDS = "passages.faiss", "sentences.faiss", "words.faiss"
_NAME = re.compile(r"(?P<time>\d{8}T\d{12}Z)-(?P<digest>[0-9a-f]{16})")
_POINTER = re.compile(rf"(?P<name>{_NAME.pattern}) (?P<manifest>[0-9a-f]{{64}})\n")
_TIME = "%Y%m%dT%H%M%S%fZ"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Contents:
    """What a snapshot is written from: its rows are those of the entries' passages and sentences, in order.

    ``passages`` (P, d) and ``sentences`` (S, d) are their vectors, ``keyword_texts`` the P texts in which words are
    looked for: the passages' own, or those with something before them. ``words`` are the W content words of the
    documents, ``word_vectors`` (W, d) what they mean by themselves.
    """

    entries: Sequence[Entry]
    names: Sequence[Name]
    passages: NDArray[np.float32]
    sentences: NDArray[np.float32]
    keyword_texts: Sequence[str]
    words: Sequence[str]
    word_vectors: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """An open snapshot. It answers until it is closed, whatever becomes of its files.

    ``asked_for`` is what ``current`` named when this was opened: another name than ``name`` if that one was damaged.
    """

    name: str
    asked_for: str | None
    manifest: Manifest
    catalog: Catalog
    passages: FaissIndex
    sentences: FaissIndex
    words: FaissIndex
    keywords: KeywordIndex

    @property
    def version(self) -> str:
        """The ``index_version`` of its answers."""
        return self.manifest.version

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the catalog; the snapshot cannot be used afterwards."""
        self.catalog.close()


class SnapshotStore:
    """The snapshots of one home folder, which need not be there yet."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._snapshots = home / "snapshots"
        self._current = home / "current"
        self._writing = False

    def current_name(self) -> str | None:
        """The name of the current snapshot, None if there is none; reads one line, verifies nothing."""
        pointer = self._pointer()
        return pointer["name"] if pointer else None

    def is_stale(self, snapshot: Snapshot) -> bool:
        """Whether another snapshot has become current since this one was opened; as cheap as ``current_name``."""
        return self.current_name() != snapshot.asked_for

    def open_current(self) -> Snapshot:
        """The current snapshot, every file compared with its checksum; if it is damaged, the newest that is not.

        Raises ``NoIndex`` if nothing has been published, ``WrongIndex`` if it has another format, ``Damaged`` if no
        snapshot is whole.
        """
        pointer, damage = self._pointer(), None
        for name, digest in self._candidates(pointer):
            try:
                snapshot = _open(self._snapshots / name, digest, pointer["name"] if pointer else None)
            except Damaged as error:
                damage = error
                _log.warning("Snapshot %s cannot be used, trying another one: %s", name, error.message)
            else:
                return snapshot
        raise damage or NoIndex("Nothing has been indexed yet; run `qa-service index` with the documents to read.")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the only one who publishes in this home, in any thread or process. Raises ``Busy`` at once otherwise."""
        files.make_folder(self._snapshots)
        with files.locked(self._home / "lock"):
            self._writing = True
            try:
                yield
            finally:
                self._writing = False

    def publish(self, contents: Contents, recipe: Recipe) -> Manifest:
        """Write a snapshot, verify it, make it the current one and remove all but the last three; within ``writing``.

        At whatever moment this stops, the home holds the snapshot that was current before, or this one, whole.
        """
        if not self._writing:
            raise RuntimeError("publish() was called outside of writing().")
        self._remove_unfinished()
        _check(contents, recipe)
        moment = self._next_moment()
        draft = self._snapshots / f"{moment:{_TIME}}.tmp"
        try:
            digest = _write(draft, contents, recipe, moment)
            with _open(draft, digest, None) as written:
                name = f"{moment:{_TIME}}-{digest[:16]}"
                os.rename(draft, self._snapshots / name)
                files.sync(self._snapshots)
                files.replace(self._current, f"{name} {digest}\n".encode())
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        self._remove_old()
        return written.manifest

    def forget_others(self) -> None:
        """Remove all snapshots but the one that ``open_current`` gives, so that none of them comes back in its place;
        within ``writing``.
        """
        with self.open_current() as kept:
            for name in self._names():
                if name != kept.name:
                    shutil.rmtree(self._snapshots / name, ignore_errors=True)

    def _pointer(self) -> re.Match[str] | None:
        try:
            return _POINTER.fullmatch(self._current.read_text("ascii"))
        except (OSError, ValueError):
            return None

    def _names(self) -> list[str]:
        """The names of all whole snapshots, newest first."""
        if not self._snapshots.is_dir():
            return []
        return sorted((path.name for path in self._snapshots.iterdir() if _NAME.fullmatch(path.name)), reverse=True)

    def _candidates(self, pointer: re.Match[str] | None) -> Iterator[tuple[str, str]]:
        """Name and digest of what can be opened: what ``current`` says, then all there is, newest first.

        The current snapshot comes up twice, so that a damaged ``current`` does not stand in the way of a whole one.
        """
        if pointer:
            yield pointer["name"], pointer["manifest"]
        elif self._names():
            _log.warning("The name of the current snapshot cannot be read, taking the newest one.")
        for name in self._names():
            yield name, name.partition("-")[2]

    def _next_moment(self) -> datetime:
        """Now, or just after the newest snapshot if the clock was set back: names only ever grow."""
        taken = [name.partition("-")[0] for name in [*self._names(), self.current_name() or ""] if name]
        latest = max((datetime.strptime(time, _TIME).replace(tzinfo=UTC) for time in taken), default=None)
        now = datetime.now(UTC)
        return now if latest is None or now > latest else latest + timedelta(microseconds=1)

    def _remove_unfinished(self) -> None:
        for path in self._snapshots.glob("*.tmp"):
            shutil.rmtree(path, ignore_errors=True)

    def _remove_old(self) -> None:
        """Remove all but the newest, which the current one is among, as names only grow."""
        for name in self._names()[KEPT:]:
            shutil.rmtree(self._snapshots / name, ignore_errors=True)


def _check(contents: Contents, recipe: Recipe) -> None:
    given = [v.shape for v in (contents.passages, contents.sentences, contents.word_vectors)]
    passages, sentences = (sum(len(getattr(e, part)) for e in contents.entries) for part in ("passages", "sentences"))
    wanted = [(count, recipe.dimension) for count in (passages, sentences, len(contents.words))]
    if given != wanted or len(contents.keyword_texts) != passages:
        raise ValueError(
            f"Vectors of passages, sentences and words must be {wanted}, not {given}, with a text a passage."
        )


def _write(folder: Path, contents: Contents, recipe: Recipe, moment: datetime) -> str:
    """Write all files of a snapshot into a new folder and wait for the disk; the SHA-256 of its manifest."""
    folder.mkdir()
    write_catalog(folder / _CATALOG, contents.entries, contents.names, contents.words)
    FaissIndex.build(contents.passages).save(folder / _PASSAGES)
    FaissIndex.build(contents.sentences).save(folder / _SENTENCES)
    FaissIndex.build(contents.word_vectors).save(folder / _WORDS)
    KeywordIndex.build(contents.keyword_texts).save(folder / _KEYWORDS)
    with closing(Catalog(folder / _CATALOG)) as catalog:
        described = manifest.describe(folder, moment.isoformat(), recipe, catalog.counts())
    files.sync_tree(folder)
    data = described.to_json()
    files.write(folder / manifest.MANIFEST, data)
    files.sync(folder)
    return hashlib.sha256(data).hexdigest()


def _open(folder: Path, digest: str, asked_for: str | None) -> Snapshot:
    """The snapshot in a folder, once every file was compared with its checksum and the parts with each other."""
    described = manifest.read(folder, digest)
    with ExitStack() as on_error:
        catalog = on_error.enter_context(Catalog(folder / _CATALOG))
        passages, sentences, words = (FaissIndex.load(folder / file) for file in (_PASSAGES, _SENTENCES, _WORDS))
        keywords = KeywordIndex.load(folder / _KEYWORDS)
        snapshot = Snapshot(folder.name, asked_for, described, catalog, passages, sentences, words, keywords)
        _check_rows(snapshot)
        on_error.pop_all()
    return snapshot


def _check_rows(snapshot: Snapshot) -> None:
    counts, dimension = snapshot.manifest.counts, snapshot.manifest.recipe.dimension
    vectors = (snapshot.passages, snapshot.sentences, snapshot.words)
    if (
        snapshot.catalog.counts() != counts
        or snapshot.keywords.count != counts.passages
        or [index.count for index in vectors] != [counts.passages, counts.sentences, len(snapshot.catalog.words())]
        or [index.dimension for index in vectors] != [dimension] * len(vectors)
    ):
        raise Damaged("The parts of the index do not fit together; run `qa-service index` to build it again.")
