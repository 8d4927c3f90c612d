"""RealTime QA (J. Kasai et al., NeurIPS 2023): the questions of weekly news quizzes whose evidence holds the answer."""

from __future__ import annotations

from pathlib import Path

from qa_service.evaluation.items import Item

from .files import Adapted, Record, json_lines


def adapt(data: Path) -> Adapted:
    (file,) = sorted((data / "realtimeqa").glob("*.jsonl"))
    records: dict[str, Record] = {}
    items = []
    for line in json_lines(file):
        text = line["evidence"].strip()
        day = line["date"].replace("/", "-")
        named = f"passage-{len(records)}"  # the ids of the questions repeat
        record = records.setdefault(text, Record(named, text, source=line["source"], published_at=day))
        if line["answer_in_evidence"]:
            gold, answers = (record.id,), tuple(line["answers"])
            items.append(Item(id=line["id"], question=line["question"], answers=answers, documents=gold, evidence=gold))
    return Adapted(list(records.values()), items)
