"""The record of a compiled model: damage is found, and a folder that was compared is not read at every start."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Set
from pathlib import Path

import pytest

from qa_service import record
from qa_service.errors import Damaged

NAMES = ("graph", "weights")

# An audit hook sees every file that is opened, whichever module opens it.
OPENED = """
import pathlib, sys
from qa_service import record
sys.addaudithook(lambda event, of: event == "open" and print(pathlib.Path(str(of[0])).name))
record.read(pathlib.Path(sys.argv[1]))
"""


@pytest.fixture(scope="module")
def rested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two files and their record, old enough to be sealed; its tests may only read."""
    folder = written(tmp_path_factory.mktemp("model"))
    time.sleep(record._AT_REST + 0.1)
    return folder


@pytest.fixture
def sealed(rested: Path) -> Path:
    """The same folder, with a seal; a test that changes a file must take a ``copy``."""
    record.read(rested / "record.json")
    return rested


def written(folder: Path) -> Path:
    for name in NAMES:
        (folder / name).write_text(name)
    record.write(folder / "record.json", NAMES, {"dimension": 3})
    return folder


def opened(folder: Path) -> Set[str]:
    """The files that reading the record opens, by name."""
    command = [sys.executable, "-c", OPENED, str(folder / "record.json")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    return {*done.stdout.splitlines()} & {*NAMES, record.SEAL, "record.json"}


def test_a_record_says_what_was_written(rested: Path) -> None:
    found = record.read(rested / "record.json")
    assert (found["dimension"], found["format"], sorted(found["files"])) == (3, record.FORMAT, sorted(NAMES))


def test_files_that_were_compared_are_not_read_again(sealed: Path) -> None:
    assert opened(sealed) == {"record.json", record.SEAL}


def test_files_that_were_just_written_are_read_each_time(tmp_path: Path) -> None:
    record.read(written(tmp_path) / "record.json")
    assert not (tmp_path / record.SEAL).exists()


@pytest.mark.parametrize("seal", [b"", b"\xff", b"0" * 64])
def test_a_seal_that_does_not_fit_is_replaced(sealed: Path, seal: bytes) -> None:
    right = (sealed / record.SEAL).read_bytes()
    (sealed / record.SEAL).write_bytes(seal)
    assert opened(sealed) > {*NAMES}
    assert (sealed / record.SEAL).read_bytes() == right


@pytest.mark.parametrize("age", [record._VALID + 60, -3600])
def test_a_seal_of_another_day_or_of_the_future_does_not_count(sealed: Path, age: float) -> None:
    then = time.time() - age
    os.utime(sealed / record.SEAL, (then, then))
    assert opened(sealed) > {*NAMES}


@pytest.mark.parametrize("contents", ["gr4ph", "graph and more", ""])
def test_a_file_that_was_changed_is_found_though_it_was_sealed(sealed: Path, tmp_path: Path, contents: str) -> None:
    moved = shutil.copytree(sealed, tmp_path / "copy")
    before = (moved / "graph").stat()
    (moved / "graph").write_text(contents)
    os.utime(moved / "graph", ns=(before.st_atime_ns, before.st_mtime_ns))  # as a restored backup would have it
    with pytest.raises(Damaged, match="index again"):
        record.read(moved / "record.json")


def test_a_file_that_is_gone_is_found_though_it_was_sealed(sealed: Path, tmp_path: Path) -> None:
    moved = shutil.copytree(sealed, tmp_path / "copy")
    (moved / "weights").unlink()
    with pytest.raises(Damaged):
        record.read(moved / "record.json")


def test_where_no_seal_can_be_left_the_record_is_read_all_the_same(rested: Path, tmp_path: Path) -> None:
    moved = shutil.copytree(rested, tmp_path / "copy", ignore=shutil.ignore_patterns(record.SEAL))
    (moved / f"{record.SEAL}.tmp").mkdir()  # nothing can be written in its place, not even by root
    time.sleep(record._AT_REST + 0.1)
    assert record.read(moved / "record.json")["dimension"] == 3
    assert not (moved / record.SEAL).exists()
