"""Whom and what a turn of a conversation names, each as one thing; how present it is is kept in ``memory``.

A turn that asks nothing and is a bare title ("The call of Saturday", "Stone Choir (band)") names its topic as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from qa_service.language.grammar import AUXILIARY, COURTESY, LINK, REQUEST, either
from qa_service.language.interrogatives import WORD
from qa_service.language.references import NameBook, Reference
from qa_service.language.words import Word, is_function_word, plain, word_set, words

Kind = Literal["person", "group", "place", "work", "other"]

_QUOTED = re.compile(r"[\"“]([^\"“”]{2,60})[\"”]")
_BRACKETS = re.compile(r"\s*\(([^)]*)\)")
_ASKS = re.compile(rf"\s*{either(WORD, LINK, REQUEST, COURTESY, 'any(?:thing)?|no|thank')}\b", re.IGNORECASE)
_MAY_ASK = re.compile(  # words that begin a question, but titles as well: "Will Stone", "I Am Legend", "Yes (band)"
    rf"\s*{either(AUXILIARY, 'name|i|yes')}\b", re.IGNORECASE
)
_ENDS = re.compile(r"(?<!\.)(?<!\b[A-Z])(?<!\b[A-Z]\w)(?<!\b[A-Z]\w\w)\.\s*$")  # not "Sr.", "Inc." or an initial
_LONGEST_TITLE = 12  # words
GROUPS = word_set(
    "band group duo trio quartet orchestra team club company people tribe party organisation organization"
)
WORKS = word_set(
    "film movie album song novel book series play musical opera show game magazine newspaper painting poem"
)
_PLURAL = re.compile(r"^(?:the\s+)?(?:[\w'’.&-]+\s+)*[\w'’-]*[^s\W]s$", re.IGNORECASE)
_KINDS: dict[str, Kind] = {"person": "person", "organisation": "group", "place": "place", "other": "other"}


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something that was named: how it is shown, what it is, and the keys under which it is known."""

    name: str
    kind: Kind
    keys: frozenset[str]

    @property
    def plural(self) -> bool:
        """Whether "they" may mean it for its form: a group, or a name in the plural."""
        return self.kind == "group" or bool(_PLURAL.match(self.name) and self.kind in ("other", "person"))


def is_title(turn: str) -> bool:
    """Whether a user's turn states a topic and asks nothing: "Sam Harris", "Early life and education"."""
    parts = words(turn)
    if "?" in turn or _ENDS.search(turn) or _ASKS.match(turn) or not 0 < len(parts) <= _LONGEST_TITLE:
        return False
    content = [word for word in parts[1:] if not is_function_word(word.text)]
    return not _MAY_ASK.match(turn) or bool(_BRACKETS.search(turn)) or _are_capitals(content)


def _are_capitals(content: Sequence[Word]) -> bool:
    return bool(content) and all(word.capitalised for word in content)


def titled(turn: str, book: NameBook) -> Entity:
    """The topic that a title states; what stands in brackets behind it only tells what it is."""
    said = _BRACKETS.search(turn)
    bare = _BRACKETS.sub("", turn).strip() or turn.strip()
    inside = book.find(bare)[0]
    keys = {plain(bare), *(key for r in inside if _heads(r, bare) for key in r.keys[:1])}
    whole = next((r for r in inside if len(r.surface) > 0.6 * len(bare)), None)
    kind = _kind_said(said[1] if said else "") or (_KINDS[whole.kind] if whole else "other")
    return Entity(bare, kind, frozenset(keys))


def _heads(reference: Reference, title: str) -> bool:
    """Whether a name within a title is the title's own: the "Ada River" of "Ada River, 1st Duke of Stone"."""
    return reference.start <= len("The ") and not title[reference.end :].startswith(("'s", "’s"))


def _kind_said(note: str) -> Kind | None:
    parts = {plain(word.text) for word in words(note)}
    if parts & GROUPS:
        return "group"
    if parts & WORKS:
        return "work"
    return "person" if any(part.endswith(("er", "or", "ian", "ist", "man")) for part in parts) else None


def named(text: str, references: Sequence[Reference]) -> list[Entity]:
    """What a text names, in order: its ``references``, and titles in quotation marks."""
    found = [(r.start, Entity(r.surface, _KINDS[r.kind], frozenset(r.keys[:1]))) for r in references]
    quoted = [(match.start(1), match[1].strip(" ,.")) for match in _QUOTED.finditer(text) if match[1][0].isupper()]
    found += [(start, Entity(title, "work", frozenset([plain(title)]))) for start, title in quoted]
    return [entity for _, entity in sorted(found, key=lambda pair: pair[0])]
