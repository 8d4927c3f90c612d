"""Reads a kept answer for people: its sentences with their numbers, and the numbered sources they rest on.

A kept answer is JSON as some version of the service sent it; what is not there counts as unknown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
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
    """A sentence of the answer and the spans it rests on, those of each of its markers together."""

    text: str
    sources: tuple[Cited, ...]

    def marked(self) -> tuple[Cited, ...]:
        """For each marker the span that is shown first."""
        shown: dict[int, Cited] = {}
        for source in self.sources:
            shown.setdefault(source.number, source)
        return tuple(shown.values())


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote an answer: ``name`` is the language model, None where the documents are quoted.

    ``note`` says in English why a model that is configured did not write it, or not to its end; ``withheld`` how many
    of its sentences are not shown.
    """

    name: str | None
    note: str | None
    withheld: int


@dataclass(frozen=True, slots=True)
class Saved:
    """An answer for people: ``text`` without markers, ``open`` what the documents do not tell, a reason each."""

    question: str
    created: str
    status: str
    text: str
    sentences: tuple[Said, ...]
    open: tuple[str, ...]
    author: Author

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
        tuple(_said(list(same)) for _, same in groupby(body["citations"], key=_place)),
        tuple(each["reason"] for each in body["not_found"]),
        _author(body.get("model") or {}),
    )


def _place(citation: dict[str, Any]) -> tuple[int, int]:
    """Where a cited sentence stands; one that rests on several passages has a citation for each, in a row."""
    return citation["start"], citation["end"]


def _said(citations: list[dict[str, Any]]) -> Said:
    sources = (_cited(each["number"], source) for each in citations for source in each["sources"])
    return Said(citations[0]["text"], tuple(sources))


def _author(model: dict[str, Any]) -> Author:
    name = model.get("name") if model.get("mode") == "llm" else None
    return Author(name, model.get("note"), model.get("withheld") or 0)


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
