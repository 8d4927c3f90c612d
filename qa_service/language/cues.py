"""The words that attribute ("said", "according to"), and how the agent that goes with one is found in its sentence.

Everything here looks at one sentence, with quotations and brackets blanked out; whose turn it is across sentences is
the business of ``statements``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa_service.language.agents import Agent
from qa_service.language.gazetteer import office_words
from qa_service.language.words import word_set

_REGULAR = (
    "add warn announc claim insist argu declar explain acknowledg confirm tweet urg express voic vow propos reject "
    "accus condemn prais hail describ suggest reiterat predict promis remark assur complain conced conclud underscor "
    "underlin highlight criticis criticiz thank stress emphasis emphasiz indicat reveal estimat characteris "
    "characteriz respond answer observ disclos lament contend alleg caution assert recommend speculat report demand "
    "jok quipp blast lambast slamm scold mock denounc blam applaud"
).split()
_OTHERS = (
    r"sa(?:id|ys?|ying) t(?:old|ells?|elling) not(?:ed|es|ing) den(?:ied|ies|ying) stat(?:ed|ing) admit(?:ted|s|ting) "
    r"repl(?:ied|ies|ying) ask(?:ed|s) wrote writes believ(?:ed|es) hop(?:ed|es) point(?:ed|s)\sout "
    r"pledg(?:ed|es|ing) call(?:ed|s|ing)\sfor called\son recall(?:s|ing) commented maintain(?:ed|s) raised "
    r"label(?:led|ed|ling|ing) testif(?:ied|ies|ying) continued(?=\s*[,:]) thinks "
    r'call(?:ed|s|ing)(?=\s(?!him\b|her\b|them\b)[^,;]{0,60}["“])'  # 'called it "a lie"'
).split()
CUE = re.compile(rf"\b(?:(?:{'|'.join(_REGULAR)})(?:e?s|ed|ing)|{'|'.join(_OTHERS)})\b")
_NOUNS_TOO = word_set(
    "claims hopes promises calls notes reports tweets answers estimates demands remarks promise stresses"
)
_ACCORDING = re.compile(r"\b(?:[Aa]ccording to|[Ii]n the words of)\s+(?:the\s+)?")
_PASSIVE = re.compile(r"\b(?:was|were|been|being|be|is|are|not|n['’]t)\s+(?:\w+ly\s+)?$")
_BY = re.compile(r"\s+(?:[\w-]+\s+){0,3}?by\s+[^,;]*$")
_COORDINATED = re.compile(r"\band\b(?:\s+(?:in|on|at|also|later|then|early|late|[A-Z]\w+)){0,4}\s+$")
_BETWEEN = re.compile(  # words that may stand between a subject and its verb and name nobody
    r"ha(?:s|ve|d)|would|will|could|did|does|also|later|earlier|then|once|again|still|just|recently|first|even|all|both|"
    r"himself|herself|today|yesterday|in|on|early|late|this|last|the|\w+ly|\w+day|week|month|year|morning|afternoon|"
    r"evening|night",
    re.IGNORECASE,
)
_BREAK = re.compile(r",|[-–—]{2}|\b(?:and|but|while|that|because|if|although|though)\b")
_APPOSED = re.compile(
    r"\s*,\s+(?!including\b)(?:the|an?|who|which|whose|his|her|its|their|also|then|now|former\w*|one|along|like|[A-Z]\w*|"
    r"\d+|\w+ing|\w+ed|chief|head|chair\w*|spokes\w+)\b"
)
_OWNED = re.compile(
    r"['’]s?\s+(?!(?:[\w-]+\s+){0,2}(?:statements?|accounts?|tweets?|letter|report|message|remarks|words|speech|memo|"
    r"testimony|complaint|website|post|office)\b)"
)
_SAME_PHRASE = re.compile(
    r"(?:['’]s)?(?:\s+(?!(?:of|for|in|at|from|on|to|by|as|with|who|and|that|after|when|during|told|said)\b)[a-z-]+){0,2}\s+"
)
_NOUN = re.compile(r"\b(?:or|no|an?|the|any|this|of)\s+$")  # before a participle that is a noun: "no warning"
_REACH = 90  # characters between a subject and its cue
_BEHIND = 60  # characters between a cue and the one who spoke: "said the widow of …"
_FAR_IN = 45  # characters from which a clause behind a comma closes its sentence
_QUOTE_ENDS = ("”", '"', "'", "’", "!", "?")


def subject(span: str, cue: re.Match[str], agents: Sequence[Agent]) -> Agent | None:
    """The agent that the verb ``cue`` belongs to: the one before it, behind an apposition if one stands between.

    Agents have offsets into ``span``. In the passive it is the one after "by"; None when someone unnamed speaks.
    """
    head = span[: cue.start()]
    if re.match(r"\w+ing\b", cue.group()):
        return _of_participle(head, agents)
    if _PASSIVE.search(head):
        told = (a for a in agents if a.start > cue.end() and _BY.fullmatch(span[cue.end() : a.start]))
        return next(told, None)
    free = [a for a in agents if a.end <= cue.start() and not a.governed and ";" not in head[a.end :]]
    if _COORDINATED.search(
        head
    ):  # "Putin congratulated Trump and expressed …": the verbs share their clause's first agent
        clause = max(head.rfind(" that "), 0)
        return next((a for a in free if a.start >= clause), next(iter(free), None))
    return _nearest(_trimmed(head), cue, free)


def _trimmed(head: str) -> str:
    """``head`` without the words at its end that stand between a subject and its verb: "River has also" → "River"."""
    end = len(head.rstrip())
    while end:
        start = head.rfind(" ", 0, end) + 1
        if not _BETWEEN.fullmatch(head, start, end):
            break
        end = len(head[:start].rstrip())
    return head[:end]


def _of_participle(head: str, agents: Sequence[Agent]) -> Agent | None:
    """Whose participle it is: the agent's right before it ("with Ada saying"), the last speaker's, or the first's."""
    if _NOUN.search(head):
        return None
    before = [a for a in agents if a.end <= len(head)]
    beside = next((a for a in before if a.end == len(head) - 1 and a.governed in ("", "with")), None)
    finite = [cue for cue in CUE.finditer(head) if not cue.group().endswith("ing")]
    spoke = subject(head, finite[-1], before) if finite and not beside else None
    return beside or spoke or next((a for a in before if not a.governed), None)


