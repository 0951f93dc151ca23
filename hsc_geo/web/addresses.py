"""Addresses that visitors and stewards look up: asked of one service by our server, so that no browser has to.

What was typed goes to that service and nowhere else; it is not logged and not written down. For some minutes an answer
is kept in memory, under a mark that only this process can make of the question. Answers outside the municipality are
dropped. A service that fails costs a visitor a few seconds at most, and is then left alone for a minute; places of the
register can be found without it.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import shapely

from hsc_geo.analysis.near import (
    BUSY,
    FEWEST,
    FOUND,
    NOTHING,
    OFF,
    UNREACHABLE,
    Address,
    AddressAnswer,
    Point,
    to_rd,
)
from hsc_geo.data.load import Package
from hsc_geo.register.joining import place_name
from hsc_geo.sources.fetching import FetchFault
from hsc_geo.sources.locatieserver import Hit, ask, query_text
from hsc_geo.web.api.limits import Allowance
from hsc_geo.web.api.limits import Limits as Minute
from hsc_geo.web.register import visitor
from hsc_geo.web.settings import Settings, settings

_LOGGER = logging.getLogger("hsc_geo")

KEEP_SECONDS, MOST_KEPT = 600.0, 500


@dataclass(frozen=True)
class Limits:
    """How much patience and effort the service gets: seconds, and requests at one time."""

    whole: float = 3.0
    at_once: int = 4
    rest: float = 60.0


class AddressLookup:
    """Addresses from the service, or why there are none. each, all_together: what one visitor, and all of them, may
    have asked in a minute; 0 is no limit."""

    def __init__(
        self,
        upstream: str,
        limits: Limits = Limits(),
        on: bool = True,
        each: int = 0,
        all_together: int = 0,
    ) -> None:
        self._upstream = upstream
        self._limits = limits
        self._on = on
        self._slots = threading.Semaphore(limits.at_once)
        self._resting_until = 0.0
        self._each, self._all = Allowance(Minute(each, 0)), Allowance(Minute(all_together, 0))
        self._kept = _Kept()

    def __call__(self, package: Package, text: str, who: str = "") -> AddressAnswer:
        """Addresses, streets or postcodes in the municipality of the package. Never raises for a bad service; fewer
        than FEWEST letters ask nothing. who: what tells this visitor from another."""
        if not self._on:
            return AddressAnswer(OFF)
        wanted = query_text(text)
        if len(wanted) < FEWEST:
            return AddressAnswer(NOTHING)
        question = (package.snapshot, wanted.casefold())
        kept = self._kept.get(question)
        if kept is not None:
            return kept
        if time.monotonic() < self._resting_until:
            return AddressAnswer(UNREACHABLE)
        if self._each.wait(who) or self._all.wait(""):
            return AddressAnswer(BUSY)
        if not self._slots.acquire(timeout=self._limits.whole):
            return AddressAnswer(UNREACHABLE)
        try:
            answer = self._ask(package, wanted)
        finally:
            self._slots.release()
        if answer.state != UNREACHABLE:
            self._kept.put(question, answer)
        return answer

    def _ask(self, package: Package, wanted: str) -> AddressAnswer:
        try:
            hits = ask(self._upstream, place_name(package), wanted, self._limits.whole).hits
        except FetchFault as fault:
            self._resting_until = time.monotonic() + self._limits.rest
            _LOGGER.warning("No addresses (%s); not asked again for %g s", fault, self._limits.rest)
            return AddressAnswer(UNREACHABLE)
        found = answers(package, hits)
        return AddressAnswer(FOUND if found else NOTHING, found)


class _Kept:
    """Answers of the last minutes, the oldest go first; the questions are kept as marks only."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._key = secrets.token_bytes(16)
        self._lock = threading.Lock()
        self._answers: OrderedDict[bytes, tuple[float, AddressAnswer]] = OrderedDict()

    def get(self, question: tuple[str, str]) -> AddressAnswer | None:
        with self._lock:
            until, answer = self._answers.get(self._mark(question), (0.0, None))
        return answer if self._clock() < until else None

    def put(self, question: tuple[str, str], answer: AddressAnswer) -> None:
        with self._lock:
            self._answers[self._mark(question)] = (self._clock() + KEEP_SECONDS, answer)
            while len(self._answers) > MOST_KEPT:
                self._answers.popitem(last=False)

    def _mark(self, question: tuple[str, str]) -> bytes:
        return hashlib.blake2b("\n".join(question).encode(), key=self._key, digest_size=16).digest()


@cache
def _lookup() -> AddressLookup:
    return lookup_for(settings())


def lookup_for(chosen: Settings) -> AddressLookup:
    """The lookup that the settings ask for."""
    return AddressLookup(
        chosen.address_upstream,
        on=chosen.addresses,
        each=chosen.address_requests,
        all_together=chosen.address_total,
    )


def look_up(package: Package, text: str) -> AddressAnswer:
    """Addresses by the settings of this process, for the visitor of this run."""
    return _lookup()(package, text, visitor())


def asks() -> bool:
    """Whether this site looks addresses up at all."""
    return settings().addresses


def answers(package: Package, hits: tuple[Hit, ...]) -> tuple[Address, ...]:
    """Those that lie in the municipality."""
    found = (Address(hit.name, to_rd(hit.latitude, hit.longitude), hit) for hit in hits)
    return tuple(each for each in found if _inside(package, each.at))


def _inside(package: Package, at: Point) -> bool:
    shapes = package.geometry[package.geometry["level"] == "municipality"]
    codes = shapes.index.intersection(package.areas.index[package.areas["level"] == "municipality"])
    return bool(shapely.intersects(shapes.loc[codes].geometry.to_numpy(), shapely.Point(at)).any())
