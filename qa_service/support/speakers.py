"""Whether a sentence gives what is said to those who say it in the passages; other names are left to ``naming``."""

from __future__ import annotations

from collections.abc import Sequence

from qa_service.language.gazetteer import country_key
from qa_service.language.words import plain, words
from qa_service.types import Statement

from .carriers import share
from .contents import Term
from .grounds import Grounds
from .naming import alike, parts_of
from .said import said_in

_SAME = 0.5  # share of what is said from which a passage says it, too
_NEAR = 3  # words between a speaker and a cue
_CLOSE = 0.1  # how much less than the best other statements may have


def speakers_agree(sentence: str, grounds: Grounds) -> bool:
    """Whether the named speakers of a sentence say the same in the passages, as far as those attribute it at all.

    False only where what is said is attributed in the passages, but to others.
    """
    return all(
        _agrees(one.statement, one.terms, grounds) or _stands_so(one.statement, one.terms, sentence, grounds)
        for one in said_in([(sentence,)])
        if one.statement.speaker_key
    )


def _agrees(ours: Statement, content: tuple[Term, ...], grounds: Grounds) -> bool:
    found = [(share(content, frozenset(term.key for term in one.terms)), one.statement) for one in grounds.said]
    best = max((score for score, _ in found), default=0.0)
    if not content or best < _SAME:
        return True
    told = [theirs for score, theirs in found if score >= best - _CLOSE]
    return any(not one.speaker_key or _same_speaker(ours, one) for one in told)


def _same_speaker(ours: Statement, theirs: Statement) -> bool:
    """Whether two speakers share the word that names them, or are of one country."""
    mine = {*parts_of(ours.speaker), *parts_of(ours.speaker_key)}
    other = {*parts_of(theirs.speaker), *parts_of(theirs.speaker_key)}
    lands = {key for word in mine if (key := country_key(word))} & {key for word in other if (key := country_key(word))}
    return not mine or not other or bool(lands) or any(alike(a, b) for a in mine for b in other)


def _stands_so(ours: Statement, content: tuple[Term, ...], sentence: str, grounds: Grounds) -> bool:
    """Whether a line has much of what is said, and speaker and cue beside each other in the order of the sentence."""
    who, cue = parts_of(ours.speaker)[-1:], tuple(map(plain, ours.cue.split()[:1]))
    order = _beside(tuple(plain(word.text) for word in words(sentence)), who, cue)
    lines = [line for line in grounds.lines if share(content, line.keys) >= _SAME / 2]
    return bool(order) and any(order & _beside(line.spelt, who, cue) for line in lines)


def _beside(spelt: Sequence[str], who: Sequence[str], cue: Sequence[str]) -> set[bool]:
    """Whether a cue stands behind a name, for all places where they are near each other."""
    names, cues = ([at for at, word in enumerate(spelt) if word in some] for some in (who, cue))
    return {a < b for a in names for b in cues if abs(a - b) <= _NEAR}
