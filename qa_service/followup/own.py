"""The names that stand in a question itself, so that no name of an earlier turn is put beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa_service.language.references import NameBook
from qa_service.language.words import Word, is_function_word, words

_QUOTED = re.compile(r"[\"“]([^\"“”]+)[\"”]")


@dataclass(frozen=True, slots=True)
class Own:
    """The names that stand in a question itself, by what may mean them: "he", "they", "it"."""

    people: tuple[str, ...]
    groups: tuple[str, ...]
    things: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.people or self.groups or self.things)


def own_names(question: str, book: NameBook) -> Own:
    """What a question names, known or not: a capital within it is a name, whose kind nothing tells."""
    references, unknown = book.find(question)
    taken = [(r.start, r.end) for r in references] + [(u.start, u.end) for u in unknown]
    free = [w.text for w in _capitals(question) if not any(start <= w.start < end for start, end in taken)]
    any_kind = [*(name.surface for name in unknown), *free, *_QUOTED.findall(question)]
    people = [r.surface for r in references if r.kind in ("person", "other")]
    groups = [r.surface for r in references if r.kind in ("organisation", "other", "place")]
    persons = [r.surface for r in references if r.kind == "person"]
    several = persons if len(persons) > 1 else []
    return Own((*people, *any_kind), (*groups, *several, *any_kind), (*groups, *any_kind))


def _capitals(question: str) -> list[Word]:
    """Words within a question that are capitalised without need."""
    return [w for w in words(question)[1:] if w.capitalised and len(w.text) > 1 and not is_function_word(w.text)]
