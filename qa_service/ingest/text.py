"""What every kind of document goes through: checking its characters, giving it an id, a title where it has none."""

from __future__ import annotations

import hashlib
import re

from qa_service.errors import BadDocument

_SURROGATE = re.compile("[\ud800-\udfff]")
_TITLE_WORDS, _TITLE_LENGTH = 10, 100


def vocabulary(words: str) -> frozenset[str]:
    """Return the set of the words in ``words``, which has them in one string for the eye."""
    return frozenset(words.split())


def document_id(source: str | None, text: str) -> str:
    """Return the id of a document: "doc_" and 16 hexadecimal digits of the SHA-256 of its source and text."""
    digest = hashlib.sha256(f"{source or ''}\0{text}".encode())
    return "doc_" + digest.hexdigest()[:16]


def check_characters(text: str, label: str) -> str:
    """Return ``text``; raise BadDocument, naming ``label``, for NUL and lone surrogates, which no text file holds."""
    if "\0" in text or _SURROGATE.search(text):
        raise BadDocument(f"{label} holds characters that are not text; save it as plain text in UTF-8.")
    return text


def plain_text(raw: str, label: str) -> str:
    r"""Return ``raw``, checked, with ``\n`` as its only line ending and without a byte order mark."""
    return check_characters(raw, label).removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def first_words(text: str) -> str:
    """Return the first ten words of ``text``, with an ellipsis where that cuts it: the title of what has no title."""
    words = " ".join(text.split(None, _TITLE_WORDS)[:_TITLE_WORDS])[:_TITLE_LENGTH]
    return words if len(words) >= len(" ".join(text.split())) else words + "…"
