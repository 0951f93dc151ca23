"""The register behind the site: opened once a process, laid over the data package, looked at for changes.

The site does not depend on it. Without a register, or while it cannot be reached, the pages show the data package, or
what was last known of the register; only proposing and reviewing wait.
"""

from __future__ import annotations

import ipaddress
import logging
import math
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from hsc_geo.data.load import DataError, Package
from hsc_geo.register.things import MOST_A_DAY, MOST_OPEN, RegisterError, RegisterUnavailable
from hsc_geo.web.package import data_package, loaded_data
from hsc_geo.web.settings import settings, without_password

if TYPE_CHECKING:
    from hsc_geo.register import Register

ASK_EVERY = 1.0  # seconds between two looks at the register's revision
TRY_AGAIN_AFTER = 10.0  # seconds after a failure, so that no visitor waits long for a database that is gone
OFF, FAULT = "off", "fault"
OK, UNASKED = "ok", "unasked"

_LOGGER = logging.getLogger("hsc_geo")


@dataclass(frozen=True)
class Condition:
    """How the register is, for an operator. store: the kind of database. state: `ok`, `unasked` while there are no
    data, or why not as in `RegisterLink.reason`. The numbers are None while they cannot be known. queue_full: whether
    no more proposals are taken until some are decided; day_full: until the next day (UTC), for too many came today."""

    store: str
    state: str
    revision: int | None = None
    open_proposals: int | None = None
    proposals_today: int | None = None
    queue_full: bool = False
    day_full: bool = False

    @property
    def takes_none(self) -> bool:
        """Whether no proposal is taken now, for either reason."""
        return self.queue_full or self.day_full


class RegisterLink:
    """The way to the one register of a process, for all its visitors.

    `opening` opens it (None: there is none, by choice); `clock` gives seconds; `where` is what a log calls it. A
    register that cannot be opened or asked is tried again later; `reason` says meanwhile why: a code of
    RegisterUnavailable, `off`, or `fault` for what is in the log.
    """

    def __init__(
        self,
        opening: Callable[[], Register] | None,
        clock: Callable[[], float] = time.monotonic,
        where: str = "",
    ) -> None:
        self._where = where
        self.reason = "" if opening else OFF
        self._opening = opening
        self._clock = clock
        self._lock = threading.Lock()
        self._register: Register | None = None
        self._due = -math.inf
        self._shown: tuple[Package, Package] | None = None  # the data package, and what is shown of it
        self._condition: tuple[float, Condition] | None = None  # until when it counts, and what was found
        self._day: date | None = None  # on which the marks of visitors were last looked at

    def register(self, data: Package) -> Register | None:
        """The register, filled from the data package; None while there is none or it cannot be reached."""
        self._look(data)
        return None if self.reason else self._register

    def package(self, data: Package) -> Package:
        """The data package with the register over it: the very same object while the register holds nothing but
        that, and a new one for each of its revisions."""
        self._look(data)
        return self.last(data)

    def last(self, data: Package) -> Package:
        """What was shown last of this data package, without asking the register."""
        shown = self._shown
        return shown[1] if shown and shown[0] is data else data

    def condition(self, data: Package, store: str) -> Condition:
        """How it is now, or was within the last second. store: what to call the kind of database."""
        if self._condition is None or self._clock() >= self._condition[0]:
            self._condition = (self._clock() + ASK_EVERY, self._found(data, store))
        return self._condition[1]

    def _found(self, data: Package, store: str) -> Condition:
        register = self.register(data)
        if register is None:
            return Condition(store, self.reason or FAULT)
        try:
            waiting, today = register.open_proposals(), register.proposals_today()
            full = waiting >= MOST_OPEN, today >= MOST_A_DAY
            return Condition(store, OK, register.revision(), waiting, today, *full)
        except RegisterError as error:
            return Condition(store, getattr(error, "code", FAULT))

    def refresh(self) -> None:
        """Look at the register at the next call, whenever the last look was: someone here just changed it."""
        self._due = -math.inf

    def _look(self, data: Package) -> None:
        if self._opening is None or self._is_fresh(data):
            return
        # Who comes while another asks goes on with what is known; only the very first wait for it.
        if not self._lock.acquire(blocking=self._shown is None):
            return
        try:
            if not self._is_fresh(data):
                self._ask(data)
        finally:
            self._lock.release()

    def _is_fresh(self, data: Package) -> bool:
        return self._shown is not None and self._shown[0] is data and self._clock() < self._due

    def _ask(self, data: Package) -> None:
        reason, shown = "", self.last(data)
        self._due = (
            self._clock() + ASK_EVERY
        )  # from before the question, so that a `refresh` meanwhile counts
        try:
            shown = self._overlaid(data)
        except RegisterUnavailable as error:
            reason = error.code
            self._tell(reason, " ".join([str(error), *error.detail.splitlines()[:1]]))
        except (RegisterError, ValueError) as error:
            reason = FAULT
            self._tell(reason, str(error))
        except Exception:
            reason = FAULT
            _LOGGER.exception("The register cannot be used")
        if reason:
            self._due = self._clock() + TRY_AGAIN_AFTER
        self.reason, self._shown = reason, (data, shown)

    def _overlaid(self, data: Package) -> Package:
        register = self._register or self._open()
        register.fill(data)  # one question; and a register that was emptied is filled again
        self._register = register
        self._forget_visitors(register)
        if register.revision() == register.untouched:
            return data
        return register.overlay(data)

    def _forget_visitors(self, register: Register) -> None:
        """Once a day (UTC), also when nobody proposes. What may only be read keeps what is in it."""
        today = datetime.now(UTC).date()
        if today != self._day:
            self._day = today
            with suppress(RegisterUnavailable):
                register.forget_visitors()

    def _open(self) -> Register:
        assert self._opening is not None  # without it nothing is asked
        return self._opening()

    def _tell(self, reason: str, message: str) -> None:
        """Log a failure when it begins, and not at every try."""
        if reason != self.reason:
            _LOGGER.error("The register %s cannot be used: %s", self._where, message)


