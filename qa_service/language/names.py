"""Names in running text: where they stand, what office comes with them, what kind of thing they name.

Works from capital letters, offices and word usage alone; which surfaces belong to one bearer is decided in
``namebook``, across documents.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa_service.language.gazetteer import PARTISANS, capitals, country_key
from qa_service.language.offices import apposed_office, office_span
from qa_service.language.runs import capital_runs, unusual
from qa_service.language.words import Word, english, is_function_word, plain, word_set
from qa_service.types import NameKind, Sentence

_COLLECTIVE = word_set(
    "council house office ministry department party union agency court committee commission parliament congress senate "
    "kremlin government administration army bank company corporation university institute organisation organization "
    "nations fund group association club team league force forces alliance press reuters media news times post duma "
    "college school hospital foundation bureau service services brigade navy guard guards airlines airways tv radio "
    "journal tribune board authority centre center network campaign conference caucus federation police"
)
_GEOGRAPHIC = word_set(
    "east west sea ocean river lake bay gulf peninsula island islands mountains valley desert street avenue road square "
    "bridge airport station region province county"
)
_OF_OFFICE = word_set("of the for state affairs elect")  # what may follow an office before its bearer
_AT = ("in", "at", "near", "to")
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
    """All names in the sentences of ``text``, in order; offsets into ``text``."""
    found: list[Spotted] = []
    for sentence in sentences:
        span = text[sentence.start : sentence.end]
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
    if last in capitals() or last in _GEOGRAPHIC or (len(run) == 1 and _preceded_by(text, start, _AT)):
        return "place"
    if _is_body(run) or _preceded_by(text, start, ("the",)) or run[0].text.isupper():
        return "organisation"
    if len(run) in (2, 3) and unusual(run[-1].text) and all(_may_be_given(word.text) for word in run):
        return "person"
    return "other"


def _is_body(run: Sequence[Word]) -> bool:
    return any(word.text.casefold() in _COLLECTIVE for word in run)


def _may_be_given(word: str) -> bool:
    """Whether a word before a surname is name enough: "Bill" and "Mark" are often words, yet often names."""
    usage = english().get(plain(word))
    return usage is None or usage.capitalised >= _GIVEN or len(word) == 1


def _preceded_by(text: str, start: int, those: tuple[str, ...]) -> bool:
    before = text[:start].split()
    return bool(before) and before[-1].casefold() in those
