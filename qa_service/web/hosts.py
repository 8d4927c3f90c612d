"""Lets a service answer only requests for host names that it may be called by; the answer to others is in ``problems``.

Flask's own TRUSTED_HOSTS cannot hold an IPv6 address: of a trusted name, werkzeug compares what stands before the
first colon, which is ``[`` for all of them.
"""

from __future__ import annotations

from collections.abc import Collection
from ipaddress import IPv6Address

from flask import Flask, request
from werkzeug.exceptions import SecurityError
from werkzeug.sansio.utils import host_is_trusted


def install(app: Flask, trusted: Collection[str]) -> None:
    """Make ``app`` refuse every request whose Host is none of these names; ports do not matter.

    A name that begins with a dot stands for all names that end so. IPv6 addresses stand in brackets.
    """
    addresses = {address for name in trusted if (address := _address(name))}
    names = [name for name in trusted if not _address(name)]

    def check() -> None:
        host = request.headers.get("Host", "").lower()
        address = _address(host)
        well_formed = host_is_trusted(host)
        if not well_formed or not (address in addresses if address else names and host_is_trusted(host, names)):
            raise SecurityError(f"Host {host!r} is not trusted.")

    app.before_request(check)


def _address(host: str) -> IPv6Address | None:
    """The IPv6 address that a name or Host header is; two ways to write one are the same address."""
    inside, bracket, _ = host.removeprefix("[").partition("]")
    try:
        return IPv6Address(inside) if bracket else None
    except ValueError:
        return None
