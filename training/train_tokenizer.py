"""Trains the byte-pair vocabulary with which passages are measured, and writes it as ``tokens.tiktoken``.

Usage: python training/train_tokenizer.py [DATA_FOLDER]    (default: the environment variable QA_DATA_DIR)

It reads the SQuAD 2.0 training articles, the new Wikipedia part of SQuADShifts and the Wikinews articles, trains a
byte-level vocabulary with the ``tokenizers`` library, and turns its merges into tiktoken's ranks: the 256 bytes come
first, then every merge in the order in which it was learned. The same data gives the same file.
"""

from __future__ import annotations

import base64
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from tokenizers import Regex, Tokenizer
from tokenizers.models import BPE
from tokenizers.pre_tokenizers import ByteLevel, Sequence, Split
from tokenizers.trainers import BpeTrainer

from qa_service.tokens import PATTERN

SIZE = 16_000
TARGET = Path(__file__).parent.parent / "qa_service" / "data" / "tokens.tiktoken"


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ["QA_DATA_DIR"])
    TARGET.write_text(as_ranks(train(texts(folder))), encoding="ascii")


def texts(folder: Path) -> Iterator[str]:
    for name in ("squad2/train-first-10-articles.json", "squadshifts/new_wiki.json"):
        for article in json.loads((folder / name).read_text(encoding="utf-8"))["data"]:
            for paragraph in article["paragraphs"]:
                yield paragraph["context"]
                yield from (question["question"] for question in paragraph["qas"])
    for line in (folder / "wikinews/articles.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)["text"]


def train(corpus: Iterator[str]) -> Tokenizer:
    tokenizer = Tokenizer(BPE())
    split = Split(Regex(PATTERN), behavior="isolated")
    tokenizer.pre_tokenizer = Sequence([split, ByteLevel(add_prefix_space=False, use_regex=False)])
    trainer = BpeTrainer(vocab_size=SIZE, initial_alphabet=ByteLevel.alphabet(), show_progress=False)
    tokenizer.train_from_iterator(corpus, trainer)
    return tokenizer


def as_ranks(tokenizer: Tokenizer) -> str:
    """Give the vocabulary in tiktoken's format: a line for each token, its bytes in base64 and its rank."""
    merges = json.loads(tokenizer.to_str())["model"]["merges"]
    tokens = [bytes([value]) for value in range(256)]
    tokens += [_bytes_of(left + right) for left, right in merges]
    unique = dict.fromkeys(tokens)
    return "".join(f"{base64.b64encode(token).decode()} {rank}\n" for rank, token in enumerate(unique))


def _bytes_of(token: str) -> bytes:
    """Undo the printable disguise that byte-level vocabularies give to bytes."""
    return bytes(_DISGUISE[character] for character in token)


def _disguise() -> dict[str, int]:
    plain = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    hidden = [value for value in range(256) if value not in set(plain)]
    return {chr(value): value for value in plain} | {chr(256 + n): value for n, value in enumerate(hidden)}


_DISGUISE = _disguise()

if __name__ == "__main__":
    main()
