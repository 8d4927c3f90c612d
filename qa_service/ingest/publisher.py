"""Reads who published a page, as a reader knows them: from a page title, a date line, a credit or a copyright notice.

A name is taken only where the page presents it as its own; without that the publisher stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from qa_service.ingest import credits, dates, phrases
from qa_service.ingest.lines import Line
from qa_service.ingest.text import vocabulary

_GLUE = vocabulary("of the and & for in on")
_PRESS_WORDS = vocabulary(
    "bulletin chronicle courier daily express gazette globe guardian herald independent journal mail media mirror "
    "monitor network news observer online post press radio review star standard sun telegraph times today tribune tv "
    "weekly"
)
# A company that owns publishers is not known to their readers.
_COMPANY_WORDS = vocabulary(
    "broadcasting communications company corp corporation entertainment group holding holdings interactive media "
    "networks operations partners properties publications publishing ventures getty inc llc ltd limited plc gmbh ag"
)
_RIGHTS = re.compile(
    r"\A(?:copyright|©|\(c\)|[\s:]){1,6}(?:\d{4}(?:\s?[-–]\s?(?:\d{4})?)?)?[\s,]{0,3}(?:by )?(?P<name>[^.,|©]{2,48}?)"
    r"[\s.,|]{1,3}all rights reserved",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"\A(?:source|publisher|publication)\s*:\s*(?P<name>[^|•·]{2,48})", re.IGNORECASE)


def publisher_name(text: str) -> str | None:
    """Return ``text`` if it looks like a publisher's name: one to five words, each with a capital or a dot in it."""
    name = text.strip(" -–—|:/•·»()[]")
    words = name.split()
    fits = 1 <= len(words) <= 5 and all(w in _GLUE or not w[0].islower() or "." in w for w in words)
    known = all(w.lower() in phrases.MENU or w in _GLUE for w in words)
    return name if fits and not known and len(name) <= 40 and any(c.isalpha() for c in name) else None


def before_date(line: Line) -> str | None:
    """Return what stands before the date in "(Name) Updated: date" or "By Jane Doe | Name | Published: date"."""
    label = dates.label(line.text) if line.kind != "sentence" else None
    return line.text[: label.start()].rstrip("|•· ").rpartition("|")[2].strip() if label else None


def _before_date(line: Line, page: str) -> str | None:
    """Return the name before a date, if it is a publisher's and no person's or agency's."""
    front = before_date(line)
    name = publisher_name(front) if front and not credits.byline(front) else None
    if not front or name is None or credits.agency_of(name):
        return None
    press = any(word.lower() in _PRESS_WORDS for word in name.split())
    return name if front[0] in "([" or press or page.count(name) > 1 else None


def _after_label(line: Line) -> str | None:
    match = _SOURCE.match(line.text[: credits.LONGEST])
    name = publisher_name(match["name"]) if match and line.kind != "sentence" else None
    return None if name is None or credits.agency_of(name) else name


def _owner(line: Line) -> str | None:
    match = _RIGHTS.match(line.text[: phrases.LOOK])
    name = publisher_name(match["name"]) if match else None
    if name is None or credits.agency_of(name) or not _COMPANY_WORDS.isdisjoint(name.lower().split()):
        return None
    return name


def find_publisher(head: Iterable[Line], tail: Iterable[Line]) -> str | None:
    """Return the publisher that the lines around the title (``head``) or below the article (``tail``) name."""
    above, below = list(head), list(tail)
    page = "\n".join(line.text for line in above)
    found = [_before_date(line, page) for line in above] + [_after_label(line) for line in above + below]
    return next(filter(None, found + [_owner(line) for line in below]), None)
