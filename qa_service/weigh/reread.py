"""The best candidates are read again, in their surroundings, by the reader: which sentence holds the answer, if any?

A window is a candidate sentence with what stands before and behind it, a few hundred characters; candidates that lie in
one window are read together. Reading is what costs most of the time of an answer, so only a few windows are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from qa_service.articles import Article
from qa_service.read import Reader

_SIZE = 420  # characters of a window, if its sentences are not longer
_BEFORE = 160  # of them at most before the candidate: what a pronoun refers to stands there

Spot = tuple[str, int]  # document id, sentence


@dataclass(frozen=True, slots=True)
class Window:
    """Consecutive sentences of an article, ``first`` to ``last`` inclusive."""

    article: Article
    first: int
    last: int

    @property
    def start(self) -> int:
        """Its offset in the document."""
        return self.article.sentences[self.first].start

    @property
    def text(self) -> str:
        """Its verbatim text."""
        return self.article.document.text[self.start : self.article.sentences[self.last].end]

    def holds(self, article: Article, sentence: int) -> bool:
        """Whether a sentence lies in it."""
        return article is self.article and self.first <= sentence <= self.last


@dataclass(frozen=True, slots=True, order=True)
class Chance:
    """What the reader makes of a sentence: the probability that the answer lies in it, and that its window has one."""

    here: float
    answerable: float


def reread(question: str, ranked: Sequence[tuple[Article, int]], reader: Reader, most: int) -> Mapping[Spot, Chance]:
    """What the reader makes of every sentence in the windows read. ``ranked`` is best first."""
    chances: dict[Spot, Chance] = {}
    for window in windows(ranked, most):
        reading = reader.read(question, window.text)
        for index in range(window.first, window.last + 1):
            span = window.article.sentences[index]
            here = reading.share(span.start - window.start, span.end - window.start)
            spot = (window.article.document.id, index)
            chances[spot] = max(chances.get(spot, Chance(0.0, 0.0)), Chance(here, reading.answerable))
    return chances


def windows(ranked: Sequence[tuple[Article, int]], most: int) -> Iterator[Window]:
    """Windows around the best candidates, at most ``most``, none around a candidate that lies in one already."""
    made: list[Window] = []
    for article, sentence in ranked:
        if len(made) == most:
            return
        if not any(window.holds(article, sentence) for window in made):
            made.append(around(article, sentence))
            yield made[-1]


def around(article: Article, sentence: int) -> Window:
    """The window around one sentence: some text before it, then as much behind it as fits."""
    spans = article.sentences
    first = last = sentence
    while first > 0 and spans[sentence].start - spans[first - 1].start <= _BEFORE:
        first -= 1
    while last + 1 < len(spans) and spans[last + 1].end - spans[first].start <= _SIZE:
        last += 1
    while first > 0 and spans[last].end - spans[first - 1].start <= _SIZE:
        first -= 1
    return Window(article, first, last)
