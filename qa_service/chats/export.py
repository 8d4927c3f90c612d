"""Writes a conversation down: as Markdown to read and pass on, as JSON for programs.

A conversation is what ``GET /conversations/<id>`` sends.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from qa_service.chats import saved
from qa_service.chats.saved import Author, Cited, Said, Saved

_MARKUP = re.compile(r"([\\`*_\[\]<>#|~&])")
_LIST = re.compile(r"^(\d+(?=[.)](?:\s|$))|(?=[-+]))")  # what would begin a list or be a rule: "1. ", "1) ", "-", "+"


@dataclass(frozen=True, slots=True)
class Words:
    """What stands between the texts, in the reader's language; ``author`` says who wrote an answer, or nothing."""

    untitled: str
    unfinished: str
    sources: str
    original: str
    passage: str
    author: Callable[[Author], str]


def as_json(conversation: dict[str, Any]) -> str:
    """The conversation as it is sent, laid out for people too."""
    return json.dumps(conversation, ensure_ascii=False, indent=2) + "\n"


def as_markdown(conversation: dict[str, Any], root: str, words: Words) -> str:
    """The conversation as Markdown: a heading a question, the answer with ``[n]``, and the numbered sources.

    ``root`` is the address of the service, ending in "/"; permanent links begin with it. Text of documents and of
    people is never read as markup.
    """
    parts = [f"# {plain(conversation['title'] or words.untitled)}"]
    for turn in conversation["turns"]:
        parts.append(f"## {plain(turn['question'])}")
        parts += _answer(saved.read(turn["answer"]), root, words) if turn["answer"] else [f"*{words.unfinished}*"]
    return "\n\n".join(parts) + "\n"


def plain(text: str) -> str:
    """The text on one line, with everything that Markdown would read as markup escaped."""
    return _LIST.sub(r"\1\\", _MARKUP.sub(r"\\\1", " ".join(text.split())))


def _answer(answer: Saved, root: str, words: Words) -> list[str]:
    if not answer.sentences:
        return [plain(answer.text)]
    text = " ".join(map(_sentence, answer.sentences))
    author = words.author(answer.author)
    sources = [part for source in answer.sources() for part in _source(source, root, words)]
    about = [f"*{plain(author)}*"] if author else []
    return [text, *about, *map(plain, answer.open), f"### {words.sources}", *sources]


def _sentence(said: Said) -> str:
    return " ".join([plain(said.text), *(f"[{source.number}]" for source in said.marked())])


def _source(spans: list[Cited], root: str, words: Words) -> list[str]:
    """A line about the document, then each of its cited spans with its permanent link."""
    first = spans[0]
    original = first.original()
    about = [plain(each) for each in (first.title, first.publisher, first.day) if each]
    about += [f"[{words.original}](<{original}>)"] if original else []
    quotes = [f"> {plain(cited.quote)} [{words.passage}]({cited.permalink(root)})" for cited in spans]
    return [f"[{first.number}] {', '.join(about)}", "\n>\n".join(quotes)]
