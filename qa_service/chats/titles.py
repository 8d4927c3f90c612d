"""What a conversation is called until somebody names it, and what a file of it is called."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 80  # characters of a title that is made from a question
_LONGEST_NAME = 60


def from_question(question: str) -> str:
    """The question on one line, cut after a word if it is longer than 80 characters; a cut one ends with "…"."""
    line = " ".join(question.split())
    if len(line) <= LONGEST:
        return line
    head, space, _ = line[:LONGEST].rpartition(" ")
    return (head.rstrip(" ,;:–—-") if space else line[: LONGEST - 1]) + "…"


def file_name(title: str | None, ending: str) -> str:
    """A file name of ASCII letters, digits and hyphens for a title; "conversation" if nothing of it remains."""
    plain = unicodedata.normalize("NFKD", title or "").encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain.lower())[:_LONGEST_NAME].strip("-")
    return f"{words or 'conversation'}.{ending}"
