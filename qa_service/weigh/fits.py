"""Whether a sentence holds the kind of thing that a question wants: a time, a place, how many, how long, who, why."""

from __future__ import annotations

import re
from collections.abc import Callable

from qa_service.articles import Article
from qa_service.language.gazetteer import DAYS, MONTHS, office_words
from qa_service.language.holders import Post, names_holder
from qa_service.language.occasions import CALL, MEETING
from qa_service.language.references import Reference
from qa_service.language.words import term, terms, words
from qa_service.questions.question import Question
from qa_service.questions.wants import Want

_TIME = re.compile(  # capitals matter: "may" and "march" are no months
    r"\b(?:" + "|".join(name.capitalize() for name in DAYS + MONTHS) + r")\b"
    r"|[a-z](?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"  # "onSaturday", as scraped pages have it
    r"|\b(?:1\d|20)\d\ds?\b|\b\d{1,2}:\d\d\b|\bcentury\b"
)
_VAGUE_TIME = re.compile(
    r"\b(?:yesterday|today|tomorrow|tonight|last|next|this|earlier|later|future|recent)\b", re.IGNORECASE
)
_EXACT = re.compile(r"\b(?:day|date|weekday|month|year)\b", re.IGNORECASE)
_NUMBERS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|twenty|thirty|forty|fifty"
    "|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|once|twice|several|dozens?|half"
)
_NUMBER = re.compile(rf"\b\d[\d.,]*\b|\b(?:{_NUMBERS})\b", re.IGNORECASE)
_TIMES = frozenset({"once", "twice"})
_OF = re.compile(r"\s+of\b", re.IGNORECASE)
_DURATION = re.compile(
    rf"\b(?:\d[\d.,]*|{_NUMBERS}|an?)[\s-]+(?:and\s+a\s+half\s+)?(?:second|minute|hour|day|week|month|year|decade|centur)",
    re.IGNORECASE,
)
_SPENT = re.compile(
    rf"\b(?:for|within|in|after)\s+(?:\w+\s+)?{_DURATION.pattern}|-(?:minute|hour|day|week|month|year)\b", re.IGNORECASE
)
_OCCASION = re.compile(f"{MEETING.pattern}|{CALL.pattern}", re.IGNORECASE)
_LASTING = frozenset({"last", "take", "spend", "long", "continu", "durat", "run"})
_CAUSE = re.compile(
    r"\b(?:because|due to|since|as a result|in response to|in order|so that|reason|over|after|owing to|thanks to"
    r"|to (?:offer|express|end|ease|show)|caused|prompted|led to|therefore|thus|citing|not authori[sz]ed)\b",
    re.IGNORECASE,
)
_AT_PLACE = re.compile(r"\b(?:in|at|near|to|from|of)\s+(?:the\s+)?(?:[\w.]+\s+){0,3}$", re.IGNORECASE)
_HELD = r"(?:h[eo]ld|holds|holding|had|have|having|began|opened|attended) (?:\w+ ){0,3}?"
_MET = re.compile(  # says that they met; "the talks in Oslo" only mentions it
    r"\b(?:met|meets?|meeting (?:with|his|her)|welcom(?:ed?|es|ing)|greet(?:s|ed|ing)?|host(?:s|ed|ing)"
    r"|receiv(?:ed?|es|ing)|visit(?:s|ed|ing)|negotiat(?:e|ed|ing)|sat down|sit(?:s|ting)? down"
    rf"|{_HELD}(?:talks|meetings?|discussions?|negotiations|summit)"
    r"|(?:talks|meeting|summit|negotiations) (?:\w+ ){0,3}?(?:held|took place|takes place|began|opened|will|was|were)"
    r")\b",
    re.IGNORECASE,
)
_NEAR = 5  # words behind a number in which what it counts stands


def fits(question: Question, article: Article, sentence: int) -> float:
    """How well a sentence holds the kind of thing that is wanted: 1, or 0.5 where only vaguely so, or 0."""
    test = _TESTS.get(question.want)
    return test(question, article, sentence) if test else 1.0


def _tells_time(question: Question, article: Article, sentence: int) -> float:
    """Whether there is a day, month, year or hour; "last month" counts half unless a day or date is asked for."""
    text = article.text(sentence)
    vague = _VAGUE_TIME.search(text) and not _EXACT.search(question.text)
    return 1.0 if _TIME.search(text) else 0.5 * bool(vague)


def _tells_who(question: Question, article: Article, sentence: int) -> float:
    """Whether there is a person, or at least a body or country, that the question does not name.

    Where nothing but a name or an office is given ("Who is the US president?"), whether it is introduced there.
    """
    if not question.topic and len(question.names) == 1:
        return _introduces(question.names[0], article, sentence)
    if question.post:
        return float(_names_holder(question, question.post, article, sentence))
    asked = {key for reference in question.names if not reference.by_office for key in reference.keys}
    new = article.keys[sentence] - asked
    return 1.0 if new & article.people else 0.5 * bool(new)


