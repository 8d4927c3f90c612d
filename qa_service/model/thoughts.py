"""Leaves out what a reasoning model thinks aloud before its answer; the rest of the text passes as it comes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .base import ModelFailed

TAG = re.compile(r"<(/?)(think|thinking|reasoning)>", re.I)
BEGUN = re.compile(r"</?[a-z]{0,9}\Z", re.I)  # may become a tag with the next piece


def spoken(pieces: Iterable[str]) -> Iterator[str]:
    """Yield the text that stands outside of ``<think>`` … ``</think>``, whichever way the pieces cut the tags.

    Raises ModelFailed where thoughts end that did not begin: all before was thoughts, and has been taken for text.
    """
    thinking, rest = False, ""
    for piece in pieces:
        text, thinking, rest = _cut(rest + piece, thinking)
        yield text
    yield "" if thinking else rest


def _cut(text: str, thinking: bool) -> tuple[str, bool, str]:
    """What of the text is spoken, whether thoughts go on after it, and its end if that may be half a tag."""
    begun = BEGUN.search(text)
    whole, rest = (text[: begun.start()], begun[0]) if begun else (text, "")
    parts, place = [], 0
    for tag in TAG.finditer(whole):
        if tag[1] and not thinking:
            raise ModelFailed("it mixed its thoughts into its answer")
        parts.append("" if thinking else whole[place : tag.start()])
        thinking, place = not tag[1], tag.end()
    parts.append("" if thinking else whole[place:])
    return "".join(parts), thinking, rest
