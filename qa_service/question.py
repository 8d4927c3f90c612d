"""What a question asks for: whose words, who, when, where, how many …, about whom, and on which occasion.

Everything here is read off the question alone (with the names of the index to hand); whether a passage answers it is
decided in ``evidence``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from .language.occasions import CALL, MEETING
from .language.references import NameBook, Reference, Unknown
from .language.words import Word, is_function_word, term, words

Want = Literal["statement", "speaker", "person", "time", "place", "duration", "number", "cause", "yes_no", "text"]

_SPEECH = frozenset(
    term(verb)
    for verb in """say tell claim state think believe hope express mention announce declare promise ask emphasize emphasise
    stress note add warn write tweet insist call demand describe propose suggest explain comment remark respond reply react
    answer acknowledge admit deny argue assure accuse condemn criticize praise hail urge vow pledge confirm conclude label
    complain point quote statement position view opinion stance reaction remarks comments words message attitude response
    voice characterize characterise assess reject report brand accuse predict underline underscore highlight""".split()
)
_SPEAKING = frozenset({"speak", "talk"})
_NOUNS_TOO = frozenset(term(w) for w in "state claim report call answer demand stress label voice note point brand".split())
_PATTERNS: tuple[tuple[Want, re.Pattern[str]], ...] = tuple(
    (want, re.compile(pattern, re.IGNORECASE))
    for want, pattern in (
        ("duration", r"\bhow long\b(?! ago)|\bhow much time\b|\bhow many (?:seconds|minutes|hours|days|weeks|months|years)\b|\b(?:duration|length) of\b|\blength\s*\??$"),
        ("number", r"\bhow (?:many|much|often|frequently|old|far|large|big|high)\b|\bwhat (?:number|percentage|share|amount)\b"),
        ("time", r"\bwhen\b(?=\s+(?:did|was|were|is|are|will|do|does|has|have|had|would|should|exactly)\b)|^when\b|\b(?:what|which) (?:day|date|year|month|time|weekday)\b|\bhow long ago\b|\bon what (?:day|date)\b"),
        ("place", r"^(?:and |so |but )?where\b|\bwhere (?:did|was|were|is|are|do|does|has|have|had|will)\b|\b(?:what|which) (?:city|country|place|town|venue|location|capital)\b"),
        ("cause", r"\bwhy\b|\b(?:for )?what reason\b|\bwhat (?:caused|prompted|led to|made|triggered)\b|\bhow come\b|\breasons? (?:for|behind)\b"),
        ("speaker", r"\b(?:who(?:se)?|which \w+)\b.*\b(?:sa(?:id|ys?)|told|claim\w*|believ\w*|wrote|described|called|words|quote\w*|statement|announced|warned|insisted|stressed|emphasi[sz]ed|admitted|hoped|asked|accused|labell?ed|pointed out|thinks?|expressed|noted|added)\b"),
        ("person", r"^(?:and |so |but )?(?:who|whom|whose)\b|\b(?:by|with|to|from) whom\b|\bname of\b|\bwho (?:is|was|were|are|did|met|has|had|will)\b|\b(?:what|which) (?:[\w.]+ ){0,2}?(?:person|people|politicians?|ministers?|presidents?|leaders?|officials?|diplomats?|secretar(?:y|ies)|spokes\w+|envoys?)\b"),
    )
)  # fmt: skip
_YES_NO = re.compile(r"^(?:and |so |but )?(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|should)\b", re.I)
_ABOUT = re.compile(r"\b(?:about|on|regarding|concerning|over|towards?|with regard to|as to)\b", re.IGNORECASE)
_ON_OCCASION = re.compile(
    r"\b(?:after|before|during|following|prior to|ahead of|since|while|when|upon|at|in)\b(?P<event>.*)$", re.IGNORECASE
)
_HOW_MANY = re.compile(r"\bhow (?:many|much)\s+(?:\w+\s+)?(\w+)", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_ASKING = frozenset("what which who whom whose when where why how".split())
_VAGUE = frozenset(
    term(w) for w in "thing say talk mean happen go article document text news report according please tell know kind sort".split()
)


_ASKED_FOR: dict[Want, frozenset[str]] = {
    want: frozenset(term(w) for w in listed.split())
    for want, listed in {
        "duration": "long length duration many much time second minute hour day week month year", "number": "many much often number amount",
        "time": "day date week month year time weekday", "place": "city country place town venue location take",
        "person": "person politician name official", "cause": "reason cause", "speaker": "words",
    }.items()
}  # fmt: skip
_COMPARES = re.compile(r"\b(?:compar\w+|differ\w*|difference between|versus|vs|each|both|respectively|contrast)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Occasion:
    """A meeting or call that the question speaks of and the people it names as taking part."""

    kind: Literal["meeting", "call", "either"]
    parties: tuple[Reference, ...]
    surface: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question taken apart.

    ``speakers`` are those whose words are asked for; ``others`` every other name; ``unknown`` names no document has;
    ``about`` those of them that the words asked for are about ("say about Ukraine"); ``topic`` the words that the answer
    must be about (names, speech verbs, the occasion and question words left out); ``counted`` the term of what is counted
    in "how many …"; ``years`` those named; ``compares`` whether things from several documents are set side by side.
    """

    text: str
    want: Want
    speakers: tuple[Reference, ...]
    others: tuple[Reference, ...]
    unknown: tuple[Unknown, ...]
    topic: tuple[Word, ...]
    occasion: Occasion | None
    counted: str
    years: tuple[str, ...]
    about: tuple[Reference, ...] = ()
    compares: bool = False

    @property
    def names(self) -> tuple[Reference, ...]:
        """All names that the documents know, speakers first."""
        return self.speakers + self.others