def _names_holder(question: Question, post: Post, article: Article, sentence: int) -> bool:
    """Whether somebody whom the question does not name holds the office there, and its owner is spoken of."""
    if not all(_speaks_of(owner, article, sentence) for owner in post.owners):
        return False
    asked = {key for name in question.names if not name.by_office for key in name.keys}
    span = article.sentences[sentence]
    people = [m for m in article.mentions if m.sentence == sentence and m.key in article.people - asked]
    return names_holder(post, article.document.text, (span.start, span.end), [(m.start, m.end) for m in people])


def _speaks_of(owner: Reference, article: Article, sentence: int) -> bool:
    """Whether a name, or only its words (in "ABS-CBN chairman"), stand in a sentence, or the article is about it."""
    here = article.keys[sentence] | article.subjects
    return owner.keys[0] in here or frozenset(terms(owner.surface)) <= article.terms[sentence] | article.title_terms


def _introduces(reference: Reference, article: Article, sentence: int) -> float:
    """Whether somebody stands in a sentence with an office right before the name or right behind it."""
    text = article.document.text
    for mention in article.mentions:
        if mention.sentence == sentence and mention.key in reference.keys:
            before, behind = text[max(0, mention.start - 40) : mention.start], text[mention.end : mention.end + 40]
            beside = words(before)[-1:] + (words(behind)[:5] if behind.startswith(",") else [])
            if any(word.text.casefold() in office_words() for word in beside):
                return 1.0
    return 0.0


def _lasts(question: Question, article: Article, sentence: int) -> float:
    """Whether a stretch of time is how long something went on, not just a time that is mentioned."""
    text = article.text(sentence)
    if not _DURATION.search(text):
        return 0.0
    topic = {term(word.text) for word in question.topic if not _OCCASION.search(word.text)} - _LASTING
    here = topic & article.terms[sentence]
    return float(bool(_LASTING & article.terms[sentence] or _SPENT.search(text)) or len(here) * 2 > len(topic))


def _counts(question: Question, article: Article, sentence: int) -> float:
    """Whether a number stands near what is counted ("1,200 people", "twice a year" for times), or any number at all."""
    text = article.text(sentence)
    numbers = [match for match in _NUMBER.finditer(text) if _is_count(match, text, question.counted)]
    for match in numbers:
        following = [term(word.text) for word in words(text[match.end() : match.end() + 60])][:_NEAR]
        if question.counted in ("", "time", *following):
            return 1.0
    return 0.5 * bool(numbers)


def _is_count(number: re.Match[str], text: str, counted: str) -> bool:
    """Whether a number counts things: "one of them" does not, "twice" counts times only."""
    if number[0].casefold() in _TIMES:
        return counted in ("", "time")
    return not (number[0].casefold() == "one" and _OF.match(text, number.end()))


def _gives_cause(_: Question, article: Article, sentence: int) -> float:
    return float(bool(_CAUSE.search(article.text(sentence))))


def _is_at_place(question: Question, article: Article, sentence: int) -> float:
    """Whether a name that the question lacks, and that is no person, stands behind "in", "at", "to" …

    Where a meeting is asked for, the sentence must speak of one, and counts half where it does not say that they met.
    """
    occasion = question.occasion
    told = 1.0
    if occasion and occasion.kind == "meeting" and len(occasion.parties) > 1:
        text = article.text(sentence)
        told = 1.0 if _MET.search(text) else 0.5 * bool(MEETING.search(text))
    return told * _has_place(question, article, sentence)


def _has_place(question: Question, article: Article, sentence: int) -> bool:
    asked = {key for reference in question.names for key in reference.keys}
    text = article.document.text
    return any(
        _AT_PLACE.search(text[max(0, mention.start - 40) : mention.start])
        for mention in article.mentions
        if mention.sentence == sentence and mention.key not in asked and mention.key not in article.people
    )


def _names_body(question: Question, article: Article, sentence: int) -> float:
    """Whether there is a body, event or work that the question does not name."""
    asked = {key for reference in question.names for key in reference.keys}
    return 1.0 if (article.keys[sentence] & article.bodies) - asked else 0.5


def _is_said(_: Question, article: Article, sentence: int) -> float:
    return float(sentence in article.said)


_TESTS: dict[Want, Callable[[Question, Article, int], float]] = {
    "time": _tells_time,
    "person": _tells_who,
    "duration": _lasts,
    "number": _counts,
    "cause": _gives_cause,
    "place": _is_at_place,
    "speaker": _is_said,
    "body": _names_body,
}
