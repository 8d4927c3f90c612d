"""Fit how candidates are ranked (``Signals.score``) and when the best is good enough (``compose/decide.py``).

    python benchmarks/fit_ranking.py KEEP [--news HOME QUESTIONS …] [--near HOME QUESTIONS …] [--rank HOME QUESTIONS …]

Each HOME holds the index of the documents that QUESTIONS (as for ``qa-service evaluate``) are about. What the pipeline
makes of every question is written to the file KEEP, and read from there the next time. Ranking: a listwise softmax over
the candidates of a question (Cao et al., "Learning to rank: from pairwise approach to listwise approach", ICML 2007),
every set weighing the same. Decision: ridge logistic regressions on the features of the best candidate; what the
evidence says is fitted on --news, what the reader says on --near (questions made to look answerable), coverage on all
questions with several aspects. All are tried on folds that they were not fitted on; printed are the weights of a fit on
everything.
"""

from __future__ import annotations

import argparse
import pickle
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa_service import conversation
from qa_service.assemble import open_answerer
from qa_service.compose.candidates import Candidate
from qa_service.compose.decide import COVERED, EVIDENCE, READING, chance, features, may_answer
from qa_service.evaluation.compare import holds, overlaps
from qa_service.evaluation.items import Item, load_questions
from qa_service.questions import question
from qa_service.questions.question import Question
from qa_service.settings import Settings
from qa_service.shelf import Shelf
from qa_service.types import Filter
from qa_service.weigh.evidence import Signals

Floats = NDArray[np.float64]
RANKED = (
    "meaning", "gist", "passage", "ahead", "first", "words", "names", "fits", "needed", "read", "answerable", "meets",
    "own",
)  # fmt: skip
PARTS = ("news", "near", "rank")  # what a set of questions is there for
FOLDS = 5
MOST = 80  # candidates of a question that are looked at


@dataclass
class Asked:
    """One question: its candidates' signals and which of them are right."""

    source: str
    part: str
    fold: int
    taken: Question
    answerable: bool
    signals: list[Signals]
    right: list[bool]

    def table(self) -> Floats:
        """The signals that rank, shape (candidates, len(RANKED))."""
        return np.array([[getattr(s, name) for name in RANKED] for s in self.signals], float).reshape(-1, len(RANKED))

    def best(self, scores: Floats) -> int | None:
        """The candidate that is shown first; None where there is none."""
        return int(scores.argmax()) if len(scores) else None


def gathered(home: Path, file: Path, part: str, every: int) -> Iterator[Asked]:
    shelf = open_answerer(Settings.load(home=home)).shelves.current()
    source = f"{file.parent.name}/{file.stem}"
    for item in load_questions(file):
        if item.has_answer is not None and zlib.crc32(item.id.encode()) % every == 0:
            yield _asked(item, shelf, source, part)


def _asked(item: Item, shelf: Shelf, source: str, part: str) -> Asked:
    text = shelf.mend(conversation.standalone(item.question.strip(), item.turns, shelf.book))
    taken = question.read(text, shelf.book)
    found = shelf.retriever.search(taken.text, Settings().passages, Filter())
    candidates = shelf.extractor.gatherer.candidates(taken, found, Filter())[:MOST]
    right = [_right(candidate, item) for candidate in candidates]
    fold = zlib.crc32(f"fold {(item.documents or (item.id,))[0]}".encode()) % FOLDS
    return Asked(source, part, fold, taken, bool(item.has_answer), [c.signals for c in candidates], right)


def _right(candidate: Candidate, item: Item) -> bool:
    text = candidate.article.text(candidate.sentence)
    if item.sentences:
        return any(overlaps(text, part) for part in item.sentences)
    return any(holds(text, answer) for answer in item.answers)


def fit_ranking(asked: list[Asked], steps: int = 300) -> Floats:
    """Weights of the signals, by Adam on the listwise loss; a set of few questions counts as much as one of many."""
    single = [a for a in asked if a.answerable and any(a.right) and not a.signals[0].several]
    data = [(a.table(), np.array(a.right, float), a.source) for a in single]
    sizes = {source: sum(s == source for *_, s in data) for *_, source in data}
    w, first, second = (np.zeros(len(RANKED)) for _ in range(3))
    for step in range(1, steps + 1):
        gradient = 0.0001 * w
        for x, y, source in data:
            z = x @ w
            p = np.exp(z - z.max())
            p /= p.sum()
            q = p * y / (p * y).sum()
            gradient = gradient + x.T @ (p - q) / sizes[source]
        first, second = 0.9 * first + 0.1 * gradient, 0.99 * second + 0.01 * gradient**2
        w = w - 0.1 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return w


def decision_row(a: Asked, w: Floats) -> dict[str, float]:
    """The features of the best candidate."""
    best = a.best(a.table() @ w)
    if best is None:
        return {}
    return features(a.taken, a.signals[best], max(a.signals, key=lambda s: s.evidence))


