"""Runs of capitalised words that may be names; what they name is decided in ``names``.

A run goes on over initials, titles and the small words inside names: "Gov. Ada M. River", "Bank of England".
"""

from __future__ import annotations

from qa_service.language.gazetteer import BODIES, DAYS, MONTHS, TITLES, country_key, office_words
from qa_service.language.words import Word, english, is_function_word, plain, word_set, words

_LINKS = word_set("of the al bin ibn de la le du van von der den di da")
_ENDINGS = ("ed", "ing", "ly")  # of ordinary words that the list of English words may lack
_COMPOUND = word_set("led era born wide run made like type held free only")  # make an adjective of a name: "Oslo-born"
_SYLLABLE = 5  # letters at most on either side of the hyphen in "Jong-un"
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
        if _is_name_word(text, word, current) or _is_syllable(text, word, current):
            current, pending = [*current, *pending, word], []
        elif current and word.text.casefold() in _LINKS and (pending or _links(current, word.text)):
            pending = [*pending, word]
        elif current:
            runs.append(current)
            current, pending = [], []
    return [run for run in [*runs, current] if any(len(word.text) > 1 for word in run)]


def unusual(word: str) -> bool:
    """Whether English hardly uses a word but as a name."""
    usage = english().get(plain(word))
    return usage is None or usage.capitalised >= _NAME_LIKE


def _opens(text: str, start: int) -> bool:
    """Whether a word at ``start`` would be capitalised anyway: at the beginning, or after a stop, quote or colon."""
    before = text[:start].rstrip()
    return not before or before[-1] in ".!?:\"“‘'(-–—"


def _links(run: list[Word], link: str) -> bool:
    """Whether "of" goes on with a run: with "Bank", not with a person's name ("Ada of NASA", "Ada Cherry of NASA")."""
    if link.casefold() not in ("of", "the"):
        return True
    return run[-1].text.casefold() in BODIES or not (unusual(run[0].text) or unusual(run[-1].text))


def _joins(text: str, run: list[Word], right: Word) -> bool:
    left = run[-1]
    gap = text[left.end : right.start]
    if gap == "-" and len(left.text) == 1 and text[: left.start].endswith("("):  # a party, as in "(D-Ohio)"
        return False
    if gap == "-":  # "US-Russian" names two countries, "al-Assad" and "Agence France-Presse" one bearer
        return not country_key(right.text) and not (len(run) == 1 and country_key(left.text))
    if gap == ". ":
        return len(left.text) == 1 or left.text.casefold() in TITLES
    if gap == ", ":
        return right.text in ("Jr", "Sr")
    return gap in (" ", "", "’", "'")


def _is_syllable(text: str, word: Word, run: list[Word]) -> bool:
    """Whether a lower-cased word goes on a given name behind a hyphen, as in "Kim Jong-un"."""
    if len(run) < 2 or word.capitalised or text[run[-1].end : word.start] != "-":
        return False
    return max(len(run[-1].text), len(word.text)) <= _SYLLABLE and word.text not in _COMPOUND and unusual(run[-1].text)


def _is_name_word(text: str, word: Word, run: list[Word]) -> bool:
    if not word.capitalised or word.text.casefold() in DAYS:
        return False
    if word.text.casefold() in MONTHS:
        return bool(run) and unusual(run[-1].text) and not text[word.end :].lstrip()[:1].isdigit()
    if is_function_word(word.text):
        return len(word.text) == 1 and text[word.end : word.end + 2] == ". " and text[word.end + 2 :][:1].isupper()
    if not _opens(text, word.start) or (word.text.isupper() and len(word.text) > 1):
        return True
    usage = english().get(word.text.casefold())
    if usage is None and not run and word.text.endswith(_ENDINGS):  # "Chastened, she left"
        return False
    return usage is None or usage.capitalised >= _COMMON or word.text.casefold() in office_words()
