"""Puts the article of a page together from its run of lines: title, standfirst, paragraphs, without furniture inside.

Where the run is comes from ``run``, which line is the title from ``title``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa_service.ingest.lines import Line
from qa_service.ingest.run import find_run, finishes, opens_box
from qa_service.ingest.title import Title, find_title, fold

_CLOSING_LINES = 5  # at most, below the last sentence
_MOST = 0.6  # share of the lines of a list that hold a number
_HEAD_LINES = 15  # at most, between a title and its standfirst, captions and first paragraph
_HEAD_PHRASES = 3  # more than these are headlines of other articles


@dataclass(frozen=True, slots=True)
class Article:
    """The title of a page and the indices of the lines that make the text, in order."""

    title: Title
    kept: list[int]


def _furniture(line: Line) -> bool:
    return line.kind not in ("short", "phrase", "sentence") or finishes(line) or opens_box(line)


def _with_list(lines: Sequence[Line], end: int) -> int:
    """Return the end of the run with the short lines that follow it, where they are part of the article.

    They are if they are a list of facts (most of them hold a number: fixtures, dates, results), or if they are the
    last few lines of a page without any furniture.
    """
    stop = next((i for i in range(end, len(lines)) if _furniture(lines[i])), len(lines))
    facts = sum(line.words >= 3 and any(c.isdigit() for c in line.text) for line in lines[end:stop])
    closing = stop - end <= _CLOSING_LINES and not any(line.kind in ("menu", "interface") for line in lines)
    return stop if closing or facts >= max(3, _MOST * (stop - end)) else end


def _between(lines: Sequence[Line], title: int, start: int, end: int) -> list[int]:
    """Return which lines between the title and the article's run belong to it: standfirst and captions.

    A short line does if the article repeats it, such as a caption that names a person.
    """
    if title < 0 or start - title > _HEAD_LINES:
        return []
    article = "\n".join(line.text for line in lines[start:end] if line.prose)
    head = [(i, lines[i]) for i in range(title + 1, start)]
    kept = [i for i, line in head if line.prose or (line.kind == "short" and line.words >= 3 and line.text in article)]
    return kept if sum(lines[i].kind == "phrase" for i in kept) <= _HEAD_PHRASES else []


def _timeline(lines: Sequence[Line], start: int, end: int) -> set[int]:
    """Return which dates of the run are subheads: there are several, each with prose right below."""
    found = {i for i in range(start + 1, end - 1) if lines[i].kind == "date" and lines[i + 1].prose}
    return found if len(found) > 1 else set()


def _inside(lines: Sequence[Line], start: int, end: int) -> list[int]:
    """Return which lines of the article's run are its own, and no furniture of the page.

    A short line or an entry of a menu is furniture if the page has it outside the article as well.
    """
    elsewhere = {line.text for line in (*lines[:start], *lines[end:])}
    dated = _timeline(lines, start, end)

    def own(line: Line) -> bool:
        return line.kind in ("short", "menu") and line.text not in elsewhere and not opens_box(line)

    return [i for i in range(start, end) if lines[i].prose or i in dated or own(lines[i])]


def _first_paragraph(lines: Sequence[Line], start: int, end: int) -> int:
    """Return the index of the first line of the run that cannot be a headline."""
    return next((i for i in range(start, end) if lines[i].kind == "sentence" and lines[i].text[-1] not in "?!"), start)


def _without_prose(lines: Sequence[Line]) -> Article:
    """Return the article of a page of short lines only: all of them but the furniture; a lone title is text as well."""
    own = [i for i, line in enumerate(lines) if line.kind in ("short", "phrase")]
    title = find_title(lines, [lines[i] for i in own], ())
    return Article(title, [i for i in own if i != title.line] or own)


def _own(lines: Sequence[Line], kept: list[int], title: Title) -> list[int]:
    """Drop the title and what the page says twice."""
    seen = {fold(title.text)} if title.line >= 0 else set()
    own = []
    for index in kept:
        key = fold(lines[index].text)
        if key not in seen:
            own.append(index)
        if lines[index].prose:
            seen.add(key)
    return own


def find_article(lines: Sequence[Line]) -> Article:
    """Return title and text lines of a page; no lines are kept where it is nothing but furniture."""
    start, end = find_run(lines)
    if start == end:
        return _without_prose(lines)
    first = _first_paragraph(lines, start, end)
    end = _with_list(lines, end)
    title = find_title(lines[:first], lines[start:end], lines[end:])
    start = max(start, title.line + 1)
    kept = _between(lines, title.line, start, end) + _inside(lines, start, end)
    return Article(title, _own(lines, kept, title))