def fit_decision(rows: list[dict[str, float]], asked: list[Asked], names: Mapping[str, float]) -> dict[str, float]:
    """Weights by name of a ridge logistic regression, by gradient descent on standardised features; "" the intercept.

    A set of few questions counts as much as one of many.
    """
    kept = [name for name in names if name]
    x = np.array([[row.get(name, 0.0) for name in kept] for row in rows])
    y = np.array([a.answerable for a in asked], float)
    weight = np.array([1 / sum(b.source == a.source for b in asked) for a in asked])
    mean, spread = x.mean(0), x.std(0) + 1e-6
    z = np.c_[(x - mean) / spread, np.ones(len(x))]
    w = np.zeros(z.shape[1])
    for _ in range(1500):
        gradient = z.T @ (weight * (1 / (1 + np.exp(-z @ w)) - y)) / weight.sum() + 0.003 * np.r_[w[:-1], 0]
        w -= 0.5 * gradient
    scaled = w[:-1] / spread
    return dict(zip([*kept, ""], [*map(float, scaled), float(w[-1] - (scaled * mean).sum())], strict=True))


def auroc(scores: Floats, wanted: NDArray[np.bool_]) -> float:
    order = scores.argsort().argsort() + 1
    positive, negative = wanted.sum(), (~wanted).sum()
    if not positive or not negative:
        return float("nan")
    return float((order[wanted].sum() - positive * (positive + 1) / 2) / (positive * negative))


def crossed(asked: list[Asked], run: Callable[[list[Asked], list[Asked]], list[float]]) -> Floats:
    """One figure a question from ``run(learned on, tried on)``, each tried on a fold that was not learned on."""
    values = np.zeros(len(asked))
    for fold in range(FOLDS):
        tried = [i for i, a in enumerate(asked) if a.fold == fold]
        values[tried] = run([a for a in asked if a.fold != fold], [asked[i] for i in tried])
    return values


def rank_of(learned: list[Asked], tried: list[Asked]) -> list[float]:
    w = fit_ranking(learned)
    chosen = [a.best(a.table() @ w) for a in tried]
    return [float(best is not None and a.right[best]) for a, best in zip(tried, chosen, strict=True)]


def report(asked: list[Asked]) -> None:
    """Print the weights, and how the parts do by set on folds they were not fitted on."""
    w = fit_ranking(asked)
    print("ranking ", {name: round(float(v), 2) for name, v in zip(RANKED, w, strict=True)})
    right = crossed(asked, rank_of)
    known = np.array([a.answerable for a in asked])
    for source in dict.fromkeys(a.source for a in asked):
        of = np.array([a.source == source for a in asked])
        print(f"{source}: {of.sum()} questions, sentence right {right[of & known].mean():.3f}")
    several = [a for a in asked if a.signals and a.signals[0].several]
    plain = [a for a in asked if a.signals and not a.signals[0].several]
    news = [a for a in plain if a.part == "news" and not a.taken.unknown and _may_answer(a, w)]
    near = [a for a in plain if a.part == "near"]
    for label, names, of_part in (
        ("evidence", EVIDENCE, news),
        ("reading", READING, near),
        ("covered", COVERED, several),
    ):
        tried = crossed(of_part, partial(_chances, w, names))
        wanted = np.array([a.answerable for a in of_part])
        found = fit_decision([decision_row(a, w) for a in of_part], of_part, names)
        print(label, {n: round(v, 2) for n, v in found.items()}, f"AUROC {auroc(tried, wanted):.3f}")


def _may_answer(a: Asked, w: Floats) -> bool:
    best = a.best(a.table() @ w)
    return best is not None and may_answer(a.taken, a.signals[best], max(a.signals, key=lambda s: s.evidence))


def _chances(w: Floats, names: Mapping[str, float], learned: list[Asked], tried: list[Asked]) -> list[float]:
    found = fit_decision([decision_row(a, w) for a in learned], learned, names)
    return [chance(found, decision_row(a, w)) for a in tried]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("keep", type=Path)
    for part in PARTS:
        parser.add_argument(f"--{part}", type=Path, nargs=2, action="append", default=[], metavar=("HOME", "QUESTIONS"))
    parser.add_argument("--every", type=int, default=1, help="take one in n questions of sets with more than 500")
    options = parser.parse_args()
    if not options.keep.exists():
        asked: list[Asked] = []
        for part in PARTS:
            for home, file in getattr(options, part):
                every = options.every if len(load_questions(file)) > 500 else 1
                asked += list(gathered(home, file, part, every))
                print(f"{file}: {len(asked)} questions so far", flush=True)
        options.keep.write_bytes(pickle.dumps(asked))
    report(pickle.loads(options.keep.read_bytes()))


if __name__ == "__main__":
    main()
