"""Whose office a question asks for ("Who is the mayor of Aberdeen?"), and whether a sentence names who holds it.

Offices themselves are found by ``offices``; whether a sentence answers is weighed in ``weigh.fits``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa_service.language.gazetteer import OFFICES, country_key
from qa_service.language.offices import Held, offices_told
from qa_service.language.references import Reference
from qa_service.language.words import Word, is_function_word, term, word_set, words

Span = tuple[int, int]

_ASKS = re.compile(
    r"^(?:and |so |but |please )?(?:tell me )?"
    r"(?:who(?:['’]s| is| was| are| were| became| serves as| served as| has been| will be)"
    r"|(?:what|which) (?:is|was) the name of|what['’]s the name of)\s",
    re.IGNORECASE,
)
_GOES_ON = word_set("of to in at for from on under during before after since when while who that as")
_BELONGS = word_set("of to for at in")
_TIMED = word_set("new current former then present acting incumbent first last next previous old now")
_UNDER = word_set("vice deputy assistant under associate co")  # these make another office of the one behind them
_SAME = (  # offices that have several names
    frozenset(
        "foreign minister|secretary of state|foreign secretary|minister of foreign affairs|top diplomat|chief diplomat"
        "|head of diplomacy|head of the diplomacy".split("|")
    ),
    frozenset(("prime minister", "premier")),
    frozenset(("spokesman", "spokeswoman", "spokesperson", "press secretary")),
    frozenset(("ambassador", "envoy")),
    frozenset(("chairman", "chairwoman", "chair")),
    frozenset(("chief executive", "ceo")),
    frozenset(("congressman", "congresswoman", "representative")),
)
_BROAD = {  # wide words → the kinds of office that they may mean
    "leader": ("head of state", "head of government", "manager"), "head of state": ("head of state",),
    "head of government": ("head of government",), "head": ("manager",), "chief": ("manager",), "boss": ("manager",),
    "diplomat": ("diplomat", "ambassador"),
}  # fmt: skip
_MOST = 6  # words before the office in a question
_NEAR = 60  # characters of a text around an office that are looked at
_BESIDE = 5  # words of a text in which what belongs to an office stands
_LINK = r"(?:is|was|became|become|be|been|as|serv\w+|named|appointed|elected|called|who)"
_OWN = r"(?:the|an?|his|her|its|their|then|now|former|new|current)"
_TITLED = re.compile(r"\.?\s*$")  # "President Ada Rivero"
_THEN_NAME = (
    re.compile(  # "the president of the club, Ada Rivero", "the mayor is Ada Rivero", "Mayor of Oslo Ada Rivero"
        r"(?:\s+(?:of|to|for|in|at)\s[^,.;:]{2,60}?)?(?:,\s*|\s+(?:is|was|remains|named|called)\s+)$"
        r"|\s+(?:of|to|for|in|at)\s+(?:the\s+)?(?:[A-Z][\w.’'-]*\s+)+$"
    )
)
_NAME_THEN = re.compile(  # "Ada Rivero, 51, the club's president", "Ada Rivero was elected president"
    rf"\s*(?:\([^)]*\))?,\s*(?:\d+,\s*)?(?:{_OWN}\s+)?(?:[\w.’'-]+\s+){{0,4}}$"
    rf"|,?\s+(?:[\w’']+\s+){{0,2}}?{_LINK}\s+(?:[\w.’'-]+\s+){{0,5}}$",
    re.IGNORECASE,
)
_ACTS = re.compile(r"\b(?:[a-z]{2,}ing|told|said|with|by|from|and|met|but)\b")


@dataclass(frozen=True, slots=True)
class Post:
    """An office whose holder is asked for: its name, terms that tell it from others ("health"), and whose it is."""

    name: str
    beside: frozenset[str]
    owners: tuple[Reference, ...]


def post_asked(question: str, references: Sequence[Reference]) -> Post | None:
    """The office whose holder a question asks for; None where it asks for something else.

    A word that is no office behind one ("the head coach") makes something else of it.
    """
    opening = _ASKS.match(question)
    if opening is None:
        return None
    begin = opening.end()
    held = [office for office in offices_told(question, begin, len(question)) if not _possesses(question, office)]
    if not held or not _is_goal(question, begin, held[0]):
        return None
    office = held[0]
    owners = tuple(r for r in references if r.kind != "person" and _owns(question, begin, r, office))
    return Post(office.name, _beside(question, begin, references, office), owners)


def _possesses(text: str, office: Held) -> bool:
    """Whether an office only tells whose another one is: the president in "the president's spokesman"."""
    return text[office.end : office.end + 2] in ("'s", "’s")


def _is_goal(question: str, begin: int, office: Held) -> bool:
    before = words(question[begin : office.start])
    behind = next(iter(words(question[office.end :])), None)
    plain_before = len(before) <= _MOST and not any(_is_grammar(word) for word in before)
    return plain_before and (behind is None or behind.text.casefold() in _GOES_ON)


def _is_grammar(word: Word) -> bool:
    return is_function_word(word.text) and word.text.casefold() not in ("the", "a", "an", "our", "their", "his", "her")


def _owns(question: str, begin: int, reference: Reference, office: Held) -> bool:
    """Whether a name tells whose office it is: any before it, those behind "of" or "to"."""
    if begin <= reference.start < office.start:
        return True
    between = words(question[office.end : reference.start]) if reference.start >= office.end else []
    linked = [word.text.casefold() for word in between if word.text.casefold() != "the"]
    return len(linked) == 1 and linked[0] in _BELONGS


def _beside(question: str, begin: int, references: Sequence[Reference], office: Held) -> frozenset[str]:
    """Terms right before the office, or behind its "of": "health minister", "leader of the opposition"."""
    behind = words(question[office.end :])[:3]
    behind = behind[1:] if behind and behind[0].text.casefold() in ("of", "for") else []
    told = [(begin, word) for word in words(question[begin : office.start])] + [(office.end, word) for word in behind]
    free = [w for at, w in told if not any(r.start <= at + w.start < r.end for r in references) and not w.capitalised]
    return frozenset(term(w.text) for w in free if not is_function_word(w.text) and w.text.casefold() not in _TIMED)


def names_holder(post: Post, text: str, span: Span, people: Sequence[Span]) -> bool:
    """Whether in ``text[span]`` one of the ``people``, given as the spans of their names, is told to hold the office.

    That the office belongs to its owner is checked only where the text gives it a country of its own.
    """
    return any(any(_is_bound(text, office, name) for name in people) for office in _of_the_kind(post, text, span))


def _of_the_kind(post: Post, text: str, span: Span) -> Iterator[Held]:
    for office in offices_told(text, *span):
        before = words(text[max(span[0], office.start - _NEAR) : office.start])[-_BESIDE:]
        behind = words(text[office.end : min(span[1], office.end + _NEAR)])[:_BESIDE]
        near = {term(word.text) for word in (*before, *behind)}
        same = _is_same(post.name, office.name, bool(post.beside)) and post.beside <= near
        if same and not _is_under(post, before[-1:]) and _may_own(post, before[-1:]):
            yield office


def _is_under(post: Post, before: Sequence[Word]) -> bool:
    """Whether the word before an office makes a lower one of it, which is not asked for."""
    return any(word.text.casefold() in _UNDER and term(word.text) not in post.beside for word in before)


def _is_same(asked: str, told: str, exactly: bool) -> bool:
    """Whether one office is the other, or of the kind that a wide word asks for ("minister" for "foreign minister")."""
    if asked == told or any(asked in names and told in names for names in _SAME):
        return True
    kinds = _BROAD.get(asked, ())
    wider = told.endswith(f" {asked}") and told.split()[0] not in _UNDER
    return any(told in OFFICES[kind] for kind in kinds) or (wider and not exactly)


def _may_own(post: Post, before: Sequence[Word]) -> bool:
    """Whether the country right before an office, if there is one, is that of the question."""
    country = next((key for key in (country_key(word.text) for word in before) if key), "")
    countries = {key for owner in post.owners for key in owner.keys}
    return not country or not countries or country in countries


def _is_bound(text: str, office: Held, name: Span) -> bool:
    """Whether name and office stand together as those of one person."""
    if name[0] >= office.end:
        between = text[office.end : name[0]]
        return bool(_TITLED.match(between) or _THEN_NAME.match(between))
    between = text[name[1] : office.start]
    return bool(_NAME_THEN.match(between)) and not _ACTS.search(between)
