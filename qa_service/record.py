"""The record of a compiled model: which files its folder must hold and their checksums; running it is left to others.

Reading a hundred megabytes to compare checksums takes longer than answering a question. So once all files were found
to be right, a seal is left beside the record: a digest of their checksums, sizes, times and inodes. As long as it fits,
no file has been written to or replaced, and none is read. What leaves no trace in a file's times, a disk that forgets,
is found within a day: then a seal has expired.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from .errors import Damaged
from .store import files

FORMAT = 1
SEAL = "verified"  # the file's name

_VALID = 24 * 60 * 60  # seconds after which all is compared again
_AT_REST = 2.0  # seconds: the coarsest that file systems keep times; younger files may change without another time


def write(path: Path, names: Sequence[str], about: Mapping[str, Any]) -> None:
    """Write the record of the files that have these names in its folder, with what is known ``about`` the model."""
    checksums = {name: files.sha256(path.parent / name) for name in names}
    text = json.dumps({"format": FORMAT, **about, "files": checksums}, indent=1)
    path.write_text(f"{text}\n", encoding="utf-8")


def read(path: Path) -> Mapping[str, Any]:
    """What a record says, once every file that it lists is known to have the checksum it gives.

    Raises ``Damaged`` where the record or a file is missing or is not what was written.
    """
    folder = path.parent
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        if record["format"] != FORMAT or not record["files"]:
            raise ValueError("the record is of another format or empty")
        if changed := _changed(folder, record["files"]):
            raise ValueError(", ".join(changed))
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise Damaged(
            f"The compiled model is incomplete or was changed ({folder.name}): remove it and index again."
        ) from error
    return dict(record)


def _changed(folder: Path, checksums: Mapping[str, str]) -> Sequence[str]:
    """The files whose contents are not those of the checksums, by name; seals the folder if there are none."""
    began = time.time()
    seal, newest = _seal(folder, checksums)  # taken before the files are read: a change meanwhile breaks it
    if _sealed(folder / SEAL, seal):
        return ()
    changed = [name for name, expected in checksums.items() if files.sha256(folder / name) != expected]
    if not changed and newest < began - _AT_REST:
        with suppress(OSError):  # a home that cannot be written to works too, at the price of comparing each time
            files.replace(folder / SEAL, seal.encode())
    return changed


def _seal(folder: Path, checksums: Mapping[str, str]) -> tuple[str, float]:
    """A digest of what the files should be and of how the system has them now, and when the last of them changed."""
    found = {name: (folder / name).stat() for name in checksums}
    state = [
        (name, checksums[name], stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)
        for name, stat in found.items()
    ]
    newest = max((stat.st_ctime for stat in found.values()), default=0.0)
    return hashlib.sha256(json.dumps(state).encode()).hexdigest(), newest


def _sealed(path: Path, seal: str) -> bool:
    """Whether this seal was left, and not too long ago."""
    try:
        return path.read_bytes() == seal.encode() and 0 <= time.time() - path.stat().st_mtime < _VALID
    except OSError:
        return False
