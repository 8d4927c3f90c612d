"""Questions of a few words that only change the last one: "Why?", "What about Ukraine?", "And the Kremlin?"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa_service.followup.memory import Memory
from qa_service.language.grammar import LINK
from qa_service.language.interrogatives import ALONE, PREPOSED, WORD, asked_anew
from qa_service.language.references import NameBook, Reference
from qa_service.language.words import words
from qa_service.questions.question import Question

OPENER = re.compile(rf"^{LINK}\b[\s,]*", re.IGNORECASE)
_BARE = re.compile(
    rf"^(?P<ask>{ALONE}|who|how many|what for)(?:\s+(?:not|was that|is that|exactly))?\s*\?*$", re.IGNORECASE
)
_WHAT_ABOUT = re.compile(r"^(?:(?:what|how) about|about|on)\s+(?P<rest>.+?)\s*\?*$", re.IGNORECASE)
_ASKS = re.compile(rf"{PREPOSED}{WORD}\b", re.IGNORECASE)
_OCCASION = re.compile(r"\b(?:after|before|during|following|at|in|on)\s+[^?]*(?=[?\s]*$)", re.IGNORECASE)
_SHORT_TOPIC, _SHORT_NAME = 8, 4  # words at most in "What about …?" and in a bare "And …?"


def from_last(question: str, memory: Memory) -> str | None:
    """The last question asked anew with what this one changes, or nothing where this one is a question of its own."""
    body = OPENER.sub("", question).strip()
    bare = _BARE.match(body)
    if bare:
        return f"{asked_anew(bare['ask'], memory.text.rstrip(' ?.'))}?"
    about = _WHAT_ABOUT.match(body) if len(words(body)) <= _SHORT_TOPIC else None
    short = OPENER.match(question) and len(words(body)) <= _SHORT_NAME and not _ASKS.match(body)
    if about or short:
        return _exchange(about["rest"] if about else body.rstrip(" ?."), memory.question, memory.book)
    return None


def _exchange(new: str, last: Question, book: NameBook) -> str:
    """Ask the last question of another speaker ("And the Kremlin?") or on another topic ("And Ukraine?")."""
    bodies = [r for r in book.find(new)[0] if r.kind in ("person", "organisation")]
    if last.speakers and bodies:
        first, final = last.speakers[0], last.speakers[-1]
        return last.text[: first.start] + new + _turned(last.text[final.end :], bodies, last, book)
    people = [r for r in last.others if r.kind == "person"]
    if people and bodies and bodies[0].kind == "person":
        return last.text[: people[0].start] + new + last.text[people[0].end :]
    topic = re.search(r"\babout\b[^?]*", last.text, re.IGNORECASE)
    if topic:
        return last.text[: topic.start()] + f"about {new}" + last.text[topic.end() :]
    return f"{last.text.rstrip(' ?.')} about {new}?"


def with_occasion(question: str, memory: Memory) -> str:
    """Give a question that begins with "And" the occasion or place of the one before."""
    told = _OCCASION.search(memory.question.text)
    if told and not _OCCASION.search(question):
        occasion = _turned(told.group().strip(), memory.book.find(question)[0], memory.question, memory.book)
        return f"{question.rstrip(' ?.')} {occasion}?"
    return question


def _turned(occasion: str, asked: Sequence[Reference], last: Question, book: NameBook) -> str:
    """An occasion with the last question's speaker in the place of who is asked about now: nobody meets himself."""
    keys = {key for reference in asked for key in reference.keys}
    for reference in book.find(occasion)[0]:
        if last.speakers and keys & set(reference.keys):
            return occasion[: reference.start] + last.speakers[0].surface + occasion[reference.end :]
    return occasion
