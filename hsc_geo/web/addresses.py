"""Addresses: PDOK's Locatieserver, asked by our server so that no visitor's browser has to.

What a visitor typed goes to that one service and nowhere else: it is not stored and not logged. Answers outside the
municipality are dropped. A service that fails costs a visitor a few seconds at most, and is then left alone for a
minute; places of the register can be found without it.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
import threading
import time
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
import shapely

from hsc_geo.analysis.near import (
    FEWEST,
    FOUND,
    MOST_LETTERS,
    NOTHING,
    OFF,
    UNREACHABLE,
    Address,
    AddressAnswer,
    to_rd,
)
from hsc_geo.data.load import Package
from hsc_geo.domain.crs import DUTCH_LATITUDES, DUTCH_LONGITUDES, within
from hsc_geo.domain.text import carriable
from hsc_geo.web.settings import LOOPBACK_HOSTS, Settings, settings

_LOGGER = logging.getLogger("hsc_geo")

MOST = 5
LARGEST_ANSWER = 100_000  # bytes; five answers are some thousand
LONGEST_NAME = 200
KINDS = ("adres", "weg", "postcode")
_POINT = re.compile(r"POINT\s?\((-?\d{1,3}(?:\.\d{1,15})?) (-?\d{1,3}(?:\.\d{1,15})?)\)")
_NO_OPERATOR = re.compile(r"[^\w\s.,'-]|_")  # what the service could read as a command of its query language


class AddressFault(Exception):
    """The service did not give a usable answer; the message says why, and never what was asked."""


@dataclass(frozen=True)
class Limits:
    """How much patience and effort the service gets: seconds, and requests at one time."""

    whole: float = 3.0
    at_once: int = 4
    rest: float = 60.0


class AddressLookup:
    """Addresses from the service, or why there are none."""

    def __init__(self, upstream: str, limits: Limits = Limits(), on: bool = True) -> None:
        self._upstream = upstream
        self._limits = limits
        self._on = on
        self._slots = threading.Semaphore(limits.at_once)
        self._resting_until = 0.0

    def __call__(self, package: Package, text: str) -> AddressAnswer:
        """At most MOST addresses, streets or postcodes in the municipality of the package. Never raises for a bad
        service; fewer than FEWEST letters ask nothing."""
        if not self._on:
            return AddressAnswer(OFF)
        wanted = query_text(text)
        if len(wanted) < FEWEST:
            return AddressAnswer(NOTHING)
        if time.monotonic() < self._resting_until or not self._slots.acquire(timeout=self._limits.whole):
            return AddressAnswer(UNREACHABLE)
        try:
            return self._ask(package, wanted)
        finally:
            self._slots.release()

    def _ask(self, package: Package, wanted: str) -> AddressAnswer:
        try:
            body = asyncio.run(self._download(parameters(package, wanted)))
            found = answers(package, body)
        except (AddressFault, TimeoutError, httpx.HTTPError, OSError) as error:
            self._resting_until = time.monotonic() + self._limits.rest
            reason = str(error) if isinstance(error, AddressFault) else type(error).__name__
            _LOGGER.warning("No addresses (%s); not asked again for %g s", reason, self._limits.rest)
            return AddressAnswer(UNREACHABLE)
        return AddressAnswer(FOUND if found else NOTHING, found)

    async def _download(self, query: list[tuple[str, str]]) -> bytes:
        address = f"{self._upstream}?{urlencode(query)}"
        async with (
            asyncio.timeout(self._limits.whole),
            self._client() as client,
            client.stream("GET", address) as response,
        ):
            _check_start(response)
            return await _limited_body(response)

    def _client(self) -> httpx.AsyncClient:
        local = urlsplit(self._upstream).hostname in LOOPBACK_HOSTS
        return httpx.AsyncClient(
            timeout=self._limits.whole,
            follow_redirects=False,
            trust_env=not local,  # an operator's proxy is used for PDOK, never for this machine
            headers={"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "hsc_geo"},
        )


class _NothingAsked(logging.Filter):
    """Keeps httpx from logging addresses of requests: they hold what a visitor typed."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not str(record.msg).startswith("HTTP Request")


logging.getLogger("httpx").addFilter(_NothingAsked())


@cache
def _lookup() -> AddressLookup:
    return lookup_for(settings())


def lookup_for(chosen: Settings) -> AddressLookup:
    """The lookup that the settings ask for."""
    return AddressLookup(chosen.address_upstream, on=chosen.addresses)


def look_up(package: Package, text: str) -> AddressAnswer:
    """Addresses by the settings of this process."""
    return _lookup()(package, text)


def query_text(text: str) -> str:
    """What is asked: letters, digits and the signs of an address, cut to MOST_LETTERS."""
    return " ".join(_NO_OPERATOR.sub(" ", carriable(text)[:MOST_LETTERS]).replace("\ufffd", " ").split())


def parameters(package: Package, wanted: str) -> list[tuple[str, str]]:
    """The query: only addresses, streets and postcodes, in the municipality that the data are of."""
    areas = package.areas
    name = str(areas.loc[areas["level"] == "municipality", "name"].iloc[0]).replace('"', " ")
    return [
        ("q", wanted),
        ("fq", f'gemeentenaam:"{name}"'),
        ("fq", f"type:({' OR '.join(KINDS)})"),
        ("fl", "weergavenaam type centroide_ll"),
        ("rows", str(MOST)),
    ]


def answers(package: Package, body: bytes) -> tuple[Address, ...]:
    """The usable answers, at most MOST; raises AddressFault for what is no answer of the service."""
    try:
        documents = json.loads(body)["response"]["docs"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise AddressFault("the answer is not as documented") from error
    if not isinstance(documents, list):
        raise AddressFault("the answer holds no list")
    options = [option for each in documents if (option := _option(each)) and _inside(package, option)]
    return tuple(options[:MOST])


def _option(document: Any) -> Address | None:
    """One answer; None where it has no name or no point in the Netherlands."""
    if not isinstance(document, dict):
        return None
    name, point = document.get("weergavenaam"), document.get("centroide_ll")
    found = _POINT.fullmatch(point) if isinstance(point, str) else None
    if found is None or not isinstance(name, str) or not name.strip():
        return None
    longitude, latitude = float(found[1]), float(found[2])
    if not within(longitude, DUTCH_LONGITUDES) or not within(latitude, DUTCH_LATITUDES):
        return None
    return Address(carriable(name.strip())[:LONGEST_NAME], to_rd(latitude, longitude))


def _inside(package: Package, option: Address) -> bool:
    shapes = package.geometry[package.geometry["level"] == "municipality"]
    codes = shapes.index.intersection(package.areas.index[package.areas["level"] == "municipality"])
    return bool(shapely.intersects(shapes.loc[codes].geometry.to_numpy(), shapely.Point(option.at)).any())


def _check_start(response: httpx.Response) -> None:
    if response.status_code != 200:
        raise AddressFault(f"status {response.status_code}")
    kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/json":
        raise AddressFault(f"type {kind[:60]!r}")


async def _limited_body(response: httpx.Response) -> bytes:
    body = bytearray()
    async for chunk in response.aiter_raw():  # raw: a small answer cannot unfold into a large one
        body += chunk
        if len(body) > LARGEST_ANSWER:
            raise AddressFault(f"more than {LARGEST_ANSWER} bytes")
    return bytes(body)
