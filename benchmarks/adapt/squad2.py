"""SQuAD 2.0 (P. Rajpurkar et al., ACL 2018): every paragraph a document, unanswerable questions among the others."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from qa_service.evaluation.items import Item

from .files import Adapted, Record


def adapt(data: Path) -> Adapted:
    adapted = Adapted([], [])
    for record, questions in _paragraphs(data / "squad2" / "dev.json"):
        adapted.documents.append(record)
        adapted.questions.extend(_item(record.id, qa) for qa in questions)
    return adapted


def _paragraphs(file: Path) -> Iterator[tuple[Record, list[dict[str, Any]]]]:
    for article in json.loads(file.read_text(encoding="utf-8"))["data"]:
        title = article.get("title", "").replace("_", " ")
        for number, paragraph in enumerate(article["paragraphs"]):
            yield Record(f"{title}-{number}", paragraph["context"].strip(), title), paragraph["qas"]


def _item(paragraph: str, qa: dict[str, Any]) -> Item:
    if qa.get("is_impossible") or not qa["answers"]:
        return Item(id=qa["id"], question=qa["question"], kind="unanswerable", answerable=False)
    answers = tuple(dict.fromkeys(answer["text"] for answer in qa["answers"]))
    gold = (paragraph,)
    return Item(id=qa["id"], question=qa["question"], kind="answerable", answers=answers, documents=gold, evidence=gold)
