"""Measures how near a follow-up, made to stand alone, comes to what people made of it.

    python benchmarks/followups.py FILE

Each line of FILE is a question of a conversation: ``id``, ``history`` (title and section of the article that was talked
about, then question, answer, question, answer …), ``question``, and ``rewrite``, the stand-alone question that a person
wrote. The first question of a conversation is left out. The two that ask see title and section before they begin, so
these are given as the first two turns of the user, ahead of the questions and answers; names are known from the title
and the answers, as a service knows those of its documents.

The figure is the mean F1 of the content words: words are lower-cased runs of letters and digits, function words
(``words.FUNCTION_WORDS``) are left out, each word counts as often as it stands there; two texts without any content
words agree. Beside ours stand the question as it was asked, and the question with the title in the place of its first
pronoun. Conversations are told apart into halves by their ids: figures of the code were chosen on the first.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from hashlib import md5
from pathlib import Path
from statistics import fmean
from time import perf_counter
from typing import Any

from qa_service.conversation import standalone
from qa_service.language import names
from qa_service.language.namebook import Register
from qa_service.language.references import NameBook
from qa_service.language.words import FUNCTION_WORDS
from qa_service.sentences import split
from qa_service.types import Turn

_WORD = re.compile(r"\w+")
_PRONOUN = re.compile(r"\b(?:he|she|it|they|him|her|them|his|its|their|hers|theirs)\b", re.IGNORECASE)
_OWNING = frozenset("his its their hers theirs".split())


def content(text: str) -> Counter[str]:
    """The content words of a text, each with its count."""
    return Counter(word for word in _WORD.findall(text.lower()) if word not in FUNCTION_WORDS)


def f1(ours: str, theirs: str) -> float:
    left, right = content(ours), content(theirs)
    common = (left & right).total()
    if not left or not right:
        return float(left == right)
    return 2 * common / (left.total() + right.total())


def with_title(row: dict[str, Any]) -> str:
    """The question with the title of the article in the place of its first pronoun."""
    title = row["history"][0]
    return _PRONOUN.sub(lambda m: title + "'s" * (m[0].lower() in _OWNING), row["question"], count=1)


def book(row: dict[str, Any]) -> NameBook:
    texts = [row["history"][0], *row["history"][3::2]]
    return NameBook(Register([names.spot(text, split(text)) for text in texts]).names())


def turns(history: Sequence[str]) -> list[Turn]:
    told = [Turn("assistant" if at % 2 else "user", text) for at, text in enumerate(history[2:])]
    return [Turn("user", history[0]), Turn("user", history[1]), *told]


def rewritten(rows: Sequence[dict[str, Any]]) -> list[str]:
    """Every question made to stand alone; how long that took is written to the standard error stream."""
    done, seconds = [], 0.0
    for row in rows:
        known, before = book(row), turns(row["history"])
        begun = perf_counter()
        done.append(standalone(row["question"], before, known))
        seconds += perf_counter() - begun
    sys.stderr.write(f"{seconds / max(1, len(rows)) * 1000:.1f} ms a question\n")
    return done


def half(row: dict[str, Any]) -> int:
    return int(md5(row["id"].split("_")[1].encode()).hexdigest(), 16) % 2


def main(arguments: Sequence[str]) -> int:
    if len(arguments) != 1 or not Path(arguments[0]).is_file():
        sys.stderr.write("Name one file of conversational questions, a JSON object a line.\n")
        return 2
    rows = [json.loads(line) for line in Path(arguments[0]).read_text("utf-8").splitlines()]
    rows = [row for row in rows if len(row["history"]) > 2]
    ways = {
        "as asked": [row["question"] for row in rows],
        "title for the pronoun": [with_title(row) for row in rows],
        "made to stand alone": rewritten(rows),
    }
    parts: dict[str, Callable[[dict[str, Any]], bool]] = {
        "all": lambda row: True,
        "first half": lambda row: half(row) == 0,
        "second half": lambda row: half(row) == 1,
    }
    for name, texts in ways.items():
        scores = [(row, f1(text, row["rewrite"])) for row, text in zip(rows, texts, strict=True)]
        means = {part: fmean([s for row, s in scores if chosen(row)] or [0.0]) for part, chosen in parts.items()}
        sys.stdout.write(f"{name:22}" + "".join(f"  {part} {mean:.4f}" for part, mean in means.items()) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
