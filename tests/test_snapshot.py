from __future__ import annotations

import hashlib
import logging
import os
import random
import re
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from store_samples import contents, generation_of, publish_generation, recipe, sample_entries

from qa_service.errors import Busy, Damaged, NoIndex, WrongIndex
from qa_service.store.manifest import check_compatible
from qa_service.store.snapshot import FORMAT, Recipe, SnapshotStore

FILES = (
    "manifest.json",
    "catalog.sqlite",
    "passages.faiss",
    "sentences.faiss",
    "words.faiss",
    "keywords/vocabulary.json",
    "keywords/values.npy",
    "keywords/rows.npy",
    "keywords/starts.npy",
)


@pytest.fixture
def store(tmp_path: Path) -> SnapshotStore:
    return SnapshotStore(tmp_path / "the" / "home")


def folder(store: SnapshotStore, name: str | None = None) -> Path:
    return store._snapshots / str(name or store.current_name())


def names(store: SnapshotStore) -> list[str]:
    return sorted(path.name for path in store._snapshots.iterdir())


def opened_generation(store: SnapshotStore) -> int:
    with store.open_current() as snapshot:
        return generation_of(snapshot)


# Publishing and opening


def test_what_is_published_is_what_is_opened(store: SnapshotStore) -> None:
    entries = sample_entries()
    with store.writing():
        published = store.publish(contents(entries), recipe())
    with store.open_current() as snapshot:
        assert snapshot.manifest == published
        assert snapshot.name == snapshot.asked_for == store.current_name()
        assert snapshot.manifest.counts == snapshot.catalog.counts()
        assert [p for p, _ in snapshot.catalog.passages(range(6))] == [p for e in entries for p in e.passages]
        assert np.array_equal(snapshot.sentences.vectors(np.arange(9)), contents(entries).sentences)


def test_a_snapshot_without_documents_works(store: SnapshotStore) -> None:
    with store.writing():
        store.publish(contents([]), recipe())
    with store.open_current() as snapshot:
        assert snapshot.passages.search(np.ones((1, 8), np.float32), 5, None)[1].shape == (1, 0)
        assert snapshot.keywords.scores("anything").shape == (0,)


def test_a_home_in_which_nothing_was_published_has_no_index(store: SnapshotStore) -> None:
    for _ in range(2):
        with pytest.raises(NoIndex, match="run `qa-service index`"):
            store.open_current()
        assert store.current_name() is None
        with store.writing():
            pass


def test_the_files_of_a_snapshot_are_those_of_its_manifest(store: SnapshotStore) -> None:
    publish_generation(store, 1)
    found = [path.relative_to(folder(store)).as_posix() for path in folder(store).rglob("*") if path.is_file()]
    assert sorted(found) == sorted(FILES)
    with store.open_current() as snapshot:
        assert {file.name for file in snapshot.manifest.files} == set(FILES) - {"manifest.json"}


def test_the_last_three_snapshots_are_kept(store: SnapshotStore) -> None:
    seen = []
    for number in range(5):
        publish_generation(store, number)
        seen.append(store.current_name())
    assert seen == sorted(set(map(str, seen)))
    assert names(store) == seen[-3:]
    assert opened_generation(store) == 4


def test_names_go_on_growing_when_the_clock_was_set_back(store: SnapshotStore) -> None:
    publish_generation(store, 1)
    ahead = "29991231T235959999999Z-0123456789abcdef"
    folder(store, ahead).mkdir()
    publish_generation(store, 2)
    assert str(store.current_name()) > ahead
    assert opened_generation(store) == 2


def test_a_reader_keeps_its_snapshot_while_others_are_published_and_it_is_removed(store: SnapshotStore) -> None:
    publish_generation(store, 0)
    with store.open_current() as held:
        for number in range(1, 5):
            publish_generation(store, number)
        assert held.name not in names(store)
        assert generation_of(held) == 0
        assert store.is_stale(held)


def test_a_new_snapshot_is_noticed_and_an_old_one_is_not_mistaken_for_it(store: SnapshotStore) -> None:
    publish_generation(store, 1)
    with store.open_current() as snapshot:
        assert not store.is_stale(snapshot)
        publish_generation(store, 2)
        assert store.is_stale(snapshot)
    (folder(store) / "catalog.sqlite").unlink()
    with store.open_current() as older:
        assert not store.is_stale(older)


def test_readers_open_whole_snapshots_while_many_are_published(store: SnapshotStore) -> None:
    publish_generation(store, 0)
    seen: list[int] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.append(opened_generation(store))

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(1, 13):
        publish_generation(store, number)
    done.set()
    for reader in readers:
        reader.join()
    assert seen
    assert set(seen) <= set(range(13))


