"""Verified pieces become the text of an answer with its markers and citations; offsets are counted here, once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qa_service.types import Citation, Cited, Delta, Source

from .draft import Piece


@dataclass(frozen=True, slots=True)
class Written:
    """An answer's text with ``[n]`` markers, the same without, and the citations, at least one a sentence."""

    text: str
    plain: str
    citations: tuple[Citation, ...]


class Writer:
    """Writes an answer sentence by sentence; passages are numbered in the order of their first use."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._sentences: list[str] = []
        self._marked: list[str] = []
        self._citations: list[Citation] = []
        self._at = 0

    def add(self, pieces: Iterable[Piece]) -> Iterator[Delta | Cited]:
        """Write each piece as it comes: its sentence with its markers, then a citation for each passage it rests on.

        A sentence ends with the space that parts it from the next, since whether there is one is not known yet.
        """
        for piece in pieces:
            citations = [self._cite(each, piece) for each in (piece, *piece.beside)]
            self._sentences.append(piece.words)
            self._marked.append(" ".join([piece.words, *(f"[{citation.number}]" for citation in citations)]))
            yield Delta(f"{self._marked[-1]} ", self._at)
            self._at += len(self._marked[-1]) + 1
            yield from map(Cited, citations)

    def written(self) -> Written:
        """Everything that was written so far."""
        return Written(" ".join(self._marked), " ".join(self._sentences), tuple(self._citations))

    def _cite(self, piece: Piece, sentence: Piece) -> Citation:
        """The citation of one passage that a sentence rests on."""
        number = self._numbers.setdefault(piece.passage_id, len(self._numbers) + 1)
        name, end = f"c{len(self._citations) + 1}", self._at + len(sentence.words)
        sources = tuple(map(_source, (piece, *piece.copies)))
        self._citations.append(Citation(name, number, self._at, end, sentence.words, sentence.support, sources))
        return self._citations[-1]


def write(pieces: Iterable[Piece]) -> Written:
    """Write all pieces at once."""
    writer = Writer()
    for _ in writer.add(pieces):
        pass
    return writer.written()


def _source(piece: Piece) -> Source:
    return Source(piece.document, piece.passage_id, piece.start, piece.end, piece.text, piece.speaker, verified=True)
