"""Finds the run of a page's lines that holds its article; what of it is kept, and the title, is for ``article``.

The run is the one with the greatest sum of line scores (maximum subsequence segmentation: J. Pasternack and D. Roth,
"Extracting article text from the web with maximum subsequence segmentation", WWW 2009), with scores that follow from
the kind of line instead of a trained classifier.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa_service.ingest import phrases
from qa_service.ingest.lines import Line

# Scores are counted in words; the ceiling stops one long notice from outweighing an article.
_CEILING = 60
_LONG_PHRASE = 16  # words; a caption or standfirst of this length is no headline of another article
_OTHER = {"short": -1.0, "phrase": -0.5, "menu": -4.0, "interface": -2.0, "date": -1.0, "credit": -1.0}
_BOX = -20.0
_BELOW_BOX = 0.5  # what prose counts below the heading of a box, once there is an article above it
_ALONE = 0.25  # what prose counts that stands by itself below a short line: a teaser below its headline
_GAP = 3  # lines, notices of the page between them, at which two lines are neighbours
_ENOUGH = 30.0  # words of an article
_LABEL_WORDS = 12  # at most, in a heading of the page


def _opens(line: Line, pattern: re.Pattern[str]) -> bool:
    return (line.words <= _LABEL_WORDS or line.kind == "interface") and bool(pattern.match(line.text[: phrases.LOOK]))


def finishes(line: Line) -> bool:
    """Say whether ``line`` is a heading, such as "Leave a comment", below which there is nothing of the article."""
    return _opens(line, phrases.FINISH)


def opens_box(line: Line) -> bool:
    """Say whether ``line`` is a heading, such as "Related articles", of a box that is not part of the article."""
    return line.kind != "sentence" and _opens(line, phrases.BOX)


def _score(line: Line) -> float:
    """Return how strongly a line by itself speaks for (positive) or against being part of the article."""
    if opens_box(line):
        return _BOX
    if line.kind == "sentence":
        return float(min(line.words, _CEILING))
    if line.kind == "phrase" and line.words >= _LONG_PHRASE:
        return min(line.words, _CEILING) / 2
    return _OTHER[line.kind]


def _teasers(lines: Sequence[Line]) -> set[int]:
    """Return which lines stand by themselves below a short line, notices of the page not counted."""
    text = [i for i, line in enumerate(lines) if line.kind != "interface"]
    found = set()
    for above, index, below in zip([-1 - _GAP, *text], text, [*text[1:], len(lines) + _GAP], strict=False):
        near = [i for i in (above, below) if abs(i - index) <= _GAP]
        headed = above in near and lines[above].text[0].isalnum()
        if headed and not any(lines[i].prose for i in near):
            found.add(index)
    return found


def find_run(lines: Sequence[Line]) -> tuple[int, int]:
    """Return the half-open range of lines with the greatest sum of scores, or (0, 0) where no line is prose.

    A line such as "Leave a comment" ends the search once an article has been found, and begins it anew before that.
    """
    teasers = _teasers(lines)
    best, total, start, span, weight = 0.0, 0.0, 0, (0, 0), 1.0
    for index, line in enumerate(lines):
        if finishes(line) and best >= _ENOUGH:
            break
        if opens_box(line) and best >= _ENOUGH:
            weight = _BELOW_BOX
        if total <= 0 or finishes(line):
            total, start = 0.0, index
        score = _score(line)
        total += score * weight * (_ALONE if index in teasers else 1) if score > 0 else score
        if total > best:
            best, span = total, (start, index + 1)
    return span
