"""A proxy that does not say who the visitors are: told once, by what the server takes them for."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from hsc_geo.web.proxy_told import NO_ADDRESS, NOT_TRUSTED, ProxyTold, proxy_fault

VISITOR, PROXY, HOST = "203.0.113.7", "10.0.0.2", "www.example.nl"


def opened(app: Any, peer: str, **headers: str) -> None:
    """A socket that is opened from this address, with headers."""
    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "websocket", "path": "/", "client": (peer, 5000), "scheme": "ws", "headers": pairs}

    async def nothing(*_: object) -> None:
        return None

    asyncio.run(app(scope, nothing, nothing))


async def _end(scope: Any, receive: Any, send: Any) -> None:
    return None


def served(trusted: str) -> Any:
    """The layer as uvicorn puts it behind its own, which takes what a trusted proxy names."""
    return ProxyHeadersMiddleware(ProxyTold(_end), trusted_hosts=trusted)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("trusted", "peer", "headers", "fault"),
    [
        ("127.0.0.1", VISITOR, {"host": HOST}, ""),
        ("127.0.0.1", "127.0.0.1", {"host": "localhost:8501"}, ""),
        ("127.0.0.1", "127.0.0.1", {"host": "[::1]:8501"}, ""),
        ("127.0.0.1", "127.0.0.1", {"host": HOST, "x_forwarded_for": VISITOR}, ""),
        ("127.0.0.1", "127.0.0.1", {"host": HOST, "x_forwarded_for": f"198.51.100.1, {VISITOR}"}, ""),
        (PROXY, PROXY, {"host": HOST, "x_forwarded_for": VISITOR, "x_forwarded_proto": "https"}, ""),
        (PROXY, PROXY, {"host": HOST, "x_forwarded_for": "2001:db8::7"}, ""),
        ("127.0.0.1", PROXY, {"host": HOST, "x_forwarded_for": VISITOR}, NOT_TRUSTED),
        ("127.0.0.1", PROXY, {"host": HOST, "x_forwarded_proto": "https"}, NO_ADDRESS),
        ("127.0.0.1", PROXY, {"host": HOST, "x_forwarded_for": " ", "via": "1.1 x"}, NO_ADDRESS),
        (PROXY, PROXY, {"host": HOST, "x_real_ip": VISITOR}, NO_ADDRESS),
        ("127.0.0.1", "127.0.0.1", {"host": HOST}, NO_ADDRESS),
    ],
)
def test_what_the_log_says(
    caplog: pytest.LogCaptureFixture, trusted: str, peer: str, headers: dict[str, str], fault: str
) -> None:
    app = served(trusted)
    for _ in range(3):
        opened(app, peer, **headers)
    told = [each.getMessage() for each in caplog.records if each.name == "hsc_geo"]
    assert told == ([f"{fault} (docs/operate.md)."] if fault else [])
    assert not {peer, VISITOR} & set(" ".join(told).replace(",", " ").split())


def test_both_are_told_once_each(caplog: pytest.LogCaptureFixture) -> None:
    app = served("127.0.0.1")
    for _ in range(2):
        opened(app, PROXY, host=HOST, x_forwarded_for=VISITOR)
        opened(app, PROXY, host=HOST, via="1.1 x")
    assert [each.levelno for each in caplog.records] == [logging.WARNING] * 2


@pytest.mark.parametrize("host", ["", "[", "http://[::", "a" * 70_000, "[v1.x]", "\xff"])
def test_no_host_breaks_it(host: str) -> None:
    assert proxy_fault({"host": host}, VISITOR) == ""
    assert proxy_fault({"host": host}, "127.0.0.1") in ("", NO_ADDRESS)
