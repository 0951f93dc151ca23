"""What is kept of earlier days: editions, and the journal of the register. The server gives it; a file on its own has
nothing of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from hsc_geo.analysis.changes import Changes
    from hsc_geo.data.editions import Edition
    from hsc_geo.data.load import Package
    from hsc_geo.register import Told


class Past(Protocol):
    """What is kept of earlier days. Nothing here raises: what cannot be read is not kept."""

    def editions(self) -> Sequence[Edition]:
        """Those that are kept, the oldest first."""

    def between(self, before: Edition, after: Edition | Package) -> Changes | None:
        """What differs between two; None where one of them cannot be read."""

    def began(self) -> dt.date | None:
        """The day from which the journal of the register tells; None without one."""

    def told(self, since: dt.date, until: dt.date) -> Sequence[Told]:
        """The lines of the journal from a day up to another, both with it."""

    def day(self, at: dt.datetime) -> dt.date:
        """The day of a moment, in the zone of the server."""


class Nothing:
    """Nothing is kept."""

    def editions(self) -> Sequence[Edition]:
        """None."""
        return ()

    def between(self, before: Edition, after: Edition | Package) -> Changes | None:
        """Not known."""
        return None

    def began(self) -> dt.date | None:
        """Never."""
        return None

    def told(self, since: dt.date, until: dt.date) -> Sequence[Told]:
        """No lines."""
        return ()

    def day(self, at: dt.datetime) -> dt.date:
        """The day as it stands."""
        return at.date()
