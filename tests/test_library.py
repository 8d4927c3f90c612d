"""Indexing: what is given is what the index holds afterwards, whatever it held before."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from homes import with_model
from hypothesis import HealthCheck, given
from hypothesis import settings as bounded
from hypothesis import strategies as st
from numpy.typing import NDArray
from towns import TEXTS, answerer, answers, documents, holding, library, names, sync, version, written

from qa_service.assemble import open_library
from qa_service.embed import HashEmbedder
from qa_service.errors import BadDocument, BadInput, Busy, Damaged, NoIndex, UnknownId, WrongIndex
from qa_service.library import Library, Removed
from qa_service.read import WordReader
from qa_service.settings import Settings
from qa_service.shelf import Shelves
from qa_service.store.snapshot import SnapshotStore
from qa_service.types import Ask


class Counting(HashEmbedder):
    """Keeps the texts that it was asked to embed."""

    def __init__(self, dimension: int = 64) -> None:
        super().__init__(dimension)
        self.seen: list[str] = []

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.seen += texts
        return super().embed(texts)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two documents."""
    return written(tmp_path / "news", "harbour", "bridge")


def test_the_documents_of_a_folder_are_indexed(home: Path, folder: Path) -> None:
    report = sync(home, folder)
    assert (report.documents, report.passages, report.changed) == (2, 2, True)
    assert names(home) == ["bridge", "harbour"]


def test_files_and_folders_may_be_named_together(home: Path, folder: Path, tmp_path: Path) -> None:
    sync(home, folder, written(tmp_path / "more", "museum") / "museum.txt")
    assert names(home) == ["bridge", "harbour", "museum"]


def test_a_second_run_writes_nothing_and_says_so(home: Path, folder: Path) -> None:
    sync(home, folder)
    before = SnapshotStore(home).current_name(), sorted((home / "snapshots").iterdir())
    report = sync(home, folder)
    assert (report.documents, report.passages, report.changed) == (2, 2, False)
    assert (SnapshotStore(home).current_name(), sorted((home / "snapshots").iterdir())) == before


def test_a_changed_file_replaces_its_old_version(home: Path, folder: Path) -> None:
    sync(home, folder)
    (folder / "bridge.txt").write_text(TEXTS["bridge"].replace("spring", "summer"), encoding="utf-8")
    assert sync(home, folder).documents == 2
    assert ["summer" in d.text for d in documents(home)] == [True, False]


def test_a_removed_file_is_removed_and_documents_from_elsewhere_stay(home: Path, folder: Path, tmp_path: Path) -> None:
    sync(home, folder)
    sync(home, written(tmp_path / "more", "museum"))
    (folder / "bridge.txt").unlink()
    assert sync(home, folder).documents == 2
    assert names(home) == ["harbour", "museum"]


def test_a_neighbour_whose_name_begins_alike_is_elsewhere(home: Path, folder: Path, tmp_path: Path) -> None:
    sync(home, written(tmp_path / "news2", "museum"))
    sync(home, folder)
    assert names(home) == ["bridge", "harbour", "museum"]


def test_a_folder_with_a_hash_sign_in_its_name_is_kept_in_step(home: Path, folder: Path, tmp_path: Path) -> None:
    sync(home, folder)
    sync(home, written(tmp_path / "C# news", "museum"))
    (tmp_path / "C# news" / "museum.txt").write_text(TEXTS["museum"].replace("120", "150"), encoding="utf-8")
    assert sync(home, tmp_path / "C# news").documents == 3


