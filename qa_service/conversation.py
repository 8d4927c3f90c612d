"""Makes a follow-up stand alone: "How long did it last?" → "How long did the meeting between A and B last?".

The order of the steps stands here; what each of them fills in is a module of ``followup``. Only the user's own turns
say what the conversation is about, the last answer adds whom and what it names. A question that names its own subject,
or says enough that is new, is left as it is, so that a new topic does not drag the old one along.
"""

from __future__ import annotations

from collections.abc import Sequence

from qa_service.followup import events, pronouns, short, things, times, unsaid
from qa_service.followup.entities import is_title
from qa_service.followup.memory import Memory
from qa_service.followup.own import own_names
from qa_service.language.references import NameBook
from qa_service.types import Turn

_OPENING, _RECENT = 2, 24  # turns that are read: those that opened the conversation, and the last ones


def standalone(question: str, history: Sequence[Turn], book: NameBook) -> str:
    """The question with what it leaves unsaid filled in from earlier turns.

    It is returned letter for letter where it leaves nothing unsaid. A turn of the user that asks nothing ("The summit
    in Oslo") states what the conversation is about.
    """
    memory = Memory(book)
    for turn in (*history[:-_RECENT][:_OPENING], *history[-_RECENT:]):
        text = turn.content.strip()
        if turn.role == "assistant" and memory.text:
            memory.note_answer(text)
        elif turn.role == "user" and is_title(text):
            memory.note_title(text)
        elif turn.role == "user" and text:
            memory.note_question(_complete(text, memory))
    return _complete(question, memory)


def _complete(question: str, memory: Memory) -> str:
    if not memory.text:
        return question
    anew = short.from_last(question, memory)
    if anew:
        return anew
    body = short.OPENER.sub("", question).strip()
    full = _filled(body, memory)
    if full == body and short.OPENER.match(question):
        full = short.with_occasion(body, memory)
    return full[:1].upper() + full[1:] if full != question.strip() else question


def _filled(body: str, memory: Memory) -> str:
    """The question with names for the words that point back, or else with the subject that it leaves unsaid."""
    own = own_names(body, memory.book)
    full = pronouns.resolve(events.with_event(body, memory), memory, own)
    if full == body:
        full = things.with_thing(body, memory)
    focus = memory.focus()
    if full == body and focus and not own and unsaid.leaves_unsaid(body, memory):
        full = unsaid.with_subject(body, focus.name)
    return times.with_time(full, memory)
