"""Who speaks in a sentence and in the lines that carry it, and which names may stand for their pronouns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa_service.language.grammar import HE, IT, SHE, THEY, whole

from .contents import contents
from .grounds import Grounds, Line
from .marks import Told, is_name

_CUE = re.compile(
    r"\b(?:according to|sa(?:ys?|id|ying)|tells?|told|add(?:s|ed)|stat(?:es|ed)|announce[sd]|report(?:s|ed)|"
    r"wr(?:ites|ote)|note[sd]|warn(?:s|ed)|explain(?:s|ed)|insist(?:s|ed)|claim(?:s|ed)|stress(?:es|ed)|emphasi[sz]e[sd]|declare[sd]|"
    r"argue[sd]|believe[sd]?|call(?:s|ed)|point(?:s|ed)\sout|admit(?:s|ted)|confirm(?:s|ed)|den(?:ies|ied)|demand(?:s|ed)|"
    r"ask(?:s|ed)|repl(?:ies|ied)|recall(?:s|ed))\b",
    re.IGNORECASE,
)
_ACCORDING = re.compile(r"\baccording to ([^,]+)(?:,|$)", re.IGNORECASE)
_PRONOUN = whole(HE, SHE, THEY, IT, "we", "i", "who", "which", "both", "the two")
_QUOTED = re.compile(r"[“\"«][^“”\"«»]*[”\"»]")
_SAID = 10  # words of what is said by which its line is found
_BACK = 2  # lines in which the name of a pronoun stands


def cues(text: str) -> int:
    """How many words of a text attribute something to somebody."""
    return len(_CUE.findall(text))


def is_credited(ours: Told, lines: Sequence[Line], theirs: Sequence[Told], grounds: Grounds) -> bool:
    """Whether what a sentence has "according to" somebody is said by them in the line that has it."""
    return all(_is_said(ours.text, found, lines, theirs, grounds) for found in _ACCORDING.finditer(ours.text))


def _is_said(
    sentence: str, found: re.Match[str], lines: Sequence[Line], theirs: Sequence[Told], grounds: Grounds
) -> bool:
    speaker = _keys(found[1])
    said = [*_in_turn(sentence[found.end() :])][:_SAID] or [*_in_turn(sentence[: found.start()])][-_SAID:]
    most = max(sum(key in told.keys for key in said) for told in theirs)
    for line, told in zip(lines, theirs, strict=True):
        if sum(key in told.keys for key in said) < most:
            continue
        speakers = {key for name in _speakers(grounds, [line]) for key in _keys(name)}
        if speaker and speaker <= speakers | told.keys and (speakers or _CUE.search(line.text)):
            return True
    return False


def stand_ins(ours: Told, lines: Sequence[Line], theirs: Sequence[Told], grounds: Grounds) -> frozenset[str]:
    """The names that may stand for something in the lines: for a pronoun, in its place, or for who says it."""
    found = {key for name in _speakers(grounds, lines) for key in _keys(name)}
    wanted = {one.key for one in ours.terms if is_name(one)}
    for line, told in zip(lines, theirs, strict=True):
        before = (grounds.line((line.place[0], line.place[1] - back)) for back in range(1, _BACK + 1))
        names = wanted & {one.key for other in before if other for one in other.terms if is_name(one)}
        if names and len(_pronouns(line.text)) > len(_pronouns(ours.text)):
            found |= {key for key in names if _replaces(ours, key, told)}
    return frozenset(found)


def _replaces(ours: Told, key: str, told: Told) -> bool:
    """Whether a name stands where a line has a pronoun: before or behind the same word."""
    behind = {_next(ours, at, 1) for at in ours.places[key]} - {""}
    ahead = {_next(ours, at, -1) for at in ours.places[key]} - {""}
    for start, end in _pronouns(told.text):
        then = next((one.key for one in told.terms if one.start >= end), "")
        last = next((one.key for one in reversed(told.terms) if one.end <= start), "")
        if then in behind or last in ahead:
            return True
    return False


def _next(told: Told, at: int, step: int) -> str:
    """The next content word that is no part of a name."""
    at += step
    while 0 <= at < len(told.terms) and is_name(told.terms[at]):
        at += step
    return told.terms[at].key if 0 <= at < len(told.terms) else ""


def _pronouns(text: str) -> list[tuple[int, int]]:
    """Where the pronouns outside of quotations are."""
    return [found.span() for found in _PRONOUN.finditer(_QUOTED.sub(lambda quoted: " " * len(quoted[0]), text))]


def _speakers(grounds: Grounds, lines: Sequence[Line]) -> Iterator[str]:
    places = {line.place for line in lines}
    return (one.statement.speaker for one in grounds.said if one.place in places)


def _in_turn(text: str) -> Iterator[str]:
    return (one.key for one in contents(text))


def _keys(text: str) -> frozenset[str]:
    return frozenset(_in_turn(text))
