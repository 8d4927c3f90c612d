"""Whether the address and the key of a model's server can be used; reaching it is left to ``openai_model``."""

from __future__ import annotations

import ipaddress
from urllib.parse import SplitResult, urlsplit

from ..errors import BadSetting


def checked_address(base_url: str) -> str:
    """Return the address without a slash at its end. Raises BadSetting for what is no ``http://`` or ``https://`` one.

    A password in it is refused as well: addresses are written to logs.
    """
    parts = _split(base_url.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise _bad("llm_base_url", "it must be an address like http://127.0.0.1:11434/v1")
    if parts.username is not None or parts.password is not None:
        raise _bad("llm_base_url", "a name or password does not belong into it; llm_api_key takes a key")
    return base_url.strip().rstrip("/")


def checked_key(key: str | None) -> str:
    """Return what is sent as the key; servers that want none get a word. Raises BadSetting, without the key in it."""
    bare = (key or "").strip()
    if not (bare.isascii() and bare.isprintable() and " " not in bare):
        raise _bad("llm_api_key", "a key has letters, digits and signs of ASCII only, and no space")
    return bare or "none"


def is_local(address: str) -> bool:
    """Whether the address is one of this machine, which no proxy could reach."""
    host = _split(address).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _split(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        _ = parts.port  # raises for what is no number
    except ValueError:
        return SplitResult("", "", "", "", "")
    return parts


def _bad(setting: str, reason: str) -> BadSetting:
    return BadSetting(f"The setting {setting} cannot be used: {reason}.", setting)
