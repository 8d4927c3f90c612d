"""Count English words in public text and write ``qa_service/data/english.tsv``: word, count, share capitalised.

    python training/build_word_list.py DATA_DIR [--out qa_service/data/english.tsv]

DATA_DIR holds ``squad2/``, ``squadshifts/`` and ``wikinews/`` (see ``training/README.md`` for origin and licence).
Only counts leave this script, no text. The share of capitalised uses (sentence-initial ones left out) tells a name
("kerry") from a word ("kindly") when a question is typed in lower case.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
INITIAL = re.compile(r"(?:^|[.!?:]['\"”’)]*\s+|[\"“‘(])\s*$")
SETS = (
    "squad2/train-first-10-articles.json",
    *(f"squadshifts/{name}.json" for name in ("new_wiki", "reddit", "amazon_reviews")),
)
LEAST = 3  # rarer words are mostly misspellings and foreign names


def texts(data: Path) -> Iterator[str]:
    for name in (
        "squad2/train-first-10-articles.json",
        *(f"squadshifts/{n}.json" for n in ("new_wiki", "reddit", "amazon_reviews")),
    ):
        for article in json.loads((data / name).read_text(encoding="utf-8"))["data"]:
            for paragraph in article["paragraphs"]:
                yield paragraph["context"]
                yield from (qa["question"] for qa in paragraph["qas"])
    for line in (data / "wikinews/articles.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)["text"]


def count(data: Path) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """All uses of each word, its uses inside a sentence, and the capitalised ones among these."""
    uses: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for text in texts(data):
        for match in WORD.finditer(text):
            word = re.sub(r"['’]s$", "", match.group()).replace("’", "'")
            uses[word.lower()] += 1
            if not INITIAL.search(text, max(0, match.start() - 4), match.start()):
                inside[word.lower()] += 1
                capital[word.lower()] += word[0].isupper()
    return uses, inside, capital


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, default=Path("qa_service/data/english.tsv"))
    options = parser.parse_args()
    uses, inside, capital = count(options.data)
    rows = [(word, n) for word, n in uses.most_common() if n >= LEAST and (len(word) > 1 or word in "ai")]
    lines = [f"{word}\t{n}\t{capital[word] / max(1, inside[word]):.2f}" for word, n in rows]
    options.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
