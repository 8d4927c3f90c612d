"""Carries the server of ``protocol`` over standard input and output, for the one client that started it.

What was asked before the end of the input is answered, be it that there was no time left for an answer. The module
imports the protocol's package, so it is imported only where it is run.
"""

from __future__ import annotations

import signal
import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING

import anyio
import click
from anyio import to_thread
from mcp.server.stdio import stdio_server
from mcp.shared.message import SessionMessage
from mcp_types import JSONRPCError, JSONRPCNotification, JSONRPCRequest, JSONRPCResponse

from qa_service.mcp.calls import PATIENCE, Calls, leave
from qa_service.mcp.protocol import server
from qa_service.mcp.tools import Desk

if TYPE_CHECKING:
    from anyio.abc import ObjectReceiveStream, ObjectSendStream
    from mcp.shared._stream_protocols import ReadStream, WriteStream

_STOPS = (signal.SIGINT, signal.SIGTERM)


class _Input(anyio.AsyncFile[str]):
    """Standard input, which ends when its other side closes it or ``end`` is called."""

    def __init__(self) -> None:
        super().__init__(TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="replace"))
        self._open = anyio.CancelScope()
        self._ended = False

    async def readline(self) -> str:
        """Return the next line; no text at the end."""
        with anyio.CancelScope() as self._open:
            if not self._ended:
                return await to_thread.run_sync(self.wrapped.readline, abandon_on_cancel=True)
        return ""

    def end(self) -> None:
        """Read nothing more."""
        self._ended = True
        self._open.cancel()


class _Exchange:
    """What goes in and out; the end of the input is told only when every request has its answer."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._unanswered: set[int | str] = set()

    async def inward(
        self, incoming: ReadStream[SessionMessage | Exception], to: ObjectSendStream[SessionMessage | Exception]
    ) -> None:
        """Pass on what comes in."""
        async with incoming, to:
            async for item in incoming:
                if isinstance(item, SessionMessage):
                    self._note(item)
                await to.send(item)
            self._calls.stop()
            with anyio.move_on_after(PATIENCE + 0.5):
                while self._unanswered:
                    await anyio.sleep(0.01)

    async def outward(self, answers: ObjectReceiveStream[SessionMessage], to: WriteStream[SessionMessage]) -> None:
        """Pass on what goes out."""
        async with answers, to:
            async for item in answers:
                await to.send(item)
                if isinstance(item.message, JSONRPCResponse | JSONRPCError) and item.message.id is not None:
                    self._unanswered.discard(item.message.id)

    def _note(self, item: SessionMessage) -> None:
        message = item.message
        if isinstance(message, JSONRPCRequest):
            self._unanswered.add(message.id)
        elif isinstance(message, JSONRPCNotification) and message.method == "notifications/cancelled":
            self._unanswered.discard((message.params or {}).get("requestId", ""))  # gets no answer


def run_stdio(desk: Desk) -> None:
    """Serve one client over standard input and output until it closes them or the process is told to stop."""
    for stop in _STOPS:  # until the loop runs, which takes them over
        signal.signal(stop, lambda *_: leave())
    if sys.stdin.isatty():
        click.echo("qa-service waits here for a client, which usually starts it (stop it with Ctrl+C)", err=True)
    try:
        anyio.run(_serve, desk)
    except* BrokenPipeError:  # the client went away while something was sent to it
        pass
    leave()


async def _serve(desk: Desk) -> None:
    calls, given = Calls(desk), _Input()
    serving, exchange = server(calls), _Exchange(calls)
    to_server, at_server = anyio.create_memory_object_stream[SessionMessage | Exception]()
    from_server, to_client = anyio.create_memory_object_stream[SessionMessage]()
    async with anyio.create_task_group() as watching:
        await watching.start(_end_on_signal, given)
        async with stdio_server(stdin=given) as (incoming, outgoing), anyio.create_task_group() as passing:
            passing.start_soon(exchange.inward, incoming, to_server)
            passing.start_soon(exchange.outward, to_client, outgoing)
            await serving.run(at_server, from_server, serving.create_initialization_options())
        watching.cancel_scope.cancel()


async def _end_on_signal(given: _Input, *, task_status: anyio.abc.TaskStatus[None]) -> None:
    with anyio.open_signal_receiver(*_STOPS) as signals:
        task_status.started()
        async for _ in signals:
            given.end()
