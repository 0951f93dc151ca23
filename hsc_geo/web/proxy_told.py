"""Tells the operator, once, that a proxy stands before the server which does not say who the visitors are.

The limit of proposals an hour is one visitor's, and a visitor is known by an address. Without it all who come through
the proxy count as one, or each open tab as another.
"""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Receive, Scope, Send

from hsc_geo.web.settings import LOOPBACK_HOSTS

NOT_TRUSTED = (
    "A proxy names the visitors (X-Forwarded-For), but it is not trusted: all of them share one limit of proposals an "
    "hour. Start the server with FORWARDED_ALLOW_IPS as the address of the proxy"
)
NO_ADDRESS = (
    "A proxy does not name the visitors: the limit of proposals an hour does not tell them apart. Let it send "
    "X-Forwarded-For with the address of the visitor"
)
_OF_A_PROXY = ("x-forwarded-proto", "x-forwarded-host", "x-real-ip", "forwarded", "via")

_LOGGER = logging.getLogger("hsc_geo")


def proxy_fault(headers: Mapping[str, str], peer: str) -> str:
    """What is wrong with how a proxy names the visitor, by the headers of a request (names in small letters) and the
    address that it is taken to come from; "" when nothing is, or when no proxy can be seen."""
    named = headers.get("x-forwarded-for", "").strip()
    if named:  # of a proxy that is trusted, what it names is taken for the address
        return "" if peer in named else NOT_TRUSTED
    from_here = _is_loopback(peer) and not _is_loopback(_host_name(headers.get("host", "")))
    return NO_ADDRESS if from_here or any(name in headers for name in _OF_A_PROXY) else ""


def _host_name(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _is_loopback(name: str) -> bool:
    if not name or name in LOOPBACK_HOSTS:
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


class ProxyTold:
    """ASGI middleware: looks at who opens a socket, for that is whom the register is told of."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._told: set[str] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; each fault is one line in the life of the server, and names nobody."""
        if scope["type"] == "websocket" and len(self._told) < len((NOT_TRUSTED, NO_ADDRESS)):
            headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
            fault = proxy_fault(headers, (scope.get("client") or ("",))[0])
            if fault and fault not in self._told:
                self._told.add(fault)
                _LOGGER.warning("%s (docs/operate.md).", fault)
        await self._app(scope, receive, send)
