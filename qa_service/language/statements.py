"""Who says what: the speaker of each sentence, as far as the text attributes it.

A cue ("said", "according to", "wrote on Twitter") is tied to the name, office or pronoun that goes with it; pronouns
and offices ("he", "the Russian diplomat", "the head of US diplomacy") are resolved within the document; a quotation
without a cue goes on with its speaker. The outermost speaker comes first: in "Trump raised …, the White House said"
the White House speaks, and Trump is the second speaker of the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .agents import Agent, Agents
from .gazetteer import office_words
from .occasions import Occasions
from qa_service.types import Mention, Name, Sentence, Statement

_VERBS = """sa(?:id|ys?|ying) t(?:old|ells?|elling) add(?:ed|s|ing) not(?:ed|ing) stress(?:ed|es|ing) emphasi[sz](?:ed|es|ing)
warn(?:ed|s|ing) announc(?:ed|es|ing) claim(?:ed|s|ing) den(?:ied|ies|ying) insist(?:ed|s|ing) argu(?:ed|es|ing) stat(?:ed|ing)
declar(?:ed|es|ing) explain(?:ed|s|ing) acknowledg(?:ed|es|ing) admit(?:ted|s|ting) confirm(?:ed|s|ing) repl(?:ied|ies|ying)
ask(?:ed|s) wrote writes tweet(?:ed|s|ing) urg(?:ed|es|ing) express(?:ed|es|ing) believ(?:ed|es) hop(?:ed|es) pointed\\sout
points\\sout voic(?:ed|es|ing) vow(?:ed|s) pledg(?:ed|es|ing) propos(?:ed|es|ing) reject(?:ed|s|ing) accus(?:ed|es|ing)
condemn(?:ed|s|ing) prais(?:ed|es|ing) hail(?:ed|s|ing) describ(?:ed|es|ing) suggest(?:ed|s|ing) reiterat(?:ed|es|ing)
predict(?:ed|s|ing) call(?:ed|s|ing)\\sfor called\\son promis(?:ed|es|ing) recall(?:s|ing) remark(?:ed|s|ing) commented
assur(?:ed|es|ing) complain(?:ed|s|ing) conced(?:ed|es|ing) conclud(?:ed|es|ing) maintain(?:ed|s) underscor(?:ed|es|ing)
underlin(?:ed|es|ing) highlight(?:ed|s|ing) criticis(?:ed|es|ing) criticiz(?:ed|es|ing) thank(?:ed|s|ing) raised label(?:led|ed|ling|ing)""".split()
_CUE = re.compile(r"\b(?:" + "|".join(_VERBS) + r")\b")
_ACCORDING = re.compile(r"\b(?:[Aa]ccording to|[Ii]n the words of)\s+(?:the\s+)?")
_PASSIVE = re.compile(r"\b(?:was|were|been|being|be|is|are|not)\s+$")
_QUOTED = re.compile(r"\"[^\"\n]*\"?|“[^”\n]*”?")
_COORDINATED = re.compile(r"\band\b(?:\s+(?:in|on|at|also|later|then|early|late|[A-Z]\w+)){0,4}\s+$")
_REACH = 90  # characters between a subject and its cue
_OPENING = "\"“"


@dataclass(frozen=True, slots=True)
class _Attribution:
    agent: Agent
    cue: str


def extract(
    text: str, sentences: Sequence[Sentence], mentions: Sequence[Mention], names: Mapping[str, Name]
) -> tuple[Statement, ...]:
    """The statements of a document, in order, the outermost of a sentence first. ``names`` maps keys to names."""
    agents = Agents(text, sentences, mentions, names)
    people = [m for m in mentions if names[m.key].kind == "person"]
    occasions = Occasions(text, sentences, people)
    found: list[Statement] = []
    outer: list[Statement] = []  # what later pronouns refer to
    for sentence in sentences:
        attributions = _attribute(text, sentence, agents, outer)
        here = [_statement(text, sentence, said, occasions) for said in attributions]
        outer.extend(here[:1])
        found.extend(here)
    return tuple(found)


def _statement(text: str, sentence: Sentence, said: _Attribution, occasions: Occasions) -> Statement:
    quoted = any(mark in text[sentence.start : sentence.end] for mark in _OPENING)
    return Statement(
        sentence.index, sentence.start, sentence.end, said.agent.shown, said.agent.key, said.cue, quoted,
        occasions.of(sentence.index),
    )  # fmt: skip


def _attribute(text: str, sentence: Sentence, agents: Agents, before: list[Statement]) -> list[_Attribution]:
    span = _without_quotes(text[sentence.start : sentence.end])
    inside = [a for a in agents.of(sentence, before) if span[a.start - sentence.start : a.end - sentence.start].strip()]
    local = [Agent(a.start - sentence.start, a.end - sentence.start, a.key, a.shown) for a in inside]
    led = _leading(span, local)
    outer = _closing(span, local) or next(iter(led), None) or _according(span, local)
    outer = outer or _going_on(text, sentence, before)
    found = [outer, *led] if outer else []
    return list({said.agent.key: said for said in reversed(found)}.values())[::-1]


def _without_quotes(span: str) -> str:
    """Blank out what stands in quotation marks: a name or verb in there attributes nothing. Offsets are kept."""
    return _QUOTED.sub(lambda match: match.group()[0] + " " * (len(match.group()) - 2) + match.group()[-1:], span)


def _closing(span: str, agents: list[Agent]) -> _Attribution | None:
    """``…," said the head of US diplomacy`` and ``…, Lavrov said on Monday.``"""
    for cue in reversed([c for c in _CUE.finditer(span) if not c.group().endswith("ing")]):
        head = span[: cue.start()].rstrip()
        after = next((a for a in agents if 0 <= a.start - cue.end() <= 40), None)
        if head.endswith((",", "”", '"', "!", "?")) and after and _only_office(span[cue.end() : after.start]):
            return _Attribution(after, cue.group())
        subject = _subject(span, cue.start(), agents)
        if subject and _is_aside(span, subject.start) and not span[cue.end() :].lstrip(" ").startswith("that"):
            return _Attribution(subject, cue.group())
    return None


