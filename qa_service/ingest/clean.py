"""Turns the raw text of a page or a Markdown file into a Document; reading files is for ``load``.

The text of a page's Document is made of lines of the page, each verbatim but for white space at its ends, with one
blank line between any two. Title, dates, bylines and agency credits become fields and leave it; a dateline stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath

from qa_service.errors import BadDocument
from qa_service.ingest.about import Surroundings, read_about
from qa_service.ingest.article import Article, find_article
from qa_service.ingest.lines import Line, read_lines
from qa_service.ingest.markdown import clean_markdown
from qa_service.ingest.text import document_id, plain_text
from qa_service.types import Document

__all__ = ["clean_markdown", "clean_page", "document_id"]

_BIOGRAPHY = re.compile(r" (?:is|was|has|covers|writes|reports|joined)\b")
_JOIN = "\n\n"
_NEAR = 5  # lines of an article among which its dateline may stand, after standfirst and captions
_FAR = 45  # lines between a title and the text it belongs to
_HEAD = 12  # lines above an article that speak of it, where its title is not among them
_OPENING = 3  # lines at the beginning of an article among which a date or byline may stand


def _around(lines: Sequence[Line], article: Article) -> Surroundings:
    first, last = min(article.kept), max(article.kept)
    top = article.title.line if 0 <= first - article.title.line <= _FAR else max(first - _HEAD, 0)
    opening = min(first + _OPENING, len(lines))
    kept = frozenset(article.kept)
    head = [lines[i] for i in range(top, opening) if i not in kept]
    inner = [lines[i] for i in range(opening, last) if i not in kept]
    return Surroundings(lines[:top], head, inner, lines[last + 1 :])


def _without_biography(kept: list[str], author: str | None) -> list[str]:
    """Drop what the page says of the author below the article: "Jane Doe is a reporter ..."."""
    while author and len(kept) > 1 and kept[-1].startswith(author) and _BIOGRAPHY.match(kept[-1], len(author)):
        kept = kept[:-1]
    return kept


def clean_page(raw: str, name: str, origin: str) -> Document:
    """Return the article in ``raw``, the text of a scraped page read from ``origin``, as the Document ``name``.

    Raises BadDocument where nothing is left but menus and notices, and for characters that are not text.
    """
    label = PurePath(origin).name or name
    lines = read_lines(plain_text(raw, label))
    article = find_article(lines)
    if not article.kept:
        raise BadDocument(f"{label} has no text besides menus and notices; give a file that holds an article.")
    kept = [lines[i].text for i in article.kept]
    about = read_about(_around(lines, article), kept[:_NEAR])
    text = _JOIN.join(_without_biography(kept, about.author))
    source = article.title.publisher or about.source
    return Document(
        id=document_id(source, text),
        name=name,
        title=article.title.text,
        text=text,
        source=source,
        agency=about.agency,
        author=about.author,
        place=about.place,
        published_at=about.published_at,
        origin=origin,
    )
