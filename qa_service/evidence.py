"""How well a sentence answers a question: the signals, one by one, and the one decision made of them.

Hard conditions come first (``admits``): an article must know every person, place and body that the question names, tell
of the meeting or call it speaks of, and hold the words it quotes. What passes is scored by meaning, words, names and
the kind of answer that is wanted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .articles import Article
from .language.gazetteer import DAYS, MONTHS
from .question import Question
from .language.references import Reference
from .senses import Sense
from .types import Statement
from .language.words import is_function_word, term, words

_QUOTED = re.compile(r"[\"“]([^\"”]{6,})[\"”]")
_TIME = re.compile(r"\b(?:on\s*)?(?:" + "|".join(DAYS + MONTHS) + r")\b|\b(?:1[89]|20)\d\d\b|\b\d{1,2}:\d\d\b", re.IGNORECASE)
_VAGUE_TIME = re.compile(
    r"\b(?:yesterday|today|tomorrow|tonight|last|next|this)\s*(?:week|month|year|summer|winter|spring|autumn|fall|night|day)?\b"
    r"|\b(?:earlier|later|future|century|recent)\b", re.IGNORECASE,
)  # fmt: skip
_NUMBER_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen twenty thirty forty fifty "
    "sixty seventy eighty ninety hundred thousand million billion once twice several dozens? half".replace(" ", "|")
)
_NUMBER = re.compile(rf"\b\d[\d.,]*\b|\b(?:{_NUMBER_WORDS})\b", re.IGNORECASE)
_UNITS = r"(?:second|minute|hour|day|week|month|year|decade|centur)"
_DURATION = re.compile(rf"\b(?:\d[\d.,]*|{_NUMBER_WORDS}|an?)[\s-]+(?:and\s+a\s+half\s+)?{_UNITS}", re.IGNORECASE)
_FOR_TIME = re.compile(rf"\b(?:for|within|in|after)\s+(?:\w+\s+)?{_DURATION.pattern}|-(?:minute|hour|day|week|month|year)\b", re.I)
_LASTING = frozenset({"last", "take", "spend", "long", "continu", "durat", "run"})
_CAUSE = re.compile(
    r"\b(?:because|due to|since|as a result|in response to|in order|so that|reason|over|after|to (?:offer|express|end|ease|show)"
    r"|caused|prompted|led to|therefore|thus|citing|not authori[sz]ed)\b",
    re.IGNORECASE,
)
_AT_PLACE = re.compile(r"\b(?:in|at|near|to|from|of)\s+(?:the\s+)?(?:[\w.]+\s+){0,3}$", re.IGNORECASE)
_TOLD = 0.8  # weight of a word of the occasion that the article tells of elsewhere
_WINDOW = (1.0, 0.55, 0.35)  # weight of a term in the sentence itself, beside it, in the title


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for a sentence, each 0 to 1: similarity of meaning (with and without the names), words found, names found, kind of answer."""

    meaning: float
    gist: float
    passage: float
    words: float
    names: float
    fits: float

    @property
    def evidence(self) -> float:
        """How much a sentence speaks of the question; the weights were fitted by ``benchmarks/fit_evidence.py``."""
        alike = 0.22 * self.meaning + 0.25 * self.gist + 0.085 * self.passage
        return alike + 0.245 * self.words + 0.07 * self.names

    @property
    def score(self) -> float:
        """One figure to rank by: ``evidence`` and the kind of answer."""
        return self.evidence + 0.13 * self.fits


def admits(question: Question, article: Article) -> bool:
    """Whether an article can answer at all."""
    if not all(_names(article, reference) for reference in question.speakers[:1]):
        return any(_names(article, reference) for reference in question.speakers[1:])
    named = [_names(article, reference) for reference in question.others]
    if not (all(named) or (question.compares and any(named))):
        return False
    return question.compares or tells_of(question, article)


def _names(article: Article, reference: Reference) -> bool:
    return any(key in article.all_keys for key in reference.keys)


def tells_of(question: Question, article: Article) -> bool:
    """Whether the meeting or call that the question speaks of, with all who took part, is told in the article."""
    occasion = question.occasion
    if occasion is None or len(occasion.parties) < 2:
        return True
    return any(took_part(occasion.parties, sides) for sides in article.occasions.all())


def took_part(parties: Sequence[Reference], sides: Sequence[str]) -> bool:
    """Whether everyone named is among those who took part."""
    return all(any(key in sides for key in party.keys) for party in parties)


def quoted_words(question: str) -> list[str]:
    """What the question puts in quotation marks."""
    return _QUOTED.findall(question)


def signals(
    question: Question, topic: Sequence[Sense], place: tuple[Article, int], similar: tuple[float, float], passage: float
) -> Signals:
    """All signals of one sentence. ``similar`` (to the question, to its gist) and ``passage`` come from retrieval."""
    article, sentence = place
    return Signals(
        meaning=max(0.0, similar[0]), gist=max(0.0, similar[1]), passage=max(0.0, passage),
        words=coverage(question, topic, article, sentence), names=names_found(question.names, article, sentence),
        fits=fits(question, article, sentence),
    )  # fmt: skip


