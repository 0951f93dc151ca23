"""What the register holds now, and the data package with it."""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, func, select

from hsc_geo.data import shared
from hsc_geo.data.shared_frames import frames_from_bytes, frames_to_bytes
from hsc_geo.domain import schema
from hsc_geo.register import entries
from hsc_geo.register.frames import NAMES, frame_of
from hsc_geo.register.store import Store
from hsc_geo.register.tables import JOURNAL, LINKS, PROPOSALS, TABLES
from hsc_geo.register.things import Outcomes

if TYPE_CHECKING:
    from hsc_geo.data.load import Package


_OF_ENTRIES = ("new", "correction", "closure")
_SHARED = shared.Form(write=frames_to_bytes, read=frames_from_bytes)
_LAST = 100  # decisions from which the time of waiting is told


@dataclass(frozen=True, eq=False)
class Read:
    """The tables of entries and links of one moment, with the revision of that moment."""

    revision: int
    tables: dict[str, pd.DataFrame]


def revision(store: Store) -> int:
    """The number of the latest change; 0 before the first fill."""
    with store.reading() as connection:
        return int(entries.get_meta(connection, "revision", "0"))


def filled_from(store: Store) -> str:
    """The snapshot id of the package that filled the register; "" before that."""
    with store.reading() as connection:
        return entries.get_meta(connection, "filled_from")


def open_proposals(store: Store) -> int:
    """How many proposals wait for a decision."""
    return _count(store, PROPOSALS.c.status == "open")


def proposals_today(store: Store) -> int:
    """How many came since this day (UTC) began, whatever became of them."""
    return _count(store, PROPOSALS.c.at >= entries.today_began())


def _count(store: Store, which: ColumnElement[bool]) -> int:
    query = select(func.count()).select_from(PROPOSALS).where(which)
    with store.reading() as connection:
        return int(connection.execute(query).scalar_one())


def outcomes(store: Store) -> Outcomes:
    """What became of proposals to add, to correct and to end, and how long the last ones waited."""
    mine = PROPOSALS.c.kind.in_(_OF_ENTRIES)
    counts = select(PROPOSALS.c.status, func.count()).where(mine).group_by(PROPOSALS.c.status)
    decided = select(PROPOSALS.c.at, PROPOSALS.c.decided_at).where(
        mine, PROPOSALS.c.status.in_(("accepted", "rejected"))
    )
    with store.reading() as connection:
        number = {str(status): int(count) for status, count in connection.execute(counts)}
        last = connection.execute(decided.order_by(PROPOSALS.c.number.desc()).limit(_LAST)).all()
    waited = [(entries.moment_of(end) - entries.moment_of(start)).total_seconds() for start, end in last]
    days = math.ceil(max(0.0, statistics.median_low(waited)) / 86_400) if waited else None
    return Outcomes(number.get("open", 0), number.get("accepted", 0), number.get("rejected", 0), days)


def read(store: Store) -> Read:
    """Tables and revision, of one moment."""
    with store.reading() as connection:
        return Read(int(entries.get_meta(connection, "revision", "0")), _tables(connection))


def _tables(connection: Connection) -> dict[str, pd.DataFrame]:
    return {name: frame_of(name, _rows(connection, name)) for name in NAMES}


def _rows(connection: Connection, name: str) -> list[Any]:
    """The rows of a table as they stand, in order of their key, links in that in which they were given. Python sorts:
    databases differ in how they order letters."""
    table = TABLES[name]
    columns = [table.c[column] for column in schema.table(name).columns]
    if name in LINKS:
        rows = connection.execute(select(*columns).order_by(table.c.position)).all()
        return sorted(rows, key=itemgetter(0))
    key = schema.table(name).columns.index(schema.table(name).primary_key[0])
    return sorted(connection.execute(select(*columns)).all(), key=itemgetter(key))


def overlay(store: Store, package: Package) -> tuple[int, Package]:
    """A new package with the register's tables, and the revision that they are of. `package` stays as it is.

    Where servers share a folder, the tables are read from the register once for all of them.
    """
    of = shared.mark_of(package)
    with store.reading() as connection:
        number = int(entries.get_meta(connection, "revision", "0"))
        where = f"{number} {_end_of_journal(connection)}"
        tables = shared.kept("register", where if of else "", lambda: _tables(connection), _SHARED)
    made: Package = replace(package, **tables, snapshot=f"{package.snapshot}-r{number}")  # type: ignore[arg-type]
    if of:
        shared.mark(made, of, where)
    return number, made


def _end_of_journal(connection: Connection) -> str:
    """The last line of the journal, which tells all that the register holds: every change of an entry writes one, and
    no two registers have the same."""
    line = (JOURNAL.c.id, JOURNAL.c.at, JOURNAL.c.batch, JOURNAL.c.entity_id, JOURNAL.c.field)
    found = connection.execute(select(*line).order_by(JOURNAL.c.id.desc()).limit(1)).first()
    return " ".join(map(str, found or ()))
