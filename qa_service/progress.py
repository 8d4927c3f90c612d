"""Shows on a terminal how far indexing has come."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from .library import Progress as Report

_STAGES = {
    "model": "compiling the embedding model (once)", "reading": "reading documents", "passages": "embedding passages",
    "sentences": "embedding sentences", "words": "embedding words", "writing": "writing the index",
}  # fmt: skip


@contextmanager
def shown() -> Iterator[Report]:
    """Hands out the function that stages report to, and draws a bar for each of them while the block runs."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks = {}

        def report(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(_STAGES.get(stage, stage), total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield report
