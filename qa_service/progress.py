"""Shows how far indexing has come."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from .reading import Progress as Report

_STAGES = {
    "model": "compiling the embedding model (once)", "reading": "reading documents", "passages": "embedding passages",
    "sentences": "embedding sentences", "words": "embedding words", "writing": "writing the index",
}  # fmt: skip


@contextmanager
def shown() -> Iterator[Report]:
    """Hands out the function that stages report to; shows on standard error what it hears while the block runs.

    On a terminal a bar moves for each stage; elsewhere, in a log, one line says that a stage begins.
    """
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _lines(console)
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as bars:
        yield _moving(bars)


def _lines(console: Console) -> Report:
    begun: set[str] = set()

    def report(stage: str, done: int, total: int) -> None:
        if stage not in begun:
            begun.add(stage)
            console.print(f"{_STAGES.get(stage, stage)} …", highlight=False, soft_wrap=True)

    return report


def _moving(bars: Progress) -> Report:
    tasks: dict[str, TaskID] = {}

    def report(stage: str, done: int, total: int) -> None:
        if stage not in tasks:
            tasks[stage] = bars.add_task(_STAGES.get(stage, stage), total=total)
        bars.update(tasks[stage], completed=done, total=total)

    return report
