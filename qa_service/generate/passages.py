"""Puts found passages into the form in which a language model reads them and in which its sentences are checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qa_service import tokens
from qa_service.articles import Article, Articles
from qa_service.support.values import Evidence
from qa_service.types import Hit, Sentence

from .cut import visible

_MOST_SPEAKERS = 6
_BREAKING = re.compile(r"[\s|\[\]]+")  # what would end a heading, or make a passage of one


@dataclass(frozen=True, slots=True)
class Given:
    """A passage that a model is given: where it comes from, its sentences, and what they prove."""

    hit: Hit
    article: Article
    sentences: tuple[Sentence, ...]
    evidence: Evidence


def given(hits: Iterable[Hit], articles: Articles, budget: int) -> tuple[Given, ...]:
    """The passages in the order of ``hits``, each once, as many as ``budget`` tokens hold; at least the first.

    The lines between which they stand are not counted.
    """
    chosen: dict[str, Given] = {}
    left = budget
    for hit in hits:
        if hit.passage.id in chosen:
            continue
        left -= hit.passage.tokens + tokens.count(_heading(hit, ()))
        if chosen and left < 0:
            break
        chosen[hit.passage.id] = _given(hit, articles.get(hit.document.id))
    return tuple(chosen.values())


def as_text(passages: Sequence[Given], boundary: str) -> str:
    """The passages as a prompt holds them, numbered from 1.

    ``boundary`` stands in the lines that begin and end each; a text that cannot know it cannot end its passage.
    """
    return "\n\n".join(
        f"[[passage {number} | {passage.evidence.heading} | {boundary}]]\n"
        f"{visible(passage.hit.passage.text).strip()}\n[[end {number} | {boundary}]]"
        for number, passage in enumerate(passages, start=1)
    )


def _given(hit: Hit, article: Article) -> Given:
    sentences = article.sentences[hit.passage.first : hit.passage.last + 1]
    said = (s.speaker for s in article.statements if hit.passage.first <= s.sentence <= hit.passage.last)
    speakers = [speaker for speaker in dict.fromkeys(said) if speaker][:_MOST_SPEAKERS]
    texts = tuple(visible(article.document.text[s.start : s.end]) for s in sentences)
    return Given(hit, article, sentences, Evidence(texts, _heading(hit, speakers)))


def _heading(hit: Hit, speakers: Sequence[str]) -> str:
    document = hit.document
    day = document.published_at.isoformat() if document.published_at else "no date"
    parts = [document.title, document.source or "no publisher", day]
    if speakers:
        parts.append(f"speakers: {', '.join(speakers)}")
    return " | ".join(_BREAKING.sub(" ", visible(part)).strip() for part in parts)
