"""Three small documents for tests that index some of them, and what a home holds and answers of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from qa_service.answerer import Answerer
from qa_service.embed import HashEmbedder
from qa_service.library import Library, Report
from qa_service.read import WordReader
from qa_service.shelf import Shelves
from qa_service.store.snapshot import SnapshotStore
from qa_service.types import Ask, Citation, Document

TEXTS = {
    "harbour": "Harbour reopens after storm\n\nThe harbour of Norvik reopened on Monday after the storm, the port "
    "authority announced. Ferries to the islands will run twice a day until the end of the week. “We are glad that the "
    "boats are moving again,” harbour master Ingrid Solberg said after the reopening.\n",
    "bridge": "Bridge is delayed\n\nThe new bridge across the Arda will not open before spring, engineer Paul Weber "
    "told reporters on Friday. He blamed the delay on a cold winter and on steel that arrived late. The bridge was to "
    "replace a ferry that has crossed the river since 1908.\n",
    "museum": "Museum shows old maps\n\nThe city museum opened an exhibition of 120 old maps on Sunday, and visitors "
    "queued around the building. The oldest map was drawn in 1540 and shows the coast with its monasteries. Entry to "
    "the exhibition is free until the first of May.\n",
}
QUESTIONS = ("What did Solberg say after the reopening?", "When will the bridge open?", "How many maps are shown?")


def written(folder: Path, *names: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / f"{name}.txt").write_text(TEXTS[name], encoding="utf-8")
    return folder


def library(home: Path, embedder: HashEmbedder | None = None) -> Library:
    return Library(SnapshotStore(home), embedder or HashEmbedder(), 200)


def sync(home: Path, *paths: Path, embedder: HashEmbedder | None = None) -> Report:
    return library(home, embedder).sync(paths, lambda *_: None)


def documents(home: Path) -> list[Document]:
    with SnapshotStore(home).open_current() as snapshot:
        return sorted(snapshot.catalog.list_documents(None, None, 100, None)[0], key=lambda d: d.name)


def names(home: Path) -> list[str]:
    return [document.name for document in documents(home)]


def version(home: Path) -> str:
    with SnapshotStore(home).open_current() as snapshot:
        return snapshot.version


def answerer(home: Path) -> Answerer:
    return Answerer(Shelves(SnapshotStore(home), HashEmbedder(), WordReader()), 12)


def answers(home: Path) -> list[tuple[object, ...]]:
    found = [answerer(home).answer(Ask(question)) for question in QUESTIONS]
    return [(answer.status, answer.text, *map(_without_origin, answer.citations)) for answer in found]


def holding(folder: Path, *words: str) -> list[str]:
    """The files below a folder that hold one of the words, in upper or lower case."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(word.lower().encode() in path.read_bytes().lower() for word in words)]


def _without_origin(citation: Citation) -> Citation:
    sources = tuple(replace(source, document=replace(source.document, origin="")) for source in citation.sources)
    return replace(citation, sources=sources)
