"""Noun phrases in a tagged sentence: where one begins that ends here, and where one ends that begins here.

Phrases are pairs of token numbers, the second exclusive. Which phrase is a subject is decided in ``subjects``.
"""

from __future__ import annotations

from qa_service.language.tagging import Tagged
from qa_service.language.words import word_set

Phrase = tuple[int, int]

NOMINAL = "nNd'PO"  # what a noun phrase may end with
_ATTACHED = word_set(
    "of for from in at with on to by about behind near under against between among on and within inside"
)


def ending(tagged: Tagged, end: int) -> Phrase | None:
    """The noun phrase whose last token is before ``end``, or None. "Trump and Cruz" is one where it is a subject."""
    first = _core(tagged, end)
    if first is None:
        return None
    tags = tagged.tags
    if first > 1 and tags[first - 1] == "c" and tags[first - 2] in "nNP" and tags[first] in "nNdAp":
        joined = _core(tagged, first - 1)
        outer = with_attached(tagged, (joined, end))[0] if joined is not None else 1
        if joined is not None and (outer == 0 or tags[outer - 1] in ",:;-tsbq"):
            return joined, end
    return first, end


def _core(tagged: Tagged, end: int) -> int | None:
    """Where the phrase without anything joined to it begins."""
    tags, at = tagged.tags, end
    if not at or tags[at - 1] not in NOMINAL:
        return None
    if tags[at - 1] in "PO":
        return at - 1 if tags[at - 1] == "P" or tags[max(0, at - 2)] in "io" else None
    determined = False
    while at:
        tag = tags[at - 1]
        if determined and tag not in "dA":
            break
        if at < end and _parts(tagged, at):
            break
        if not (tag in "nN'dA" or (tag == "p" and at < end) or _is_adjective(tags, at - 1, end)):
            break
        determined = determined or tag in "dA"
        at -= 1
    return at if at < end else None


def _parts(tagged: Tagged, at: int) -> bool:
    """Whether a phrase ends before a name: "told reporters | River confirmed"."""
    left, right = tagged.tokens[at - 1], tagged.tokens[at]
    return left.tag == "n" and right.tag == "N" and left.text.endswith("s") and left.text[:1].islower()


def _is_adjective(tags: str, at: int, end: int) -> bool:
    """Whether a participle or adverb stands within a phrase: "unnamed officials", "the newly installed chief"."""
    if at + 1 >= end:
        return False
    if not at:
        return tags[at] in "EgG" and tags[1] in "nN"
    return (tags[at] in "EgG" and tags[at - 1] in "dApri") or (
        tags[at] == "r" and tags[at - 1] in "dA" and tags[at + 1] in "EnN"
    )


def with_attached(tagged: Tagged, phrase: Phrase) -> Phrase:
    """The phrase that ``phrase`` is attached to by "of", "for" …: "a spokesman for the mayor" from "the mayor"."""
    first, end = phrase
    while first > 1 and tagged.tags[first - 1] in "io" and tagged.tokens[first - 1].text.casefold() in _ATTACHED:
        outer = _core(tagged, first - 1)
        if outer is None or tagged.tags[first - 2] == "P":
            break
        first = outer
    return first, end


def starting(tagged: Tagged, first: int) -> Phrase | None:
    """The noun phrase that begins at ``first``, with what is attached by "of" or "for", or None."""
    end = _forward(tagged, first)
    if end is None:
        return None
    while end + 1 < len(tagged.tags) and tagged.tokens[end].text in ("of", "for", "at", "from", "in", "with"):
        further = _forward(tagged, end + 1)
        if further is None:
            break
        end = further
    return first, end


def _forward(tagged: Tagged, first: int) -> int | None:
    tags, at = tagged.tags, first
    if at < len(tags) and tags[at] in "PO":
        return at + 1
    while at < len(tags):
        tag = tags[at]
        inner = tag in "Erg" and at > first and at + 1 < len(tags) and tags[at + 1] in "nNE"
        if tag == "c" and at > first and at + 1 < len(tags) and tags[at + 1] in "nNdA":
            at += 1
            continue
        if at > first and _parts(tagged, at):
            break
        if not (tag in "nN'p" or inner or (tag in "dA" and (at == first or tags[at - 1] in "dc"))):
            break
        at += 1
    return at if at > first and tags[at - 1] in NOMINAL else None
