"""When a question means "that year" or "this time", as the conversation has told it."""

from __future__ import annotations

import re

from qa_service.followup.memory import Memory

_THEN = re.compile(
    r"\b(?:(?P<link>during|in|at|over|around|of|from)\s+)?(?:(?:this|that|these|those|the same)\s+"
    r"(?:time\s*(?:period|frame)?|period|era|decade)|(?:that|those|these|the same)\s+(?:years?|season|months?))\b",
    re.IGNORECASE,
)
_YEARS = re.compile(
    r"\b(?:1[5-9]|20)\d\d(?:\s*(?:-|–|to|and)\s*(?:present|(?:1[5-9]|20)\d\d|\d\d))?(?!\d)|\b(?:1[5-9]|20)\d0s\b"
)


def with_time(question: str, memory: Memory) -> str:
    """The question with the years in the place of "this time" or "that year", where earlier turns tell them."""
    found = _THEN.search(question)
    years = _told(memory) if found else ""
    if not found or not years or _YEARS.search(question):
        return question
    link = found["link"] or "in"
    link = "in" if link.casefold() == "at" else link
    return f"{question[: found.start()]}{link} {years}{question[found.end() :]}"


def _told(memory: Memory) -> str:
    """The years told last by the answer or the question, or those of the aspect that is talked about."""
    for text in (memory.answer, memory.text):
        found = [match.group() for match in _YEARS.finditer(text)]
        if found:
            return found[-1]
    stated = _YEARS.search(memory.aspect)
    return stated.group() if stated else ""
