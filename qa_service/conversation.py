"""Makes a follow-up stand alone: "How long did it last?" → "How long did the meeting between A and B last?".

Only the user's own earlier questions lend words, the last answer only a name for "he". A question that names its own
people and uses no pronoun is left as it is, so that a new topic does not drag the old one along.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa_service.language.occasions import MEETING
from qa_service.language.references import NameBook, Reference
from qa_service.language.words import words
from qa_service.question import Question, read
from qa_service.types import Turn

_EVENTS = r"meeting|talks|phone call|call|conversation|summit|visit|negotiations|discussion"
_VERBS = r"last|take|about|was|did|say|said|start|begin|compare"  # words at which the name of an event is over

_OPENER = re.compile(r"^(?:and|but|so|ok(?:ay)?|then|also)\b[\s,]*", re.IGNORECASE)
_BARE = re.compile(
    r"^(?P<ask>why|where|when|how long|who|how many|how|what for)(?:\s+(?:not|was that|is that|exactly))?\s*\?*$",
    re.IGNORECASE,
)
_WHAT_ABOUT = re.compile(r"^(?:(?:what|how) about|about|on)\s+(?P<rest>.+?)\s*\?*$", re.IGNORECASE)
_LEADING = re.compile(
    r"^(?:(?:on |in |at |with |to |by )?"
    r"(?:what|which|who|whom|whose|when|where|why|how long|how many|how much|how often|how)\b"
    r"(?:\s+(?:day|date|city|country|place|month|year|time)\b)?)\s*",
    re.IGNORECASE,
)
_HE = re.compile(r"\b(?P<word>he|she|him|her|his|hers)\b", re.IGNORECASE)
_THEY = re.compile(
    r"\b(?P<word>they|them|their|both(?: of them)?|the two(?: men| sides| leaders| of them)?)\b", re.IGNORECASE
)
_IT = re.compile(
    r"\b(?P<word>it(?!\s+(?:true|possible|likely|clear|that)\b)|that day|(?:this|that)(?=\s*(?:[?.!,]|$))"
    r"|(?:this|that)(?=\s+(?:happen|last|take|mean|start|begin|end)\w*\b)"
    r"|(?<!is )(?<!are )(?<!was )(?<!were )there(?!\s+(?:is|are|was|were|any|a|no)\b)"
    rf"|(?:the|this|that|their) (?:{_EVENTS}|event|statement))\b(?!\s+\w+ed\b\s+that)",
    re.IGNORECASE,
)
_EVENT = re.compile(
    rf"\b(?:the|their|a|\w+['’]s)\s+(?:[\w-]+\s+){{0,3}}?(?:{_EVENTS})s?\b"
    rf"(?:\s+(?:between|of|with|in|at)\s+(?:(?!\b(?:{_VERBS})\b)[^?.,])*)?",
    re.IGNORECASE,
)
_OCCASION = re.compile(r"\b(?:after|before|during|following|at|in|on)\s+[^?]*(?=[?\s]*$)", re.IGNORECASE)
_SHORT_TOPIC, _SHORT_NAME = 8, 4  # words at most in "What about …?" and in a bare "And …?"
_READ = 2000  # characters of an answer in which its names are looked for


@dataclass(frozen=True, slots=True)
class _Context:
    """What the conversation has been about: the last stand-alone question, taken apart, and whom the answer named."""

    question: Question
    answered: tuple[Reference, ...]

    @property
    def people(self) -> list[str]:
        """Surfaces of the persons in the last question, speakers first."""
        return list(dict.fromkeys(r.surface for r in self.question.names if r.kind == "person"))

    @property
    def event(self) -> str:
        """The meeting or call in words that stand alone, or an empty string."""
        told = _EVENT.search(self.question.text)
        occasion = self.question.occasion
        parties = [p.surface for p in occasion.parties] if occasion else self.people
        met = [r.surface for r in self.answered if r.kind == "person"]
        if self.question.want == "person" and met and parties and MEETING.search(self.question.text):
            return f"the meeting between {parties[0]} and {met[0]}"  # "Who did A meet?" "B."
        if occasion and len(parties) > 1:
            return f"the {'phone call' if occasion.kind == 'call' else 'meeting'} between {' and '.join(parties)}"
        return told.group().strip() if told else ""


def standalone(question: str, history: Sequence[Turn], book: NameBook) -> str:
    """The question with what it leaves unsaid filled in from earlier turns; unchanged when it leaves nothing unsaid."""
    context: _Context | None = None
    for turn in history:
        if turn.role == "user" and turn.content.strip():
            full = _complete(turn.content.strip(), context, book)
            context = _Context(read(full, book), ())
        elif context is not None:
            context = _Context(context.question, tuple(book.find(turn.content[:_READ])[0]))
    return _complete(question, context, book)


def _complete(question: str, context: _Context | None, book: NameBook) -> str:
    if context is None:
        return question
    body = _OPENER.sub("", question).strip()
    bare = _BARE.match(body)
    if bare:
        return _ask_of_last(bare["ask"], context)
    about = _WHAT_ABOUT.match(body) if len(words(body)) <= _SHORT_TOPIC else None
    short = _OPENER.match(question) and len(words(body)) <= _SHORT_NAME and not _LEADING.match(body)
    if about or short:
        return _exchange(about["rest"] if about else body.rstrip(" ?."), context, book)
    full = _resolve(body, context, book)
    if full == body and _OPENER.match(question):
        full = _carry_occasion(body, context)
    return full[:1].upper() + full[1:]


def _ask_of_last(ask: str, context: _Context) -> str:
    """Ask "Why?" of what was asked before."""
    last = context.question.text.rstrip(" ?.")
    rest = _LEADING.sub("", last)
    return f"{ask.capitalize()} {rest[:1].lower() + rest[1:] if rest == last else rest}?"


def _exchange(new: str, context: _Context, book: NameBook) -> str:
    """Ask the last question of another speaker ("And the Kremlin?") or on another topic ("And Ukraine?")."""
    last = context.question
    found = book.find(new)[0]
    bodies = [r for r in found if r.kind in ("person", "organisation")]
    if last.speakers and bodies:
        first, final = last.speakers[0], last.speakers[-1]
        return last.text[: first.start] + new + last.text[final.end :]
    people = [r for r in last.others if r.kind == "person"]
    if people and bodies and bodies[0].kind == "person":
        return last.text[: people[0].start] + new + last.text[people[0].end :]
    topic = re.search(r"\babout\b[^?]*", last.text, re.IGNORECASE)
    if topic:
        return last.text[: topic.start()] + f"about {new}" + last.text[topic.end() :]
    return f"{last.text.rstrip(' ?.')} about {new}?"


def _resolve(question: str, context: _Context, book: NameBook) -> str:
    """Put names in the place of pronouns, where the question names nobody itself whom they may mean."""
    own = [r for r in book.find(question)[0] if r.kind == "person"]
    people, event = context.people, context.event
    answered = [r.surface for r in context.answered if r.kind == "person"]
    he = (people or answered or [""])[0]
    they = " and ".join(people[:2])
    if he and not own and not re.search(r"\bthat (?:he|she)\b", question, re.IGNORECASE):
        question = _HE.sub(lambda m: _owned(he, m["word"], ("his", "her", "hers")), question)
    if they and len(own) < 2:
        question = _THEY.sub(lambda m: _owned(they, m["word"], ("their",)), question)
    if event:
        question = _IT.sub(lambda m: _instead_of(m["word"], event), question, count=1)
    return question


def _owned(name: str, word: str, owning: tuple[str, ...]) -> str:
    return f"{name}'s" if word.casefold() in owning else name


def _instead_of(word: str, event: str) -> str:
    return {"there": f"at {event}", "that day": f"on the day of {event}"}.get(word.casefold(), event)


def _carry_occasion(question: str, context: _Context) -> str:
    """Give a question that begins with "And" the occasion or place of the one before."""
    last = context.question.text
    told = _OCCASION.search(last)
    if told and not _OCCASION.search(question):
        return f"{question.rstrip(' ?.')} {told.group().strip()}?"
    return question
