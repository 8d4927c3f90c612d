"""How well a sentence answers a question: the signals, one by one, and the one figure made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa_service.articles import Article
from qa_service.language.grammar import HE, SHE, THEY, whole
from qa_service.language.occasions import THE_EVENT
from qa_service.language.references import Reference
from qa_service.language.words import terms
from qa_service.questions.question import Question
from qa_service.weigh.fits import fits
from qa_service.weigh.senses import Sense

_HERE, _BESIDE, _TITLE = 1.0, 0.55, 0.35  # what a word counts in the sentence itself, next to it, in the title
_TOLD = 0.8  # the same for a word of the occasion that the article tells of anywhere
_NEAR, _ELSEWHERE = 0.7, 0.4  # what a name counts next to the sentence, and elsewhere in the article

_STANDS_FOR = 0.8  # what a city counts where its country is named, and the other way round
_REFERRED = 0.9  # what a name counts that the sentence has a pronoun for
_SHORTLY = 2  # sentences before in which a pronoun's name stands
_PRONOUN = whole(HE, SHE, THEY, "both", "the two")


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for a sentence, each from 0 to 1.

    ``meaning`` and ``gist``: similarity to the question, with and without its names; ``passage``: the score of the
    best passage of its article; ``words``: the share of the topic that is found; ``names``: how near the names are;
    ``fits``: whether it holds the kind of thing wanted; ``gap``: how far the topic's word that is found least is
    missing there, ``absent``: the same in the whole article; ``read`` and ``answerable``: what the reader makes of the
    sentence and of the text around it, 0 where it was not read; ``meets``: 1 where the sentence meets the question's
    conditions (the people, the occasion, the speaker), else 0; ``needed`` and ``own``: ``fits`` where nothing but that
    kind of thing will do, ``meets`` where somebody's words are asked for, else 0; ``support``: how far the documents
    speak of all that is asked, ``several``: 1 where the question has several aspects (see ``retrieve.Retrieved``);
    ``ahead``: ``passage`` as a share of the best one's, ``first``: 1 where it is the best one.
    """

    meaning: float
    gist: float
    passage: float
    words: float
    names: float
    fits: float
    gap: float
    absent: float
    read: float = 0.0
    answerable: float = 0.0
    meets: float = 1.0
    needed: float = 0.0
    own: float = 0.0
    support: float = 0.0
    several: float = 0.0
    ahead: float = 0.0
    first: float = 0.0

    @property
    def evidence(self) -> float:
        """How much the sentence speaks of the question. The weights were fitted on questions of several corpora."""
        alike = 0.22 * self.meaning + 0.25 * self.gist + 0.085 * self.passage
        return alike + 0.245 * self.words + 0.07 * self.names

    @property
    def score(self) -> float:
        """One figure to rank by; ``benchmarks/fit_ranking.py`` fits its weights on questions of several corpora."""
        alike = 0.13 * self.meaning + 0.171 * self.gist
        found = 0.038 * self.passage + 0.094 * self.ahead + 0.04 * self.first
        told = 0.146 * self.words + 0.03 * self.names + 0.065 * self.fits + 0.064 * self.needed
        read = 0.132 * self.read + 0.026 * self.answerable
        return alike + found + told + read + 0.063 * self.meets + 0.075 * self.own


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
        gap=max((1 - _found(sense, article, sentence) for sense in topic), default=0.0),
        absent=max((1 - sense.strength(article.vocabulary | article.title_terms) for sense in topic), default=0.0),
    )


def coverage(question: Question, topic: Sequence[Sense], article: Article, sentence: int) -> float:
    """The share of the topic's information that stands in the sentence or near it; 1 where there is no topic."""
    told = _told(question) & article.vocabulary
    total = sum(sense.information for sense in topic) + len(question.about)
    if not total:
        return 1.0
    found = sum(
        sense.information * max(_found(sense, article, sentence), _TOLD * (sense.term in told)) for sense in topic
    )
    return (found + sum(_named(reference, article, sentence) for reference in question.about)) / total


def _told(question: Question) -> frozenset[str]:
    """The terms of the occasion, if enough people are named for it to be known which one is meant."""
    occasion = question.occasion
    return frozenset(terms(occasion.surface)) if occasion and len(occasion.parties) > 1 else frozenset()


def _found(sense: Sense, article: Article, sentence: int) -> float:
    beside = [sense.strength(article.terms[i]) for i in _neighbours(article, sentence)]
    return max(
        _HERE * sense.strength(article.terms[sentence]),
        _BESIDE * max(beside, default=0.0),
        _TITLE * sense.strength(article.title_terms),
    )


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
        itself = reference.kind != "place" or reference.keys[0] in article.keys[sentence]
        return 1.0 if itself else _STANDS_FOR
    if _refers_to(keys, article, sentence):
        return _REFERRED
    if any(keys & article.keys[i] for i in _neighbours(article, sentence)):
        return _NEAR
    return _ELSEWHERE if keys & article.all_keys else 0.0


def _refers_to(keys: set[str], article: Article, sentence: int) -> bool:
    """Whether a pronoun may stand for somebody named shortly before, or "the meeting" for one they took part in."""
    text = article.text(sentence)
    before = range(max(0, sentence - _SHORTLY), sentence)
    if _PRONOUN.search(text) and any(keys & article.keys[i] for i in before):
        return True
    return bool(THE_EVENT.search(text)) and bool(keys & set(article.occasions.of(sentence)))


def _neighbours(article: Article, sentence: int) -> list[int]:
    return [i for i in (sentence - 1, sentence + 1) if 0 <= i < len(article.sentences)]
