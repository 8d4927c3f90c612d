"""The last gate before an answer is sent: every span is read again from the stored document and compared."""

from __future__ import annotations

import logging

from qa_service.errors import QAError
from qa_service.store.catalog import Catalog

from .draft import Draft, Piece

_log = logging.getLogger(__name__)


def check(draft: Draft, catalog: Catalog) -> Draft:
    """The draft without the pieces that the stored text does not bear out word for word."""
    held = tuple(piece for piece in draft.pieces if holds(piece, catalog))
    if len(held) < len(draft.pieces):
        _log.error("%d citations differ from the stored text and were dropped", len(draft.pieces) - len(held))
    return Draft(held, draft.missing)


def holds(piece: Piece, catalog: Catalog) -> bool:
    """Whether the catalog, asked anew, has exactly the text of the piece at its span."""
    try:
        stored = catalog.read_span(piece.document.id, piece.start, piece.end)
    except QAError:
        return False
    return bool(stored.strip()) and stored == piece.text
