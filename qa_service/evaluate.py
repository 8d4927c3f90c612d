"""Asks the questions of a file and measures the answers: citations, documents, abstention, latency.

A line of the file is ``{"id", "question", "history", "kind", "tags", "documents", "sentences"}``: ``documents`` are the
accepted documents by name, ``sentences`` the verbatim sentences (or distinctive parts) of which the first citation must
be one; both are empty for a question that the documents do not answer.
"""

from __future__ import annotations

import json
import math
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError
from rich.console import Console
from rich.table import Table
from rich.text import Text

from .answerer import Answerer
from .errors import BadInput
from .types import Answer, Ask, Role, Turn


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid")
    role: Role
    content: str


class Item(BaseModel):
    """One question with what counts as a right answer."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    id: str
    question: str
    history: tuple[_Message, ...] = ()
    kind: str = "other"
    tags: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question, its answer and how right it is."""

    item: Item
    answer: Answer
    milliseconds: float

    @property
    def answerable(self) -> bool:
        """Whether the documents answer the question."""
        return bool(self.item.documents)

    @property
    def answered(self) -> bool:
        """Whether the service gave an answer."""
        return self.answer.status != "not_found"

    @property
    def citation_right(self) -> bool:
        """Whether the first cited sentence is an accepted one."""
        cited = [source.cited_text for source in self.answer.citations[0].sources] if self.answer.citations else []
        return any(_same(text, accepted) for text in cited for accepted in self.item.sentences)

    @property
    def document_right(self) -> bool:
        """Whether the first citation is from an accepted document."""
        names = self.item.documents
        accepted = {*names, *(Path(name).stem for name in names)}  # with or without the ending of a file
        return self.answered and self.answer.citations[0].sources[0].document.name in accepted

    @property
    def right(self) -> bool:
        """Whether an answer is rightly cited, or rightly withheld."""
        return self.citation_right if self.answerable else not self.answered


def _same(cited: str, accepted: str) -> bool:
    left, right = " ".join(cited.split()), " ".join(accepted.split())
    return right in left or left in right


def load_questions(file: Path) -> list[Item]:
    """The questions of a JSONL file, at least one. Raises BadInput that names the file, and the line that is wrong."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
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
    except ValueError as error:
        raise BadInput(f"{file.name}, line {number} is not JSON: {error}.") from error


def evaluate(items: Sequence[Item], answerer: Answerer) -> list[Outcome]:
    """Ask every question once, in order."""
    outcomes = []
    for item in items:
        history = tuple(Turn(message.role, message.content) for message in item.history)
        began = time.perf_counter()
        answer = answerer.answer(Ask(item.question, history))
        outcomes.append(Outcome(item, answer, (time.perf_counter() - began) * 1000))
    return outcomes


def figures(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """The measures by name: shares from 0 to 1 (1 of nothing), latencies in milliseconds (p95 by nearest rank).

    ``citation`` and ``document`` are shares of the answerable questions; an answer withheld from one counts as wrong.
    """
    answerable = [o for o in outcomes if o.answerable]
    withheld = [o for o in outcomes if not o.answered]
    rightly = [o for o in withheld if not o.answerable]
    times = sorted(o.milliseconds for o in outcomes)
    return {
        "citation": _share(sum(o.citation_right for o in answerable), len(answerable)),
        "document": _share(sum(o.document_right for o in answerable), len(answerable)),
        "abstention precision": _share(len(rightly), len(withheld)),
        "abstention recall": _share(len(rightly), len(outcomes) - len(answerable)),
        "median ms": statistics.median(times) if times else 0.0,
        "p95 ms": times[math.ceil(len(times) * 0.95) - 1] if times else 0.0,
    }


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def show_report(outcomes: Sequence[Outcome], errors: bool) -> None:
    """Print the figures, by kind of question too, and with ``errors`` the questions that went wrong."""
    console = Console(highlight=False)
    answerable = sum(o.answerable for o in outcomes)
    console.print(f"{len(outcomes)} questions: {answerable} answerable, {len(outcomes) - answerable} not")
    table = Table("measure", "value")
    for name, value in figures(outcomes).items():
        table.add_row(name, f"{value:.1f}" if name.endswith("ms") else f"{value:.3f}")
    console.print(table)
    kinds = Table("kind", "questions", "right")
    for kind in sorted({o.item.kind for o in outcomes}):
        of_kind = [o for o in outcomes if o.item.kind == kind]
        kinds.add_row(kind, str(len(of_kind)), f"{_share(sum(o.right for o in of_kind), len(of_kind)):.3f}")
    console.print(kinds)
    for outcome in outcomes:
        if errors and not outcome.right:
            console.print(Text(f"{outcome.item.id}  {outcome.item.question}\n    → {outcome.answer.text[:300]}"))
