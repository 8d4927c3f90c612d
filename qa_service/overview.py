"""Says what an index holds and how it is spread over publishers, speakers and time; showing it is left to ``web``."""

from __future__ import annotations

from dataclasses import dataclass

from .answerer import Answerer
from .store.catalog import Counts
from .store.tallies import Tallies


@dataclass(frozen=True, slots=True)
class Overview:
    """What one snapshot holds: how much, of whom and when, and questions that it can answer."""

    counts: Counts
    tallies: Tallies
    examples: tuple[str, ...]


def overview(answerer: Answerer) -> Overview:
    """What the current snapshot holds. Raises NoIndex, WrongIndex or Damaged when there is none."""
    shelf = answerer.shelves.current()
    catalog = shelf.snapshot.catalog
    return Overview(catalog.counts(), catalog.tallies, shelf.suggester.examples())


def question_to(speaker: str) -> str:
    """The question for what somebody says, as the service understands it best."""
    return f"What did {speaker} say?"
