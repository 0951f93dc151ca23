"""The editions that a link opens: loaded when one is asked for, the last few kept for all visitors."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hsc_geo.data.editions import Edition, kept, named, package_of
from hsc_geo.data.load import DataError, Package
from hsc_geo.web.settings import settings

KEPT = 3  # editions in memory at a time

_LOGGER = logging.getLogger("hsc_geo")


@dataclass(frozen=True)
class Opened:
    """An edition with its data and the register over them."""

    edition: Edition
    package: Package


class Gone(LookupError):
    """There is no edition of this name here."""


class Damaged(Exception):
    """An edition that is here and cannot be read: damaged, or of another version of the data contract."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        super().__init__(edition.name)


class Shelf:
    """The editions of a folder, the `most` that were asked for last in memory. One is loaded at a time; who asks for
    one that is in memory waits for nobody."""

    def __init__(self, folder: Path, most: int = KEPT) -> None:
        self._folder, self._most = folder, most
        self._loading, self._looking = threading.Lock(), threading.Lock()
        self._open: dict[str, Opened] = {}  # the one that was asked for last at the end
        self._told: set[str] = set()

    def opened(self, name: str) -> Opened:
        """The edition of this name. Raises Gone, also for one in memory whose folder was moved away, and Damaged."""
        edition = self._named(name)
        if edition is None:
            self._drop(name)
            raise Gone(name)
        found = self._taken(name)
        if found is None:
            with self._loading:
                found = self._taken(name) or self._loaded(edition)
        return found

    def of_snapshot(self, snapshot: str) -> Opened | None:
        """The newest edition with this content; None where there is none that can be read."""
        for edition in reversed(self.all()):
            if edition.snapshot == snapshot:
                try:
                    return self.opened(edition.name)
                except (Gone, Damaged):
                    continue
        return None

    def all(self) -> list[Edition]:
        """All that are in the folder, the oldest first; none where it cannot be read."""
        try:
            return kept(self._folder)
        except OSError as error:
            self._tell("", str(error))
            return []

    def _named(self, name: str) -> Edition | None:
        try:
            return named(name, self._folder)
        except OSError as error:
            self._tell("", str(error))
            return None

    def _taken(self, name: str) -> Opened | None:
        with self._looking:
            found = self._open.pop(name, None)
            if found is not None:
                self._open[name] = found
            return found

    def _loaded(self, edition: Edition) -> Opened:
        try:
            found = Opened(edition, package_of(edition))
        except (DataError, ValueError, OSError) as error:
            self._tell(edition.name, str(error))
            raise Damaged(edition) from error
        with self._looking:
            self._open[edition.name] = found
            while len(self._open) > self._most:
                del self._open[next(iter(self._open))]
        return found

    def _drop(self, name: str) -> None:
        with self._looking:
            self._open.pop(name, None)

    def _tell(self, name: str, message: str) -> None:
        """Log a failure of an edition ('': of the folder) once, not at every visit."""
        if name not in self._told:
            self._told.add(name)
            _LOGGER.error("The edition %s cannot be read: %s", name or self._folder, message)


@cache
def shelf() -> Shelf:
    """The editions of this process, by its settings."""
    return Shelf(settings().editions)


def found(name: str) -> Opened | None:
    """The edition of this name, for what is no page; None where there is none that can be read, as for ''."""
    try:
        return shelf().opened(name) if name else None
    except (Gone, Damaged):
        return None
