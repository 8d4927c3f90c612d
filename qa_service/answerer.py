"""The reading side, one straight line: question → stand-alone question → hits → draft → verified → answer.

Where a language model is configured it words the follow-up and writes the sentences; each is checked by ``generate``,
and the draft that is made without it is what is left when it fails.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from . import conversation, outcome
from .compose import verify
from .compose.conflicts import conflicts
from .compose.draft import Draft, Piece
from .compose.write import Writer
from .errors import BadInput, ModelUnavailable, QAError
from .generate import Author, Generation, Task
from .inquire import Findings, inquire
from .leftout import left_out
from .questions import parts, question
from .sayings import Said
from .shelf import Shelf, Shelves
from .store.catalog import Counts
from .types import Answer, Ask, Document, Done, Event, Filter, Found, Hit, Source, Started

LONGEST = 2000  # characters in a question
_PROPOSED = 3  # questions of a language model that are looked into


@dataclass(frozen=True, slots=True)
class _Asked:
    """One question on its way: what it became, what it is asked of, and who writes, until when (monotonic time)."""

    ask: Ask
    standalone: str
    identity: str
    shelf: Shelf
    author: Author | None
    deadline: float


class Answerer:
    """Answers from the current snapshot. Safe for use from several threads."""

    def __init__(self, shelves: Shelves, passages: int, author: Author | None = None) -> None:
        self.shelves = shelves
        self._passages = passages
        self._author = author

    def answer(self, ask: Ask) -> Answer:
        """The whole answer: ``stream`` run to its end."""
        for event in self.stream(ask):
            if isinstance(event, Done):
                return event.answer
        raise AssertionError("a stream of events ends with Done")

    def stream(self, ask: Ask) -> Iterator[Event]:
        """The answer as it is made: Started, Found, then a Delta and its Cited a sentence, at last Done.

        Raises BadInput for a question that cannot be used, NoIndex when there is nothing to answer from,
        ModelUnavailable when a language model is insisted upon and none is configured.
        """
        began = time.perf_counter()
        self._check(ask)
        asked = self._understood(ask)
        yield Started(asked.identity, asked.standalone, "llm" if asked.author else "extractive")
        found = inquire(asked.shelf, asked.standalone, _clauses(asked), ask, self._passages)
        draft = verify.check(found.draft, asked.shelf.snapshot.catalog)
        generation = self._begun(asked, found, draft)
        unlisted = left_out(asked.shelf.retriever, asked.standalone, ask.filters, self._passages)
        yield Found(outcome.consulted(found.hits, [] if generation else outcome.shown(draft)) + unlisted)
        writer = Writer()
        yield from writer.add(_told(generation, draft, ask.max_sentences))
        written = writer.written()
        cited = [source for citation in written.citations for source in citation.sources]
        follow_ups = self._proposed(asked, generation, cited) or _suggested(asked, cited)
        wrote = generation is not None and generation.shown > 0
        total = time.perf_counter() - began
        yield Done(
            Answer(
                id=asked.identity, created=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", question=ask.question,
                standalone_question=asked.standalone, status=outcome.status(draft),
                text=written.text or outcome.reason(draft), plain=written.plain or outcome.reason(draft),
                citations=written.citations, missing=draft.missing,
                documents=outcome.consulted(found.hits, [source.document for source in cited]) + unlisted,
                follow_ups=follow_ups, mode="llm" if wrote else "extractive",
                model=asked.author.name if wrote and asked.author else None, filters=ask.filters,
                index_version=asked.shelf.snapshot.version,
                timings_ms={
                    "search": _milliseconds(found.searching), "compose": _milliseconds(total - found.searching),
                    "total": _milliseconds(total),
                },
                confidence=draft.confidence, conflicts=conflicts(written.citations),
                note=generation.note if generation else None, withheld=generation.withheld if generation else 0,
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

    def model_name(self) -> str | None:
        """The language model that writes answers, if one is configured."""
        return self._author.name if self._author else None

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

    def _check(self, ask: Ask) -> None:
        text = ask.question.strip()
        if not text:
            raise BadInput("The question is empty; write what you want to know.", field="question")
        if len(text) > LONGEST:
            raise BadInput(f"The question has {len(text)} characters; at most {LONGEST} are read.", field="question")
        if not 1 <= ask.max_sentences <= 20:
            raise BadInput("max_sentences must lie between 1 and 20.", field="max_sentences")
        if ask.mode == "llm" and self._author is None:
            raise ModelUnavailable("No language model is configured; ask with mode auto or extractive.", field="mode")

    def _understood(self, ask: Ask) -> _Asked:
        """The question with what the conversation adds to it, worded by the language model where that works."""
        shelf = self.shelves.current()
        # Who is quoted is known sentence by sentence, so what is kept to one speaker is quoted.
        author = self._author if ask.mode != "extractive" and not ask.filters.speaker else None
        deadline = time.monotonic() + (author.seconds if author else 0.0)
        text = ask.question.strip()
        worded = author.standalone(text, ask.history, deadline) if author and ask.history else None
        standalone = shelf.mend(worded or conversation.standalone(text, ask.history, shelf.book))
        return _Asked(ask, standalone, f"ans_{uuid.uuid4().hex[:16]}", shelf, author, deadline)

    def _begun(self, asked: _Asked, found: Findings, draft: Draft) -> Generation | None:
        """The answer of the language model, where one is to write and the documents answer at all.

        Whether they do is never left to it: what it writes about something else would be borne out by them as well.
        """
        if asked.author is None or not draft.pieces:
            return None
        quoted = {piece.passage_id for piece in draft.pieces}
        hits = tuple(sorted(found.hits, key=lambda hit: hit.passage.id not in quoted))
        others = len({piece.part for piece in draft.pieces}) - 1  # parts that a sentence is kept for: see _told
        most = max(1, asked.ask.max_sentences - others)
        catalog = asked.shelf.snapshot.catalog
        task = Task(asked.standalone, hits, most, asked.deadline, lambda piece: verify.proven(piece, catalog))
        return asked.author.begin(task, asked.shelf.articles)

    def _proposed(self, asked: _Asked, generation: Generation | None, cited: Sequence[Source]) -> tuple[str, ...]:
        """Questions that the language model proposes, from the passages cited, and that the documents answer."""
        if asked.author is None or generation is None or generation.note:
            return ()
        used = {source.passage_id for source in cited}
        passages = [passage for passage in generation.passages if passage.hit.passage.id in used]
        already = {text.casefold() for text in _already(asked)}
        proposed = asked.author.proposals(asked.standalone, passages, asked.deadline)
        new = [text for text in proposed if text.casefold() not in already]
        return tuple(text for text in new[:_PROPOSED] if self._is_answered(asked, text))

    def _is_answered(self, asked: _Asked, text: str) -> bool:
        """Whether the documents answer a question that is proposed."""
        ask = Ask(text, filters=asked.ask.filters)
        return bool(inquire(asked.shelf, text, (text,), ask, self._passages).draft.pieces)


def _clauses(asked: _Asked) -> tuple[str, ...]:
    """The questions of a message; those that the grammar does not part are parted by the language model."""
    found = parts.clauses(asked.standalone)
    if len(found) > 1 or asked.author is None:
        return found
    return asked.author.parts(asked.standalone, asked.deadline) or found


def _told(generation: Generation | None, draft: Draft, most: int) -> Iterator[Piece]:
    """The sentences of the language model, then those of the draft that are wanting.

    These are all if it broke off or left nothing, else those of the parts of the question for which it rests on none of
    their passages. Nothing that was told is taken back or told twice.
    """
    told: list[Piece] = []
    for piece in generation or ():
        told.append(piece)
        yield piece
    used = {each.passage_id for piece in told for each in piece.all()}
    answered = {piece.part for piece in draft.pieces if any(each.passage_id in used for each in piece.all())}
    whole = bool(generation and generation.note) or not told
    wanting = [piece for piece in draft.pieces if whole or piece.part not in answered]
    cited = {each.spot for piece in told for each in piece.all()}
    new = [piece for piece in wanting if cited.isdisjoint(each.spot for each in piece.all())]
    yield from new[: most - len(told)]


def _suggested(asked: _Asked, cited: Sequence[Source]) -> tuple[str, ...]:
    """Questions that are made of the documents themselves."""
    return asked.shelf.suggester.after(cited, _already(asked), asked.ask.filters)


def _already(asked: _Asked) -> tuple[str, ...]:
    """The questions of the conversation."""
    turns = (turn.content for turn in asked.ask.history if turn.role == "user")
    return asked.ask.question, asked.standalone, *turns


def _milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 2)
