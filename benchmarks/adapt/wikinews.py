"""Wikinews articles: a corpus without questions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .files import Adapted, Record, json_lines


def adapt(data: Path) -> Adapted:
    return Adapted([_record(line) for line in json_lines(data / "wikinews" / "articles.jsonl")], [])


def _record(line: dict[str, Any]) -> Record:
    return Record(line["id"], line["text"], line["title"], line["source"], line["url"], line["published_at"])
