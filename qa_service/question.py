"""What a question asks for: whose words, who, when, where, how many …, about whom, and on which occasion.

Everything here is read off the question alone (with the names of the index to hand); whether a passage answers it is
decided in ``evidence``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from .language.gazetteer import office_words
from .language.occasions import CALL, MEETING
from .language.references import NameBook, Reference, Unknown
from .language.words import Word, is_function_word, term, words

Want = Literal[
    "statement", "speaker", "person", "time", "place", "duration", "number", "cause", "yes_no", "summary", "text"
]

_SPEECH = frozenset(
    term(verb)
    for verb in """say tell claim state think believe hope express mention announce declare promise ask emphasize emphasise
    stress note add warn write tweet insist call demand describe propose suggest explain comment remark respond reply react
    answer acknowledge admit deny argue assure accuse condemn criticize praise hail urge vow pledge confirm conclude label
    complain point voice characterize characterise assess reject report predict underline underscore highlight""".split()
)
_WORDS_OF = frozenset(
    """statement statements position view views opinion stance reaction remark remarks comment comments words message
    attitude response quote quotes""".split()
)
_ATTRIBUTES = frozenset(term(verb) for verb in "say tell claim deny admit accuse call label argue insist warn write tweet".split())
_SPEAKING = frozenset({"speak", "talk"})
_NOT_SPEECH = frozenset({"responsibility", "responsible", "expression", "addition"})  # of the same stem, but no speech
_NOUNS_TOO = frozenset(term(w) for w in "state claim report call answer demand stress label voice note point brand".split())
_PATTERNS: tuple[tuple[Want, re.Pattern[str]], ...] = tuple(
    (want, re.compile(pattern, re.IGNORECASE))
    for want, pattern in (
        ("summary", r"\bsummar\w+|\bsum up\b|\boverview\b|\b(?:main|key) points?\b|\bwhat (?:is|are|was|were) .* about\b|^(?:please )?tell me (?:more )?about\b"),
        ("duration", r"\bhow long\b(?! ago)|\bhow much time\b|\bhow many (?:seconds|minutes|hours|days|weeks|months|years)\b|\b(?:duration|length) of\b|\blength\s*\??$"),
        ("number", r"\bhow (?:many|much|often|frequently|old|far|fast|deep|tall|large|big|high)\b|\bwhat (?:number|percentage|share|amount)\b"),
        ("time", r"\bwhen\b(?=\s+(?:did|was|were|is|are|will|do|does|has|have|had|would|should|exactly)\b)|^when\b|\b(?:what|which) (?:day|date|year|month|time|weekday)\b|\bhow long ago\b|\bon what (?:day|date)\b"),
        ("place", r"^(?:and |so |but )?where\b|\bwhere (?:did|was|were|is|are|do|does|has|have|had|will)\b|\b(?:what|which) (?:city|country|place|town|venue|location|capital)\b"),
        ("cause", r"\bwhy\b|\b(?:for )?what reason\b|\bwhat (?:caused|prompted|led to|made|triggered)\b|\bhow come\b|\breasons? (?:for|behind)\b"),
        ("speaker", r"\b(?:who(?:se)?|which \w+)\b.*\b(?:sa(?:id|ys?)|told|claim\w*|believ\w*|wrote|described|called|words|quote\w*|statement|announced|warned|insisted|stressed|emphasi[sz]ed|admitted|hoped|asked|accused|labell?ed|pointed out|thinks?|expressed|noted|added)\b"),
        ("person", r"^(?:and |so |but )?(?:who|whom|whose)\b|\b(?:by|with|to|from) whom\b|\bname of\b|\bwho (?:is|was|were|are|did|met|has|had|will)\b|\bwhat (?:person|people|politician|minister|official|diplomat)s?\b|\bwhich (?:[\w.]+ ){0,2}?(?:person|people|politicians?|ministers?|presidents?|leaders?|officials?|diplomats?|secretar(?:y|ies)|spokes\w+|envoys?)\b"),
    )
)  # fmt: skip
_INTERROGATIVE = re.compile(r"\b(?:what|which|who|whom|whose|when|where|why|how|did|does|do|is|was|were|compare|tell|list)\b", re.I)
_YES_NO = re.compile(r"^(?:and |so |but )?(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|should)\b", re.I)
_ABOUT = re.compile(
    r"\b(?:about|on|regarding|concerning|over|towards?|with regard to|as to)\b(?!\s+(?:what|which|whom|\w+day\b))", re.IGNORECASE
)
_ON_OCCASION = re.compile(
    r"\b(?:after|before|during|following|prior to|ahead of|since|while|when|upon|at|in)\b(?P<event>.*)$", re.IGNORECASE
)
_THEN = re.compile(r"\b(?:after|before|during|following|prior to|ahead of|while|when|at|in)\b", re.IGNORECASE)
_HOW_MANY = re.compile(r"\bhow many\s+(?:(?:more|other|billion|million|thousand|different)\s+)?(\w+)", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_ASKING = frozenset("what which who whom whose when where why how".split())
_VAGUE = frozenset(
    term(w) for w in """thing say talk mean happen go article document text news report according please tell know kind sort
    anything something nothing everything hold held take have make give get go do beforehand exactly actually else really
    main current happened""".split()
)


_ASKED_FOR: dict[Want, frozenset[str]] = {
    want: frozenset(term(w) for w in listed.split())
    for want, listed in {
        "duration": "long length duration many much time second minute hour day week month year", "number": "many much often number amount",
        "time": "day date week month year time weekday", "place": "city country place town venue location take",
        "summary": "summary summarize summarise sum overview main key point short brief give tell article",
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

    @property
    def gist(self) -> str:
        """The question without its names: a sentence that answers often has a pronoun where the question has a name."""
        pieces, at = [], 0
        for name in sorted(self.names, key=lambda name: name.start):
            pieces.append(self.text[at : name.start])
            at = name.end
        return " ".join("".join([*pieces, self.text[at:]]).split())


def read(text: str, book: NameBook) -> Question:
    """Take a stand-alone question apart; ``text`` has its spelling mended already."""
    references, unknown = book.find(text)
    verb = _speech_verb(text, references)
    want = _want(text)
    speakers = _speakers(text, references, verb, want) if _is_about_words(text, verb, want) else ()
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


def _is_about_words(text: str, verb: Word | None, want: Want) -> bool:
    """Whether a question asks for somebody's words: not "Did they discuss …?", and not a list of keywords."""
    if re.search(r"\baccording to\b", text, re.IGNORECASE):
        return True
    if verb is None:
        return False
    if want == "yes_no":
        return term(verb.text) in _ATTRIBUTES
    return bool(_INTERROGATIVE.search(text)) or verb.text.casefold() in _WORDS_OF or term(verb.text) in _ATTRIBUTES - {"call"}


