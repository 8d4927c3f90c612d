"""What a composer hands on: pieces of documents that answer, or the reason why nothing does."""

from __future__ import annotations

from dataclasses import dataclass

from qa_service.types import Document, Missing, Support


@dataclass(frozen=True, slots=True)
class Piece:
    """A span of a document that is to be shown as a sentence of the answer, and who speaks in it.

    ``copies`` are further sources of the same citation: spans of other documents that say the same in the same words,
    or others of the same passage. ``said`` are the words of the answer where a language model wrote them; ``beside``
    are the pieces of other passages that these words rest on as well, each a citation of its own. ``part`` numbers the
    question of the message that it answers.
    """

    document: Document
    passage_id: str
    start: int
    end: int
    speaker: str | None
    score: float
    copies: tuple[Piece, ...] = ()
    said: str | None = None
    beside: tuple[Piece, ...] = ()
    part: int = 0

    def all(self) -> tuple[Piece, ...]:
        """Every span that the sentence rests on, as a piece of its own; the first is this one."""
        return tuple(each for part in (self, *self.beside) for each in (part, *part.copies))

    @property
    def spot(self) -> tuple[str, int, int]:
        """Where the span stands: the document's id, start and end."""
        return self.document.id, self.start, self.end

    @property
    def text(self) -> str:
        """The verbatim span."""
        return self.document.text[self.start : self.end]

    @property
    def words(self) -> str:
        """The sentence of the answer."""
        return self.text if self.said is None else self.said

    @property
    def support(self) -> Support:
        """Whether the words of the answer stand in the span."""
        return "verbatim" if self.words in self.text else "supported"


@dataclass(frozen=True, slots=True)
class Draft:
    """Pieces in the order in which they are to be read, and what they leave open. No piece: nothing was found.

    ``confidence`` is the probability, 0 to 1, that the documents answer: what the decision to answer rested on.
    """

    pieces: tuple[Piece, ...]
    missing: tuple[Missing, ...] = ()
    confidence: float = 0.0
