"""Names in running text: where they stand, what office comes with them, what kind of thing they name.

Works from capital letters, offices and word usage alone; which surfaces belong to one bearer is decided in
``namebook``, across documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .gazetteer import DAYS, MONTHS, capitals, countries, office_words, offices
from qa_service.types import NameKind, Sentence
from .words import Word, english, is_function_word, words

_LINKS = frozenset("of the al bin ibn de la le du van von der den di da".split())
_COLLECTIVE = frozenset(
    """council house office ministry department party union agency court committee commission parliament congress senate
    kremlin government administration army bank company corporation university institute organisation organization nations
    fund group association club team league force forces alliance press reuters media news times post duma""".split()
)
_APPOSITION = re.compile(r",\s+(?:the\s+|a\s+)?([\w.’' -]{3,40}?)(?=,|\.|\s+who\b|$)")
_COMMON = 0.5  # below this share of capitalised uses, a word is an ordinary one


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


def capital_runs(text: str) -> list[list[Word]]:
    """Runs of capitalised words that belong together, sentence-initial ordinary words left out."""
    runs: list[list[Word]] = []
    pending: list[Word] = []  # linking words that join a run only if a capitalised word follows
    current: list[Word] = []
    for word in words(text):
        joined = not current or _joins(text, (pending or current)[-1], word)
        if not joined:
            runs.append(current)
            current, pending = [], []
        if _is_name_word(text, word):
            current, pending = [*current, *pending, word], []
        elif current and word.text.casefold() in _LINKS and (pending or _links(current[-1].text, word.text)):
            pending = [*pending, word]
        elif current:
            runs.append(current)
            current, pending = [], []
    return [run for run in [*runs, current] if run]


def _links(left: str, link: str) -> bool:
    """Whether a name goes on behind "of" ("Bank of England"); behind that of a person it does not ("Ada River of NASA")."""
    return link.casefold() not in ("of", "the") or not _unusual(left.casefold())


def _joins(text: str, left: Word, right: Word) -> bool:
    gap = text[left.end : right.start]
    if gap == "-":  # "US-Russian" names two countries, "al-Assad" one man
        return not (country_key(left.text) or country_key(right.text))
    return gap in (" ", "", "’", "'") or (gap == ". " and len(left.text) == 1)


def _is_name_word(text: str, word: Word) -> bool:
    if not word.capitalised or word.text.casefold() in DAYS + MONTHS:
        return False
    if is_function_word(word.text):
        return False
    if not _opens(text, word.start):
        return True
    usage = english().get(word.text.casefold())
    return usage is None or usage.capitalised >= _COMMON or word.text.casefold() in office_words()


def _opens(text: str, start: int) -> bool:
    """Whether a word at ``start`` would be capitalised anyway: at the beginning, or after a stop, quote or colon."""
    before = text[:start].rstrip()
    return not before or before[-1] in ".!?:\"“‘'(-–—"


def _read_run(text: str, run: list[Word], sentence: Sentence) -> Iterator[Spotted]:
    """Tell office, countries and name apart: "Russian Foreign Minister Sergei Lavrov"."""
    cut = _office_end(run)
    if cut:
        yield from _countries(run[:cut], sentence)
        office = text[run[0].start : run[cut - 1].end]
        if run[cut:]:
            yield _spotted(text, run[cut:], sentence, "person", office)
        return
    apposition = _APPOSITION.match(text, run[-1].end)
    if apposition and any(word.text.casefold() in office_words() for word in words(apposition[1])):
        yield _spotted(text, run, sentence, "person", apposition[1])
        return
    while run and country_key(run[0].text):
        yield from _countries(run[:1], sentence)
        run = run[1:]
    if run:
        yield _spotted(text, run, sentence, _kind(text, run), "")


def _office_end(run: list[Word]) -> int:
    """Index behind the last word of an office in the run; 0 when it has none."""
    ends = [i + 1 for i, word in enumerate(run) if word.text.casefold() in office_words()]
    if not ends:
        return 0
    end = ends[-1]
    while end < len(run) and run[end].text.casefold() in ("of", "the", "state", "affairs", "elect"):
        end += 1
    return end


def _countries(run: list[Word], sentence: Sentence) -> Iterator[Spotted]:
    for word in run:
        key = country_key(word.text)
        if key:
            start, end = word.start + sentence.start, word.end + sentence.start
            yield Spotted(word.text, sentence.index, start, end, "place", key=key)


def country_key(word: str) -> str:
    """The key of the country that a word names, or an empty string."""
    folded = word.casefold().rstrip(".")
    if folded in ("us", "u.s"):
        return "united states" if word != "us" else ""
    return countries().get(folded, "")


def office_tag(phrase: str) -> str:
    """What kind of office a phrase names and of which country or body; empty when it names none.

    >>> office_tag("Russian Foreign Minister"), office_tag("Kremlin spokesman")
    ('diplomat/russia', 'spokesperson/kremlin')
    """
    parts = words(phrase)
    folded = " ".join(word.text.casefold() for word in parts)
    kind = next((kind for office, kind in offices() if office.replace("-", " ") in folded), "")
    country = next((key for key in (country_key(word.text) for word in parts) if key), "")
    body = next((w.text.casefold() for w in parts if w.capitalised and w.text.casefold() not in office_words()), "")
    return f"{kind}/{country or body}" if kind else ""


def _spotted(text: str, run: list[Word], sentence: Sentence, kind: NameKind, office: str) -> Spotted:
    start, end = run[0].start, run[-1].end
    surface = text[start:end]
    key = countries().get(surface.casefold(), "")
    kind = "place" if key else kind
    return Spotted(surface, sentence.index, start + sentence.start, end + sentence.start, kind, office, key)


def _kind(text: str, run: list[Word]) -> NameKind:
    folded = [word.text.casefold() for word in run]
    if folded[-1] in capitals() or (len(run) == 1 and _preceded_by(text, run[0].start, ("in", "at", "near", "to"))):
        return "place"
    if any(word in _COLLECTIVE for word in folded) or _article_before(text, run[0].start) or run[0].text.isupper():
        return "organisation"
    if len(run) in (2, 3) and all(_unusual(word) for word in folded):
        return "person"
    return "other"


def _unusual(word: str) -> bool:
    usage = english().get(word)
    return usage is None or usage.capitalised >= 0.8


def _preceded_by(text: str, start: int, prepositions: tuple[str, ...]) -> bool:
    before = text[:start].split()
    return bool(before) and before[-1].casefold() in prepositions


def _article_before(text: str, start: int) -> bool:
    return _preceded_by(text, start, ("the",))
