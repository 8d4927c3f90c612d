"""A question taken apart: whose words it asks for, whom it names, on which occasion, about what, and what it wants.

Everything here is read off the question alone (with the names of the index to hand); what kinds of thing can be wanted
stands in ``wants``, who is asked to speak in ``speech``, and whether a passage answers is decided in ``evidence``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from qa_service.language.gazetteer import office_words
from qa_service.language.holders import Post, post_asked
from qa_service.language.occasions import CALL, MEETING
from qa_service.language.references import NameBook, Reference, Unknown
from qa_service.language.words import Word, is_function_word, term, words
from qa_service.questions.lists import Listed, listed_in
from qa_service.questions.speech import ABOUT, speakers, speech_verb
from qa_service.questions.wants import Want, terms_in, terms_of, want_of
from qa_service.weigh.journeys import Journey, journey_asked

_ON_OCCASION = re.compile(
    r"\b(?:after|before|during|following|prior to|ahead of|since|while|when|upon|at|in)\b(?P<event>.*)$", re.IGNORECASE
)
_THEN = re.compile(r"\b(?:after|before|during|following|prior to|ahead of|while|when|at|in)\b", re.IGNORECASE)
_SEEING = re.compile(
    r"\s*(?:\w+\s+)?(?:seeing|saw|receiv\w+|sitting down|sat down|talking (?:to|with)|speaking (?:to|with))\b",
    re.IGNORECASE,
)
_SEEING_TERMS = terms_in("see receive sit talk speak down")
_CALLED = re.compile(r"\b(?:phone|telephone|call|phoned)", re.IGNORECASE)
_HOW_MANY = re.compile(r"\bhow many\s+(?:(?:more|other|billion|million|thousand|different)\s+)?(\w+)", re.IGNORECASE)
_COMPARES = re.compile(
    r"\b(?:compar\w+|differ\w*|difference between|versus|vs|each|both|respectively|contrast)\b", re.IGNORECASE
)
_VAGUE = terms_in(
    """
    thing say talk mean happen go article document text news report according please tell know kind sort
    anything something nothing everything hold held take have make give get go do beforehand exactly actually
    else really main current happened
    """
)


@dataclass(frozen=True, slots=True)
class Occasion:
    """A meeting or call that the question speaks of and the people it names as taking part."""

    kind: Literal["meeting", "call"]
    parties: tuple[Reference, ...]
    surface: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question taken apart.

    ``speakers`` are those whose words are asked for; ``others`` every other name; ``about`` those of them that the
    words asked for are about ("say about Ukraine"); ``unknown`` names no document has; ``topic`` the words that the
    answer must be about (names, speech verbs and question words left out); ``counted`` the term of what is counted in
    "how many …"; ``compares`` whether things from several documents are set side by side; ``listed`` what a list is
    asked of ("which issues"); ``post`` the office whose holder is asked for; ``journey`` who went where.
    """

    text: str
    want: Want
    speakers: tuple[Reference, ...] = ()
    others: tuple[Reference, ...] = ()
    about: tuple[Reference, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    topic: tuple[Word, ...] = ()
    occasion: Occasion | None = None
    counted: str = ""
    compares: bool = False
    listed: Listed | None = None
    post: Post | None = None
    journey: Journey | None = None

    @property
    def several(self) -> bool:
        """Whether a list is asked for."""
        return self.listed is not None

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
    verb, want = speech_verb(text, references), want_of(text)
    asked = speakers(text, references, verb, want)
    others = tuple(r for r in references if r not in asked)
    occasion = _occasion(text, asked, others, verb)
    counted = _HOW_MANY.search(text)
    return Question(
        text=text,
        want="statement" if asked and want == "text" else want,
        speakers=asked,
        others=others,
        about=_about(text, others, verb, occasion) if asked else (),
        unknown=tuple(unknown),
        topic=_topic(text, [*references, *unknown], verb, want, occasion),
        occasion=occasion,
        counted=term(counted[1]) if counted else "",
        compares=bool(_COMPARES.search(text)),
        listed=listed_in(text),
        post=post_asked(text, references) if want == "person" else None,
        journey=journey_asked(text, references),
    )


def by_speaker(question: Question, speaker: str, book: NameBook) -> Question:
    """The same question, to be answered with the words of ``speaker`` only."""
    references, unknown = book.find(speaker)
    if not references:
        return replace(question, unknown=(*question.unknown, *(unknown or [Unknown(speaker, 0, 0)])))
    return replace(question, speakers=tuple(references))


def _occasion(text: str, asked: Sequence[Reference], others: Sequence[Reference], verb: Word | None) -> Occasion | None:
    """What is behind "after", "during" … when words are asked for; the whole question otherwise."""
    begin = verb.end if verb and asked else 0
    found = _ON_OCCASION.search(text, begin)
    start = found.start("event") if found else (len(text) if asked else 0)
    event = text[start:]
    if not (MEETING.search(event) or CALL.search(event) or (found and _SEEING.match(event))):
        return None
    topic = ABOUT.search(text, begin)
    people = [r for r in others if r.kind == "person" and not (topic and r.start > topic.start())]
    if asked:
        people = [r for r in others if r.kind == "person" and r.start >= start]
    parties = tuple(r for r in (*asked, *people) if r.kind == "person")
    return Occasion("call" if _CALLED.search(event) else "meeting", parties, event.strip(" ?.!"))


def _about(
    text: str, others: Sequence[Reference], verb: Word | None, occasion: Occasion | None
) -> tuple[Reference, ...]:
    """The names behind "about", up to the next "after" or "in": "about Syria after the talks in Sochi"."""
    found = ABOUT.search(text, verb.end if verb else 0)
    if found is None:
        return ()
    then = _THEN.search(text, found.end())
    end = then.start() if then else len(text)
    parties = occasion.parties if occasion else ()
    return tuple(r for r in others if found.start() < r.start < end and r not in parties)


def _topic(
    text: str, named: Sequence[Reference | Unknown], verb: Word | None, want: Want, occasion: Occasion | None
) -> tuple[Word, ...]:
    taken = [(name.start, name.end) for name in named]
    taken += [_office_before(text, name) for name in named if isinstance(name, Reference) and name.kind == "person"]
    taken += [(verb.start, verb.end)] if verb else []
    free = [w for w in words(text) if not any(start <= w.start < end for start, end in taken)]
    skipped = _VAGUE | terms_of(want)
    if occasion and verb:
        skipped |= {term(w.text) for w in free if MEETING.fullmatch(w.text) or CALL.fullmatch(w.text)} | _SEEING_TERMS
    return tuple(w for w in free if not is_function_word(w.text) and term(w.text) not in skipped)


def _office_before(text: str, name: Reference) -> tuple[int, int]:
    """The span of an office right before a name: the "spokesman" of "Kremlin spokesman Peskov"."""
    start = name.start
    for word in reversed(words(text[: name.start])):
        if text[word.end : start].strip() or word.text.casefold() not in office_words():
            break
        start = word.start
    return start, name.start
