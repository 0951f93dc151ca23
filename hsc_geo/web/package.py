"""The data package, loaded once a process and shared by all visitors; `web.register` lays the register over it."""

from __future__ import annotations

import json
import threading

from hsc_geo.data import shared
from hsc_geo.data.load import Package, load
from hsc_geo.data.municipality import Municipality, municipality_of
from hsc_geo.web.settings import settings

_lock = threading.Lock()
_package: Package | None = None


def data_package() -> Package:
    """The data package of this process; the first call loads it, all others wait for that one.

    Raises DataError, with a message to show, when the data cannot be read. A failure is not kept: the
    next call tries again, so that mended data need no restart.
    """
    global _package
    with _lock:
        if _package is None:
            _package = _known(load(settings().data_folder))
        return _package


def _known(package: Package) -> Package:
    """The package, marked by the hashes of all its files."""
    shared.mark(package, json.dumps(package.descriptor, sort_keys=True))
    return package


def loaded_data() -> Package | None:
    """The data package, if this process has loaded it; never waits and never fails."""
    return _package


def municipality() -> Municipality | None:
    """The municipality that the data are of; None while no data are loaded."""
    return None if _package is None else municipality_of(_package)


def forget() -> None:
    """Drop the loaded package: for tests, and for a process whose data folder was replaced."""
    global _package
    with _lock:
        _package = None
