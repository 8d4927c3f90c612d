"""Reads question files: one question a line, with what counts as right; how answers are judged is for ``outcomes``."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from qa_service.errors import BadInput
from qa_service.types import Role, Turn


class Message(BaseModel):
    """One earlier message of the conversation."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    role: Role
    content: str


class Item(BaseModel):
    """One question with what counts as a right answer; what is left out is not measured.

    ``documents`` are the accepted documents by name. ``sentences`` are accepted sentences, or distinctive parts of
    them, and ``answers`` accepted answers: the first cited sentence must be one of the former, hold one of the latter.
    ``evidence`` is all that should be found: names of documents, or verbatim passages or sentences. ``answerable``
    says whether the documents answer; left out, they do where anything above is given. ``rewrite`` is the question as
    a person makes it stand alone; with nothing else given, nothing else is measured.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)
    id: str
    question: str
    history: tuple[Message, ...] = ()
    kind: str = "other"
    tags: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    answerable: bool | None = None
    rewrite: str = ""

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The history as the service takes it."""
        return tuple(Turn(message.role, message.content) for message in self.history)

    @property
    def has_answer(self) -> bool | None:
        """Whether the documents answer the question; None where the file does not say."""
        if self.answerable is not None:
            return self.answerable
        given = bool(self.documents or self.sentences or self.answers or self.evidence)
        return given if given or not self.rewrite else None


def load_questions(file: Path) -> list[Item]:
    """The questions of a JSONL file, at least one. Raises BadInput that names the file, and the line that is wrong."""
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"The question file {file.name} cannot be read; it must be UTF-8 text.") from error
    items = [_parse(file, number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    if not items:
        raise BadInput(f"The question file {file.name} holds no question.")
    return items


def _parse(file: Path, number: int, line: str) -> Item:
    try:
        return Item.model_validate(json.loads(line))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "question"
        raise BadInput(f"{file.name}, line {number}: {where}: {first['msg']}.") from error
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{file.name}, line {number} is not JSON: {error}.") from error
