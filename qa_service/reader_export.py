"""Prepares the shipped reader for this machine: optimised graph, word embeddings of the bundled model, tokenizer.

The package ships what was trained (``data/reader/reader.onnx``, int8); the word embeddings were frozen in training and
are taken from the bundled MiniLM, in half precision. What is written here is served by ``read.OnnxReader``.
"""

from __future__ import annotations

import json
import shutil
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from . import read
from .encoder_export import bundled, optimise

_WORDS = "embeddings.word_embeddings.weight"


def shipped() -> Path:
    """The graph in the package."""
    return Path(str(resources.files("qa_service").joinpath("data", "reader", "reader.onnx")))


def prepare(folder: Path) -> None:
    """Write the reader into ``folder``, which appears only when it is complete; takes about a second.

    Raises ``BadSetting`` or ``Damaged`` when the bundled model is missing or not the published one.
    """
    partial = folder.with_name(f".{folder.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)  # left by a run that was killed
    partial.mkdir(parents=True)
    try:
        _write(partial)
        shutil.rmtree(folder, ignore_errors=True)
        partial.rename(folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _write(folder: Path) -> None:
    model = bundled()
    table = _word_embeddings(model / "model.safetensors").astype(np.float16)
    table.tofile(folder / read.TABLE)
    shutil.copyfile(model / "tokenizer.json", folder / read.TOKENIZER)
    optimise(shipped(), folder / read.GRAPH, read.WEIGHTS)
    read.describe(folder, *table.shape)


def _word_embeddings(weights: Path) -> NDArray[np.float32]:
    """The word embeddings of a safetensors file, which is a length, a JSON header, and the tensors as in memory."""
    with weights.open("rb") as file:
        size = int.from_bytes(file.read(8), "little")
        entry = json.loads(file.read(size))[_WORDS]
    begin = 8 + size + entry["data_offsets"][0]
    table: NDArray[np.float32] = np.memmap(weights, np.float32, "r", begin, tuple(entry["shape"]))
    return table
