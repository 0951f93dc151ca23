"""How much one address may ask of the open API: requests and bytes in a minute, counted in memory alone."""

from __future__ import annotations

import hashlib
import math
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from hsc_geo.web.register import household

MINUTE = 60.0
MOST_KEPT = 50_000  # addresses of a minute; those beyond share one count


@dataclass(frozen=True)
class Limits:
    """What an address may ask in a minute; 0 is no limit."""

    requests: int = 600
    megabytes: int = 300


class Allowance:
    """Counts what each address asked in the minute that is going on; of IPv6 the first 64 bits are one address.

    An address is kept as a hash that only this process can make, and until the minute is over.
    """

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._clock = clock
        self._lock = threading.Lock()
        self._key = secrets.token_bytes(16)
        self._began = -math.inf
        self._asked: dict[bytes, list[int]] = {}

    def wait(self, address: str) -> int:
        """Count a request; the seconds after which this address may ask again, 0 when it may now."""
        with self._lock:
            counts = self._counts(address)
            counts[0] += 1
            too_many = 0 < self._limits.requests < counts[0]
            too_much = 0 < self._limits.megabytes * 1_000_000 <= counts[1]
            left = self._began + MINUTE - self._clock()
        return max(1, math.ceil(left)) if too_many or too_much else 0

    def sent(self, address: str, size: int) -> None:
        """Count the bytes of an answer."""
        with self._lock:
            self._counts(address)[1] += size

    def _counts(self, address: str) -> list[int]:
        if self._clock() >= self._began + MINUTE:
            self._began, self._asked = self._clock(), {}
        mark = hashlib.blake2b(household(address).encode(), key=self._key, digest_size=8).digest()
        if mark not in self._asked and len(self._asked) >= MOST_KEPT:
            mark = b""
        return self._asked.setdefault(mark, [0, 0])
