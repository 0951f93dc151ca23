"""What happened to entries of the register, from the lines of its journal: in a period, or on each of its days."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from hsc_geo.analysis.changes import (
    ADDED,
    CORRECTED,
    GONE,
    LINKS,
    TABLES,
    Cells,
    EntryChange,
    FieldChange,
    RowsChange,
    Where,
    happened,
    rows_changes,
    where,
)
from hsc_geo.analysis.serving import UNKNOWN
from hsc_geo.data.load import Package
from hsc_geo.domain import schema
from hsc_geo.domain.contract import SEPARATOR
from hsc_geo.register import Told


@dataclass(frozen=True)
class Happened:
    """A change and the moment of the last line of the journal that it comes from (UTC)."""

    at: datetime
    change: EntryChange


def from_journal(
    lines: Iterable[Told], package: Package, part_of: Callable[[datetime], Hashable] = lambda at: None
) -> tuple[Happened, ...]:
    """What differs between before and after these lines, for each entry, in the order in which it last changed.

    What was changed and put back does not count. part_of: lines of different parts (days) are told apart; without it
    all are one period. package: the register as it now is, for names and for where an entry belongs; of one that is no
    longer in it the lines themselves tell that.
    """
    groups: dict[tuple[Hashable, str, str], list[Told]] = {}
    for line in lines:
        groups.setdefault((part_of(line.at), line.entity, line.entity_id), []).append(line)
    found = [
        Happened(part[-1].at, change)
        for (_, kind, key), part in groups.items()
        for change in _changes(kind, key, part, package)
    ]
    return tuple(sorted(found, key=lambda each: each.at))


def _changes(kind: str, key: str, lines: Sequence[Told], package: Package) -> Iterator[EntryChange]:
    table, key_column, name_column = TABLES[kind]
    old, new = _ends(lines)
    ambitions, areas = where(package, kind).get(key) or _where_told(package, old, new)
    name = _name(package, kind, key) or new.get(name_column) or old.get(name_column) or key

    def told(
        what: str, fields: tuple[FieldChange, ...] = (), rows: tuple[RowsChange, ...] = ()
    ) -> EntryChange:
        belongs = tuple(sorted(ambitions)), tuple(sorted(areas))
        return EntryChange(kind, key, name, what, fields, rows, *belongs)

    was, now = (bool(side.get(key_column, key)) for side in (old, new))
    if not (was and now):
        if was or now:
            yield told(ADDED if now else GONE)
        return
    columns = set(schema.table(table).columns)
    before, after = ({name: text for name, text in side.items() if name in columns} for side in (old, new))
    rows = rows_changes(*({name: _rows(side.get(name, "")) for name in LINKS} for side in (old, new)))
    for what, fields in happened(kind, before, after, bool(rows)):
        yield told(what, fields, rows if what == CORRECTED else ())


def _ends(lines: Iterable[Told]) -> tuple[dict[str, str], dict[str, str]]:
    """What the fields that have a line held before the first and after the last."""
    old: dict[str, str] = {}
    new: dict[str, str] = {}
    for line in lines:
        old.setdefault(line.field, line.old)
        new[line.field] = line.new
    return old, new


def _rows(text: str) -> list[Cells]:
    """The rows of one of LINKS as the journal has them."""
    found = json.loads(text) if text else []
    return [tuple((name, cell) for name, cell in row.items() if cell) for row in found]


def _name(package: Package, kind: str, key: str) -> str:
    table, _, name_column = TABLES[kind]
    frame = getattr(package, table)
    return (
        str(frame.at[key, name_column])
        if kind in ("initiative", "organisation") and key in frame.index
        else ""
    )


def _where_told(package: Package, old: dict[str, str], new: dict[str, str]) -> Where:
    """Where an entry belonged that is no longer there: by what its lines say."""
    ambitions, areas = set[str](), set[str]()
    for side in (old, new):
        ambitions |= set(filter(None, side.get("ambition_codes", "").split(SEPARATOR)))
        ambitions |= set(filter(None, [side.get("ambition_code", "")]))
        codes = {dict(row).get("area_code", "") for row in _rows(side.get("initiative_areas", ""))}
        areas |= set(filter(None, [*codes, side.get("area_code", "")]))
    levels, parents = (package.areas[name].to_dict() for name in ("level", "parent_code"))
    areas |= {str(parents[code]) for code in areas if levels.get(code) == "neighbourhood"}
    wide = {"city" for code in areas if levels.get(code) == "municipality"}
    districts = {code for code in areas if levels.get(code) in ("district", "neighbourhood")}
    return frozenset(ambitions), frozenset(districts or wide or {UNKNOWN})
