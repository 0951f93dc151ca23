"""What this server keeps of earlier days: the editions in its folder, and the journal of its register."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Sequence
from functools import cache

from hsc_geo.analysis.changes import Changes, changes
from hsc_geo.data.editions import Edition
from hsc_geo.data.load import Package
from hsc_geo.register import RegisterError, Told
from hsc_geo.web import editions, register

KEPT = 8  # comparisons in memory at a time: each takes a second or two to make
_DAY = dt.timedelta(days=1)


class Kept:
    """A `Past` over the editions and the register of this process. Of two who ask for one comparison at the same time
    one makes it."""

    def __init__(self) -> None:
        self._making, self._looking = threading.Lock(), threading.Lock()
        self._made: dict[tuple[str, str], Changes] = {}  # by the names of both, the last made at the end

    def editions(self) -> Sequence[Edition]:
        """Those that are kept, the oldest first."""
        return editions.shelf().all()

    def between(self, before: Edition, after: Edition | Package) -> Changes | None:
        """What differs between two; None where one of them is gone or damaged."""
        key = before.name, after.snapshot
        found = self._known(key)
        if found is None:
            with self._making:
                found = self._known(key) or self._compared(before, after)
            if found is not None:
                self._keep(key, found)
        return found

    def began(self) -> dt.date | None:
        """The day from which the journal tells; None while there is no register."""
        opened = register.register()
        try:
            at = opened.began() if opened else None
        except RegisterError:
            return None
        return self.day(at) if at else None

    def told(self, since: dt.date, until: dt.date) -> Sequence[Told]:
        """The lines of the journal from a day up to another, both with it; none while there is no register."""
        opened = register.register()
        first, last = (dt.datetime.combine(day, dt.time()).astimezone() for day in (since, until + _DAY))
        try:
            return opened.told(first, last) if opened else ()
        except RegisterError:
            return ()

    def day(self, at: dt.datetime) -> dt.date:
        """The day of a moment, in the zone of the server."""
        return at.astimezone().date()

    def _compared(self, before: Edition, after: Edition | Package) -> Changes | None:
        try:
            packages = [
                each if isinstance(each, Package) else editions.shelf().opened(each.name).package
                for each in (before, after)
            ]
        except (editions.Gone, editions.Damaged):
            return None
        return changes(*packages)

    def _known(self, key: tuple[str, str]) -> Changes | None:
        with self._looking:
            return self._made.get(key)

    def _keep(self, key: tuple[str, str], found: Changes) -> None:
        with self._looking:
            self._made[key] = found
            while len(self._made) > KEPT:
                del self._made[next(iter(self._made))]


@cache
def past() -> Kept:
    """What is kept by this process."""
    return Kept()
