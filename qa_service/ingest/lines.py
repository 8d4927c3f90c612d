"""Cuts a scraped page into lines and says what kind of line each is; which of them are the article is for ``article``.

A line is what a browser shows as one block. In a page whose lines are wrapped by hand to one width, the lines between
two blank ones are one block and stay together, with their line breaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal

from qa_service.ingest import credits, dates, phrases
from qa_service.ingest.text import vocabulary

Kind = Literal["sentence", "phrase", "short", "menu", "interface", "date", "credit"]

FUNCTION_WORDS = vocabulary(
    "a about after all also an and any are as at be because been before between but by can could did do for from had "
    "has have he her him his how i if in into is it its just may more most no not of on one only or other our out over "
    "said she should so some such than that the their them then there they this to under until up us was we were what "
    "when where which while who why will with would you your"
)
_CLOSERS = "\"'”’»)]*"
_QUOTES = "\"“'‘«„"
_STOPS = ".!?…。！？"
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
_OPENERS = "([{*•·-–—>»→←« "
_CUT = ("...", "…")  # a teaser that breaks off
_LABEL_WORDS, _NOTICE_WORDS = 9, 45
_BARS = ("|", " / ", "»", "›", "•", "·", ">", "\t")


@dataclass(frozen=True, slots=True)
class Line:
    """One block of a page: its text verbatim, its number of words, and its kind.

    sentence   ends like a sentence and is long enough to be one
    phrase     reads like prose but has no full stop: a headline, a standfirst, a caption
    short      a few words that may be anything: a subhead, a name, an entry of a menu
    menu       names of sections, or parts between bars
    interface  speaks of the page itself: share, log in, cookies, copyright
    date       a date and time and nothing else
    credit     a byline, or the name of a news agency
    """

    text: str
    words: int
    kind: Kind

    @property
    def prose(self) -> bool:
        """Whether the line is running text."""
        return self.kind in ("sentence", "phrase")


def count_words(text: str) -> int:
    """Count the words of ``text``; scripts that put no spaces between words count two letters as a word."""
    return len(phrases.WORD.findall(text)) + len(_UNSPACED.findall(text)) // 2


def ends_sentence(text: str) -> bool:
    """Say whether ``text`` ends with a full stop or the like, inside or outside closing quotes."""
    return text.rstrip(_CLOSERS)[-1:] in _STOPS if text else False


def _is_interface(text: str, words: list[str]) -> bool:
    head = text[: phrases.LOOK].lstrip(_OPENERS)
    notice = phrases.NOTICE.match(head) or (len(words) <= _NOTICE_WORDS and phrases.ANYWHERE.search(head))
    if not words or notice:
        return True
    if len(words) > _LABEL_WORDS or ends_sentence(text):
        return False
    named = all(word in phrases.INTERFACE or word in phrases.GLUE or word.isdigit() for word in words)
    if named and not all(word in phrases.GLUE for word in words):
        return True
    return phrases.LABEL.match(head) is not None or phrases.MARK.search(head) is not None


def _is_menu(text: str, words: list[str]) -> bool:
    if len(words) <= _LABEL_WORDS and all(word in phrases.MENU or word in phrases.GLUE for word in words):
        return True
    return sum(text.count(bar) for bar in _BARS) >= 2 and not ends_sentence(text)


def _is_sentence(text: str, words: list[str]) -> bool:
    if not ends_sentence(text) or text.endswith(_CUT):
        return False
    least = 4 if text[0] in _QUOTES else 5 if any(word in FUNCTION_WORDS for word in words) else 12
    return count_words(text) >= least


def _is_phrase(text: str, words: list[str]) -> bool:
    common = sum(word in FUNCTION_WORDS for word in words) / len(words)
    lower = sum(word[0].islower() for word in text.split()) / len(words)
    return (len(words) >= 8 and common >= 0.2 and lower >= 0.4) or (len(words) >= 25 and lower >= 0.25)


def kind_of(text: str) -> Kind:
    """Say what kind of line ``text`` is, from its words and punctuation alone."""
    words = phrases.WORD.findall(text.lower())
    if dates.is_date_line(text):
        return "date"
    if credits.is_credit(text) or credits.byline(text):
        return "credit"
    if _is_interface(text, words):
        return "interface"
    if _is_menu(text, words):
        return "menu"
    if _is_sentence(text, words):
        return "sentence"
    return "phrase" if _is_phrase(text, words) else "short"


def _wrapped(rows: list[str]) -> bool:
    """Whether the page is wrapped by hand: most lines with one right below fill two thirds of one modest width."""
    inner = [len(row) for row, below in pairwise(rows) if row and below]
    width = max(inner, default=0)
    return len(inner) >= 3 and 45 <= width <= 120 and sum(3 * n >= 2 * width for n in inner) >= 0.7 * len(inner)


def _blocks(rows: list[str]) -> Iterator[str]:
    if not _wrapped(rows):
        yield from filter(None, rows)
        return
    for filled, run in groupby(rows, key=bool):
        if filled:
            yield "\n".join(run)


def read_lines(page: str) -> list[Line]:
    """Return the non-blank lines of ``page``, in order, without the white space at their ends."""
    rows = [row.strip() for row in page.split("\n")]
    return [Line(text, count_words(text), kind_of(text)) for text in _blocks(rows)]
