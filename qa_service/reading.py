"""Takes documents apart into sentences, passages, names, statements and words; what is kept of them is ``library``'s.

Whom a name means depends on all documents together, so names are found and told apart anew each time. All else depends
on one document, and its statements on what its names mean besides: it is taken from an earlier reading where those are
the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from . import chunk, sentences
from .language import names, statements
from .language.namebook import Register
from .language.words import is_function_word, words
from .store.catalog import Catalog
from .types import Document, Entry, Mention, Name, Passage, Sentence, Statement

Progress = Callable[[str, int, int], None]  # stage, done, of how many

_PAGE = 500  # documents asked for at once


@dataclass(frozen=True, slots=True)
class Reading:
    """What documents were taken apart into: an entry each, the names of all, and all content words, sorted."""

    entries: tuple[Entry, ...]
    names: tuple[Name, ...]
    words: tuple[str, ...]


NOTHING = Reading((), (), ())


def read(documents: Sequence[Document], max_tokens: int, progress: Progress, earlier: Reading = NOTHING) -> Reading:
    """Take documents apart, in their order; no passage has more than ``max_tokens`` tokens, but for a long sentence.

    The result is the same whatever ``earlier`` holds, and comes sooner the more of the documents are in it. It must
    have been made by this code with the same ``max_tokens``.
    """
    past = _Past(earlier, documents)
    spans = [past.sentences(document) or sentences.split(document.text) for document in documents]
    register = Register([names.spot(document.text, split) for document, split in zip(documents, spans, strict=True)])
    known = register.names()
    meaning = _meaning(known)
    entries = []
    for number, (document, split) in enumerate(zip(documents, spans, strict=True)):
        mentions = register.mentions(number)
        meant = _of(mentions, meaning)
        passages = past.passages(document) or chunk.chunk(document, split, max_tokens)
        said = past.statements(document, mentions, meant)
        if said is None:
            said = statements.extract(document.text, split, mentions, meant, document.published_at)
        entries.append(Entry(document, split, passages, mentions, said))
        progress("reading", number + 1, len(documents))
    return Reading(tuple(entries), known, tuple(past.words()))


def stored(catalog: Catalog) -> Reading:
    """The reading that a catalog was written from, but for the order of its entries."""
    entries = [
        Entry(
            document, catalog.sentences(document.id), tuple(catalog.passages_of(document.id)),
            tuple(catalog.mentions(document.id)), tuple(catalog.statements(document.id)),
        )
        for document in stored_documents(catalog)
    ]  # fmt: skip
    return Reading(tuple(entries), tuple(catalog.names()), tuple(catalog.words()))


def stored_documents(catalog: Catalog) -> Iterator[Document]:
    """All documents of a catalog, newest first."""
    page, cursor = catalog.list_documents(None, None, _PAGE, None)
    yield from page
    while cursor is not None:
        page, cursor = catalog.list_documents(None, None, _PAGE, cursor)
        yield from page


class _Past:
    """What of an earlier reading holds for the documents that are read now."""

    def __init__(self, earlier: Reading, documents: Sequence[Document]) -> None:
        held = {entry.document.id: entry for entry in earlier.entries}
        self._same = {d.id: held[d.id] for d in documents if d.id in held and _is_same(held[d.id].document, d)}
        self._kept = [document for document in documents if document.id in self._same]
        self._new = [document for document in documents if document.id not in self._same]
        self._gone = [entry.document for entry in earlier.entries if entry.document.id not in self._same]
        self._meaning = _meaning(earlier.names)
        self._words = earlier.words

    def sentences(self, document: Document) -> tuple[Sentence, ...]:
        """The sentences of a document, if it is the same; else none."""
        entry = self._same.get(document.id)
        return entry.sentences if entry else ()

    def passages(self, document: Document) -> tuple[Passage, ...]:
        """The passages of a document, if it is the same; else none."""
        entry = self._same.get(document.id)
        return entry.passages if entry else ()

    def statements(
        self, document: Document, mentions: Sequence[Mention], meant: Mapping[str, Name]
    ) -> tuple[Statement, ...] | None:
        """The statements of a document, if it is the same, mentions the same names, and these meant what they mean."""
        entry = self._same.get(document.id)
        same = entry is not None and entry.mentions == tuple(mentions) and _of(mentions, self._meaning) == meant
        return entry.statements if entry and same else None

    def words(self) -> list[str]:
        """The content words of the documents that are read now, sorted."""
        new = content_words(self._new)
        doubtful = content_words(self._gone) - new
        for document in self._kept:
            text = f"{document.title}\n{document.text}".casefold()
            if any(word in text for word in doubtful):  # cheaper than telling words apart, and only then needed
                doubtful -= content_words([document])
        return sorted(set(self._words) - doubtful | new)


def content_words(documents: Iterable[Document]) -> set[str]:
    """The distinct words of documents, case-folded; function words, numbers and single letters are left out."""
    found = {w.text.casefold() for document in documents for w in words(f"{document.title}\n{document.text}")}
    return {word for word in found if word.isalpha() and len(word) > 1 and not is_function_word(word)}


def _is_same(one: Document, other: Document) -> bool:
    """Whether two documents are read alike: where they lie does not matter."""
    return replace(one, origin="") == replace(other, origin="")


def _meaning(known: Iterable[Name]) -> dict[str, Name]:
    """The names by key, without what other documents call them: statements are not to depend on it."""
    return {name.key: replace(name, variants=(), offices=()) for name in known}


def _of(mentions: Iterable[Mention], meaning: Mapping[str, Name]) -> dict[str, Name]:
    """The names that are mentioned: all that the statements of a document may depend on."""
    return {mention.key: meaning[mention.key] for mention in mentions}
