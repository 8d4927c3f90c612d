"""The reading side, one straight line: question → stand-alone question → hits → draft → verified → answer."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime

from . import conversation
from .compose import missing, verify
from .compose.conflicts import conflicts
from .compose.draft import Draft
from .compose.write import Written, write
from .errors import BadInput, ModelUnavailable, QAError
from .inquire import inquire
from .leftout import left_out
from .questions import question
from .sayings import Said
from .shelf import Shelves
from .store.catalog import Counts
from .types import Answer, Ask, Cited, Consulted, Delta, Document, Done, Event, Filter, Found, Hit, Started, Status

LONGEST = 2000  # characters in a question


class Answerer:
    """Answers from the current snapshot. Safe for use from several threads."""

    def __init__(self, shelves: Shelves, passages: int) -> None:
        self.shelves = shelves
        self._passages = passages

    def answer(self, ask: Ask) -> Answer:
        """The whole answer: ``stream`` run to its end."""
        for event in self.stream(ask):
            if isinstance(event, Done):
                return event.answer
        raise AssertionError("a stream of events ends with Done")

    def stream(self, ask: Ask) -> Iterator[Event]:
        """The answer as it is made: Started, Found, then Delta and Cited a sentence, at last Done.

        Raises BadInput for a question that cannot be used, NoIndex when there is nothing to answer from,
        ModelUnavailable when a language model is insisted upon.
        """
        began = time.perf_counter()
        _check(ask)
        shelf = self.shelves.current()
        asked = shelf.mend(conversation.standalone(ask.question.strip(), ask.history, shelf.book))
        identity = f"ans_{uuid.uuid4().hex[:16]}"
        yield Started(identity, asked, "extractive")
        found = inquire(shelf, asked, ask, self._passages)
        draft = verify.check(found.draft, shelf.snapshot.catalog)
        written = write(draft.pieces)
        documents = _consulted(found.hits, draft) + left_out(shelf.retriever, asked, ask.filters, self._passages)
        yield Found(documents)
        yield from _sentences(written)
        cited = [source for citation in written.citations for source in citation.sources]
        turns = (turn.content for turn in ask.history if turn.role == "user")
        follow_ups = shelf.suggester.after(cited, (ask.question, asked, *turns), ask.filters)
        total = time.perf_counter() - began
        yield Done(
            Answer(
                id=identity, created=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", question=ask.question,
                standalone_question=asked, status=_status(draft), text=written.text or _not_found(draft),
                plain=written.plain or _not_found(draft), citations=written.citations, missing=draft.missing,
                documents=documents, follow_ups=follow_ups, mode="extractive", model=None, filters=ask.filters,
                index_version=shelf.snapshot.version,
                timings_ms={
                    "search": _milliseconds(found.searching), "compose": _milliseconds(total - found.searching),
                    "total": _milliseconds(total),
                },
                confidence=draft.confidence, conflicts=conflicts(written.citations),
            )
        )  # fmt: skip

    def search(self, query: str, k: int) -> list[Hit]:
        """The ``k`` passages that serve a query best, as the reader has it, best first."""
        shelf = self.shelves.current()
        found = shelf.retriever.search(query, max(k, self._passages), Filter())
        return list(shelf.extractor.gatherer.ranked(question.read(query, shelf.book), found, Filter())[:k])

    def documents(
        self, query: str | None, source: str | None, limit: int, cursor: str | None
    ) -> tuple[list[Document], str | None]:
        """A page of the documents, newest first, and the cursor of the next page."""
        return self.shelves.current().snapshot.catalog.list_documents(query, source, limit, cursor)

    def statements(
        self, speaker: str | None, about: str | None, limit: int, cursor: str | None
    ) -> tuple[list[Said], str | None]:
        """A page of who said what (see ``Sayings.page``), and the cursor of the next page."""
        return self.shelves.current().sayings.page(speaker, about, limit, cursor)

    def document(self, document_id: str) -> Document:
        """One document; UnknownId when there is none with that id."""
        return self.shelves.current().snapshot.catalog.document(document_id)

    def counts(self) -> Counts:
        """How much the index holds."""
        return self.shelves.current().snapshot.catalog.counts()

    def days(self) -> tuple[date | None, date | None]:
        """The days on which the oldest and the newest document were published, as far as documents say so."""
        return self.shelves.current().snapshot.catalog.days

    def index_version(self) -> str:
        """What the answers of this moment depend on, as one digest."""
        return self.shelves.current().snapshot.version

    def examples(self) -> tuple[str, ...]:
        """Questions that the index can answer, made from its own statements."""
        return self.shelves.current().suggester.examples()

    def ready(self) -> str | None:
        """None when questions can be answered, else one sentence that says why not."""
        try:
            self.shelves.current()
        except QAError as error:
            return error.message
        return None


def _check(ask: Ask) -> None:
    text = ask.question.strip()
    if not text:
        raise BadInput("The question is empty; write what you want to know.", field="question")
    if len(text) > LONGEST:
        raise BadInput(f"The question has {len(text)} characters; at most {LONGEST} are read.", field="question")
    if not 1 <= ask.max_sentences <= 20:
        raise BadInput("max_sentences must lie between 1 and 20.", field="max_sentences")
    if ask.mode == "llm":
        raise ModelUnavailable("No language model is configured; ask with mode auto or extractive.", field="mode")


def _sentences(written: Written) -> Iterator[Event]:
    for index, citation in enumerate(written.citations):
        following = written.citations[index + 1].start if index + 1 < len(written.citations) else len(written.text)
        yield Delta(written.text[citation.start : following], citation.start)
        yield Cited(citation)


def _consulted(hits: Sequence[Hit], draft: Draft) -> tuple[Consulted, ...]:
    """Each document once, the cited ones first in order of use, then the others by score."""
    scores: dict[str, float] = {}
    shown = [source for piece in draft.pieces for source in (piece, *piece.copies)]
    documents = {piece.document.id: piece.document for piece in shown}
    for hit in hits:
        scores.setdefault(hit.document.id, hit.score)
        documents.setdefault(hit.document.id, hit.document)
    cited = {piece.document.id for piece in shown}
    return tuple(Consulted(d, scores.get(key, 0.0), key in cited) for key, d in documents.items())


def _status(draft: Draft) -> Status:
    if not draft.pieces:
        return "not_found"
    return "partial" if draft.missing else "answered"


def _not_found(draft: Draft) -> str:
    """The reasons as one sentence."""
    return missing.sentence(draft.missing) if draft.missing else "The documents do not answer this."


def _milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 2)