def _nearest(head: str, cue: re.Match[str], agents: Sequence[Agent]) -> Agent | None:
    if head.endswith(","):
        apposed = (a for a in reversed(agents) if _APPOSED.match(head[a.end :]))
        return next(apposed, None)
    near = agents[-1] if agents else None
    if near is None or cue.start() - near.end > _REACH:
        return None
    gap = head[near.end :]
    if cue.group() in _NOUNS_TOO and gap.strip():
        return None
    unnamed = _BREAK.split(gap)[-1].strip() if _BREAK.search(gap) else ""  # "…, officials said"
    return None if unnamed or _OWNED.match(gap) else near


def closing(span: str, agents: Sequence[Agent]) -> tuple[Agent, str] | None:
    """The agent and cue that close a sentence: ``…," said the head of US diplomacy``, ``…, Lavrov said on Monday.``"""
    for cue in reversed([c for c in CUE.finditer(span) if not c.group().endswith("ing")]):
        behind = _behind(span, cue, agents)
        if behind:
            return behind, cue.group()
        before = subject(span, cue, agents)
        if before and _is_aside(span, before.start) and not span[cue.end() :].lstrip(" ").startswith("that"):
            return before, cue.group()
    return None


def _behind(span: str, cue: re.Match[str], agents: Sequence[Agent]) -> Agent | None:
    """The agent behind an inverted verb: behind a quotation anyone, behind a comma a name with its office alone."""
    head = span[: cue.start()].rstrip()
    ahead = [a for a in agents if a.start >= cue.end()]
    if (
        not ahead or ahead[0].start - cue.end() > _BEHIND or cue.group()[:4] in ("told", "tell")
    ):  # "told" does not invert
        return None
    after = ahead[0]
    for following in ahead[1:]:  # "said Acme chemist Ada River"
        if not _SAME_PHRASE.fullmatch(span[after.end : following.start]):
            break
        after = following
    between = span[cue.end() : ahead[0].start]
    if head.endswith(_QUOTE_ENDS):
        return None if re.search(r"[,;:\"“]|\b(?:that|to|in|on|at|he|she)\b", between) else after
    return after if head.endswith(",") and _only_office(between) else None


def _only_office(between: str) -> bool:
    """Whether nothing but an office stands between a verb and the name behind it: "said US Foreign Minister Mike …"."""
    parts = between.split()
    return all(part in ("the", "a", "of") or part[0].isupper() or part in office_words() for part in parts)


def _is_aside(span: str, start: int) -> bool:
    """Whether a subject follows a quotation, or a comma late in its sentence, as a closing attribution does."""
    head = span[:start].rstrip()
    mark = re.search(r"(?P<mark>[,”\"])(?:\s*[A-Z][\w.]*|\s+of|\s+the)*\s*$", head)
    return mark is not None and mark.start() > _FAR_IN


def leading(span: str, agents: Sequence[Agent]) -> list[tuple[Agent, str]]:
    """Every agent that has a cue, with the cue, in order."""
    pairs = ((subject(span, cue, agents), cue.group()) for cue in CUE.finditer(span))
    return [(agent, cue) for agent, cue in pairs if agent]


def according(span: str, agents: Sequence[Agent]) -> tuple[Agent, str] | None:
    """The agent of "according to …", and those words; None where it is someone unnamed ("his publicist")."""
    for cue in _ACCORDING.finditer(span):
        agent = next((a for a in agents if 0 <= a.start - cue.end() + 4 <= _REACH / 2), None)
        if agent and not re.search(r"[,;]|\b(?:his|her|their)\s", span[cue.end() : agent.start]):
            return agent, cue.group().split(" the")[0].strip()
    return None


def label(span: str, agents: Sequence[Agent]) -> tuple[Agent, str] | None:
    """The speaker whose name and a colon begin a sentence, as in headlines and transcripts: "River: no more talks"."""
    first = next(iter(agents), None)
    if first and not span[: first.start].strip() and re.match(r":\s", span[first.end :]):
        return first, ":"
    return None
