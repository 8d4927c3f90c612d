"""Names the documents that a filter keeps out of an answer, with the reason; applying filters is left to the store."""

from __future__ import annotations

from .retrieve import Retriever
from .store.filters import reason, restricts
from .types import Consulted, Filter

_MOST = 5  # documents


def left_out(retriever: Retriever, asked: str, admitted: Filter, passages: int) -> tuple[Consulted, ...]:
    """Up to five documents that the question would have found but for the filter, best first.

    ``passages`` are searched, as for an answer; nothing is, where the filter asks nothing of a document.
    """
    if not restricts(admitted):
        return ()
    found: dict[str, Consulted] = {}
    for hit in retriever.search(asked, passages, Filter()).hits:
        why = reason(admitted, hit.document)
        if why is not None:
            found.setdefault(hit.document.id, Consulted(hit.document, hit.score, False, why))
    return tuple(found.values())[:_MOST]
