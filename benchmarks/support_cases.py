"""Makes sentences that rest on news articles and sentences that do not, each way of going wrong by itself.

A supported case is a sentence as it stands, or changed as a writer changes it without saying anything else. Every other
case is a supported one with one thing made wrong. Nothing is drawn by chance: the same articles give the same cases.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from qa_service.language.names import Spotted, spot
from qa_service.sentences import split
from qa_service.support import Evidence, Place
from qa_service.support.dates import days
from qa_service.types import Sentence

_PER_PASSAGE, _PASSAGES = 4, 6
_SHORTEST, _LONGEST = 60, 260  # characters of a sentence that cases are made of
_INVENTED = (
    ", which experts described as a turning point for the whole region",
    ", although several members of the opposition walked out in protest",
    " because of heavy pressure from investors and the press",
    ", and promised to resign if the plan failed",
)
_VERB = re.compile(
    r"\b(?P<aux>is|are|was|were|has|have|had|will|would|can|could|should|may)\b(?! (?:not|no|been\b)|n['’]t)"
)
_PAST = re.compile(
    r"(?<=\w )(?P<verb>(?!need|speed|hundred)[a-z]{3,}ed)(?= (?:the|a|an|his|her|its|their|that|to|in|on)\b)"
)
_TURNED = {
    "increased": "decreased", "increase": "decrease", "rose": "fell", "fell": "rose", "before": "after",
    "after": "before", "agreed": "refused", "refused": "agreed", "won": "lost", "lost": "won", "supported": "opposed",
    "more": "fewer", "less": "more", "first": "last", "north": "south", "northern": "southern", "began": "ended",
    "opened": "closed", "confirmed": "denied", "denied": "confirmed", "higher": "lower", "lower": "higher",
    "approved": "rejected", "rejected": "approved", "accepted": "rejected", "dropped": "grew", "arrived": "departed",
    "raised": "lowered",
}  # fmt: skip
_TURNS = re.compile(rf"\b(?:{'|'.join(_TURNED)})\b")
_NUMBER = re.compile(r"(?<![\w.,:/[-])\d{1,3}(?:,\d{3})*(?![\w/:\]-]|[.,]\d| ?[A-Z])")
_BOTH_WAYS = re.compile(r"\b(?:met|and|with|or|between|talk\w*)\b|,")
_SAYS = r"(?:said|says|stated|told|added|announced|claimed|wrote|explained|commented|tweeted|reported)"
_BEHIND = re.compile(rf"^(?P<said>[“\"][^”\"]+[”\"]),? (?P<cue>{_SAYS}) (?P<who>[^.,“\"]+)[.]$")
_BEFORE = re.compile(
    r"^(?P<who>[A-Z][^,“\"]{3,60}?) (?P<cue>said|stated|announced|claimed) (?:that )?(?P<said>[a-z][^”\"“]+)[.]$"
)
_SET_OFF = re.compile(r", (?:who|which|where) [^,.;“\"]{5,60},|(?<=\w) \([^()]{2,60}\)")
_WHEN = re.compile(
    r"^(?:On|In|During|After|Before|Earlier|Yesterday|Today|Meanwhile|However)\b[^,.“\"]{0,40}, (?=[A-Z])"
)
_WORDED = {"said": "stated", "stated": "said", "announced": "declared", "began": "started", "also": "too"}
_WORDS = re.compile(rf"\b(?:{'|'.join(_WORDED)})\b")
_MARKS = re.compile('["“”‘’]')  # nobody rewords a quotation
_SPELT = dict(zip("2 3 4 5 6 7 8 9 10".split(), "two three four five six seven eight nine ten".split(), strict=True))


@dataclass(frozen=True)
class Case:
    """A sentence to check: how it was made, on which sentences it rests, and whether it does rest on them."""

    kind: str
    sentence: str
    passages: tuple[Evidence, ...]
    places: tuple[Place, ...]
    supported: bool
    article: int


@dataclass(frozen=True)
class Text:
    """An article in passages."""

    number: int
    passages: tuple[Evidence, ...]

    def sentences(self) -> Iterator[tuple[Place, str]]:
        """The sentences that cases are made of."""
        for number, passage in enumerate(self.passages):
            for at, sentence in enumerate(passage.sentences):
                if _SHORTEST <= len(sentence) <= _LONGEST and sentence[-1] in '.”"' and sentence[0] in '“"' + _UPPER:
                    yield (number, at), sentence

    def names(self) -> list[Spotted]:
        """All names, each surface once."""
        found = {name.surface: name for passage in self.passages for s in passage.sentences for name in names_in(s)}
        return list(found.values())


_UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def names_in(sentence: str) -> tuple[Spotted, ...]:
    """The names of a sentence."""
    return spot(sentence, [Sentence(0, 0, len(sentence), 0)])


def articles(path: Path) -> list[Text]:
    """The articles of a file, each a line with ``text``, ``title``, ``published_at``, or of a folder of texts."""
    if path.is_dir():
        rows = [{"title": "", "text": one.read_text("utf-8")} for one in sorted(path.glob("*.txt"))]
    else:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [_text(number, row) for number, row in enumerate(rows)]


def _text(number: int, row: dict[str, str]) -> Text:
    text = row["text"]
    listed = [text[s.start : s.end] for s in split(text)][: _PER_PASSAGE * _PASSAGES]
    heading = " · ".join(filter(None, (row.get("title"), row.get("published_at"))))
    passages = [tuple(listed[at : at + _PER_PASSAGE]) for at in range(0, len(listed), _PER_PASSAGE)]
    return Text(number, tuple(Evidence(sentences, heading) for sentences in passages))


def cases(texts: Sequence[Text], most: int) -> Iterator[Case]:
    """The cases of all articles, at most so many sentences of each kind from one article."""
    for text in texts:
        count: dict[str, int] = {}
        other = next((t for t in (texts[(text.number + 7) % len(texts)],) if t is not text), None)
        for case in _made(text, other):
            count[case.kind] = count.get(case.kind, 0) + 1
            if count[case.kind] <= most:
                yield case


def _made(text: Text, other: Text | None) -> Iterator[Case]:
    listed = list(text.sentences())
    listed = listed[text.number % 3 :: 3] or listed
    for place, sentence in listed:
        for kind, make in _MAKERS.items():
            made = make(sentence, text)
            if (made and made != sentence) or kind == "verbatim":
                yield Case(kind, made, text.passages, (place,), kind in _RIGHT, text.number)
    for (place, sentence), (further, following) in pairwise(listed):
        if '"' not in sentence + following and "“" not in sentence + following:
            joined = f"{sentence[:-1]}, and {_lowered(following)}"
            yield Case("fused", joined, text.passages, (place, further), True, text.number)
            mixed = _mixed(sentence, following)
            if mixed:
                yield Case("mixed", mixed, text.passages, (place, further), False, text.number)
    if other:
        for _, sentence in list(other.sentences())[:2]:
            yield Case("elsewhere", sentence, text.passages, (), False, text.number)


def _lowered(sentence: str) -> str:
    opens = sentence.split()[0] in ("The", "A", "An", "He", "She", "It", "They", "In", "On", "During", "This")
    return sentence[0].lower() + sentence[1:] if opens else sentence


def _mixed(first: str, second: str) -> str:
    """The subject of one sentence with the predicate of another."""
    a, b = _VERB.search(first), _VERB.search(second)
    same = a and b and a["aux"] == b["aux"] and a.start() > 8 and b.start() > 8
    return first[: a.start()] + second[b.start() :] if a and b and same else ""


def _verbatim(sentence: str, text: Text) -> str:
    return sentence


def _shortened(sentence: str, text: Text) -> str:
    return _SET_OFF.sub("", _WHEN.sub("", sentence), count=1)


def _reworded(sentence: str, text: Text) -> str:
    return "" if _MARKS.search(sentence) else _WORDS.sub(lambda match: _WORDED[match.group()], sentence)


def _turned_round(sentence: str, text: Text) -> str:
    behind, before = _BEHIND.match(sentence), _BEFORE.match(sentence)
    if behind:
        who, said = behind["who"], behind["said"]
        said = said[:-1].rstrip(",") + said[-1]
        return f"{who[0].upper()}{who[1:]} {behind['cue']}: {said}."
    return f"According to {before['who']}, {before['said']}." if before else ""


def _spelt(sentence: str, text: Text) -> str:
    shown = _NUMBER.sub(lambda match: _SPELT.get(match.group(), match.group().replace(",", "")), sentence)
    return "" if _MARKS.search(sentence) or days(sentence) else shown


def _surname(sentence: str, text: Text) -> str:
    people = [name for name in names_in(sentence) if name.kind == "person" and " " in name.surface]
    for name in reversed(people[:1]):
        sentence = sentence[: name.start] + name.surface.split()[-1] + sentence[name.end :]
    return sentence


def _name_swapped(sentence: str, text: Text) -> str:
    """The first name that can be, exchanged for another of its kind that the article has, but not the sentence."""
    return next(_swaps(sentence, names_in(sentence), text), "")


def _swaps(sentence: str, candidates: Sequence[Spotted], text: Text) -> Iterator[str]:
    known = text.names()
    for name in candidates:
        for other in known:
            words = set(name.surface.split()) | set(sentence.replace("’s", "").replace(",", "").split())
            both = (other.kind, bool(other.key)) == (name.kind, bool(name.key))
            fits = both and (other.key != name.key or name.kind == "person")
            if fits and not words & set(other.surface.split()):
                yield sentence[: name.start] + other.surface + sentence[name.end :]


def _speaker_swapped(sentence: str, text: Text) -> str:
    cues = [match.start() for match in re.finditer(rf"\b{_SAYS}\b", sentence)]
    near = [n for n in names_in(sentence) if any(0 <= at - n.end <= 2 or 0 <= n.start - at <= 14 for at in cues)]
    return next(_swaps(sentence, [n for n in near if n.kind != "place"], text), "")


def _roles_swapped(sentence: str, text: Text) -> str:
    found = [n for n in names_in(sentence) if n.kind in ("person", "organisation") or n.key]
    for left, right in pairwise(found):
        gap = sentence[left.end : right.start]
        one_way = re.search(r"\b\w+(?:ed|es)\b", gap) and not _BOTH_WAYS.search(gap)
        if one_way and left.surface != right.surface and left.kind == right.kind:
            return sentence[: left.start] + right.surface + gap + left.surface + sentence[right.end :]
    return ""


def _number_altered(sentence: str, text: Text) -> str:
    return _NUMBER.sub(lambda match: str(int(match.group().replace(",", "")) + 3), sentence, count=1)


def _number_swapped(sentence: str, text: Text) -> str:
    there = [m for passage in text.passages for s in passage.sentences for m in _NUMBER.findall(s)]
    mine = _NUMBER.findall(sentence)
    other = next((number for number in there if number not in mine), "")
    return _NUMBER.sub(other, sentence, count=1) if mine and other else ""


def _negated(sentence: str, text: Text) -> str:
    if _VERB.search(sentence):
        return _VERB.sub(lambda match: f"{match['aux']} not", sentence, count=1)
    return _PAST.sub(lambda match: f"did not {match['verb']}", sentence, count=1)


def _opposite(sentence: str, text: Text) -> str:
    return _TURNS.sub(lambda match: _TURNED[match.group()], sentence, count=1)


def _invented(sentence: str, text: Text) -> str:
    return sentence[:-1] + _INVENTED[len(sentence) % len(_INVENTED)] + "." if sentence.endswith(".") else ""


_RIGHT: dict[str, Callable[[str, Text], str]] = {
    "verbatim": _verbatim, "shortened": _shortened, "reworded": _reworded, "turned round": _turned_round,
    "numbers spelt": _spelt, "surname only": _surname,
}  # fmt: skip
_WRONG: dict[str, Callable[[str, Text], str]] = {
    "name swapped": _name_swapped, "speaker swapped": _speaker_swapped, "roles swapped": _roles_swapped,
    "number altered": _number_altered, "number swapped": _number_swapped, "negated": _negated,
    "opposite": _opposite, "clause invented": _invented,
}  # fmt: skip
_MAKERS = {**_RIGHT, **_WRONG}
