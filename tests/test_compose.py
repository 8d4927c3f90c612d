"""The last steps of an answer: spans are verified, written with their markers, or it is said what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.compose import missing
from qa_service.compose.draft import Draft, Piece
from qa_service.compose.verify import check, holds
from qa_service.compose.write import write
from qa_service.language.references import NameBook
from qa_service.questions.question import Question, read
from qa_service.settings import Settings
from qa_service.store.catalog import Catalog
from qa_service.store.snapshot import SnapshotStore
from qa_service.types import Document, Missing


@pytest.fixture(scope="module")
def catalog(settings: Settings) -> Iterator[Catalog]:
    with SnapshotStore(settings.home).open_current() as snapshot:
        yield snapshot.catalog


@pytest.fixture(scope="module")
def stored(catalog: Catalog) -> Document:
    return catalog.list_documents(None, None, 1, None)[0][0]


@pytest.fixture(scope="module")
def book(catalog: Catalog) -> NameBook:
    return NameBook(catalog.names())


def piece(document: Document, start: int = 0, end: int = 40, passage: str = "p1") -> Piece:
    return Piece(document, passage, start, end, None, 0.5)


def changed(document: Document, text: str) -> Piece:
    """A piece of the document whose text was tampered with."""
    return piece(replace(document, text=text))


def test_every_span_of_a_stored_document_holds(stored: Document, catalog: Catalog) -> None:
    middle = len(stored.text) // 2
    for start, end in [
        (0, 40),
        (middle, middle + 40),
        (len(stored.text) - 40, len(stored.text)),
        (0, len(stored.text)),
    ]:
        assert holds(piece(stored, start, end), catalog)


def test_a_piece_whose_text_was_tampered_with_does_not_hold(stored: Document, catalog: Catalog) -> None:
    assert not holds(changed(stored, "X" + stored.text[1:]), catalog)
    assert not holds(changed(stored, stored.text.swapcase()), catalog)
    assert not holds(changed(stored, " " + stored.text), catalog)


@pytest.mark.parametrize(("start", "end"), [(-5, 20), (20, 10), (10, 10), (0, 10**6), (10**6, 10**6 + 5)])
def test_a_span_that_is_out_of_range_or_empty_does_not_hold(
    stored: Document, catalog: Catalog, start: int, end: int
) -> None:
    assert not holds(piece(stored, start, end), catalog)


def test_a_span_of_nothing_but_white_space_does_not_hold(stored: Document, catalog: Catalog) -> None:
    at = stored.text.index(" ")
    assert not holds(piece(stored, at, at + 1), catalog)


def test_a_piece_of_an_unknown_document_does_not_hold(stored: Document, catalog: Catalog) -> None:
    assert not holds(piece(replace(stored, id="doc_of_nowhere")), catalog)


def test_what_does_not_hold_is_dropped_and_logged(
    stored: Document, catalog: Catalog, caplog: pytest.LogCaptureFixture
) -> None:
    good, bad = piece(stored), changed(stored, stored.text.upper())
    left_open = (Missing("part", "reason"),)
    assert check(Draft((good, bad), left_open), catalog) == Draft((good,), left_open)
    assert "1 citations differ from the stored text" in caplog.text


def test_an_answer_of_which_nothing_holds_says_so(stored: Document, catalog: Catalog) -> None:
    draft = check(Draft((changed(stored, "Another text altogether."),)), catalog)
    assert not draft.pieces
    assert draft.missing[0].reason


def test_what_holds_is_kept_in_its_order_without_a_word(
    stored: Document, catalog: Catalog, caplog: pytest.LogCaptureFixture
) -> None:
    draft = Draft((piece(stored, 40, 80), piece(stored)))
    assert check(draft, catalog) == draft
    assert not caplog.records


HARBOUR = Document(
    "doc_1", "harbour", "Harbour", "Ferries run twice a day. “We are glad,” the master said. 😀 It is cold."
)


def test_pieces_of_one_passage_share_a_number_and_numbers_run_in_order() -> None:
    first, second, third = piece(HARBOUR, 0, 24, "b"), piece(HARBOUR, 25, 56, "a"), piece(HARBOUR, 57, 70, "b")
    written = write([first, second, third])
    assert written.text == "Ferries run twice a day. [1] “We are glad,” the master said. [2] 😀 It is cold. [1]"
    assert written.plain == HARBOUR.text
    assert [(c.id, c.number, c.support) for c in written.citations] == [
        ("c1", 1, "verbatim"), ("c2", 2, "verbatim"), ("c3", 1, "verbatim"),
    ]  # fmt: skip


def test_a_citation_carries_the_span_and_who_spoke() -> None:
    (citation,) = write([replace(piece(HARBOUR, 25, 56), speaker="the master")]).citations
    (source,) = citation.sources
    assert (source.document, source.passage_id, source.speaker, source.verified) == (HARBOUR, "p1", "the master", True)
    assert (source.start, source.end, source.cited_text) == (25, 56, "“We are glad,” the master said.")


def test_no_pieces_are_no_text() -> None:
    assert (write([]).text, write([]).plain, write([]).citations) == ("", "", ())


Spans = st.tuples(st.integers(0, 69), st.integers(1, 30), st.sampled_from("abc"))


@given(st.lists(Spans, max_size=8))
def test_offsets_into_the_answer_are_those_of_its_characters(spans: list[tuple[int, int, str]]) -> None:
    pieces = [piece(HARBOUR, start, min(start + length, 70), passage) for start, length, passage in spans]
    written = write(pieces)
    assert [written.text[c.start : c.end] for c in written.citations] == [p.text for p in pieces]
    assert [c.text for c in written.citations] == [p.text for p in pieces]
    marked = [written.text[c.end :].startswith(f" [{c.number}]") for c in written.citations]
    assert all(marked)


@pytest.fixture(scope="module")
def asked(book: NameBook) -> dict[str, Question]:
    texts = {
        "unknown": "What did Lavrov and Solberg say about Brexit?",
        "meeting": "What did Pompeo say after meeting Putin?",
        "call": "What did Lavrov say during the phone call with Trump?",
        "topic": "What did Lavrov say about fisheries in the north?",
        "bare": "What did Lavrov say?",
        "when": "When did Trump arrive in Moscow?",
        "nothing": "Is the moon made of cheese?",
    }
    return {name: read(text, book) for name, text in texts.items()}


def test_names_that_no_document_has_are_named_one_by_one(asked: dict[str, Question]) -> None:
    assert [m.part for m in missing.unknown_names(asked["unknown"])] == ["Solberg", "Brexit"]
    assert missing.unknown_names(asked["unknown"])[1].reason == "None of the documents mentions Brexit."
    assert missing.unknown_names(asked["meeting"]) == []


def test_names_that_no_document_has_together_are_listed(asked: dict[str, Question]) -> None:
    assert missing.not_together(asked["meeting"].names).reason == "No document speaks of Pompeo and Putin together."


@pytest.mark.parametrize(("kind", "of"), [("meeting", "Pompeo and Putin"), ("call", "Lavrov and Trump")])
def test_an_occasion_that_is_not_told_is_named(asked: dict[str, Question], kind: str, of: str) -> None:
    part = f"{kind} between {of}"
    assert missing.no_occasion(asked[kind]) == Missing(part, f"None of the documents tells of a {part}.")


def test_someone_who_is_not_quoted_or_not_on_this_is_named(asked: dict[str, Question]) -> None:
    assert missing.not_quoted(asked["bare"]).reason == "The documents do not quote Lavrov."
    assert missing.not_quoted_so(asked["bare"]).reason == "The documents do not quote Lavrov."
    so = missing.not_quoted_so(asked["topic"])
    assert so == Missing(
        "fisheries in the north", "The documents quote Lavrov, but not on this: fisheries in the north."
    )


def test_someone_who_is_quoted_elsewhere_or_on_another_occasion_is_named(book: NameBook) -> None:
    met = read("What did Pompeo say after meeting Putin?", book)
    assert missing.not_quoted_on(met).reason == "The documents quote Pompeo, but not on a meeting with Putin."
    there = read("What did Blinken say in Moscow?", book)
    assert missing.not_quoted_at(there, there.others[0]).reason == "The documents quote Blinken, but not in Moscow."


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("What did Lavrov say in Moscow about the pandemic?", "the pandemic in Moscow"),
        ("What did Lavrov say about fish after the talks?", "fish after the talks"),
        ("What did Lavrov claim?", ""),
    ],
)
def test_what_words_are_asked_about(question: str, about: str, book: NameBook) -> None:
    assert missing.about(read(question, book)) == about


def test_a_copy_that_does_not_hold_is_dropped_and_one_that_holds_takes_its_place(
    stored: Document, catalog: Catalog
) -> None:
    good, bad = piece(stored), changed(stored, stored.text.upper())
    assert check(Draft((replace(good, copies=(bad,)),)), catalog).pieces == (good,)
    assert check(Draft((replace(bad, copies=(good,)),)), catalog).pieces == (good,)


def test_copies_are_further_sources_of_one_citation() -> None:
    other = replace(HARBOUR, id="doc_2")
    (citation,) = write([replace(piece(HARBOUR, 0, 24), copies=(piece(other, 0, 24),))]).citations
    assert [source.document.id for source in citation.sources] == ["doc_1", "doc_2"]
    assert {source.cited_text for source in citation.sources} == {citation.text}


def test_what_is_asked_of_a_known_name_is_named(asked: dict[str, Question]) -> None:
    reason = missing.not_said(asked["when"]).reason
    assert reason.startswith("The documents mention ")
    assert reason.endswith("but do not say when: “When did Trump arrive in Moscow?”")
    assert (
        missing.not_said(asked["nothing"]).reason == "The documents do not answer this: “Is the moon made of cheese?”"
    )


@pytest.mark.parametrize(("items", "listed"), [(["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")])
def test_a_list_reads_as_english(items: list[str], listed: str) -> None:
    assert missing.listing(items) == listed
