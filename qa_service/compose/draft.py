"""What a composer hands on: pieces of documents that answer, or the reason why nothing does."""

from __future__ import annotations

from dataclasses import dataclass

from qa_service.types import Document, Missing


@dataclass(frozen=True, slots=True)
class Piece:
    """A span of a document that is to be shown as a sentence of the answer, and who speaks in it.

    ``copies`` are the spans of other documents that say the same in the same words: further sources of one citation.
    """

    document: Document
    passage_id: str
    start: int
    end: int
    speaker: str | None
    score: float
    copies: tuple[Piece, ...] = ()

    @property
    def text(self) -> str:
        """The verbatim span."""
        return self.document.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Draft:
    """Pieces in the order in which they are to be read, and what they leave open. No piece: nothing was found.

    ``confidence`` is the probability, 0 to 1, that the documents answer: what the decision to answer rested on.
    """

    pieces: tuple[Piece, ...]
    missing: tuple[Missing, ...] = ()
    confidence: float = 0.0
