"""Who says what: the speaker, the cue and the content of each statement, as far as the text attributes it.

What one sentence attributes is read by ``attributions``, whom its sources mean by ``agents`` and ``sources``; here both
come together, and quotations go on from sentence to sentence. The outermost statement of a sentence comes first: in
"Trump raised …, the White House said" the White House speaks, and Trump is the second speaker.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from qa_service.language.agents import Agents
from qa_service.language.attributions import Attribution, attributions
from qa_service.language.days import day_told
from qa_service.language.names import LONGEST
from qa_service.language.occasions import Occasions
from qa_service.language.sources import Sources, Speaker
from qa_service.language.tagging import Tagged, tag
from qa_service.language.turns import Turn, turns
from qa_service.types import Mention, Name, Sentence, Statement

_QUOTED = re.compile(r"\"[^\"\n]*\"?|“[^”\n]*”?|''[^\n]*?(?:''|$)")
_BRACKETED = re.compile(r"\([^()\n]{0,80}\)")
_PRONOUN = re.compile(r"(?:s?he|it|they|I|we|you|his|her|their|its|my|our|your)\b.*", re.IGNORECASE | re.DOTALL)
_FIRST = re.compile(r"\b(?:I|[Ww]e)\b")
_NARRATOR = re.compile(r"\b(?:I|me|[Ww]e|[Mm]y|[Oo]ur)\b")
_OFTEN = 2  # words from which a text is told by its author
_RECENT = 8  # statements back to which "it" and "they" may refer
_OPENING = ('"', "“", "''")


def extract(
    text: str,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    names: Mapping[str, Name],
    published: date | None = None,
) -> tuple[Statement, ...]:
    """The statements of a document, in order, the outermost of a sentence first.

    ``names`` maps keys to names; ``published`` is the day from which "on Wednesday" is counted. A speaker who has no
    name is shown as the text puts it ("two officials"), and has an empty key.
    """
    readable = [sentence for sentence in sentences if sentence.end - sentence.start <= LONGEST]
    spoken = turns(text, sentences, mentions, names)
    counts = bool if not spoken and _has_narrator(text) else _is_not_first
    reading = _Reading(text, readable, mentions, names, published, counts)
    for sentence in readable:
        if sentence.index not in spoken:
            reading.read(sentence)
        elif turn := spoken[sentence.index]:
            reading.read_turn(sentence, turn)
    return tuple(reading.found)


class _Reading:
    """The reading of one document, sentence by sentence."""

    def __init__(
        self,
        text: str,
        sentences: Sequence[Sentence],
        mentions: Sequence[Mention],
        names: Mapping[str, Name],
        published: date | None,
        counts: Callable[[str], bool],
    ) -> None:
        self.found: list[Statement] = []
        self._counts = counts
        self._text = text
        self._names = names
        self._published = published
        self._agents = Agents(text, sentences, mentions, names)
        self._sources = Sources(names)
        self._occasions = Occasions(text, sentences, [m for m in mentions if names[m.key].kind == "person"])
        self._outer: list[Statement] = []  # what later pronouns and quotations refer to
        self._last: tuple[Statement, ...] = ()  # the statements of the sentence before
        self._inside = False
        self._end = 0

    def read(self, sentence: Sentence) -> None:
        """Add the statements of the next sentence."""
        span = self._text[sentence.start : sentence.end]
        self._inside = self._inside and "\n" not in self._text[self._end : sentence.start]
        tagged = tag(span, self._inside)
        here = self._attributed(sentence, span, tagged, self._counts)
        here = self._with_quotation(sentence, tagged, here)
        self._inside = _is_left_open(span, self._inside)
        self._add(sentence, here)

    def read_turn(self, sentence: Sentence, turn: Turn) -> None:
        """Add a sentence of an interview, and what those who are named in it say."""
        label = turn.start - sentence.start
        span = " " * label + self._text[turn.start : sentence.end]
        start = sentence.end - len(span[label:].lstrip())
        whole = Statement(
            sentence.index, sentence.start, sentence.end, turn.shown, turn.key, "", True,
            self._occasions.of(sentence.index), ((start, sentence.end),),
        )  # fmt: skip
        self._inside = False
        within = self._attributed(sentence, span, tag(span), _is_no_pronoun)
        self._add(sentence, [whole, *(s for s in within if s.speaker_key not in ("", turn.key))])

    def _add(self, sentence: Sentence, here: Sequence[Statement]) -> None:
        self._end = sentence.end
        self._last = tuple(here)
        self._outer.extend([s for s in here if s.speaker_key][:1])
        self.found.extend(here)

    def _attributed(
        self, sentence: Sentence, span: str, tagged: Tagged, counts: Callable[[str], bool]
    ) -> list[Statement]:
        """What cues attribute in a sentence to sources that count."""
        told = [one for one in attributions(tagged) if counts(span[slice(*one.source)])]
        if not told:
            return []
        acting = self._agents.of(sentence, _without_quotes(span, self._inside), self._outer)
        agents = [agent.shifted(-sentence.start) for agent in acting]
        here: list[Statement] = []
        for one in told:
            outer = self._outer_body(span[slice(*one.source)], one.cue[0] + sentence.start, here)
            speakers = [outer] if outer else self._sources.speakers(span, one, agents, [*self.found[-_RECENT:], *here])
            addressee = self._sources.addressee(span, one, agents)
            here += [self._statement(sentence, tagged, one, speaker, addressee) for speaker in speakers]
        return here

    def _outer_body(self, source: str, cue: int, here: Sequence[Statement]) -> Speaker | None:
        """The body that says all of what "it" or "they" say within: "The council said they believe …"."""
        outer = next((s for s in here if any(start <= cue < end for start, end in s.content)), None)
        if source.casefold() not in ("it", "they") or outer is None or not outer.speaker_key:
            return None
        is_body = self._names[outer.speaker_key].kind in ("organisation", "place")
        return Speaker(outer.speaker, outer.speaker_key) if is_body else None

    def _statement(
        self, sentence: Sentence, tagged: Tagged, one: Attribution, speaker: Speaker, addressee: str
    ) -> Statement:
        offset = sentence.start
        content = tuple((start + offset, end + offset) for start, end in one.content)
        return Statement(
            sentence.index, sentence.start, sentence.end, speaker.shown, speaker.key,
            tagged.text[slice(*one.cue)], _quotes(tagged, one.content), self._occasions.of(sentence.index), content,
            addressee, day_told(tagged.text, one.cue, one.content, self._published),
        )  # fmt: skip

    def _with_quotation(self, sentence: Sentence, tagged: Tagged, here: list[Statement]) -> list[Statement]:
        """The statements of a sentence together with a quotation at its beginning that no cue in it attributes."""
        if not tagged.tags.startswith("q"):
            return here
        start, end = (sentence.start + offset for offset in tagged.span(0, 1))
        if any(a < end and start < b for s in here for a, b in s.content):
            return here
        before = next((s for s in self._last if s.quoted), next(iter(self._last), None))
        if before is None or before.sentence != sentence.index - 1:
            return here
        going_on = Statement(
            sentence.index, sentence.start, sentence.end, before.speaker, before.speaker_key, "", True,
            self._occasions.of(sentence.index), ((start, end),),
        )  # fmt: skip
        return [going_on, *here]


def _has_narrator(text: str) -> bool:
    """Whether a text is told by its author: "I", "my" and "we" come back outside of quotations."""
    return len(_NARRATOR.findall(_QUOTED.sub(" ", text))) >= _OFTEN


def _is_not_first(source: str) -> bool:
    return not _FIRST.fullmatch(source)


def _is_no_pronoun(source: str) -> bool:
    return not _PRONOUN.fullmatch(source)


def _quotes(tagged: Tagged, content: Sequence[tuple[int, int]]) -> bool:
    """Whether a content has quoted words."""
    stretches = [tagged.text[start:end] for start, end in content]
    begun = [token for token in tagged.tokens if token.tag == "q" and any(a <= token.start < b for a, b in content)]
    return bool(begun) or any(mark in stretch for stretch in stretches for mark in _OPENING)


def _without_quotes(span: str, inside: bool) -> str:
    """Blank out quotations and brackets, in which a name or verb attributes nothing. Offsets are kept."""
    if inside:
        end = re.search(r"[\"”]", span)
        length = end.start() if end else len(span)
        span = " " * length + span[length:].replace('"', "”", 1)
    blank = _QUOTED.sub(lambda match: match.group()[0] + " " * (len(match.group()) - 2) + match.group()[-1:], span)
    return _BRACKETED.sub(lambda match: " " * len(match.group()), blank)


def _is_left_open(span: str, inside: bool) -> bool:
    """Whether a quotation is open at the end of a sentence; ``inside`` says whether one is at its beginning."""
    marks = re.findall("[“”\"]|''", span)
    if not marks:
        return inside
    straight = marks[-1] in ('"', "''")
    return marks[-1] == "“" or (straight and (marks.count(marks[-1]) + inside) % 2 == 1)
