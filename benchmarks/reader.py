"""How well the reader reads: SQuAD 2.0 questions with the right passage given.

    python benchmarks/reader.py DATA_DIR/squad2/dev.json [--home index]

Prints F1 on the answerable questions, F1 over all with the best threshold, AUROC of answerable or not, and the time.
"""

from __future__ import annotations

import argparse
import json
import re
import string
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from qa_service import reader_export
from qa_service.read import VERSION, OnnxReader, Reading


def normalised(text: str) -> list[str]:
    plain = "".join(c for c in text.casefold() if c not in string.punctuation)
    return re.sub(r"\b(a|an|the)\b", " ", plain).split()


def f1(found: str, answers: Sequence[str]) -> float:
    return max(_f1(normalised(found), normalised(answer)) for answer in answers)


def _f1(found: list[str], answer: list[str]) -> float:
    common = sum((Counter(found) & Counter(answer)).values())
    return 2 * common / (len(found) + len(answer)) if common else 0.0


def best_span(reading: Reading, text: str) -> tuple[str, float]:
    """The likeliest span of at most 30 tokens and the probability that it is the answer."""
    chances = np.triu(np.outer(reading.starts, reading.ends)) * np.tri(len(reading.starts), len(reading.starts), 30)
    if chances.size == 0:
        return "", 0.0
    start, end = np.unravel_index(int(chances.argmax()), chances.shape)
    return text[reading.offsets[start, 0] : reading.offsets[end, 1]], float(chances[start, end])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("squad", type=Path)
    parser.add_argument("--home", type=Path, default=Path("index"))
    parser.add_argument("--every", type=int, default=1, help="ask every n-th question only")
    options = parser.parse_args()
    folder = options.home / "models" / f"reader-{VERSION}"
    if not folder.exists():
        reader_export.prepare(folder)
    reader = OnnxReader(folder)
    scores, values, wanted, times = [], [], [], []
    for article in json.loads(options.squad.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            for qa in paragraph["qas"][:: options.every]:
                began = time.perf_counter()
                reading = reader.read(qa["question"], paragraph["context"])
                times.append(time.perf_counter() - began)
                span, _ = best_span(reading, paragraph["context"])
                answers = [a["text"] for a in qa["answers"]]
                answerable = bool(answers) and not qa.get("is_impossible")
                none = 1 - (reading.starts.sum() + reading.ends.sum()) / 2
                scores.append(0.5 * reading.answerable + 0.5 * (1 - none))
                values.append(f1(span, answers) if answerable else 0.0)
                wanted.append(answerable)
    report(np.array(scores), np.array(values), np.array(wanted), np.array(times))


def report(scores: np.ndarray, values: np.ndarray, wanted: np.ndarray, times: np.ndarray) -> None:
    best = max(
        float(np.where(scores >= t, values, ~wanted).mean()) for t in np.quantile(scores, np.linspace(0, 1, 200))
    )
    order = scores.argsort().argsort() + 1
    positive, negative = wanted.sum(), (~wanted).sum()
    auroc = (order[wanted].sum() - positive * (positive + 1) / 2) / (positive * negative)
    print(f"{len(scores)} questions, F1 on the answerable {values[wanted].mean():.3f}, best F1 {best:.3f}, ")
    print(f"AUROC {auroc:.3f}, {np.median(times) * 1000:.1f} ms a passage")


if __name__ == "__main__":
    main()
