"""Asks a stand-alone message of one shelf: its questions one after the other, each with the same machinery.

A message with one question, which is nearly every message, is searched and composed once.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .compose import missing
from .compose.draft import Draft
from .compose.together import named, together
from .language.references import NameBook
from .questions import parts, question
from .questions.carry import Completed, Earlier, complete
from .questions.question import Question
from .shelf import Shelf
from .types import Ask, Hit


@dataclass(frozen=True, slots=True)
class Findings:
    """What a message brought: the passages found, best first, the draft, and the seconds that searching took."""

    hits: tuple[Hit, ...]
    draft: Draft
    searching: float = 0.0


def inquire(shelf: Shelf, asked: str, clauses: Sequence[str], ask: Ask, passages: int) -> Findings:
    """What the shelf says to a stand-alone message and its questions; ``passages`` are searched for each of them."""
    found = _in_turn(shelf, clauses, ask, passages) if len(clauses) > 1 else None
    if found is None:
        return _put(shelf, Completed(asked), ask, passages)
    left = clauses[parts.MOST :]
    found += [Findings((), Draft((), (missing.too_many(clause, parts.MOST),))) for clause in left]
    return _joined(found, ask.max_sentences)


def _in_turn(shelf: Shelf, clauses: Sequence[str], ask: Ask, passages: int) -> list[Findings] | None:
    """What each question brings, the later ones completed from those before.

    None where none is answered and one hangs on another ("Who called whom and what did they discuss?"): such a message
    is better asked as a whole.
    """
    found: list[Findings] = []
    earlier: Earlier | None = None
    scope: tuple[str, ...] = ()
    hangs = False
    for clause in clauses[: parts.MOST]:
        put = complete(clause, earlier, shelf.book) if earlier else Completed(clause)
        if put is None:
            hangs = True
            found.append(Findings((), Draft((), (missing.depends(clause),))))
            continue
        kept = _within(ask, scope, put, shelf.book)
        finding = _put(shelf, put, kept, passages)
        if kept is not ask and not finding.draft.pieces and earlier and earlier.text.endswith("?"):
            finding = _put(shelf, put, ask, passages)  # a sentence of its own may speak of something else
        found.append(replace(finding, draft=named(finding.draft, clause)))
        earlier, scope = (
            Earlier(put.text, " ".join(piece.text for piece in finding.draft.pieces)),
            _scope(finding, scope),
        )
    answered = any(finding.draft.pieces for finding in found)
    return None if hangs and not answered else found


def _within(ask: Ask, scope: tuple[str, ...], put: Completed, book: NameBook) -> Ask:
    """The request, kept to the documents of the parts before where a later part names nobody: "how many died?"."""
    taken = question.read(put.text, book)
    if not scope or taken.names or taken.unknown:
        return ask
    return replace(ask, filters=replace(ask.filters, document_ids=scope))


def _scope(finding: Findings, before: tuple[str, ...]) -> tuple[str, ...]:
    """Ids of the documents that the message is about: those cited so far, or the one that comes nearest."""
    cited = tuple(dict.fromkeys(piece.document.id for piece in finding.draft.pieces))
    return (*before, *cited) or tuple(hit.document.id for hit in finding.hits[:1])


def _put(shelf: Shelf, put: Completed, ask: Ask, passages: int) -> Findings:
    """What the shelf says to one question; of several people, each is asked for by themselves."""
    taken = question.read(put.text, shelf.book)
    taken = replace(taken, occasion=taken.occasion or put.occasion)
    if ask.filters.speaker:
        return _search(shelf, question.by_speaker(taken, ask.filters.speaker, shelf.book), ask, passages)
    views = parts.views(taken)
    if views:
        return _by_turns(shelf, views, ask, passages)
    whole = _search(shelf, taken, ask, passages)
    views = parts.agreement(taken)
    if not views or _shows_all(whole.draft, taken, views, shelf.book):
        return whole
    apart = _by_turns(shelf, views, ask, passages)
    return apart if apart.draft.pieces else whole


def _by_turns(shelf: Shelf, views: Sequence[parts.View], ask: Ask, passages: int) -> Findings:
    """What each of several people is quoted with; who is quoted most plainly comes first."""
    found = [_of_one(_search(shelf, question.read(view.text, shelf.book), ask, passages), view) for view in views]
    found.sort(key=lambda finding: -finding.draft.confidence)
    return _joined(found, ask.max_sentences)


def _of_one(finding: Findings, view: parts.View) -> Findings:
    return replace(finding, draft=named(finding.draft, view.text))


def _shows_all(draft: Draft, taken: Question, views: Sequence[parts.View], book: NameBook) -> bool:
    """Whether one sentence already speaks of everyone whose views are compared."""
    sides = [name for name in taken.names if name.surface in {view.surface for view in views}]
    shown = [{key for r in book.find(piece.text)[0] for key in r.keys} for piece in draft.pieces]
    return any(all(keys & set(side.keys) for side in sides) for keys in shown)


def _search(shelf: Shelf, taken: Question, ask: Ask, passages: int) -> Findings:
    began = time.perf_counter()
    found = shelf.retriever.search(taken.text, passages, ask.filters)
    searching = time.perf_counter() - began
    draft = shelf.extractor.compose(taken, found, ask.filters, ask.max_sentences, ask.least)
    return Findings(found.hits, draft, searching)


def _joined(found: Sequence[Findings], most: int) -> Findings:
    hits = sorted((hit for finding in found for hit in finding.hits), key=lambda hit: -hit.score)
    draft = together([finding.draft for finding in found], most)
    return Findings(tuple(hits), draft, sum(finding.searching for finding in found))
