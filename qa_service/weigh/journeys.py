"""Who went where: the journey that a question speaks of, and whether a sentence tells of that one and no other.

"When did A visit B?" is not answered by another traveller's visit, nor by A's visit to another place. What else a
sentence must meet stands in ``conditions``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa_service.articles import Article
from qa_service.language.gazetteer import capitals, country_key
from qa_service.language.occasions import MEETING
from qa_service.language.references import Reference
from qa_service.types import Mention

_VISITS = r"visit(?:s|ed|ing)?|tour(?:s|ed|ing)?"
_GOES = (
    rf"{_VISITS}|travel(?:s|l?ed|l?ing)?|trips?|journey(?:s|ed)?|fly|flies|flew|flown|flying|flights?|go|goes|going|went"
    r"|gone|come|comes|came|coming|arriv(?:e|es|ed|al|ing)|return(?:s|ed|ing)?|head(?:s|ed|ing)|land(?:s|ed|ing)"
    r"|sail(?:s|ed|ing)?|drove|dr?iven|moved?|moving|fled"
)
_GOING = re.compile(rf"\b(?:{_GOES})\b", re.IGNORECASE)
_STAYING = re.compile(
    r"\b(?:stay(?:s|ed|ing)?|sp[eo]ak(?:s|ing)?|spoke|speech|address(?:ed|es|ing)?|rally|appear(?:s|ed|ing|ance)?)\b",
    re.IGNORECASE,
)
_ASKED_TO = re.compile(  # between a going word and the place in a question
    r"(?:\s+back)?\s+(?:to|in|into|at|for|from)\s+(?:the\s+)?$|(?<=visit)(?:s|ed|ing)?\s+(?:the\s+)?$", re.IGNORECASE
)
_BY = re.compile(r"\s+(?:of|by)\s+(?:the\s+)?$", re.IGNORECASE)
_AT = re.compile(
    rf"\b(?:(?:to|in|into|at|for|from|near)|{_VISITS}|left|leav(?:e|es|ing)|reach(?:es|ed|ing)?)"
    r"\s+(?:the\s+)?(?:[\w.’'-]+\s+){0,3}$",
    re.IGNORECASE,
)
_WHOM = re.compile(r"\b(?:him|her|them|each other|one another)\b", re.IGNORECASE)
_SELF = re.compile(r"\b(?:he|she|his|her|they|their)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:he|she|him|his|her|they|them|their)\b", re.IGNORECASE)
_TOGETHER = re.compile(r"^\s*(?:,|and\b|with\b|accompanied by\b)[\s\w,]{0,30}$")
_REACH, _OBJECT = 90, 45  # characters between a going word and its place, a meeting word and whom it takes
_BETWEEN = 4  # words from a going word to its place in a question
_BACK = 2  # sentences before in which a pronoun's name stands


@dataclass(frozen=True, slots=True)
class Journey:
    """Somebody's way to a place, as a question names them."""

    traveller: Reference
    place: Reference


def journey_asked(question: str, references: Sequence[Reference]) -> Journey | None:
    """The journey that a question speaks of; None where it does not name both who went and where to."""
    found = (_journey(question, going, references) for going in _GOING.finditer(question))
    return next((journey for journey in found if journey), None)


def _journey(question: str, going: re.Match[str], references: Sequence[Reference]) -> Journey | None:
    """Who goes where by one going word: "A visits B", "the visit of A to B"."""
    behind = [r for r in references if r.start >= going.end()]
    before = [r for r in references if r.kind == "person" and r.end <= going.start()]
    by = behind[0] if behind and _BY.fullmatch(question, going.end(), behind[0].start) else None
    traveller = by if by and by.kind == "person" else next(reversed(before), None)
    place = next((r for r in behind if r is not by), None)
    if traveller is None or place is None or place.kind == "person":
        return None
    between = question[by.end if by else going.start() : place.start]
    leads = _ASKED_TO.search(between) and len(between.split()) <= _BETWEEN
    return Journey(traveller, place) if leads else None


