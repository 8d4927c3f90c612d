"""Fit the decision whether a sentence answers (``qa_service/compose/decide.py``) on question files.

    python benchmarks/fit_decision.py HOME QUESTIONS [HOME QUESTIONS …]

Each HOME holds the index of the documents that QUESTIONS (as for ``qa-service evaluate``) are about. Prints the weights
of a logistic regression on the signals of the best candidate, and what they reach when fitted on four fifths of the
questions and tried on the rest.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa_service import conversation, question
from qa_service.assemble import open_answerer
from qa_service.compose.decide import HARD, features
from qa_service.evaluate import Item, load_questions
from qa_service.settings import Settings
from qa_service.shelf import Shelf
from qa_service.types import Filter, Turn

Floats = NDArray[np.float64]
NAMES = "meaning gist passage words fits gap absent ratio topic bare read answerable".split()


@dataclass
class Row:
    """One question: its set, whether it is answerable, whether the best candidate is right, and its features if any."""

    source: str
    answerable: bool
    right: bool
    features: list[float] | None


def rows(home: Path, file: Path) -> Iterator[Row]:
    shelf = open_answerer(Settings.load(home=home)).shelves.current()
    for item in load_questions(file):
        yield _row(item, shelf, file.stem)


def _row(item: Item, shelf: Shelf, source: str) -> Row:
    history = tuple(Turn(m.role, m.content) for m in item.history)
    asked = shelf.mend(conversation.standalone(item.question.strip(), history, shelf.book))
    taken = question.read(asked, shelf.book)
    found = shelf.retriever.search(asked, 12, Filter())
    candidates = shelf.extractor.gatherer.candidates(taken, found, Filter())
    fitting = [c for c in candidates if c.signals.fits] if taken.want in HARD else candidates
    if taken.unknown or not fitting or not (taken.topic or taken.names):
        return Row(source, bool(item.documents), False, None)
    text = fitting[0].article.text(fitting[0].sentence)
    right = any(part in text or text in part for part in item.sentences)
    nearest = max((c.signals for c in candidates), key=lambda s: s.evidence)
    return Row(source, bool(item.documents), right, features(taken, fitting[0].signals, nearest))


def fit(x: Floats, y: Floats, steps: int = 4000) -> Floats:
    """Weights and intercept of a ridge logistic regression, by gradient descent on standardised features."""
    mean, spread = x.mean(0), x.std(0) + 1e-6
    z = np.c_[(x - mean) / spread, np.ones(len(x))]
    w = np.zeros(z.shape[1])
    for _ in range(steps):
        gradient = z.T @ (1 / (1 + np.exp(-z @ w)) - y) / len(y) + 0.01 * np.r_[w[:-1], 0]
        w -= 0.5 * gradient
    weights = w[:-1] / spread
    return np.r_[weights, w[-1] - (weights * mean).sum()]


def main() -> None:
    pairs = list(zip(sys.argv[1::2], sys.argv[2::2], strict=True))
    everything = [row for home, file in pairs for row in rows(Path(home), Path(file))]
    usable = [row for row in everything if row.features is not None]
    x = np.array([row.features for row in usable], float)
    y = np.array([row.answerable for row in usable], float)
    fold = np.random.default_rng(0).integers(0, 5, len(usable))
    chance = np.zeros(len(usable))
    for k in range(5):
        w = fit(x[fold != k], y[fold != k])
        chance[fold == k] = 1 / (1 + np.exp(-(x[fold == k] @ w[:-1] + w[-1])))
    for name, weight in zip([*NAMES, "intercept"], fit(x, y), strict=True):
        print(f"{name:12} {weight:8.3f}")
    report(everything, usable, chance)


def report(everything: list[Row], usable: list[Row], chance: Floats) -> None:
    shown = {id(row): float(c) for row, c in zip(usable, chance, strict=True)}
    for least in (0.5, 0.55, 0.6, 0.65, 0.7):
        for source in dict.fromkeys(row.source for row in everything):
            of = [row for row in everything if row.source == source]
            kept = [row for row in of if shown.get(id(row), 0.0) >= least]
            held = [row for row in of if shown.get(id(row), 0.0) < least]
            cited = sum(row.right for row in kept) / max(1, sum(row.answerable for row in of))
            precision = sum(not row.answerable for row in held) / max(1, len(held))
            recall = sum(not row.answerable for row in held) / max(1, sum(not row.answerable for row in of))
            print(f"{least:.2f} {source:14} citation {cited:.3f} precision {precision:.3f} recall {recall:.3f}")


if __name__ == "__main__":
    main()
