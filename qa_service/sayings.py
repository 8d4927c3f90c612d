"""Lists who said what: everything, what one speaker says, or what is said about something; answering is ``compose``'s.

What is near is told by the sentence: by its likeness in meaning and by the share of the words and names asked about
that stand in it, each counted by how much it tells: a name in every document tells little, and what stands beside the
words of the speaker tells half.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .articles import Article, Articles
from .language.references import NameBook
from .language.words import is_function_word, terms, words
from .retrieve import Retriever
from .store import pages
from .store.snapshot import Snapshot
from .types import Document, Statement
from .weigh.senses import Sense, Senses

_POOL = 200  # sentences that meaning proposes, and passages that words propose
_NEAR = 0.55  # sum of cosine and share from which a sentence is near
_LEAST = 0.25  # what a name tells that every document has
_PLACE = re.compile(r"[1-9]\d{0,8}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Said:
    """A statement with its texts, read again from the stored document.

    ``text`` is that of the sentence, ``content`` has one text for each stretch of ``statement.content``, and
    ``occasion`` the names, as shown, of those who took part.
    """

    document: Document
    statement: Statement
    text: str
    content: tuple[str, ...]
    occasion: tuple[str, ...]


class Sayings:
    """The statements of one snapshot. Safe for use from several threads."""

    def __init__(
        self, snapshot: Snapshot, articles: Articles, book: NameBook, retriever: Retriever, senses: Senses
    ) -> None:
        self._snapshot = snapshot
        self._articles = articles
        self._book = book
        self._retriever = retriever
        self._senses = senses

    def page(
        self, speaker: str | None, about: str | None, limit: int, cursor: str | None
    ) -> tuple[list[Said], str | None]:
        """A page of statements, and the cursor of the next one, None on the last.

        ``speaker`` means whom the names of the index know by it: nobody, and the list is empty. With ``about`` the
        statements that are near come best first, else all come as ``Catalog.list_statements`` has them. Raises
        ``BadInput`` for a cursor that this list did not give out and a limit not in 1 to 1,000.
        """
        keys = self._keys(speaker) if speaker else None
        if about is None:
            found, following = self._snapshot.catalog.list_statements(keys, limit, cursor)
            return [self._said(*each) for each in found], following
        pages.check_limit(limit)
        start = _place(cursor) if cursor else 0
        ranked = self._near(about, keys)
        following = pages.encoded(str(start + limit)) if len(ranked) > start + limit else None
        return [self._said(*each) for each in ranked[start : start + limit]], following

    def _keys(self, speaker: str) -> list[str]:
        return list(dict.fromkeys(key for reference in self._book.find(speaker)[0] for key in reference.keys))

    def _said(self, document: Document, statement: Statement) -> Said:
        def reread(start: int, end: int) -> str:
            return self._snapshot.catalog.read_span(document.id, start, end)

        names = self._book.names
        return Said(
            document,
            statement,
            text=reread(statement.start, statement.end),
            content=tuple(reread(start, end) for start, end in statement.content),
            occasion=tuple(names[key].display for key in statement.occasion if key in names),
        )

    def _near(self, about: str, keys: Sequence[str] | None) -> list[tuple[Document, Statement]]:
        """What is said about something by these speakers, or anybody: the nearest first, equals in a fixed order."""
        topic, vector = self._topic(about), self._retriever.vector(about)
        rows = self._proposed(about, vector, self._snapshot.catalog.speaking_rows(keys))
        alike = self._retriever.similarity(vector, rows.tolist())
        ranked: list[tuple[float, int, Document, Statement]] = []
        for row, similar, owner in zip(rows, alike, self._snapshot.catalog.sentence_owner(rows.tolist()), strict=True):
            article = self._articles.get(owner[0])
            for statement in article.said.get(owner[1], ()):
                near = float(similar) + topic.share(article, statement)
                if near >= _NEAR and (keys is None or statement.speaker_key in keys):
                    ranked.append((-near, int(row), article.document, statement))
        return [(document, statement) for _, _, document, statement in sorted(ranked, key=lambda each: each[:2])]

    def _topic(self, about: str) -> _Topic:
        names = self._book.find(about)[0]
        free = [w for w in words(about) if not any(n.start <= w.start < n.end for n in names)]
        catalog = self._snapshot.catalog
        documents, naming = catalog.counts().documents, catalog.documents_naming([k for n in names for k in n.keys])
        tells = {
            frozenset(name.keys): max(_LEAST, 1 - len(set().union(*(naming[key] for key in name.keys))) / documents)
            for name in names
        }
        return _Topic(self._senses.of([w for w in free if not is_function_word(w.text)]), tells)

    def _proposed(self, about: str, vector: NDArray[np.float32], speaking: NDArray[np.int64]) -> NDArray[np.int64]:
        """Rows of sentences in which somebody speaks that are near in meaning or lie in a passage with the words."""
        near = self._snapshot.sentences.search(vector[None, :], _POOL, speaking)[1][0]
        scores = self._snapshot.keywords.scores(about)
        best = np.argsort(-scores, kind="stable")[:_POOL]
        spans = self._snapshot.catalog.passage_sentence_spans()[best[scores[best] > 0]]
        worded = [np.arange(first, last + 1) for first, last in spans]
        return np.intersect1d(np.concatenate([near, *worded]), speaking)


class _Topic:
    """What is asked about: the senses of its words and the names in it, each set of keys with how much it tells."""

    def __init__(self, senses: Sequence[Sense], names: Mapping[frozenset[str], float]) -> None:
        self._senses = senses
        self._names = names
        self._total = sum(names.values()) + sum(sense.information for sense in senses)

    def share(self, article: Article, statement: Statement) -> float:
        """How much of it stands in the sentence of a statement, 0 to 1; its speaker is not spoken of."""
        held, named = article.terms[statement.sentence], article.keys[statement.sentence] - {statement.speaker_key}
        sentence = self._found(held, named)
        if not sentence or not statement.content:
            return sentence
        said = [article.document.text[start:end] for start, end in statement.content]
        keys = frozenset(m.key for m in article.mentions if any(a <= m.start < b for a, b in statement.content))
        return (sentence + self._found(frozenset(terms(" … ".join(said))), keys)) / 2

    def _found(self, held: frozenset[str], named: frozenset[str]) -> float:
        found = sum(tells for keys, tells in self._names.items() if keys & named)
        found += sum(sense.information * sense.strength(held) for sense in self._senses)
        return found / self._total if self._total else 0.0


def _place(cursor: str) -> int:
    (place,) = pages.decoded(cursor, 1)
    if not _PLACE.fullmatch(place):
        raise pages.foreign()
    return int(place)