def _only_office(between: str) -> bool:
    """Whether nothing but an office stands between a verb and the name behind it: "said US Foreign Minister Mike …"."""
    parts = between.split()
    return all(part in ("the", "a", "of") or part[0].isupper() or part in office_words() for part in parts)


def _is_aside(span: str, start: int) -> bool:
    """Whether a subject follows a comma or quotation late in its sentence, as a closing attribution does."""
    head = span[:start].rstrip()
    office = re.search(r"[,”\"](?:\s*[A-Z][\w.]*|\s+of|\s+the)*\s*$", head)
    return bool(office) and office is not None and office.start() > 45


def _leading(span: str, agents: list[Agent]) -> list[_Attribution]:
    """Every subject with its cue, in order."""
    pairs = ((_subject(span, cue.start(), agents), cue.group()) for cue in _CUE.finditer(span))
    return [_Attribution(subject, cue) for subject, cue in pairs if subject]


def _subject(span: str, cue: int, agents: list[Agent]) -> Agent | None:
    """The agent that a verb at ``cue`` belongs to: the nearest before it, behind an apposition if one stands between."""
    head = span[:cue]
    if _PASSIVE.search(head):
        return None
    if re.match(r"\w+ing\b", span[cue:]):  # a participle has the subject of its sentence: "…, noting that …"
        beside = [a for a in agents if a.end == cue - 1]
        return next(iter(beside + agents[:1]), None)
    ahead = [a for a in agents if a.end <= cue and ";" not in span[a.end : cue]]
    joined = _COORDINATED.search(head)
    if joined:  # "Putin congratulated Trump and expressed …": the verbs share the first agent of their clause
        clause = max(head.rfind(" that "), 0)
        return next((a for a in ahead if a.start >= clause), None)
    near = [a for a in ahead if cue - a.end <= _REACH]
    if near and head.rstrip().endswith(","):
        opening = head.rstrip()[:-1].rfind(",")
        main = next((a for a in near if 0 <= opening - a.end <= 2), None)
        if main:
            return main
    return near[-1] if near else None


def _according(span: str, agents: list[Agent]) -> _Attribution | None:
    for cue in _ACCORDING.finditer(span):
        agent = next((a for a in agents if 0 <= a.start - cue.end() + 4 <= 40), None)
        if agent:
            return _Attribution(agent, cue.group().split(" the")[0].strip())
    return None


def _going_on(text: str, sentence: Sentence, before: list[Statement]) -> _Attribution | None:
    """A sentence that begins with a quotation and names nobody goes on with the speaker of the sentence before."""
    if not before or text[sentence.start] not in _OPENING or before[-1].sentence != sentence.index - 1:
        return None
    return _Attribution(Agent(0, 0, before[-1].speaker_key, before[-1].speaker), "")
