"""One open snapshot with everything that answering needs from it, and the rule by which a newer one takes its place."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

from .articles import Articles
from .compose.candidates import Gatherer
from .compose.extract import Extractor
from .embed import Embedder
from .errors import NoIndex
from .language.references import NameBook
from .language.spelling import mend, with_forms
from .language.words import words
from .read import Reader
from .retrieve import Retriever
from .sayings import Sayings
from .store.manifest import check_compatible
from .store.snapshot import Snapshot, SnapshotStore
from .suggest import Suggester
from .weigh.senses import Senses


class Vocabulary(Collection[str]):
    """The words of documents and the other English forms of them, which are made only when a word needs mending."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)

    @cached_property
    def _all(self) -> frozenset[str]:
        return with_forms(self._words)

    def __contains__(self, word: object) -> bool:
        return word in self._words or word in self._all

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)


@dataclass(frozen=True)
class Shelf:
    """A snapshot, ready to be asked. It stays as it is as long as somebody holds it."""

    snapshot: Snapshot
    book: NameBook
    vocabulary: Vocabulary
    articles: Articles
    retriever: Retriever
    extractor: Extractor
    sayings: Sayings
    suggester: Suggester

    def mend(self, question: str) -> str:
        """The question with its typing errors corrected."""
        return mend(question, self.vocabulary, lambda word: bool(self.book.find(word)[0]))


class Shelves:
    """Hands out the current shelf; opens another when a new snapshot has been published."""

    def __init__(self, store: SnapshotStore, embedder: Embedder, reader: Reader) -> None:
        self._store = store
        self._embedder = embedder
        self._reader = reader
        self._shelf: Shelf | None = None
        self._lock = Lock()

    def current(self) -> Shelf:
        """The shelf of the current snapshot. Raises NoIndex, WrongIndex or Damaged when there is none to open.

        An older snapshot is not closed here: a request may still read from it, and it is closed with its last user.
        """
        shelf = self._shelf
        if shelf is not None and not self._store.is_stale(shelf.snapshot):
            return shelf
        with self._lock:
            if self._shelf is None or self._store.is_stale(self._shelf.snapshot):
                self._shelf = self._open()
            return self._shelf

    def _open(self) -> Shelf:
        snapshot = self._store.open_current()
        if not snapshot.manifest.counts.documents:
            snapshot.close()
            raise NoIndex("The index holds no document; add one first.")
        check_compatible(snapshot.manifest, self._embedder.name, self._embedder.fingerprint)
        names = snapshot.catalog.names()
        articles = Articles(snapshot.catalog, {name.key: name for name in names})
        retriever = Retriever(self._embedder, snapshot)
        senses = Senses(self._embedder, snapshot)
        published = [word.text for source in snapshot.catalog.sources() for word in words(source.casefold())]
        told = [*snapshot.catalog.words(), *published]  # a publisher that a question names is nobody unknown
        gatherer = Gatherer(snapshot.catalog, articles, retriever, senses, self._reader)
        book = NameBook(names, told)
        return Shelf(
            snapshot, book, Vocabulary(told), articles, retriever, Extractor(snapshot.catalog, articles, gatherer),
            Sayings(snapshot, articles, book, retriever, senses), Suggester(snapshot.catalog, articles, book),
        )  # fmt: skip
