"""Fills in what a later question of one message leaves to the one before it: "… and what did he say about it there?".

Within one message "he" is the subject of the question before, or whoever answers it ("Who called A and what did he
say?"), and what is said is said on the same occasion. Ellipses ("and about B?", "and why?") and the names of meetings
are those of a conversation and are left to ``conversation``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa_service import conversation
from qa_service.language.grammar import (
    ABOUT,
    ARTICLE,
    AUXILIARY,
    BE,
    DO,
    HAVE,
    HE,
    IT_OF_EVENTS,
    MODAL,
    POINTER,
    POSSESSIVE,
    PREPOSITION,
    SHE,
    THERE,
    THEY,
    THIS_ALONE,
    either,
    genitive,
    in_place_of,
    whole,
)
from qa_service.language.interrogatives import ALONE, HOW_MUCH, asked_anew
from qa_service.language.occasions import DEFINITE, EVENT, MEETING
from qa_service.language.references import NameBook, Reference
from qa_service.language.words import is_function_word, term, words
from qa_service.questions.question import Occasion, Question, read
from qa_service.types import Turn

_WHO_DID = re.compile(rf"^(?:and\s+)?(?:who|which\s+\w+)\s+(?!{either(DO, 'else')}\b)(?P<rest>\w.*)$", re.IGNORECASE)
_WHO_IS = re.compile(rf"^(?:and\s+)?who\s+{BE}\b", re.IGNORECASE)
_HE_OR_SHE = whole(HE, SHE)
_SUBJECT = whole("he", "she")
_HIM = whole("him")
_HIM_LAST = re.compile(r"\b(?:him|her)\b(?=\s*[?.!,]*\s*$)", re.IGNORECASE)
_THEY = whole(THEY)
_PERSON = whole(HE, SHE, THEY)
_BARE = re.compile(rf"^(?:(?P<much>{HOW_MUCH})|(?P<word>{ALONE}))(?:\s+exactly)?\s*\?*$", re.IGNORECASE)
_HOW_MANY = re.compile(rf"^how\s+many\s+(?={AUXILIARY}\b)", re.IGNORECASE)
_COUNTED = re.compile(rf"\bhow\s+many\s+(?!{AUXILIARY}\b)(\w+)", re.IGNORECASE)
_ELLIPSIS = re.compile(rf"^(?:(?:what|how)\s+)?{ABOUT}\b", re.IGNORECASE)
_THERE = whole(THERE)
_IT = whole(IT_OF_EVENTS, THIS_ALONE)
_POINTS = whole(IT_OF_EVENTS, POINTER)  # "this" with a noun of its own too: ``conversation`` knows what it may mean
_ITS = whole("its")
_EVENT = whole(rf"{DEFINITE}\s+(?:\w+\s+)?{either(EVENT, 'event')}")
_THING = re.compile(  # "her" is left out: "met her in Oslo" has no thing in it
    rf"\b(?P<thing>(?!her\b){either(ARTICLE, POSSESSIVE)}\s+[\w-]+(?:\s+[\w-]+){{0,3}}?)(?P<verb>\s+[\w-]+)?"
    rf"(?=\s+{either(PREPOSITION, 'and')}\b|\s*[?.!]*$)",
    re.IGNORECASE,
)
_DET = re.compile(rf"{either('the', POSSESSIVE)}\s+(?-i:(?![A-Z]))", re.IGNORECASE)
_BE_BEFORE = re.compile(rf"\b{BE}\s+$", re.IGNORECASE)
_DO_BEFORE = re.compile(rf"\b{either(DO, HAVE, MODAL)}\s+$", re.IGNORECASE)
_AUX_BEFORE = re.compile(rf"\b{AUXILIARY}\s+$", re.IGNORECASE)
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
    if _ELLIPSIS.match(clause) or _POINTS.search(clause) or _EVENT.search(clause) or _PERSON.search(clause):
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
        clause = _HIM.sub(people[1], clause) if _SUBJECT.search(clause) else clause
        clause = _THEY.sub(lambda m: in_place_of(m, f"{people[0]} and {people[1]}"), clause)
    return _HE_OR_SHE.sub(lambda m: in_place_of(m, people[0]), clause)


def _asked_of(word: str, last: str, who: str) -> str:
    """ "and why?" asked of the question before; of its answer, where it asked who."""
    last = last.rstrip(" ?.")
    asker = _WHO_DID.match(last)
    if who and asker:
        return f"{word.capitalize()} {who} {asker['rest']}?"
    return f"{asked_anew(word, last)}?"


def _of_things(clause: str, first: Question, book: NameBook) -> str:
    """The clause with places and things in the stead of "there" and "it", unless a meeting or call is meant."""
    if first.occasion or MEETING.search(first.text):
        return clause
    names = book.find(first.text)[0]
    place = next((r for r in names if r.kind == "place"), None)
    there = _THERE.search(clause)
    if place and there:
        clause = f"{clause[: there.start()]}in {place.surface}{clause[there.end() :]}"
    thing = _thing(first, names)
    if not thing:
        return clause
    if (
        _HE_OR_SHE.search(clause)
        and _DET.match(thing)
        and not any(r.kind == "person" for r in (*names, *book.find(clause)[0]))
    ):
        return _HE_OR_SHE.sub(lambda m: in_place_of(m, thing), clause, count=1)  # "recall its envoy": "his name"
    return _IT.sub(thing, _ITS.sub(genitive(thing), clause, count=1), count=1)


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
