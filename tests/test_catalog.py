from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_samples import HARBOUR, LUMEN, NAMES, document, entry, sample_entries

from qa_service.errors import BadInput, Damaged, UnknownId
from qa_service.store.catalog import Catalog, Counts, write_catalog
from qa_service.types import Document, Entry, Filter, Passage, Statement

ENTRIES = sample_entries()
ALL = [e.document for e in ENTRIES]
PASSAGES = [p for e in ENTRIES for p in e.passages]
SENTENCES = [(e.document.id, s.index) for e in ENTRIES for s in e.sentences]


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalog]:
    path = tmp_path_factory.mktemp("a folder? of #1") / "catalog.sqlite"
    write_catalog(path, iter(ENTRIES), NAMES)
    with Catalog(path) as opened:
        yield opened


def written(folder: Path, *entries: Entry) -> Catalog:
    write_catalog(folder / "catalog.sqlite", entries, NAMES)
    return Catalog(folder / "catalog.sqlite")


# Documents


def test_every_field_of_a_document_comes_back(tmp_path: Path) -> None:
    full = Document("id", "n", "t", "x\0é😀\r\n", "S", "A", "B", "P", "https://u", date(1, 2, 3), "/o")
    with written(tmp_path, Entry(full, (), (), (), ())) as catalog:
        assert catalog.document("id") == full


def test_counts_say_how_much_there_is(catalog: Catalog) -> None:
    assert catalog.counts() == Counts(documents=4, sentences=9, passages=6, statements=1, names=2)


def test_an_unknown_document_is_an_error_in_words(catalog: Catalog) -> None:
    for ask in (catalog.document, catalog.passages_of, catalog.sentences, catalog.mentions, catalog.statements):
        with pytest.raises(UnknownId, match="no document with the id 'nobody'"):
            ask("nobody")


def test_documents_by_id_keep_the_order_and_leave_out_the_unknown(catalog: Catalog) -> None:
    assert list(catalog.documents_by_id(["undated", "nobody", "lumen", "undated"])) == ["undated", "lumen"]
    assert catalog.documents_by_id([]) == {}


def test_a_span_is_read_as_it_is_stored(catalog: Catalog) -> None:
    assert catalog.read_span("lumen", 0, 9) == "Ada River"
    assert catalog.read_span("undated", 19, 43) == "River Über alles fließt."
    assert catalog.read_span("empty", 0, 0) == ""


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 2), (0, len(LUMEN) + 1), (10**9, 10**9 + 1)])
def test_a_span_outside_the_document_is_refused(catalog: Catalog, start: int, end: int) -> None:
    with pytest.raises(BadInput, match="not within"):
        catalog.read_span("lumen", start, end)


@settings(deadline=None)
@given(st.integers(0, len(HARBOUR)), st.integers(0, len(HARBOUR)))
def test_a_span_is_the_slice_of_the_text(catalog: Catalog, a: int, b: int) -> None:
    assert catalog.read_span("harbour", min(a, b), max(a, b)) == HARBOUR[min(a, b) : max(a, b)]


# The list


def test_the_list_is_newest_first_and_undated_last(catalog: Catalog) -> None:
    found, cursor = catalog.list_documents(None, None, 10, None)
    assert [d.id for d in found] == ["harbour", "empty", "lumen", "undated"]
    assert cursor is None


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("HARBOUR", ["harbour"]),
        ("lumen POST", ["lumen", "undated"]),
        ("über FLIESST", ["undated"]),
        ("%", []),
        ("_", []),
        ("title of", ["harbour", "empty", "lumen", "undated"]),
        ("empty.TXT", ["empty"]),
        ("bridge ferries", []),
    ],
)
def test_the_words_of_a_query_are_looked_for_everywhere(catalog: Catalog, query: str, ids: list[str]) -> None:
    assert [d.id for d in catalog.list_documents(query, None, 10, None)[0]] == ids


def test_the_list_of_one_source_ignores_case(catalog: Catalog) -> None:
    assert [d.id for d in catalog.list_documents(None, "LUMEN post", 10, None)[0]] == ["lumen", "undated"]


