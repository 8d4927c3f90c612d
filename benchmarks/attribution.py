"""Measures how often the reader names the right speaker, against news articles whose attributions people marked.

    python benchmarks/attribution.py FILE

Each line of FILE is an article: ``text`` and ``attributions``, which hold lists of ``[start, end]`` spans for
``source``, ``cue`` and ``content``. Counted are the attributions whose source has a name, or is a pronoun after such a
source; "he" is taken to mean the last marked source that looks like a person, "it" the last other one. An attribution
is found when a statement in the sentences of its content has a speaker whose name holds the head word of that source,
and found first when the outermost statement of one of them has; it is wrong when all statements there are others'.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from qa_service.language import names, statements
from qa_service.language.namebook import Register
from qa_service.sentences import split
from qa_service.types import Statement

_NAMED = re.compile(r"[A-Z][\w.-]*[\w](?:\s+[A-Z][\w.-]*\w)*")
_PRONOUN = re.compile(r"(?:he|she|it)", re.IGNORECASE)
_NOT_NAMES = frozenset(
    "The A An His Her Their Its One Some Many Mr Mrs Ms Dr I We They You In But And This That".split()
)


def read(texts: Sequence[str]) -> Iterator[tuple[Statement, ...]]:
    """The statements of each text, read together as the service reads them."""
    spans = [split(text) for text in texts]
    register = Register([names.spot(text, sentences) for text, sentences in zip(texts, spans, strict=True)])
    known = {name.key: name for name in register.names()}
    for number, (text, sentences) in enumerate(zip(texts, spans, strict=True)):
        yield statements.extract(text, sentences, register.mentions(number), known)


def head_of(source: str) -> tuple[str, bool] | None:
    """The last word of the first name in a source, and whether it is a name of two or three words."""
    stretch = re.split(r",|\(|\b(?:of|who|from|in|at|for)\b", source)[0]
    found = [name for name in _NAMED.findall(stretch.replace("’s", "").replace("'s", "")) if name not in _NOT_NAMES]
    return (found[-1].split()[-1].casefold(), len(found[-1].split()) > 1) if found else None


def gold(article: dict[str, Any]) -> Iterator[tuple[str, str, tuple[int, int]]]:
    """(name or pronoun, head word, span of the content) of each attribution that is counted, in order."""
    last: dict[bool, str] = {}
    marked = [a for a in article["attributions"] if a["source"] and a["content"]]
    for said in sorted(marked, key=lambda a: a["source"][0][0]):
        source = article["text"][slice(*said["source"][0])]
        content = (said["content"][0][0], said["content"][-1][1])
        head = head_of(source)
        if _PRONOUN.fullmatch(source):
            person = source.casefold() != "it"
            if person in last:
                yield "pronoun", last[person], content
        elif head:
            last[not source.casefold().startswith("the ")] = head[0]
            yield "name", head[0], content


def verdict(said: Sequence[Statement], head: str, content: tuple[int, int]) -> str:
    """What the statements of the sentences that hold ``content`` make of it."""
    there = [s for s in said if s.start < content[1] and content[0] < s.end]
    outermost = {s.sentence: s for s in reversed(there)}.values()
    if any(head in s.speaker.casefold() for s in outermost):
        return "found first"
    if any(head in s.speaker.casefold() for s in there):
        return "found"
    return "wrong" if there else "missed"


def main(arguments: Sequence[str]) -> int:
    if len(arguments) != 1 or not Path(arguments[0]).is_file():
        sys.stderr.write("Name one file of articles with attributions, a JSON object a line.\n")
        return 2
    lines = Path(arguments[0]).read_text("utf-8").splitlines()
    articles: list[dict[str, Any]] = [json.loads(line) for line in lines]
    counts: Counter[tuple[str, str]] = Counter()
    for article, said in zip(articles, read([article["text"] for article in articles]), strict=True):
        counts.update((kind, verdict(said, head, content)) for kind, head, content in gold(article))
    for kind in ("name", "pronoun"):
        of_kind = {outcome: n for (k, outcome), n in counts.items() if k == kind}
        total = max(1, sum(of_kind.values()))
        right = of_kind.get("found first", 0) + of_kind.get("found", 0)
        shares = "  ".join(f"{o} {of_kind.get(o, 0) / total:.3f}" for o in ("found first", "wrong", "missed"))
        sys.stdout.write(f"{kind:8} {total:5} attributions  found {right / total:.3f}  {shares}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
