"""Groups a document's sentences into passages; the sentences come from ``sentences``, their sizes from ``tokens``."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate

from . import tokens
from .types import Document, Passage, Sentence

Span = tuple[int, int]  # the positions of the first and the last sentence, both inclusive


def chunk(document: Document, sentences: Sequence[Sentence], max_tokens: int = 200) -> tuple[Passage, ...]:
    """Return passages of whole consecutive sentences, each of at most ``max_tokens`` tokens, of about equal size.

    ``sentences`` are all of the document's. A longer single sentence is a passage by itself. A passage begins with
    the last sentence of the one before it wherever that and one more sentence fit.
    """
    sizes = _Sizes(document.text, sentences)
    budget = _balanced(sizes, max_tokens)
    passages: list[Passage] = []
    for first, last in _fitting(document.text, sentences, _spans(sizes, budget, max_tokens), max_tokens):
        start, end = sentences[first].start, sentences[last].end
        text = document.text[start:end]
        name = f"{document.id}:{len(passages)}"
        bounds = sentences[first].index, sentences[last].index
        passages.append(Passage(name, document.id, start, end, text, *bounds, tokens.count(text)))
    return tuple(passages)


class _Sizes:
    """The size of any run of sentences from one count of each, exact where white space is between them."""

    def __init__(self, text: str, sentences: Sequence[Sentence]) -> None:
        ends = [0, *(sentence.end for sentence in sentences)]
        self._alone = [tokens.count(text[sentence.start : sentence.end]) for sentence in sentences]
        following = (tokens.count(text[end : sentence.end]) for end, sentence in zip(ends, sentences, strict=False))
        self._sums = list(accumulate(following))

    def __len__(self) -> int:
        return len(self._alone)

    def of(self, first: int, last: int) -> int:
        """The tokens of the text from the first sentence to the last."""
        return self._alone[first] + self._sums[last] - self._sums[first]


def _balanced(sizes: _Sizes, limit: int) -> int:
    """The smallest budget that needs no more passages than ``limit`` does, so that no short one is left over."""
    fewest = sum(1 for _ in _spans(sizes, limit, limit))
    return bisect_left(
        range(limit), True, hi=limit, key=lambda budget: sum(1 for _ in _spans(sizes, budget, limit)) <= fewest
    )


def _spans(sizes: _Sizes, budget: int, limit: int) -> Iterator[Span]:
    """Fill one passage after the other up to ``budget``; each has at least one sentence that is new."""
    fresh = 0
    while fresh < len(sizes):
        overlaps = fresh > 0 and sizes.of(fresh - 1, fresh) <= limit
        first = last = fresh - overlaps
        last = fresh
        while last + 1 < len(sizes) and sizes.of(first, last + 1) <= budget:
            last += 1
        yield first, last
        fresh = last + 1


def _fitting(text: str, sentences: Sequence[Sentence], spans: Iterator[Span], limit: int) -> Iterator[Span]:
    """Halve the rare span that is over the limit after all, because its sentences touch and their marks join."""
    covered = -1
    for first, last in spans:
        pieces = [(first, last)]
        while pieces:
            first, last = pieces.pop()
            if first < last and tokens.count(text[sentences[first].start : sentences[last].end]) > limit:
                middle = (first + last) // 2
                pieces += [(middle + 1, last), (first, middle)]
            elif last > covered:  # else it is a mere overlap
                yield first, last
                covered = last