def read(text: str, book: NameBook) -> Question:
    """Take a stand-alone question apart; ``text`` has its spelling mended already."""
    references, unknown = book.find(text)
    verb = _speech_verb(text, references)
    want = _want(text)
    speakers = _speakers(text, references, verb, want)
    if speakers and want in ("text", "yes_no") and not (want == "yes_no" and verb is None):
        want = "statement" if want == "text" else "yes_no"
    others = tuple(r for r in references if r not in speakers)
    occasion = _occasion(text, speakers, others, verb)
    counted = _HOW_MANY.search(text)
    return Question(
        text, want, speakers, others, tuple(unknown), _topic(text, references, unknown, want, verb, occasion), occasion,
        term(counted[1]) if counted else "", tuple(_YEAR.findall(text)), _about(text, speakers, others, verb, occasion),
        bool(_COMPARES.search(text)),
    )  # fmt: skip


def by_speaker(question: Question, speaker: str, book: NameBook) -> Question:
    """The same question, to be answered with the words of ``speaker`` only."""
    references, unknown = book.find(speaker)
    if not references:
        spans = unknown or [Unknown(speaker, 0, 0)]
        return replace(question, unknown=(*question.unknown, *spans))
    return replace(question, speakers=tuple(references))


def _want(text: str) -> Want:
    for want, pattern in _PATTERNS:
        if pattern.search(text):
            return want
    return "yes_no" if _YES_NO.search(text) else "text"


def _speech_verb(text: str, references: Sequence[Reference]) -> Word | None:
    """The word that makes a question one about what is said; none inside a name."""
    free = [w for w in words(text) if not any(r.start <= w.start < r.end for r in references)]
    spoke = next((w for w in free if term(w.text) in _SPEAKING and re.match(r"\s+(?:about|of|on)\b", text[w.end :])), None)
    if spoke:
        return spoke
    verbs = [w for w in free if term(w.text) in _SPEECH and not MEETING.fullmatch(w.text)]
    return next((w for w in verbs if term(w.text) not in _NOUNS_TOO or _acts(text, w, references)), None)


