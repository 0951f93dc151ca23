"""What changed in plain values, as its files have it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence

import pandas as pd

from hsc_geo.analysis.changes import Cells, EntryChange, FigureChange
from hsc_geo.analysis.lately import Dated
from hsc_geo.analysis.what_changed import Entry
from hsc_geo.domain.contract import SEPARATOR
from hsc_geo.domain.text import split_names

ENTRIES = split_names("what day kind id name for_whom areas ambitions field before after")
DATES = split_names("initiative_id what when")
_ENDS = split_names("value lower upper status unit")
FIGURES = (
    *split_names("what area_code indicator_id year age_group"),
    *(f"{when}_{end}" for when in ("old", "new") for end in _ENDS),
)

Fields = Sequence[tuple[str, str, str]]  # field, before, after
Told = Callable[[EntryChange], tuple[str, Fields]]  # the name of an entry, and its fields


def fields_of(change: EntryChange) -> Fields:
    """Each field that differs, as the register has it; the rows of a table as JSON."""
    rows = [(each.table, _json(each.gone), _json(each.added)) for each in change.rows]
    return [*((each.field, each.old, each.new) for each in change.fields), *rows]


def _json(rows: Sequence[Cells]) -> str:
    return json.dumps([*map(dict, rows)], ensure_ascii=False) if rows else ""


def plain(change: EntryChange) -> tuple[str, Fields]:
    """The name and the fields without words."""
    return change.name, fields_of(change)


def entries(found: Iterable[Entry], told: Told = plain) -> pd.DataFrame:
    """A row for each field that differs; one without a field for what was added or is gone."""
    rows = [row for each in found for row in _entry_rows(each, told)]
    return pd.DataFrame(rows, columns=list(ENTRIES), dtype=object)


def _entry_rows(entry: Entry, told: Told) -> Iterator[tuple[str, ...]]:
    change, (name, fields) = entry.change, told(entry.change)
    day = entry.day.isoformat() if entry.day else ""
    areas, ambitions = SEPARATOR.join(change.areas), SEPARATOR.join(change.ambitions)
    for cells in fields or [("", "", "")]:
        yield change.what, day, change.kind, change.key, name, entry.reach, areas, ambitions, *cells


def figures(found: Iterable[FigureChange]) -> pd.DataFrame:
    """A row for each figure that differs, with what it was and is."""
    rows = []
    for each in found:
        key = (each.what, each.area_code, each.indicator_id, each.year, each.age_group)
        sides = [
            part
            for value in (each.old, each.new)
            for part in (
                (value.value, value.lower, value.upper, value.status, value.unit)
                if value
                else (None, None, None, "", "")
            )
        ]
        rows.append((*key, *sides))
    return pd.DataFrame(rows, columns=list(FIGURES))


def dates(found: Iterable[Dated]) -> pd.DataFrame:
    """A row for each time that an initiative began, ended or was confirmed, by its entry."""
    rows = [(each.initiative_id, each.what, each.when) for each in found]
    return pd.DataFrame(rows, columns=list(DATES), dtype=object)
