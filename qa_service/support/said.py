"""Who says what in passages and in a sentence to be checked; whether both agree is left to ``speakers``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa_service.language import names, statements
from qa_service.language.namebook import Register
from qa_service.types import Sentence, Statement

from .contents import Term, contents
from .values import Place


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of a passage, with the terms of what is said."""

    place: Place
    statement: Statement
    terms: tuple[Term, ...]


def text_of(sentences: Sequence[str]) -> tuple[str, tuple[Sentence, ...]]:
    """Sentences as one text, and their spans in it."""
    spans, at = [], 0
    for index, sentence in enumerate(sentences):
        spans.append(Sentence(index, at, at + len(sentence), 0))
        at += len(sentence) + 1
    return " ".join(sentences), tuple(spans)


def statements_of(passages: Sequence[Sequence[str]]) -> list[tuple[Statement, ...]]:
    """The statements of each passage, read together: one bearer of a name is one speaker."""
    texts = [text_of(sentences) for sentences in passages]
    register = Register([names.spot(text, spans) for text, spans in texts])
    known = {name.key: name for name in register.names()}
    return [
        statements.extract(text, spans, register.mentions(number), known) for number, (text, spans) in enumerate(texts)
    ]


def said_in(passages: Sequence[Sequence[str]]) -> tuple[Said, ...]:
    """Everything that is said in passages, in order."""
    found: list[Said] = []
    for number, statements_there in enumerate(statements_of(passages)):
        text = text_of(passages[number])[0]
        found += [Said((number, one.sentence), one, _content(text, one)) for one in statements_there]
    return tuple(found)


def _content(text: str, statement: Statement) -> tuple[Term, ...]:
    return tuple(term for start, end in statement.content for term in contents(text[start:end]))
