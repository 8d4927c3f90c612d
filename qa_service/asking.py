"""Makes questions of what a document says: who speaks on which occasion and about what, when and where people met.

Each comes with the sentence that answers it. Which of them are proposed, and whether a question is understood as it
was meant, is left to ``suggest``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from .articles import Article
from .language.verbs import speaks
from .types import Mention, Name, Statement

Kind = Literal["occasion", "when", "where", "about"]

_PHONE = re.compile(r"\b(?:phone|telephone|phoned|calls? (?:with|between|from))\b", re.IGNORECASE)
_EVENT = r"(?:meetings?|talks|calls?|conversations?|summits?|discussions?|negotiations)"
_MET = r"(?:met|meets|meeting|welcomed|welcomes|hosted|received|greeted|greets|phoned)"
_SPOKE = r"(?:held|had|spoke|talked|conversed)"
_SOME = r"[^;§]{0,60}"
_TOLD = re.compile(  # § stands for each of the two
    rf"§{_SOME}\b(?:{_MET}|{_SPOKE}\b{_SOME} (?:with|to)|{_EVENT} (?:with|by))\b{_SOME}§"
    rf"|§{_SOME}§{_SOME}\b{_MET} (?:him|her|them)\b"
    rf"|\b{_EVENT} (?:between|of|with){_SOME}§{_SOME}\band\b{_SOME}§"
    rf"|§{_SOME}\band\b{_SOME}§{_SOME}\b(?:met|{_SPOKE}|(?:during|in|at|after) (?:\w+ ){{0,2}}{_EVENT})"
    rf"|§ and §(?:['’]s?)? (?:\w+ )?{_EVENT}",
    re.IGNORECASE,
)
_LYING = re.compile(r"\b(?:in|at|from|near|outside|across)\s+(?:the\s+)?(?:\w+ern\s+)?$", re.IGNORECASE)
_AHEAD = re.compile(  # a sentence with one of these may tell of what has not taken place, or not yet
    r"\b(?:will|would|may|might|[Hh]op(?:e|es|ed|ing)|[Pp]lan(?:s|ned|ning)?|propos\w+|expect\w*|schedul\w+|upcoming"
    r"|invit\w+|cancel\w*|refus\w+|declin\w+|ahead of|to (?:meet|host|hold|call|speak)"
    r"|(?:not|never) (?:yet )?(?:met|meet))\b"
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question with the sentence of a document that answers it; ``speaker`` is the key of whoever is quoted there."""

    question: str
    kind: Kind
    document_id: str
    sentence: int
    speaker: str = ""


def questions_of(article: Article, names: Mapping[str, Name]) -> tuple[Suggestion, ...]:
    """All questions that a document gives rise to, in the order of its text; ``names`` are those of the whole index."""
    return tuple(_Asking(article, names).all())


class _Asking:
    def __init__(self, article: Article, names: Mapping[str, Name]) -> None:
        self._article = article
        self._names = names

    def all(self) -> Iterator[Suggestion]:
        """What is said, statement by statement, then the meetings and calls that are told of."""
        for statement in filter(lambda each: speaks(each.cue), self._article.statements):
            yield from self._on_occasion(statement)
            yield from self._about(statement)
        for sides in dict.fromkeys(self._article.occasions.all()):
            yield from self._occasion(sides)

    def _on_occasion(self, statement: Statement) -> Iterator[Suggestion]:
        """What somebody says after a meeting or call: their own, or one of two others."""
        sides = tuple(key for key in statement.occasion if key in self._names)
        others = [self._short(key) for key in sides if key != statement.speaker_key]
        who = self._speaker(statement)
        if len(sides) != 2 or not who or not self._telling(sides):
            return
        if len(others) == 1:
            event = f"the call with {others[0]}" if self._is_call(sides) else f"meeting {others[0]}"
        else:
            one, other = others
            event = f"the call between {one} and {other}" if self._is_call(sides) else f"{one} met {other}"
        yield self._said(f"What did {who} say after {event}?", "occasion", statement)

    def _about(self, statement: Statement) -> Iterator[Suggestion]:
        """What somebody says about someone or something that is named in what they say."""
        who, known = self._speaker(statement), {statement.speaker_key, *statement.occasion, *self._article.subjects}
        for mention in self._article.mentions if who else ():
            inside = any(start <= mention.start and mention.end <= end for start, end in statement.content)
            if inside and mention.key not in known and (what := self._named(mention)):
                yield self._said(f"What did {who} say about {what}?", "about", statement)

    def _occasion(self, sides: tuple[str, ...]) -> Iterator[Suggestion]:
        """When and where two people met or called each other, as the sentences that tell of it have it."""
        one, other = map(self._short, sides)
        told = f"{one} and {other} speak on the phone" if self._is_call(sides) else f"{one} meet {other}"
        for sentence in self._telling(sides):
            yield Suggestion(f"When did {told}?", "when", self._article.document.id, sentence)
            if not self._is_call(sides):
                yield Suggestion(f"Where did {told}?", "where", self._article.document.id, sentence)

    def _telling(self, sides: tuple[str, ...]) -> list[int]:
        """The sentences that tell of a meeting or a call of the two that took place."""
        mentioned: dict[int, list[Mention]] = {}
        for mention in self._article.mentions:
            if mention.key in sides:
                mentioned.setdefault(mention.sentence, []).append(mention)
        both = {i: found for i, found in mentioned.items() if {m.key for m in found} == set(sides)}
        return [
            i for i, found in both.items() if _tells(self._article.text(i), self._article.sentences[i].start, found)
        ]

    def _is_call(self, sides: tuple[str, ...]) -> bool:
        return any(_PHONE.search(self._article.text(i)) for i in self._telling(sides)[:1])

    def _said(self, question: str, kind: Kind, statement: Statement) -> Suggestion:
        return Suggestion(question, kind, self._article.document.id, statement.sentence, statement.speaker_key)

    def _speaker(self, statement: Statement) -> str:
        """The speaker as a question names them; empty where they are no name of the index."""
        known = self._names.get(statement.speaker_key)
        if known is None or known.kind == "place":
            return ""
        return self._short(known.key) if known.kind == "person" else statement.speaker

    def _short(self, key: str) -> str:
        """A person's surname, the whole name of anybody else."""
        name = self._names[key]
        return name.display.split()[-1] if name.kind == "person" else name.display

    def _named(self, mention: Mention) -> str:
        """A name as the text has it, with its article.

        Empty for "Russian", for a part of a longer word, and where something lies or happens ("in Sochi").
        """
        text, name = self._article.document.text, self._names[mention.key]
        surface, around = text[mention.start : mention.end], text[mention.start - 1 : mention.start]
        whole = not (around + text[mention.end : mention.end + 1]).strip(" ,.;:?!\n")
        if not whole or (name.kind == "other" and " " not in surface):
            return ""  # a single capital may make an adjective: "European"
        if name.kind == "person":
            return self._short(name.key)
        if surface != name.display or _LYING.search(text, max(0, mention.start - 20), mention.start):
            return ""
        return f"the {surface}" if 2 * text.count(f"the {surface}") > text.count(surface) else surface


def _tells(text: str, offset: int, mentions: Sequence[Mention]) -> bool:
    """Whether a sentence tells of a meeting or a call that took place, between those who are mentioned."""
    marked = text
    for mention in sorted(mentions, key=lambda m: -m.start):
        marked = marked[: mention.start - offset] + "§" + marked[mention.end - offset :]
    return bool(_TOLD.search(marked)) and not _AHEAD.search(marked)
