"""The features of a sentence and the lines that carry it, from which its probability is reckoned in ``weights``."""

from __future__ import annotations

from collections.abc import Sequence

from qa_service.language.names import Spotted

from .carriers import Carried, sequence, share
from .contents import Term
from .grounds import Grounds, Line
from .joints import displaced, gap, seams
from .naming import stands_in
from .opposites import contrary
from .roles import swapped
from .speakers import speakers_agree

NAMES = ("similar", "told", "sequence", "names", "contrary", "swapped", "speaker", "displaced", "seams", "gap")


def features(
    sentence: str, terms: Sequence[Term], names: Sequence[Spotted], carried: Carried, grounds: Grounds
) -> tuple[float, ...]:
    """The features in the order of ``NAMES``.

    ``similar``: cosine to the best line; ``told``: the share of what the sentence tells that any passage has;
    ``sequence``: the share of neighbouring words that are neighbours in a line; ``names``: the share of names in
    or beside the carrying lines; ``contrary``: opposites and negations, up to two; ``swapped``: names have changed
    places; ``speaker``: others say it in the passages; ``displaced``, ``seams``, ``gap``: see ``joints``.
    """
    around = _around(carried, grounds)
    return (
        carried.similar[0],
        share(terms, grounds.keys),
        max(sequence(terms, line) for line in carried.lines),
        sum(any(stands_in(name, line) for line in around) for name in names) / len(names) if names else 1.0,
        min(2.0, min(contrary(sentence, text) for text in _texts(carried))),
        float(any(swapped(sentence, line) for line in carried.lines)),
        float(not speakers_agree(sentence, grounds)),
        displaced(terms, names, grounds),
        min(2.0, seams(sentence, terms, carried.lines)),
        gap(terms, carried.keys),
    )


def _texts(carried: Carried) -> tuple[str, ...]:
    return (carried.lines[0].text, " ".join(line.text for line in carried.lines))


def _around(carried: Carried, grounds: Grounds) -> list[Line]:
    """The carrying lines, each with the one before, in which a pronoun may have its name, and with its heading."""
    before = [grounds.line((line.place[0], line.place[1] - 1)) for line in carried.lines]
    passages = {line.place[0] for line in carried.lines}
    headings = [line for line in grounds.headings if line.place[0] in passages]
    return [*carried.lines, *(line for line in before if line), *headings]
