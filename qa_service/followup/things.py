"""Which named thing "this album", "the treaty" or a bare "this" points at; "it" is left to ``pronouns``.

A definite noun means the name that holds it ("the treaty": "Treaty of 1646") or, where it tells a kind of work or
group, the one of that kind that was named last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa_service.followup.entities import GROUPS, WORKS
from qa_service.followup.memory import Memory
from qa_service.language.grammar import ARTICLE, POINTER, POSSESSIVE, THIS_ALONE, either, whole
from qa_service.language.words import plain, words

_POINTED = re.compile(rf"\b{either(POINTER, 'the')}\s+(?P<noun>[a-z]{{3,}})\b(?!\s+(?:[A-Z\"“]|of\b))")
_BARE = whole(THIS_ALONE, rf"this(?=\s+{either(ARTICLE, POSSESSIVE)}\b)")
_YEARS = re.compile(r"\(?\b\d{4}(?:\s*[-–]\s*(?:\d{2,4}|present))?\)?,?:?")
_LONGEST = 5  # words of a name that a noun may stand for


def with_thing(question: str, memory: Memory) -> str:
    """The question with a name at the first words that point at something named."""
    for pointed in _POINTED.finditer(question):
        name = _holding(pointed["noun"], memory) or _of_kind(pointed["noun"], memory)
        if name and name not in question:
            article = "" if name.startswith("the ") else "the "
            return f"{question[: pointed.start()]}{article}{name}{question[pointed.end() :]}"
    bare = _BARE.search(question)
    name = _last(memory) if bare else ""
    return f"{question[: bare.start()]}{name}{question[bare.end() :]}" if bare and name else question


def _holding(noun: str, memory: Memory) -> str:
    """The name whose main word the noun is."""
    for name in _names(memory):
        parts = [plain(word.text) for word in words(name)]
        main = {parts[-1], parts[0]} if " of " in name and parts else {*parts[-1:]}
        if noun in main and 1 < len(parts) <= _LONGEST:
            return name.removeprefix("The ")
    return ""


def _names(memory: Memory) -> Iterator[str]:
    """What was named, the last answer's before that of questions; then the aspect that was stated."""
    yield from (entity.name for entity in reversed(memory.brought))
    yield from (entity.name for entity in reversed(memory.asked))
    yield from (entity.name for entity in memory.ranked())
    yield _YEARS.sub("", memory.aspect).strip(" :,-–")


def _of_kind(noun: str, memory: Memory) -> str:
    """The noun with the name of a work or group of that kind."""
    topic = memory.topic
    name = _work(memory) if noun in WORKS else ""
    if noun in GROUPS and topic and topic.kind in ("group", "other") and topic not in memory.genders:
        name = topic.name
    return f"{noun} {name}" if name else ""


def _work(memory: Memory) -> str:
    """The work named last, else the topic if it is one."""
    works = [e for e in (*memory.asked, *memory.brought) if e.kind == "work" and e != memory.topic]
    works = works or [e for e in (memory.topic,) if e and e.kind == "work"]
    return works[-1].name if works else ""


def _last(memory: Memory) -> str:
    """The work that the last turns named, else the last name of the answer that is nobody and no place."""
    for said in (memory.brought, memory.asked):
        works = [e for e in said if e.kind == "work" and e != memory.topic]
        if works:
            return works[-1].name
    known = {memory.topic, *memory.genders}
    others = [e for e in memory.brought if e.kind == "other" and e not in known]
    return others[-1].name if others else ""
