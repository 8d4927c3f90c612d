"""The writing side: documents are read, taken apart, embedded and published as one snapshot."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from . import reading
from .embed import Embedder
from .errors import BadInput, Damaged, NoIndex, NotReady
from .ingest.load import load_documents
from .reading import NOTHING, Progress, Reading
from .store.manifest import Recipe
from .store.snapshot import Contents, Snapshot, SnapshotStore
from .types import Document

READING = 4  # raise it when the same documents are to be read differently: what ``reading`` makes of them
_BATCH = 64  # texts embedded between two reports of progress

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Report:
    """What an indexing run did. ``changed`` is false when the index was as wanted already.

    ``documents`` and ``passages`` count what the index holds now, ``given`` is what was read from the paths.
    """

    documents: int
    passages: int
    seconds: float
    changed: bool
    given: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class Removed:
    """A document that the index no longer holds, and how many passages and statements went with it."""

    document: Document
    passages: int
    statements: int


class Library:
    """Adds, removes and rebuilds; one process at a time per home, readers are never disturbed."""

    def __init__(self, store: SnapshotStore, embedder: Embedder, max_tokens: int) -> None:
        self._store = store
        self._embedder = embedder
        self._max_tokens = max_tokens

    def sync(self, paths: Sequence[Path], progress: Progress) -> Report:
        """Make the index hold what the files and folders in ``paths`` hold now, beside what came from elsewhere.

        A file that changed replaces its old version, a file that is gone from one of the folders is removed.
        Nothing is written when nothing changed. Raises BadDocument before anything is touched if a file is bad,
        BadInput if the index would be empty, Busy if another process is writing.
        """
        with self._store.writing(), ExitStack() as stack:
            return self._sync(self._present(stack), paths, progress)

    def add(self, paths: Sequence[Path], progress: Progress) -> Report:
        """Like ``sync``, for a part of what the index holds: the rest must be there, or it would be lost.

        Raises Damaged or WrongIndex, besides what ``sync`` raises, where there is an index that cannot be read.
        """
        with self._store.writing(), ExitStack() as stack:
            return self._sync(self._readable(stack), paths, progress)

    def remove(self, document_id: str, progress: Progress) -> Removed:
        """Publish an index without this document, and drop the older ones, which hold it.

        The last document may be removed too. Raises UnknownId if no document has the id, NoIndex, Damaged or
        WrongIndex if there is no index to remove it from, Busy if another process is writing.
        """
        with self._store.writing(), self._store.open_current() as present:
            catalog = present.catalog
            document = catalog.document(document_id)
            counts = len(catalog.passages_of(document_id)), len(catalog.statements(document_id))
            kept = [other for other in _documents(present) if other.id != document_id]
            self._store.publish(self._contents(kept, present, progress), self._recipe(kept))
            self._store.forget_others()
        return Removed(document, *counts)

    def forget_others(self) -> None:
        """Drop what older indexes hold, for a removal that was stopped before it could. Raises as ``remove`` does."""
        with self._store.writing():
            self._store.forget_others()

    def _sync(self, present: Snapshot | None, paths: Sequence[Path], progress: Progress) -> Report:
        began = time.perf_counter()
        found = list(load_documents(paths))
        held = _documents(present)
        wanted = _merged(held, found, paths)
        recipe = self._recipe(wanted)
        changed = present is None or not _serves(present, recipe) or _origins(held) != _origins(wanted)
        if present is not None and not changed:
            counts = present.manifest.counts
        else:
            contents = self._contents(wanted, present, progress)
            progress("writing", 0, 1)
            counts = self._store.publish(contents, recipe).counts
            progress("writing", 1, 1)
        given = tuple({document.id: document for document in found}.values())
        return Report(counts.documents, counts.passages, time.perf_counter() - began, changed, given)

    def _present(self, stack: ExitStack) -> Snapshot | None:
        """The snapshot to build upon, closed with ``stack``; None where there is none that can be used."""
        try:
            return stack.enter_context(self._store.open_current())
        except (NotReady, Damaged):
            return None

    def _readable(self, stack: ExitStack) -> Snapshot | None:
        """The snapshot to build upon, closed with ``stack``; None only where nothing was ever indexed."""
        try:
            return stack.enter_context(self._store.open_current())
        except NoIndex:
            return None

    def _recipe(self, documents: Sequence[Document]) -> Recipe:
        facts = sorted(json.dumps(_facts(document), default=str, sort_keys=True) for document in documents)
        digest = hashlib.sha256(json.dumps([READING, facts]).encode()).hexdigest()
        embedder = self._embedder
        return Recipe(embedder.name, embedder.fingerprint, embedder.dimension, self._max_tokens, digest)

    def _contents(self, documents: Sequence[Document], present: Snapshot | None, progress: Progress) -> Contents:
        ordered = sorted(documents, key=lambda d: (d.name, d.id))
        known = reading.read(ordered, self._max_tokens, progress, self._earlier(present))
        reusable = present is not None and present.manifest.recipe.fingerprint == self._embedder.fingerprint
        vectors = _Vectors(self._embedder, present if reusable else None, progress)
        headed = [headed_text(e.document, p.text) for e in known.entries for p in e.passages]
        plain = [e.document.text[s.start : s.end] for e in known.entries for s in e.sentences]
        return Contents(
            known.entries, known.names, vectors.of("passages", headed), vectors.of("sentences", plain), headed,
            known.words, vectors.of("words", known.words),
        )  # fmt: skip

    def _earlier(self, present: Snapshot | None) -> Reading:
        """What the snapshot holds of its documents, if this code would read them alike."""
        if present is None or present.manifest.recipe != self._recipe(_documents(present)):
            return NOTHING
        return reading.stored(present.catalog)


def _documents(present: Snapshot | None) -> list[Document]:
    return list(reading.stored_documents(present.catalog)) if present is not None else []


def _merged(held: Sequence[Document], found: Sequence[Document], paths: Sequence[Path]) -> list[Document]:
    """What is held from elsewhere than ``paths``, and what was found there; what is both is taken as it was found."""
    kept = [document for document in held if not _is_under(document.origin, paths)]
    wanted = {document.id: document for document in [*kept, *found]}
    if not wanted:
        raise BadInput("There is no document in what was given; name files or folders with .txt, .md or .jsonl.")
    return list(wanted.values())


def _is_under(origin: str, paths: Sequence[Path]) -> bool:
    """Whether a document was read from one of the files, be it a line of it, or from one of the folders."""
    places = [str(path.resolve()).rstrip("/") for path in paths]
    return any(origin == place or origin.startswith((f"{place}/", f"{place}#")) for place in places)


def _serves(present: Snapshot, recipe: Recipe) -> bool:
    """Whether a snapshot is what is wanted, and is the current one rather than what stands in for a damaged one."""
    return present.manifest.recipe == recipe and present.name == present.asked_for


def _facts(document: Document) -> dict[str, object]:
    """What answers depend on: everything but where the document lies on this machine."""
    return {name: value for name, value in asdict(document).items() if name != "origin"}


def _origins(documents: Iterable[Document]) -> set[tuple[str, str]]:
    return {(document.id, document.origin) for document in documents}


class _Vectors:
    """Embeds texts with progress; a text that the present snapshot holds already is not embedded again."""

    def __init__(self, embedder: Embedder, present: Snapshot | None, progress: Progress) -> None:
        self._embedder = embedder
        self._progress = progress
        self._known = _known_vectors(present) if present is not None else {}

    def of(self, stage: str, texts: Sequence[str]) -> Floats:
        """Vectors of the texts, shape (len(texts), dimension)."""
        found = np.zeros((len(texts), self._embedder.dimension), np.float32)
        new = [i for i, text in enumerate(texts) if text not in self._known]
        for i, text in enumerate(texts):
            if text in self._known:
                found[i] = self._known[text]
        for at in range(0, len(new), _BATCH):
            rows = new[at : at + _BATCH]
            found[rows] = self._embedder.embed([texts[i] for i in rows])
            self._progress(stage, at + len(rows), len(new))
        return found


def _known_vectors(present: Snapshot) -> dict[str, Floats]:
    """The vectors that a snapshot holds, by the text that each stands for."""
    catalog = present.catalog
    rows = range(present.passages.count)
    headed = [headed_text(document, passage.text) for passage, document in catalog.passages(rows)]
    known = dict(zip(headed, present.passages.vectors(np.asarray(rows)), strict=True))
    for document in _documents(present):
        own = catalog.sentence_rows(document.id)
        vectors = present.sentences.vectors(np.arange(own.start, own.stop))
        for span, vector in zip(catalog.sentences(document.id), vectors, strict=True):
            known[document.text[span.start : span.end]] = vector
    used = catalog.words()
    known.update(zip(used, present.words.vectors(np.arange(len(used))), strict=True))
    return known


def headed_text(document: Document, text: str) -> str:
    """What is embedded and searched for a passage: its text under the title and date of its document."""
    day = f"{document.published_at:%-d %B %Y}\n" if document.published_at else ""
    return f"{document.title}\n{day}{text}"
