"""Which stretches of a tagged sentence hold what is said, given cue and speaker: before, behind, or around them.

Returned spans are offsets into the sentence. Quotation marks belong to the content, the comma before a cue does not.
"""

from __future__ import annotations

from dataclasses import dataclass

from qa_service.language.phrases import Phrase, starting
from qa_service.language.tagging import Tagged
from qa_service.language.verbs import SHOWING, SPEECH, THOUGHT, VOICED
from qa_service.language.words import word_set

# Verbs of which an object is the addressee, and those behind which a place or a time may stand before what is said.
TOLD = word_set("tell inform remind assure warn ask urge advise instruct notify convince persuade")
_LOOSE = word_set(
    "say tell write add ask note report announce tweet argue explain declare state warn insist post claim continue "
    "acknowledge respond reply testify recall reiterate assert joke email publish speak talk promise predict inform"
)
_SAID_TO = word_set("say write report announce explain")
_DEPENDENT = word_set("after before when while although though because since if once until")
_INTRANSITIVE = (".", "i", "r", "g", "G")
_ASIDE = SPEECH | THOUGHT | VOICED | SHOWING  # verbs that may stand behind what is said: "…, the poll found"
_WITH_TO = word_set("point respond refer allude object listen")
_PARTICLES = word_set("of for on to about against with in at out as from into over by toward towards")


@dataclass(frozen=True, slots=True)
class Content:
    """What is said, to whom, and how far the words of the cue reach (a token number, exclusive)."""

    spans: tuple[tuple[int, int], ...]
    addressee: Phrase | None
    cue_end: int


def of_verb(tagged: Tagged, verb: int, source: Phrase, inverted: bool) -> Content | None:
    """What the verb at ``verb`` with its subject attributes; None where there is nothing."""
    base = tagged.tokens[verb].base
    told = _told(tagged, base, max(verb + 1, source[1]) if inverted else verb + 1)
    if inverted:
        return _around(tagged, min(source[0], verb), told.start, told.addressee, verb + 1)
    alone = source[0] > 0 and not _complement(tagged, told.start)
    between = source[0] > 0 and tagged.tags[source[0] - 1] + tagged.tags[told.start : told.start + 1] == "qq"
    if base in _ASIDE and (between or (alone and _follows_content(tagged, source))):
        return _around(tagged, source[0], told.start, told.addressee, told.cue_end)
    if base == "continue" and tagged.tags[told.start : told.start + 1] in _INTRANSITIVE:  # "the unrest continued"
        return None
    if alone and tagged.tokens[source[0] - 1].text.casefold() == "as":  # "As River said, …"
        return _around(tagged, source[0] - 1, told.start, told.addressee, told.cue_end)
    spans = _trimmed(tagged, told.start, _end(tagged, told.start, source))
    return Content(spans, told.addressee, told.cue_end) if spans or _announces(tagged, base, told.start) else None


def _announces(tagged: Tagged, base: str, start: int) -> bool:
    """Whether a sentence ends with a cue, so that the next one holds what is said: "River continued:"."""
    return base in SPEECH and set(tagged.tags[start:]) <= {":", ".", ",", "-"}


def of_according(tagged: Tagged, cue: int, source: Phrase) -> Content | None:
    """What stands around "according to somebody"."""
    return _around(tagged, cue, source[1], None, cue + 2)


def behind(tagged: Tagged, start: int) -> tuple[tuple[int, int], ...]:
    """What stands from ``start`` on to the end of its clause."""
    while start < len(tagged.tags) and tagged.tags[start] in ",:":
        start += 1
    return _trimmed(tagged, start, _end(tagged, start, (start, start)))


@dataclass(slots=True)
class _Told:
    """What stands between a verb and what is said: the end of the cue, the addressee, the beginning of the content."""

    cue_end: int
    addressee: Phrase | None
    start: int


def _told(tagged: Tagged, base: str, at: int) -> _Told:
    """Read on from ``at``, behind a verb, to where what is said begins."""
    if base not in _LOOSE and base not in TOLD:
        end = at + _is_particle(tagged, base, at)
        start = at + 2 if tagged.tags[at : at + 2] == "ir" else end  # "announced on Wednesday"
        return _Told(at if start > end else end, None, _past_marks(tagged, start))
    told = _Told(at, None, at)
    while told.start < len(tagged.tags) and _step(tagged, base, told):
        pass
    told.start = _past_marks(tagged, told.start)
    return told


def _is_particle(tagged: Tagged, base: str, at: int) -> bool:
    """Whether the word behind a verb belongs to the cue: "called for", "alluded to"."""
    if at >= len(tagged.tags) or tagged.tokens[at].text not in _PARTICLES:
        return False
    return tagged.tags[at] == "i" or base in _WITH_TO


def _step(tagged: Tagged, base: str, told: _Told) -> bool:
    """Pass one time, place or addressee behind a verb of speech; False where there is none."""
    tags, at = tagged.tags, told.start
    number = tags[at] == "d" and tags[at - 1] in "r," and tagged.tokens[at].text.isdigit()  # "on May | 10"
    if tags[at] == "r" or number:
        told.start += 1
        return True
    hearer = starting(tagged, at) if base in TOLD and told.addressee is None and tags[at] in "nNdAOpP" else None
    if hearer and _not_subject(tagged, hearer[1]):
        told.addressee, told.start = hearer, hearer[1]
        return True
    attached = starting(tagged, at + 1) if tags[at] == "i" or (tags[at] == "o" and base in _SAID_TO) else None
    if attached:
        with_whom = _interviewer(tagged, attached)
        told.addressee = with_whom or (attached if tagged.tokens[at].text in ("to", "with") else told.addressee)
        told.start = attached[1]
        return True
    if tags[at : at + 2] == "ir":
        told.start += 2
        return True
    return False


