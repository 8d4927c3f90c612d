"""Finds files and reads them into Documents, each file whole or not at all; what is in them is for ``clean``.

``.txt`` is the text of a page, with all its furniture; ``.md`` is Markdown; ``.jsonl`` has one document a line. All are
UTF-8. Every error names the file, not its folder.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NoReturn

from qa_service.errors import BadDocument
from qa_service.ingest.clean import clean_markdown, clean_page
from qa_service.ingest.records import read_records
from qa_service.types import Document


def _read_page(content: str, path: Path) -> list[Document]:
    return [clean_page(content, path.stem, str(path.resolve()))]


def _read_markdown(content: str, path: Path) -> list[Document]:
    return [clean_markdown(content, path.stem, str(path.resolve()))]


_READERS: dict[str, Callable[[str, Path], list[Document]]] = {
    ".txt": _read_page,
    ".md": _read_markdown,
    ".jsonl": read_records,
}
ENDINGS = tuple(_READERS)


def _known(path: Path) -> bool:
    return path.suffix.lower() in ENDINGS


def _refuse(error: OSError) -> NoReturn:
    raise BadDocument(f"{Path(error.filename).name} cannot be read: {error.strerror}.") from None


def _walk(folder: Path) -> Iterator[Path]:
    """Yield the document files below ``folder`` in order, but nothing that is hidden or behind a link to a folder."""
    for parent, folders, files in os.walk(folder, onerror=_refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent, name) for name in sorted(files) if not name.startswith(".") and _known(Path(name)))


def find_files(paths: Sequence[Path]) -> list[Path]:
    """Return the files that ``paths`` name, in order and each once; of a folder those that can be read, at any depth.

    Raises BadDocument for a path that does not exist and for a file whose ending is unknown.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        if not path.exists():
            raise BadDocument(f"{path.name} does not exist; check the path.")
        if path.is_file() and not _known(path):
            raise BadDocument(f"{path.name} is of no kind that can be read; use {', '.join(ENDINGS)}.")
        for file in [path] if path.is_file() else _walk(path):
            found.setdefault(file.resolve(), file)
    return list(found.values())


def _read_text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadDocument(f"{path.name} is not UTF-8; save it as UTF-8 text.") from None
    except OSError as error:
        _refuse(error)


def load_documents(paths: Sequence[Path]) -> Iterator[Document]:
    """Yield the documents in the files and folders ``paths``.

    Raises BadDocument for the first file that cannot be read, before any document of that file is yielded.
    """
    for path in find_files(paths):
        content = _read_text(path)
        if not content.strip():
            raise BadDocument(f"{path.name} is empty; give a file that holds some text.")
        yield from _READERS[path.suffix.lower()](content, path)
