"""The quotations of a sentence, and whether a text has them word for word; who said them is left to ``speakers``."""

from __future__ import annotations

import re
from collections.abc import Sequence

_PAIRS = (
    r"(?<![\w.,!?…])“([^“”\"]+)(?:[”\"]|$)", r"„([^“”„]+)(?:[“”]|$)", r"«([^«»]+)(?:»|$)",
    r"(?<![\w.,!?…])»([^«»]+)(?:«|$)",
    r"(?<![\w\"])\"(?=[\w‘'“$£€(\[….])([^\"]+)(?:\"|$)", r"^([^\"“„«\n]+[,.!?\w])[\"”](?=\s|[,.;:!?]|$)",
    r"(?<![\w’'])[‘'](?=[A-Za-z\[…])(?!\d)([^‘\"“”\n]*?[\w.,!?…\]])['’](?!\w)", r"(?<!\w)``\s?([^`\n]+?)''",
)  # fmt: skip
_QUOTED = tuple(re.compile(pair) for pair in _PAIRS)
_GAP = re.compile(r"…|\.{3,}|\[[^\]]*\]")
_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*|[%$€£]")


def quotations(text: str) -> list[str]:
    """What stands in quotation marks of any kind; what is left open counts to the end.

    >>> quotations('He called it “a step”, she "a leap". The players\\' union agreed.')
    ['a step', 'a leap']
    """
    spans = sorted(match.span(1) for pattern in _QUOTED for match in pattern.finditer(text))
    outer: list[tuple[int, int]] = []
    for start, end in spans:
        if not outer or start >= outer[-1][1]:
            outer.append((start, end))
    return [text[start:end] for start, end in outer]


def spoken(text: str) -> tuple[str, ...]:
    """The words of a text as quotations are compared: case-folded, without marks."""
    return tuple(word.casefold().replace("’", "'") for word in _WORD.findall(text))


def is_quoted(quotation: str, texts: Sequence[str]) -> bool:
    """Whether one of the texts, given by ``joined``, has a quotation; what is left out of it ("…") divides it."""
    pieces = [joined(piece) for piece in _GAP.split(quotation)]
    return any(all(piece in text for piece in pieces if piece.strip()) for text in texts)


def joined(text: str) -> str:
    """The words of a text between single blanks, with one at either end, so that whole words are found in it."""
    return f" {' '.join(spoken(text))} "
