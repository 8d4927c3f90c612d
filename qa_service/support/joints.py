"""Where the parts of a sentence do not belong together in the lines that carry it: names and numbers put elsewhere,
a subject of one line before the verb of another, a stretch that no line has.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa_service.language.grammar import HE, IT, SHE, THEY, whole
from qa_service.language.names import Spotted

from .carriers import share
from .contents import Term
from .grounds import Grounds, Line

_BESIDE = 3  # terms on either side of a name or number that tell where it belongs
_FEWEST = 2  # of them, to tell it
_COVERED, _CLOSE = 0.6, 0.1
_YEAR = 5  # letters of the term of a year
_BACK = 2  # lines in which the name of a pronoun stands
_REFERRED = 0.3
_SWITCH = 0.6  # what going over to another line costs, where a missing term costs its weight
_LONG_GAP = 3.0
_PRONOUN = whole(HE, SHE, THEY, IT, "who", "which", "both", "the two")
_BOUNDARY = re.compile(
    r"[,;:()–—“”\"]|\b(?:and|but|or|while|whereas|who|which|that|as|after|before|when|where|because|since|although|"
    r"though|with|by|on|in|at|for|following|during|to|from)\b",
    re.IGNORECASE,
)


def displaced(terms: Sequence[Term], names: Sequence[Spotted], grounds: Grounds) -> float:
    """How many names and numbers stand beside words that the passages have without them, up to two."""
    found = 0.0
    for at, term in enumerate(terms):
        if term.key[0] == "#" or any(name.start <= term.start < name.end for name in names):
            found += _is_displaced(terms, at, grounds)
    return min(2.0, found)


def _is_displaced(terms: Sequence[Term], at: int, grounds: Grounds) -> float:
    before, behind = terms[max(0, at - _BESIDE) : at], terms[at + 1 : at + 1 + _BESIDE]
    there = [line for beside in (before, behind, [*before, *behind]) for line in _having(beside, grounds)]
    if any(terms[at].key in line.keys for line in there):
        return float(_counts_otherwise(terms, at, there))
    return (_REFERRED if any(_refers(terms[at].key, line, grounds) for line in there) else 1.0) if there else 0.0


def _having(beside: Sequence[Term], grounds: Grounds) -> list[Line]:
    """The lines that have most of some neighbouring terms; none where these are too few to tell."""
    if len(beside) < _FEWEST:
        return []
    shares = [(share(beside, line.keys), line) for line in grounds.all_lines]
    best = max((covered for covered, _ in shares), default=0.0)
    return [line for covered, line in shares if covered >= max(_COVERED, best - _CLOSE)]


def _counts_otherwise(terms: Sequence[Term], at: int, lines: Sequence[Line]) -> bool:
    """Whether lines have another number before what is counted, and never this one: "22 people", not "25 people"."""
    if terms[at].key[0] != "#" or at + 1 == len(terms) or terms[at + 1].key[0] == "#":
        return False
    told = {
        a.key for line in lines for a, b in zip(line.terms, line.terms[1:], strict=False)
        if b.key == terms[at + 1].key and a.key[0] == "#"
    }  # fmt: skip
    return bool(told) and terms[at].key not in told


def _refers(key: str, line: Line, grounds: Grounds) -> bool:
    """Whether a pronoun of a line may stand for a name, or its heading has what the line leaves out."""
    number, at = line.place
    headings = [heading for heading in grounds.headings if heading.place[0] == number]
    if key[0] == "#":
        return len(key) == _YEAR and any(key in heading.keys for heading in headings)
    before = [grounds.line((number, at - back)) for back in range(1, _BACK + 1)]
    named = any(key in other.keys for other in (*before, *headings) if other)
    return named and key[0] != "@" and bool(_PRONOUN.search(line.text))


def seams(sentence: str, terms: Sequence[Term], lines: Sequence[Line]) -> int:
    """How often a sentence goes over from one line to another within a clause."""
    if len(lines) < 2 or not terms:
        return 0
    chosen = _assigned(terms, lines)
    gaps = [
        sentence[a.end : b.start] for a, b, x, y in zip(terms, terms[1:], chosen, chosen[1:], strict=False) if x != y
    ]
    return sum(not _BOUNDARY.search(gap) for gap in gaps)


def _assigned(terms: Sequence[Term], lines: Sequence[Line]) -> list[int]:
    """For each term the number of the line it is taken from, with as few changes as possible (Viterbi)."""
    costs = [[0.0 if term.key in line.keys else term.weight for line in lines] for term in terms]
    total, back = [costs[0]], [list(range(len(lines)))]
    for row in costs[1:]:
        before = total[-1]
        came = [_from(before, n) for n in range(len(lines))]
        total.append([row[n] + before[k] + _SWITCH * (k != n) for n, k in enumerate(came)])
        back.append(came)
    at = min(range(len(lines)), key=lambda n: total[-1][n])
    chosen = [at]
    for came in reversed(back[1:]):
        chosen.append(came[chosen[-1]])
    return chosen[::-1]


def _from(before: Sequence[float], here: int) -> int:
    """From which line it costs least to come to a line."""
    return min(range(len(before)), key=lambda line: before[line] + _SWITCH * (line != here))


def gap(terms: Sequence[Term], keys: frozenset[str]) -> float:
    """What the longest stretch of terms tells that is not among some keys, from 0 to 1."""
    longest = current = 0.0
    for term in terms:
        current = 0.0 if term.key in keys else current + term.weight
        longest = max(longest, current)
    return min(1.0, longest / _LONG_GAP)
