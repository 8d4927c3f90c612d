"""Verified pieces become the text of an answer with its markers and citations; offsets are counted here, once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa_service.types import Citation, Source

from .draft import Piece


@dataclass(frozen=True, slots=True)
class Written:
    """An answer's text with ``[n]`` markers, the same without, and the citations, one a sentence."""

    text: str
    plain: str
    citations: tuple[Citation, ...]


def write(pieces: Sequence[Piece]) -> Written:
    """Join pieces; passages are numbered in the order of their first use."""
    numbers: dict[str, int] = {}
    parts: list[str] = []
    citations: list[Citation] = []
    at = 0
    for count, piece in enumerate(pieces, start=1):
        number = numbers.setdefault(piece.passage_id, len(numbers) + 1)
        citations.append(_cite(piece, f"c{count}", number, at))
        parts.append(f"{piece.text} [{number}]")
        at += len(parts[-1]) + 1
    return Written(" ".join(parts), " ".join(piece.text for piece in pieces), tuple(citations))


def _cite(piece: Piece, name: str, number: int, at: int) -> Citation:
    sources = tuple(map(_source, (piece, *piece.copies)))
    return Citation(name, number, at, at + len(piece.text), piece.text, "verbatim", sources)


def _source(piece: Piece) -> Source:
    return Source(piece.document, piece.passage_id, piece.start, piece.end, piece.text, piece.speaker, verified=True)
