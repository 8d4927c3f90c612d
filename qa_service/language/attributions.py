"""The attributions of one tagged sentence: source, cue and content of each, as they are written.

Whom a source means, and what goes on from sentence to sentence, is the business of ``statements``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qa_service.language import contents
from qa_service.language.contents import Content
from qa_service.language.phrases import Phrase, ending, starting
from qa_service.language.subjects import group_start, is_passive, joined, subject
from qa_service.language.tagging import Tagged
from qa_service.language.verbs import NOUNS, SPEECH
from qa_service.language.words import word_set

_INVERTING = SPEECH - word_set("tell speak talk")  # behind a quotation
_AFTER_COMMA = word_set("say write add report announce explain tweet note argue declare continue recall reply respond")
_TELLS = frozenset("zxvVEPq")  # what a clause or a quotation has
_NAMING = word_set("call name dub term label brand")
_CAPTION = 5  # tokens behind a colon that may be a caption where there is no verb: "Image: Ada River"
_LABEL = 9  # tokens before the colon of a headline
_CLOSES = ",.;:-iws"  # what may follow the subject of an inverted verb
_CLOSES_QUOTED = _CLOSES + "ogGEr"


@dataclass(frozen=True, slots=True)
class Attribution:
    """Source, cue, addressee (None where none is told) and content in a sentence: offsets into it."""

    source: tuple[int, int]
    cue: tuple[int, int]
    content: tuple[tuple[int, int], ...]
    addressee: tuple[int, int] | None = None
    possessive: bool = False


def attributions(tagged: Tagged) -> list[Attribution]:
    """All attributions, the outermost first: that in whose content the others stand."""
    found = [*_labels(tagged), *_according(tagged), *_verbs(tagged), *_nouns(tagged)]
    found = [_within(inner, found) for inner in found]
    depth = {id(a): sum(_holds(other, a) for other in found if other is not a) for a in found}
    return sorted(found, key=lambda a: (depth[id(a)], a.cue))


def _within(inner: Attribution, all_of_them: Sequence[Attribution]) -> Attribution:
    """An attribution inside of what stands before a closing cue, with its content cut where that ends."""
    for outer in all_of_them:
        for start, end in outer.content:
            if outer is not inner and end <= outer.cue[0] and start <= inner.cue[0] and inner.cue[1] <= end:
                cut = tuple((a, min(b, end)) for a, b in inner.content if a < end)
                inner = replace(inner, content=cut)
    return inner


def _holds(outer: Attribution, inner: Attribution) -> bool:
    return any(start <= inner.cue[0] and inner.cue[1] <= end for start, end in outer.content)


def _verbs(tagged: Tagged) -> Iterator[Attribution]:
    for verb, token in enumerate(tagged.tokens):
        if token.tag in "VvG":
            found = _of_verb(tagged, verb)
            if found:
                yield found


def _of_verb(tagged: Tagged, verb: int) -> Attribution | None:
    if is_passive(tagged, verb):
        return _passive(tagged, verb)
    inverted = _inverted(tagged, verb)
    source = inverted or subject(tagged, verb)
    if source is None or _only_names(tagged, verb):
        return None
    content = contents.of_verb(tagged, verb, source, inverted is not None)
    return _attribution(tagged, source, verb, content)


def _only_names(tagged: Tagged, verb: int) -> bool:
    """Whether a participle tells how its noun is called: "a program dubbed Aurora", "Easter Island, also called …"."""
    first = group_start(tagged, verb)
    before = tagged.tags[first - 1] if first else ""
    reduced = before == "n" or (before == "," and "r" in tagged.tags[first:verb])
    if (
        tagged.tags[verb] != "v"
        or tagged.tokens[verb].base not in _NAMING
        or not reduced
        or "x" in tagged.tags[first:verb]
    ):
        return False
    name = starting(tagged, verb + 1)
    if name is None or tagged.tags[verb + 1] not in "nN":
        return tagged.tags[verb + 1 : verb + 2] == "q"
    complemented = tagged.tags[name[1] : name[1] + 1] in ("q", "d", "A", "n", "o")  # "called Ada River a liar"
    return not complemented and not any(token.text == "as" for token in tagged.tokens[name[1] : name[1] + 1])


def _attribution(tagged: Tagged, source: Phrase, verb: int, content: Content | None) -> Attribution | None:
    if content is None:
        return None
    addressee = tagged.span(*content.addressee) if content.addressee else None
    cue = tagged.span(verb, max(content.cue_end, verb + 1))
    return Attribution(_source(tagged, source), cue, content.spans, addressee)


def _source(tagged: Tagged, phrase: Phrase) -> tuple[int, int]:
    """The offsets of a source, without what is contracted with a pronoun: the "she" of "she's"."""
    start, end = tagged.span(*phrase)
    last = tagged.tokens[phrase[1] - 1]
    return start, last.start + len(re.split("['’]", last.text)[0]) if last.tag == "P" else end


def _inverted(tagged: Tagged, verb: int) -> Phrase | None:
    """The subject behind its verb: ``"…," said the mayor of Riga, who …``."""
    tags = tagged.tags
    if not verb or tagged.tokens[verb].base not in _INVERTING or tags[verb] == "G":
        return None
    quoted = tags[verb - 1] == "q" or (tags[verb - 1] in ",-" and verb > 3 and tagged.tokens[verb].base in _AFTER_COMMA)
    phrase = starting(tagged, verb + 1) if quoted else None
    if phrase is None or (tags[verb - 1] != "q" and ending(tagged, verb)):
        return None
    following = tags[phrase[1] : phrase[1] + 1]
    if tags[verb - 1] == "q":
        return phrase if following in _CLOSES_QUOTED else None
    ends = following in ",.;:-sw"  # where it does not end there, what stands before may be the subject as well
    return phrase if following in _CLOSES + "r" and (ends or subject(tagged, verb) is None) else None


def _passive(tagged: Tagged, verb: int) -> Attribution | None:
    """ "He was accused by the mayor of fraud": the one behind "by" speaks."""
    by = next((i for i in range(verb + 1, min(verb + 6, len(tagged.tags))) if tagged.tokens[i].text == "by"), None)
    source = starting(tagged, by + 1) if by else None
    if not by or source is None:
        return None
    first = group_start(tagged, verb)
    told = ending(tagged, first)
    spans = (*((tagged.span(*told),) if told else ()), *contents.behind(tagged, source[1]))
    return Attribution(tagged.span(*source), tagged.span(verb, verb + 1), spans) if spans else None


def _according(tagged: Tagged) -> Iterator[Attribution]:
    for place in range(len(tagged.tokens) - 2):
        words = tagged.words(place, place + 2).casefold()
        source = starting(tagged, place + 2) if words == "according to" else None
        content = contents.of_according(tagged, place, source) if source else None
        if source and content:
            yield Attribution(tagged.span(*source), tagged.span(place, place + 2), content.spans)


def _labels(tagged: Tagged) -> Iterator[Attribution]:
    """``River: no more talks``, as in headlines and transcripts."""
    colon = tagged.tags.find(":", 0, _LABEL)
    source = ending(tagged, colon) if colon > 0 else None
    if source and (source[0] == 0 or tagged.tags[source[0] - 1] in "-i") and len(tagged.words(*source)) > 1:
        spans = contents.behind(tagged, colon + 1)
        named = set(tagged.tags[slice(*source)]) == {"N"} and source[1] - source[0] > 1
        behind = tagged.tags[colon + 1 :]
        if spans and (named or len(behind) > _CAPTION or _TELLS.intersection(behind)):
            yield Attribution(tagged.span(*source), tagged.span(colon, colon + 1), spans)


def _nouns(tagged: Tagged) -> Iterator[Attribution]:
    """ "His claim that …", "Ada River's plan to …"."""
    tags = tagged.tags
    for place, token in enumerate(tagged.tokens):
        if (
            token.tag not in "nV"
            or token.text.casefold() not in NOUNS
            or tags[place + 1 : place + 2] not in ("t", "o", "i")
        ):
            continue
        owner = next((i for i in range(place - 1, max(-1, place - 4), -1) if tags[i] not in "nNr"), -1)
        if owner >= 0 and tags[owner] in "Ap":
            first = _owner(tagged, owner)
            start = place + 1 + (tags[place + 1] == "i")
            spans = contents.behind(tagged, start)
            if spans:
                yield Attribution(tagged.span(*first), tagged.span(place, start), spans, possessive=True)


def _owner(tagged: Tagged, owner: int) -> Phrase:
    """Who owns: "the state's largest union's"; the subject of the verb before where it is "their" or "its"."""
    first = owner
    if tagged.tokens[owner].text in ("their", "its"):
        return joined(tagged, owner, 0) or (owner, owner + 1)
    while first and tagged.tags[first] != "A" and tagged.tags[first - 1] in "nNdp'":
        first -= 1
    return first, owner + 1
