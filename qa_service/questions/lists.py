"""Whether a question asks for several things ("Which topics …", "What did A and B agree on?"), and of what kind.

How many sentences such an answer has is for ``compose.choose``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa_service.language.words import term
from qa_service.types import NameKind

_PLURAL = (  # known by its ending, or one of those that have none
    r"(?-i:(?!news\b|was\b|does\b|has\b|\w+(?:ss|us|is)\b)[a-z]\w{2,}s|people|men|women|children|media)\b"
)
_OPENS = (
    r"(?:^(?:please\s+)?(?:list|name|enumerate)\s+(?:all\s+)?(?:(?:of\s+)?the\s+)?"
    r"|\b(?:which|what)\s+(?:(?:are|were)\s+(?:all\s+)?the\s+)?)"
)
_ADJECTIVES = r"(?:(?!is\b|was\b|does\b|has\b|are\b|were\b|the\b)[\w-]+\s+){0,2}?"
_LISTED = re.compile(rf"{_OPENS}{_ADJECTIVES}(?P<noun>{_PLURAL})(?!\s+(?:the|an?)\b)", re.IGNORECASE)
_SHARED = (  # what several people do on several matters: the object is a list
    r"(?:discuss(?:ed)?|agree(?:d)?(?:\s+(?:to|on|upon|about))?|talk(?:ed)?\s+about|spoke\s+about|speak\s+about"
    r"|negotiate(?:d)?|disagree(?:d)?\s+(?:on|about|over)|clash(?:ed)?\s+(?:on|over|about))"
)
_SEVERAL = re.compile(
    r"^(?:please\s+)?(?:list|name|enumerate)\b|\b(?:what|who)\s+(?:else|are|were)\b|\bwhich\s+of\b"
    rf"|^(?:and\s+)?(?:on\s+|about\s+)?what\s+(?:did|do|have|had)\s[^?,;]*?\band\s[^?,;]*?\b{_SHARED}\b",
    re.IGNORECASE,
)
_KINDS: dict[NameKind, str] = {
    "place": "countries nations states cities towns places regions capitals continents venues",
    "person": "people persons men women politicians officials ministers secretaries leaders presidents "
    "diplomats actors actresses journalists celebrities authors scientists players victims witnesses lawyers",
    "organisation": "companies organisations organizations agencies stores shops firms banks parties newspapers "
    "universities groups institutions teams",
}
_KIND_OF = {term(word): kind for kind, listed in _KINDS.items() for word in listed.split()}


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list is asked of: the term of the noun ("topic"), empty where none is told, and the kind of name it is."""

    noun: str = ""
    kind: NameKind | None = None


def listed_in(question: str) -> Listed | None:
    """What a question asks a list of; None where it asks for one thing."""
    found = _LISTED.search(question)
    if found:
        noun = term(found["noun"])
        return Listed(noun, _KIND_OF.get(noun))
    return Listed() if _SEVERAL.search(question) else None
