"""Reading upon an earlier reading: whatever was read before, the result is that of reading everything."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, example, given
from hypothesis import settings as bounded
from hypothesis import strategies as st
from towns import library

from qa_service.ingest.text import document_id
from qa_service.reading import NOTHING, Reading, content_words, read, stored
from qa_service.store.manifest import StoredFile
from qa_service.store.snapshot import SnapshotStore
from qa_service.types import Document

NAMES = (
    "Orla Brandeis|Brandeis|Tomas Brandeis|Orla Brandais|Brandais|Kelmet|Ada Kelmet|Foreign Minister Kelmet"
    "|New Norfolk|Norway|the Norwegian Foreign Ministry|Acme|Acme Group|He|She|The minister"
).split("|")
SENTENCES = (
    "{} said on Monday that the bridge is closed.", "“The bridge is closed,” {} told reporters.", "They live in {}.",
    "According to {}, it rained.", "It met {} in Oslo.", "{} did not agree with her.", "“We are glad.”",
)  # fmt: skip
LINES = st.builds(lambda sentence, name: sentence.format(name), st.sampled_from(SENTENCES), st.sampled_from(NAMES))
TEXTS = st.lists(LINES, min_size=1, max_size=6).map(" ".join)
DAYS = st.sampled_from([None, date(2024, 2, 5), date(2024, 2, 8)])
COLLECTIONS = st.dictionaries(st.sampled_from("abcde"), st.tuples(TEXTS, DAYS), min_size=1)
STEPS = st.lists(COLLECTIONS, min_size=2, max_size=4)
HELD = {"a": ("Orla Brandeis came.", None), "b": ("“It is closed,” Brandeis said.", None)}

Collection = Mapping[str, tuple[str, date | None]]


def documents(collection: Collection) -> list[Document]:
    return [
        Document(f"doc_{name}", name, f"Story {name}", text, published_at=day)
        for name, (text, day) in sorted(collection.items())
    ]


def reread(collection: Collection, earlier: Reading = NOTHING) -> Reading:
    return read(documents(collection), 12, lambda *_: None, earlier)


@given(STEPS)
@example([HELD | {"c": ("Ada Brandeis and Ada Brandeis spoke in Oslo.", None)}, HELD])
def test_reading_step_by_step_is_reading_at_once(steps: Sequence[Collection]) -> None:
    earlier = NOTHING
    for collection in steps:
        earlier = reread(collection, earlier)
        assert earlier == reread(collection)


@bounded(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_an_index_changed_step_by_step_is_one_made_at_once(steps: Sequence[Collection]) -> None:
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        for collection in steps:
            library(root / "steps").sync([written(root / "news", collection)], lambda *_: None)
        library(root / "once").sync([root / "news"], lambda *_: None)
        assert held(root / "steps") == held(root / "once")


@bounded(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(COLLECTIONS.filter(lambda collection: len({text for text, _ in collection.values()}) > 1))
def test_an_index_from_which_documents_were_removed_is_one_that_never_had_them(collection: Collection) -> None:
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        library(root / "less").sync([written(root / "news", collection)], lambda *_: None)
        first = next(iter(collection.values()))[0]
        library(root / "less").remove(document_id(None, first), lambda *_: None)
        left = {name: told for name, told in collection.items() if told[0] != first}
        library(root / "never").sync([written(root / "news", left)], lambda *_: None)
        assert held(root / "less") == held(root / "never")


def written(folder: Path, collection: Collection) -> Path:
    """A folder that holds the texts and nothing else, each in a file of one line."""
    folder.mkdir(exist_ok=True)
    for file in folder.iterdir():
        file.unlink()
    for name, (text, day) in collection.items():
        line = {"id": name, "title": name, "text": text} | ({"published_at": day.isoformat()} if day else {})
        (folder / f"{name}.jsonl").write_text(json.dumps(line), encoding="utf-8")
    return folder


def held(home: Path) -> tuple[str, tuple[StoredFile, ...]]:
    """The version of an index, and the checksums of its catalog, its vectors and its words."""
    with SnapshotStore(home).open_current() as snapshot:
        return snapshot.version, snapshot.manifest.files


def test_what_is_stored_is_the_reading_it_was_written_from(tmp_path: Path) -> None:
    library(tmp_path / "home").sync([written(tmp_path / "news", HELD)], lambda *_: None)
    with SnapshotStore(tmp_path / "home").open_current() as snapshot:
        found = stored(snapshot.catalog)
    documents = [entry.document for entry in found.entries]
    assert read(documents, 200, lambda *_: None) == found


def test_statements_are_read_anew_where_a_name_has_come_to_mean_another() -> None:
    alone = reread({"b": HELD["b"]})
    both = reread(HELD, alone)
    assert [said.speaker for said in alone.entries[0].statements] == ["Brandeis"]
    assert [said.speaker for said in both.entries[1].statements] == ["Orla Brandeis"]


def test_of_the_same_documents_nothing_is_made_anew() -> None:
    once = reread(HELD)
    again = reread(HELD | {"c": ("It rained in Oslo.", None)}, once)
    for old, new in zip(once.entries, again.entries, strict=False):
        assert new.sentences is old.sentences
        assert new.passages is old.passages
        assert new.statements is old.statements


def test_another_day_of_publication_is_another_reading() -> None:
    text = "Orla Brandeis said on Monday that it rained."
    before, after = (reread({"a": (text, day)}) for day in (date(2024, 2, 5), date(2024, 2, 20)))
    assert before.entries[0].statements != after.entries[0].statements
    assert reread({"a": (text, date(2024, 2, 20))}, before) == after


def test_a_word_goes_with_the_last_document_that_has_it() -> None:
    many = reread({"a": ("The ferry sailed.", None), "b": ("A ferry sank; the harbour closed.", None)})
    assert set(reread({"a": ("The ferry sailed.", None)}, many).words) == {"story", "ferry", "sailed"}


@given(st.lists(TEXTS, max_size=3))
def test_content_words_are_the_words_of_each_document_together(texts: list[str]) -> None:
    found = documents({str(number): (text, None) for number, text in enumerate(texts)})
    assert content_words(found) == {word for document in found for word in content_words([document])}
