"""Says what came of a question: which documents were consulted, whether it is answered, and if not why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .compose import missing
from .compose.draft import Draft
from .types import Consulted, Document, Hit, Status


def consulted(hits: Sequence[Hit], cited: Iterable[Document]) -> tuple[Consulted, ...]:
    """Each document once, the cited ones first in order of use, then the others by score."""
    used = {document.id: document for document in cited}
    scores: dict[str, float] = {}
    documents = dict(used)
    for hit in hits:
        scores.setdefault(hit.document.id, hit.score)
        documents.setdefault(hit.document.id, hit.document)
    return tuple(Consulted(d, scores.get(key, 0.0), key in used) for key, d in documents.items())


def shown(draft: Draft) -> list[Document]:
    """The documents that a draft shows sentences of, in order of use."""
    return [source.document for piece in draft.pieces for source in (piece, *piece.copies)]


def status(draft: Draft) -> Status:
    """Whether a question is answered, as a whole or in part."""
    if not draft.pieces:
        return "not_found"
    return "partial" if draft.missing else "answered"


def authorship(model: str | None, note: str | None, withheld: int) -> str:
    """Who wrote an answer, in English, where a language model was to; empty where documents are quoted as always."""
    if model is None:
        return f"Quoted from the documents: the language model was not used, because {note}." if note else ""
    facts = [f"Written by {model} from the cited sentences; each was checked."]
    if withheld:
        count, them = ("1 sentence was", "it") if withheld == 1 else (f"{withheld} sentences were", "them")
        facts.append(f"{count} not shown because the documents do not bear {them} out.")
    if note:
        facts.append(f"The language model did not finish, because {note}; the rest is quoted.")
    return " ".join(facts)


def reason(draft: Draft) -> str:
    """Why nothing was found, as one sentence."""
    return missing.sentence(draft.missing) if draft.missing else "The documents do not answer this."
