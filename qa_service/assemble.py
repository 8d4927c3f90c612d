"""Settings become a ready Library and Answerer: the only module that chooses parts."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from .answerer import Answerer
from .embed import RECORD, Embedder, OnnxEmbedder
from .errors import BadSetting, NoIndex, WrongIndex
from .read import VERSION, OnnxReader
from .settings import Settings
from .shelf import Shelves
from .store.manifest import shown
from .store.snapshot import SnapshotStore

if TYPE_CHECKING:
    from .generate import Author
    from .library import Library
    from .model import LanguageModel
    from .prompts import Prompts


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
        raise WrongIndex(f"This home lacks the model {shown(settings.model)}; run `qa-service index` again.", "model")
    embedder = OnnxEmbedder(folder)
    shelves = Shelves(store, embedder, OnnxReader(reader, threads=2))
    return Answerer(shelves, settings.passages, _author(settings, embedder))


def check_model(settings: Settings) -> None:
    """Raise BadSetting for a language model that cannot be used as it is configured; no index is needed for that."""
    _writer(settings)


def _author(settings: Settings, embedder: Embedder) -> Author | None:
    """The language model that writes answers; None where none is configured. Raises BadSetting."""
    writer = _writer(settings)
    if writer is None:
        return None
    from .generate import Author
    from .support import Checker

    return Author(*writer, Checker(embedder), settings.llm_timeout, settings.llm_context)


def _writer(settings: Settings) -> tuple[LanguageModel, Prompts] | None:
    """The language model and its prompts; None where none is configured.

    Raises BadSetting for half a configuration, an address or key that cannot be used, and a prompt that lacks a place.
    """
    if settings.llm_base_url is None and settings.llm_model is None:
        return None
    if settings.llm_base_url is None or settings.llm_model is None:
        lacking = "llm_base_url" if settings.llm_base_url is None else "llm_model"
        raise BadSetting(f"The setting {lacking} is missing; a language model needs an address and a name.", lacking)
    from .model import Crowded, OpenAIModel, Rested
    from .prompts import Prompts

    key = settings.llm_api_key.get_secret_value() if settings.llm_api_key else None
    model = OpenAIModel(settings.llm_base_url, settings.llm_model, key, settings.llm_retries)
    rested = Rested(model, patience=settings.llm_timeout / 2)
    return Crowded(rested, settings.llm_parallel), Prompts.load(settings.prompts)


def model_folder(settings: Settings) -> Path:
    """Where the compiled form of the chosen model lies: one folder a model, named so that a person knows it."""
    plain = re.sub(r"[^A-Za-z0-9.]+", "-", settings.model).strip("-")[-60:]
    return settings.home / "models" / f"{plain}-{hashlib.sha256(settings.model.encode()).hexdigest()[:8]}"


def reader_folder(settings: Settings) -> Path:
    """Where the shipped reader lies, prepared for this machine; another folder for another version of it."""
    return settings.home / "models" / f"reader-{VERSION}"
