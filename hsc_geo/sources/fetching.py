"""One answer of a public service to a question that may be a visitor's: within a time and a size, of the type that was
asked for, without following anyone elsewhere.

Nothing of the question is kept, logged or told in a fault. A fault says in words what was wrong, and whether asking
again may help.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

if TYPE_CHECKING:  # imported at the first question: who only reads an edition needs no client
    import httpx

LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "::1")
_PASSING = (408, 425, 429, 500, 502, 503, 504)  # may be over in a moment
LONGEST_WAIT = 120.0  # seconds that a service may ask us to wait

_Answer = TypeVar("_Answer")


class FetchFault(Exception):
    """No usable answer; the message says why and never holds what was asked.

    again: whether asking again may help. wait: seconds that the service asked for, None where it asked for none.
    """

    def __init__(self, reason: str, again: bool = False, wait: float | None = None) -> None:
        super().__init__(reason)
        self.again = again
        self.wait = wait


@dataclass(frozen=True)
class Bounds:
    """What an answer may take: seconds from asking to its last byte, and bytes as they come over the line."""

    seconds: float = 10.0
    largest: int = 1_000_000


def fetch(address: str, types: Sequence[str] = ("application/json",), bounds: Bounds = Bounds()) -> bytes:
    """The body of the answer at this address, of one of the media types. Raises FetchFault, and nothing else.

    A redirect is not followed. Nothing is unpacked, so a small answer cannot unfold into a large one.
    """
    import httpx

    try:
        return asyncio.run(_fetched(address, types, bounds))
    except TimeoutError:
        raise FetchFault(f"no whole answer within {bounds.seconds:g} s", again=True) from None
    except (httpx.InvalidURL, ValueError):
        raise FetchFault("the address cannot be used") from None
    except (httpx.HTTPError, OSError) as error:
        raise FetchFault(f"the service cannot be reached ({type(error).__name__})", again=True) from None


async def _fetched(address: str, types: Sequence[str], bounds: Bounds) -> bytes:
    async with (
        asyncio.timeout(bounds.seconds),
        _client(address, types, bounds) as client,
        client.stream("GET", address) as response,
    ):
        _check_start(response, types)
        return await _limited(response, bounds.largest)


def _client(address: str, types: Sequence[str], bounds: Bounds) -> httpx.AsyncClient:
    import httpx

    local = urlsplit(address).hostname in LOOPBACK_HOSTS
    return httpx.AsyncClient(
        timeout=bounds.seconds,
        verify=_certificates(),
        follow_redirects=False,
        trust_env=not local,  # an operator's proxy is used for the service, never for this machine
        headers={"Accept": ", ".join(types), "Accept-Encoding": "identity", "User-Agent": "hsc_geo"},
    )


@cache
def _certificates() -> ssl.SSLContext:
    """What httpx judges certificates with, made once: it takes a good part of a tenth of a second."""
    import httpx

    return httpx.create_ssl_context()


def _check_start(response: httpx.Response, types: Sequence[str]) -> None:
    code = response.status_code
    if code != 200:
        wait = _seconds(response.headers.get("retry-after", ""))
        raise FetchFault(f"status {code}", again=code in _PASSING, wait=wait)
    kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind not in types:
        raise FetchFault(f"type {kind[:60]!r} in place of {' or '.join(types)}")


def _seconds(text: str) -> float | None:
    """Retry-After in seconds, at most LONGEST_WAIT; None for a date or for what is neither."""
    return min(float(text), LONGEST_WAIT) if text.isascii() and text.isdecimal() and len(text) < 10 else None


async def _limited(response: httpx.Response, largest: int) -> bytes:
    body = bytearray()
    async for chunk in response.aiter_raw():
        body += chunk
        if len(body) > largest:
            raise FetchFault(f"more than {largest} bytes")
    return bytes(body)


def patiently(
    ask: Callable[[], _Answer],
    pauses: Sequence[float] = (1.0, 4.0, 15.0),
    sleep: Callable[[float], None] = time.sleep,
) -> _Answer:
    """What `ask` gives; after a fault that may pass it is asked again, once for each pause (seconds), or later where
    the service says so. Raises the last FetchFault."""
    for pause in pauses:
        try:
            return ask()
        except FetchFault as fault:
            if not fault.again:
                raise
            sleep(max(pause, fault.wait or 0.0))
    return ask()


class _NothingAsked(logging.Filter):
    """Keeps httpx from logging addresses of requests: they can hold what a visitor typed."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not str(record.msg).startswith("HTTP Request")


logging.getLogger("httpx").addFilter(_NothingAsked())
