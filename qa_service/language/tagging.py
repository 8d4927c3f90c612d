"""Reads a sentence shallowly: its words, marks and quotations, each with a letter for what it may do there.

The letters make a string, in which ``phrases``, ``subjects`` and ``contents`` look for patterns. A quotation is one
token, and what stands in brackets is none. English has few words that carry grammar, so a list of them and of the verbs
that attribute goes far (Abney, Parsing by Chunks, 1991); which letter a word has is decided in ``letters``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa_service.language.letters import Token, lettered

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}|\d+(?:[.,:/]\d+)*(?:-\w+)*|[^\W_]+(?:[-’'.&/](?=[^\W_])[^\W_]+)*(?:['’](?=\s|$))?|--|''|[^\w\s]"
)
_QUOTATION = re.compile(
    r"\"[^\"”\n]*(?:[\"”]|$)|“[^”\"\n]*(?:[”\"]|$)|''[^\n]*?(?:''|$)|(?<!\w)[‘'](?=\w)[^\n‘\"“]*?[’'](?!\w)"
)
_BRACKETED = re.compile(r"(?<!^)\([^()\n]{0,120}\)|\[[^\[\]\n]{0,120}\]")
_SHORT = 3  # words of a quotation that is a part of a phrase: a "crooked" process
_TITLED = 0.75  # share of capitalised words from which a sentence is a headline


@dataclass(frozen=True, slots=True)
class Tagged:
    """A sentence with its tokens; ``tags`` has the letter of each."""

    text: str
    tokens: tuple[Token, ...]
    tags: str

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Offsets of the tokens from ``first`` up to ``last``, which is exclusive."""
        return self.tokens[first].start, self.tokens[last - 1].end

    def words(self, first: int, last: int) -> str:
        """The text of the tokens from ``first`` up to ``last``, which is exclusive."""
        start, end = self.span(first, last) if first < last else (0, 0)
        return self.text[start:end]


def tag(sentence: str, inside: bool = False) -> Tagged:
    """Read a sentence; ``inside`` says that it begins within a quotation that an earlier one opened."""
    raw = _raw(sentence, _quotations(sentence, inside))
    headline = _is_headline(sentence)
    tokens: list[Token] = []
    for place, (start, end, letter) in enumerate(raw):
        word = sentence[start:end]
        if letter:
            tokens.append(Token(word, start, end, letter))
            continue
        following = sentence[raw[place + 1][0] : raw[place + 1][1]] if place + 1 < len(raw) else ""
        known = word.casefold() if headline and tokens and word[1:].islower() else word
        found = lettered(known, start, tokens, following.casefold() if headline else following)
        tokens.append(found if found.tag in "VvG" or known is word else lettered(word, start, tokens, following))
    return Tagged(sentence, tuple(tokens), "".join(token.tag for token in tokens))


def _is_headline(sentence: str) -> bool:
    """Whether nearly all longer words are capitalised."""
    longer = [word for word in sentence.split() if len(word) > 3 and word[0].isalpha()]
    return len(longer) > _SHORT and sum(word[0].isupper() for word in longer) >= _TITLED * len(longer)


def _quotations(sentence: str, inside: bool) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    at = 0
    if inside:
        end = re.search(r"[\"”]|''", sentence)
        at = end.end() if end else len(sentence)
        found.append((0, at))
    found.extend(match.span() for match in _QUOTATION.finditer(sentence, at))
    return found


def _raw(sentence: str, quotations: list[tuple[int, int]]) -> list[tuple[int, int, str]]:
    """(start, end, letter) of every token; the letter is empty where it is still to be found."""
    blank = sentence
    for start, end in quotations:
        blank = blank[:start] + " " * (end - start) + blank[end:]
    blank = _BRACKETED.sub(lambda match: " " * len(match.group()), blank)
    found = [(m.start(), m.end(), "") for m in _TOKEN.finditer(blank)]
    found += [(start, end, _quotation_letter(sentence[start:end])) for start, end in quotations]
    return sorted(found)


def _quotation_letter(quotation: str) -> str:
    inner = quotation.strip("\"“”‘’' ")
    ends = quotation.rstrip("\"”’'")[-1:]
    return "n" if len(inner.split()) <= _SHORT and ends not in ",.!?" else "q"
