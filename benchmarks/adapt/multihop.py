"""MultiHop-RAG (Y. Tang and Y. Yang, COLM 2024): questions over evidence sentences of several news articles.

Only questions that ask for a name have answers that a sentence can hold; the others ask for yes, no, or an order.
"""

from __future__ import annotations

from html import unescape
from pathlib import Path
from typing import Any

from qa_service.evaluation.items import Item

from .files import Adapted, Record, json_lines


def adapt(data: Path) -> Adapted:
    folder = data / "multihop_rag"
    files = sorted(folder.glob("questions*.jsonl"))
    records = [_record(line) for line in json_lines(folder / "evidence.jsonl")]
    return Adapted(records, [_item(line) for file in files for line in json_lines(file)])


def _record(line: dict[str, Any]) -> Record:
    title = unescape(line["title"])
    return Record(str(line["id"]), line["fact"].strip(), title, line["source"], published_at=line["published_at"])


def _item(line: dict[str, Any]) -> Item:
    kind, gold = line["type"].removesuffix("_query"), tuple(map(str, line["evidence"]))
    answers = (line["answer"],) if kind == "inference" else ()
    return Item(
        id=line["id"], question=line["question"], kind=kind, answers=answers, evidence=gold, answerable=kind != "null"
    )
