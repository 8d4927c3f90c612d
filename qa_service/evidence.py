"""How well a sentence answers a question: the signals, one by one, and the one figure made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .articles import Article
from .fits import fits
from .language.references import Reference
from .language.words import terms
from .question import Question
from .senses import Sense

_HERE, _BESIDE, _TITLE = 1.0, 0.55, 0.35  # what a word counts in the sentence itself, next to it, in the title
_TOLD = 0.8  # the same for a word of the occasion that the article tells of anywhere
_NEAR, _ELSEWHERE = 0.7, 0.4  # what a name counts next to the sentence, and elsewhere in the article


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for a sentence, each from 0 to 1.

    ``meaning`` and ``gist``: similarity to the question, with and without its names; ``passage``: the score of the
    best passage of its article; ``words``: the share of the topic that is found; ``names``: how near the names are;
    ``fits``: whether it holds the kind of thing wanted.
    """

    meaning: float
    gist: float
    passage: float
    words: float
    names: float
    fits: float

    @property
    def evidence(self) -> float:
        """How much the sentence speaks of the question. The weights were fitted on questions of several corpora."""
        alike = 0.22 * self.meaning + 0.25 * self.gist + 0.085 * self.passage
        return alike + 0.245 * self.words + 0.07 * self.names

    @property
    def score(self) -> float:
        """One figure to rank by: ``evidence`` and the kind of answer."""
        return self.evidence + 0.13 * self.fits


def signals(
    question: Question, topic: Sequence[Sense], place: tuple[Article, int], similar: tuple[float, float], passage: float
) -> Signals:
    """All signals of one sentence. ``similar`` (to the question, to its gist) and ``passage`` come from retrieval."""
    article, sentence = place
    return Signals(
        meaning=max(0.0, similar[0]),
        gist=max(0.0, similar[1]),
        passage=max(0.0, passage),
        words=coverage(question, topic, article, sentence),
        names=names_found(question.names, article, sentence),
        fits=fits(question, article, sentence),
    )


def coverage(question: Question, topic: Sequence[Sense], article: Article, sentence: int) -> float:
    """The share of the topic's information that stands in the sentence or near it; 1 where there is no topic."""
    told = frozenset(terms(question.occasion.surface)) & article.vocabulary if question.occasion else frozenset()
    total = sum(sense.information for sense in topic) + len(question.about)
    if not total:
        return 1.0
    found = sum(
        sense.information * max(_found(sense, article, sentence), _TOLD * (sense.term in told)) for sense in topic
    )
    return (found + sum(_named(reference, article, sentence) for reference in question.about)) / total


def _found(sense: Sense, article: Article, sentence: int) -> float:
    beside = [_strength(sense, article.terms[i]) for i in _neighbours(article, sentence)]
    return max(
        _HERE * _strength(sense, article.terms[sentence]),
        _BESIDE * max(beside, default=0.0),
        _TITLE * _strength(sense, article.title_terms),
    )


def _strength(sense: Sense, held: frozenset[str]) -> float:
    """How far a set of terms holds a sense: 1 for the term itself, less for a related one."""
    return 1.0 if sense.term in held else max((weight for t, weight in sense.near.items() if t in held), default=0.0)


def _named(reference: Reference, article: Article, sentence: int) -> float:
    """What a name that the answer must be about counts: a name that the whole article is about is near everywhere."""
    keys = set(reference.keys)
    if keys & article.keys[sentence]:
        return _HERE
    near = keys & article.subjects or any(keys & article.keys[i] for i in _neighbours(article, sentence))
    return _BESIDE if near else 0.0


def names_found(references: Sequence[Reference], article: Article, sentence: int) -> float:
    """The mean nearness of the names that a question uses; 1 where it uses none."""
    if not references:
        return 1.0
    return sum(_nearness(reference, article, sentence) for reference in references) / len(references)


def _nearness(reference: Reference, article: Article, sentence: int) -> float:
    keys = set(reference.keys)
    if keys & article.keys[sentence]:
        return 1.0
    if any(keys & article.keys[i] for i in _neighbours(article, sentence)):
        return _NEAR
    return _ELSEWHERE if keys & article.all_keys else 0.0


def _neighbours(article: Article, sentence: int) -> list[int]:
    return [i for i in (sentence - 1, sentence + 1) if 0 <= i < len(article.sentences)]
