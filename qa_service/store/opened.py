"""Opens the file of a catalog and makes text fit to be asked of it; what is asked is left to ``catalog``."""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack
from pathlib import Path

from qa_service.store import pages


def encodable(text: str) -> str:
    """The text with U+FFFD for halves of surrogate pairs, which may be asked for but are in no stored text."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def connect(path: Path) -> sqlite3.Connection:
    """A catalog file, which must never change. Raises ``sqlite3.DatabaseError`` for a file that is none."""
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    with ExitStack() as on_error:
        connection = sqlite3.connect(uri, uri=True, check_same_thread=False, isolation_level=None)
        on_error.callback(connection.close)
        connection.create_function("holds", 5, pages.holds, deterministic=True)
        connection.execute("SELECT count(*) FROM documents")  # SQLite looks into a file only when it is asked something
        on_error.pop_all()
    return connection
