"""Draws the plots of the report as SVG that takes the colours of the page around it; the page is for ``report``.

Matplotlib is an optional dependency and heavy, so it is imported where it draws.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from qa_service.errors import BadInput

from .measures import MEASURES, mean, risk_area, risk_coverage
from .sample import Sample

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Draw = Callable[["Axes", Sample], None]

_INK, _BLUE, _RED = "#010203", "#4c8dd6", "#e0703c"  # ink as in the style, where it is explained
_SIZE = (5.2, 3.3)  # inches
_BINS = 20
_STYLE = Path(__file__).parent / "templates" / "plots.mplstyle"


def check_ready(package: str = "matplotlib") -> None:
    """Raises BadInput where the package that draws is not installed."""
    if find_spec(package) is None:
        raise BadInput(
            f"A report is drawn with {package}, which is missing; run `pip install 'qa-service[report]'`.", "report"
        )


def plots(sample: Sample) -> list[tuple[str, str]]:
    """Title and SVG of each plot that the sample has something for. Raises BadInput without matplotlib."""
    check_ready()
    drawn = []
    if _decided(sample):
        area = risk_area(sample)
        drawn.append((f"Risk and coverage, area {area:.3f}", _svg(_risk_coverage, sample, "risk")))
        drawn.append(("Confidence of the decision", _svg(_confidence, sample, "confidence")))
    drawn.append(("Latency of an answer", _svg(_latency, sample, "latency")))
    return drawn


def _decided(sample: Sample) -> bool:
    return bool((~np.isnan(sample.right_always)).any())


def _svg(draw: Draw, sample: Sample, salt: str) -> str:
    """One plot without prolog or date; ``salt`` keeps its identifiers apart from those of other plots on the page."""
    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    with matplotlib.rc_context({"svg.hashsalt": salt}, _STYLE):
        figure = Figure(figsize=_SIZE, layout="constrained")
        FigureCanvasSVG(figure)
        draw(figure.add_subplot(), sample)
        written = StringIO()
        figure.savefig(written, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    return _bare(written.getvalue())


def _bare(svg: str) -> str:
    """The SVG as an element of a page: no prolog, metadata or names of groups, ink in the colour of the page's text."""
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg[svg.index("<svg") :], flags=re.DOTALL)
    return re.sub(r'<g id="[^"]*"', "<g", svg).replace(_INK, "currentColor")


def _risk_coverage(axes: Axes, sample: Sample) -> None:
    coverage, risk = risk_coverage(sample)
    axes.plot(coverage, risk, color=_BLUE)
    judged = ~np.isnan(sample.right_always)
    answered = judged & (sample.answered == 1)
    wrong = mean(1 - sample.right_always[answered])
    if answered.any():
        axes.plot(answered.sum() / judged.sum(), wrong, "o", color=_RED, label="as the service decides")
        axes.legend(loc="upper left")
    axes.set(xlabel="share answered", ylabel="share of these wrong", xlim=(0, 1.02), ylim=(0, 1.02))


def _confidence(axes: Axes, sample: Sample) -> None:
    edges = np.linspace(0, 1, _BINS + 1).tolist()
    kinds = ((1.0, "answerable", _BLUE), (0.0, "not answerable", _RED))
    for wanted, label, color in kinds:
        of_kind = sample.confidence[sample.answerable == wanted]
        if len(of_kind):
            axes.hist(of_kind, edges, color=color, alpha=0.6, label=f"{label} ({len(of_kind):,})")
    axes.legend()
    axes.set(xlabel="confidence", ylabel="questions", xlim=(0, 1))


def _latency(axes: Axes, sample: Sample) -> None:
    times = np.maximum(sample.milliseconds, 0.01)
    edges = np.geomspace(times.min() * 0.9, times.max() * 1.1, 2 * _BINS).tolist()
    axes.hist(times, edges, color=_BLUE, alpha=0.7)
    for name, style in (("median ms", "-"), ("p95 ms", "--")):
        value = MEASURES[name](sample)
        axes.axvline(value, color=_RED, linestyle=style, label=f"{name.removesuffix(' ms')} {value:.1f} ms")
    axes.legend()
    axes.set(xlabel="milliseconds", ylabel="questions", xscale="log")
    axes.xaxis.set_major_formatter("{x:g}")
