"""Small made-up documents for the tests of the store: a line is a sentence, two sentences are a passage."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from qa_service.store.snapshot import Contents, Recipe, Snapshot, SnapshotStore
from qa_service.types import Document, Entry, Mention, Name, Passage, Sentence, Statement

DIMENSION = 8
NAMES = (
    Name("ada river", "Ada River", "person", ("Ada River", "River"), ("mayor",)),
    Name("port lumen", "Port Lumen", "place", ("Port Lumen",)),
)
LUMEN = "Ada River opened the bridge.\nShe said: “It holds.”\nThe rain stopped.\nPort Lumen celebrated."
HARBOUR = "The harbour closed on Monday.\nFerries wait.\nAda River spoke to the crews."


def document(key: str, text: str = LUMEN, **about: object) -> Document:
    """A document whose id is ``key``; ``about`` may replace anything."""
    fields: dict[str, object] = {"name": f"{key}.txt", "title": f"Title of {key}", "text": text, **about}
    return Document(id=key, **fields)  # type: ignore[arg-type]  # the tests give what the field takes


def entry(key: str, text: str = LUMEN, **about: object) -> Entry:
    """A document with overlapping passages, the mentions of ``NAMES`` and one statement if it has a quotation."""
    article = document(key, text, **about)
    sentences = _sentences(text)
    return Entry(
        article, sentences, _passages(article, sentences), _mentions(text, sentences), _statements(sentences, text)
    )


def sample_entries() -> tuple[Entry, ...]:
    """Four documents: two dated ones, one undated, one without any text."""
    return (
        entry("lumen", source="Lumen Post", published_at=date(2019, 5, 14)),
        entry("harbour", HARBOUR, source="Harbour Times", published_at=date(2021, 1, 2), author="A. Reed"),
        entry("undated", "Nobody knows when.\nRiver Über alles fließt.", source="lumen post"),
        entry("empty", "", published_at=date(2019, 5, 14)),
    )


def recipe(documents: str = "fingerprint of the documents") -> Recipe:
    """A recipe that fits ``contents``."""
    return Recipe("tiny", "f" * 64, DIMENSION, 220, documents)


def contents(entries: Sequence[Entry]) -> Contents:
    """What a snapshot of the entries is written from, with vectors that depend on the texts alone."""
    passages = [passage.text for item in entries for passage in item.passages]
    sentences = [item.document.text[s.start : s.end] for item in entries for s in item.sentences]
    words = sorted({word for text in passages for word in text.split()})
    return Contents(entries, NAMES, vectors_of(passages), vectors_of(sentences), passages, words, vectors_of(words))


def vectors_of(texts: Sequence[str]) -> NDArray[np.float32]:
    """One vector of length 1 for each text, shape (n, DIMENSION)."""
    seeds = (int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) for text in texts)
    return unit(np.array([np.random.default_rng(seed).standard_normal(DIMENSION) for seed in seeds]))


def unit(vectors: NDArray[np.float64]) -> NDArray[np.float32]:
    """The vectors, brought to length 1; shape (0, DIMENSION) if there are none."""
    shaped = vectors.reshape(len(vectors), -1) if len(vectors) else np.empty((0, DIMENSION))
    return np.asarray(shaped / np.linalg.norm(shaped, axis=1, keepdims=True), np.float32)


def _sentences(text: str) -> tuple[Sentence, ...]:
    found, start = [], 0
    for index, line in enumerate(text.splitlines()):
        found.append(Sentence(index, start, start + len(line), index // 2))
        start += len(line) + 1
    return tuple(found)


def _passages(article: Document, sentences: Sequence[Sentence]) -> tuple[Passage, ...]:
    pairs = [(s, sentences[min(s.index + 1, len(sentences) - 1)]) for s in sentences[: max(len(sentences) - 1, 1)]]
    return tuple(
        Passage(f"{article.id}:{n}", article.id, a.start, b.end, article.text[a.start : b.end], a.index, b.index, 9)
        for n, (a, b) in enumerate(pairs)
    )


def _mentions(text: str, sentences: Sequence[Sentence]) -> tuple[Mention, ...]:
    found = ((s, name, text.find(name.display, s.start, s.end)) for s in sentences for name in NAMES)
    return tuple(Mention(name.key, s.index, at, at + len(name.display)) for s, name, at in found if at >= 0)


def _statements(sentences: Sequence[Sentence], text: str) -> tuple[Statement, ...]:
    quoted = [s for s in sentences if "“" in text[s.start : s.end]]
    return tuple(
        Statement(s.index, s.start, s.end, "Ada River", "ada river", "said", True, ("port lumen",)) for s in quoted
    )


def publish_generation(store: SnapshotStore, number: int) -> None:
    """Publish a snapshot of two documents that say which generation they are."""
    entries = [
        entry("one", f"Generation {number} begins.\nIt goes on.\nAnd on."),
        entry("two", f"Also {number}.\nBye."),
    ]
    with store.writing():
        store.publish(contents(entries), recipe(f"generation {number}"))


def generation_of(snapshot: Snapshot) -> int:
    """The generation that an open snapshot is; fails unless each of its parts says the same."""
    number = int(snapshot.manifest.recipe.documents.split()[1])
    passages = [passage.text for passage, _ in snapshot.catalog.passages(range(3))]
    sentences = snapshot.catalog.sentences("one")
    assert snapshot.catalog.document("two").text == f"Also {number}.\nBye."
    assert passages[0] == f"Generation {number} begins.\nIt goes on."
    assert np.array_equal(snapshot.passages.vectors(np.arange(3)), vectors_of(passages))
    assert np.array_equal(snapshot.sentences.vectors(np.array([1])), vectors_of(["It goes on."]))
    assert (snapshot.keywords.scores(str(number)) > 0).tolist() == [True, False, True]
    assert np.array_equal(snapshot.words.vectors(np.arange(3)), vectors_of(snapshot.catalog.words()[:3]))
    assert str(number) in snapshot.catalog.words()
    assert len(sentences) == 3
    return number
