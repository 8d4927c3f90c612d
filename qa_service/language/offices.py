"""Offices in words: where one stands in a run, behind a name, in a sentence, and what kind of office it is.

Who holds an office is decided in ``agents`` for one document and in ``references`` for a question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from qa_service.language.gazetteer import TITLES, country_key, office_words, offices
from qa_service.language.runs import unusual
from qa_service.language.words import Word, is_function_word, plain, word_set, words

_APPOSITION = re.compile(r",\s+(?:\d+,\s+)?(?:the\s+|an?\s+)?([\w.’' -]{3,60}?)(?=,|\.|\s+who\b|$)")
_INSIDE = word_set("of the for and at in")  # words of grammar that an office may contain
_SURNAMES = word_set("king prince pope bishop judge major marshal head lord")  # offices that are surnames as well

_WRITTEN_OUT = {
    "sen": "senator", "rep": "representative", "gov": "governor", "amb": "ambassador", "pres": "president",
    "gen": "general", "adm": "admiral", "col": "colonel", "prof": "professor",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Office:
    """An office in a text: its span, its kind, and the key of its country (empty when it tells none)."""

    start: int
    end: int
    kind: str
    country: str


@dataclass(frozen=True, slots=True)
class Held:
    """The name of an office as ``gazetteer`` has it, and its span in a text."""

    start: int
    end: int
    name: str


def offices_told(text: str, start: int, end: int) -> list[Held]:
    """The offices in ``text[start:end]`` by their longest names, in order; a title with its full stop by its word.

    >>> [held.name for held in offices_told("Deputy Prime Minister Ana Ito and Gov. Li", 0, 41)]
    ['deputy prime minister', 'governor']
    """
    run = [Word(w.text, w.start + start, w.end + start) for w in words(text[start:end])]
    found: list[Held] = []
    at = 0
    while at < len(run):
        length = _length(text, run[at:])
        if length:
            name = " ".join(plain(word.text) for word in run[at : at + length])
            found.append(Held(run[at].start, run[at + length - 1].end, _WRITTEN_OUT.get(name, name)))
        at += max(1, length)
    return found


def office_tag(phrase: str) -> str:
    """What kind of office a phrase names and of which country or body; empty when it names none.

    >>> office_tag("Russian Foreign Minister"), office_tag("Kremlin spokesman"), office_tag("Gov")
    ('diplomat/russia', 'spokesperson/kremlin', 'local/')
    """
    parts = words(phrase)
    kind = _kind_of(parts)
    country = next((key for key in (country_key(word.text) for word in parts) if key), "")
    body = next((w.text.casefold() for w in parts if w.capitalised and not _is_office_word(w)), "")
    return f"{kind}/{country or body}" if kind else ""


def _kind_of(parts: Sequence[Word]) -> str:
    folded = " ".join(word.text.casefold() for word in parts)
    known = next((kind for office, kind in offices() if office.replace("-", " ") in folded), "")
    return known or next((TITLES[plain(word.text)] for word in parts if plain(word.text) in TITLES), "")


def _is_office_word(word: Word) -> bool:
    return word.text.casefold() in office_words() or word.text.casefold() in TITLES


def office_span(text: str, run: Sequence[Word]) -> tuple[int, int] | None:
    """First and last word (exclusive) of the office that a run of capitalised words names before its bearer.

    None when it has none, or only one that is a surname: "Larry King", "Mr. King".
    """
    run = run[:-1] if run[-1].text in ("Jr", "Sr") else run
    spans: list[tuple[int, int]] = []
    at = 0
    while at < len(run):
        length = _length(text, run[at:])
        if length:
            together = spans and spans[-1][1] == at and not _ends_with_surname(run, spans[-1], at)
            first = spans.pop()[0] if together else at
            spans.append((first, at + length))
        at += max(1, length)
    spans = [span for span in spans if not _is_surname(run, span)]
    return spans[-1] if spans else None


def is_also_surname(word: str) -> bool:
    """Whether a word that names an office is a surname as well: "King"."""
    return plain(word) in _SURNAMES


def _ends_with_surname(run: Sequence[Word], span: tuple[int, int], at: int) -> bool:
    """Whether the word at ``at`` ends its run behind a bare title, as in "Mr. King"."""
    return at == len(run) - 1 and plain(run[span[0]].text) in TITLES and plain(run[at].text) in _SURNAMES


def _is_surname(run: Sequence[Word], span: tuple[int, int]) -> bool:
    start, end = span
    if end != len(run) or end - start != 1 or plain(run[start].text) not in _SURNAMES or not start:
        return False
    before = run[:start]
    titled = len(before) == 1 and plain(before[0].text) in TITLES
    return titled or all(unusual(w.text) and not w.text.isupper() and not country_key(w.text) for w in before)


def _length(text: str, run: Sequence[Word]) -> int:
    """How many words of an office stand at the beginning of a run; a title counts only with its full stop."""
    folded = tuple(plain(word.text) for word in run)
    if folded[0] in TITLES and text[run[0].end : run[0].end + 1] == ".":
        return 1
    return max((len(p) for p in _phrases().get(folded[0], ()) if folded[: len(p)] == p), default=0)


@cache
def _phrases() -> dict[str, list[tuple[str, ...]]]:
    """First word → the offices that begin with it, as words."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase, _ in offices():
        parts = tuple(phrase.replace("-", " ").split())
        found.setdefault(parts[0], []).append(parts)
    return found


def apposed_office(text: str, end: int) -> str:
    """The office told right behind a name that ends at ``end``: "…, the Kremlin spokesman, said"; else empty."""
    found = _APPOSITION.match(text, end)
    if not found:
        return ""
    inside = words(found[1])
    grammar = any(is_function_word(w.text) and w.text not in _INSIDE for w in inside)
    held = any(_length(found[1], inside[at:]) for at in range(len(inside)))
    return found[1] if held and not grammar else ""


def offices_in(text: str, start: int, end: int) -> list[Office]:
    """Offices that may stand for a person in ``text[start:end]``: "the Russian diplomat", "US foreign minister".

    "the" and an adjective before an office belong to it; without "the" it must tell a country.
    """
    found = (_office(match) for match in _described().finditer(text, start, end))
    return [o for o in found if o and (o.country or text[o.start : o.start + 3].casefold() == "the")]


def held_offices(text: str, start: int, end: int) -> list[Office]:
    """All offices in ``text[start:end]`` without article, as they stand before or behind a name."""
    return [o for match in _bare().finditer(text, start, end) if (o := _office(match))]


def _office(match: re.Match[str]) -> Office | None:
    parts = match.group().split()
    country = next((key for key in map(country_key, parts) if key), "")
    phrase = " ".join(part.casefold() for part in parts if not country_key(part))
    kind = next((kind for office, kind in offices() if office in phrase), "")
    return Office(match.start(), match.end(), kind, country) if kind else None


@cache
def _bare() -> re.Pattern[str]:
    """An office, with the country or body it belongs to in front of it or within: "head of US diplomacy"."""
    phrases = (re.escape(phrase).replace(r"\ of\ ", r" of (?:the )?(?:[\w.]+ )?") for phrase, _ in offices())
    inner = "|".join(phrase.replace(r"\ ", r"\s+") for phrase in phrases)
    return re.compile(rf"(?:\b[A-Z][\w.]*[\s-]?)?\b(?:{inner})\b", re.IGNORECASE)


@cache
def _described() -> re.Pattern[str]:
    return re.compile(r"(?:\bthe\s+(?:[a-z]+\s+)?)?" + _bare().pattern, re.IGNORECASE)
