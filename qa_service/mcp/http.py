"""Carries the server of ``protocol`` over streamable HTTP, for clients that share it; one that starts it uses stdio.

Each request stands alone: nothing is kept of a client, so that a restart is not noticed and many may call.
"""

from __future__ import annotations

import logging
import signal
import socket
from ipaddress import ip_address
from math import ceil
from typing import TYPE_CHECKING

import click

from qa_service.errors import BadSetting
from qa_service.mcp.calls import PATIENCE, Calls, leave
from qa_service.mcp.protocol import server
from qa_service.mcp.tools import Desk
from qa_service.server import bind
from qa_service.settings import Settings

if TYPE_CHECKING:
    from mcp.server.transport_security import TransportSecuritySettings

PATH = "/mcp"
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def run_http(desk: Desk, settings: Settings) -> None:
    """Serve on the host and port of the settings until told to stop.

    Only requests for trusted host names are answered, also from browsers (DNS rebinding). Raises BadSetting for an
    address that cannot be had, and for one that stands for all if no host name is trusted.
    """
    import uvicorn

    security = _security(settings)
    calls = Calls(desk)
    app = server(calls).streamable_http_app(
        streamable_http_path=PATH, json_response=True, stateless_http=True, transport_security=security
    )
    config = uvicorn.Config(
        app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=ceil(PATIENCE)
    )

    class Server(uvicorn.Server):
        """Gives up what is called before it waits for it; what is cut off after that is no error."""

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            calls.stop()
            logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
            await super().shutdown(sockets)

    for stop in (signal.SIGINT, signal.SIGTERM):  # uvicorn takes them over, and raises them again when it is done
        signal.signal(stop, lambda *_: None)
    with bind(settings) as bound:
        name = f"[{settings.host}]" if ":" in settings.host else settings.host
        address = f"http://{name}:{bound.getsockname()[1]}{PATH}"
        bound.listen()
        click.echo(f"qa-service offers its tools at {address}  (stop it with Ctrl+C)", err=True)
        Server(config).run([bound])
    leave()


def _security(settings: Settings) -> TransportSecuritySettings:
    """Whose requests are answered: those for trusted names on any port, from programs or from pages of these names."""
    from mcp.server.transport_security import TransportSecuritySettings

    names = settings.trusted_hosts or _names(settings.host)
    hosts = [each for name in names for each in (name, f"{name}:*")]
    return TransportSecuritySettings(
        enable_dns_rebinding_protection=True,
        allowed_hosts=hosts,
        allowed_origins=[f"{scheme}://{host}" for scheme in ("http", "https") for host in hosts],
    )


def _names(host: str) -> tuple[str, ...]:
    """The names of a service that listens on ``host``, as a client writes them."""
    try:
        address = ip_address(host)
    except ValueError:
        return _LOOPBACK if host == "localhost" else (host,)
    if address.is_unspecified:
        advice = "name those that clients use, for example QA_TRUSTED_HOSTS='[\"qa.example.org\"]'"
        raise BadSetting(f"The host names of a service on {host} are not known; {advice}.", "trusted_hosts")
    if address.is_loopback:
        return _LOOPBACK
    return (f"[{host}]" if address.version == 6 else host,)
