"""Filling the register from the data package: the first time, and again from each later package.

A package is told by its snapshot id, and a snapshot fills a register once. So two servers with different packages on
one register do not take turns in changing it, and what was undone stays undone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, or_, select

from hsc_geo.domain.areas import municipality_of
from hsc_geo.register import drafting, entries, old_forms, refill
from hsc_geo.register.entries import FILLED, PACKAGE, Entry, Key, Stamp, entity_of, link_rows
from hsc_geo.register.frames import NAMES, entries_of
from hsc_geo.register.joining import municipality, place_name
from hsc_geo.register.store import Store, unavailable
from hsc_geo.register.tables import AREAS, JOURNAL, META
from hsc_geo.register.things import Actor

if TYPE_CHECKING:
    from hsc_geo.data.load import Package

FROM, SEEN, SAME, OF = "filled_from", "filled_from_all", "same_as_package", "municipality"  # in meta


@dataclass(frozen=True)
class Filled:
    """now: whether something was taken over. untouched: the revision at which the register held what this package
    holds and nothing else; 0 when it never did."""

    now: bool
    untouched: int


def fill(store: Store, package: Package) -> Filled:
    """Take over a package that the register has not seen yet, in one transaction; of several processes one does it.

    A package of another municipality than that of the register is refused (RegisterUnavailable): it would take the
    place of all that is in it.
    """
    with store.reading() as connection:
        known = _meta(connection)
    if package.snapshot in _seen(known):
        return Filled(False, _untouched(known, package.snapshot))
    found = entries_of({name: getattr(package, name) for name in NAMES})
    with store.writing() as connection:
        known = _meta(connection)
        if package.snapshot in _seen(known):  # another process was first
            return Filled(False, _untouched(known, package.snapshot))
        _take_over(connection, package, found, known)
        return Filled(True, _untouched(_meta(connection), package.snapshot))


def _take_over(
    connection: Connection, package: Package, found: Mapping[Key, Entry], known: Mapping[str, str]
) -> None:
    mine = entries.load_all(connection)
    here = municipality(package)
    before = known.get(OF) or _municipality_of(mine)
    if before and before != here:
        raise unavailable("elsewhere", f"{before} in the register, {here} in the package")
    made = refill.taken_over(
        said_before(connection),
        mine,
        found,
        place_name(package),
        lambda kind, entry: not drafting.faults(package, kind, entry),
    )
    first = FROM not in known
    why = f"filled from data package {package.snapshot}" if first else f"data package {package.snapshot}"
    stamp = Stamp(Actor("administrator"), why, FILLED if first else f"{FILLED}-{entries.new_batch()}")
    entries.write(connection, made.edits, stamp)
    entries.write_lines(connection, made.said, stamp)
    revision = entries.get_meta(connection, "revision", "0")
    entries.set_meta(connection, FROM, package.snapshot)
    entries.set_meta(connection, SEEN, " ".join([*_seen(known), package.snapshot]))
    entries.set_meta(connection, OF, here)
    entries.set_meta(connection, SAME, f"{revision} {package.snapshot}" if made.same else "")


def _municipality_of(mine: Mapping[Key, Entry]) -> str:
    """The municipality of most areas that entries serve: of a register from before it was kept; "" without any."""
    served = (
        row["area_code"]
        for (kind, key), entry in mine.items()
        if kind == "initiative"
        for row in link_rows(key, AREAS, entry[AREAS])
    )
    found = Counter(municipality_of(code) for code in served)
    return max(found, key=lambda each: found[each]) if found else ""


def _meta(connection: Connection) -> dict[str, str]:
    rows = connection.execute(select(META.c.key, META.c.value).where(META.c.key.in_((FROM, SEEN, SAME, OF))))
    return {str(key): str(value) for key, value in rows}


def _seen(known: Mapping[str, str]) -> list[str]:
    """Snapshots that the register was filled from; a register from before that list knows only one."""
    return known.get(SEEN, known.get(FROM, "")).split()


def _untouched(known: Mapping[str, str], snapshot: str) -> int:
    revision, _, same = known.get(SAME, f"1 {known.get(FROM, '')}").partition(" ")
    return int(revision) if same == snapshot else 0


def of_fills() -> Any:
    """The condition that a line of the journal is of a fill."""
    return or_(JOURNAL.c.batch == FILLED, JOURNAL.c.batch.startswith(f"{FILLED}-"))


def said_before(connection: Connection) -> dict[Key, dict[str, str]]:
    """What the packages until now said of every entry, from the journal; without a key it is no longer in them."""
    lines = select(JOURNAL.c.entity, JOURNAL.c.entity_id, JOURNAL.c.field, JOURNAL.c.new).where(of_fills())
    found: dict[Key, dict[str, str]] = {}
    for entity, key, name, new in connection.execute(lines.order_by(JOURNAL.c.id)):
        kind = entity_of(key) if entity == PACKAGE else entity
        found.setdefault((kind, key), {})[name] = new
    return {key: _as_now(key[0], entry) for key, entry in found.items()}


def _as_now(kind: str, entry: dict[str, str]) -> dict[str, str]:
    """An entry of an earlier form of the register in that of now; of one that a package let go the key alone counts."""
    old = old_forms.is_old(kind, entry) or ("source_kind" not in entry and kind in old_forms.WITH_SOURCE)
    return entries.normal(kind, entry) if old and entry.get(entries.KEY[kind]) else entry