dates = st.none() | st.dates(date(2020, 1, 1), date(2020, 1, 3))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(dates, st.sampled_from(["a", "b\nc", "ß "])), max_size=12), st.integers(1, 5))
def test_pages_together_are_the_whole_list_in_order(
    tmp_path_factory: pytest.TempPathFactory, abouts: list[tuple[date | None, str]], limit: int
) -> None:
    entries = [entry(f"{n:02}", title=title, published_at=day) for n, (day, title) in enumerate(abouts)]
    seen: list[Document] = []
    cursor: str | None = None
    with written(tmp_path_factory.mktemp("pages"), *entries) as catalog:
        while not seen or cursor:
            page, cursor = catalog.list_documents(None, None, limit, cursor)
            seen += page
            if not page:
                break
    by_name = sorted((e.document for e in entries), key=lambda d: (d.title, d.id))
    assert seen == sorted(by_name, key=lambda d: d.published_at or date.min, reverse=True)


@pytest.mark.parametrize("cursor", ["x", "é", "=", "////", "YQ", "a b", "\udc80", "AAAA" * 3000, "W1tb"])
def test_a_cursor_that_was_not_given_out_is_refused(catalog: Catalog, cursor: str) -> None:
    with pytest.raises(BadInput) as refused:
        catalog.list_documents(None, None, 1, cursor)
    assert refused.value.field == "cursor"


@settings(deadline=None)
@given(st.text(min_size=1))
def test_any_text_as_a_cursor_gives_a_page_or_a_refusal(catalog: Catalog, cursor: str) -> None:
    with suppress(BadInput):
        assert len(catalog.list_documents(None, None, 2, cursor)[0]) <= 2


@pytest.mark.parametrize("limit", [-1, 0, 1001, 2**70])
def test_a_limit_out_of_range_is_refused(catalog: Catalog, limit: int) -> None:
    with pytest.raises(BadInput, match="from 1 to 1000"):
        catalog.list_documents(None, None, limit, None)


@settings(deadline=None)
@given(st.text() | st.just("\udc80") | st.just("a\0"))
def test_whatever_is_asked_for_is_found_or_not(catalog: Catalog, text: str) -> None:
    assert catalog.documents_by_id([text]) == {}
    assert catalog.list_documents(None, text or "x", 5, None) == ([], None)
    assert len(catalog.list_documents(text, None, 5, None)[0]) <= 4
    assert catalog.documents_naming([text]) == {text: set()}
    with pytest.raises(UnknownId):
        catalog.sentence_rows(text)


# Passages and sentences


def test_passages_come_in_the_order_asked_for_with_their_documents(catalog: Catalog) -> None:
    asked = np.array([5, 0, 3, 0])
    assert catalog.passages(asked) == [(PASSAGES[row], catalog.document(PASSAGES[row].document_id)) for row in asked]


def test_rows_number_the_passages_in_document_order(catalog: Catalog) -> None:
    assert [p for p, _ in catalog.passages(range(len(PASSAGES)))] == PASSAGES
    assert [p for d in ALL for p in catalog.passages_of(d.id)] == PASSAGES


def test_a_row_that_is_not_there_is_noticed(catalog: Catalog) -> None:
    for ask in (catalog.passages, catalog.sentence_owner):
        with pytest.raises(KeyError):
            ask([0, 99])


def test_passage_at_finds_all_that_contain_a_span(catalog: Catalog) -> None:
    second = ENTRIES[0].sentences[1]
    assert catalog.passage_at("lumen", second.start, second.end) == list(ENTRIES[0].passages[:2])
    assert catalog.passage_at("lumen", 0, len(LUMEN)) == []


def test_sentences_have_rows_and_rows_have_owners(catalog: Catalog) -> None:
    for e in ENTRIES:
        rows = catalog.sentence_rows(e.document.id)
        assert catalog.sentences(e.document.id) == e.sentences
        assert catalog.sentence_owner(rows) == [(e.document.id, s.index) for s in e.sentences]
    assert catalog.sentence_owner([8, 0]) == [SENTENCES[8], SENTENCES[0]]


def test_the_sentences_of_a_passage_are_a_run_of_rows(catalog: Catalog) -> None:
    spans = catalog.passage_sentence_spans()
    assert spans.dtype == np.int64
    assert [tuple(SENTENCES[row] for row in span) for span in spans] == [
        ((p.document_id, p.first), (p.document_id, p.last)) for p in PASSAGES
    ]


# Names, mentions, statements


def test_names_mentions_and_statements_come_back(catalog: Catalog) -> None:
    assert catalog.names() == list(NAMES)
    for e in ENTRIES:
        assert catalog.mentions(e.document.id) == list(e.mentions)
        assert catalog.statements(e.document.id) == list(e.statements)


