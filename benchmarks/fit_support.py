"""Fits the weights of the check of a language model's sentences, with the files that ``support.py`` reads.

    python benchmarks/fit_support.py DATA_DIR/qags DATA_DIR/wikinews/articles.jsonl [--home index]

Every second article gives sentences that rest on it and others with one thing made wrong (``support_cases``); the rest
is left for testing. All kinds of these count alike, and all files
of judged sentences, whatever their number; what a rule forbids is left out. Prints the weights to be copied into
``qa_service/support/weights.py``, and the area under the ROC curve of each file with weights fitted without it.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from support import auroc, checker, fitted, judged, scored
from support_cases import articles, cases

from qa_service.support import Checker, Evidence
from qa_service.support.features import NAMES

Asked = tuple[str, tuple[Evidence, ...], str, bool, float]  # with its kind, whether it is supported, and its count

_OF_A_KIND = 150.0  # what all sentences of one kind count together
_OF_A_FILE = 700.0
_MOST = 6.0  # what one sentence counts at most


def main() -> None:
    """Read, fit, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("judged", type=Path)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--home", type=Path, default=Path("index"))
    options = parser.parse_args()
    ours, rows = checker(options.home), judged(options.judged)
    made = list(cases(articles(options.articles)[::2], 2))
    asked: list[Asked] = [(r.sentence, r.passages, r.file, r.supported, _OF_A_FILE) for r in rows]
    asked += [(c.sentence, c.passages, c.kind, c.supported, _OF_A_KIND) for c in made]
    weigh([one for one in asked if allowed(ours, one[0], one[1])], ours, sorted({row.file for row in rows}))


def allowed(ours: Checker, sentence: str, passages: tuple[Evidence, ...]) -> bool:
    """Whether no rule forbids a sentence."""
    return ours.check(sentence, passages).probability > 0


def weigh(asked: Sequence[Asked], ours: Checker, files: Sequence[str]) -> None:
    """Fit on everything and print the weights, then fit without each file and print how that one fares."""
    values = np.array([ours.features(sentence, passages) for sentence, passages, *_ in asked])
    kinds = np.array([kind for _, _, kind, _, _ in asked])
    right = np.array([supported for _, _, _, supported, _ in asked])
    number = Counter(kinds.tolist())
    counts = np.array([min(_MOST, share / number[kind]) for _, _, kind, _, share in asked])
    weights = fitted(values, right, counts)
    sys.stdout.write(f"BIAS = {weights[0]:.2f}\nWEIGHTS = ({', '.join(f'{one:.2f}' for one in weights[1:])})\n")
    for name, column, weight in zip(NAMES, values.T, weights[1:], strict=True):
        alone = [f"{auroc(column[kinds == file], right[kinds == file]):.3f}" for file in files]
        sys.stdout.write(f"  {name:10} {weight:6.2f}   alone {' '.join(alone)}\n")
    for file in files:
        held = kinds == file
        area = auroc(scored(fitted(values[~held], right[~held], counts[~held]), values[held]), right[held])
        sys.stdout.write(f"  {file}, fitted without it: AUROC {area:.3f}\n")


if __name__ == "__main__":
    main()
