"""Runs the web service under gunicorn, in the process that was started."""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

import click
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]  # ships no types
from gunicorn.errors import AppImportError  # type: ignore[import-untyped]  # ships no types

from .errors import QAError
from .settings import Settings

if TYPE_CHECKING:
    from flask import Flask

_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


class _Server(BaseApplication):  # type: ignore[misc]  # its base has no types
    """gunicorn with settings of our own instead of a file and a command line."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Hand gunicorn what the settings say; worker processes with a few threads each."""
        address = f"[{self._settings.host}]" if ":" in self._settings.host else self._settings.host
        values: dict[str, Any] = {
            "bind": f"{address}:{self._settings.port}", "workers": self._settings.workers, "worker_class": "gthread",
            "threads": self._settings.threads, "timeout": 60, "graceful_timeout": 5, "loglevel": "warning",
            "control_socket_disable": True, "post_worker_init": _announce, "proc_name": "qa-service",
        }  # fmt: skip
        for name, value in values.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Flask:
        """The application of one worker process, its index open before the first request arrives.

        AppImportError is what gunicorn tells in one line before it stops.
        """
        from .assemble import open_answerer
        from .web.app import create_app

        try:
            answerer = open_answerer(self._settings)
        except QAError as error:
            raise AppImportError(f"qa-service: {error.message}") from error
        answerer.ready()
        return create_app(self._settings, answerer)


def _announce(worker: Any) -> None:
    """Print the address once the first worker process can answer."""
    if worker.age == 1:
        for listener in worker.sockets:
            click.echo(f"qa-service answers at {listener}  (stop it with Ctrl+C)", err=True)


def run(settings: Settings) -> None:
    """Serve until stopped. On a loopback address only loopback host names are answered (DNS rebinding)."""
    if not settings.trusted_hosts and _is_loopback(settings.host):
        settings = settings.model_copy(update={"trusted_hosts": _LOOPBACK})
    _Server(settings).run()


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