said = st.builds(
    Statement,
    sentence=st.just(0),
    start=st.just(0),
    end=st.just(9),
    speaker=st.text(st.characters(codec="utf-8")),
    speaker_key=st.text(st.characters(codec="utf-8")),
    cue=st.sampled_from(["", "said", "according to"]),
    quoted=st.booleans(),
    occasion=st.lists(st.text(st.characters(codec="utf-8"))).map(tuple),
    content=st.lists(st.tuples(st.integers(0, 4), st.integers(4, 9))).map(tuple),
    addressee=st.text(st.characters(codec="utf-8")),
    said_on=st.none() | st.dates(),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(said, max_size=3).map(tuple))
def test_every_field_of_a_statement_comes_back(
    tmp_path_factory: pytest.TempPathFactory, statements: tuple[Statement, ...]
) -> None:
    with written(tmp_path_factory.mktemp("said"), replace(entry("x"), statements=statements)) as catalog:
        assert catalog.statements("x") == list(statements)


def test_words_come_back_in_their_order(tmp_path: Path) -> None:
    write_catalog(tmp_path / "catalog.sqlite", [], [], ["rain", "bridge", "é"])
    with Catalog(tmp_path / "catalog.sqlite") as catalog:
        assert catalog.words() == ["rain", "bridge", "é"]


def test_documents_naming_answers_for_every_key(catalog: Catalog) -> None:
    asked = catalog.documents_naming(["ada river", "port lumen", "nobody"])
    assert asked == {"ada river": {"lumen", "harbour"}, "port lumen": {"lumen"}, "nobody": set()}


def test_statements_by_a_speaker_obey_the_filter(catalog: Catalog) -> None:
    said = [("lumen", ENTRIES[0].statements[0])]
    assert catalog.statements_by(["ada river", "nobody"]) == said
    assert catalog.statements_by(["ada river"], Filter(sources=("Lumen Post",))) == said
    assert catalog.statements_by(["ada river"], Filter(published_after=date(2020, 1, 1))) == []


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(dates, st.sampled_from(["a", "b\nc"]), st.integers(0, 3)), max_size=6), st.integers(1, 5))
def test_pages_of_statements_together_are_all_of_them_in_order(
    tmp_path_factory: pytest.TempPathFactory, abouts: list[tuple[date | None, str, int]], limit: int
) -> None:
    entries = [
        replace(made, statements=made.statements * count)
        for n, (day, title, count) in enumerate(abouts)
        for made in [entry(f"{n:02}", title=title, published_at=day)]
    ]
    with written(tmp_path_factory.mktemp("statements"), *entries) as catalog:
        newest, _ = catalog.list_documents(None, None, 1000, None)
        whole, seen, cursor = catalog.list_statements(None, 1000, None)[0], [], ""
        while cursor is not None:
            page, cursor = catalog.list_statements(["ada river"], limit, cursor or None)
            seen += page
    assert seen == whole == [(document, s) for document in newest for s in entries[int(document.id)].statements]


def test_the_rows_in_which_somebody_speaks(catalog: Catalog) -> None:
    assert catalog.speaking_rows(None).tolist() == catalog.speaking_rows(["ada river"]).tolist() == [1]
    assert catalog.speaking_rows(["nobody"]).tolist() == catalog.speaking_rows([]).tolist() == []


def test_documents_that_quote_somebody_obey_the_filter(catalog: Catalog) -> None:
    assert catalog.documents_quoting("ada river", Filter(), 5) == ["lumen"]
    assert catalog.documents_quoting("ada river", Filter(sources=("Harbour Times",)), 5) == []
    assert catalog.documents_quoting("nobody", Filter(), 5) == []


# Filters

filters = st.builds(
    Filter,
    sources=st.sampled_from([(), ("LUMEN POST",), ("nobody",), ("Harbour Times", "lumen post")]),
    document_ids=st.sampled_from([(), ("lumen",), ("undated", "harbour", "nobody"), ("nobody",)]),
    published_after=st.sampled_from([None, date(2019, 5, 14), date(2019, 5, 15)]),
    published_before=st.sampled_from([None, date(2019, 5, 14), date(2019, 5, 13), date(2022, 1, 1)]),
    speaker=st.sampled_from([None, "Ada River"]),
)


@settings(deadline=None)
@given(filters)
def test_a_passage_is_allowed_exactly_if_nothing_excludes_its_document(catalog: Catalog, asked: Filter) -> None:
    allowed = catalog.allowed_passages(asked)
    admitted = [row for row, p in enumerate(PASSAGES) if catalog.excluded_by(asked, p.document_id) is None]
    assert (range(len(PASSAGES)) if allowed is None else allowed).__len__() == len(admitted)
    assert allowed is None or allowed.tolist() == admitted


