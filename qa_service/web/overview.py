"""What the documents hold, for programs and as a page with their list; adding and deleting them is done elsewhere."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

from flask import Blueprint, Response, render_template, request
from pydantic import ConfigDict, StringConstraints

from qa_service.errors import NoIndex
from qa_service.overview import Overview, overview, question_to
from qa_service.web import charts, parse, replies, schema
from qa_service.web.requests import Cursor, Query, Strict

if TYPE_CHECKING:
    from qa_service.answerer import Answerer

PAGE = 30  # documents listed at a time
SHOWN = 12  # publishers in the chart

Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500, pattern=r"^[^\x00]*$")]


class SourceCount(Strict):
    """A publisher and how many of the documents are its own."""

    source: str
    """The publisher, as it is spelt most."""
    documents: int
    """How many documents."""


class SpeakerCount(Strict):
    """Somebody who is quoted, and how often."""

    speaker: str
    """The person or organisation, as it is called most."""
    statements: int
    """How many statements."""


class MonthCount(Strict):
    """A month and how many documents were published in it."""

    month: str
    """The month, such as `2017-05`."""
    documents: int
    """How many documents."""


class Holdings(Strict):
    """What the documents hold, and how they are spread over publishers, speakers and time."""

    documents: int
    """How many documents there are."""
    passages: int
    """Into how many passages they are divided."""
    statements: int
    """How often somebody is quoted in them, word for word or not."""
    first_day: date | None
    """The earliest day of publication; null if no document states one."""
    last_day: date | None
    """The latest day of publication."""
    sources: tuple[SourceCount, ...]
    """The publishers with the most documents, at most 100; documents that name none are not counted."""
    speakers: tuple[SpeakerCount, ...]
    """The 12 who are quoted most."""
    months: tuple[MonthCount, ...]
    """The months in which something was published, in order; documents without a day are not counted."""
    examples: tuple[str, ...]
    """Questions that the documents answer."""


class LibraryQuery(Query):
    """Which documents the page lists; other parameters are let through."""

    model_config = ConfigDict(extra="ignore")

    query: Words = ""
    """Words that must all occur in the title, publisher, name or text."""
    source: Words = ""
    """Only documents of this publisher."""
    cursor: Cursor | None = None
    """Where the list goes on, as the link to more has it."""


class OverviewPages:
    """The overview and the page that shows it, over one answerer."""

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer

    def blueprint(self) -> Blueprint:
        """Return the two with their addresses."""
        pages = Blueprint("overview", __name__)
        pages.get("/overview")(self.overview)
        pages.get("/library")(self.library)
        return pages

    def overview(self) -> Response:
        """Say what the documents hold."""
        return replies.as_json(holdings(overview(self._answerer)))

    def library(self) -> str:
        """Show what the documents hold and a page of their list; without any, how to add the first."""
        asked = parse.query_string(request, LibraryQuery)
        try:
            held = overview(self._answerer)
            found, cursor = self._answerer.documents(asked.query or None, asked.source or None, PAGE, asked.cursor)
        except NoIndex:
            return render_template("library.html", asked=asked, held=None)  # the place to add the first document
        return render_template(
            "library.html",
            asked=asked,
            held=held,
            sources=charts.bars(held.tallies.sources)[:SHOWN],
            speakers=charts.bars(held.tallies.speakers),
            months=charts.timeline(held.tallies.months),
            question_to=question_to,
            documents=[schema.summary(document) for document in found],
            cursor=cursor,
        )


def holdings(value: Overview) -> Holdings:
    """Return the overview as it is sent."""
    tallies = value.tallies
    return Holdings(
        documents=value.counts.documents,
        passages=value.counts.passages,
        statements=value.counts.statements,
        first_day=tallies.first_day,
        last_day=tallies.last_day,
        sources=tuple(SourceCount(source=name, documents=count) for name, count in tallies.sources),
        speakers=tuple(SpeakerCount(speaker=name, statements=count) for name, count in tallies.speakers),
        months=tuple(MonthCount(month=name, documents=count) for name, count in tallies.months),
        examples=value.examples,
    )
