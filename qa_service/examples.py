"""Questions that an index can answer, made from what it holds: who is quoted, and on which occasion."""

from __future__ import annotations

from collections import Counter

from .store.catalog import Catalog
from .types import Document, Name

_MOST = 4  # examples shown


def examples(catalog: Catalog) -> tuple[str, ...]:
    """Up to four questions, the most quoted people first; the same for the same index."""
    names = {name.key: name for name in catalog.names()}
    documents, _ = catalog.list_documents(None, None, 50, None)
    found: Counter[str] = Counter()
    for document in documents:
        found.update(_of(document, catalog, names))
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return tuple(question for question, _ in ranked[:_MOST])


def _of(document: Document, catalog: Catalog, names: dict[str, Name]) -> Counter[str]:
    questions: Counter[str] = Counter()
    for statement in catalog.statements(document.id):
        speaker = names[statement.speaker_key]
        others = [names[key] for key in statement.occasion if key != speaker.key and key in names]
        if speaker.kind == "person" and others and speaker.key in statement.occasion:
            questions[f"What did {_surname(speaker)} say after meeting {_surname(others[0])}?"] += 1
    return questions


def _surname(name: Name) -> str:
    return name.display.split()[-1]
