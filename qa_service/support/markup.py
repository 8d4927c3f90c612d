"""Tells what is no plain prose: markup, links, code, and tokens without a statement; meaning is left to ``checker``."""

from __future__ import annotations

import re

from qa_service.language.words import words

_TAG = r"</?[A-Za-z!][^<>]{0,300}>|<!--|&(?:[A-Za-z]{2,8}|#x?[0-9A-Fa-f]{1,6});"
_LINK = r"\b(?:https?|ftp|file|data|javascript|mailto):\S|\bwww\.\w|\]\s?[(\[]\s?\S|!\[|\[[^\]\n]*\]:"
_MARKDOWN = (
    r"\*\*\S|__\w|~~\S|^\s{0,3}(?:#{1,6}\s|>\s|[-*+]\s|\|)|\|\s?-{3}|\|[^|\n]*\|[^|\n]*\||(?<!\w)\*\w[^*\n]*\w\*"
)
_CODE = (
    r"```|(?<!\w)`[^\s`](?:[^`\n]*[^\s`])?`(?!\w)|\{\{|\}\}|\$\{|\$\(|=>|[;{}]\s*$|\w\(\)|[=!]==?\s*[\"'\w]"
    r"|<\?|\?>|<\|"
)
_HIDDEN = (
    "[\u0000-\u0008\u000b-\u001f\u007f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff"
    "\U000e0000-\U000e0fff]"
)
_MARKUP = re.compile("|".join((_TAG, _LINK, _MARKDOWN, _CODE, _HIDDEN)), re.MULTILINE)
_FEWEST = 3  # words from which something can be stated


def has_markup(text: str) -> bool:
    """Whether a text has markup, a link, an image, code or characters that are not shown.

    >>> has_markup("See [here](https://a.example)."), has_markup("They met in Oslo (Norway).")
    (True, False)
    """
    return bool(_MARKUP.search(text))


def is_fragment(text: str) -> bool:
    """Whether a text has too few words to state something.

    >>> is_fragment("PWNED-123"), is_fragment("He left Oslo.")
    (True, False)
    """
    return sum(any(letter.islower() for letter in word.text) for word in words(text)) < _FEWEST
