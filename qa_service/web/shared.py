"""Makes the page of one kept answer; what it says is read by ``chats.saved``, what of it holds by ``verify``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import render_template

from qa_service.chats import saved
from qa_service.chats.saved import Cited
from qa_service.web import authorship, texts
from qa_service.web.chat_responses import CheckedCitation


@dataclass(frozen=True, slots=True)
class Shown:
    """A document as the page shows it, with its cited spans; ``reasons`` says of each why it does not hold, if so."""

    first: Cited
    day: date | None
    speakers: str
    spans: list[Cited]
    reasons: Mapping[Cited, str | None]


def page(body: dict[str, Any], checked: Iterable[CheckedCitation]) -> str:
    """Return the page for the answer that ``body`` holds; ``checked`` says of each of its citations what holds."""
    answer = saved.read(body)
    given = texts.chosen().day(datetime.fromisoformat(answer.created).date())
    author = authorship.said(answer.author, texts.chosen())
    return render_template("answer.html", answer=answer, given=given, author=author, sources=_shown(answer, checked))


def _shown(answer: saved.Saved, checked: Iterable[CheckedCitation]) -> list[Shown]:
    sources = (source for sentence in answer.sentences for source in sentence.sources)
    results = (source for citation in checked for source in citation.sources)
    reasons = {cited: result.reason for cited, result in zip(sources, results, strict=True)}
    return [_document(spans, reasons) for spans in answer.sources()]


def _document(spans: list[Cited], reasons: Mapping[Cited, str | None]) -> Shown:
    first = spans[0]
    day = date.fromisoformat(first.day) if first.day else None
    speakers = ", ".join(dict.fromkeys(span.speaker for span in spans if span.speaker))
    return Shown(first, day, speakers, spans, reasons)