def is_told(journey: Journey, article: Article) -> bool:
    """Whether an article tells of the journey anywhere."""
    there = {mention.sentence for mention in article.mentions if _is_there(journey.place, mention.key)}
    return any(tells(journey, article, sentence) for sentence in there)


def is_told_near(journey: Journey, article: Article, sentence: int) -> bool:
    """Whether a sentence or one beside it tells of the journey."""
    near = range(max(0, sentence - 1), min(len(article.sentences), sentence + 2))
    return any(tells(journey, article, index) for index in near)


def tells(journey: Journey, article: Article, sentence: int) -> bool:
    """Whether a sentence has the traveller going to the place, being there, or meeting somebody there."""
    mentions = [m for m in article.mentions if m.sentence == sentence]
    places = [m for m in mentions if _is_there(journey.place, m.key) and _is_goal(article, m)]
    if not places or not _is_on_the_way(journey.traveller, article, sentence):
        return False
    people = [m for m in mentions if m.key in article.people]
    return any(_leads(journey.traveller, article, place, people) for place in places)


def _is_there(asked: Reference, key: str) -> bool:
    """Whether a place is the one that is asked for, or may lie in the country that is.

    Where a town lies is not known, unless it is a capital; a town is not its country.
    """
    if key == asked.keys[0]:
        return True
    in_country = bool(country_key(asked.keys[0])) and asked.kind == "place"
    if in_country and key in capitals():
        return capitals()[key] == asked.keys[0]
    return in_country and not country_key(key)


def _is_goal(article: Article, place: Mention) -> bool:
    """Whether a name stands where a text has a place: behind "in" or "to", or right behind "visited"."""
    if place.key in article.people:
        return False
    start = article.sentences[place.sentence].start
    return bool(_AT.search(article.document.text[max(start, place.start - 60) : place.start]))


def _is_on_the_way(traveller: Reference, article: Article, sentence: int) -> bool:
    """Whether the traveller stands in a sentence, or a pronoun there may be theirs."""
    if any(key in article.keys[sentence] for key in traveller.keys):
        return True
    before = range(max(0, sentence - _BACK), sentence)
    named = any(key in article.keys[i] for key in traveller.keys for i in before)
    return named and bool(_PRONOUN.search(article.text(sentence)))


def _leads(traveller: Reference, article: Article, place: Mention, people: Sequence[Mention]) -> bool:
    """Whether a word near the place takes the traveller there."""
    span = article.sentences[place.sentence]
    text = article.document.text
    begin, end = max(span.start, place.start - _REACH), min(span.end, place.end + _REACH)
    if any(_goes(traveller, text, going.start(), people) for going in _GOING.finditer(text, begin, end)):
        return True
    if any(_goes(traveller, text, staying.start(), people) for staying in _STAYING.finditer(text, begin, place.start)):
        return True
    return any(_meets(text, met, people) for met in MEETING.finditer(text, begin, end))


def _goes(traveller: Reference, text: str, going: int, people: Sequence[Mention]) -> bool:
    """Whether the nearest person before a going word is the traveller, alone or with others, or a pronoun or nobody."""
    before = [m for m in people if m.end <= going]
    if not before or _SELF.search(text, before[-1].end, going):
        return True
    at = len(before) - 1
    while before[at].key not in traveller.keys:
        if not at or not _TOGETHER.match(text[before[at - 1].end : before[at].start]):
            return False
        at -= 1
    return True


def _meets(text: str, met: re.Match[str], people: Sequence[Mention]) -> bool:
    """Whether a word for a meeting has somebody behind it who is met, or is a noun: "met with criticism" is neither."""
    if met[0].casefold().endswith(("talks", "meeting", "meetings", "summit", "summits")):
        return True
    end = met.end() + _OBJECT
    return bool(_WHOM.search(text, met.end(), end)) or any(met.end() <= m.start <= end for m in people)
