"""Has tools called in threads, and lets no call outlive the service; what a tool does is left to ``tools``."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NoReturn

from qa_service.mcp.tools import Desk, Found

if TYPE_CHECKING:
    from anyio import CancelScope

PATIENCE = 1.5  # seconds that calls under way have when the service is told to stop
_STOPPED = Found("The service was stopped before it had an answer; ask again.", failed=True)


class Calls:
    """The calls under way. For use from one event loop."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._until = math.inf
        self._scopes: set[CancelScope] = set()

    async def call(self, name: str, arguments: Mapping[str, Any]) -> Found:
        """Return what the tool finds; where the service is stopped meanwhile, that it was."""
        from anyio import CancelScope, to_thread

        with CancelScope(deadline=self._until) as scope:
            self._scopes.add(scope)
            try:
                return await to_thread.run_sync(self._desk.call, name, arguments, abandon_on_cancel=True)
            finally:
                self._scopes.discard(scope)
        return _STOPPED

    def stop(self) -> None:
        """Let calls go on for ``PATIENCE`` seconds and no longer."""
        from anyio import current_time

        self._until = current_time() + PATIENCE
        for scope in self._scopes:
            scope.deadline = self._until


def leave() -> NoReturn:
    """End the process: a thread may still wait for a model or for input, and everything here is only read."""
    os._exit(0)
