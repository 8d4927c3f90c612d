"""Reads texts the way the library does, for tests of what is read out of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qa_service.ingest.clean import clean_page
from qa_service.language import names, statements
from qa_service.language.namebook import Register
from qa_service.sentences import split
from qa_service.types import Mention, Name, Sentence, Statement

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))


@dataclass(frozen=True)
class Reading:
    """One text with what was read out of it; ``names`` holds those of all texts read together."""

    text: str
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    statements: tuple[Statement, ...]
    names: dict[str, Name]

    def speakers(self) -> list[tuple[str, ...]]:
        """Those who speak in each sentence, outermost first."""
        return [tuple(s.speaker for s in self.statements if s.sentence == i) for i in range(len(self.sentences))]

    def mentioned(self) -> list[tuple[str, str]]:
        """(surface, name shown) of every mention."""
        return [(self.text[m.start : m.end], self.names[m.key].display) for m in self.mentions]


def read(*texts: str) -> list[Reading]:
    """Read texts together, as the documents of one index."""
    spans = [split(text) for text in texts]
    register = Register([names.spot(text, sentences) for text, sentences in zip(texts, spans, strict=True)])
    known = {name.key: name for name in register.names()}
    readings = []
    for number, (text, sentences) in enumerate(zip(texts, spans, strict=True)):
        mentions = register.mentions(number)
        said = statements.extract(text, sentences, mentions, known)
        readings.append(Reading(text, sentences, mentions, said, known))
    return readings


def seeds() -> list[Reading]:
    """The seed articles, read together."""
    return read(*(clean_page(path.read_text(encoding="utf-8"), path.stem, "").text for path in SEEDS))
