"""Mends typing errors in a question before it is read: "waht did he say affter it" → "what did he say after it".

Only words that English hardly knows and the documents do not are touched, and only for a near word of grammar or of the
documents; names are left alone, because ``references`` finds them by their own rules.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from qa_service.language.words import FUNCTION_WORDS, english, term, words

ASKING = ("what", "when", "where", "which", "who", "whom", "whose", "why", "how", "did", "does", "is", "are", "was")
_TWO_ERRORS = 7  # letters from which two errors are forgiven
_USUAL = 1000  # uses in the spelling dictionary from which a word is taken as meant
_RARE = 100  # uses below which a word is as good as unknown: two thirds of the dictionary, and its memory
_EVERYDAY = 60  # uses in our own list from which an English word is a candidate
_FAR_MORE = 100  # how much more frequent a correction must be than a rare but existing word


def with_forms(vocabulary: Collection[str]) -> frozenset[str]:
    """The words of the documents and the other English forms of them ("recalled" brings "recall")."""
    known = {term(word) for word in vocabulary}
    return frozenset(vocabulary).union(word for word in english() if term(word) in known)


def mend(question: str, vocabulary: Collection[str], is_name: Callable[[str], bool]) -> str:
    """The question with its typing errors corrected. ``vocabulary`` holds the case-folded words of the documents."""
    pieces, at = [], 0
    for word in words(question):
        folded = word.text.casefold()
        fine = not folded.isalpha() or len(folded) < 2 or word.text.isupper()
        if fine or folded in english() or folded in vocabulary or is_name(word.text):
            continue
        better = _near(folded, ASKING, 1) if not word.start else None
        better = better or _correction(folded, vocabulary)
        if better is not None:
            pieces += [question[at : word.start], better.capitalize() if word.capitalised else better]
            at = word.end
    return "".join([*pieces, question[at:]])


def _correction(word: str, vocabulary: Collection[str]) -> str | None:
    """The nearest known word: grammar first, then the documents' words, then everyday English; frequent ones first."""
    uses = _dictionary().get(word, 0)
    if uses >= _USUAL:
        return None
    most = 2 if len(word) >= _TWO_ERRORS and not uses else 1
    sources = (FUNCTION_WORDS, vocabulary, _everyday()) if len(word) > 3 else (FUNCTION_WORDS,)
    tries = ((known, errors) for errors in range(1, most + 1) for known in sources)  # one error before two
    nearest = (_near(word, known, errors, least=_FAR_MORE * uses) for known, errors in tries)
    return next(filter(None, nearest), None)


def _near(word: str, known: Collection[str], errors: int, least: int = 0) -> str | None:
    near = process.extract(word, list(known), scorer=OSA.distance, score_cutoff=errors, limit=30)
    likely = [(d, -_uses(match), match) for match, d, _ in near if _uses(match) >= least and len(match) > 1]
    return min((c for c in likely if c[2][0] == word[0] or c[0] == 1), default=(0, 0, None))[2]


def _uses(word: str) -> int:
    return _dictionary().get(word, 0)


@cache
def _everyday() -> frozenset[str]:
    return frozenset(word for word, usage in english().items() if usage.count >= _EVERYDAY)


@cache
def _dictionary() -> dict[str, int]:
    """English words with their uses, the rarest left out; loaded when the first unknown word is met (0.2 s)."""
    from spellchecker import SpellChecker

    counts: dict[str, int] = SpellChecker(distance=1).word_frequency.dictionary
    return {word: uses for word, uses in counts.items() if uses >= _RARE}
