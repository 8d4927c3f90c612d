"""Reads a kept answer for people: its sentences with their numbers, and the numbered sources they rest on.

A kept answer is JSON as some version of the service sent it; what is not there counts as unknown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

_WEB = re.compile(r"https?://", re.IGNORECASE)
_UNSAFE = re.compile(r"[\s<>\\]+")


@dataclass(frozen=True, slots=True)
class Cited:
    """A span that a sentence rests on; ``number`` is the one in the answer's markers, ``day`` ISO 8601."""

    number: int
    document_id: str
    title: str
    publisher: str | None
    day: str | None
    url: str | None
    quote: str
    start: int
    end: int
    speaker: str | None

    def permalink(self, root: str) -> str:
        """The address at which the span is shown in its document; ``root`` is that of the service, ending in "/"."""
        span = f"start={self.start}&end={self.end}"
        return f"{root}documents/{quote(self.document_id, safe='')}/view?{span}#cited"

    def original(self) -> str | None:
        """Where the document was published, if that is an address on the web; safe between angle brackets."""
        if not self.url or not _WEB.match(self.url):
            return None
        return _UNSAFE.sub(lambda found: quote(found[0], safe=""), self.url)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the answer, the number in its marker and the spans it rests on, the one that is shown first."""

    text: str
    number: int
    sources: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Saved:
    """An answer for people: ``text`` without markers, ``open`` what the documents do not tell, a reason each."""

    question: str
    created: str
    status: str
    text: str
    sentences: tuple[Said, ...]
    open: tuple[str, ...]

    def sources(self) -> list[list[Cited]]:
        """Every span once, those of one document under one number together, in the order of the numbers."""
        cited = dict.fromkeys(source for sentence in self.sentences for source in sentence.sources)
        together: dict[tuple[int, str], list[Cited]] = {}
        for source in sorted(cited, key=lambda source: source.number):
            together.setdefault((source.number, source.document_id), []).append(source)
        return list(together.values())


def read(body: dict[str, Any]) -> Saved:
    """The answer that a response of the service holds."""
    return Saved(
        body["question"],
        body["created"],
        body["status"],
        body["answer_plain"],
        tuple(map(_said, body["citations"])),
        tuple(each["reason"] for each in body["not_found"]),
    )


def _said(citation: dict[str, Any]) -> Said:
    return Said(
        citation["text"],
        citation["number"],
        tuple(_cited(citation["number"], source) for source in citation["sources"]),
    )


def _cited(number: int, source: dict[str, Any]) -> Cited:
    return Cited(
        number,
        source["document_id"],
        source["document_title"],
        source.get("source"),
        source.get("published_at"),
        source.get("url"),
        source["cited_text"],
        source["start_char_index"],
        source["end_char_index"],
        source.get("speaker"),
    )
