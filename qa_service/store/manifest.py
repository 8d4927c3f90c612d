"""What a snapshot says of itself: its origin and a checksum of every file; when to look is left to ``snapshot``."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from qa_service.errors import Damaged, WrongIndex
from qa_service.store import files
from qa_service.store.catalog import Counts

FORMAT = 2  # of the files of a snapshot; raise it with every change that older code cannot read
MANIFEST = "manifest.json"

_AGAIN = "run `qa-service index` to build it again"


@dataclass(frozen=True, slots=True)
class Recipe:
    """What decides the answers of a snapshot: two snapshots of one recipe and format answer alike.

    ``documents`` is a fingerprint of the documents and of the settings that they were read with.
    """

    model: str
    fingerprint: str  # of the embedding model's files
    dimension: int
    max_tokens: int  # the length of a passage
    documents: str


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file of a snapshot; ``name`` is relative to its folder, with ``/`` between the parts."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """The contents of ``manifest.json``. ``created`` is a UTC time, ISO 8601."""

    format: int
    created: str
    recipe: Recipe
    counts: Counts
    files: tuple[StoredFile, ...]

    @property
    def version(self) -> str:
        """The ``index_version``: the same for two builds that give the same answers, whenever they were made."""
        recipe = self.recipe
        decisive = [self.format, recipe.fingerprint, recipe.dimension, recipe.max_tokens, recipe.documents]
        return f"sha256:{hashlib.sha256(json.dumps(decisive).encode()).hexdigest()}"

    def to_json(self) -> bytes:
        """The manifest as it is stored; also for people to look at."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False).encode()


def describe(folder: Path, created: str, recipe: Recipe, counts: Counts) -> Manifest:
    """The manifest of the files that are in a folder now."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    stored = (StoredFile(p.relative_to(folder).as_posix(), files.sha256(p), p.stat().st_size) for p in paths)
    return Manifest(FORMAT, created, recipe, counts, tuple(stored))


def read(folder: Path, digest: str) -> Manifest:
    """The manifest in a folder, whose SHA-256 must begin with ``digest``, and whose files all are as it says.

    Raises ``Damaged``, which names the file, or ``WrongIndex`` if it has another format than ``FORMAT``.
    """
    try:
        data = (folder / MANIFEST).read_bytes()
        if not hashlib.sha256(data).hexdigest().startswith(digest):
            raise Damaged(f"The index is damaged ({MANIFEST} differs from its checksum); {_AGAIN}.")
        manifest = _parse(data)
        for stored in manifest.files:
            _verify(folder, stored)
    except OSError as error:
        raise Damaged(f"The index is damaged (a file cannot be read: {error.strerror}); {_AGAIN}.") from error
    return manifest


def check_compatible(manifest: Manifest, model: str, fingerprint: str) -> None:
    """Raise ``WrongIndex``, which names both, unless the snapshot was made with this embedding model."""
    theirs = manifest.recipe
    if theirs.fingerprint != fingerprint:
        built, asked = (
            f"{shown(name)} ({digest[:16]})"
            for name, digest in ((theirs.model, theirs.fingerprint), (model, fingerprint))
        )
        raise WrongIndex(
            f"The index was built with the model {built}, but the settings name {asked}; {_AGAIN}.", "model"
        )


def shown(model: str) -> str:
    """The name of an embedding model as a client may see it: of a folder of this machine only the last part."""
    return Path(model).name if Path(model).is_absolute() else model


def _parse(data: bytes) -> Manifest:
    fields = json.loads(data)
    if fields["format"] != FORMAT:
        raise WrongIndex(
            f"The index has format {fields['format']}, but this version reads format {FORMAT}; {_AGAIN}.", "format"
        )
    stored = tuple(StoredFile(**file) for file in fields["files"])
    return Manifest(FORMAT, fields["created"], Recipe(**fields["recipe"]), Counts(**fields["counts"]), stored)


def _verify(folder: Path, stored: StoredFile) -> None:
    path = folder / stored.name
    if path.stat().st_size != stored.size or files.sha256(path) != stored.sha256:
        raise Damaged(f"The index is damaged ({stored.name} differs from its checksum); {_AGAIN}.")
