"""A text with its content words and the small words that decide what these mean; they are compared in ``wording``.

"Not", "may", "some" and "hopes to" are marks of the content word behind them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa_service.language.words import term

from .contents import Term, contents
from .dates import days

MODAL = frozenset(("will", "can", "may", "must"))
HEDGE = "hedge"  # the class of words after which something has not happened: "hopes to", "refused to", "likely"
BINDING = MODAL | {HEDGE, "not", "some", "few", "fewer", "only", "half", "many", "most", "several", "less"}

_LISTED = {
    "not": "not never no neither nor none without cannot hardly nobody nothing nowhere",
    "will": "will would shall ll d",
    "can": "can could able",
    "may": "may might",
    "must": "must should ought",
    "before": "before prior",
}
_ALONE = (
    "all every each some several few fewer many most more less least only both any half either after until till since "
    "during over under above below against despite because if unless although though than within except outside inside "
    "up down off out away"
)
_CLASSES = {word: name for name, listed in _LISTED.items() for word in listed.split()} | {w: w for w in _ALONE.split()}
_HEDGES = frozenset(
    term(word)
    for word in (
        "hope want wish plan intend intention expect refuse refusal fail failure deny denial reject decline consider "
        "propose proposal suggest demand urge promise threaten claim accuse allege allegedly reportedly try attempt "
        "seek likely unlikely possible possibly perhaps maybe almost nearly fear doubt offer agree ready willing "
        "willingness possibility"
    ).split()
)
_SHORTENED = {"won't": "will", "can't": "can", "shan't": "will"}
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_REACH, _NEAR = 3, 4  # words from a mark to what it binds, and to what it may bind


class Told:
    """A text taken apart; ``places`` has the positions of each key among the terms."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.terms = contents(text)
        self.places: dict[str, list[int]] = {}
        for at, one in enumerate(self.terms):
            self.places.setdefault(one.key, []).append(at)
        self.keys = frozenset(self.places)
        self.marks = tuple(self._small_words()) + tuple(self._hedges())

    def count(self, name: str) -> int:
        """How many marks of a class there are."""
        return sum(mark == name for mark, _, _ in self.marks)

    def bound(self, key: str) -> set[str]:
        """The classes of the marks before a content word, at any of its places."""
        starts = [self.terms[at].start for at in self.places.get(key, ())]
        return {
            name
            for name, behind, at in self.marks
            for start in starts
            if at < start and (behind == key or len(self.text[at:start].split()) <= _NEAR)
        }

    def free(self, key: str) -> bool:
        """Whether a content word stands somewhere without a mark that binds it right before it."""
        return any(not self._binds(at) for at in self.places.get(key, ()))

    def in_order(self, first: str, second: str) -> bool:
        """Whether one content word stands before another."""
        return any(x < y for x in self.places.get(first, ()) for y in self.places.get(second, ()))

    def beside(self, first: str, second: str, most: int = 1) -> bool:
        """Whether two content words are neighbours, or at most so many words apart."""
        return any(0 < abs(x - y) <= most for x in self.places.get(first, ()) for y in self.places.get(second, ()))

    def _binds(self, at: int) -> bool:
        start, before = self.terms[at].start, self.terms[at - 1].start if at else -1
        return any(
            behind == self.terms[at].key and name in BINDING and before <= place < start
            for name, behind, place in self.marks
        )

    def _small_words(self) -> Iterator[tuple[str, str, int]]:
        dated = days(self.text)
        for found in _WORD.finditer(self.text):
            if any(day.start <= found.start() < day.end for day in dated):
                continue  # "May" of a date
            for name in _classes(found.group()):
                behind = next((one for one in self.terms if one.start >= found.end()), None)
                near = behind and len(self.text[found.end() : behind.start].split()) <= _REACH
                yield name, behind.key if behind and near else "", found.start()

    def _hedges(self) -> Iterator[tuple[str, str, int]]:
        for one, behind in zip(self.terms, self.terms[1:], strict=False):
            if one.key in _HEDGES:
                yield HEDGE, behind.key, one.start


def is_name(one: Term) -> bool:
    """Whether a content word is written as a name."""
    return one.raw[0].isupper()


def _classes(word: str) -> Iterator[str]:
    bare = word.casefold().replace("’", "'")
    if bare in _CLASSES:
        yield _CLASSES[bare]
    if bare.endswith("n't"):
        yield "not"
        stem = _SHORTENED.get(bare, bare[:-3])
        if stem in _CLASSES:
            yield _CLASSES[stem]
    elif bare.endswith(("'ll", "'d")):
        yield "will"
