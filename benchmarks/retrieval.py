"""Which passages come first: SQuAD 2.0, MultiHop-RAG and RealTime QA, each asked over all of its passages.

    python benchmarks/retrieval.py DATA_DIR --home DIR [--rounds 1]

DIR keeps the compiled model, an index for each set and all vectors, so that a second run takes seconds.
Every row is given for each half of the questions (even and odd), since numbers were chosen on the first:

squad2        answerable questions; own passage first, among the first 5, 8
multihop_rag  share of the evidence among the first 4, 10, 20; null: questions without evidence that fall below the
              support under which 5 % of the others fall (``Retrieved.support``)
realtimeqa    questions whose evidence holds the answer; own passage first, among the first 5, 8;
              "sentences": the same by the similarity of the best sentence alone
time          median and 95th percentile of the processor time of a search with its embedding, in milliseconds, of every
              10th question
"""

from __future__ import annotations

import argparse
import json
import pickle
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa_service import chunk, encoder_export, sentences
from qa_service.assemble import model_folder
from qa_service.embed import RECORD, Embedder, OnnxEmbedder
from qa_service.ingest.load import load_documents
from qa_service.library import headed_text
from qa_service.retrieve import Retriever
from qa_service.settings import Settings
from qa_service.store.manifest import Recipe
from qa_service.store.snapshot import Contents, SnapshotStore
from qa_service.types import Entry, Filter

MOST = 20  # hits looked at
TOKENS = 200  # of a passage


@dataclass
class Asked:
    """A question, the names of the documents that it is to find, and what was found."""

    text: str
    gold: set[str]
    names: Sequence[str] = ()
    support: float = 0.0


