"""Asking a public service: within limits of time and size, again after a while where that may help, each answer kept.

The policy of asking again (how often, how long to wait, what Retry-After says) is that of urllib3's `Retry`.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

import urllib3
from urllib3.exceptions import HTTPError, InvalidHeader, MaxRetryError
from urllib3.util import Retry, Timeout

from hsc_geo.domain.problems import Problem
from hsc_geo.sources.extracts import SourceError
from hsc_geo.sources.live.answers import Answer, KeptAnswers

OK = 200
TRY_AGAIN = frozenset({429, 500, 502, 503, 504})
LOOPBACK = ("localhost", "127.0.0.1", "::1")
HEADERS = {"User-Agent": "hsc_geo", "Accept": "application/json", "Accept-Encoding": "gzip, identity"}
_LATER = "try again later; what was fetched is kept, so a second run goes on from here"
_PIECE = 65_536  # bytes


@dataclass(frozen=True)
class Limits:
    """Seconds and bytes. silence: without any byte; whole: of one answer; wait: the longest that a service may ask for
    with Retry-After. again: how often an address is asked again; backoff: seconds, doubled each time."""

    connect: float = 10.0
    silence: float = 60.0
    whole: float = 300.0
    largest: int = 256 * 1024 * 1024
    again: int = 5
    backoff: float = 1.0
    wait: float = 300.0


class Unanswered(SourceError):
    """A service did not give what was asked. status: of HTTP, 0 where there was no whole answer."""

    def __init__(self, address: str, wrong: str, mend: str, status: int = 0) -> None:
        self.status = status
        super().__init__([Problem(address, 0, "", wrong, mend)])


class _Again(Exception):
    """One attempt failed in a way that another may not. header: what Retry-After says."""

    def __init__(self, wrong: str, status: int = 0, header: str = "") -> None:
        self.wrong, self.status, self.header = wrong, status, header
        super().__init__(wrong)


@dataclass(frozen=True)
class Hosts:
    """Where the services are. base: "" for the real hosts over HTTPS; else an address below which each host stands as a
    folder, as in `http://127.0.0.1:8000/opendata.cbs.nl/...`."""

    base: str = ""

    def __post_init__(self) -> None:
        parts = urlsplit(self.base)
        safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
        if self.base and (not safe or not parts.hostname or parts.query or parts.fragment):
            mend = "give an address that begins with https://, or http:// on this machine, without ? and #"
            raise SourceError([Problem("HSC_SOURCES", 0, "", self.base, mend)])

    def address(self, host: str, path: str) -> str:
        """The address of a path (with its query) of a host."""
        return f"{self.base.rstrip('/')}/{host}{path}" if self.base else f"https://{host}{path}"

    def follow(self, host: str, link: str) -> str:
        """The address of a link that an answer of this host gives to its next page.

        Raises SourceError for a link to another host: an answer may not send the program elsewhere.
        """
        parts = urlsplit(link)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        if parts.scheme in ("http", "https") and parts.netloc == host:
            return self.address(host, path)
        if self.base and link.startswith(self.address(host, "/")):
            return link
        mend = f"the next page is on another host than {host}; nothing is fetched there"
        raise SourceError([Problem(host, 0, "", link, mend)])


@dataclass(frozen=True)
class Fetcher:
    """Asks addresses, one after the other. tell: called with a line on each thing that takes time.

    kept: None keeps nothing. fresh: ask anew also where an answer is kept. sleep and now can be another clock.
    """

    hosts: Hosts = Hosts()
    kept: KeptAnswers | None = None
    fresh: bool = False
    limits: Limits = Limits()
    tell: Callable[[str], None] = lambda text: None
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    pool: urllib3.PoolManager = field(default_factory=lambda: urllib3.PoolManager(maxsize=1), repr=False)

    def json(self, address: str, once: frozenset[int] = frozenset()) -> tuple[Any, Answer]:
        """What the address answers as JSON (numbers are Decimal, as they stand), and the answer.

        once: statuses that are not worth asking again for here. Raises Unanswered.
        """
        answer = self.kept.find(address, self.now()) if self.kept and not self.fresh else None
        if answer is None:
            answer = self._asked(address, once)
        content = _parsed(answer.content)  # what is kept was read once
        if self.kept and not answer.kept:
            self.kept.keep(answer)
        return content, answer

    def _asked(self, address: str, once: frozenset[int]) -> Answer:
        limits = self.limits
        retries = Retry(total=limits.again, backoff_factor=limits.backoff, backoff_jitter=limits.backoff)
        while True:
            try:
                answer = self._attempt(address)
                _parsed(answer.content)
                return answer
            except _Again as error:
                if error.status in once:
                    raise Unanswered(address, error.wrong, _LATER, error.status) from None
                try:
                    retries = retries.increment("GET", address, error=error)
                except MaxRetryError:
                    raise Unanswered(address, error.wrong, _LATER, error.status) from None
                self._wait(address, retries, error)

    def _wait(self, address: str, retries: Retry, error: _Again) -> None:
        try:
            seconds = (
                Retry(retry_after_max=10**9).parse_retry_after(error.header)
                if error.header
                else retries.get_backoff_time()
            )
        except InvalidHeader:
            seconds = retries.get_backoff_time()
        if seconds > self.limits.wait:
            wrong = f"{error.wrong}, asks to wait {seconds:.0f} seconds"
            raise Unanswered(address, wrong, _LATER, error.status)
        self.tell(f"{error.wrong}: again after {seconds:.0f} seconds, {retries.total} attempts left")
        self.sleep(seconds)

    def _attempt(self, address: str) -> Answer:
        ends = time.monotonic() + self.limits.whole
        patience = Timeout(connect=self.limits.connect, read=self.limits.silence)
        try:
            response = self.pool.request(
                "GET",
                address,
                headers=HEADERS,
                timeout=patience,
                retries=False,
                redirect=False,
                preload_content=False,
            )
        except (HTTPError, OSError) as error:
            raise _Again(_reason(error)) from error
        try:
            self._check_start(address, response)
            content = self._content(response, ends)
        except (HTTPError, OSError) as error:
            raise _Again(f"the answer breaks off ({_reason(error)})") from error
        finally:
            response.close()
        crs = response.headers.get("Content-Crs", "")
        return Answer(address, content, self.now().isoformat(timespec="seconds"), crs)

    def _check_start(self, address: str, response: urllib3.BaseHTTPResponse) -> None:
        status, form = response.status, response.headers.get("Content-Type", "")
        if status in TRY_AGAIN:
            raise _Again(f"HTTP {status}", status, response.headers.get("Retry-After", ""))
        if status != OK:
            mend = "the service does not know this address or refuses it; look whether table and year exist"
            raise Unanswered(address, f"HTTP {status}", mend, status)
        if "json" not in form.partition(";")[0].lower():
            raise _Again(f"the answer is {form or 'of no type'}, not JSON")

    def _content(self, response: urllib3.BaseHTTPResponse, ends: float) -> bytes:
        """The body, read piece by piece as it comes, so that a slow or endless answer is seen while it runs."""
        assert isinstance(response, urllib3.HTTPResponse)
        pieces, size = [], 0
        while piece := response.read1(_PIECE, decode_content=True):
            pieces.append(piece)
            size += len(piece)
            if size > self.limits.largest:
                raise _Again(f"the answer is larger than {self.limits.largest} bytes")
            if time.monotonic() > ends:
                raise _Again(f"the answer is not whole after {self.limits.whole:g} seconds")
        return b"".join(pieces)


def _parsed(content: bytes) -> Any:
    try:
        return json.loads(content, parse_float=Decimal, parse_int=Decimal, parse_constant=_no_number)
    except ValueError as error:
        raise _Again("the answer breaks off: it is no whole JSON") from error


def _no_number(text: str) -> None:
    raise ValueError(f"{text} is no JSON")


def _reason(error: Exception) -> str:
    text = " ".join(str(error).split()) or type(error).__name__
    return re.sub(r"^HTTPS?Connection\([^)]*\): ", "", text)
