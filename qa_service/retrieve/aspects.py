"""Takes a question that speaks of several things apart, so that ``search`` can look for each of them by itself.

Where one message holds several questions is for ``questions.parts`` to say; here one question is cut, roughly, at the
places where it goes on to something else. Nothing depends on the grammar being right: the pieces are only searched for.
"""

from __future__ import annotations

import re

from qa_service.language.words import terms

LONG = 16  # content words from which a question is looked at: shorter ones are found better as a whole
LEAST = 4  # content words that an aspect has at least: fewer do not tell what to look for
MOST = 6  # aspects of a question

_CUT = re.compile(
    r"[;?!]\s|,\s+(?!\d{4}\b)|\s[–—]\s"  # the comma of "May 7, 2019" is none
    r"|(?<!\s)\s+(?=(?:and|while|whereas|but|or|before|after|than|compared)\s)",
    re.IGNORECASE,
)


def aspects(text: str) -> tuple[str, ...]:
    """The stretches of a long question that tell each of something else, in order; none of a short question.

    A long question that cannot be cut is one stretch: it is still judged by how far the documents speak of it.

    >>> aspects("Did the Mail report put the number of strikers in Leeds at nine hundred, while the article in the Sun "
    ...         "on the same day quoted a bus driver who saw three thousand?")  # doctest: +NORMALIZE_WHITESPACE
    ('Did the Mail report put the number of strikers in Leeds at nine hundred',
     'while the article in the Sun on the same day quoted a bus driver who saw three thousand?')
    """
    if len(terms(text)) < LONG:
        return ()
    joined: list[str] = []
    for piece in filter(None, map(str.strip, _CUT.split(text))):
        if joined and (len(joined) == MOST or _short(piece) or _short(joined[-1])):
            joined[-1] = f"{joined[-1]} {piece}"
        else:
            joined.append(piece)
    return tuple(joined)


def _short(piece: str) -> bool:
    return len(terms(piece)) < LEAST
