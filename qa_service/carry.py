"""Fills in what a later question of one message leaves to the one before it: "… and what did he say about it there?".

Within one message "he" is the subject of the question before, or whoever answers it ("Who called A and what did he
say?"), and what is said is said on the same occasion. Ellipses ("and about B?", "and why?") and the names of meetings
are those of a conversation and are left to ``conversation``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from . import conversation
from .language.occasions import CALL, MEETING
from .language.references import NameBook, Reference
from .language.words import is_function_word, term, words
from .question import Occasion, Question, read
from .types import Turn

_WHO_DID = re.compile(r"^(?:and\s+)?(?:who|which\s+\w+)\s+(?!did\b|does\b|do\b|else\b)(?P<rest>\w.*)$", re.IGNORECASE)
_WHO_IS = re.compile(r"^(?:and\s+)?who\s+(?:is|was|are|were)\b", re.IGNORECASE)
_HE = re.compile(r"\b(?:he|she)\b", re.IGNORECASE)
_HIM = re.compile(r"\bhim\b", re.IGNORECASE)
_HIM_LAST = re.compile(r"\b(?:him|her)\b(?=\s*[?.!,]*\s*$)", re.IGNORECASE)
_ANY_HE = re.compile(r"\b(?:he|she|him|her|his|hers)\b", re.IGNORECASE)
_THEY = re.compile(r"\b(?:they|them|their)\b", re.IGNORECASE)
_PERSON = re.compile(rf"{_ANY_HE.pattern}|{_THEY.pattern}", re.IGNORECASE)
_OWNING = frozenset({"his", "her", "their", "hers"})
_BARE = re.compile(
    r"^(?P<word>(?:why|when|where|how(?:\s+(?:long|often|many\s+times))?|(?:with|to|by|from)\s+whom"
    r"|(?:(?:on|in|at)\s+)?(?:what|which)\s+(?:day|date|year|month|time|city|country|place|occasion))|"
    r"(?P<much>(?:by|with|for)\s+how\s+(?:many|much)(?:\s+\w+)?))(?:\s+exactly)?\s*\?*$",
    re.IGNORECASE,
)
_AUX = r"(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could)"
_FIRST_WORDS = re.compile(
    rf"^(?:(?:on|in|at|with|to|by|from)\s+)?(?:(?:what|which|whose|how|who|whom|when|where|why)(?:\s+[\w-]+){{0,3}}?"
    rf"\s+(?={_AUX}\b)|(?:what|which|who|whom|when|where|why|how)\s+)",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(rf"^how\s+many\s+(?={_AUX}\b)", re.IGNORECASE)
_COUNTED = re.compile(rf"\bhow\s+many\s+(?!{_AUX}\b)(\w+)", re.IGNORECASE)
_ELLIPSIS = re.compile(r"^(?:what\s+|how\s+)?(?:about|regarding|concerning)\b", re.IGNORECASE)
_THERE = re.compile(r"\bthere\b(?!\s+(?:is|are|was|were|any|a|no|be)\b)", re.IGNORECASE)
_EXISTS = re.compile(r"\b(?:is|are|was|were)\s+$", re.IGNORECASE)
_IT = re.compile(r"\b(?:it|this|that)\b(?!\s+(?:true|possible|likely|clear|that)\b)(?=\s|[?.!,]|$)", re.IGNORECASE)
_ITS = re.compile(r"\bits\b", re.IGNORECASE)
_EVENT = re.compile(
    rf"\b(?:the|this|that|their)\s+(?:phone\s+)?(?:{MEETING.pattern}|{CALL.pattern}|event)", re.IGNORECASE
)
_THING = re.compile(
    r"\b(?P<thing>(?:the|an?|its|his|their)\s+[\w-]+(?:\s+[\w-]+){0,3}?)(?P<verb>\s+[\w-]+)?"
    r"(?=\s+(?:in|on|at|of|for|to|by|with|from|after|before|during|about|and)\b|\s*[?.!]*$)",
    re.IGNORECASE,
)
_DET = re.compile(r"(?:its|his|their|the)\s+(?-i:(?![A-Z]))", re.IGNORECASE)
_BE_BEFORE = re.compile(r"\b(?:is|are|was|were)\s+$", re.IGNORECASE)
_DO_BEFORE = re.compile(r"\b(?:did|does|do|has|have|had|will|would|can|could)\s+$", re.IGNORECASE)
_AUX_BEFORE = re.compile(rf"\b{_AUX}\s+$", re.IGNORECASE)
_DONE = re.compile(r"\s*\w+(?:ed|en|wn|ne|eld|old|ilt|ght|aid|ut)$", re.IGNORECASE)
_IN_PLACE = re.compile(r"\b(?:in|at)\s+(?:the\s+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Earlier:
    """A question of the same message that has been asked already, standing alone, and its answer, if it has one."""

    text: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Completed:
    """A question that stands alone, and the meeting or call that it is about without saying so, if there is one."""

    text: str
    occasion: Occasion | None = None


def complete(clause: str, earlier: Earlier, book: NameBook) -> Completed | None:
    """The clause as a question that stands alone; None where it is about somebody whom the one before did not find."""
    first = read(earlier.text, book)
    people = _people(first, earlier, book)
    bare = _BARE.match(clause)
    if bare:
        if bare["much"]:
            return Completed(f"{earlier.text.rstrip(' ?.')} {bare['much']}?")
        return Completed(_asked_of(bare["word"], earlier.text, people[0] if _asks_who(first) and people else ""))
    if any(r.kind == "person" for r in book.find(clause)[0]):
        clause = _HIM_LAST.sub(people[-1], clause) if people else clause  # "where did C meet him?"
    else:
        if _asks_who(first) and not people and _PERSON.search(clause):
            return None
        clause = _of_people(clause, people)
    counted = _COUNTED.search(earlier.text)
    clause = _HOW_MANY.sub(f"How many {counted[1]} ", clause) if counted else clause
    clause = _of_things(clause, first, book)
    if _ELLIPSIS.match(clause) or _IT.search(clause) or _EVENT.search(clause) or _PERSON.search(clause):
        told = (Turn("user", earlier.text), Turn("assistant", earlier.answer))
        clause = conversation.standalone(clause, told, book)
    return _on_occasion(clause[:1].upper() + clause[1:].rstrip(" ?.,;") + "?", first, book)


def _asks_who(first: Question) -> bool:
    """Whether "he" in the next question is whoever answers this one: "Who called A?", not "Whom did A call?"."""
    if first.want not in ("person", "speaker") or not _WHO_DID.match(first.text):
        return False
    asked_about = [r for r in first.names if r.kind == "person" and not r.by_office]
    return not (_WHO_IS.match(first.text) and any(r.end >= len(first.text.rstrip(" ?.")) for r in asked_about))


def _people(first: Question, earlier: Earlier, book: NameBook) -> list[str]:
    """Whom "he" and "they" of the next question may mean, the subject first: those it names or its answer."""
    named = sorted((r for r in first.names if r.kind == "person"), key=lambda r: r.start)
    if _asks_who(first) or not (named or first.unknown):
        asked = {key for name in named if not name.by_office for key in name.keys}
        found = [r for r in book.find(earlier.answer)[0] if r.kind == "person" and not asked & set(r.keys)]
        named = _nearest(first, earlier.answer, found) if _asks_who(first) else found
    return list(dict.fromkeys([r.surface for r in named] or [u.surface for u in first.unknown]))


def _nearest(first: Question, answer: str, found: Sequence[Reference]) -> list[Reference]:
    """Those named in an answer, whoever stands nearest to the words of the question first: "B welcomed him"."""
    named = {
        term(word.text) for r in first.names if r.kind == "person" and not r.by_office for word in words(r.surface)
    }
    asked = {term(word.text) for word in words(first.text) if not is_function_word(word.text)} - named
    spots = [word for word in words(answer) if term(word.text) in asked]
    return sorted(found, key=lambda r: min((max(w.start - r.end, r.start - w.end) for w in spots), default=0))


def _of_people(clause: str, people: Sequence[str]) -> str:
    """The clause with names for pronouns: "him" beside a "he" is the second of the people."""
    if not people:
        return clause
    if len(people) > 1:
        clause = _HIM.sub(people[1], clause) if _HE.search(clause) else clause
        clause = _THEY.sub(lambda m: _put(f"{people[0]} and {people[1]}", m[0]), clause)
    return _ANY_HE.sub(lambda m: _put(people[0], m[0]), clause)


def _put(name: str, word: str) -> str:
    return f"{name}'s" if word.casefold() in _OWNING else name


def _asked_of(word: str, last: str, who: str) -> str:
    """ "and why?" asked of the question before; of its answer, where it asked who."""
    last = last.rstrip(" ?.")
    asker = _WHO_DID.match(last)
    if who and asker:
        return f"{word.capitalize()} {who} {asker['rest']}?"
    rest = _FIRST_WORDS.sub("", last)
    return f"{word.capitalize()} {rest[:1].lower() + rest[1:] if rest == last else rest}?"


def _of_things(clause: str, first: Question, book: NameBook) -> str:
    """The clause with places and things in the stead of "there" and "it", unless a meeting or call is meant."""
    if first.occasion or MEETING.search(first.text):
        return clause
    names = book.find(first.text)[0]
    place = next((r for r in names if r.kind == "place"), None)
    there = _THERE.search(clause)
    if place and there and not _EXISTS.search(clause[: there.start()]):
        clause = f"{clause[: there.start()]}in {place.surface}{clause[there.end() :]}"
    thing = _thing(first, names)
    if not thing:
        return clause
    if (
        _ANY_HE.search(clause)
        and _DET.match(thing)
        and not any(r.kind == "person" for r in (*names, *book.find(clause)[0]))
    ):
        return _ANY_HE.sub(lambda m: _put(thing, m[0]), clause, count=1)  # "recall its envoy": "his name"
    return _IT.sub(thing, _ITS.sub(f"{thing}'s", clause, count=1), count=1)


def _thing(first: Question, names: Sequence[Reference]) -> str:
    """What "it" stands for: the first noun with an article of the question before, or the one name that it has."""
    told = _THING.search(first.text)
    if told is None:
        things = [r.surface for r in names if r.kind != "person"] or [u.surface for u in first.unknown]
        return things[0] if len(things) == 1 else ""
    name = next((r for r in names if r.kind != "person" and told.start() < r.start <= told.start() + 4), None)
    if name and _DO_BEFORE.search(first.text[: told.start()]):
        return first.text[told.start() : name.end]
    before, verb = first.text[: told.start("thing")], told["verb"] or ""
    ends = _DONE.match(verb) if _BE_BEFORE.search(before) else _AUX_BEFORE.search(before)
    return told["thing"] if ends else told["thing"] + verb


def _on_occasion(full: str, first: Question, book: NameBook) -> Completed:
    """The question with the meeting, call or place of the one before, where it asks for words of those who were there.

    "Where did A meet B and what did he say about C?" asks for what A said on that occasion and no other.
    """
    asked = read(full, book)
    keys = {key for speaker in asked.speakers for key in speaker.keys}
    if not keys or asked.occasion or any(r.kind == "place" and r not in asked.about for r in asked.others):
        return Completed(full)
    parties = first.occasion.parties if first.occasion else ()
    if len(parties) > 1 and any(keys & set(party.keys) for party in parties):
        return Completed(full, first.occasion)
    places = [r for r in first.others if r.kind == "place" and _IN_PLACE.search(first.text[: r.start])]
    if places and keys & {key for name in first.names for key in name.keys}:
        return Completed(f"{full.rstrip('?')} in {places[0].surface}?")
    return Completed(full)
