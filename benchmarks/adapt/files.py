"""What every adapter makes, and how it is written."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa_service.evaluation.items import Item


@dataclass(frozen=True)
class Record:
    """A document as ``qa-service index`` reads it from a line of JSON."""

    id: str
    text: str
    title: str | None = None
    source: str | None = None
    url: str | None = None
    published_at: str | None = None


@dataclass(frozen=True)
class Adapted:
    """A set: its documents, and its questions (none for a mere corpus)."""

    documents: list[Record]
    questions: list[Item]


def json_lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").split("\n") if line.strip()]


def write(adapted: Adapted, folder: Path) -> None:
    """Write ``documents.jsonl`` and, where there are questions, ``questions.jsonl``."""
    folder.mkdir(parents=True, exist_ok=True)
    records = ({key: value for key, value in vars(record).items() if value} for record in adapted.documents)
    _write(folder / "documents.jsonl", (json.dumps(record, ensure_ascii=False) for record in records))
    if adapted.questions:
        lines = (item.model_dump_json(exclude_defaults=True) for item in adapted.questions)
        _write(folder / "questions.jsonl", lines)


def _write(file: Path, lines: Iterable[str]) -> None:
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
