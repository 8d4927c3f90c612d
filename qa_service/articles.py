"""A document as the answering side reads it: sentences with their words, names, speakers and occasions at hand."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

from .language.occasions import Occasions
from .language.words import terms
from .store.catalog import Catalog
from .types import Document, Mention, Name, NameKind, Sentence, Statement

_KEPT = 512  # articles held in memory


@dataclass(frozen=True)
class Article:
    """One document with what the catalog knows of it. Lists are indexed by sentence."""

    document: Document
    sentences: tuple[Sentence, ...]
    first_row: int
    mentions: tuple[Mention, ...]
    statements: tuple[Statement, ...]
    people: frozenset[str]  # keys of the persons it names
    bodies: frozenset[str]  # keys of the bodies, events and works it names

    def text(self, sentence: int) -> str:
        """The verbatim sentence."""
        span = self.sentences[sentence]
        return self.document.text[span.start : span.end]

    @cached_property
    def terms(self) -> tuple[frozenset[str], ...]:
        """The terms of each sentence."""
        return tuple(frozenset(terms(self.text(i))) for i in range(len(self.sentences)))

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The terms of the whole document."""
        return frozenset().union(*self.terms)

    @cached_property
    def title_terms(self) -> frozenset[str]:
        """The terms of the title."""
        return frozenset(terms(self.document.title))

    @cached_property
    def keys(self) -> tuple[frozenset[str], ...]:
        """The keys of the names in each sentence, those of its speakers included; "" for a speaker without a name."""
        found: list[set[str]] = [set() for _ in self.sentences]
        for mention in self.mentions:
            found[mention.sentence].add(mention.key)
        for statement in self.statements:
            found[statement.sentence].add(statement.speaker_key)
        return tuple(map(frozenset, found))

    @cached_property
    def all_keys(self) -> frozenset[str]:
        """The keys of all names in the document."""
        return frozenset().union(*self.keys)

    @cached_property
    def subjects(self) -> frozenset[str]:
        """The keys of the names that the whole document is about: those that a fifth of its sentences have."""
        counts = Counter(key for keys in self.keys for key in keys)
        return frozenset(key for key, count in counts.items() if count >= max(2, len(self.sentences) / 5))

    @cached_property
    def said(self) -> Mapping[int, tuple[Statement, ...]]:
        """The statements of each sentence that has any, outermost first."""
        found: dict[int, tuple[Statement, ...]] = {}
        for statement in self.statements:
            found[statement.sentence] = (*found.get(statement.sentence, ()), statement)
        return found

    @cached_property
    def occasions(self) -> Occasions:
        """The meetings and calls that the document tells of."""
        return Occasions(self.document.text, self.sentences, [m for m in self.mentions if m.key in self.people])


class Articles:
    """Reads articles from the catalog and keeps the ones used last. Safe for use from several threads."""

    def __init__(self, catalog: Catalog, names: Mapping[str, Name]) -> None:
        self._catalog = catalog
        self._names = names
        self._kept: OrderedDict[str, Article] = OrderedDict()
        self._lock = Lock()

    def get(self, document_id: str) -> Article:
        """The article with that id; UnknownId when there is none."""
        with self._lock:
            if document_id in self._kept:
                self._kept.move_to_end(document_id)
                return self._kept[document_id]
        article = self._read(document_id)
        with self._lock:
            self._kept[document_id] = article
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return article

    def _read(self, document_id: str) -> Article:
        mentions = tuple(self._catalog.mentions(document_id))
        return Article(
            document=self._catalog.document(document_id),
            sentences=self._catalog.sentences(document_id),
            first_row=self._catalog.sentence_rows(document_id).start,
            mentions=mentions,
            statements=tuple(self._catalog.statements(document_id)),
            people=self._of_kind(mentions, "person"),
            bodies=self._of_kind(mentions, "organisation") | self._of_kind(mentions, "other"),
        )

    def _of_kind(self, mentions: Iterable[Mention], kind: NameKind) -> frozenset[str]:
        return frozenset(m.key for m in mentions if self._names[m.key].kind == kind)