@cache
def link() -> RegisterLink:
    """The way to the register of this process, by its settings."""
    chosen = settings()
    opening = (lambda: _opened(chosen.database)) if chosen.register else None
    return RegisterLink(opening, where=f"(HSC_DATABASE={without_password(chosen.database)})")


def _opened(database: str) -> Register:
    from hsc_geo.register import open_register  # late: only here does the server need SQLAlchemy

    return open_register(database)


def package() -> Package:
    """What the pages show: the data package, with the entries as they now stand in the register.

    The same object until an entry changes. Raises DataError as `data_package` does.
    """
    return link().package(data_package())


def loaded() -> Package | None:
    """What the pages last showed, if this process has loaded the data; never waits and never fails."""
    data = loaded_data()
    return None if data is None else link().last(data)


def register() -> Register | None:
    """The register of this process, opened and filled at the first call; None while there is none to be had."""
    try:
        return link().register(data_package())
    except DataError:
        return None


def reason() -> str:
    """Why `register` gives None: gone, full, read_only, busy, damaged, newer, off or fault; "" when all is well."""
    return link().reason


def condition() -> Condition:
    """How the register of this process is; nothing in it is secret. Never raises for a register that fails."""
    store = settings().database.partition(":")[0].partition("+")[0]
    try:
        return link().condition(data_package(), store)
    except DataError:
        return Condition(store, UNASKED)


def refresh() -> None:
    """Show what was just changed in the register at the next run of any page."""
    link().refresh()


def forget() -> None:
    """Close the register and drop the link: for tests."""
    if link.cache_info().currsize and (opened := link()._register) is not None:
        opened.close()
    link.cache_clear()


def visitor() -> str:
    """What tells this visitor from another: the address, else the session; the register keeps only a salted hash."""
    context = get_script_run_ctx(suppress_warning=True)
    return household(str(st.context.ip_address or "")) or (context.session_id if context else "")


def household(text: str) -> str:
    """An address as visitors are told apart by it: of IPv6 the first 64 bits, which are one household's."""
    try:
        found = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return text
    if found.version == 6 and found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else str(found)
