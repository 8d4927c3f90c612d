"""Measures how well the reader tells who said what, against news articles whose attributions people marked.

    python benchmarks/attribution.py FILE

Each line of FILE is an article: ``text`` and ``attributions``, which hold lists of ``[start, end]`` spans for
``source``, ``cue`` and ``content``. Printed are, each with its 95 % bootstrap interval over articles:

- speaker: the share of the attributions with source and content for which one of our statements that overlap the
  content has the right speaker. Compared are head words: "spokesman" of "a spokesman for the mayor", "River" of "Ada
  River, 34". A pronoun stands for the source marked last before it, "who" for the words before it, "I" for whoever is
  quoted; a speaker whom we show as that pronoun is right as well, and so is the name in "the chief, Ada River".
- content: the share of the attributions for which the words of one of our statements, or of a run of statements that
  make up one quotation of one speaker, agree with the marked content to a token F1 of at least 0.5.
- precision: the share of our statements that agree so, alone or in a run, with a marked content.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from qa_service.language import names, statements
from qa_service.language.namebook import Register
from qa_service.language.words import plain
from qa_service.sentences import split
from qa_service.types import Statement

Spans = Sequence[Sequence[int]]

_PARTICIPLE = re.compile(  # "a letter obtained by the paper"
    r"(?<=\w)\s+[a-z]+(?:ed|ing)(?=\s+(?:by|in|on|with|to|for|from|at|the|an?|last|this|[A-Z]\w+day)\b|$).*"
)
_WORD = re.compile(r"\w+")
_TAIL = re.compile(
    r"\s*(?:,|\(|;|[-–—]{1,2}\s|\b(?:of|who|from|in|at|for|and|with|to|on|that|which|about|by)\b(?!\s*$))",
    re.IGNORECASE,
)
_APPOSED = re.compile(r"[^,A-Z]*(?:[A-Z][\w.’']*\s[^,]*)?[a-z]+,\s+(?P<name>[A-Z][\w.]*(?:\s[A-Z][\w.]*)+)")
_TITLED = re.compile(r"(?:[\w.]+ )*of [A-Z]\w+ (?P<name>[A-Z][\w.]*(?: [A-Z][\w.]*)+)")
_PERSON = frozenset("he she his her him himself herself".split())
_MANY = frozenset("they their them".split())
_THING = frozenset("it its".split())
_RELATIVE = frozenset("who which that whose whom".split())
_QUOTED = frozenset("i we my our me us".split())
_PEOPLES = re.compile(r"(?:an|at|ic|ist|ive|or)s$|^(?:some|many|most|others|people)$")
_ENOUGH = 0.5  # token F1 from which two contents agree
_REACH = 90  # characters before "who" in which its antecedent stands
_RESAMPLED = 1000


@dataclass
class Tally:
    """Right and all, by article."""

    by_article: list[tuple[int, int]] = field(default_factory=list)

    def add(self, outcomes: Sequence[bool]) -> None:
        """Count the outcomes of one article."""
        self.by_article.append((sum(outcomes), len(outcomes)))

    def line(self, label: str) -> str:
        """The share of right ones with its interval, ready to print."""
        rng, drawn = random.Random(0), []
        for _ in range(_RESAMPLED):
            drawn.append(_share(rng.choices(self.by_article, k=len(self.by_article))))
        drawn.sort()
        low, high = drawn[int(0.025 * _RESAMPLED)], drawn[int(0.975 * _RESAMPLED)]
        total = sum(n for _, n in self.by_article)
        return f"{label:10} {_share(self.by_article):.3f}  [{low:.3f}, {high:.3f}]  of {total}\n"


def _share(counts: Sequence[tuple[int, int]]) -> float:
    return sum(right for right, _ in counts) / max(1, sum(total for _, total in counts))


def read(texts: Sequence[str]) -> Iterator[tuple[Statement, ...]]:
    """The statements of each text, read together as the service reads them."""
    spans = [split(text) for text in texts]
    register = Register([names.spot(text, sentences) for text, sentences in zip(texts, spans, strict=True)])
    known = {name.key: name for name in register.names()}
    for number, (text, sentences) in enumerate(zip(texts, spans, strict=True)):
        yield statements.extract(text, sentences, register.mentions(number), known)


def head_of(source: str) -> str:
    """The last word of the first noun phrase of a source, case-folded, without "'s".

    >>> head_of("a spokesman for the mayor"), head_of("Ada River, 34,"), head_of("Mr. River's")
    ('spokesman', 'river', 'river')
    """
    source = re.sub(r"\s+(?:him|her|it|them)sel(?:f|ves)$", "", source.strip())
    phrase = _PARTICIPLE.sub("", source)
    cut = next((m for m in _TAIL.finditer(phrase) if m.start() > 0), None)
    phrase = re.sub(r"['’]s?(?=\s|$)", "", phrase[: cut.start()] if cut else phrase)
    found = [w for w in _WORD.findall(phrase) if w.casefold() not in ("jr", "sr")]
    return plain(found[-1]) if found else ""


def heads(article: dict[str, Any]) -> Iterator[tuple[dict[str, Any], frozenset[str]]]:
    """Each attribution that has a source, in order, with the head words that are right for it."""
    last: dict[str, str] = {}
    marked = [a for a in article["attributions"] if a["source"]]
    for said in sorted(marked, key=lambda a: a["source"][0][0]):
        source = article["text"][slice(*said["source"][0])]
        word = source.casefold().strip()
        head = head_of(source)
        apposed = _APPOSED.match(source)
        titled = _TITLED.match(source)
        named = {head_of(match["name"]) for match in (apposed, titled) if match}
        yield said, frozenset({head, *named, *_stands_for(word, said, last, article)})
        if not any(word in kind for kind in (_PERSON, _MANY, _THING, _RELATIVE, _QUOTED)):
            last[_kind(source, head)] = head


def _kind(source: str, head: str) -> str:
    """Which pronouns a source may be meant by afterwards: "person", "many" or "other"."""
    capitalised = head in map(plain, re.findall(r"\b[A-Z]\w+", source)) and not source.startswith(("The ", "the "))
    if capitalised and not _PEOPLES.search(head):
        return "person"
    return "many" if head.endswith("s") else "other"


def _stands_for(word: str, said: dict[str, Any], last: dict[str, str], article: dict[str, Any]) -> list[str]:
    """The head words of what a pronoun may stand for."""
    for pronouns, kind in ((_PERSON, "person"), (_MANY, "many"), (_THING, "other")):
        if word in pronouns:
            return [last[kind]] if kind in last else []
    start = said["source"][0][0]
    if word in _RELATIVE:
        before = _WORD.findall(article["text"][max(0, start - 60) : start])
        return [w.casefold() for w in before[-1:]]
    if word in _QUOTED:
        around = [a for a in article["attributions"] if a["source"] and any(b <= start < e for b, e in a["content"])]
        return [head_of(article["text"][slice(*a["source"][0])]) for a in around]
    return []


def tokens(text: str, spans: Spans) -> frozenset[int]:
    """Where the words of some stretches begin."""
    return frozenset(m.start() for start, end in spans for m in _WORD.finditer(text, start, end))


def agreement(ours: frozenset[int], theirs: frozenset[int]) -> float:
    """Token F1 of two contents."""
    return 2 * len(ours & theirs) / max(1, len(ours) + len(theirs))


def runs(said: Sequence[Statement]) -> Iterator[tuple[Statement, ...]]:
    """Every statement alone, and every run of them that makes up one quotation: one speaker, one cue at most."""
    by_sentence = {sentence: list(there) for sentence, there in groupby(said, key=lambda s: s.sentence)}
    for statement in said:
        run: tuple[Statement, ...] = (statement,)
        yield run
        while following := _next(run, by_sentence.get(run[-1].sentence + 1, [])):
            run = (*run, following)
            yield run


def _next(run: Sequence[Statement], there: Sequence[Statement]) -> Statement | None:
    """What goes on with a run in the following sentence."""
    cued = any(s.cue for s in run)
    speaker = (run[0].speaker_key, run[0].speaker)
    return next((s for s in there if (s.speaker_key, s.speaker) == speaker and not (cued and s.cue)), None)


def speakers_right(article: dict[str, Any], said: Sequence[Statement]) -> list[bool]:
    """Whether the speaker of each attribution with source and content is right."""
    outcomes = []
    text: str = article["text"]
    for attribution, right in heads(article):
        spans = attribution["content"]
        there = [s for s in said if any(s.start < end and start < s.end for start, end in spans)]
        start = attribution["source"][0][0]
        relative = text[slice(*attribution["source"][0])].casefold() in _RELATIVE
        before = text[max(0, start - _REACH) : start]
        found = any(head_of(s.speaker) in right or (relative and _is_antecedent(s, before)) for s in there)
        outcomes += [found] if spans else []
    return outcomes


def _is_antecedent(statement: Statement, before: str) -> bool:
    """Whether a speaker is what "who" behind ``before`` stands for: the phrase there, with what is attached to it."""
    places = [m.end() for m in re.finditer(rf"\b{re.escape(head_of(statement.speaker))}\b", plain(before))]
    gap = before[places[-1] :] if places else "."
    return re.fullmatch(r"\s*(?:(?:of|for|in|at|from|to|with|,|\()[^.;:]*)?", gap) is not None


def contents_found(article: dict[str, Any], said: Sequence[Statement]) -> tuple[list[bool], list[bool]]:
    """Whether each marked content is found, and whether each of our statements is marked."""
    marked = [tokens(article["text"], a["content"]) for a in article["attributions"] if a["content"]]
    found, right = [False] * len(marked), dict.fromkeys(range(len(said)), False)
    places = {id(s): i for i, s in enumerate(said)}
    for run in runs(said):
        ours = tokens(article["text"], [span for s in run for span in s.content])
        for number, theirs in enumerate(marked):
            if agreement(ours, theirs) >= _ENOUGH:
                found[number] = True
                right.update((places[id(s)], True) for s in run)
    return found, list(right.values())


def main(arguments: Sequence[str]) -> int:
    """Read the file that is named, print the three figures."""
    if len(arguments) != 1 or not Path(arguments[0]).is_file():
        sys.stderr.write("Name one file of articles with attributions, a JSON object a line.\n")
        return 2
    lines = Path(arguments[0]).read_text("utf-8").splitlines()
    articles: list[dict[str, Any]] = [json.loads(line) for line in lines]
    speaker, content, precision = Tally(), Tally(), Tally()
    for article, said in zip(articles, read([article["text"] for article in articles]), strict=True):
        speaker.add(speakers_right(article, said))
        found, right = contents_found(article, said)
        content.add(found)
        precision.add(right)
    sys.stdout.write(speaker.line("speaker") + content.line("content") + precision.line("precision"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