# What must not be published


def test_publishing_needs_the_lock(store: SnapshotStore) -> None:
    with pytest.raises(RuntimeError, match="outside of writing"):
        store.publish(contents([]), recipe())


@pytest.mark.parametrize("part", ["passages", "sentences", "keyword_texts", "words", "word_vectors"])
def test_parts_that_do_not_fit_are_refused(store: SnapshotStore, part: str) -> None:
    whole = contents(sample_entries())
    with store.writing(), pytest.raises(ValueError, match="must be"):
        store.publish(replace(whole, **{part: getattr(whole, part)[1:]}), recipe())


def test_a_failure_while_writing_leaves_nothing_behind(store: SnapshotStore) -> None:
    publish_generation(store, 1)
    before = names(store)
    spoilt = contents(sample_entries())
    spoilt.passages[0, 0] = np.nan
    with store.writing(), pytest.raises(ValueError, match="not finite"):
        store.publish(spoilt, recipe())
    assert names(store) == before
    assert opened_generation(store) == 1


def test_what_a_stopped_writer_left_is_removed_by_the_next(store: SnapshotStore) -> None:
    publish_generation(store, 1)
    (folder(store, "20200101T000000000000Z.tmp") / "keywords").mkdir(parents=True)
    (store._home / "current.tmp").write_text("half")
    publish_generation(store, 2)
    assert len(names(store)) == 2
    assert opened_generation(store) == 2


# One writer


def test_a_second_writer_is_told_at_once_that_the_home_is_busy(store: SnapshotStore) -> None:
    code = f"""
from pathlib import Path; from qa_service.errors import Busy; from qa_service.store.snapshot import SnapshotStore
try:
    SnapshotStore(Path({str(store._home)!r})).writing().__enter__()
except Busy as busy:
    raise SystemExit(busy.message)
"""
    with store.writing():
        other = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True, timeout=60)
        with pytest.raises(Busy), SnapshotStore(store._home).writing():
            pass
    assert "Another process is changing the index" in other.stderr
    publish_generation(store, 1)


def test_the_lock_ends_with_an_error_inside_it(store: SnapshotStore) -> None:
    with pytest.raises(KeyError), store.writing():
        raise KeyError
    publish_generation(store, 1)
    assert opened_generation(store) == 1


# Damage


