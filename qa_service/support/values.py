"""The values of the sentence check: a passage as evidence, and the verdict, which ``checker`` reaches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Reason = Literal["names", "numbers", "quotation", "markup", "order", "unsupported"]
Place = tuple[int, int]  # the number of a passage and of a sentence in it, from 0


@dataclass(frozen=True, slots=True)
class Evidence:
    """One passage: its sentences in order, and what is known of it: title, publisher, date, who speaks."""

    sentences: tuple[str, ...]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check makes of a sentence.

    ``probability`` (0 to 1) is how likely it rests on the passages; it is 0 where a rule forbids the sentence.
    ``rests_on`` names the sentences that carry it, the best first, at most three. ``reason`` says why it is not
    supported, and is None where it is.
    """

    probability: float
    supported: bool
    rests_on: tuple[Place, ...] = ()
    reason: Reason | None = None
