"""Where a sentence says the opposite of what stands in a line: negations and words that exclude each other.

The pairs are relations of general English; prefixes make more of them ("likely", "unlikely").
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from qa_service.language.words import is_function_word, term

from .contents import every_word

_PAIRS = """
agree refuse|agree reject|agree disagree|accept reject|accept refuse|accept decline|allow ban|allow forbid
allow prohibit|allow prevent|allow block|permit forbid|permit ban|approve reject|approve veto|support oppose
support criticise|support criticize|back oppose|praise criticise|praise criticize|praise condemn|welcome condemn
welcome criticise|welcome reject|welcome regret|confirm deny|admit deny|acknowledge deny|affirm deny|before after
rise fall|rise drop|rise decline|increase decrease|increase reduce|increase fall|increase drop|increase decline
increase cut|grow shrink|grow fall|raise lower|raise cut|gain lose|win lose|victory defeat|victory loss|begin end
start end|start finish|start stop|begin finish|launch end|open close|more less|more fewer|most least|first last
north south|northern southern|east west|eastern western|left right|male female|man woman|boy girl|buy sell
arrive leave|arrive depart|enter leave|join leave|enter exit|attack defend|guilty innocent|convict acquit|alive dead
survive die|high low|higher lower|highest lowest|above below|over under|up down|include exclude|succeed fail
success failure|true false|hire fire|appoint dismiss|import export|lend borrow|give take|remember forget|love hate
friend enemy|ally enemy|strengthen weaken|improve worsen|better worse|best worst|expand cut|expand reduce|early late
earlier later|old young|old new|strong weak|possible impossible|internal external|public private|legal illegal
peace war|optimistic pessimistic|positive negative|always never|with without|all none|everyone nobody|many few
majority minority|maximum minimum|advance retreat|release detain|release arrest|free arrest|continue stop|continue end
resume suspend|keep abandon|hope fear|help hinder|hot cold|warm cool|long short|large small|big small|major minor
heavy light|fast slow|quick slow|safe dangerous|rich poor|easy difficult|easy hard|simple complex|full empty|near far
inside outside|same different|similar different|impose lift|introduce abolish|build destroy|create destroy|save waste
push pull|send receive|lead follow|parent child|mother father|son daughter|brother sister|husband wife|he she|his her
day night|morning evening|summer winter|upper lower|senior junior|former current|temporary permanent
voluntary mandatory|domestic foreign|urban rural|for against|encourage discourage|escalate ease|tighten ease
tighten relax|widen narrow|sign cancel|attend boycott|stay leave|remain leave
"""
_NEGATORS = re.compile(r"not|never|no|neither|nor|none|without|cannot|hardly|nobody|nothing|\w+n't")
_DENIALS = frozenset("refuse decline fail deny".split())  # "refused to leave" does not say that somebody left
_PREFIXED = re.compile(r"(?:un|in|im|il|ir|dis|non|mis)(?P<stem>\w{4,})")
_REACH = 2  # content words behind a negator that it may negate


@cache
def opposites() -> Mapping[str, frozenset[str]]:
    """The term of a word → the terms of those that exclude it."""
    found: dict[str, set[str]] = defaultdict(set)
    for pair in re.split(r"[|\n]", _PAIRS.strip()):
        left, right = map(term, pair.split())
        found[left].add(right)
        found[right].add(left)
    return {word: frozenset(others) for word, others in found.items()}


def contrary(sentence: str, line: str) -> int:
    """In how many places a sentence says the opposite of a line on which it is to rest.

    >>> contrary("Trump agreed to the deal.", "Trump refused the deal."), contrary("It has not rained.", "It rained.")
    (1, 1)
    """
    ours, theirs = every_word(sentence), every_word(line)
    return len(set(_excluded(ours, theirs))) + negated_otherwise(ours, theirs)


def _excluded(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[str]:
    """The terms of ours for which the others have the opposite instead."""
    mine, other = {term(word) for word in ours}, {term(word) for word in theirs}
    for word in mine - other:
        if (opposites().get(word, frozenset()) & other) - mine:
            yield word
    stems = _unprefixed(theirs) ^ _unprefixed(ours)
    yield from (stem for stem in stems if stem in mine ^ other and stem in mine | other)


def _unprefixed(listed: Sequence[str]) -> set[str]:
    return {term(found["stem"]) for word in listed if (found := _PREFIXED.fullmatch(word))}


def negated_otherwise(ours: Sequence[str], theirs: Sequence[str]) -> int:
    """How many words that both have are negated in one only."""
    mine, other = negated(ours), negated(theirs)
    shared = {term(word) for word in ours} & {term(word) for word in theirs}
    reach = shared & (mine ^ other)
    return min(len(reach), abs(_count(ours, shared) - _count(theirs, shared))) if reach else 0


def _count(listed: Sequence[str], shared: set[str]) -> int:
    """How many negations touch a word that both have."""
    places = [at for at, word in enumerate(listed) if _negates(word)]
    return sum(bool(shared & set(_behind(listed, at))) for at in places)


def negated(listed: Sequence[str]) -> set[str]:
    """The terms that stand behind a negation."""
    return {word for at, one in enumerate(listed) if _negates(one) for word in _behind(listed, at)}


def _negates(word: str) -> bool:
    return bool(_NEGATORS.fullmatch(word)) or term(word) in _DENIALS


def _behind(listed: Sequence[str], at: int) -> list[str]:
    return [term(word) for word in listed[at + 1 :] if not is_function_word(word)][:_REACH]