class Remembering:
    """An embedder that keeps every vector; what it embeds twice it embeds once."""

    def __init__(self, embedder: Embedder, file: Path) -> None:
        self.inner, self.file = embedder, file
        self.name, self.dimension, self.fingerprint = embedder.name, embedder.dimension, embedder.fingerprint
        self.known: dict[str, NDArray[np.float32]] = pickle.loads(file.read_bytes()) if file.exists() else {}

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See ``Embedder.embed``."""
        for text in texts:
            if text not in self.known:
                self.known[text] = self.inner.embed([text])[0]
        return np.stack([self.known[text] for text in texts]) if texts else np.zeros((0, self.dimension), np.float32)

    def keep(self) -> None:
        """Write the vectors down for the next run."""
        self.file.write_bytes(pickle.dumps(self.known))


Set = tuple[list[dict[str, str]], list[Asked]]  # documents as they are indexed, and questions


def squad(data: Path) -> Set:
    documents: list[dict[str, str]] = []
    asked = []
    for article in json.loads((data / "squad2/dev.json").read_text("utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            name = str(len(documents))
            title = article.get("title", "").replace("_", " ")
            documents.append({"id": name, "title": title, "text": paragraph["context"].strip()})
            known = [qa for qa in paragraph["qas"] if qa["answers"] and not qa.get("is_impossible")]
            asked += [Asked(qa["question"], {name}) for qa in known]
    return documents, asked


def multihop(data: Path) -> Set:
    documents = []
    for evidence in lines(data / "multihop_rag/evidence.jsonl"):
        about = {"source": evidence["source"], "published_at": (evidence["published_at"] or "")[:10]}
        stated = {key: value for key, value in about.items() if value}
        documents.append({"id": str(evidence["id"]), "title": evidence["title"], "text": evidence["fact"]} | stated)
    questions = lines(data / "multihop_rag/questions-dev.jsonl")
    return documents, [Asked(q["question"], set(map(str, q["evidence"]))) for q in questions]


def realtime(data: Path) -> Set:
    names: dict[str, str] = {}
    asked = []
    for question in lines(data / "realtimeqa/questions-2022-2024.jsonl"):
        text = question["evidence"].strip()
        if text:
            name = names.setdefault(text, str(len(names)))
            asked += [Asked(question["question"], {name})] if question["answer_in_evidence"] else []
    return [{"id": name, "text": text} for text, name in names.items()], asked


def lines(file: Path) -> Iterator[dict[str, str]]:
    return map(json.loads, file.read_text("utf-8").splitlines())


def index(documents: Sequence[dict[str, str]], home: Path, embedder: Embedder) -> SnapshotStore:
    """Index what retrieval rests on; names and statements are left out, which takes far longer and changes nothing."""
    home.mkdir(parents=True, exist_ok=True)
    file = home / "documents.jsonl"
    file.write_text("\n".join(map(json.dumps, documents)) + "\n", encoding="utf-8")
    entries = []
    for document in load_documents([file]):
        split = sentences.split(document.text)
        entries.append(Entry(document, split, chunk.chunk(document, split, TOKENS), (), ()))
    headed = [headed_text(e.document, p.text) for e in entries for p in e.passages]
    plain = [e.document.text[s.start : s.end] for e in entries for s in e.sentences]
    none = np.zeros((0, embedder.dimension), np.float32)
    contents = Contents(entries, [], embedder.embed(headed), embedder.embed(plain), headed, [], none)
    store = SnapshotStore(home)
    with store.writing():
        store.publish(contents, Recipe(embedder.name, embedder.fingerprint, embedder.dimension, TOKENS, "benchmark"))
    return store


def ask(retriever: Retriever, asked: Sequence[Asked]) -> None:
    for one in asked:
        found = retriever.search(one.text, MOST, Filter())
        one.names, one.support = [hit.document.name for hit in found.hits], found.support


def by_sentences(store: SnapshotStore, embedder: Embedder, asked: Sequence[Asked]) -> None:
    """The documents by their best sentence alone."""
    with store.open_current() as snapshot:
        documents = snapshot.catalog
        for one in asked:
            rows = snapshot.sentences.search(embedder.embed([one.text]), 3 * MOST, None)[1][0]
            owners = dict.fromkeys(key for key, _ in documents.sentence_owner(rows.tolist()))
            one.names = [document.name for document in documents.documents_by_id(owners).values()]


def shares(asked: Sequence[Asked], depths: Sequence[int]) -> str:
    """For each depth the mean share of the gold documents among so many hits, of the even and of the odd questions."""
    halves = [[one for one in asked[start::2] if one.gold] for start in (0, 1)]
    return "  ".join("/".join(f"{_share(half, depth):.3f}" for half in halves) for depth in depths)


def _share(asked: Sequence[Asked], depth: int) -> float:
    return float(np.mean([len(one.gold & set(one.names[:depth])) / len(one.gold) for one in asked]))


def declined(asked: Sequence[Asked]) -> str:
    """The share of the questions without evidence below the support under which 5 % of the others fall."""
    found = []
    for half in (asked[::2], asked[1::2]):
        least = np.quantile([one.support for one in half if one.gold], 0.05)
        found.append(f"{np.mean([one.support < least for one in half if not one.gold]):.3f} (at {least:.2f})")
    return " / ".join(found)


def times(retriever: Retriever, asked: Sequence[Asked], rounds: int) -> str:
    took = []
    for one in list(asked[::10]) * rounds:
        began = time.process_time()
        retriever.search(one.text, 12, Filter())
        took.append(1000 * (time.process_time() - began))
    return " / ".join(f"{value:.1f}" for value in np.quantile(took, (0.5, 0.95)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=0, help="how often to ask for the time; 0 leaves it out")
    options = parser.parse_args()
    model = model_folder(Settings.load(home=options.home))
    if not (model / RECORD).exists():
        encoder_export.export(Settings.load(home=options.home).model, model)
    embedder = Remembering(OnnxEmbedder(model), options.home / "vectors.pickle")
    sets: dict[str, Callable[[Path], Set]] = {"squad2": squad, "multihop_rag": multihop, "realtimeqa": realtime}
    for name, read in sets.items():
        report(name, read(options.data), embedder, options)
        embedder.keep()


def report(name: str, read: Set, embedder: Remembering, options: argparse.Namespace) -> None:
    documents, asked = read
    store = index(documents, options.home / name, embedder)
    depths = (4, 10, 20) if name == "multihop_rag" else (1, 5, 8)
    with store.open_current() as snapshot:
        retriever = Retriever(embedder, snapshot)
        ask(retriever, asked)
        print(f"{name:14}{shares(asked, depths)}", flush=True)
        if name == "multihop_rag":
            print(f"{'  null':14}{declined(asked)}", flush=True)
        if options.rounds:
            print(f"{'  time':14}{times(Retriever(embedder.inner, snapshot), asked, options.rounds)}", flush=True)
    if name == "realtimeqa":
        by_sentences(store, embedder, asked)
        print(f"{'  sentences':14}{shares(asked, depths)}", flush=True)


if __name__ == "__main__":
    main()
