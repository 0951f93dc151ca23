"""What changed between two editions: entries of the register and figures, told by what happened to each.

An entry that changed in several ways is told once for each: an initiative can be confirmed and corrected at one time.
Where a change belongs is known from both editions: an initiative that moved to another district is told in both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import Any, TypeVar

import pandas as pd

from hsc_geo.analysis.serving import WIDE_SCOPES, scope_of, served_pairs
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.data.packing import rows_of
from hsc_geo.domain import schema
from hsc_geo.domain.contract import SEPARATOR, Table

ADDED, GONE, ENDED, CONFIRMED, CORRECTED = "added", "gone", "ended", "confirmed", "corrected"
HAPPENED = (ADDED, ENDED, GONE, CONFIRMED, CORRECTED)  # to entries
NEW, REVISED = "new", "revised"
FIGURES_HAPPENED = (REVISED, NEW, GONE)
INITIATIVE, ORGANISATION, VENUE, ASKED = "initiative", "organisation", "venue", "asked"
KINDS = (INITIATIVE, ORGANISATION, VENUE, ASKED)

TABLES = {  # of each kind of entry: its table, its key, its name
    INITIATIVE: ("initiatives", "initiative_id", "name"),
    ORGANISATION: ("organisations", "organisation_id", "name"),
    VENUE: ("venues", "venue", "venue"),
    ASKED: ("asked_none", "asked_id", "source"),
}
LINKS = ("initiative_places", "initiative_areas", "initiative_organisations")
_TOLD = frozenset({"observations", *LINKS, *(table for table, *_ in TABLES.values())})
# What is written when an initiative ends, and so no correction of its own then.
_OF_THE_END = frozenset(
    {
        *("status", "status_note_nl", "status_note_en", "status_as_of", "end_year", "last_evidence_year"),
        *("ladder", "ladder_basis_nl", "ladder_basis_en", "inferred_fields"),
    }
)
_CONFIRMED_ON = "last_confirmed"

Row = Mapping[str, str]
Cells = tuple[tuple[str, str], ...]
_Change = TypeVar("_Change")
Where = tuple[frozenset[str], frozenset[str]]  # ambitions, areas


@dataclass(frozen=True)
class FieldChange:
    """One column: what stood there, and what does now, as the file has it; "" is missing."""

    field: str
    old: str
    new: str


@dataclass(frozen=True)
class RowsChange:
    """Places, areas or organisations of an initiative, by table: the rows that went and those that came, each as
    (column, text) of what is filled in."""

    table: str
    gone: tuple[Cells, ...]
    added: tuple[Cells, ...]


@dataclass(frozen=True)
class EntryChange:
    """What happened to one entry.

    kind, key: which entry; a venue's key is its name. name: as the newest edition that has it says. what: `added`;
    `gone` (no longer in the register: merged, or taken out); `ended` (its status became so); `confirmed` (on a later
    day); `corrected`. fields, rows: what differs; none for what was added or is gone.
    ambitions: codes. areas: codes of districts and neighbourhoods that it serves, else `city`, `region` or `unknown`
    (what is for all stands in no area: see `counting`); of a venue where it lies; of an organisation those of the
    initiatives that name it.
    """

    kind: str
    key: str
    name: str
    what: str
    fields: tuple[FieldChange, ...] = ()
    rows: tuple[RowsChange, ...] = ()
    ambitions: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()


@dataclass(frozen=True)
class FigureValue:
    """A figure in one edition, in the unit beside it; value, lower and upper are None where there is none, and status
    says why."""

    status: str
    value: float | None
    lower: float | None
    upper: float | None
    unit: str


@dataclass(frozen=True)
class FigureChange:
    """A figure that was `revised` (value, bounds, status or unit), is `new` or `gone`. kind (modelled or not) and
    source_id: as the newest edition that has the indicator says."""

    area_code: str
    indicator_id: str
    year: int
    age_group: str
    what: str
    old: FigureValue | None
    new: FigureValue | None
    kind: str
    source_id: str


@dataclass(frozen=True)
class Changes:
    """All that differs between two editions, named by their snapshot ids. others: the files that differ besides, which
    are not told row by row. Entries by kind and key, figures by area, indicator, year and age."""

    before: str
    after: str
    entries: tuple[EntryChange, ...]
    figures: tuple[FigureChange, ...]
    others: tuple[str, ...]

    def by_ambition(self) -> dict[str, tuple[EntryChange, ...]]:
        """Ambition -> the entries that have it; one with several stands in each of them."""
        return _grouped(self.entries, lambda each: each.ambitions)

    def by_area(self) -> dict[str, tuple[EntryChange, ...]]:
        """Area code, `city`, `region` or `unknown` -> the entries of it."""
        return _grouped(self.entries, lambda each: each.areas)


def changes(before: Package, after: Package) -> Changes:
    """What differs in `after`."""
    entries = [change for kind in KINDS for change in _entries(kind, before, after)]
    return Changes(
        before.snapshot,
        after.snapshot,
        tuple(entries),
        tuple(_figures(before, after)),
        tuple(_others(before, after)),
    )


def as_dict(found: Changes) -> dict[str, Any]:
    """The changes as JSON can hold them, grouped by ambition and by area as well."""
    groups = {"by_ambition": found.by_ambition(), "by_area": found.by_area()}
    return {
        "before": found.before,
        "after": found.after,
        "entries": [_entry_dict(each) for each in found.entries],
        "figures": [asdict(each) for each in found.figures],
        "others": list(found.others),
        **{
            name: {code: [*map(_mark, part)] for code, part in group.items()}
            for name, group in groups.items()
        },
    }


def _mark(change: EntryChange) -> dict[str, str]:
    return {"kind": change.kind, "key": change.key, "what": change.what}


def _entry_dict(change: EntryChange) -> dict[str, Any]:
    rows = [
        {"table": each.table, "gone": [*map(dict, each.gone)], "added": [*map(dict, each.added)]}
        for each in change.rows
    ]
    return {**asdict(change), "rows": rows}


def _grouped(
    found: Iterable[_Change], codes: Callable[[_Change], Iterable[str]]
) -> dict[str, tuple[_Change, ...]]:
    groups: dict[str, list[_Change]] = {}
    for each in found:
        for code in codes(each):
            groups.setdefault(code, []).append(each)
    return {code: tuple(groups[code]) for code in sorted(groups)}


# Entries


def _entries(kind: str, before: Package, after: Package) -> Iterator[EntryChange]:
    table, key_column, name_column = TABLES[kind]
    old, new = (_by_key(rows_of(each, schema.table(table)), (key_column,)) for each in (before, after))
    old_links, new_links = (_links(each) if kind == INITIATIVE else {} for each in (before, after))
    here = where(before, kind), where(after, kind)
    for key in sorted(old.keys() | new.keys()):
        name = (new.get(key) or old[key])[name_column]
        places = [each[key[0]] for each in here if key[0] in each]
        told = partial(
            EntryChange,
            kind,
            key[0],
            name,
            ambitions=_union(ambitions for ambitions, _ in places),
            areas=_union(areas for _, areas in places),
        )
        if key not in old or key not in new:
            yield told(ADDED if key in new else GONE)
            continue
        rows = rows_changes(old_links.get(key[0], {}), new_links.get(key[0], {}))
        for what, fields in happened(kind, old[key], new[key], bool(rows)):
            yield told(what, fields=fields, rows=rows if what == CORRECTED else ())


def happened(
    kind: str, old: Row, new: Row, other_rows: bool
) -> Iterator[tuple[str, tuple[FieldChange, ...]]]:
    """What happened to an entry that was there before and after, each with its columns; a column that neither row has
    did not change. other_rows: whether its places, areas or organisations did."""
    fields = [FieldChange(name, old[name], new[name]) for name in new if old[name] != new[name]]
    ended = kind == INITIATIVE and new.get("status") == ENDED != old["status"]
    confirmed = new.get(_CONFIRMED_ON, "") > old.get(_CONFIRMED_ON, "")
    of_it = {
        ENDED: _OF_THE_END if ended else frozenset(),
        CONFIRMED: frozenset({_CONFIRMED_ON} if confirmed else ()),
    }
    for what, names in of_it.items():
        if names:
            yield what, tuple(each for each in fields if each.field in names)
    rest = tuple(each for each in fields if not any(each.field in names for names in of_it.values()))
    if rest or other_rows:
        yield CORRECTED, rest


def rows_changes(
    old: Mapping[str, Sequence[Cells]], new: Mapping[str, Sequence[Cells]]
) -> tuple[RowsChange, ...]:
    """What differs in the rows of each of LINKS, whatever their order."""
    found = []
    for table in LINKS:
        before, after = Counter(old.get(table, ())), Counter(new.get(table, ()))
        if before != after:
            gone, added = (tuple(sorted(part.elements())) for part in (before - after, after - before))
            found.append(RowsChange(table, gone, added))
    return tuple(found)


def _links(package: Package) -> dict[str, dict[str, list[Cells]]]:
    """Initiative -> table -> its rows."""
    found: dict[str, dict[str, list[Cells]]] = {}
    for table in LINKS:
        for row in rows_of(package, schema.table(table)):
            cells = tuple((name, text) for name, text in row.items() if text and name != "initiative_id")
            found.setdefault(row["initiative_id"], {}).setdefault(table, []).append(cells)
    return found


def _by_key(rows: Iterable[Row], columns: tuple[str, ...]) -> dict[tuple[str, ...], Row]:
    return {tuple(row[column] for column in columns): row for row in rows}


# Where a change belongs


@per_package(maxsize=len(KINDS))
def where(package: Package, kind: str) -> dict[str, Where]:
    """Key of an entry of a kind -> its ambitions and areas, as `EntryChange` has them; shared, so not to be changed."""
    if kind == INITIATIVE:
        return _of_initiatives(package)
    if kind == ORGANISATION:
        return _of_organisations(package)
    rows = rows_of(package, schema.table(TABLES[kind][0]))
    key = TABLES[kind][1]
    return {
        row[key]: (frozenset(filter(None, [row.get("ambition_code")])), _lies_in(package, row["area_code"]))
        for row in rows
    }


def _of_initiatives(package: Package) -> dict[str, Where]:
    served = served_pairs(package).groupby("initiative_id")["area_code"].agg(frozenset).to_dict()
    wide = {key: code for key, code in scope_of(package).items() if code in WIDE_SCOPES}
    codes = package.initiatives["ambition_codes"].str.split(SEPARATOR, regex=False)
    return {
        str(key): (
            frozenset(filter(None, ambitions)),
            served.get(key, frozenset()) | ({wide[str(key)]} if key in wide else set()),
        )
        for key, ambitions in codes.items()
    }


def _of_organisations(package: Package) -> dict[str, Where]:
    initiatives, found = _of_initiatives(package), dict[str, Where]()
    links = package.initiative_organisations
    for key, organisation in zip(links["initiative_id"], links["organisation_id"], strict=True):
        if organisation and key in initiatives:
            ambitions, areas = found.get(organisation, (frozenset(), frozenset()))
            found[str(organisation)] = (ambitions | initiatives[key][0], areas | initiatives[key][1])
    return found


def _lies_in(package: Package, code: str) -> frozenset[str]:
    """The area and, of a neighbourhood, its district."""
    if code not in package.areas.index:
        return frozenset(filter(None, [code]))
    area = package.areas.loc[code]
    return (
        frozenset({code, str(area["parent_code"])}) if area["level"] == "neighbourhood" else frozenset({code})
    )


def _union(parts: Iterable[frozenset[str]]) -> tuple[str, ...]:
    return tuple(sorted(frozenset[str]().union(*parts)))


# Figures


def _figures(before: Package, after: Package) -> Iterator[FigureChange]:
    table = schema.table("observations")
    old, new = (_by_key(rows_of(each, table), table.primary_key) for each in _differing(before, after))
    units = [dict(each.indicators["unit"]) for each in (before, after)]
    newest = {**before.indicators.to_dict("index"), **after.indicators.to_dict("index")}
    for key in sorted(old.keys() | new.keys()):
        cells = dict(zip(table.primary_key, key, strict=True))
        first, last = (
            _value(side.get(key), units[number].get(cells["indicator_id"], ""))
            for number, side in enumerate((old, new))
        )
        if first != last:
            indicator = newest[cells["indicator_id"]]
            yield FigureChange(
                cells["area_code"],
                cells["indicator_id"],
                int(cells["year"]),
                cells["age_group"],
                NEW if first is None else GONE if last is None else REVISED,
                first,
                last,
                indicator["kind"],
                indicator["source_id"],
            )


def _differing(before: Package, after: Package) -> Iterator[Package]:
    """Both packages with only those figures that the other has not in the same way: nearly always few of all."""
    if before.observations is after.observations and before.indicators is after.indicators:
        yield from (replace(each, observations=each.observations.iloc[:0]) for each in (before, after))
        return
    marked = [_plain_figures(each) for each in (before, after)]
    once = ~pd.concat(marked, ignore_index=True).duplicated(keep=False).to_numpy()
    first = len(before.observations)
    for each, kept in ((before, once[:first]), (after, once[first:])):
        yield replace(each, observations=each.observations[kept])


def _plain_figures(package: Package) -> pd.DataFrame:
    """The figures with their unit, without categories, so that two editions can be held against each other."""
    frame = package.observations.astype(dict.fromkeys(schema.table("observations").primary_key, object))
    return frame.assign(unit=frame["indicator_id"].map(package.indicators["unit"]).astype(object))


def _value(row: Row | None, unit: str) -> FigureValue | None:
    if row is None:
        return None
    value, lower, upper = (float(row[name]) if row[name] else None for name in ("value", "lower", "upper"))
    return FigureValue(row["status"], value, lower, upper, unit)


def _others(before: Package, after: Package) -> Iterator[str]:
    for table in schema.TABLES:
        if table.name not in _TOLD and _differs(table, before, after):
            yield table.path
    if before.geometry is not after.geometry and not before.geometry.equals(after.geometry):
        yield schema.GEOMETRY.path
    if before.drawing != after.drawing:
        yield schema.DRAWING.path


def _differs(table: Table, before: Package, after: Package) -> bool:
    same = getattr(before, table.name) is getattr(after, table.name)
    return not same and rows_of(before, table) != rows_of(after, table)