def test_a_filter_that_asks_nothing_of_documents_allows_all(catalog: Catalog) -> None:
    assert catalog.allowed_passages(Filter()) is None
    assert catalog.allowed_passages(Filter(speaker="Ada River")) is None


@pytest.mark.parametrize(
    ("asked", "document_id", "reason"),
    [
        (Filter(published_after=date(2019, 5, 15)), "lumen", "published before 2019-05-15"),
        (Filter(published_before=date(2019, 5, 13)), "lumen", "published after 2019-05-13"),
        (Filter(published_after=date(2019, 5, 14), published_before=date(2019, 5, 14)), "lumen", None),
        (Filter(published_before=date(2099, 1, 1)), "undated", "without a publication date"),
        (Filter(sources=("Lumen Post",)), "undated", None),
        (Filter(sources=("Lumen Post", "X")), "empty", "not from Lumen Post or X"),
        (Filter(document_ids=("lumen",)), "harbour", "not among the chosen documents"),
    ],
)
def test_a_filter_says_in_words_why_it_leaves_a_document_out(
    catalog: Catalog, asked: Filter, document_id: str, reason: str | None
) -> None:
    assert catalog.excluded_by(asked, document_id) == reason


# The file


def test_the_finished_catalog_is_one_file(tmp_path: Path) -> None:
    with written(tmp_path, *ENTRIES):
        assert [path.name for path in tmp_path.iterdir()] == ["catalog.sqlite"]


def test_a_catalog_answers_after_its_file_was_removed(tmp_path: Path) -> None:
    with written(tmp_path, *ENTRIES) as catalog:
        (tmp_path / "catalog.sqlite").unlink()
        assert catalog.document("lumen") == ALL[0]


def test_an_empty_catalog_works(tmp_path: Path) -> None:
    with written(tmp_path) as catalog:
        assert catalog.counts().documents == 0
        assert catalog.passage_sentence_spans().shape == (0, 2)
        assert catalog.list_documents("x", None, 5, None) == ([], None)
        assert catalog.allowed_passages(Filter(sources=("x",))) is not None


@pytest.mark.parametrize("data", [b"", b"no database at all", b"SQLite format 3\0" + b"\0" * 200])
def test_a_file_that_is_no_catalog_is_damaged(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "catalog.sqlite").write_bytes(data)
    with pytest.raises(Damaged, match="catalog"):
        Catalog(tmp_path / "catalog.sqlite")


def test_a_missing_catalog_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(Damaged, match="catalog"):
        Catalog(tmp_path / "catalog.sqlite")


def test_a_catalog_is_never_written_over(tmp_path: Path) -> None:
    written(tmp_path).close()
    with pytest.raises(FileExistsError):
        write_catalog(tmp_path / "catalog.sqlite", [], [])


good = entry("x")
elsewhere = replace(good.passages[0], text="something else")


@pytest.mark.parametrize(
    "wrong",
    [
        replace(good, passages=(elsewhere, *good.passages[1:])),
        replace(good, passages=good.passages[1:]),
        replace(good, passages=(*good.passages, Passage("p", "x", 0, 0, "", 4, 4, 0))),
        replace(good, sentences=good.sentences[::-1]),
        replace(good, document=document("y")),
        replace(good, statements=(replace(good.statements[0], content=((0, 5),)),)),
    ],
)
def test_an_entry_that_contradicts_itself_is_refused(tmp_path: Path, wrong: Entry) -> None:
    with pytest.raises(ValueError, match="of document"):
        write_catalog(tmp_path / "catalog.sqlite", [wrong], NAMES)


def test_one_id_twice_and_unknown_names_are_refused(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        write_catalog(tmp_path / "twice", [good, good], NAMES)
    with pytest.raises(sqlite3.IntegrityError):
        write_catalog(tmp_path / "unnamed", [good], [])


def test_many_threads_share_one_catalog(catalog: Catalog) -> None:
    wrong: list[str] = []

    def read(which: int) -> None:
        for turn in range(200):
            wanted = ALL[(which + turn) % len(ALL)]
            if catalog.document(wanted.id) != wanted or catalog.passages([turn % 6])[0][0] != PASSAGES[turn % 6]:
                wrong.append(wanted.id)

    threads = [threading.Thread(target=read, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
