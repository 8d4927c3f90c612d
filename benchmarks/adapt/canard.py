"""CANARD (A. Elgohary et al., EMNLP 2019): questions in conversations and their stand-alone rewrites.

What has been answered in a conversation is its document, so that the index knows the names that the questions use.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qa_service.evaluation.items import Item, Message

from .files import Adapted, Record, json_lines

_OPENING = 2  # what a history begins with before anything is asked: the article and its section


def adapt(data: Path) -> Adapted:
    lines = json_lines(data / "canard" / "dev.jsonl")
    longest = {line["id"].rsplit("_", 1)[0]: line["history"] for line in lines}  # the last turn has all before it
    records = [Record(name, _told(history), f"{history[0]}: {history[1]}") for name, history in longest.items()]
    return Adapted(records, [_item(line) for line in lines])


def _told(history: list[str]) -> str:
    return "\n".join([f"{history[0]}: {history[1]}.", *history[_OPENING + 1 :: 2]])


def _item(line: dict[str, Any]) -> Item:
    told = line["history"]
    history = tuple(Message(role="assistant" if at % 2 else "user", content=text) for at, text in enumerate(told))
    kind = "first turn" if len(told) <= _OPENING else "later turn"
    return Item(id=line["id"], question=line["question"], history=history, kind=kind, rewrite=line["rewrite"])
