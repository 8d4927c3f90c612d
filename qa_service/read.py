"""A reader looks at a stretch of text with a question in mind: does it answer, and where?

The model is a small extractive reader (``training/train_reader.py``, ``data/reader/MODEL_CARD.md``). Its word
embeddings are those of the bundled MiniLM, read from a file as needed; the rest ships with the package. Running it
needs onnxruntime and tokenizers only.
"""

from __future__ import annotations

import os
import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from qa_service import embed, record

if TYPE_CHECKING:
    from onnxruntime import InferenceSession  # type: ignore[import-untyped]  # ships no types
    from tokenizers import Tokenizer

GRAPH, WEIGHTS, TABLE = "reader.onnx", "reader.data", "words.f16"
TOKENIZER, RECORD = "tokenizer.json", "reader.json"
VERSION = "3"  # of the shipped reader: raise it with every newly trained one
LONGEST = 256  # tokens of question and text together; the rest of the text is not read

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Reading:
    """What a reader makes of a text.

    ``answerable`` is the probability that the text answers. ``starts`` and ``ends`` (n,) are the probabilities that the
    answer begins or ends at each token of the text; what is missing to 1 is the probability that it is nowhere.
    ``offsets`` (n, 2) are the tokens' spans in the text.
    """

    answerable: float
    starts: Floats
    ends: Floats
    offsets: NDArray[np.int64]

    def share(self, start: int, end: int) -> float:
        """The probability that the answer lies between two offsets of the text."""
        inside = (self.offsets[:, 0] >= start) & (self.offsets[:, 1] <= end)
        return float((self.starts[inside].sum() + self.ends[inside].sum()) / 2)


class Reader(Protocol):
    """Whatever can tell where a text answers a question."""

    @property
    def name(self) -> str:
        """The reader's name."""
        ...

    def read(self, question: str, text: str) -> Reading:
        """Read a text with a question in mind."""
        ...


class OnnxReader:
    """The shipped reader, prepared for this machine in ``folder``. Threads may share one.

    Raises ``Damaged`` where a file is missing or is not what was written.
    """

    name = "minilm-reader"

    def __init__(self, folder: Path, threads: int = 1) -> None:
        about = record.read(folder / RECORD)
        self._session: InferenceSession = embed.open_session(folder / GRAPH, threads)
        self._tokenizer: Tokenizer = embed.open_tokenizer(folder / TOKENIZER)
        self._tokenizer.enable_truncation(LONGEST, strategy="longest_first")  # a question alone may be longer than that
        self._table = _Table(folder / TABLE, int(about["width"]))

    def read(self, question: str, text: str) -> Reading:
        """Read a text with a question in mind."""
        encoded = self._tokenizer.encode(embed.encodable(question)[:1000], embed.encodable(text))
        types = np.asarray([encoded.type_ids], np.int64)
        words = self._table.rows(encoded.ids)[None]
        spans, answerable = self._session.run(None, {"words": words, "types": types})
        inside = np.asarray([part == 1 for part in encoded.sequence_ids])
        chances = _softmax(spans[0])
        return Reading(
            float(1 / (1 + np.exp(-answerable[0]))), chances[inside, 0], chances[inside, 1],
            np.asarray(encoded.offsets, np.int64)[inside],
        )  # fmt: skip


class _Table:
    """Rows of half-precision numbers in a file, read when they are asked for.

    Not mapped: a question needs a hundred rows of thirty thousand, and the system would bring in the whole file.
    """

    def __init__(self, path: Path, width: int) -> None:
        self._file = path.open("rb")
        self._size = 2 * width
        weakref.finalize(self, self._file.close)

    def rows(self, numbers: Sequence[int]) -> Floats:
        """The rows of these numbers, shape (len(numbers), width)."""
        read = b"".join(os.pread(self._file.fileno(), self._size, number * self._size) for number in numbers)
        return np.frombuffer(read, np.float16).reshape(len(numbers), -1).astype(np.float32)


def _softmax(logits: Floats) -> Floats:
    """Probabilities along the first axis."""
    powers = np.exp(logits - logits.max(axis=0))
    chances: Floats = powers / powers.sum(axis=0)
    return chances


class WordReader:
    """A fake for tests: what answers is the text's words that the question does not have, if they share any word."""

    name = "words"

    def read(self, question: str, text: str) -> Reading:
        """Read a text with a question in mind."""
        asked = set(question.casefold().split())
        spans = [(at, at + len(word)) for at, word in _placed(text)]
        new = np.array([text[a:b].casefold() not in asked for a, b in spans], np.float32)
        chances = new / max(1.0, float(new.sum()))
        shared = float(len(spans) and new.sum() < len(spans))
        return Reading(shared, chances, chances, np.asarray(spans, np.int64).reshape(len(spans), 2))


def _placed(text: str) -> list[tuple[int, str]]:
    found, at = [], 0
    for word in text.split():
        at = text.index(word, at)
        found.append((at, word))
        at += len(word)
    return found


def describe(folder: Path, words: int, width: int) -> None:
    """Write ``reader.json``, which lists the files of a prepared folder, last of all files."""
    record.write(folder / RECORD, (GRAPH, WEIGHTS, TABLE, TOKENIZER), {"words": words, "width": width})
