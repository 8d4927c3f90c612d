"""Which names of the index a question means, and which names it uses that no document knows.

A question may be typed in any case and with errors: a word that is no English word is compared with the names by
spelling; a lower-cased word that English writes with a capital ("kerry") counts as a name all the same.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from qa_service.language.alike import Spellings
from qa_service.language.gazetteer import DAYS, MONTHS, OFFICES, office_words, offices
from qa_service.language.words import Word, english, is_function_word, plain, words
from qa_service.types import Name, NameKind

_LONGEST = 5  # words in a name
_NAME_LIKE = 0.8  # share of capitalised uses from which a lower-cased word counts as a name
_ODD = 0.3  # share of capitalised uses from which a capitalised word within a question counts as a name
_PEOPLE = re.compile(r"(?:ican|ian|ish|ese|man|men)s?$")  # "Republican", "Frenchman": kinds of people, not names
_SURELY = 0.95  # the same where the question begins with a capital and has no other
_SPEAKS = re.compile(r"\s+(?:say|says|said|tell|told|think|claim|react|respond|announce|promise|warn|write)\b")
_CALENDAR = frozenset(DAYS + MONTHS) | {day[:3] for day in DAYS} | {"am", "pm"}


@dataclass(frozen=True, slots=True)
class Reference:
    """A stretch of a question that means one of ``keys``; which of them, the passage decides.

    ``kind`` is that of the first; ``by_office`` tells "the Russian foreign minister" from a name.
    """

    surface: str
    start: int
    end: int
    keys: tuple[str, ...]
    kind: NameKind
    by_office: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name in a question that no document mentions."""

    surface: str
    start: int
    end: int


class NameBook:
    """The names of one index, ready to be found in questions.

    ``told`` holds the case-folded words of the documents: what they all stand in is not unknown, name or not.
    """

    def __init__(self, names: Sequence[Name], told: Collection[str] = ()) -> None:
        self._told = frozenset(map(plain, told))
        self.names = {name.key: name for name in names}
        self._variants: dict[tuple[str, ...], dict[str, None]] = defaultdict(dict)  # words → keys, each once
        self._offices: dict[str, list[str]] = defaultdict(list)
        for name in names:
            self._add(name)
        self._single = Spellings(parts[0] for parts in self._variants if len(parts) == 1)

    def _add(self, name: Name) -> None:
        for surface in (name.key, *name.variants):
            parts = tuple(_folded(surface))
            if parts:
                self._variants[parts][name.key] = None
        if name.kind == "person":
            for part in sorted({part for surface in name.variants for part in _folded(surface)}):
                self._variants[(part,)][name.key] = None
        for office in name.offices:
            self._offices[office].append(name.key)

    def find(self, question: str) -> tuple[list[Reference], list[Unknown]]:
        """The references in a question in order, longest names first, and the names that nothing is known of."""
        found: list[Reference] = [*self._by_office(question)]
        unknown: list[Unknown] = []
        parts = [w for w in words(question) if not any(r.start <= w.start < r.end for r in found)]
        cased = _is_cased(question)
        at = 0
        while at < len(parts):
            reference, length = self._longest(question, parts[at:])
            if reference is None and _looks_like_name(question, parts[at], cased):
                length = _run(parts[at:], question, cased)
                start, end = parts[at].start, parts[at + length - 1].end
                unknown.append(Unknown(question[start:end], start, end))
            elif reference is not None:
                found.append(reference)
            at += length
        found = self._joined(question, sorted(found, key=lambda r: r.start))
        unknown = [u for u in unknown if not (self._is_told(u) or self._completes(question, u, found))]
        return found, [*unknown, *self._unheld(question)]

    def _is_told(self, unknown: Unknown) -> bool:
        """Whether the documents have every word of it, if not as this name: a part of a longer one, say."""
        return all(part in self._told for part in _folded(unknown.surface))

    def _completes(self, question: str, unknown: Unknown, found: Sequence[Reference]) -> bool:
        """Whether an unknown word is the misspelt surname behind a first name that was found ("Hary Dun")."""
        before = next((r for r in found if r.kind == "person" and question[r.end : unknown.start] == " "), None)
        surnames = {_folded(self.names[key].display)[-1] for key in before.keys} if before else set()
        return any(OSA.distance(surname, plain(unknown.surface)) <= 1 for surname in surnames)

    def _joined(self, question: str, found: list[Reference]) -> list[Reference]:
        """First name and surname that were found one by one ("Dmitry", "Peskov") are one reference."""
        joined: list[Reference] = []
        for reference in found:
            last = joined[-1] if joined else None
            beside = last is not None and question[last.end : reference.start] == " " and not last.by_office
            common = [key for key in reference.keys if last and key in last.keys]
            if beside and last and last.kind == reference.kind == "person" and not self._is_surname(last):
                common = common or list(reference.keys)  # a surname decides
            if beside and last and common:
                surface = question[last.start : reference.end]
                joined[-1] = Reference(surface, last.start, reference.end, tuple(common), self.names[common[0]].kind)
            else:
                joined.append(reference)
        return joined

    def _is_surname(self, reference: Reference) -> bool:
        return any(_folded(self.names[key].display)[-1] == plain(reference.surface) for key in reference.keys)

    def _longest(self, question: str, parts: list[Word]) -> tuple[Reference | None, int]:
        for length in range(min(_LONGEST, len(parts)), 0, -1):
            folded = tuple(plain(word.text) for word in parts[:length])
            known = self._variants.get(folded)
            if known and not _ordinary(parts[:length], question[:1].isupper()):
                return self._reference(question, parts[:length], known), length
        near = self._misspelt(parts[0])
        return (self._reference(question, parts[:1], near), 1) if near else (None, 1)

    def _misspelt(self, word: Word) -> list[str]:
        folded = plain(word.text)
        if len(folded) < 4 or is_function_word(word.text) or folded in _CALENDAR:
            return []
        usage = english().get(folded)
        if usage is not None and usage.capitalised < _NAME_LIKE and not (word.capitalised and usage.count < 20):
            return []
        return [key for spelt in self._single.of(folded) for key in self._variants[(spelt,)]]

    def _reference(
        self, question: str, parts: Sequence[Word], keys: Iterable[str], by_office: bool = False
    ) -> Reference:
        unique = tuple(dict.fromkeys(keys))
        # A capital city that is mentioned itself comes before the country that it may stand for.
        start, end = parts[0].start, parts[-1].end
        ordered = tuple(sorted(unique, key=lambda key: plain(key) not in plain(question[start:end])))
        return Reference(question[start:end], start, end, ordered, self.names[ordered[0]].kind, by_office)

    def _by_office(self, question: str) -> list[Reference]:
        """Everyone whom the documents introduce with an office that the question names: "the US secretary of state"."""
        found: list[Reference] = []
        for match in _OFFICE.finditer(question):
            holders = self._holders(match.group())
            parts = [w for w in words(question) if match.start() <= w.start < match.end()]
            named = self._variants.get((plain(word.text),) if (word := _next_word(question, match.end())) else ())
            if holders and parts and not named:
                found.append(self._reference(question, parts, holders, by_office=True))
        return found

    def _unheld(self, question: str) -> list[Unknown]:
        """Offices whose holder is asked to speak and is in no document: "the Ukrainian president say"."""
        asked = [m for m in _OFFICE.finditer(question) if _SPEAKS.match(question, m.end())]
        unheld = [m for m in asked if self._office_of(m.group()) and not self._holders(m.group())]
        return [Unknown(match.group(), match.start(), match.end()) for match in unheld]

    def _holders(self, phrase: str) -> list[str]:
        """Keys of everyone whom the documents introduce with this office."""
        return self._offices.get(self._office_of(phrase), [])

    def _office_of(self, phrase: str) -> str:
        """The kind of an office with its country or body, as in ``Name.offices``; empty where one is missing."""
        parts = [plain(w.text) for w in words(phrase)]
        folded = _without_country(" ".join(parts))
        kind = next((kind for office, kind in offices() if office.replace("-", " ") in folded), "")
        keys = (key for part in parts for key in self._variants.get((part,), ()))
        country = next((key for key in keys if self.names[key].kind != "person"), "")
        return f"{kind}/{country}" if kind not in ("", "courtesy") and country else ""


