"""Measures the check of a language model's sentences on summaries whose sentences people judged.

    python benchmarks/support.py DATA_DIR/qags [--articles DATA_DIR/wikinews/articles.jsonl] [--home index]

Reads a folder of files ``*.jsonl``, or one such file, an object a line: ``article`` and ``summary_sentences``, each
with ``sentence`` and ``responses`` (``response`` "yes" or "no"; the majority counts). Each article is one passage; its
letters and marks are taken as they are. Prints, for all files and for each, the area under the ROC curve with the
shipped weights and with weights fitted by five-fold cross-validation over articles, what is accepted at the shipped
operating point, and the time a sentence takes. ``--articles`` (see ``support_cases.articles``) adds how many sentences
made from articles are accepted, kind by kind, and how often those they rest on are named: the articles that the
weights were fitted on are left out. ``fit_support.py`` fits the weights. The models lie in a home; they are put there
if need be.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from support_cases import Case, articles, cases

from qa_service import encoder_export
from qa_service.assemble import model_folder
from qa_service.embed import RECORD, OnnxEmbedder
from qa_service.sentences import split
from qa_service.settings import Settings
from qa_service.support import Checker, Evidence, Verdict
from qa_service.support.weights import ENOUGH

Floats = NDArray[np.float64]

_FOLDS = 5
_RIDGE = 3.0  # strength of the pull of all weights towards 0
_STEPS = 60


@dataclass(frozen=True)
class Judged:
    """A sentence with its article, the file it is from, and whether people think that the article supports it."""

    sentence: str
    passages: tuple[Evidence, ...]
    article: int
    file: str
    supported: bool


def judged(place: Path) -> list[Judged]:
    """All sentences of a file, or of the files of a folder."""
    found: list[Judged] = []
    article = 0
    for path in sorted(place.glob("*.jsonl")) if place.is_dir() else [place]:
        for line in path.read_text("utf-8").splitlines():
            row, article = json.loads(line), article + 1
            text = row["article"]
            passages = (Evidence(tuple(text[s.start : s.end] for s in split(text))),)
            for one in row["summary_sentences"]:
                yes = [response["response"] == "yes" for response in one["responses"]]
                found.append(Judged(one["sentence"], passages, article, path.stem, 2 * sum(yes) > len(yes)))
    return found


def checker(home: Path) -> Checker:
    """A checker with the models of a home, which are put there first where they are missing."""
    settings = Settings.load(home=home)
    folder = model_folder(settings)
    if not (folder / RECORD).exists():
        encoder_export.export(settings.model, folder)
    return Checker(OnnxEmbedder(folder))


def auroc(scores: Floats, right: NDArray[np.bool_]) -> float:
    """The chance that a supported sentence scores higher than another, ties counting one half."""
    yes, no = scores[right], scores[~right]
    above = (yes[:, None] > no[None, :]).mean() + (yes[:, None] == no[None, :]).mean() / 2
    return float(above)


def fitted(values: Floats, right: NDArray[np.bool_], counts: Floats | None = None) -> Floats:
    """Bias and weights of a logistic regression with a ridge, by Newton's method; ``counts`` weighs the rows."""
    design = np.hstack([np.ones((len(values), 1)), values])
    ridge = np.diag([0.0, *[_RIDGE] * values.shape[1]])
    weights = np.zeros(design.shape[1])
    counts = np.ones(len(values)) if counts is None else counts
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (counts * (chance - right)) + ridge @ weights
        curve = (design * (counts * chance * (1 - chance))[:, None]).T @ design + ridge
        weights = weights - np.linalg.solve(curve, slope)
    return weights


def scored(weights: Floats, values: Floats) -> Floats:
    """The log odds by some weights."""
    result: Floats = weights[0] + values @ weights[1:]
    return result


def crossed(values: Floats, right: NDArray[np.bool_], articles: NDArray[np.int64]) -> Floats:
    """The log odds of every sentence by weights that were fitted on other articles."""
    result = np.zeros(len(values))
    for fold in range(_FOLDS):
        held = articles % _FOLDS == fold
        result[held] = scored(fitted(values[~held], right[~held]), values[held])
    return result


def main() -> None:
    """Read the files, check every sentence, print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("judged", type=Path)
    parser.add_argument("--articles", type=Path)
    parser.add_argument("--home", type=Path, default=Path("index"))
    options = parser.parse_args()
    rows, ours = judged(options.judged), checker(options.home)
    taken, verdicts = timed(rows, ours)
    report(rows, verdicts, np.array([ours.features(row.sentence, row.passages) for row in rows]))
    sys.stdout.write(f"{np.median(taken):.1f} ms a sentence (median), {np.percentile(taken, 95):.1f} ms (95 %)\n")
    if options.articles:
        report_cases(list(cases(articles(options.articles)[1::2], 2)), ours)


def report_cases(made: Sequence[Case], ours: Checker) -> None:
    """How many sentences of each kind are accepted, and whether the sentences that carry them are named."""
    sys.stdout.write("\nmade of articles  sentences  accepted  first carrier right  all named\n")
    for kind in dict.fromkeys(sorted((not case.supported, case.kind) for case in made)):
        some = [case for case in made if case.kind == kind[1]]
        verdicts = [ours.check(case.sentence, case.passages) for case in some]
        accepted = sum(verdict.supported for verdict in verdicts) / len(some)
        sys.stdout.write(f"{kind[1]:18}{len(some):8}  {accepted:10.3f}")
        told = [(c.places, v.rests_on) for c, v in zip(some, verdicts, strict=True) if c.supported and v.supported]
        if told:
            first = sum(places[0] in right for right, places in told) / len(told)
            every = sum(set(right) <= set(places) for right, places in told) / len(told)
            sys.stdout.write(f"  {first:19.3f}  {every:9.3f}")
        sys.stdout.write("\n")


def timed(rows: Sequence[Judged], ours: Checker) -> tuple[list[float], list[Verdict]]:
    """Milliseconds and verdict of each check, the first of an article with making it ready."""
    taken, verdicts = [], []
    for row in rows:
        start = time.perf_counter()
        verdicts.append(ours.check(row.sentence, row.passages))
        taken.append(1000 * (time.perf_counter() - start))
    return taken, verdicts


def report(rows: Sequence[Judged], verdicts: Sequence[Verdict], values: Floats) -> None:
    """The figures of all rows and of each file."""
    right = np.array([row.supported for row in rows])
    files = np.array([row.file for row in rows])
    articles = np.array([row.article for row in rows])
    barred = np.array([verdict.probability == 0 for verdict in verdicts])
    cross = np.where(barred, -99.0, crossed(values, right, articles))
    shipped = np.array([verdict.probability for verdict in verdicts])
    accepted = np.array([verdict.supported for verdict in verdicts])
    sys.stdout.write(f"accepted from a probability of {ENOUGH}\n")
    for name in ["all", *sorted(set(files))]:
        rows_in = np.full(len(rows), True) if name == "all" else files == name
        good, bad = rows_in & right, rows_in & ~right
        areas = [auroc(some[rows_in], right[rows_in]) for some in (shipped, cross)]
        sys.stdout.write(
            f"{name:14} {rows_in.sum():5} sentences, {good.sum() / rows_in.sum():.2f} supported   "
            f"AUROC {areas[0]:.3f}, cross-validated {areas[1]:.3f}   "
            f"accepted of supported {accepted[good].mean():.3f}, of others {accepted[bad].mean():.3f}\n"
        )


if __name__ == "__main__":
    main()
