"""Finds the title among the lines above an article, and the publisher that a page title carries at its end.

A page often begins with "Title - Publisher" and repeats "Title" above the article. Otherwise the title is the first
line near the article that reads like a headline and shares its words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa_service.ingest import phrases
from qa_service.ingest.lines import FUNCTION_WORDS, Line
from qa_service.ingest.publisher import publisher_name
from qa_service.ingest.run import finishes
from qa_service.ingest.text import first_words

_SHORTEST, _LONGEST = 3, 30  # words in a headline
_STEM = 5  # letters that two forms of a word must share: improve, improving
_ENOUGH = 0.5  # the least fit of a headline
_NEARLY = 0.7  # the first headline with this share of the best fit wins over later ones, which may be a standfirst
_NEAR, _FAR_FACTOR = 12, 0.6  # lines above the article, and what a fit counts further up
_SUFFIX = re.compile(r" [-–—|:•·»]+ ")
_PAGE_TITLES = 8  # lines at the top of a page among which its page title is
_PART = 0.4  # share of a page title that is the title
_PLAIN = str.maketrans("–—‘’“”", "--''\"\"")
_FEW = 5  # lines above an article that has its title without a menu above


@dataclass(frozen=True, slots=True)
class Title:
    """A title, the index of its last line above the article (-1: it has none), and the publisher it came with."""

    text: str
    line: int = -1
    publisher: str | None = None


def fold(text: str) -> str:
    """Return ``text`` as two printings of one title have it in common: no case, plain dashes and quotes."""
    return text.casefold().translate(_PLAIN)


def _stems(text: str) -> list[str]:
    return [w[:_STEM] for w in phrases.WORD.findall(text.lower()) if len(w) > 2 and w not in FUNCTION_WORDS]


def _is_headline(line: Line) -> bool:
    if line.kind not in ("short", "phrase", "sentence") or not _SHORTEST <= line.words <= _LONGEST or finishes(line):
        return False
    return not (line.kind == "sentence" and line.text.endswith("."))


def _fit(line: Line, body: frozenset[str]) -> float:
    """Score a headline by the number of its words that the article has, times their share."""
    stems = _stems(line.text) if _is_headline(line) else []
    shared = sum(stem in body for stem in stems)
    return min(shared, 6) * shared / len(stems) if stems else 0.0


def _repeated(above: Sequence[Line]) -> Title | None:
    """Return the longest line that repeats one of the first lines up to a dash or bar, or the very first as a whole."""
    found = None
    for outer, page_title in enumerate(above[:_PAGE_TITLES]):
        for index, line in enumerate(above[outer + 1 :], outer + 1):
            rest = _rest(page_title, line)
            if rest is not None and (rest or outer == 0) and (found is None or len(line.text) >= len(found.text)):
                found = Title(line.text, index, publisher_name(_SUFFIX.split(rest)[-1]) if rest else None)
    return found


def _rest(page_title: Line, line: Line) -> str | None:
    """Return what follows ``line`` in a page title that has it as a part of its own; None where it has not."""
    if not _is_headline(page_title) or not line.words:
        return None
    text, start = page_title.text, page_title.text.translate(_PLAIN).find(line.text.translate(_PLAIN))
    rest = text[start + len(line.text) :]
    whole = start == 0 or text[start - 1] in " |"
    fits = start >= 0 and whole and len(line.text) >= _PART * len(text) and (not rest or _SUFFIX.match(rest))
    return rest if fits else None


def _cut(title: Title, rest: Sequence[Line]) -> Title:
    """Cut "Title | Publisher" in two.

    The name has to stand elsewhere among the page's furniture, or behind a bar and nowhere in its prose.
    """
    marks = list(_SUFFIX.finditer(title.text))
    name = publisher_name(title.text[marks[-1].end() :]) if marks else None
    if name is None or len(title.text[: marks[-1].start()].split()) < _SHORTEST:
        return title
    named = [line.prose for line in rest if name in line.text]
    known = not all(named) or (not named and marks[-1][0] == " | ")
    return Title(title.text[: marks[-1].start()], title.line, name) if known else title


def _best(above: Sequence[Line], body: frozenset[str]) -> int | None:
    far = len(above) - _NEAR
    fits = [_fit(line, body) * (_FAR_FACTOR if 0 < i < far else 1) for i, line in enumerate(above)]
    best = max(fits, default=0.0)
    return next(i for i, fit in enumerate(fits) if fit >= _NEARLY * best) if best > _ENOUGH else None


def _untitled(above: Sequence[Line], article: Sequence[Line]) -> Title:
    """Take the first headline right above the article, or a first line with little below it, else the first words."""
    near = range(max(0, len(above) - _FEW), len(above))
    headlines = [i for i in near if _is_headline(above[i]) or (i == 0 and above[0].kind in ("short", "phrase"))]
    if headlines and above[headlines[0]].words <= _LONGEST:
        return Title(above[headlines[0]].text, headlines[0])
    return Title(first_words(article[0].text) if article else "")


def find_title(above: Sequence[Line], article: Sequence[Line], below: Sequence[Line]) -> Title:
    """Return the title of a page from the lines ``above`` its first paragraph, the ``article`` and the lines ``below``.

    Without a headline the title is made of the first words of the article and has no line.
    """
    body = frozenset(stem for line in article if line.prose for stem in _stems(line.text))
    titled = _repeated(above)
    if titled is None and above and _is_headline(above[0]):
        titled = _cut(Title(above[0].text, 0), (*above[1:], *article, *below))
    if titled and (titled.publisher or (titled.line and _fit(above[titled.line], body) > _ENOUGH)):
        return titled
    index = _best(above, body)
    if index is None:
        return _cut(_untitled(above, article), (*above, *article, *below))
    text = above[index].text
    return Title(text, max(i for i, line in enumerate(above) if fold(line.text) == fold(text)))
