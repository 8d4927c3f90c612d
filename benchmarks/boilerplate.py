"""Measures how well ``clean_page`` separates an article from its page, against two simple ways of doing so.

    python benchmarks/boilerplate.py [FOLDER]

FOLDER (default: ``article_extraction`` in the folder named by ``QA_DATA_DIR``) holds ``html/<key>.html.gz`` and
``ground-truth.json``, which maps each key to its ``articleBody``. A page's HTML becomes the text that a scraper would
store: one line for each block, without scripts. Texts are compared as bags of words, page by page; the figures are
means over the pages. The rules were written with two thirds of the pages in view; the last third is held out.

``articleBody`` leaves out standfirsts and picture captions, which ``clean_page`` keeps because they state facts.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from statistics import mean, median

from qa_service.errors import BadDocument
from qa_service.ingest.clean import clean_page
from qa_service.ingest.text import vocabulary

_DROPPED = frozenset(("script", "style", "noscript", "template", "svg", "iframe", "object"))
_BLOCKS = vocabulary(
    "address article aside blockquote br button caption center dd details dialog div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr label legend li main menu nav ol option p pre section select "
    "summary table tbody td tfoot th thead title tr ul"
)
_WORD = re.compile(r"\w+")
_LONG_LINE = 60  # characters


class _PageText(HTMLParser):
    """Collects the text of a page, with a line break on either side of each block."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.dropped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.dropped += tag in _DROPPED
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        self.dropped = max(0, self.dropped - (tag in _DROPPED))
        self._break(tag)

    def handle_data(self, data: str) -> None:
        if not self.dropped:
            self.pieces.append(re.sub(r"\s+", " ", data))

    def _break(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.pieces.append("\n")


def page_text(html: str) -> str:
    """Return the text of a page as it might be scraped: a line for each block, blank lines between them."""
    parser = _PageText()
    parser.feed(html)
    parser.close()
    lines = (re.sub(r" +", " ", line).strip() for line in "".join(parser.pieces).split("\n"))
    return "\n\n".join(filter(None, lines))


def everything(page: str) -> str:
    return page


def long_lines(page: str) -> str:
    return "\n".join(line for line in page.split("\n") if len(line) >= _LONG_LINE)


def cleaned(page: str) -> str:
    try:
        return clean_page(page, "page", "").text
    except BadDocument:
        return ""


@dataclass(frozen=True, slots=True)
class Score:
    """Word-level precision, recall and F1 of one text against another."""

    precision: float
    recall: float
    f1: float


def compare(text: str, gold: str) -> Score:
    found, wanted = Counter(_WORD.findall(text)), Counter(_WORD.findall(gold))
    common = (found & wanted).total()
    precision, recall = common / max(1, found.total()), common / max(1, wanted.total())
    return Score(precision, recall, 2 * precision * recall / (precision + recall) if common else 0.0)


def read_pages(folder: Path) -> list[tuple[str, str]]:
    """Return the text and the gold text of each page, in the order of their keys."""
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    html = {key: gzip.decompress((folder / "html" / f"{key}.html.gz").read_bytes()) for key in sorted(truth)}
    return [(page_text(html[key].decode("utf-8", "replace")), truth[key]["articleBody"]) for key in html]


def report(name: str, method: Callable[[str], str], pages: Sequence[tuple[str, str]]) -> str:
    """Return one row of figures for ``method`` on ``pages``."""
    start = time.perf_counter()
    texts = [method(page) for page, _ in pages]
    spent = (time.perf_counter() - start) / len(pages)
    scores = [compare(text, gold) for text, (_, gold) in zip(texts, pages, strict=True)]
    figures = [mean(s.precision for s in scores), mean(s.recall for s in scores), mean(s.f1 for s in scores)]
    columns = "  ".join(f"{figure:.3f}" for figure in [*figures, median(s.f1 for s in scores)])
    return f"{name:28}{columns}  {spent * 1000:8.1f}"


def main(arguments: Sequence[str]) -> int:
    folder = Path(arguments[0]) if arguments else Path(os.environ.get("QA_DATA_DIR", "")) / "article_extraction"
    if not (folder / "ground-truth.json").is_file():
        sys.stderr.write("No ground-truth.json; name the folder of the data set, or set QA_DATA_DIR.\n")
        return 2
    pages = read_pages(folder)
    seen = [page for number, page in enumerate(pages) if number % 3 != 2]
    parts = {"seen": seen, "held out": pages[2::3], "all": pages}
    methods = {"everything": everything, f"lines of >= {_LONG_LINE}": long_lines, "clean_page": cleaned}
    sys.stdout.write(f"{'':28}prec.  recall F1     median ms/page\n")
    for part, chosen in parts.items():
        sys.stdout.write(f"{part} ({len(chosen)} pages)\n")
        sys.stdout.writelines(report("  " + name, method, chosen) + "\n" for name, method in methods.items())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
