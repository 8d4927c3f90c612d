"""Writes an evaluation as one HTML page without scripts or remote parts; the plots on it are for ``plots``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, Template, select_autoescape
from markupsafe import Markup

from .bootstrap import Figure, figures
from .measures import BY_KIND
from .mistakes import mistakes, poor_rewrites
from .outcomes import Outcome
from .plots import plots
from .sample import sample_of
from .show import by_kind, counted

_LISTED = 500  # mistakes at most, so that a browser can open the page


def write_report(outcomes: Sequence[Outcome], name: str, file: Path) -> None:
    """Write the page about the questions of the file ``name``. Raises BadInput without matplotlib."""
    file.write_text(page(outcomes, name), encoding="utf-8")


def page(outcomes: Sequence[Outcome], name: str) -> str:
    """The page as HTML; whatever comes from questions and documents is escaped."""
    sample = sample_of(outcomes)
    wrong, poor, kinds = mistakes(outcomes), poor_rewrites(outcomes), _kinds(outcomes)
    return _template().render(
        name=name,
        counted=counted(outcomes),
        first=outcomes[0].answer,
        figures=figures(sample),
        kinds=kinds,
        measures=[name for name in BY_KIND if any(name in found for _, _, found in kinds)],
        plots=[(title, Markup(svg)) for title, svg in plots(sample)],  # drawn from numbers alone
        mistakes=wrong[:_LISTED],
        mistaken=len(wrong),
        rewrites=poor[:_LISTED],
        rewritten=len(poor),
    )


def _template() -> Template:
    loader = PackageLoader("qa_service.evaluation")
    environment = Environment(loader=loader, autoescape=select_autoescape(), undefined=StrictUndefined)
    return environment.get_template("report.html")


def _kinds(outcomes: Sequence[Outcome]) -> list[tuple[str, int, dict[str, Figure]]]:
    """Name, number of questions and figures by measure, of each kind of question."""
    kinds = by_kind(outcomes)
    return [(kind, len(of), {f.name: f for f in figures(sample_of(of), BY_KIND)}) for kind, of in kinds.items()]
