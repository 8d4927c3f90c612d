"""Turns texts into unit vectors with a compiled encoder; making that encoder is left to ``encoder_export``."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from . import record

if TYPE_CHECKING:
    from onnxruntime import InferenceSession, SessionOptions  # type: ignore[import-untyped]  # ships no types
    from tokenizers import Tokenizer

GRAPH, WEIGHTS, TOKENIZER, RECORD = "encoder.onnx", "encoder.data", "tokenizer.json", "encoder.json"


class Embedder(Protocol):
    """Whatever turns texts into vectors whose inner product says how near the texts are in meaning."""

    @property
    def name(self) -> str:
        """The model's name as its owner set it."""
        ...

    @property
    def dimension(self) -> int:
        """The length of every vector."""
        ...

    @property
    def fingerprint(self) -> str:
        """Equal for two embedders only if their vectors can be compared."""
        ...

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit row for each text, in their order: shape ``(len(texts), dimension)``."""
        ...


class OnnxEmbedder:
    """The encoder that ``encoder_export.export`` compiled into ``folder``. Threads may share one.

    Texts are run one by one: activations are quantised a run at a time, so in a batch a text's vector would depend on
    its neighbours, and on these processors a batch is no faster. Raises ``Damaged`` where a file is missing or is not
    what was written.
    """

    def __init__(self, folder: Path, threads: int = 1) -> None:
        about = record.read(folder / RECORD)
        self.name = str(about["name"])
        self.dimension = int(about["dimension"])
        self.fingerprint = str(about["fingerprint"])
        self._session = open_session(folder / GRAPH, threads)
        self._tokenizer = open_tokenizer(folder / TOKENIZER)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit row for each text; what exceeds the model's length is cut off, the empty text has a row."""
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in enumerate(texts):
            vectors[row] = self._run(self._tokenizer.encode(encodable(text)).ids)
        return vectors

    def _run(self, ids: Sequence[int]) -> NDArray[np.float32]:
        tokens = np.asarray([ids], np.int64)
        vector: NDArray[np.float32] = self._session.run(
            None, {"input_ids": tokens, "attention_mask": np.ones_like(tokens)}
        )[0][0]
        return vector


class HashEmbedder:
    """A fake for tests: each lower-cased word counts at the place that its hash names. Needs no model."""

    name = "hash"

    def __init__(self, dimension: int = 64) -> None:
        self.dimension = dimension
        self.fingerprint = f"hash-{dimension}"

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit row for each text; texts without words share one."""
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", text.lower()) or [""]:
                digest = hashlib.blake2b(encodable(word).encode(), digest_size=8).digest()
                vectors[row, int.from_bytes(digest, "big") % self.dimension] += 1
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors


def session_options(threads: int) -> SessionOptions:
    """Options for a graph that is already optimised: opening it maps the weights and changes nothing."""
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_mem_pattern = False  # of use only where shapes repeat
    options.log_severity_level = 3
    return options


def open_session(graph: Path, threads: int) -> InferenceSession:
    """Open an optimised graph on the processor."""
    import onnxruntime as ort

    return ort.InferenceSession(str(graph), session_options(threads), providers=["CPUExecutionProvider"])


def open_tokenizer(path: Path) -> Tokenizer:
    """The tokenizer, which cuts but does not pad."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    return tokenizer


def encodable(text: str) -> str:
    """The text with its lone surrogates replaced, which no tokenizer takes."""
    return text.encode("utf-8", "replace").decode("utf-8")
