"""Who is meant by a source as it is written: somebody with a name, or somebody without, shown as the text puts it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qa_service.language.agents import Agent
from qa_service.language.attributions import Attribution
from qa_service.language.words import word_set
from qa_service.types import Name, Statement

_ATTACHED = re.compile(
    r"\s+(?:of|for|from|in|at|with|on|to|by|about|behind|near|under|against|between|among|within|inside)\s"
)
_AND = re.compile(r",?\s+and\s+")
_OWNS = re.compile(r"['’]s?$")
_STAFF_OF = re.compile(r"\b(?:spokes\w+|officials?|representatives?)\s+(?:for|of|from|at|with)\s")
_STAFF = re.compile(r"\s+(?:[a-z]+\s+)?(?:spokes\w+|officials?|representatives?|statement|report)\b")
_MANY = word_set("they their")
_NOBODY = word_set(  # among them determiners that stand alone
    "there this that what which who you my our your such the a an no any more less enough other every last next early "
    "right"
)
_NUMBER = re.compile(r"\d[\d.,:/]*")
_SEVERAL = re.compile(r"^(?:some|many|most|others|\w+s)\b|^\S+\s(?:\S+\s)?\w+s\b|people|police|\band\b")
_RECENT = 4  # statements back to which "it" may refer
_LONGEST = 12  # words of a source that is shown as it is written


@dataclass(frozen=True, slots=True)
class Speaker:
    """How a speaker is shown, and the key of the name; the key is empty for one without a name."""

    shown: str
    key: str


class Sources:
    """Finds the speakers of one document. ``names`` maps keys to names."""

    def __init__(self, names: Mapping[str, Name]) -> None:
        self._names = names

    def speakers(
        self, sentence: str, one: Attribution, agents: Sequence[Agent], before: Sequence[Statement]
    ) -> list[Speaker]:
        """Whom the source of an attribution means, several where it joins names; nobody for a pronoun of nobody known.

        Spans of ``agents`` are offsets into the sentence; ``before`` holds all statements made earlier.
        """
        start, end = one.source
        parts = _parts(sentence[start:end])
        first = self._speaker(sentence, (start + parts[0][0], start + parts[0][1]), end, agents, before)
        others = [self._named(sentence, (start + a, start + b), agents) for a, b in parts[1:]]
        found = [first] if first else []
        return found + [Speaker(agent.shown, agent.key) for agent in others if agent]

    def addressee(self, sentence: str, one: Attribution, agents: Sequence[Agent]) -> str:
        """To whom it is said: the name as shown, or what the text has; empty where that is not told."""
        if one.addressee is None:
            return ""
        agent = self._named(sentence, one.addressee, agents)
        return agent.shown if agent else _shown(sentence[slice(*one.addressee)])

    def _speaker(
        self, sentence: str, part: tuple[int, int], end: int, agents: Sequence[Agent], before: Sequence[Statement]
    ) -> Speaker | None:
        start = part[0]
        source = sentence[start : part[1]]
        named = self._named(sentence, part, agents) or self._apposed(sentence, end, agents)
        if named:
            return Speaker(named.shown, named.key)
        if source.casefold() in _MANY:
            return _last_of_many(before) or Speaker(source, "")
        if source.casefold() == "it":
            return _last_thing(before)
        if source.casefold() in _NOBODY or _NUMBER.fullmatch(source):
            return None
        return Speaker(_shown(sentence[start:end]), self._spoken_for(sentence, (start, end), agents))

    def _spoken_for(self, sentence: str, source: tuple[int, int], agents: Sequence[Agent]) -> str:
        """The key of the body for which somebody speaks: "a spokesman for the Kremlin", "a White House official"."""
        start, end = source
        inside = [a for a in agents if start <= a.start and a.end <= end and self._is_body(a)]
        whole = sentence[start:end]
        if inside and (_STAFF_OF.search(whole) or _STAFF.match(sentence[inside[0].end : end])):
            return inside[0].key
        return ""

    def _named(self, sentence: str, part: tuple[int, int], agents: Sequence[Agent]) -> Agent | None:
        """The agent whose name ends where the head of a source ends: not the one in "a friend of Ada River"."""
        start, end = part
        attached = _ATTACHED.search(sentence, start, end)
        head_end = attached.start() if attached else end
        bare = start + len(_OWNS.sub("", sentence[start:head_end]))
        whole = next((a for a in agents if a.start <= start and end <= a.end <= end + 1), None)
        ahead = next((a for a in agents if a.start >= start - 1 and a.end in (head_end, bare)), None)
        behind = (a for a in agents if attached and attached.end() < a.start and a.end == end and self._is_person(a))
        bearer = next((a for a in behind if sentence[a.start - 2 : a.start - 1].isalpha()), None)
        return whole or ahead or bearer

    def _apposed(self, sentence: str, end: int, agents: Sequence[Agent]) -> Agent | None:
        """The person whose name follows between commas: "the chief, Ada River, said"."""
        return next(
            (
                a
                for a in agents
                if sentence[end : a.start] == ", " and sentence[a.end : a.end + 1] == "," and self._is_person(a)
            ),
            None,
        )

    def _is_person(self, agent: Agent) -> bool:
        return self._names[agent.key].kind == "person"

    def _is_body(self, agent: Agent) -> bool:
        return self._names[agent.key].kind == "organisation"


def _parts(source: str) -> list[tuple[int, int]]:
    """The spans of what "and" joins in a source."""
    cuts = [match.span() for match in _AND.finditer(source)]
    begins, ends = [0, *(b for _, b in cuts)], [*(a for a, _ in cuts), len(source)]
    return list(zip(begins, ends, strict=True))


def _last_of_many(before: Sequence[Statement]) -> Speaker | None:
    """The speakers without a name who spoke last, if there is nobody between."""
    last = before[-1] if before and not before[-1].speaker_key else None
    return Speaker(last.speaker, "") if last and _SEVERAL.search(last.speaker) else None


def _last_thing(before: Sequence[Statement]) -> Speaker | None:
    """The report, poll or body without a name that spoke last."""
    recent = (s for s in reversed(before[-_RECENT:]) if not s.speaker_key and s.speaker.casefold() not in _MANY)
    last = next(recent, None)
    return Speaker(last.speaker, "") if last and not _SEVERAL.search(last.speaker) else None


def _shown(source: str) -> str:
    return " ".join(source.split()[:_LONGEST])