def flip(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) * 8)
    return data[: at // 8] + bytes([data[at // 8] ^ 1 << at % 8]) + data[at // 8 + 1 :]


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def grow(data: bytes, chance: random.Random) -> bytes:
    return data + chance.randbytes(1 + chance.randrange(9))


def page_of_zeros(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    zeros = bytes(min(4096, len(data) - at))
    return data[:at] + zeros + data[at + len(zeros) :]


def spoil(path: Path, how: Callable[[bytes, random.Random], bytes], chance: random.Random) -> None:
    data = path.read_bytes()
    while (spoilt := how(data, chance)) == data:
        pass
    path.write_bytes(spoilt)


@pytest.mark.parametrize("how", [flip, cut, grow, page_of_zeros])
@pytest.mark.parametrize("file", FILES)
def test_damage_to_any_file_is_noticed_and_the_snapshot_before_answers(
    store: SnapshotStore, file: str, how: Callable[[bytes, random.Random], bytes]
) -> None:
    seed = random.randrange(2**32)
    print("seed", seed)  # shown when the test fails
    chance = random.Random(seed)
    for number in (1, 2, 3):
        publish_generation(store, number)
    whole = (folder(store) / file).read_bytes()
    for _ in range(13):
        (folder(store) / file).write_bytes(whole)
        spoil(folder(store) / file, how, chance)
        assert opened_generation(store) == 2


@pytest.mark.parametrize("file", FILES)
def test_a_missing_file_is_noticed(store: SnapshotStore, file: str, caplog: pytest.LogCaptureFixture) -> None:
    publish_generation(store, 1)
    publish_generation(store, 2)
    (folder(store) / file).unlink()
    with caplog.at_level(logging.WARNING):
        assert opened_generation(store) == 1
    assert f"Snapshot {store.current_name()} cannot be used" in caplog.text


def test_damage_to_the_older_snapshots_too_is_noticed(store: SnapshotStore) -> None:
    for number in (1, 2, 3):
        publish_generation(store, number)
    for file, name in zip(FILES, names(store)[1:], strict=False):
        spoil(folder(store, name) / file, flip, random.Random(1))
    assert opened_generation(store) == 1


def test_no_snapshot_is_opened_if_none_is_whole(store: SnapshotStore) -> None:
    for number in (1, 2):
        publish_generation(store, number)
        (folder(store) / "passages.faiss").write_bytes(b"")
    with pytest.raises(Damaged, match=re.escape("passages.faiss differs from its checksum")) as damaged:
        store.open_current()
    assert str(store._home) not in damaged.value.message


def test_publishing_mends_a_damaged_home(store: SnapshotStore) -> None:
    publish_generation(store, 1)
    (folder(store) / "manifest.json").unlink()
    publish_generation(store, 2)
    assert opened_generation(store) == 2


pointers: dict[str, Callable[[str], str | None]] = {
    "missing": lambda line: None,
    "empty": lambda line: "",
    "cut": lambda line: line[:-9],
    "not ASCII": lambda line: "é" + line,
    "another path": lambda line: f"../../{line}",
    "another name": lambda line: line.replace("Z-", "Z-f", 1),
    "no such snapshot": lambda line: "2" + line[1:9].replace("0", "1") + line[9:],
    "another checksum": lambda line: line[:-9] + "00000000\n",
}


@pytest.mark.parametrize("how", pointers)
def test_a_damaged_pointer_does_not_hide_the_newest_snapshot(store: SnapshotStore, how: str) -> None:
    publish_generation(store, 1)
    publish_generation(store, 2)
    line = pointers[how]((store._home / "current").read_text())
    (store._home / "current").unlink()
    if line is not None:
        (store._home / "current").write_text(line, "utf-8")
    assert opened_generation(store) == 2
    publish_generation(store, 3)
    assert opened_generation(store) == 3


def test_a_file_that_may_not_be_read_counts_as_damaged(store: SnapshotStore) -> None:
    publish_generation(store, 1)
    publish_generation(store, 2)
    (folder(store) / "catalog.sqlite").unlink()
    (folder(store) / "catalog.sqlite").mkdir()
    assert opened_generation(store) == 1


def test_parts_of_different_snapshots_are_not_taken_for_one(store: SnapshotStore) -> None:
    publish_generation(store, 1)
    publish_generation(store, 2)
    old, new = (folder(store, name) for name in names(store))
    os.replace(old / "passages.faiss", new / "passages.faiss")
    with pytest.raises(Damaged):
        store.open_current()


# Versions


def test_the_version_depends_on_what_decides_answers_and_not_on_time(store: SnapshotStore) -> None:
    versions = []
    for _ in range(2):
        publish_generation(store, 1)
        with store.open_current() as snapshot:
            versions.append(snapshot.version)
    assert versions[0] == versions[1]
    assert re.fullmatch("sha256:[0-9a-f]{64}", versions[0])


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({"model": "renamed"}, True),
        ({"fingerprint": "0" * 64}, False),
        ({"max_tokens": 100}, False),
        ({"documents": "others"}, False),
    ],
)
def test_each_part_of_the_recipe_that_decides_answers_changes_the_version(
    store: SnapshotStore, change: dict[str, object], same: bool
) -> None:
    with store.writing():
        first = store.publish(contents([]), recipe())
        second = store.publish(contents([]), replace(recipe(), **change))  # type: ignore[arg-type]  # fields of Recipe
    assert (first.version == second.version) == same


def test_another_model_is_an_error_that_names_both(store: SnapshotStore) -> None:
    publish_generation(store, 1)
    with store.open_current() as snapshot:
        check_compatible(snapshot.manifest, "renamed", recipe().fingerprint)
        with pytest.raises(WrongIndex, match=r"model tiny \(f{16}\), but the settings name large \(a{16}\)"):
            check_compatible(snapshot.manifest, "large", "a" * 64)


def test_another_format_is_an_error_that_names_both(store: SnapshotStore) -> None:
    publish_generation(store, 1)
    rewrite_manifest(store, f'"format": {FORMAT}', '"format": 99')
    with pytest.raises(WrongIndex, match=f"has format 99, but this version reads format {FORMAT}"):
        store.open_current()
    publish_generation(store, 2)
    assert opened_generation(store) == 2


def rewrite_manifest(store: SnapshotStore, old: str, new: str) -> None:
    """What another version of this program would have written: a changed manifest under its own checksum."""
    path = folder(store) / "manifest.json"
    data = path.read_text().replace(old, new).encode()
    path.write_bytes(data)
    digest = hashlib.sha256(data).hexdigest()
    name = f"{store.current_name()}"[:-16] + digest[:16]
    folder(store).rename(folder(store, name))
    (store._home / "current").write_text(f"{name} {digest}\n")


def test_recipes_are_values() -> None:
    assert recipe() == Recipe("tiny", "f" * 64, 8, 220, "fingerprint of the documents")
