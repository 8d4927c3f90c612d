"""Outcomes made by hand: questions about a harbour and answers that are right, wrong, or withheld."""

from __future__ import annotations

from qa_service.evaluation.items import Item
from qa_service.evaluation.outcomes import Outcome
from qa_service.types import Answer, Citation, Document, Filter, Hit, Passage, Source

TEXT = "Ferries run twice a day. The bridge is closed until spring."
ACCEPTED = "The bridge is closed until spring"


def item(*sentences: str, kind: str = "time") -> Item:
    """A question that the document answers with one of these sentences, or with the accepted one."""
    return Item(id="q1", question="When?", kind=kind, documents=("harbour",), sentences=sentences or (ACCEPTED,))


UNANSWERABLE = Item(id="q2", question="When?", kind="time")


def answer(*cited: str, name: str = "harbour", confidence: float = 0.0, standalone: str = "When?") -> Answer:
    """An answer that cites these sentences of a document, or none."""
    document = Document("doc_1", name, "Harbour", TEXT)
    found = [Source(document, "p1", TEXT.find(text), TEXT.find(text) + len(text), text) for text in cited]
    citations = tuple(Citation("c", 1, 0, 1, source.cited_text, "verbatim", (source,)) for source in found)
    return Answer(
        "a", "2026-11-24T00:00:00Z", "When?", standalone, "answered" if cited else "not_found", "text", "text",
        citations, (), (), (), "extractive", None, Filter(), "v", {}, confidence,
    )  # fmt: skip


RIGHT, WRONG, SILENT = answer("The bridge is closed until spring."), answer("Ferries run twice a day."), answer()


def hit(name: str, text: str) -> Hit:
    """A retrieved passage that is a whole document."""
    return Hit(Passage(name, name, 0, len(text), text, 0, 0, 1), Document(name, name, name, text), 1.0)


def judged(answerable: bool, right: bool, confidence: float, answered: bool = True) -> Outcome:
    """A question answered at a confidence, or withheld; ``right`` is the answer that is given when told to always."""
    best = answer("The bridge is closed until spring." if right else "Ferries run twice a day.", confidence=confidence)
    given = best if answered else answer(confidence=confidence)
    return Outcome(item() if answerable else UNANSWERABLE, given, 1.0, best if answerable else None)
