"""Puts the drafts for the parts of one message together: each part its sentences, none of them shown twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa_service.types import Missing

from .draft import Draft, Piece
from .missing import listing


def together(drafts: Sequence[Draft], most: int) -> Draft:
    """One draft of at most ``most`` pieces, the parts in their order; what no part answers is listed once.

    Its confidence is that of the surest part that is answered, or of all where none is: that the documents answer any.
    """
    if len(drafts) == 1:
        return drafts[0]
    kept = _each_once(drafts)
    shares = _shares([len(pieces) for pieces in kept], most)
    pieces = [piece for own, share in zip(kept, shares, strict=True) for piece in _best(own, share)]
    missing = tuple(dict.fromkeys(m for draft in drafts for m in draft.missing))
    sure = max(draft.confidence for draft in [draft for draft in drafts if draft.pieces] or drafts)
    return Draft(tuple(pieces), missing, sure)


def named(draft: Draft, part: str) -> Draft:
    """The draft with everything it leaves open said of this part of the message, in the words of the message."""
    reasons = dict.fromkeys(missing.reason for missing in draft.missing)
    return replace(draft, missing=tuple(Missing(part.strip(" ?.,;"), reason) for reason in reasons))


def _each_once(drafts: Sequence[Draft]) -> list[list[Piece]]:
    """The pieces of each draft; a sentence that several have is that of the first, cited for all who speak in it."""
    speakers: dict[tuple[str, int, int], dict[str, None]] = {}
    for piece in (piece for draft in drafts for piece in draft.pieces):
        speakers.setdefault(piece.spot, {}).update(dict.fromkeys([piece.speaker] if piece.speaker else []))
    kept: list[list[Piece]] = []
    for part, draft in enumerate(drafts):
        fresh = [piece for piece in draft.pieces if piece.spot in speakers]
        kept.append([replace(p, speaker=listing([*speakers.pop(p.spot)]) or None, part=part) for p in fresh])
    return kept


def _shares(lengths: Sequence[int], most: int) -> list[int]:
    """How many pieces each part may show: one in turn, until all are shown or ``most`` are."""
    shares = [0] * len(lengths)
    left = min(most, sum(lengths))
    while left:
        for part, length in enumerate(lengths):
            if left and shares[part] < length:
                shares[part] += 1
                left -= 1
    return shares


def _best(pieces: Sequence[Piece], share: int) -> list[Piece]:
    """The best pieces, in the order in which they stood."""
    chosen = sorted(range(len(pieces)), key=lambda index: -pieces[index].score)[:share]
    return [pieces[index] for index in sorted(chosen)]
