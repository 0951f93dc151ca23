"""Between entries and the tables of a Package: same columns, types and index."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from hsc_geo.data.load import Package, parse_table
from hsc_geo.domain import schema
from hsc_geo.register.entries import FIELDS, KEY, Entry, Key, is_told, link_rows, links_json, number_text
from hsc_geo.register.tables import ENTRIES, LINKS, PLACES

NAMES = (*ENTRIES.values(), *LINKS)
_INDEXED = {"initiatives": "initiative_id", "organisations": "organisation_id"}


def rows_of(entries: Mapping[Key, Entry]) -> dict[str, list[Mapping[str, str]]]:
    """Rows of text for each of the tables, in order of the entries."""
    rows: dict[str, list[Mapping[str, str]]] = {name: [] for name in NAMES}
    for (kind, entity_id), entry in sorted(entries.items()):
        rows[ENTRIES[kind]].append(entry)
        for name in LINKS if kind == "initiative" else ():
            rows[name].extend(link_rows(entity_id, name, entry.get(name, "")))
    return rows


def frames_of(entries: Mapping[Key, Entry]) -> dict[str, pd.DataFrame]:
    """The tables as `hsc_geo.data.load` would read them from files."""
    return {name: _frame(name, rows) for name, rows in rows_of(entries).items()}


def _frame(name: str, rows: Iterable[Mapping[str, str]]) -> pd.DataFrame:
    columns = schema.table(name).columns
    return frame_of(name, ([row[column] for column in columns] for row in rows))


def frame_of(name: str, rows: Iterable[Iterable[str | float | None]]) -> pd.DataFrame:
    """A table from rows of cells in the order of its columns; None, "" and numbers that are not finite are missing
    values."""
    table, out = schema.table(name), io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([cell if is_told(cell) else None for cell in row] for row in rows)
    # Written and read as a file of the package: so the types cannot differ from those of the package.
    frame = parse_table(table, out.getvalue().encode("utf-8"))
    return frame.set_index(_INDEXED[name]) if name in _INDEXED else frame


def entries_of(tables: Mapping[str, pd.DataFrame]) -> dict[Key, dict[str, str]]:
    """The entries that tables of a Package hold."""
    links = {name: _by_initiative(name, tables[name]) for name in LINKS}
    found: dict[Key, dict[str, str]] = {}
    for kind, name in ENTRIES.items():
        empty, key = dict.fromkeys(FIELDS[kind], ""), KEY[kind]
        for cells in _texts(name, tables[name]):
            own = {link: links[link].get(cells[key], "") for link in LINKS} if kind == "initiative" else {}
            found[kind, cells[key]] = empty | cells | own
    return found


def _by_initiative(name: str, frame: pd.DataFrame) -> dict[str, str]:
    """The links of each initiative as JSON, as `links_json` writes it."""
    found: dict[str, list[dict[str, str]]] = {}
    for row in _texts(name, frame):
        found.setdefault(row.pop("initiative_id"), []).append(row)
    return {key: json.dumps(rows, ensure_ascii=False) for key, rows in found.items()}


def _texts(name: str, frame: pd.DataFrame) -> Iterator[dict[str, str]]:
    table = schema.table(name)
    plain = frame.reset_index() if name in _INDEXED else frame
    names = table.columns
    columns = [_column(field.type, plain[field.name]) for field in table.fields]
    return (dict(zip(names, cells, strict=True)) for cells in zip(*columns, strict=True))


def _column(kind: str, column: pd.Series) -> list[str]:
    if kind not in ("integer", "number"):
        return list(map(str, column.tolist()))
    return [number_text(kind, None if pd.isna(value) else value) for value in column.tolist()]


def _text(kind: str, value: Any) -> str:
    if kind in ("integer", "number"):
        return number_text(kind, None if pd.isna(value) else value)
    return str(value)


def places_json(package: Package, entity_id: str) -> str:
    """The places of one initiative of a package, as an entry holds them."""
    frame = package.initiative_places
    mine = frame[(frame["initiative_id"] == entity_id).to_numpy()]
    rows: list[dict[Any, Any]] = mine.to_dict("records")
    return links_json(rows, PLACES)


def row_texts(package: Package, kind: str, entity_id: str) -> dict[str, str]:
    """One entry of a package as text, without its areas and organisations; empty when there is none."""
    name = ENTRIES[kind]
    frame = getattr(package, name)
    keys = frame.index if name in _INDEXED else pd.Index(frame[KEY[kind]])
    if entity_id not in keys:
        return {}
    place = keys.get_loc(entity_id)
    # Cell by cell: pandas takes three times as long for a frame of one row.
    cells = {f.name: f.type for f in schema.table(name).fields if f.name in frame.columns}
    found = {column: _text(form, frame[column].array[place]) for column, form in cells.items()}
    return {KEY[kind]: entity_id, **found}
