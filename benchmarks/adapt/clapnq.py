"""CLAPNQ (S. Rosenthal et al., TACL 2025): questions people typed, a Wikipedia passage each, half without an answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qa_service.evaluation.items import Item

from .files import Adapted, Record, json_lines


def adapt(data: Path) -> Adapted:
    records: dict[str, Record] = {}
    items = []
    for name in ("answerable", "unanswerable"):
        for line in json_lines(data / "clapnq" / f"{name}.jsonl"):
            passage = line["passages"][0]
            text = passage["text"].strip()
            record = records.setdefault(text, Record(line["id"], text, passage["title"]))
            items.append(_item(line, record.id, name == "answerable"))
    return Adapted(list(records.values()), items)


def _item(line: dict[str, Any], passage: str, answerable: bool) -> Item:
    if not answerable:
        return Item(id=line["id"], question=line["input"], kind="unanswerable", answerable=False)
    chosen = tuple(sentence for output in line["output"] for sentence in output["selected_sentences"])
    gold = (passage,)
    return Item(
        id=line["id"], question=line["input"], kind="answerable", documents=gold, evidence=gold, sentences=chosen
    )