def test_a_line_that_is_gone_from_a_file_is_removed(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "all.jsonl"
    lines = [json.dumps({"id": name, "title": name, "text": text}) for name, text in TEXTS.items()]
    file.write_text("\n".join(lines), encoding="utf-8")
    assert sync(home, file).documents == 3
    file.write_text("\n".join(lines[1:]), encoding="utf-8")
    assert sync(home, file).documents == 2
    assert names(home) == ["bridge", "museum"]


def test_the_same_document_twice_is_one(home: Path, folder: Path) -> None:
    (folder / "copy.txt").write_text(TEXTS["bridge"], encoding="utf-8")
    assert sync(home, folder, folder / "bridge.txt").documents == 2


@pytest.mark.parametrize("content", [b"\xff\xfe\x00broken", b"  \n"], ids=["not UTF-8", "empty"])
def test_a_bad_file_is_named_and_changes_nothing(home: Path, folder: Path, content: bytes) -> None:
    sync(home, folder)
    before = SnapshotStore(home).current_name(), answers(home)
    written(folder, "museum")
    (folder / "zebra.txt").write_bytes(content)
    with pytest.raises(BadDocument, match=r"zebra\.txt"):
        sync(home, folder)
    assert (SnapshotStore(home).current_name(), answers(home)) == before


@pytest.mark.parametrize("made", ["empty", "other.csv"])
def test_a_folder_without_documents_is_an_error_that_says_what_to_give(home: Path, tmp_path: Path, made: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / made).touch()
    with pytest.raises(BadInput, match=r"name files or folders with \.txt, \.md or \.jsonl"):
        sync(home, tmp_path / "empty")
    assert SnapshotStore(home).current_name() is None


def test_one_process_at_a_time_writes(home: Path, folder: Path) -> None:
    with SnapshotStore(home).writing(), pytest.raises(Busy):
        sync(home, folder)


def test_an_index_built_step_by_step_answers_like_one_built_at_once(tmp_path: Path, folder: Path) -> None:
    sync(tmp_path / "steps", folder / "bridge.txt")
    sync(tmp_path / "steps", written(folder, "museum"))
    (folder / "museum.txt").unlink()
    sync(tmp_path / "steps", folder)
    sync(tmp_path / "steps", written(folder, "museum"))
    sync(tmp_path / "once", folder)
    assert version(tmp_path / "steps") == version(tmp_path / "once")
    assert answers(tmp_path / "steps") == answers(tmp_path / "once")
    assert "answered" in [status for status, *_ in answers(tmp_path / "once")]


def test_the_real_model_gives_the_same_vectors_step_by_step_and_at_once(
    settings: Settings, tmp_path: Path, folder: Path
) -> None:
    steps, once = with_model(settings, tmp_path / "steps"), with_model(settings, tmp_path / "once")
    open_library(steps, lambda *_: None).sync([folder / "bridge.txt"], lambda *_: None)
    open_library(steps, lambda *_: None).sync([written(folder, "museum")], lambda *_: None)
    open_library(once, lambda *_: None).sync([folder], lambda *_: None)
    for one, other in zip(vectors(steps.home), vectors(once.home), strict=True):
        assert np.array_equal(one, other)


def vectors(home: Path) -> list[NDArray[np.float32]]:
    with SnapshotStore(home).open_current() as snapshot:
        return [
            index.vectors(np.arange(index.count)) for index in (snapshot.passages, snapshot.sentences, snapshot.words)
        ]


def test_only_new_texts_are_embedded(home: Path, folder: Path) -> None:
    first, second, third = Counting(), Counting(), Counting()
    sync(home, folder, embedder=first)
    sync(home, written(folder, "museum"), embedder=second)
    sync(home, folder, embedder=third)
    assert "museum" not in " ".join(first.seen)
    assert second.seen
    assert not set(first.seen) & set(second.seen)
    assert third.seen == []


def test_another_model_embeds_everything_anew(home: Path, folder: Path) -> None:
    first, second = Counting(), Counting(32)
    sync(home, folder, embedder=first)
    assert sync(home, folder, embedder=second).changed
    assert second.seen == first.seen


def test_passages_of_another_length_are_cut_anew(home: Path, folder: Path) -> None:
    sync(home, folder)
    report = Library(SnapshotStore(home), HashEmbedder(), 32).sync([folder], lambda *_: None)
    assert report.changed
    assert report.passages > 2


def test_the_version_does_not_depend_on_where_the_documents_lie(tmp_path: Path, folder: Path) -> None:
    sync(tmp_path / "one", folder)
    sync(tmp_path / "two", written(tmp_path / "elsewhere", "harbour", "bridge"))
    assert version(tmp_path / "one") == version(tmp_path / "two")


def test_documents_that_moved_belong_to_their_new_folder(home: Path, folder: Path, tmp_path: Path) -> None:
    sync(home, folder)
    moved = folder.rename(tmp_path / "archive")
    assert sync(home, moved).documents == 2
    (moved / "bridge.txt").unlink()
    sync(home, moved)
    assert names(home) == ["harbour"]


def test_indexing_again_mends_a_damaged_index(home: Path, folder: Path) -> None:
    sync(home, folder)
    damage(home)
    with pytest.raises(Damaged):
        SnapshotStore(home).open_current()
    assert sync(home, folder).changed
    assert names(home) == ["bridge", "harbour"]


def test_a_damaged_index_is_replaced_even_when_an_older_one_holds_the_same(home: Path, folder: Path) -> None:
    sync(home, folder / "bridge.txt")
    sync(home, folder)
    damage(home)
    (folder / "harbour.txt").unlink()
    assert sync(home, folder).changed
    with SnapshotStore(home).open_current() as snapshot:
        assert snapshot.name == SnapshotStore(home).current_name()


def damage(home: Path) -> None:
    """Change one byte of the current snapshot."""
    file = home / "snapshots" / str(SnapshotStore(home).current_name()) / "passages.faiss"
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes(data)


def test_an_index_of_another_model_is_not_read_with_this_one(home: Path, folder: Path) -> None:
    sync(home, folder)
    with pytest.raises(WrongIndex, match="hash-64"):
        Shelves(SnapshotStore(home), HashEmbedder(32), WordReader()).current()


def test_progress_tells_each_stage_to_its_end(home: Path, folder: Path) -> None:
    told: dict[str, tuple[int, int]] = {}
    library = Library(SnapshotStore(home), HashEmbedder(), 200)
    library.sync([folder], lambda stage, done, total: told.update({stage: (done, total)}))
    assert list(told) == ["reading", "passages", "sentences", "words", "writing"]
    assert all(done == total for done, total in told.values())


def remove(home: Path, name: str, embedder: HashEmbedder | None = None) -> Removed:
    found = next(document for document in documents(home) if document.name == name)
    return library(home, embedder).remove(found.id, lambda *_: None)


def test_what_was_read_from_the_paths_is_reported(home: Path, folder: Path, tmp_path: Path) -> None:
    sync(home, folder)
    more = written(tmp_path / "more", "museum")
    assert [document.name for document in sync(home, more).given] == ["museum"]
    assert [document.name for document in sync(home, more).given] == ["museum"]  # also when nothing changes


def test_a_removed_document_is_told_with_what_went(home: Path, folder: Path) -> None:
    sync(home, folder)
    removed = remove(home, "harbour")
    assert (removed.document.title, removed.passages, removed.statements) == ("Harbour reopens after storm", 1, 2)
    assert names(home) == ["bridge"]


def test_an_index_without_a_removed_document_is_one_that_never_had_it(home: Path, folder: Path, tmp_path: Path) -> None:
    sync(home, folder)
    remove(home, "harbour")
    sync(tmp_path / "never", folder / "bridge.txt")
    assert version(home) == version(tmp_path / "never")
    assert answers(home) == answers(tmp_path / "never")


def test_removing_embeds_nothing_anew(home: Path, folder: Path) -> None:
    sync(home, folder)
    embedder = Counting()
    remove(home, "bridge", embedder)
    assert embedder.seen == []


def test_no_file_of_any_snapshot_holds_what_was_removed(home: Path, folder: Path) -> None:
    sync(home, folder / "harbour.txt")
    sync(home, folder)
    assert holding(home, "solberg", "norvik", "Ferries to the islands")
    remove(home, "harbour")
    assert not holding(home, "solberg", "norvik", "Ferries to the islands")


def test_what_was_removed_does_not_come_back_for_a_damaged_index(home: Path, folder: Path) -> None:
    sync(home, folder)
    remove(home, "harbour")
    damage(home)
    with pytest.raises(Damaged):
        SnapshotStore(home).open_current()


def test_what_answered_before_a_removal_goes_on_until_it_is_closed(home: Path, folder: Path) -> None:
    sync(home, folder)
    with SnapshotStore(home).open_current() as before:
        remove(home, "harbour")
        assert len(before.catalog.list_documents(None, None, 10, None)[0]) == 2


def test_the_last_document_can_be_removed_and_others_added(home: Path, folder: Path) -> None:
    sync(home, folder / "bridge.txt")
    remove(home, "bridge")
    assert documents(home) == []
    with pytest.raises(NoIndex, match="holds no document"):
        answerer(home).answer(Ask("When will the bridge open?"))
    assert sync(home, folder).documents == 2
    assert "answered" in [status for status, *_ in answers(home)]


def test_removing_what_is_not_there_is_told_and_changes_nothing(home: Path, folder: Path) -> None:
    with pytest.raises(NoIndex):
        library(home).remove("doc_0", lambda *_: None)
    sync(home, folder)
    before = SnapshotStore(home).current_name()
    with pytest.raises(UnknownId, match="doc_0"):
        library(home).remove("doc_0", lambda *_: None)
    assert SnapshotStore(home).current_name() == before


def test_nothing_is_removed_while_another_process_writes(home: Path, folder: Path) -> None:
    sync(home, folder)
    with SnapshotStore(home).writing(), pytest.raises(Busy):
        remove(home, "bridge")


def test_adding_keeps_what_is_there_and_begins_an_index(home: Path, folder: Path, tmp_path: Path) -> None:
    library(home).add([folder], lambda *_: None)
    library(home).add([written(tmp_path / "more", "museum")], lambda *_: None)
    assert names(home) == ["bridge", "harbour", "museum"]


def test_nothing_is_added_to_an_index_that_cannot_be_read(home: Path, folder: Path, tmp_path: Path) -> None:
    sync(home, folder)
    damage(home)
    with pytest.raises(Damaged):
        library(home).add([written(tmp_path / "more", "museum")], lambda *_: None)


Steps = st.lists(st.frozensets(st.sampled_from(sorted(TEXTS)), min_size=1), min_size=1, max_size=4)


@bounded(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(Steps)
def test_whatever_was_there_before_the_index_is_that_of_the_files(steps: list[frozenset[str]]) -> None:
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        for wanted in steps:
            for file in (root / "news").glob("*"):
                file.unlink()
            sync(root / "steps", written(root / "news", *wanted))
        sync(root / "once", root / "news")
        assert names(root / "steps") == sorted(steps[-1])
        assert version(root / "steps") == version(root / "once")
