"""Lets one thread wait for pieces that another receives, and hang up on it; what they are is left to others."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Generator, Iterator
from queue import Empty, SimpleQueue

from .base import ModelFailed

LATE = "it did not answer in time"
THREAD = "language-model"


class Line:
    """The connection of one call. Whoever waits for the call can hang up while another thread is blocked in a read."""

    def __init__(self) -> None:
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._connection: socket.socket | None = None

    def opened(self, connection: socket.socket) -> None:
        """Keep hold of a connection, by a duplicate: the socket itself may meanwhile be wrapped in TLS or closed."""
        self._replace(connection.dup())
        if self._over.is_set():
            self._replace(None)

    def pause(self, seconds: float) -> bool:
        """Wait that long; True if somebody hung up before."""
        return self._over.wait(seconds)

    def hang_up(self) -> None:
        """End the connection, which wakes up who reads from it; one that is opened later is ended at once."""
        self._over.set()
        self._replace(None)

    def _replace(self, connection: socket.socket | None) -> None:
        with self._lock:
            before, self._connection = self._connection, connection
        if before is not None:
            with contextlib.suppress(OSError):  # the other side was faster
                before.shutdown(socket.SHUT_RDWR)
            before.close()


Pieces = SimpleQueue[str | ModelFailed | None]  # a failure or None is the last


def by(deadline: float, receive: Callable[[Line], Iterator[str]]) -> Generator[str, None, None]:
    """Yield what ``receive`` yields in a thread of its own, until ``deadline`` (of ``time.monotonic``).

    What was received by then is yielded; then ModelFailed is raised, and the line is hung up, so that the thread ends.
    A name that is being looked up cannot be interrupted: there the thread ends when the look-up does.
    """
    line, pieces = Line(), Pieces()
    threading.Thread(target=_run, args=(receive, line, pieces), name=THREAD, daemon=True).start()
    try:
        while (piece := _next(pieces, deadline)) is not None:
            yield piece
    finally:
        line.hang_up()


def _run(receive: Callable[[Line], Iterator[str]], line: Line, pieces: Pieces) -> None:
    """Put in every piece, and at last how it ended: also where an error that nobody foresaw ends the thread."""
    end: ModelFailed | None = ModelFailed("something in its answer was not foreseen")
    try:
        for piece in receive(line):
            pieces.put(piece)
        end = None
    except ModelFailed as failure:
        end = ModelFailed(
            failure.reason, failure.lasting
        )  # without what it came from, which may hold what the server sent
    finally:
        pieces.put(end)


def _next(pieces: Pieces, deadline: float) -> str | None:
    try:
        piece = pieces.get(timeout=max(0.0, deadline - time.monotonic()))
    except Empty:
        piece = ModelFailed(LATE)
    if isinstance(piece, ModelFailed):
        raise piece
    return piece