def coverage(question: Question, topic: Sequence[Sense], article: Article, sentence: int) -> float:
    """The share of the topic's information that the sentence, its neighbours or the title hold (1 if there is no topic)."""
    told = {term(w) for w in content(question.occasion.surface)} if question.occasion else set()
    found = sum(
        sense.information * max(_found(sense, article, sentence), _TOLD if sense.term in told & article.vocabulary else 0.0)
        for sense in topic
    )
    found += sum(_named(reference, article, sentence) for reference in question.about)
    total = sum(sense.information for sense in topic) + len(question.about)
    return found / total if total else 1.0


def _found(sense: Sense, article: Article, sentence: int) -> float:
    here, beside, title = _WINDOW
    near = [i for i in (sentence - 1, sentence + 1) if 0 <= i < len(article.terms)]
    return max(
        here * _strength(sense, article.terms[sentence]),
        max((beside * _strength(sense, article.terms[i]) for i in near), default=0.0),
        title * _strength(sense, article.title_terms),
    )


def _strength(sense: Sense, terms: frozenset[str]) -> float:
    """How far a set of terms holds a sense: 1 for the term itself, less for a related one."""
    return 1.0 if sense.term in terms else max((w for t, w in sense.near.items() if t in terms), default=0.0)


def _named(reference: Reference, article: Article, sentence: int) -> float:
    here, beside, _ = _WINDOW
    keys = set(reference.keys)
    near = [i for i in (sentence - 1, sentence + 1) if 0 <= i < len(article.keys)]
    if keys & article.keys[sentence]:
        return here
    return beside if keys & article.subjects or any(keys & article.keys[i] for i in near) else 0.0


def names_found(references: Sequence[Reference], article: Article, sentence: int) -> float:
    """The mean nearness of the names: 1 in the sentence, less beside it or elsewhere in the article; 1 without names."""
    if not references:
        return 1.0
    return sum(nearness(reference, article, sentence) for reference in references) / len(references)


def nearness(reference: Reference, article: Article, sentence: int) -> float:
    keys = set(reference.keys)
    if keys & article.keys[sentence]:
        return 1.0
    beside = [i for i in (sentence - 1, sentence + 1) if 0 <= i < len(article.keys)]
    if any(keys & article.keys[i] for i in beside):
        return 0.7
    return 0.4 if keys & article.all_keys else 0.0


def fits(question: Question, article: Article, sentence: int) -> float:
    """How well the sentence holds the kind of thing that is asked for: 1, or 0.5 for a vague one, or 0."""
    text = article.text(sentence)
    want = question.want
    if want == "time":
        return 1.0 if _TIME.search(text) else 0.5 * bool(_VAGUE_TIME.search(text))
    if want == "person":
        new = new_names(question, article, sentence)
        return 1.0 if new & article.people else 0.5 * bool(new)
    holds = {
        "duration": lambda: _lasts(question, article, sentence),
        "number": lambda: _counts(question, text),
        "cause": lambda: bool(_CAUSE.search(text)),
        "place": lambda: _has_place(question, article, sentence),
        "speaker": lambda: sentence in article.said,
    }
    return float(holds[want]()) if want in holds else 1.0


def _lasts(question: Question, article: Article, sentence: int) -> bool:
    """Whether a stretch of time is how long something went on, not just a time that is mentioned."""
    text = article.text(sentence)
    if not _DURATION.search(text):
        return False
    topic = {term(word.text) for word in question.topic} - _LASTING
    here = topic & article.terms[sentence]
    return bool(_LASTING & article.terms[sentence] or _FOR_TIME.search(text)) or len(here) * 2 > len(topic)


def _counts(question: Question, text: str) -> float:
    """Whether a number stands near what is counted ("1,200 people", "twice a year" for times), or at least a number."""
    numbers = list(_NUMBER.finditer(text))
    for match in numbers:
        if question.counted in ("", "time"):
            return 1.0
        following = [term(w.text) for w in words(text[match.end() : match.end() + 60])][:5]
        if question.counted in following:
            return 1.0
    return 0.5 * bool(numbers)


def _has_place(question: Question, article: Article, sentence: int) -> bool:
    asked = {key for reference in question.names for key in reference.keys}
    for mention in article.mentions:
        if mention.sentence == sentence and mention.key not in asked and mention.key not in article.people:
            if _AT_PLACE.search(article.document.text[max(0, mention.start - 40) : mention.start]):
                return True
    return False


def new_names(question: Question, article: Article, sentence: int) -> set[str]:
    """People or bodies in a sentence that the question does not name."""
    asked = {key for reference in question.names if not reference.by_office for key in reference.keys}
    here = {m.key for m in article.mentions if m.sentence == sentence} | {s.speaker_key for s in article.said.get(sentence, ())}
    return here - asked


def speaks(question: Question, statement: Statement) -> bool:
    """Whether a statement is by one of those whose words are asked for."""
    return any(statement.speaker_key in reference.keys for reference in question.speakers)


def content(text: str) -> list[str]:
    """The content words of a text as they stand."""
    return [word.text for word in words(text) if not is_function_word(word.text)]
