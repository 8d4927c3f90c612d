"""The meeting or call that a conversation is about, in words that stand alone, and the words that point back at it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa_service.followup.memory import Memory
from qa_service.language.grammar import IT_OF_EVENTS, THERE, THIS_ALONE, either
from qa_service.language.occasions import DEFINITE, EVENT, MEETING
from qa_service.language.references import Reference
from qa_service.questions.question import Question

_VERBS = r"last|take|about|was|did|say|said|start|begin|compare"  # words at which the name of an event is over
_THE_EVENT = rf"{DEFINITE} {either(EVENT, 'event', 'statement')}"

_POINTS_BACK = re.compile(
    rf"\b(?P<word>{IT_OF_EVENTS}|that day|{THIS_ALONE}|{THERE}|{_THE_EVENT})\b(?!\s+\w+ed\b\s+that)", re.IGNORECASE
)
_EVENT = re.compile(
    rf"\b(?:the|their|a|\w+['’]s)\s+(?:[\w-]+\s+){{0,3}}?{EVENT}\b"
    rf"(?:\s+(?:between|of|with|in|at)\s+(?:(?!\b(?:{_VERBS})\b)[^?.,])*)?",
    re.IGNORECASE,
)


def _event_of(question: Question, answered: Sequence[Reference]) -> str:
    """The meeting or call that a question speaks of, told by who took part; empty where it speaks of none."""
    occasion = question.occasion
    people = [r.surface for r in question.names if r.kind == "person"]
    parties = [p.surface for p in occasion.parties] if occasion else people
    met = [r.surface for r in answered if r.kind == "person"]
    if question.want == "person" and met and parties and MEETING.search(question.text):
        return f"the meeting between {parties[0]} and {met[0]}"  # "Who did A meet?" "B."
    if occasion and len(parties) > 1:
        return f"the {'phone call' if occasion.kind == 'call' else 'meeting'} between {' and '.join(parties)}"
    told = _EVENT.search(question.text)
    return told.group().strip() if told else ""


def with_event(question: str, memory: Memory) -> str:
    """The question with the event in the place of the first words that point back at it."""
    event = _event_of(memory.question, memory.answered) if _POINTS_BACK.search(question) else ""
    if not event:
        return question
    return _POINTS_BACK.sub(lambda m: _instead_of(m["word"], event), question, count=1)


def _instead_of(word: str, event: str) -> str:
    return {"there": f"at {event}", "that day": f"on the day of {event}"}.get(word.casefold(), event)
