"""Settings become a ready Library and Answerer: the only module that chooses parts."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from .answerer import Answerer
from .embed import RECORD, OnnxEmbedder
from .errors import NoIndex, WrongIndex
from .read import VERSION, OnnxReader
from .settings import Settings
from .shelf import Shelves
from .store.snapshot import SnapshotStore

if TYPE_CHECKING:
    from .library import Library


def open_library(settings: Settings, progress: Callable[[str, int, int], None]) -> Library:
    """The writing side; compiles the embedding model first if this home has none (about ten seconds, once).

    ``progress`` is told the stage, how much of it is done, and of how much.
    """
    from . import encoder_export, reader_export  # not needed for answering, which is to start at once
    from .library import Library

    folder, reader = model_folder(settings), reader_folder(settings)
    if not (folder / RECORD).exists():
        progress("model", 0, 1)
        encoder_export.export(settings.model, folder)
        progress("model", 1, 1)
    if not reader.exists():
        reader_export.prepare(reader)
    return Library(SnapshotStore(settings.home), OnnxEmbedder(folder), settings.max_tokens)


def is_indexed(settings: Settings) -> bool:
    """Whether something has been indexed in this home, be it with these settings or others."""
    return SnapshotStore(settings.home).current_name() is not None


def open_answerer(settings: Settings) -> Answerer:
    """The reading side. Raises NoIndex when nothing has been indexed in this home, WrongIndex without the model."""
    store = SnapshotStore(settings.home)
    folder, reader = model_folder(settings), reader_folder(settings)
    if not is_indexed(settings):
        raise NoIndex("Nothing has been indexed yet; run `qa-service index` with the documents to read.")
    if not (folder / RECORD).exists() or not reader.exists():
        raise WrongIndex(f"This home lacks the model {settings.model}; run `qa-service index` again.", "model")
    return Answerer(Shelves(store, OnnxEmbedder(folder), OnnxReader(reader, threads=2)), settings.passages)


def model_folder(settings: Settings) -> Path:
    """Where the compiled form of the chosen model lies: one folder a model, named so that a person knows it."""
    plain = re.sub(r"[^A-Za-z0-9.]+", "-", settings.model).strip("-")[-60:]
    return settings.home / "models" / f"{plain}-{hashlib.sha256(settings.model.encode()).hexdigest()[:8]}"


def reader_folder(settings: Settings) -> Path:
    """Where the shipped reader lies, prepared for this machine; another folder for another version of it."""
    return settings.home / "models" / f"reader-{VERSION}"
