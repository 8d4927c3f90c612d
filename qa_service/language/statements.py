"""Who says what: the speaker of each sentence, as far as the text attributes it.

A cue ("said", "according to", "wrote on Twitter") is tied to the name, office or pronoun that goes with it (``cues``);
a quotation without a cue goes on with its speaker. The outermost speaker comes first: in "Trump raised …, the White
House said" the White House speaks, and Trump is the second speaker of the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from qa_service.language import cues
from qa_service.language.agents import Agent, Agents
from qa_service.language.names import LONGEST
from qa_service.language.occasions import Occasions
from qa_service.types import Mention, Name, Sentence, Statement

_QUOTED = re.compile(r"\"[^\"\n]*\"?|“[^”\n]*”?|''[^\n]*?(?:''|$)")
_BRACKETED = re.compile(r"\([^()\n]{0,80}\)")
_OPENING = ('"', "“", "''")


def extract(
    text: str, sentences: Sequence[Sentence], mentions: Sequence[Mention], names: Mapping[str, Name]
) -> tuple[Statement, ...]:
    """The statements of a document, in order, the outermost of a sentence first. ``names`` maps keys to names."""
    sentences = [sentence for sentence in sentences if sentence.end - sentence.start <= LONGEST]
    agents = Agents(text, sentences, mentions, names)
    occasions = Occasions(text, sentences, [m for m in mentions if names[m.key].kind == "person"])
    found: list[Statement] = []
    outer: list[Statement] = []  # what later pronouns and quotations refer to
    inside = False
    for sentence in sentences:
        inside = _goes_on(text, sentence, outer, inside)
        span = text[sentence.start : sentence.end]
        quoted = inside or any(mark in span for mark in _OPENING)
        said = _attribute(text, sentence, agents, outer, inside)
        here = [_statement(sentence, agent, cue, quoted, occasions) for agent, cue in said]
        inside = _is_left_open(span, inside)
        outer.extend(here[:1])
        found.extend(here)
    return tuple(found)


def _statement(sentence: Sentence, agent: Agent, cue: str, quoted: bool, occasions: Occasions) -> Statement:
    occasion = occasions.of(sentence.index)
    return Statement(sentence.index, sentence.start, sentence.end, agent.shown, agent.key, cue, quoted, occasion)


def _attribute(
    text: str, sentence: Sentence, agents: Agents, before: Sequence[Statement], inside: bool
) -> list[tuple[Agent, str]]:
    """The agents of a sentence that say something, with their cues: the outermost first, nobody twice.

    ``inside`` says that the sentence begins within a quotation that an earlier one opened.
    """
    span = _without_quotes(text[sentence.start : sentence.end], inside)
    local = [_shifted(agent, -sentence.start) for agent in agents.of(sentence, span, before)]
    led = cues.leading(span, local)
    outer = cues.label(span, local) or cues.closing(span, local) or next(iter(led), None)
    outer = outer or cues.according(span, local) or _going_on(text, sentence, before, inside)
    unique: dict[str, tuple[Agent, str]] = {}
    for agent, cue in [outer, *led] if outer else []:
        unique.setdefault(agent.key, (agent, cue))
    return list(unique.values())


def _shifted(agent: Agent, by: int) -> Agent:
    return Agent(agent.start + by, agent.end + by, agent.key, agent.shown, agent.governed)


def _without_quotes(span: str, inside: bool) -> str:
    """Blank out quotations and brackets, in which a name or verb attributes nothing. Offsets are kept."""
    if inside:
        end = re.search(r"[\"”]", span)
        length = end.start() if end else len(span)
        span = " " * length + span[length:].replace('"', "”", 1)
    blank = _QUOTED.sub(lambda match: match.group()[0] + " " * (len(match.group()) - 2) + match.group()[-1:], span)
    return _BRACKETED.sub(lambda match: " " * len(match.group()), blank)


def _goes_on(text: str, sentence: Sentence, before: Sequence[Statement], open_before: bool) -> bool:
    """Whether a sentence begins within a quotation that the sentence before, which has a speaker, left open."""
    if not open_before or not before or before[-1].sentence != sentence.index - 1:
        return False
    return "\n" not in text[before[-1].end : sentence.start]


def _is_left_open(span: str, inside: bool) -> bool:
    """Whether a quotation is open at the end of a sentence; ``inside`` says whether one is at its beginning."""
    marks = re.findall('[“”"]', span)
    if not marks:
        return inside
    return marks[-1] == "“" or (marks[-1] == '"' and (marks.count('"') + inside) % 2 == 1)


def _going_on(text: str, sentence: Sentence, before: Sequence[Statement], inside: bool) -> tuple[Agent, str] | None:
    """A sentence that begins with a quotation, or in one, and names nobody goes on with the speaker before it."""
    if not before or before[-1].sentence != sentence.index - 1:
        return None
    if not inside and not text.startswith(_OPENING, sentence.start):
        return None
    return Agent(0, 0, before[-1].speaker_key, before[-1].speaker), ""
