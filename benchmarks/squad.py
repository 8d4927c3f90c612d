"""Questions of SQuAD 2.0 over all passages of the file: retrieval, the answer's sentence, and abstention.

    python benchmarks/squad.py DATA_DIR/squad2/dev.json --home DIR [--every 1]

The passages become the documents of the index in DIR (built there if it is missing). Retrieval: the question's own
passage first, or among the first five. Answer sentence: the best candidate holds an accepted answer, when told to
answer always. Abstention: AUROC of answerable or not by the probability the decision rests on, and the share of all
questions that are answered with such a sentence or rightly declined.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from qa_service import question
from qa_service.assemble import open_answerer, open_library
from qa_service.compose.decide import HARD, answers, chance
from qa_service.settings import Settings
from qa_service.shelf import Shelf
from qa_service.types import Filter


@dataclass
class Outcome:
    """One question: where its passage came, whether the best sentence holds an answer, and the decision."""

    answerable: bool
    rank: int
    holds: bool
    chance: float
    answered: bool
    seconds: float


def documents(squad: Path, folder: Path) -> Path:
    """The passages as a file of documents, one a line."""
    lines = []
    for article in json.loads(squad.read_text(encoding="utf-8"))["data"]:
        for number, paragraph in enumerate(article["paragraphs"]):
            title = article.get("title", "").replace("_", " ")
            lines.append({"id": f"{title}-{number}", "title": title, "text": paragraph["context"].strip()})
    file = folder / "passages.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    return file


def outcomes(squad: Path, shelf: Shelf, every: int) -> Iterator[Outcome]:
    for article in json.loads(squad.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            for qa in paragraph["qas"][::every]:
                answers_ = [a["text"] for a in qa["answers"]] if not qa.get("is_impossible") else []
                yield _ask(qa["question"], paragraph["context"].strip(), answers_, shelf)


def _ask(text: str, passage: str, accepted: list[str], shelf: Shelf) -> Outcome:
    began = time.perf_counter()
    taken = question.read(shelf.mend(text), shelf.book)
    found = shelf.retriever.search(taken.text, 12, Filter())
    candidates = shelf.extractor.gatherer.candidates(taken, found, Filter())
    fitting = [c for c in candidates if c.signals.fits] if taken.want in HARD else candidates
    best = (fitting or candidates or [None])[0]
    nearest = max((c.signals for c in candidates), key=lambda s: s.evidence, default=None)
    ranks = [i for i, hit in enumerate(found.hits) if hit.document.text == passage]
    return Outcome(
        answerable=bool(accepted),
        rank=ranks[0] if ranks else 99,
        holds=best is not None and any(a in best.article.text(best.sentence) for a in accepted),
        chance=chance(taken, best.signals, nearest) if best and nearest and not taken.unknown else 0.0,
        answered=bool(fitting and nearest and not taken.unknown and answers(taken, fitting[0].signals, nearest)),
        seconds=time.perf_counter() - began,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("squad", type=Path)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--every", type=int, default=1, help="ask every n-th question of a passage")
    options = parser.parse_args()
    options.home.mkdir(parents=True, exist_ok=True)
    settings = Settings.load(home=options.home)
    open_library(settings, lambda *_: None).sync([documents(options.squad, options.home)], lambda *_: None)
    report(list(outcomes(options.squad, open_answerer(settings).shelves.current(), options.every)))


def report(of: list[Outcome]) -> None:
    known = [o for o in of if o.answerable]
    print(f"{len(of)} questions, {len(known)} answerable")
    print(
        f"passage first {np.mean([o.rank == 0 for o in known]):.3f}, in five {np.mean([o.rank < 5 for o in known]):.3f}"
    )
    print(f"answer sentence, told to answer always {np.mean([o.holds for o in known]):.3f}")
    wanted, order = np.array([o.answerable for o in of]), np.array([o.chance for o in of]).argsort().argsort() + 1
    positive, negative = wanted.sum(), (~wanted).sum()
    print(f"AUROC of answerable {(order[wanted].sum() - positive * (positive + 1) / 2) / (positive * negative):.3f}")
    right = [(o.holds and o.answered) if o.answerable else not o.answered for o in of]
    print(f"rightly answered or declined {np.mean(right):.3f}")
    print(f"median {statistics.median(o.seconds for o in of) * 1000:.1f} ms a question")


if __name__ == "__main__":
    main()
