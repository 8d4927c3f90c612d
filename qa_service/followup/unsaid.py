"""Questions that leave their subject unsaid ("What was the result?", "Any other awards?"), and the subject added."""

from __future__ import annotations

import re

from qa_service.followup.memory import Memory
from qa_service.followup.novelty import novelty
from qa_service.language.grammar import ARTICLE, BE, IMPERSONAL, RELATING, either, whole
from qa_service.language.words import is_function_word, term

_HAPPENS = re.compile(
    r"\bhappen(?:s|ed|ing)?(?:\s+(?:next|then|after(?:wards?)?|later|else|before|in\s+\w+))*\s*$", re.IGNORECASE
)
_LISTS = re.compile(
    rf"^(?:{BE}\s+there|(?:who|what|which)\s+{BE}|{BE}\s+the\b|any|some|"
    r"(?:what|which)\s+(?:other|else)|other)\b",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"\b(?:else|others?|another|more|next|then|again|also|any\w*|some\w*|this|these|those|first|last|only|"
    rf"that)\b(?!\s+{BE}\b)",
    re.IGNORECASE,
)
_OF = re.compile(rf"\b{RELATING}\s+(?:{ARTICLE}\s+)?(?P<what>\w+)", re.IGNORECASE)
_CLAUSE = whole(rf"{either(IMPERSONAL, 'says?|said|means?|thinks?|thought')} that\s+\w+")
_NEW = 14.0  # novelty from which a question has a topic of its own
_NEW_POINTING = 15.0  # the same where it says "other", "any", "this"
_OWN_OBJECT = 6.0  # what a clause of its own, or a new word behind "of" or "about", adds


def leaves_unsaid(question: str, memory: Memory) -> bool:
    """Whether a question names nothing and says too little to be a topic of its own."""
    clause = _CLAUSE.search(question)
    pointing = bool(_POINTS.search(question)) and not clause
    said = novelty(question, memory)
    if clause or (not pointing and _has_object(question, memory)):
        said += _OWN_OBJECT
    return said < (_NEW_POINTING if pointing else _NEW)


def _has_object(question: str, memory: Memory) -> bool:
    """Whether a word that is new stands behind "of" or "about"."""
    objects = [match["what"] for match in _OF.finditer(question)]
    return any(not is_function_word(word) and word[0].isalpha() and term(word) not in memory.told for word in objects)


def with_subject(question: str, name: str) -> str:
    """The question with its subject behind it."""
    bare = question.rstrip(" ?.!")
    end = question[len(bare) :].strip() or "?"
    if _HAPPENS.search(bare):
        return f"{bare} to {name}{end}"
    return f"{bare} of {name}{end}" if _LISTS.match(bare) else f"{bare} ({name}){end}"
