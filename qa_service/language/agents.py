"""Those who can speak in a sentence: names, offices ("the Russian diplomat"), offices of people, and pronouns.

Offices and pronouns are resolved within the document: an office to the person introduced with an office of the same
kind and country, "he" to the last person who spoke or acted, "it" to the last body that spoke.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from .gazetteer import office_words, offices
from .names import country_key
from qa_service.types import Mention, Name, Sentence, Statement

_PRONOUN = re.compile(r"\b(?:(?P<person>[Hh]e|[Ss]he|[Hh]is words|[Hh]er words|(?:[Hh]is|[Hh]er)(?=\s\w+ing\b))|(?P<body>[Ii]t))\b")
_OFFICE_OF = re.compile(r"['’]s\s+(?P<body>office|team|campaign|administration|spokes\w+|aides?|lawyers?|government|camp)\b")
_BODY_OF = re.compile(r"\s+(?:government|ministry|administration|officials?|authorities|military|army|embassy|spokes\w+)\b")
_PREPOSITION = re.compile(r"\b(?:in|at|on|of|with|from|for|between|about|against|by)\s(?:the\s)?$")


@dataclass(frozen=True, slots=True)
class Agent:
    """Someone who may be the subject of a sentence: span, ``Name.key``, and how to show them."""

    start: int
    end: int
    key: str
    shown: str


@dataclass(frozen=True, slots=True)
class _Office:
    start: int
    end: int
    kind: str
    country: str


class Agents:
    """Finds the agents of each sentence of one document."""

    def __init__(
        self, text: str, sentences: Sequence[Sentence], mentions: Sequence[Mention], names: Mapping[str, Name]
    ) -> None:
        self._text = text
        self._names = names
        self._mentions = mentions
        self._held = self._introduced(sentences)  # person key → offices that the text gives them

    def of(self, sentence: Sentence, before: Sequence[Statement]) -> list[Agent]:
        """The agents of a sentence in order. ``before`` holds the statements made earlier in the document."""
        inside = (m for m in self._mentions if m.sentence == sentence.index)
        found = [self._named(m) for m in inside if not self._is_object(m)]
        agents = [agent for agent in found if agent is not None]
        taken = [(a.start, a.end) for a in agents if self._names[a.key].kind == "person"]
        for office in _offices(self._text, sentence.start, sentence.end):
            holder = self._holder(office, sentence.index)
            if holder and not any(office.end <= start <= office.end + 2 for start, _ in taken):
                agents = [a for a in agents if not (office.start <= a.start and a.end <= office.end)]
                agents.append(Agent(office.start, office.end, holder, self._names[holder].display))
        agents.extend(self._pronouns(sentence, before))
        return sorted(agents, key=lambda agent: agent.start)

    def _is_object(self, mention: Mention) -> bool:
        """Whether a preposition stands before a person or place, which then does not act: "in Europe", "with Putin"."""
        if self._names[mention.key].kind == "organisation":
            return False
        return _PREPOSITION.search(self._text, max(0, mention.start - 12), mention.start) is not None

    def _named(self, mention: Mention) -> Agent | None:
        name = self._names[mention.key]
        tail = self._text[mention.end : mention.end + 30]
        body = _OFFICE_OF.match(tail) or (_BODY_OF.match(tail) if name.kind == "place" else None)
        if body:
            end = mention.end + body.end()
            surface = self._text[mention.start : end]
            shown = f"{name.display}{body.group()}" if name.kind == "person" else f"the {surface}"
            return Agent(mention.start, end, name.key, shown)
        if name.kind == "place":
            return Agent(mention.start, mention.end, name.key, name.display) if self._stands_alone(mention) else None
        shown = f"the {name.display}" if name.kind == "organisation" and not name.display.isupper() else name.display
        return Agent(mention.start, mention.end, name.key, shown)

    def _stands_alone(self, mention: Mention) -> bool:
        """Whether a country is the subject itself, not the "US" of "US Foreign Minister" or a "Russian"."""
        surface, tail = self._text[mention.start : mention.end], self._text[mention.end : mention.end + 30]
        following = re.match(r"\s*-?\s*(\w+)", tail)
        part = following and (following[1][0].isupper() or following[1] in office_words())
        return not part and tail[:1] != "," and (surface.casefold() in mention.key or len(surface) <= 4)

    def _introduced(self, sentences: Sequence[Sentence]) -> dict[str, list[_Office]]:
        held: dict[str, list[_Office]] = {}
        for mention in self._mentions:
            if self._names[mention.key].kind != "person":
                continue
            sentence = sentences[mention.sentence]
            for office in _offices(self._text, sentence.start, sentence.end, article=False):
                before = self._text[office.end : mention.start]
                behind = self._text[mention.end : office.start]
                if (office.end <= mention.start and before in (" ", "")) or (
                    mention.end <= office.start and re.fullmatch(r",\s*(?:the\s+)?(?:[\w.]+\s){0,2}", behind)
                ):
                    held.setdefault(mention.key, []).append(office)
        return held

    def _holder(self, office: _Office, sentence: int) -> str | None:
        """The person in this document with an office of that kind and country; the one named last before wins."""
        fitting = {
            key
            for key, held in self._held.items()
            if any(o.kind == office.kind and (not office.country or o.country in ("", office.country)) for o in held)
        }
        named = [m.key for m in self._mentions if m.key in fitting and m.sentence <= sentence]
        return named[-1] if named else None

    def _pronouns(self, sentence: Sentence, before: Sequence[Statement]) -> list[Agent]:
        agents = []
        for match in _PRONOUN.finditer(self._text, sentence.start, sentence.end):
            key = self._last_person(sentence, match.start(), before) if match["person"] else _last_body(before, self._names)
            if key:
                agents.append(Agent(match.start(), match.end(), key, self._shown(key, before)))
        return agents

    def _last_person(self, sentence: Sentence, place: int, before: Sequence[Statement]) -> str | None:
        inside = (m for m in self._mentions if m.sentence == sentence.index and m.end <= place)
        here = [m.key for m in inside if self._names[m.key].kind == "person"]
        if here:  # "According to Pompeo, … As he said": whoever is named first in the sentence itself
            return here[0]
        spoke = [s for s in before if self._names[s.speaker_key].kind in ("person", "other")]
        if spoke and spoke[-1].sentence >= sentence.index - 2:
            return spoke[-1].speaker_key
        named = [
            m for m in self._mentions if m.sentence < sentence.index and self._names[m.key].kind in ("person", "other")
        ]
        last = [m.key for m in named if m.sentence == named[-1].sentence]
        return last[0] if last else None

    def _shown(self, key: str, before: Sequence[Statement]) -> str:
        spoke = [s.speaker for s in before if s.speaker_key == key]
        return spoke[-1] if spoke else self._names[key].display


def _last_body(before: Sequence[Statement], names: Mapping[str, Name]) -> str | None:
    bodies = [s for s in before if names[s.speaker_key].kind in ("organisation", "place") or "’s " in s.speaker or "'s " in s.speaker]
    return bodies[-1].speaker_key if bodies else None


def _offices(text: str, start: int, end: int, article: bool = True) -> list[_Office]:
    pattern = _described() if article else _office()
    found = []
    for match in pattern.finditer(text, start, end):
        words = match.group().split()
        country = next((key for key in map(country_key, words) if key), "")
        plain = [w.casefold() for w in words if not country_key(w)]
        phrase = " ".join(plain)
        kind = next((kind for office, kind in offices() if office in phrase), "")
        if kind and (country or not article or match.group()[:3].casefold() == "the"):
            found.append(_Office(match.start(), match.end(), kind, country))
    return found


@cache
def _office() -> re.Pattern[str]:
    """An office, with the country or body it belongs to in front of it or within: "head of US diplomacy"."""
    phrases = (re.escape(phrase).replace(r"\ of\ ", r" of (?:the )?(?:[\w.]+ )?").replace(r"\ ", r"\s+") for phrase, _ in offices())
    return re.compile(r"(?:\b[A-Z][\w.]*[\s-]?)?\b(?:" + "|".join(phrases) + r")\b", re.IGNORECASE)


@cache
def _described() -> re.Pattern[str]:
    return re.compile(r"(?:\bthe\s+(?:[a-z]+\s+)?)?" + _office().pattern, re.IGNORECASE)
