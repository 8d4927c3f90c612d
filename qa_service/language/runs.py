"""Runs of capitalised words that may be names; what they name is decided in ``names``.

A run goes on over initials, titles and the small words inside names: "Gov. Ada M. River", "Bank of England".
"""

from __future__ import annotations

from qa_service.language.gazetteer import DAYS, MONTHS, TITLES, country_key, office_words
from qa_service.language.words import Word, english, is_function_word, plain, word_set, words

_LINKS = word_set("of the al bin ibn de la le du van von der den di da")
_COMMON = 0.5  # below this share of capitalised uses, a word is an ordinary one
_NAME_LIKE = 0.8  # from this share of capitalised uses, a word is a name


def capital_runs(text: str) -> list[list[Word]]:
    """Runs of capitalised words that belong together, sentence-initial ordinary words left out."""
    runs: list[list[Word]] = []
    pending: list[Word] = []  # linking words that join a run only if a capitalised word follows
    current: list[Word] = []
    for word in words(text):
        if current and not _joins(text, [*current, *pending], word):
            runs.append(current)
            current, pending = [], []
        if _is_name_word(text, word, current):
            current, pending = [*current, *pending, word], []
        elif current and word.text.casefold() in _LINKS and (pending or _links(current[-1].text, word.text)):
            pending = [*pending, word]
        elif current:
            runs.append(current)
            current, pending = [], []
    return [run for run in [*runs, current] if any(len(word.text) > 1 for word in run)]


def unusual(word: str) -> bool:
    """Whether English hardly uses a word but as a name."""
    usage = english().get(plain(word))
    return usage is None or usage.capitalised >= _NAME_LIKE


def opens(text: str, start: int) -> bool:
    """Whether a word at ``start`` would be capitalised anyway: at the beginning, or after a stop, quote or colon."""
    before = text[:start].rstrip()
    return not before or before[-1] in ".!?:\"“‘'(-–—"


def _links(left: str, link: str) -> bool:
    """Whether "of" goes on after a word: in "Bank of England"; behind a person's name it does not ("Ada of NASA")."""
    return link.casefold() not in ("of", "the") or not unusual(left)


def _joins(text: str, run: list[Word], right: Word) -> bool:
    left = run[-1]
    gap = text[left.end : right.start]
    if gap == "-":  # "US-Russian" names two countries, "al-Assad" and "Agence France-Presse" one bearer
        return not country_key(right.text) and not (len(run) == 1 and country_key(left.text))
    if gap == ". ":
        return len(left.text) == 1 or left.text.casefold() in TITLES
    return gap in (" ", "", "’", "'")


def _is_name_word(text: str, word: Word, run: list[Word]) -> bool:
    if not word.capitalised or word.text.casefold() in DAYS:
        return False
    if word.text.casefold() in MONTHS:
        return bool(run) and unusual(run[-1].text) and not text[word.end :].lstrip()[:1].isdigit()
    if is_function_word(word.text):
        return len(word.text) == 1 and text[word.end : word.end + 1] == "." and bool(run)
    if not opens(text, word.start):
        return True
    usage = english().get(word.text.casefold())
    return usage is None or usage.capitalised >= _COMMON or word.text.casefold() in office_words()
