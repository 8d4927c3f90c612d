"""The last gate before an answer is sent: every span is read again from the stored document and compared."""

from __future__ import annotations

import logging

from qa_service.errors import QAError
from qa_service.store.catalog import Catalog
from qa_service.types import Missing

from .draft import Draft, Piece

_UNPROVEN = Missing("the answer", "What was found does not stand in the stored documents word for word.")
_log = logging.getLogger(__name__)


def check(draft: Draft, catalog: Catalog) -> Draft:
    """The draft without the pieces that the stored text does not bear out; with a reason if none is left."""
    held = tuple(piece for piece in draft.pieces if holds(piece, catalog))
    if len(held) < len(draft.pieces):
        _log.error("%d citations differ from the stored text and were dropped", len(draft.pieces) - len(held))
    return Draft(held, draft.missing if held or draft.missing else (_UNPROVEN,))


def holds(piece: Piece, catalog: Catalog) -> bool:
    """Whether the catalog, asked anew, has exactly the text of the piece at its span."""
    try:
        stored = catalog.read_span(piece.document.id, piece.start, piece.end)
    except QAError:
        return False
    return bool(stored.strip()) and stored == piece.text