def _acts(text: str, word: Word, references: Sequence[Reference]) -> bool:
    """Whether a word that may be a noun ("state", "call") is the verb of a name or pronoun right before it."""
    if any(0 <= word.start - r.end <= 2 for r in references):
        return not re.match(r"\s+(?:with|between|to)\b", text[word.end :])
    return bool(re.search(r"\b(?:who|he|she|they|it)\s+(?:\w+ly\s+)?$", text[: word.start], re.IGNORECASE))


def _speakers(text: str, references: Sequence[Reference], verb: Word | None, want: Want) -> tuple[Reference, ...]:
    """Those who speak: joined by "and" right before the verb ("did Lavrov and Blinken say"), or after "according to"."""
    according = re.search(r"\baccording to\s+(?:the\s+)?", text, re.IGNORECASE)
    if according:
        return tuple(r for r in references if 0 <= r.start - according.end() <= 12)[:1]
    if verb is None or want in ("speaker", "person"):
        return ()
    before = [r for r in references if r.end <= verb.start and not _ABOUT.search(text[: r.start])]
    by = [r for r in references if r.start >= verb.end and re.search(r"\b(?:by|from|of)\s+(?:the\s+)?$", text[: r.start])]
    chain: list[Reference] = []
    for reference in reversed(before):
        gap = text[reference.end : chain[0].start] if chain else text[reference.end : verb.start]
        linked = bool(re.fullmatch(r"\s*(?:,|and|or|&|,\s*and)\s*(?:the\s+)?", gap)) if chain else len(gap.split()) <= 4
        if not linked:
            break
        chain.insert(0, reference)
    return tuple(chain) or tuple(by[:1])


def _occasion(
    text: str, speakers: Sequence[Reference], others: Sequence[Reference], verb: Word | None
) -> Occasion | None:
    start = verb.end if verb and speakers else 0
    about = _ABOUT.search(text, start)
    found = _ON_OCCASION.search(text, start)
    event = found["event"] if found else ("" if speakers else text)
    if not (MEETING.search(event) or CALL.search(event)):
        return None
    offset = found.start("event") if found and event != text else 0
    inside = [r for r in others if r.start >= offset and r.kind == "person"]
    if not speakers or offset == 0:
        inside = [r for r in others if r.kind == "person" and not (about and r.start > about.start())]
    meeting, call = bool(MEETING.search(event)), bool(re.search(r"\b(?:phone|telephone|call|phoned)", event, re.I))
    kind: Literal["meeting", "call", "either"] = "call" if call else "meeting" if meeting else "either"
    parties = tuple(r for r in (*speakers, *inside) if r.kind == "person")
    return Occasion(kind, parties, event.strip(" ?.!"))


def _about(
    text: str, speakers: Sequence[Reference], others: Sequence[Reference], verb: Word | None, occasion: Occasion | None
) -> tuple[Reference, ...]:
    found = _ABOUT.search(text, verb.end if verb else 0)
    parties = occasion.parties if occasion else ()
    return tuple(r for r in others if found and r.start > found.start() and r not in parties) if speakers else ()


def _topic(
    text: str, references: Sequence[Reference], unknown: Sequence[Unknown], want: Want, verb: Word | None, occasion: Occasion | None
) -> tuple[Word, ...]:
    taken = [(r.start, r.end) for r in references] + [(u.start, u.end) for u in unknown]
    if verb:
        taken.append((verb.start, verb.end))
    free = [w for w in words(text) if not any(start <= w.start < end for start, end in taken)]
    skipped = _VAGUE | _ASKED_FOR.get(want, frozenset())
    if occasion and verb:
        skipped |= {term(w.text) for w in free if MEETING.fullmatch(w.text) or CALL.fullmatch(w.text)}
    return tuple(w for w in free if not is_function_word(w.text) and term(w.text) not in skipped)
