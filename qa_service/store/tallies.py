"""Counts the documents of a catalog by publisher and month and its statements by speaker; running the queries is left
to ``catalog``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from qa_service.store.rows import Row

SOURCES = 100  # publishers told at most
SPEAKERS = 12  # speakers told at most

# Of the rows of a group, SQLite takes a bare column from the one with the maximum: the spelling that is met most.
_SOURCES = """
    SELECT source, sum(n), max(n) FROM
        (SELECT source_folded, source, count(*) AS n FROM documents WHERE source_folded <> '' GROUP BY 1, 2 ORDER BY 2)
    GROUP BY source_folded ORDER BY 2 DESC, source_folded LIMIT ?
"""
_SPEAKERS = """
    SELECT speaker, sum(n), max(n) FROM
        (SELECT speaker_key, speaker, count(*) AS n FROM statements WHERE speaker_key <> '' GROUP BY 1, 2 ORDER BY 2)
    GROUP BY speaker_key ORDER BY 2 DESC, speaker_key LIMIT ?
"""
_MONTHS = """
    SELECT substr(published_at, 1, 7), count(*) FROM documents WHERE published_at IS NOT NULL GROUP BY 1 ORDER BY 1
"""
_DAYS = "SELECT min(published_at), max(published_at) FROM documents"


@dataclass(frozen=True, slots=True)
class Tallies:
    """How the contents of a catalog are spread: each pair is a name and how often it occurs.

    ``sources`` and ``speakers`` are as they are spelt most, the most frequent first; ``months`` ("2017-05") are in
    order, without those in which nothing was published. The days are None where no document has one.
    """

    first_day: date | None
    last_day: date | None
    sources: tuple[tuple[str, int], ...]
    speakers: tuple[tuple[str, int], ...]
    months: tuple[tuple[str, int], ...]


def days(select: Callable[..., list[Row]]) -> tuple[date | None, date | None]:
    """The first and the last day on which a document of a catalog was published; None where none has a day."""
    first, last = (date.fromisoformat(day) if day else None for day in select(_DAYS)[0])
    return first, last


def tallied(select: Callable[..., list[Row]]) -> Tallies:
    """The tallies of a catalog; ``select`` runs a query on it with its parameters."""
    first, last = days(select)
    return Tallies(
        first_day=first,
        last_day=last,
        sources=tuple(row[:2] for row in select(_SOURCES, SOURCES)),
        speakers=tuple(row[:2] for row in select(_SPEAKERS, SPEAKERS)),
        months=tuple(row[:2] for row in select(_MONTHS)),
    )
