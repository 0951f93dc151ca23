"""The first fill of the register, from the data package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hsc_geo.register import entries
from hsc_geo.register.entries import FILLED, Edit, Stamp
from hsc_geo.register.frames import NAMES, entries_of
from hsc_geo.register.store import Store
from hsc_geo.register.things import Actor

if TYPE_CHECKING:
    from hsc_geo.data.load import Package


def fill(store: Store, package: Package) -> bool:
    """Fill an empty register, in one transaction; False when it was filled before, by this or another process."""
    with store.reading() as connection:
        if entries.get_meta(connection, "filled_from"):
            return False
    with store.writing() as connection:
        if entries.get_meta(connection, "filled_from"):
            return False  # another process was first
        found = entries_of({name: getattr(package, name) for name in NAMES})
        edits = [Edit(kind, key, None, entry) for (kind, key), entry in found.items()]
        stamp = Stamp(Actor("administrator"), f"filled from data package {package.snapshot}", FILLED)
        entries.insert_new(connection, edits, stamp)
        entries.set_meta(connection, "filled_from", package.snapshot)
    return True