def _interviewer(tagged: Tagged, phrase: Phrase) -> Phrase | None:
    """The one with whom an interview is: "an interview with Ada River"."""
    place = next((i for i in range(phrase[0], phrase[1]) if tagged.tokens[i].text == "with"), None)
    return (place + 1, phrase[1]) if place else None


def _not_subject(tagged: Tagged, end: int) -> bool:
    """Whether a phrase behind "told" is no subject of its own clause."""
    return end >= len(tagged.tags) or tagged.tags[end] not in "Vvxz"


def _past_marks(tagged: Tagged, at: int) -> int:
    tags = tagged.tags
    if tags[at : at + 1] == ":" or (tags[at : at + 1] == "," and tags[at + 1 : at + 2] in ("q", "t")):
        return at + 1
    closing = tags.find(",", at + 1)
    if tags[at : at + 1] == "," and 0 < closing - at <= 4 and tags[closing + 1 : closing + 2] in ("q", "t"):
        return closing + 1
    return at


def _complement(tagged: Tagged, at: int) -> bool:
    """Whether what is said may begin at ``at``."""
    return at < len(tagged.tags) and tagged.tags[at] not in ",.;-?!cG"


def _follows_content(tagged: Tagged, source: Phrase) -> bool:
    """Whether a source stands behind what is said: after a comma or a quotation."""
    first = source[0]
    return tagged.tags[0] == "q" if first == 1 else first > 1 and tagged.tags[first - 1] in ",q-"


def _around(tagged: Tagged, left: int, right: int, addressee: Phrase | None, cue_end: int) -> Content | None:
    tags = tagged.tags
    begin = max(tags.rfind(";", 0, left), -1) + 1
    while begin < left and tags[begin] in "bc,":
        begin += 1
    spans = _trimmed(tagged, begin, left)
    comma = tags.find(",", right - 1 if right else 0)
    goes_on = comma >= 0 and (comma - right <= 12) and comma + 1 < len(tags) and tags[comma + 1] not in "GgwV"
    if goes_on and (not spans or tags[comma + 1] not in "cbs"):
        spans += _trimmed(tagged, comma + 1, _end(tagged, comma + 1, (left, right)))
    elif tags.find("q", right) >= 0:
        place = tags.find("q", right)
        spans += _trimmed(tagged, place, place + 1)
    return Content(spans, addressee, cue_end) if spans else None


def _end(tagged: Tagged, start: int, source: Phrase) -> int:
    """Where what is said ends: at the end of the clause that holds it."""
    tags = tagged.tags
    relative = tags[source[1] : source[1] + 2] == ",w"  # the cue stands in a clause between commas
    dependent = _is_dependent(tagged, source[0])
    for at in range(start, len(tags)):
        leaves = tags[at] == "," and (relative or _leaves(tagged, at + 1) or (dependent and _is_clause(tagged, at + 1)))
        if tags[at] == ";" or leaves or (at > start + 1 and _is_joined_cue(tags, at)):
            return at
    return len(tags)


def _is_dependent(tagged: Tagged, first: int) -> bool:
    """Whether a source begins the clause before the main one of its sentence: "After River said …, he left"."""
    return first == 1 and tagged.tokens[0].text.casefold() in _DEPENDENT


def _is_clause(tagged: Tagged, at: int) -> bool:
    """Whether a subject with its verb begins here."""
    phrase = starting(tagged, at)
    return phrase is not None and phrase[1] < len(tagged.tags) and tagged.tags[phrase[1]] in "VvExz"


def _is_joined_cue(tags: str, at: int) -> bool:
    """Whether another cue of the same subject is joined here: "… and called for"."""
    return tags[at] in "cb" and tags[at + 1 : at + 2] in ("v", "V") and tags[at - 1] not in "vV"


def _leaves(tagged: Tagged, at: int) -> bool:
    """Whether what begins behind a comma is outside of what is said: another cue."""
    tags = tagged.tags
    if tags[at : at + 1] == "G" or tagged.words(at, min(at + 2, len(tags))) == "according to":
        return True
    if tags[at : at + 1] in ("c", "b"):
        at += 1
        while at < len(tags) and tags[at] == "r":
            at += 1
        phrase = starting(tagged, at)
        return tags[at : at + 1] in ("v", "V") or (phrase is not None and tags[phrase[1] : phrase[1] + 1] in ("v",))
    return False


def _trimmed(tagged: Tagged, first: int, last: int) -> tuple[tuple[int, int], ...]:
    """The offsets of a stretch of tokens without marks around it; nothing where it has no word."""
    while first < last and tagged.tags[first] in ",:;-.":
        first += 1
    while last > first and tagged.tags[last - 1] in ",:;-.":
        last -= 1
    return (tagged.span(first, last),) if first < last else ()
