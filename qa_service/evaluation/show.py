"""Prints an evaluation on the terminal; the page to read is for ``report``."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from .bootstrap import Figure, figures
from .measures import RIGHT
from .outcomes import Outcome
from .sample import sample_of

_SHOWN = 300  # characters of a wrong answer


def show(outcomes: Sequence[Outcome], errors: bool) -> None:
    """Print the figures, by kind of question too, and with ``errors`` the questions that went wrong."""
    console = Console(highlight=False)
    console.print(counted(outcomes))
    console.print(_table(figures(sample_of(outcomes))))
    console.print(_kinds(outcomes))
    for outcome in outcomes:
        if errors and outcome.right is False:
            console.print(Text(f"{outcome.item.id}  {outcome.item.question}\n    → {outcome.answer.text[:_SHOWN]}"))


def counted(outcomes: Sequence[Outcome]) -> str:
    """How many questions there are, of which sort."""
    known, unknown = (sum(o.answerable is wanted for o in outcomes) for wanted in (True, False))
    return f"{len(outcomes):,} questions: {known:,} answerable, {unknown:,} not"


def by_kind(outcomes: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    """The outcomes of each kind of question, by name."""
    kinds = sorted({o.item.kind for o in outcomes})
    return {kind: [o for o in outcomes if o.item.kind == kind] for kind in kinds}


def _table(found: Sequence[Figure]) -> Table:
    table = Table("measure", "value", "95 % interval")
    for figure in found:
        table.add_row(figure.name, *figure.shown)
    return table


def _kinds(outcomes: Sequence[Outcome]) -> Table:
    table = Table("kind", "questions", "measure", "value", "95 % interval")
    for kind, of_kind in by_kind(outcomes).items():
        for figure in figures(sample_of(of_kind), RIGHT):
            table.add_row(kind, f"{len(of_kind):,}", figure.name, *figure.shown)
    return table
