"""The list of who said what: whole, by speaker, by topic, page by page, every text as it is stored."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as bounded
from hypothesis import strategies as st

from qa_service.answerer import Answerer
from qa_service.embed import HashEmbedder
from qa_service.errors import BadInput
from qa_service.library import Library
from qa_service.read import WordReader
from qa_service.sayings import Said
from qa_service.shelf import Shelves
from qa_service.store.snapshot import SnapshotStore


def listed(answerer: Answerer, speaker: str | None = None, about: str | None = None, limit: int = 7) -> list[Said]:
    """All pages one after the other."""
    found, cursor = answerer.statements(speaker, about, limit, None)
    while cursor is not None:
        page, cursor = answerer.statements(speaker, about, limit, cursor)
        found += page
    return found


def places(statements: list[Said]) -> list[tuple[str, int, str]]:
    return [(each.document.id, each.statement.start, each.statement.speaker) for each in statements]


def test_the_pages_together_are_all_statements_each_once(answerer: Answerer) -> None:
    found = listed(answerer)
    assert len(found) == answerer.counts().statements > 7
    assert found == listed(answerer, limit=1000)


def test_the_newest_document_comes_first_and_each_in_the_order_of_its_text(answerer: Answerer) -> None:
    documents, _ = answerer.documents(None, None, 100, None)
    order = {document.id: place for place, document in enumerate(documents)}
    keys = [(order[each.document.id], each.statement.start) for each in listed(answerer)]
    assert keys == sorted(keys)


@pytest.mark.parametrize("about", [None, "terrorism"])
def test_every_text_is_that_of_the_stored_document(answerer: Answerer, about: str | None) -> None:
    for each in listed(answerer, about=about):
        text, statement = answerer.document(each.document.id).text, each.statement
        assert each.text == text[statement.start : statement.end]
        assert each.content == tuple(text[start:end] for start, end in statement.content)
        assert all(statement.start <= start < end <= statement.end for start, end in statement.content)


@pytest.mark.parametrize("name", ["Lavrov", "Sergei Lavrov", "sergey lavrov", "Lavrow"])
def test_a_speaker_is_known_in_any_spelling(answerer: Answerer, name: str) -> None:
    found = listed(answerer, speaker=name)
    assert {each.statement.speaker for each in found} == {"Sergei Lavrov"}
    assert places(found) == [place for place in places(listed(answerer)) if place[2] == "Sergei Lavrov"]


@pytest.mark.parametrize("name", ["Angela Merkel", "nobody at all", "?"])
def test_an_unknown_speaker_says_nothing(answerer: Answerer, name: str) -> None:
    assert answerer.statements(name, None, 50, None) == ([], None)
    assert answerer.statements(name, "Syria", 50, None) == ([], None)


def test_those_who_took_part_are_shown_by_name(answerer: Answerer) -> None:
    assert {"Sergei Lavrov", "Mike Pompeo"} in [set(each.occasion) for each in listed(answerer, "Pompeo")]


@pytest.mark.parametrize(
    ("about", "words"), [("climate change", "climate change"), ("Ukraine", "Ukraine"), ("terrorism", "terror")]
)
def test_what_speaks_of_the_topic_comes_first(answerer: Answerer, about: str, words: str) -> None:
    assert words in listed(answerer, about=about)[0].text


@pytest.mark.parametrize("about", ["football", "chocolate cake recipes", "quantum physics", "?"])
def test_of_what_nobody_speaks_nothing_is_listed(answerer: Answerer, about: str) -> None:
    assert answerer.statements(None, about, 50, None) == ([], None)


def test_a_speaker_and_a_topic_together_restrict_each_other(answerer: Answerer) -> None:
    both = places(listed(answerer, "Pompeo", "terrorism"))
    assert both == [place for place in places(listed(answerer, about="terrorism")) if place[2] == "Mike Pompeo"]
    assert both


def test_the_pages_of_a_topic_are_its_list(answerer: Answerer) -> None:
    whole = listed(answerer, about="relations between the two countries", limit=1000)
    assert listed(answerer, about="relations between the two countries", limit=2) == whole
    assert len(whole) > 2


@pytest.mark.parametrize("about", [None, "Syria"])
@pytest.mark.parametrize("cursor", ["x", "MA", "é", "////", "LTE", "AAAA" * 3000])
def test_a_cursor_that_was_not_given_out_is_refused(answerer: Answerer, about: str | None, cursor: str) -> None:
    with pytest.raises(BadInput) as refused:
        answerer.statements(None, about, 5, cursor)
    assert refused.value.field == "cursor"


@bounded(deadline=None, max_examples=60)
@given(cursor=st.text(min_size=1), speaker=st.none() | st.text(min_size=1), about=st.none() | st.text(min_size=1))
def test_whatever_is_asked_for_gives_a_page_or_a_refusal(
    answerer: Answerer, cursor: str, speaker: str | None, about: str | None
) -> None:
    with suppress(BadInput):
        assert len(answerer.statements(speaker, about, 2, cursor)[0]) <= 2


@pytest.mark.parametrize("about", [None, "Syria"])
@pytest.mark.parametrize("limit", [0, 1001])
def test_a_limit_out_of_range_is_refused(answerer: Answerer, about: str | None, limit: int) -> None:
    with pytest.raises(BadInput, match="from 1 to 1000"):
        answerer.statements(None, about, limit, None)


def test_an_index_that_quotes_nobody_has_an_empty_list(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("# Notes\n\nThe harbour is open again after the storm.\n", encoding="utf-8")
    store = SnapshotStore(tmp_path / "home")
    Library(store, HashEmbedder(), 200).sync([tmp_path / "notes.md"], lambda *_: None)
    answerer = Answerer(Shelves(store, HashEmbedder(), WordReader()), 8)
    assert answerer.statements(None, None, 5, None) == answerer.statements(None, "harbour", 5, None) == ([], None)
