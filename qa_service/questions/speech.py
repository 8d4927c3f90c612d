"""Whether a question asks for somebody's words, and whose: "What did X say?", "X's reaction", "according to X"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa_service.language.occasions import MEETING
from qa_service.language.references import Reference
from qa_service.language.words import Word, term, words
from qa_service.questions.wants import Want, terms_in

_SPEECH = terms_in(
    """
    say tell claim state think believe hope express mention announce declare promise ask emphasize emphasise
    stress note add warn write tweet insist call demand describe propose suggest explain comment remark respond
    reply react answer acknowledge admit deny argue assure accuse condemn criticize praise hail urge vow pledge
    confirm conclude label complain point voice characterize characterise assess reject report predict underline
    underscore highlight
    """
)
_WORDS_OF = frozenset(
    """
    statement statements position view views opinion stance reaction remark remarks comment comments words message
    attitude response quote quotes
    """.split()
)
_ATTRIBUTES = terms_in("say tell claim deny admit accuse call label argue insist warn write tweet")
_REPORTED = frozenset({"said", "says", "told", "wrote", "tweeted"})
_SPEAKING = frozenset({"speak", "talk"})
_NOT_SPEECH = frozenset({"responsibility", "responsible", "expression", "addition"})  # of the same stem, but no speech
_NOUNS_TOO = terms_in("state claim report call answer demand stress label voice note point brand")
_ACCORDING = re.compile(r"\baccording to\s+(?:the\s+)?", re.IGNORECASE)
_RELATIVE = re.compile(r"\w\s+(?:who|which|that)\s+$")  # "the man who spoke": what follows is not asked for
_AUXILIARY = "did|does|do|is|are|was|were|has|have|had|will|would|can|could|should"
_ASKED_SUBJECT = re.compile(  # "What film star announced …?", "Which state said …?": the speaker is what is asked for
    rf"\b(?:[Ww]hich|[Ww]hat)\s+(?!(?:the|an?|his|her|their|{_AUXILIARY})\b)(?:(?!\b(?:{_AUXILIARY})\b)[^?,;])*\b[a-z][\w-]+\s+$"
)
_BY = re.compile(r"\b(?:by|from|of)\s+(?:the\s+)?$")
_JOINED = re.compile(r"\s*(?:,|and|or|&|,\s*and)\s*(?:the\s+)?")
_OF_WHAT = re.compile(r"\s+(?:about|of|on(?!\s+(?:the|a)\s+(?:tele)?phone|\s+\w+day))\b")  # no topic: "on the phone"
_BETWEEN_BY = 10  # characters between "statement" and the name in "statement by the president"
_BETWEEN = 4  # words between a speaker and the verb: "did Lavrov in Sochi say"
_INTERROGATIVE = re.compile(
    r"\b(?:what|which|who|whom|whose|when|where|why|how|did|does|do|is|was|were|compare|tell|list)\b", re.IGNORECASE
)
ABOUT = re.compile(
    r"\b(?:about|on|regarding|concerning|over|towards?|with regard to|as to)\b(?!\s+(?:what|which|whom|\w+day\b))",
    re.IGNORECASE,
)


def speech_verb(text: str, references: Sequence[Reference]) -> Word | None:
    """The word that makes a question one about what is said; none inside a name, none in "the man who spoke"."""
    free = [w for w in words(text) if not any(r.start <= w.start < r.end for r in references)]
    free = [w for w in free if not _RELATIVE.search(text[: w.start])]
    return next((w for w in free if _speaks_of(text, w)), None) or next(
        (w for w in free if _is_speech(w.text) and (term(w.text) not in _NOUNS_TOO or _acts(text, w, references))), None
    )


def _speaks_of(text: str, word: Word) -> bool:
    """Whether somebody "spoke about" something, which is no event as "spoke with" is."""
    return term(word.text) in _SPEAKING and bool(_OF_WHAT.match(text, word.end))


def _is_speech(word: str) -> bool:
    folded = word.casefold()
    if folded in _NOT_SPEECH or MEETING.fullmatch(word):
        return False
    return folded in _WORDS_OF or term(word) in _SPEECH


def _acts(text: str, word: Word, references: Sequence[Reference]) -> bool:
    """Whether a word that may be a noun ("state", "call") is the verb of a name or pronoun right before it."""
    met = next((r for r in references if 0 <= r.start - word.end <= 2), None)
    if met and not re.match(r"\s+(?:an?|the|his|her)\b|\s*[\"“]", text[met.end :]):
        return False  # "call Ada" is a phone call, "call Ada a liar" is not
    if any(0 <= word.start - r.end <= 2 for r in references):
        return not re.match(r"\s+(?:with|between|to)\b", text[word.end :])
    return bool(re.search(r"\b(?:who|he|she|they|it)\s+(?:\w+ly\s+)?$", text[: word.start], re.IGNORECASE))


def speakers(text: str, references: Sequence[Reference], verb: Word | None, want: Want) -> tuple[Reference, ...]:
    """Those whose words are asked for; nobody where a question asks for something else.

    What a country says is said by many: a country is no speaker.
    """
    according = _ACCORDING.search(text)
    if according:
        return tuple(r for r in references if 0 <= r.start - according.end() <= 12)[:1]
    if verb is None or want in ("speaker", "person") or not _asks_for_words(text, verb, want):
        return ()
    if _ASKED_SUBJECT.search(text[: verb.start]):
        return ()
    able = [r for r in references if r.kind != "place"]
    together = _before(text, able, verb)
    if len(together) > 1 and term(verb.text) in _SPEAKING:
        return ()  # what two people talk about is told of them, not said by each
    by = (r for r in able if 0 <= r.start - verb.end <= _BETWEEN_BY and _BY.search(text[: r.start]))
    return together or tuple(by)[:1]


def _before(text: str, references: Sequence[Reference], verb: Word) -> tuple[Reference, ...]:
    """The names right before a verb, several when they are joined: "did Lavrov and Blinken say"."""
    chain: list[Reference] = []
    for reference in reversed([r for r in references if r.end <= verb.start and not ABOUT.search(text[: r.start])]):
        gap = text[reference.end : chain[0].start if chain else verb.start]
        if not (_JOINED.fullmatch(gap) if chain else len(gap.split()) <= _BETWEEN):
            break
        chain.insert(0, reference)
    return tuple(chain)


def _asks_for_words(text: str, verb: Word, want: Want) -> bool:
    """Whether a question asks for somebody's words: not "Did they discuss …?", and not a list of keywords."""
    attributes = term(verb.text) in _ATTRIBUTES
    if want == "yes_no":
        return attributes
    keywords = verb.text.casefold() in _WORDS_OF or verb.text.casefold() in _REPORTED
    return bool(_INTERROGATIVE.search(text)) or keywords
