"""Cuts a stored text into paragraphs and pieces, so that a template can mark one span of it."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text within a paragraph, inside the marked span or outside it."""

    text: str
    marked: bool


def marked_paragraphs(text: str, start: int, end: int) -> list[list[Piece]]:
    """Return the non-empty lines of ``text`` in pieces, with ``text[start:end]`` marked.

    Offsets count code points. The marked pieces together are the span without its line breaks; an empty span marks
    nothing.
    """
    return [_pieces(text, line, start, end) for line in re.finditer(r"[^\n]*\S[^\n]*", text)]


def _pieces(text: str, line: re.Match[str], start: int, end: int) -> list[Piece]:
    first, last = (min(max(offset, line.start()), line.end()) for offset in (start, end))
    cut = ((line.start(), first, False), (first, last, True), (last, line.end(), False))
    return [Piece(text[begin:stop], marked) for begin, stop, marked in cut if begin < stop]
