"""Names in running text: where they stand, what office comes with them, what kind of thing they name.

Works from capital letters, offices and word usage alone; which surfaces belong to one bearer is decided in
``namebook``, across documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa_service.language.gazetteer import BODIES, MONTHS, PARTISANS, PLACES, capitals, country_key
from qa_service.language.offices import apposed_office, is_also_surname, office_span
from qa_service.language.runs import capital_runs, unusual
from qa_service.language.words import Word, english, is_function_word, plain
from qa_service.types import NameKind, Sentence

LONGEST = 4000  # characters of a sentence that are read; what is longer is a table or no text, and would take for ever
_OF_OFFICE = frozenset(("of", "the", "for", "state", "affairs", "elect"))  # what may follow an office before its bearer
_AGED = re.compile(r",\s+(?:who|whose|(?:aged\s+)?\d{1,3})\b|\s+\(\d{1,3}\)")  # what is told of people only
_PEOPLES = re.compile(r"(?:ican|democrat|americ|europe|afric|asia)\w*$")  # "Oslo Republicans", "Northern Europe"
_AT = ("in", "near", "at", "to")
_LONGEST_COUNTRY = 4  # words
_GIVEN = 0.35  # share of capitalised uses from which a word may be a given name


@dataclass(frozen=True, slots=True)
class Spotted:
    """A name as it stands in a text: ``surface`` without office and article, ``office`` the words that came before it.

    ``key`` is set for countries only, which are known beforehand. ``start``/``end`` cover the surface.
    """

    surface: str
    sentence: int
    start: int
    end: int
    kind: NameKind
    office: str = ""
    key: str = ""


def spot(text: str, sentences: Sequence[Sentence]) -> tuple[Spotted, ...]:
    """All names in the sentences of ``text``, in order; offsets into ``text``. Takes linear time."""
    found: list[Spotted] = []
    for sentence in sentences:
        span = text[sentence.start : min(sentence.end, sentence.start + LONGEST)]
        for run in capital_runs(span):
            found.extend(_read_run(span, run, sentence))
    return tuple(found)


def _read_run(text: str, run: list[Word], sentence: Sentence) -> Iterator[Spotted]:
    """Tell office, countries and name apart: "Russian Foreign Minister Sergei Lavrov"."""
    span = office_span(text, run)
    if span and not _is_body(run[span[1] : span[1] + 1]):  # a "Justice Department" is no justice
        yield from _before_office(text, run[: span[0]], sentence)
        yield from _behind_office(text, run, span[1], sentence)
        return
    apposed = "" if _is_body(run) else apposed_office(text, run[-1].end)
    if apposed:
        yield _spotted(text, run, sentence, "person", apposed)
        return
    if len(run) > 2 and run[0].text.casefold() in PARTISANS and not _is_body(run):
        run = run[1:]
    while run and country_key(run[0].text):
        yield _spotted(text, run[:1], sentence, "place", "")
        if _is_body(run[1:]):  # the "US Navy" is another than the navy of someone else
            break
        run = run[1:]
    if run:
        yield _spotted(text, run, sentence, _kind(text, run), "")


def _before_office(text: str, run: list[Word], sentence: Sentence) -> Iterator[Spotted]:
    """The country or body whose office it is: the "State Department" of "State Department Spokesman Ned River"."""
    rest = [word for word in run if not country_key(word.text)]
    yield from _countries(text, run, sentence)
    if _is_body(rest):
        yield _spotted(text, rest, sentence, "organisation", "")


def _behind_office(text: str, run: list[Word], end: int, sentence: Sentence) -> Iterator[Spotted]:
    """The bearer of an office, and what the office is of: the "London" of "Mayor of London Ada River"."""
    at = end
    while at < len(run) and run[at].text.casefold() in _OF_OFFICE:
        at += 1
    named = any(word.text.casefold() == "of" for word in run[end:at])
    land = at + _country_length(run[at:])
    yield from _countries(text, run[at:land], sentence)
    start = land + (_bearer_start(run[land:]) if named and land == at else 0)
    if run[land:start]:
        kind: NameKind = "organisation" if _is_body(run[land:start]) else "place"
        yield _spotted(text, run[land:start], sentence, kind, "")
    if run[start:]:
        yield _spotted(text, run[start:], sentence, "person", text[run[0].start : run[start - 1].end])


def _bearer_start(rest: Sequence[Word]) -> int:
    """Where the person begins behind "Mayor of": after ordinary words, or at the last two of three words."""
    start = len(rest)
    while start and (unusual(rest[start - 1].text) or is_function_word(rest[start - 1].text)):
        start -= 1
    if start:
        return start
    start = max(len(rest) - 2, 0)
    while start > 1 and not rest[start].capitalised:
        start -= 1
    return start or len(rest)


def _countries(text: str, run: Sequence[Word], sentence: Sentence) -> Iterator[Spotted]:
    """The countries named in a run."""
    at = 0
    while at < len(run):
        length = _country_length(run[at:])
        if length:
            yield _spotted(text, run[at : at + length], sentence, "place", "")
        at += max(1, length)


def _country_length(run: Sequence[Word]) -> int:
    """How many words at the beginning of a run name a country."""
    longest = range(min(_LONGEST_COUNTRY, len(run)), 0, -1)
    return next((n for n in longest if country_key(" ".join(word.text for word in run[:n]))), 0)


def _spotted(text: str, run: Sequence[Word], sentence: Sentence, kind: NameKind, office: str) -> Spotted:
    start, end = run[0].start, run[-1].end
    surface = text[start:end]
    key = country_key(surface)
    offset = sentence.start
    return Spotted(surface, sentence.index, start + offset, end + offset, "place" if key else kind, office, key)


def _kind(text: str, run: Sequence[Word]) -> NameKind:
    last, start = run[-1].text.casefold(), run[0].start
    if last in capitals() or (len(run) > 1 and last in PLACES and not _is_body(run)):
        return "place"
    if _preceded_by(text, start, _AT if len(run) == 1 else _AT[:2]):
        return "place"
    end = run[-1].end
    person = _is_person([word for word in run if word.capitalised]) or (len(run) > 1 and bool(_AGED.match(text, end)))
    of_person = person and text[end + 1 : end + 2].islower()  # "the Ada Stone case"
    if _is_body(run) or (_preceded_by(text, start, ("the",)) and not of_person) or _is_acronym(run[0].text):
        return "organisation"
    return "person" if person else "other"


def _is_person(run: Sequence[Word]) -> bool:
    """Whether two or three words look like given name and surname. A month is in a run only as a surname."""
    surname = run[-1].text
    return (
        len(run) in (2, 3)
        and not _PEOPLES.search(surname.casefold())
        and (unusual(surname) or surname.casefold() in MONTHS or is_also_surname(surname))
        and all(_may_be_given(word.text) for word in run[:-1])
    )


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _is_body(run: Sequence[Word]) -> bool:
    return any(word.text.casefold() in BODIES for word in run)


def _may_be_given(word: str) -> bool:
    """Whether a word before a surname is name enough: "Bill" and "Mark" are often words, yet often names."""
    usage = english().get(plain(word))
    return usage is None or usage.capitalised >= _GIVEN or len(word) == 1


def _preceded_by(text: str, start: int, those: tuple[str, ...]) -> bool:
    before = text[:start].split()
    return bool(before) and before[-1].casefold() in those