def _without_country(phrase: str) -> str:
    """An office without the country that stands within it: "head of diplomacy" for "head of US diplomacy"."""
    return re.sub(r"\bof (?!state|affairs|foreign|government)(?:the )?(?:[\w.]+ )?", "of ", phrase)


def _next_word(text: str, at: int) -> Word | None:
    return next((word for word in words(text[at : at + 40])), None)


def _folded(surface: str) -> list[str]:
    return [plain(word.text) for word in words(surface)]


def _ordinary(parts: Sequence[Word], careful: bool) -> bool:
    """Whether a single lower-cased word is an everyday word that happens to be a name too ("us", "may", "north").

    Who types a capital at the beginning is ``careful``, and would most likely have typed that of a name.
    """
    word = parts[0].text
    if len(parts) > 1:
        return False
    if is_function_word(word) or plain(word) in _CALENDAR or plain(word) in office_words():
        return True
    usage = english().get(plain(word))
    return not word[0].isupper() and usage is not None and usage.capitalised < (_SURELY if careful else 0.5)


def _is_cased(question: str) -> bool:
    """Whether capital letters in a question mean something: some words have one and some have none."""
    content = [w for w in words(question)[1:] if w.text[0].isalpha()]
    lower = [w for w in content if not w.capitalised]
    return bool(lower) and len(lower) < len(content)


def _looks_like_name(question: str, word: Word, cased: bool) -> bool:
    folded = plain(word.text)
    if is_function_word(word.text) or folded in _CALENDAR or folded in office_words() or not word.text[0].isalpha():
        return False
    usage = english().get(folded)
    if usage is not None and _PEOPLE.search(folded):
        return False
    if cased:
        odd = usage is None or usage.capitalised >= _ODD or word.text.isupper()
        return odd and word.capitalised and word.start > 0
    return usage is not None and usage.capitalised >= (_SURELY if question[:1].isupper() else _NAME_LIKE)


def _run(parts: Sequence[Word], question: str, cased: bool) -> int:
    """How many words from here on belong to one unknown name ("Emmanuel Macron")."""
    length = 1
    while length < len(parts) and parts[length].start - parts[length - 1].end == 1:
        if not _looks_like_name(question, parts[length], cased):
            break
        length += 1
    return length


def _office_pattern() -> re.Pattern[str]:
    phrases = sorted((p for ps in OFFICES.values() for p in ps), key=len, reverse=True)
    inner = "|".join(re.escape(p).replace(r"\ of\ ", r"\ of\ (?:the\ )?(?:[\w.]+\ )?") for p in phrases)
    return re.compile(rf"\b[\w.]+(?:['’]s)?[\s-](?:{inner})\b|\b(?:{inner})\s+of\s+(?:the\s+)?[\w.]+\b", re.IGNORECASE)


_OFFICE = _office_pattern()
