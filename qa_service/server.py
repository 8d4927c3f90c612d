"""Runs the web service under gunicorn, in the process that was started."""

from __future__ import annotations

import errno
import socket
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

import click
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]  # ships no types
from gunicorn.errors import AppImportError  # type: ignore[import-untyped]  # ships no types

from .errors import BadSetting, QAError
from .settings import Settings

if TYPE_CHECKING:
    from flask import Flask

_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_BACKLOG = 2048  # connections that wait to be accepted; what gunicorn asks for too


class _Server(BaseApplication):  # type: ignore[misc]  # its base has no types
    """gunicorn with settings of our own instead of a file and a command line, on a socket that is bound already."""

    def __init__(self, settings: Settings, bound: socket.socket) -> None:
        self._settings = settings
        self._bound = bound.detach()
        super().__init__()

    def load_config(self) -> None:
        """Hand gunicorn what the settings say; worker processes with a few threads each."""
        values: dict[str, Any] = {
            "bind": f"fd://{self._bound}", "workers": self._settings.workers, "worker_class": "gthread",
            "threads": _threads(self._settings), "timeout": 60, "graceful_timeout": 5, "loglevel": "warning",
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
        return create_app(self._settings.model_copy(update={"trusted_hosts": _trusted(self._settings)}), answerer)


def _threads(settings: Settings) -> int:
    """The threads of a process: those that wait for a language model are beside the others, which must go on."""
    return settings.threads + (settings.llm_parallel if settings.llm_model else 0)


def _announce(worker: Any) -> None:
    """Print the address once the first worker process can answer."""
    if worker.age == 1:
        for listener in worker.sockets:
            click.echo(f"qa-service answers at {listener}  (stop it with Ctrl+C)", err=True)


def bind(settings: Settings) -> socket.socket:
    """Take the address and port of the settings, and nothing more: nobody can connect before ``run``.

    Raises BadSetting, at once, for a port that is in use and for an address that this machine does not have.
    """
    try:
        found = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, _, _, address = min(found, key=lambda each: each[0] != socket.AF_INET)  # localhost is 127.0.0.1
        bound = socket.socket(family, kind)
    except OSError as error:
        raise _refused(settings, error) from error
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # else a port stays taken after a restart
        bound.bind(address)
    except OSError as error:
        bound.close()
        raise _refused(settings, error) from error
    return bound


def run(settings: Settings, bound: socket.socket) -> None:
    """Serve on the socket that ``bind`` gave until stopped.

    On a loopback address only loopback host names are answered (DNS rebinding), unless the settings name others.
    Raises BadSetting if another process has come to listen on the port since.
    """
    try:
        bound.listen(_BACKLOG)
    except OSError as error:
        bound.close()
        raise _refused(settings, error) from error
    _Server(settings, bound).run()


def _refused(settings: Settings, error: OSError) -> BadSetting:
    """What a person is told of an address that could not be taken."""
    if error.errno == errno.EADDRINUSE:
        advice = "stop what listens there, or choose another one with --port"
        return BadSetting(f"Port {settings.port} is already in use; {advice}.", "port")
    if error.errno in (errno.EACCES, errno.EPERM):
        return BadSetting(f"Port {settings.port} is for the system's own services; choose one above 1023.", "port")
    advice = "name one of this machine with --host, for example 127.0.0.1"
    return BadSetting(f"{settings.host} is no address to listen on ({error.strerror}); {advice}.", "host")


def _trusted(settings: Settings) -> tuple[str, ...]:
    """The host names that requests may use; none stands for all."""
    if settings.trusted_hosts or not _is_loopback(settings.host):
        return settings.trusted_hosts
    return _LOOPBACK


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
