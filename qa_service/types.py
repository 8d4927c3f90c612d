"""The values that flow through the service: frozen, typed, and made of the standard library only.

Every span in here is a half-open pair of offsets into ``Document.text``, counted in Unicode code points,
and ``document.text[start:end]`` is always the exact text that the value stands for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Status = Literal["answered", "partial", "not_found"]
Support = Literal["verbatim", "supported"]
Mode = Literal["auto", "extractive", "llm"]
Role = Literal["user", "assistant"]


@dataclass(frozen=True, slots=True)
class Document:
    """One article as it is stored: the body verbatim, and what its page says about itself.

    ``id`` is derived from ``source`` and ``text`` (see ``qa_service.ingest.clean.document_id``).
    ``name`` is what its owner calls it: the file's name without its ending, or the ``id`` of a JSONL line.
    ``origin`` says where it was read from, so that reading the same place again replaces it; it stays on the machine.
    """

    id: str
    name: str
    title: str
    text: str
    source: str | None = None  # publisher, as a reader knows it
    agency: str | None = None  # news agency the publisher credits
    author: str | None = None
    place: str | None = None  # dateline place
    url: str | None = None
    published_at: date | None = None  # stated publication date; never the date of a page view
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence span of a document; ``index`` counts from 0 within it, ``paragraph`` likewise."""

    index: int
    start: int
    end: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Whole consecutive sentences of one document, the unit of retrieval.

    ``first`` and ``last`` are sentence indices, both inclusive. ``tokens`` is counted by ``qa_service.tokens``.
    """

    id: str
    document_id: str
    start: int
    end: int
    text: str
    first: int
    last: int
    tokens: int


NameKind = Literal["person", "organisation", "place", "other"]


@dataclass(frozen=True, slots=True)
class Name:
    """Someone or something that the documents name, under all its spellings.

    ``key`` is stable within one index (the case-folded display form); ``variants`` are the surface forms met.
    ``offices`` holds what a person is introduced as, each "kind" or "kind/country": "diplomat/russia".
    """

    key: str
    display: str
    kind: NameKind
    variants: tuple[str, ...]
    offices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """One occurrence of a name (``Name.key``) in a sentence; ``start``/``end`` cover the words of the name."""

    key: str
    sentence: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """Who says what in one sentence.

    ``speaker`` is the name as shown, ``speaker_key`` its ``Name.key``, empty for one without a name; ``cue`` the words
    that attribute ("said", "according to"), empty where a quotation goes on. ``occasion`` holds the keys of those who
    took part in the meeting or call that the sentence belongs to, as far as the text says. ``start``/``end`` cover the
    whole sentence, ``content`` the stretches of it that hold what is said, in order: never the cue or the speaker.
    ``addressee`` is to whom it is said, as shown or as the text puts it ("reporters"), ``said_on`` the day, where the
    text states one.
    """

    sentence: int
    start: int
    end: int
    speaker: str
    speaker_key: str
    cue: str
    quoted: bool
    occasion: tuple[str, ...] = ()
    content: tuple[tuple[int, int], ...] = ()
    addressee: str = ""
    said_on: date | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A document with everything that was read out of it at indexing time: one row group of the catalog."""

    document: Document
    sentences: tuple[Sentence, ...]
    passages: tuple[Passage, ...]
    mentions: tuple[Mention, ...]
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """What may be cited; empty means everything. Sources are compared without regard to case."""

    sources: tuple[str, ...] = ()
    document_ids: tuple[str, ...] = ()
    published_after: date | None = None
    published_before: date | None = None
    speaker: str | None = None

    def __bool__(self) -> bool:
        return self != Filter()


@dataclass(frozen=True, slots=True)
class Hit:
    """A retrieved passage with its document and its fused score (0 to 1, higher is better)."""

    passage: Passage
    document: Document
    score: float


@dataclass(frozen=True, slots=True)
class Source:
    """The span of a stored document on which a citation rests."""

    document: Document
    passage_id: str
    start: int
    end: int
    cited_text: str
    speaker: str | None = None
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """A part of the answer (``start``/``end`` into ``Answer.text``) and the sources it rests on."""

    id: str
    number: int
    start: int
    end: int
    text: str
    support: Support
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Citations (``Citation.id``) whose documents say otherwise on one matter; ``topic`` is the words they share."""

    citation_ids: tuple[str, ...]
    topic: str


@dataclass(frozen=True, slots=True)
class Missing:
    """A part of the question that the documents do not answer, and why."""

    part: str
    reason: str


@dataclass(frozen=True, slots=True)
class Consulted:
    """A document that was found: cited, or only related."""

    document: Document
    score: float
    cited: bool
    filter_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier message of the conversation."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Ask:
    """One question with everything that decides its answer.

    ``least`` is the confidence from which an answer is given; None: the fitted one. 0 asks for the best there is.
    """

    question: str
    history: tuple[Turn, ...] = ()
    filters: Filter = field(default_factory=Filter)
    mode: Mode = "auto"
    max_sentences: int = 5
    least: float | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A finished answer. ``text`` carries ``[n]`` markers, ``plain`` does not.

    ``timings_ms`` maps a stage (``search``, ``compose``, ``total``) to milliseconds. ``confidence`` is the probability,
    0 to 1, that the documents answer, by which an answer was given or withheld. ``note`` says why a language model was
    not used or broke off, ``withheld`` how many of its sentences were not shown for want of proof.
    """

    id: str
    created: str
    question: str
    standalone_question: str
    status: Status
    text: str
    plain: str
    citations: tuple[Citation, ...]
    missing: tuple[Missing, ...]
    documents: tuple[Consulted, ...]
    follow_ups: tuple[str, ...]
    mode: Mode
    model: str | None
    filters: Filter
    index_version: str
    timings_ms: dict[str, float]
    confidence: float = 0.0
    conflicts: tuple[Conflict, ...] = ()
    note: str | None = None
    withheld: int = 0


@dataclass(frozen=True, slots=True)
class Started:
    """The question is understood; searching begins."""

    id: str
    standalone_question: str
    mode: Mode


@dataclass(frozen=True, slots=True)
class Found:
    """The documents that the answer will draw on, or that come nearest."""

    documents: tuple[Consulted, ...]


@dataclass(frozen=True, slots=True)
class Delta:
    """One verified sentence of the answer with its markers; ``start`` is its offset in ``Answer.text``."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation of the sentence just sent."""

    citation: Citation


@dataclass(frozen=True, slots=True)
class Done:
    """The whole answer."""

    answer: Answer


Event = Started | Found | Delta | Cited | Done
