"""The last gate before an answer is sent: every span is read again from the stored document and compared."""

from __future__ import annotations

import logging
from dataclasses import replace

from qa_service.errors import QAError
from qa_service.store.catalog import Catalog
from qa_service.types import Missing

from .draft import Draft, Piece

_UNPROVEN = Missing("the answer", "What was found does not stand in the stored documents word for word.")
_log = logging.getLogger(__name__)


def check(draft: Draft, catalog: Catalog) -> Draft:
    """The draft without the pieces that the stored text does not bear out; with a reason if none is left."""
    held = tuple(filter(None, (_held(piece, catalog) for piece in draft.pieces)))
    dropped = sum(1 + len(piece.copies) for piece in draft.pieces) - sum(1 + len(piece.copies) for piece in held)
    if dropped:
        _log.error("%d citations differ from the stored text and were dropped", dropped)
    return replace(draft, pieces=held, missing=draft.missing if held or draft.missing else (_UNPROVEN,))


def proven(piece: Piece, catalog: Catalog) -> bool:
    """Whether every span that a sentence of a language model rests on stands in the stored text."""
    return all(holds(each, catalog) for each in piece.all())


def _held(piece: Piece, catalog: Catalog) -> Piece | None:
    """The piece with those of its sources that hold; the first of them is the one that is shown."""
    held = [source for source in (replace(piece, copies=()), *piece.copies) if holds(source, catalog)]
    return replace(held[0], copies=tuple(held[1:])) if held else None


def holds(piece: Piece, catalog: Catalog) -> bool:
    """Whether the catalog, asked anew, has exactly the text of the piece at its span."""
    try:
        stored = catalog.read_span(piece.document.id, piece.start, piece.end)
    except QAError:
        return False
    return bool(stored.strip()) and stored == piece.text
