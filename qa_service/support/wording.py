"""Whether a sentence keeps to the wording of the lines that carry it: shortened, joined, with names for pronouns.

A probability cannot tell "may" from "will": a sentence with one word exchanged is as near to its source as one can be.
So this is a rule. What a sentence says must stand in its lines, in their order within a clause; and no "not", "may",
"hopes to" or "some" that stands there before a word may be lost or be new. Which lines carry it is for ``carriers``,
who speaks for ``credits``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa_service.language.gazetteer import DAYS, MONTHS
from qa_service.language.words import term

from .contents import Term
from .credits import cues, is_credited, stand_ins
from .dates import Day, days, told_from
from .grounds import Grounds, Line
from .marks import BINDING, HEDGE, MODAL, Told, is_name

FREE = frozenset(map(term, "say tell add state according also however meanwhile addition further furthermore".split()))
_CLAUSE = 3  # words of a further line that may be a clause of their own
_DIGITS = re.compile(r"\d+(?:[.,:]\d+)*")
_WELL_FORMED = re.compile(r"\d{1,3}(?:,\d{3})*(?:\.\d+)?|\d+(?:\.\d+)?")
_BREAK = re.compile(
    r"[,;:()–—“”\"«»]|\s-\s|\b(?:according to|\w*sa(?:id|ys?)|told|tells?|added|stated)\b", re.IGNORECASE
)
_JOIN = re.compile(r"\b(?:and|but|while|whereas|who|which|that)\b", re.IGNORECASE)
_LISTING = re.compile(r"\s*,?\s*(?:and|or|with)\s+(?:the\s+)?", re.IGNORECASE)
_OWNING = re.compile(r"\bof\b|['’]s?\s", re.IGNORECASE)
_TIMES = re.compile("|".join(map(term, (*DAYS, *MONTHS))))


def departs(sentence: str, lines: Sequence[Line], grounds: Grounds) -> bool:
    """Whether a sentence says anything that the lines which carry it do not say, as far as wording tells."""
    ours = Told(sentence)
    kept = _needed(ours, lines)
    lines, theirs = [line for line, _ in kept], [told for _, told in kept]
    if not theirs or sentence[:1].islower():
        return True
    around, dated = stand_ins(ours, lines, theirs, grounds), _dated(ours, lines, grounds)
    return (
        any(_is_foreign(one, theirs, around, dated) for one in ours.terms)
        or _is_torn(ours, theirs, around)
        or _counts_more(ours, theirs, lines)
        or cues(sentence) > sum(max(cues(line.text), grounds.is_said(line.place)) for line in lines)
        or not is_credited(ours, lines, theirs, grounds)
        or any(_loses_mark(told, ours) or _has_new_mark(ours, told) for told in theirs)
        or not all(_is_in_order(ours, pair, theirs, around) for pair in zip(ours.terms, ours.terms[1:], strict=False))
    )


def _needed(ours: Told, lines: Sequence[Line]) -> list[tuple[Line, Told]]:
    """The lines without those that have nothing of a sentence that the ones before lack."""
    kept: list[tuple[Line, Told]] = []
    left = set(ours.keys)
    for line in lines:
        told = Told(line.text)
        if left & told.keys:
            kept.append((line, told))
            left -= told.keys
    return kept


def _dated(ours: Told, lines: Sequence[Line], grounds: Grounds) -> list[Day]:
    """The dates of a sentence that its lines have, or mean by a day of the week."""
    known: list[Day] = []
    for line in lines:
        published = days(grounds.passages[line.place[0]].heading)
        known += [*days(line.text), *(told_from(line.text, published[0]) if published else [])]
    return [day for day in days(ours.text) if any(day.agrees(other) for other in known)]


def _is_foreign(one: Term, theirs: Sequence[Told], around: frozenset[str], dated: Sequence[Day]) -> bool:
    """Whether a content word is in no line, and is no name for a pronoun nor part of a date."""
    if one.key in FREE or any(one.key in told.keys for told in theirs):
        return False
    stands_in = one.key in around and is_name(one)
    return not stands_in and not any(day.start <= one.start < day.end for day in dated)


def _is_torn(ours: Told, theirs: Sequence[Told], around: frozenset[str]) -> bool:
    """Whether a few words of a further line are put where they touch nothing else of it."""
    for run, beside in _runs([one for one in ours.terms if one.key not in FREE], theirs[0].keys):
        named = all(map(is_name, run))
        if len(run) >= _CLAUSE and not named:
            continue
        stands_in = named and all(one.key in around for one in run)
        touches = stands_in or any(_touches(told, run, beside) for told in theirs[1:])
        if not touches or _supplants(theirs[0], ours, beside):
            return True
    return False


def _supplants(told: Told, ours: Told, beside: Sequence[str]) -> bool:
    """Whether between these two words a line has a name of its own, which a sentence leaves out."""
    before, after = beside
    starts = told.places.get(before, []) if before else [-1]
    ends = told.places.get(after, []) if after else [len(told.terms)]
    between = [told.terms[a + 1 : b] for a in starts for b in ends if a < b]
    inner = min(between, key=len, default=[])
    return any(is_name(one) and one.key not in ours.keys for one in inner)


def _runs(listed: Sequence[Term], held: frozenset[str]) -> Iterator[tuple[Sequence[Term], tuple[str, str]]]:
    """Stretches of words that are not among some keys, each with the keys on either side, empty at an end."""
    at = 0
    while at < len(listed):
        end = at
        while end < len(listed) and listed[end].key not in held:
            end += 1
        if end > at:
            yield listed[at:end], (listed[at - 1].key if at else "", listed[end].key if end < len(listed) else "")
        at = max(end, at + 1)


def _touches(told: Told, run: Sequence[Term], beside: Sequence[str]) -> bool:
    """Whether a line has all words of a stretch, and one of those beside it next to one of them."""
    return all(one.key in told.keys for one in run) and any(told.beside(x.key, y) for x in run for y in beside)


def _counts_more(ours: Told, theirs: Sequence[Told], lines: Sequence[Line]) -> bool:
    """Whether a sentence has a name, a number or a small word such as "not" or "after" more often than its lines."""
    small = {name for name, _, _ in ours.marks} - {HEDGE}
    return (
        any(len(places) > max(1, _times(key, theirs)) for key, places in ours.places.items() if _is_exact(ours, key))
        or any(ours.count(name) > sum(told.count(name) for told in theirs) for name in small)
        or not all(_has_digits(raw, lines) for raw in _DIGITS.findall(ours.text))
    )


def _times(key: str, theirs: Sequence[Told]) -> int:
    return sum(len(told.places.get(key, ())) for told in theirs)


def _is_exact(told: Told, key: str) -> bool:
    return key[0] in "@#" or is_name(told.terms[told.places[key][0]])


def _has_digits(raw: str, lines: Sequence[Line]) -> bool:
    """Whether lines have a number in the same digits, or by the same value."""
    written = any(raw in _DIGITS.findall(line.text) for line in lines)
    if written or not _WELL_FORMED.fullmatch(raw):
        return written
    value = float(raw.replace(",", ""))
    return any(value in (one.value, one.bare) for line in lines for one in line.figures)


def _has_new_mark(ours: Told, told: Told) -> bool:
    """Whether a sentence binds a word of a line by a "not" or "may" that the line has not before it."""
    return any(
        key in told.keys and name in BINDING - {HEDGE} and name not in told.bound(key) for name, key, _ in ours.marks
    )


def _loses_mark(told: Told, ours: Told) -> bool:
    """Whether a sentence has a word without the "not" or "hopes to" that a line has before it wherever it has it."""
    for name, key, _ in told.marks:
        if key in ours.keys and name in BINDING and not told.free(key):
            enough = MODAL | {HEDGE} if name in MODAL | {HEDGE} else {name}
            if not ours.bound(key) & enough:
                return True
    return False


def _is_in_order(ours: Told, pair: tuple[Term, Term], theirs: Sequence[Told], around: frozenset[str]) -> bool:
    """Whether two neighbours within a clause stand in this order in a line, or their order means nothing."""
    a, b = pair
    between = ours.text[a.end : b.start]
    if _BREAK.search(between) or {a.key, b.key} & FREE or a.key == b.key:
        return True
    both = [told for told in theirs if {a.key, b.key} <= told.keys]
    if not both:
        return bool(_JOIN.search(between)) or any(one.key in around and is_name(one) for one in pair)
    return any(told.in_order(a.key, b.key) or _is_turned(told, pair, between) for told in both)


def _is_turned(told: Told, pair: tuple[Term, Term], between: str) -> bool:
    """Whether two words may stand the other way round: in a list, as owner and owned, or where one tells the time."""
    a, b = pair
    owning = told.beside(a.key, b.key, 2) and ("@" in (a.key[0], b.key[0]) or bool(_OWNING.search(between)))
    times = [one.key for one in told.terms if _TIMES.fullmatch(one.key)]
    return owning or bool(_LISTING.fullmatch(between)) or (len(times) == 1 and times[0] in (a.key, b.key))
