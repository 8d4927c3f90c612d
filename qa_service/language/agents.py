"""Those who can speak in a sentence: names, offices ("the Russian diplomat"), offices of people, and pronouns.

Offices and pronouns are resolved within the document: an office to the person introduced with an office of the same
kind and country, "he" to the last person who spoke or acted, "it" to the last body that spoke. Which agent a verb of
speech belongs to is decided in ``statements``.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from qa_service.language.gazetteer import office_words
from qa_service.language.offices import Office, held_offices, offices_in
from qa_service.language.verbs import speaks
from qa_service.language.words import word_set
from qa_service.types import Mention, Name, Sentence, Statement

_PERSON = r"[Hh]e|[Hh]im|[Ss]he|[Hh]is words|[Hh]er words|[Hh]is|[Hh]er"
_PRONOUN = re.compile(rf"\b(?:(?P<person>{_PERSON})|(?P<body>[Ii]t))\b")
_STAFF = r"office|team|campaign|administration|spokes\w+|aides?|lawyers?|government|camp"
_OFFICE_OF = re.compile(rf"['’]s\s+(?P<body>{_STAFF})\b")
_BODY_OF = re.compile(
    r"\s+(?:government|ministry|administration|officials?|authorities|military|army|embassy|spokes\w+)\b"
)
_PREPOSITION = re.compile(r"\b(?P<word>in|at|on|of|with|from|for|between|about|against|by|to)\s(?:the\s)?$")
_TO_BODY = (
    "of",
    "for",
    "from",
    "at",
    "by",
    "to",
)  # behind these, a body may still speak: "a spokesman for the Kremlin"
_APPOSED = re.compile(r",\s*(?:the\s+)?(?:[\w.]+\s){0,2}")
_ROLES = word_set(
    "nominee candidate manager adviser advisor strategist host correspondent reporter anchor pollster aide economist "
    "member veteran official counsel activist leader founder editor columnist"
)
_SEX = re.compile(
    r"\b(?:(?P<he>Mr|Sir|Lord|King|Prince|\w+man)|(?P<she>Mrs|Ms|Miss|Lady|Queen|Princess|\w+woman))\b\.?"
)
_QUOTATION = re.compile(r"“[^”]{0,2000}”|\"[^\"\n]{0,2000}\"|''[^\n]{0,2000}?''")
_HE_OR_SHE = re.compile(r"\b(?:he|his|him|she|her)\b")
_CLOSING = re.compile(r"[,”\"'’?!]\s*$")
_OFTEN, _MOSTLY = 2, 0.8  # pronouns, and their share, from which a person is one of that sex
_NEAR = 20  # characters before a name in which a word tells he from she
_RECENT, _FAR = 2, 30  # sentences back in which "he" may mean a speaker, and anyone named


@dataclass(frozen=True, slots=True)
class Agent:
    """Someone who may be the subject of a sentence: span, ``Name.key``, and how to show them.

    ``governed`` holds the preposition that stands before them, behind which they are no subject, or nothing.
    """

    start: int
    end: int
    key: str
    shown: str
    governed: str = ""

    def shifted(self, by: int) -> Agent:
        """The same agent at another place."""
        return Agent(self.start + by, self.end + by, self.key, self.shown, self.governed)


class Agents:
    """Finds the agents of each sentence of one document."""

    def __init__(
        self, text: str, sentences: Sequence[Sentence], mentions: Sequence[Mention], names: Mapping[str, Name]
    ) -> None:
        self._text = text
        self._names = names
        self._mentions: dict[int, list[Mention]] = defaultdict(list)  # by sentence
        for mention in mentions:
            self._mentions[mention.sentence].append(mention)
        outside = _QUOTATION.sub(lambda match: " " * len(match.group()), text)
        self._quoted = {m.start for m in mentions if outside[m.start] == " "}
        self._with_article = {
            m.key for m in mentions if re.search(r"\bthe $", text[max(0, m.start - 5) : m.start], re.I)
        }
        self._held: dict[str, list[Office]] = defaultdict(list)  # person key → offices that the text gives them
        self._starts = {sentence.index: sentence.start for sentence in sentences}
        self._sex: dict[str, str] = {}
        called: dict[str, Counter[str]] = defaultdict(Counter)
        for sentence in sentences:
            self._introduce(sentence)
            self._count_pronouns(sentence, called)
        for key, pronouns in called.items():
            for sex, count in pronouns.items():
                if count >= max(_OFTEN, _MOSTLY * pronouns.total()):
                    self._sex.setdefault(key, sex)

    def of(self, sentence: Sentence, unquoted: str, before: Sequence[Statement]) -> list[Agent]:
        """The agents of a sentence in order; spans are offsets into the document's text.

        ``unquoted`` is the sentence with quotations blanked out: whoever is named only in there acts elsewhere.
        ``before`` holds the statements made earlier in the document, the outermost of each sentence.
        """
        inside = [m for m in self._mentions[sentence.index] if unquoted[m.start - sentence.start] != " "]
        agents = [agent for agent in map(self._named, inside) if agent]
        people = {a.start for a in agents if self._names[a.key].kind == "person"}
        for office in offices_in(self._text, sentence.start, sentence.end):
            holder = self._holder(office, sentence.index)
            if holder and not people & set(range(office.end, office.end + 3)):
                agents = [a for a in agents if not (office.start <= a.start and a.end <= office.end)]
                agents.append(Agent(office.start, office.end, holder, self._names[holder].display))
        agents.sort(key=lambda agent: agent.start)
        agents = [a for a, b in zip_longest(agents, agents[1:]) if not (b and self._modifies(a, b))]
        agents.extend(self._pronouns(sentence, unquoted, inside, before))
        return sorted(agents, key=lambda agent: agent.start)

    def _modifies(self, agent: Agent, following: Agent) -> bool:
        """Whether an agent only says whose somebody is: "Acme" in "Acme president Ada Kole" or "Acme's Ada Kole"."""
        gap = self._text[agent.end : following.start]
        told = re.fullmatch(r"(?:['’]s)?(?:\s+[\w-]+){0,2}?\s+(?P<role>[\w-]+)\s+|['’]s\s+", gap)
        role = (told["role"] or "").casefold() if told else ""
        person = self._names[following.key].kind == "person" and self._names[agent.key].kind != "person"
        return person and told is not None and (not role or role in _ROLES or role in office_words())

    def _governed(self, mention: Mention) -> str:
        """The preposition before a name that then does not act: "in Europe", "with Putin"; none if it may still act."""
        found = _PREPOSITION.search(self._text, max(0, mention.start - 12), mention.start)
        if not found or (self._names[mention.key].kind == "organisation" and found["word"] in _TO_BODY):
            return ""
        return found["word"]

    def _named(self, mention: Mention) -> Agent | None:
        name = self._names[mention.key]
        governed = self._governed(mention)
        tail = self._text[mention.end : mention.end + 30]
        body = _OFFICE_OF.match(tail) or (_BODY_OF.match(tail) if name.kind == "place" else None)
        if body:
            end = mention.end + body.end()
            shown = name.display + body.group() if name.kind == "person" else f"the {self._text[mention.start : end]}"
            return Agent(mention.start, end, name.key, shown, governed)
        if name.kind == "place" and not self._stands_alone(mention):
            return None
        article = name.kind == "organisation" and not name.display.isupper() and name.key in self._with_article
        return Agent(mention.start, mention.end, name.key, f"the {name.display}" if article else name.display, governed)

    def _stands_alone(self, mention: Mention) -> bool:
        """Whether a country is the subject itself, not the "US" of "US Foreign Minister" or a "Russian"."""
        surface, tail = self._text[mention.start : mention.end], self._text[mention.end : mention.end + 30]
        following = re.match(r"\s*-?\s*(\w+)", tail)
        part = following and (following[1][0].isupper() or following[1] in office_words())
        return not part and tail[:1] != "," and (surface.casefold() in mention.key or len(surface) <= 4)

    def _introduce(self, sentence: Sentence) -> None:
        """Note the offices that a sentence gives to the people in it, and whether it calls them Mr. or Mrs."""
        people = [m for m in self._mentions[sentence.index] if self._names[m.key].kind == "person"]
        held = held_offices(self._text, sentence.start, sentence.end) if people else []
        for mention in people:
            self._held[mention.key] += [office for office in held if self._belongs(office, mention)]
            before = self._text[max(sentence.start, mention.start - _NEAR) : mention.start]
            told = next((m for m in _SEX.finditer(before) if not before[m.end() :].strip()), None)
            if told:
                self._sex.setdefault(mention.key, "he" if told["he"] else "she")

    def _count_pronouns(self, sentence: Sentence, called: Mapping[str, Counter[str]]) -> None:
        """Count "he" and "she" behind the name in sentences that name one person only."""
        people = self._people(sentence.index)
        if len({m.key for m in people}) == 1:
            found = _HE_OR_SHE.findall(self._text, people[0].end, sentence.end)
            called[people[0].key].update("she" if word in ("she", "her") else "he" for word in found)

    def _belongs(self, office: Office, mention: Mention) -> bool:
        if office.end <= mention.start:
            return self._text[office.end : mention.start] in (" ", "")
        return bool(_APPOSED.fullmatch(self._text[mention.end : office.start]))

    def _holder(self, office: Office, sentence: int) -> str | None:
        """The person in this document with an office of that kind and country; the one named last before wins."""
        same = [(key, o) for key, held in self._held.items() for o in held if o.kind == office.kind]
        exact = [(key, o) for key, o in same if o.country == office.country or not office.country]
        fitting = exact or [(key, o) for key, o in same if not o.country]
        if not fitting:
            return None
        worded = {key for key, o in fitting if self._last_word(o) == self._last_word(office)}
        holders = worded or {key for key, _ in fitting}
        first = -1 if exact else max(-1, sentence - _FAR)
        earlier = (m.key for at in range(sentence, first, -1) for m in reversed(self._mentions.get(at, ())))
        return next((key for key in earlier if key in holders), None)

    def _last_word(self, office: Office) -> str:
        """What tells a "president-elect" from a "president"."""
        return self._text[office.start : office.end].casefold().split()[-1]

    def _pronouns(
        self, sentence: Sentence, unquoted: str, inside: Sequence[Mention], before: Sequence[Statement]
    ) -> list[Agent]:
        agents = []
        for match in _PRONOUN.finditer(unquoted):
            place = sentence.start + match.start()
            closing = _CLOSING.search(
                self._text[sentence.start : place]
            )  # "…," she said: not one of those named in there
            earlier = [m for m in inside if m.end <= place and not closing]
            key = self._meant(match, sentence.index, earlier, before) if match["person"] else self._last_body(before)
            if key:
                shown = self._names[key].display if match["person"] else self._shown(key, before)
                agents.append(Agent(place, sentence.start + match.end(), key, shown))
        return agents

    def _meant(
        self, pronoun: re.Match[str], sentence: int, earlier: Sequence[Mention], before: Sequence[Statement]
    ) -> str | None:
        """Whom "he" or "she" means: someone named before it in its sentence, the last speaker or the last one named."""
        sex = "she" if pronoun.group().casefold().startswith(("she", "her")) else "he"
        here = self._fitting((m.key for m in earlier), sex, ("person",))
        if here:
            return here
        recent = [s.speaker_key for s in reversed(before[-3:]) if s.sentence >= sentence - _RECENT]
        spoke = self._fitting(recent, sex, ("person",))
        if spoke:
            return spoke
        before_it = range(sentence - 1, max(-1, sentence - 1 - _FAR), -1)
        told = (
            (m.key for m in self._people(at) if m.start not in self._quoted)
            for at in before_it
            if not self._goes_on(at, sex)
        )
        named = (self._fitting(keys, sex, ("person",)) for keys in told)
        return next(filter(None, named), None) or self._fitting(recent, sex, ("other",))

    def _goes_on(self, sentence: int, sex: str) -> bool:
        """Whether a sentence begins with the same pronoun, so that it means none of those who are named in it."""
        return self._text.startswith(f"{sex.title()} ", self._starts.get(sentence, len(self._text)))

    def _people(self, sentence: int) -> list[Mention]:
        return [m for m in self._mentions.get(sentence, ()) if self._names[m.key].kind == "person"]

    def _fitting(self, keys: Iterable[str], sex: str, kinds: Sequence[str]) -> str | None:
        return next((k for k in keys if self._names[k].kind in kinds and self._sex.get(k, sex) == sex), None)

    def _last_body(self, before: Sequence[Statement]) -> str | None:
        bodies = ("organisation", "place")
        of_body = (
            s
            for s in reversed(before)
            if (self._names[s.speaker_key].kind in bodies or re.search("['’]s ", s.speaker)) and speaks(s.cue)
        )
        return next((s.speaker_key for s in of_body), None)

    def _shown(self, key: str, before: Sequence[Statement]) -> str:
        spoke = next((s.speaker for s in reversed(before) if s.speaker_key == key), None)
        return spoke or self._names[key].display
