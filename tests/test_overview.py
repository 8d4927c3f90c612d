"""What the index holds: counted rightly, sent as described, and told in numbers beside every bar."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from homes import with_model
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape
from pydantic import BaseModel

from qa_service.answerer import Answerer
from qa_service.assemble import open_answerer, open_library
from qa_service.overview import overview, question_to
from qa_service.settings import Settings
from qa_service.types import Document
from qa_service.web import overview as pages
from qa_service.web.app import create_app
from qa_service.web.charts import MOST_COLUMNS, bars, timeline

HTML = {"Accept": "text/html"}


def everything(answerer: Answerer) -> list[Document]:
    return answerer.documents(None, None, 1000, None)[0]


@pytest.fixture
def html(client: FlaskClient) -> str:
    return client.get("/library", headers=HTML).get_data(as_text=True)


# What is counted


def test_documents_are_counted_by_publisher_the_most_frequent_first(answerer: Answerer) -> None:
    named = [document.source for document in everything(answerer) if document.source]
    counts = [count for _, count in overview(answerer).tallies.sources]
    assert dict(overview(answerer).tallies.sources) == {name: named.count(name) for name in named}
    assert counts == sorted(counts, reverse=True)


def test_documents_are_counted_by_month_between_the_first_day_and_the_last(answerer: Answerer) -> None:
    tallies = overview(answerer).tallies
    days = sorted(document.published_at for document in everything(answerer) if document.published_at)
    assert (tallies.first_day, tallies.last_day) == (days[0], days[-1])
    assert [month for month, count in tallies.months for _ in range(count)] == [f"{day:%Y-%m}" for day in days]


def test_speakers_are_counted_by_their_statements_at_most_twelve(answerer: Answerer) -> None:
    said = [each.statement for each in answerer.statements(None, None, 1000, None)[0]]
    spelt = Counter(statement.speaker_key for statement in said if statement.speaker_key)
    speakers = overview(answerer).tallies.speakers
    assert [count for _, count in speakers] == [count for _, count in spelt.most_common(12)]
    assert {speaker for speaker, _ in speakers} <= {statement.speaker for statement in said if statement.speaker_key}


def test_publishers_are_one_whatever_their_case_and_spelt_as_they_are_most(settings: Settings, tmp_path: Path) -> None:
    for number, source in enumerate(["The Quay", "THE QUAY", "The Quay", "Aft"]):
        (tmp_path / f"{number}.jsonl").write_text(f'{{"text": "Ships came in, {number}.", "source": "{source}"}}\n')
    home = with_model(settings, tmp_path / "home")
    open_library(home, lambda *_: None).sync([tmp_path], lambda *_: None)
    assert overview(open_answerer(home)).tallies.sources == (("The Quay", 3), ("Aft", 1))
    assert overview(open_answerer(home)).tallies.first_day is None


def test_what_a_speaker_said_can_be_asked(client: FlaskClient, answerer: Answerer) -> None:
    for speaker, _ in overview(answerer).tallies.speakers[:3]:
        assert client.post("/ask", json={"question": question_to(speaker)}).json["status"] != "not_found"


# Charts


@given(st.lists(st.tuples(st.text(), st.integers(0, 10**9))))
def test_the_longest_bar_is_full_and_no_count_is_without_one(counts: list[tuple[str, int]]) -> None:
    drawn = bars(counts)
    assert [(bar.name, bar.count) for bar in drawn] == counts
    assert all((bar.length == 0) == (bar.count == 0) for bar in drawn)
    assert max((bar.length for bar in drawn), default=100) in ({100} if any(n for _, n in counts) else {0, 100})


@given(st.dictionaries(st.dates().map(lambda day: f"{day:%Y-%m}".zfill(7)), st.integers(1, 99), max_size=20))
def test_a_timeline_counts_everything_in_few_columns(months: dict[str, int]) -> None:
    drawn = timeline(sorted(months.items()))
    assert sum(bar.count for bar in drawn) == sum(months.values())
    assert len(drawn) <= MOST_COLUMNS
    assert sorted(bar.name for bar in drawn) == [bar.name for bar in drawn]


@pytest.mark.parametrize(
    ("first", "last", "names"),
    [
        ("2017-11", "2018-01", ["2017-11", "2017-12", "2018-01"]),
        ("2001-01", "2009-12", [str(year) for year in range(2001, 2010)]),
        ("1801-01", "1999-01", [f"{year}–{year + 9}" for year in range(1800, 2000, 10)]),
    ],
)
def test_a_timeline_has_months_or_years_or_decades_without_a_gap(first: str, last: str, names: list[str]) -> None:
    assert [bar.name for bar in timeline([(first, 1), (last, 1)])] == names


# The endpoint


def test_the_overview_says_what_the_index_holds(client: FlaskClient, answerer: Answerer) -> None:
    told, held = client.get("/overview").json, overview(answerer)
    counts = held.counts
    assert (told["documents"], told["passages"], told["statements"]) == (
        counts.documents, counts.passages, counts.statements,
    )  # fmt: skip
    assert (told["first_day"], told["last_day"]) == ("2017-05-12", "2021-05-21")
    assert told["months"] == [{"month": "2017-05", "documents": 1}, {"month": "2021-05", "documents": 1}]
    assert told["examples"] == list(answerer.examples())
    pages.Holdings.model_validate_json(client.get("/overview").data)


def test_every_field_is_described() -> None:
    models = [each for each in vars(pages).values() if isinstance(each, type) and issubclass(each, BaseModel)]
    assert all(field.description for model in models for field in model.model_fields.values())


@pytest.fixture
def empty(settings: Settings, tmp_path: Path) -> FlaskClient:
    (tmp_path / "a.txt").write_text("One document.\n")
    home = with_model(settings, tmp_path / "home")
    library = open_library(home, lambda *_: None)
    library.sync([tmp_path / "a.txt"], lambda *_: None)
    client = create_app(home, open_answerer(home)).test_client()
    (document,) = client.get("/documents").json["documents"]
    assert client.delete(f"/documents/{document['id']}").status_code == 200
    return client


def test_an_empty_index_has_no_overview_but_a_page_to_add_to(empty: FlaskClient) -> None:
    assert empty.get("/overview").status_code == 409
    page = empty.get("/library", headers=HTML)
    assert page.status_code == 200
    assert 'id="files"' in page.text
    assert "Nothing is in here yet" in page.text


# The page without scripts


def test_every_bar_stands_beside_its_number(html: str, client: FlaskClient) -> None:
    told = client.get("/overview").json
    for each in told["speakers"]:
        link = f'href="/?q={quote(question_to(each["speaker"]))}" dir="auto">{escape(each["speaker"])}</a>'
        assert f'{link} <span class="count">{each["statements"]}</span>' in html
    for each in told["sources"]:
        assert f'>{escape(each["source"])}</a> <span class="count">{each["documents"]}</span>' in html
    assert '<th scope="row">May 2017</th><td>1</td>' in html


def test_the_examples_lead_to_the_chat(html: str, answerer: Answerer) -> None:
    for example in answerer.examples():
        assert f'<a href="/?q={quote(example)}" dir="auto">{escape(example)}</a>' in html


def test_every_document_is_listed_with_where_when_and_how_long(html: str, client: FlaskClient) -> None:
    for document in client.get("/documents").json["documents"]:
        row = html.split(f'data-id="{document["id"]}"')[1].split("</button>")[0]
        assert f'href="/documents/{document["id"]}/view"' in row
        assert str(escape(document["title"])) in row
        assert f"{document['characters']:,} characters" in row
        assert (document["source"] or "") in row


def listed(client: FlaskClient, **query: str) -> list[str]:
    page: Any = client.get("/library", query_string=query, headers=HTML)
    return [part.split('"')[0] for part in page.text.split('data-id="')[1:]]


def test_the_list_is_searched_by_its_form(client: FlaskClient) -> None:
    found = client.get("/documents?query=pompeo+lavrov").json["documents"]
    assert listed(client, query="pompeo lavrov") == [document["id"] for document in found]
    assert len(listed(client, query="", source="")) == 5
    assert "No document has all of these words" in client.get("/library?query=zzzz", headers=HTML).text


def test_the_list_can_be_of_one_publisher(client: FlaskClient) -> None:
    page = client.get("/library?source=china+daily", headers=HTML).text
    assert len(listed(client, source="china daily")) == 1
    assert '<input type="hidden" name="source" value="china daily">' in page


def test_the_list_goes_on_where_it_ended(settings: Settings, tmp_path: Path) -> None:
    lines = [f'{{"id": "{n}", "text": "Ship {n} came in."}}\n' for n in range(pages.PAGE + 2)]
    (tmp_path / "ships.jsonl").write_text("".join(lines))
    home = with_model(settings, tmp_path / "home")
    open_library(home, lambda *_: None).sync([tmp_path / "ships.jsonl"], lambda *_: None)
    client = create_app(home, open_answerer(home)).test_client()
    cursor = client.get(f"/documents?limit={pages.PAGE}").json["next_cursor"]
    first, rest = listed(client), listed(client, cursor=cursor)
    assert (len(first), len(rest), len({*first, *rest})) == (pages.PAGE, 2, pages.PAGE + 2)
    assert f"cursor={cursor}" in client.get("/library", headers=HTML).text


@pytest.mark.parametrize("query", ["cursor=nonsense", "query=" + "x" * 501, "query=%00"])
def test_a_query_that_cannot_be_used_is_refused(client: FlaskClient, query: str) -> None:
    assert client.get(f"/library?{query}").status_code == 400


def test_the_title_of_a_document_is_never_markup(settings: Settings, tmp_path: Path) -> None:
    evil = "<img src=x onerror=alert(1)>"
    (tmp_path / "a.jsonl").write_text(
        f'{{"text": "“Ships,” said {evil} Ada Rivero.", "title": "{evil}", "source": "{evil}"}}'
    )
    home = with_model(settings, tmp_path / "home")
    open_library(home, lambda *_: None).sync([tmp_path / "a.jsonl"], lambda *_: None)
    page = create_app(home, open_answerer(home)).test_client().get("/library", headers=HTML).text
    assert "<img" not in page
    assert str(escape(evil)) in page