def _want(text: str) -> Want:
    for want, pattern in _PATTERNS:
        if pattern.search(text):
            return want
    return "yes_no" if _YES_NO.search(text) else "text"


def _speech_verb(text: str, references: Sequence[Reference]) -> Word | None:
    """The word that makes a question one about what is said; none inside a name."""
    free = [w for w in words(text) if not any(r.start <= w.start < r.end for r in references)]
    spoke = next((w for w in free if term(w.text) in _SPEAKING and re.match(r"\s+(?:about|of|on)\b", text[w.end :])), None)
    if spoke and not re.search(r"\w\s+(?:who|which|that)\s+$", text[: spoke.start]):
        return spoke
    speech = [w for w in free if w.text.casefold() in _WORDS_OF or (term(w.text) in _SPEECH and w.text.casefold() not in _NOT_SPEECH)]
    verbs = [w for w in speech if not MEETING.fullmatch(w.text)]
    verbs = [w for w in verbs if not re.search(r"\w\s+(?:who|which|that)\s+$", text[: w.start])]  # "the man who spoke"
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
    references = [r for r in references if r.kind != "place"]  # what a country says is said by many: no one speaker
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
    if not speakers or found is None:
        return ()
    then = _THEN.search(text, found.end())  # "about Syria after the talks in Sochi": Sochi is no topic
    parties = occasion.parties if occasion else ()
    end = then.start() if then else len(text)
    return tuple(r for r in others if found.start() < r.start < end and r not in parties)


def _topic(
    text: str, references: Sequence[Reference], unknown: Sequence[Unknown], want: Want, verb: Word | None, occasion: Occasion | None
) -> tuple[Word, ...]:
    taken = [(r.start, r.end) for r in references] + [(u.start, u.end) for u in unknown]
    taken += [_office_before(text, r) for r in references if r.kind == "person"]
    if verb:
        taken.append((verb.start, verb.end))
    free = [w for w in words(text) if not any(start <= w.start < end for start, end in taken)]
    skipped = _VAGUE | _ASKED_FOR.get(want, frozenset())
    if occasion and verb:
        skipped |= {term(w.text) for w in free if MEETING.fullmatch(w.text) or CALL.fullmatch(w.text)}
    return tuple(w for w in free if not is_function_word(w.text) and term(w.text) not in skipped)


def _office_before(text: str, reference: Reference) -> tuple[int, int]:
    """The span of an office right before a name: the "spokesman" of "Kremlin spokesman Peskov"."""
    start = reference.start
    for word in reversed([w for w in words(text[: reference.start])]):
        if text[word.end : start].strip() or word.text.casefold() not in office_words():
            break
        start = word.start
    return start, reference.start
