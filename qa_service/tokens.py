"""Counts tokens with an encoding that ships with the package; where a text is cut is decided in ``chunk``.

tiktoken's own encodings are downloaded at first use. This one is a byte-pair vocabulary trained by
``training/train_tokenizer.py``, so that a passage has the same size on every machine, online or not.
"""

from __future__ import annotations

import base64
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tiktoken

# GPT-2's way of cutting text into words, but: a typographic apostrophe counts as a plain one, figures are taken three
# at a time, and white space is not looked beyond, since looking ahead overflows the stack on a megabyte of spaces.
PATTERN = r"['’](?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}{1,3}| ?[^\s\p{L}\p{N}]+|\s+"


@cache
def encoding() -> tiktoken.Encoding:
    """Return the product's own encoding, read once from the package's data and without special tokens."""
    import tiktoken

    lines = files("qa_service").joinpath("data/tokens.tiktoken").read_bytes().splitlines()
    ranks = {base64.b64decode(token): int(rank) for token, rank in (line.split() for line in lines)}
    return tiktoken.Encoding("qa-service", pat_str=PATTERN, mergeable_ranks=ranks, special_tokens={})


def count(text: str) -> int:
    """Return the number of tokens of ``text``. Words that look like special tokens are ordinary words here."""
    return len(encoding().encode_ordinary(text))
