"""Registers as earlier versions of the program left them: made by the migrations of then, filled by plain inserts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, MetaData, Table, create_engine, insert, select, update

from hsc_geo.data.load import Package
from hsc_geo.register.store import _MIGRATIONS

WHEN = "2026-11-21T10:00:00.{:06}Z"
KEYS = {"initiatives": "initiative_id", "organisations": "organisation_id", "venues": "venue"}
OF_PLACE = {  # column of the first form -> column of initiative_places
    "venue": "venue",
    "address": "address",
    "latitude": "latitude",
    "longitude": "longitude",
    "coordinate_precision": "precision",
    "coordinate_confidence": "confidence",
    "coordinate_source": "coordinate_source",
    "coordinate_note": "coordinate_note",
}


@dataclass
class OldStore:
    """A store of an earlier form, with what is needed to write into it as the program of then did."""

    connection: Connection
    tables: Mapping[str, Table]
    lines: int = 0

    def change(self, batch: str, key: str, cells: Mapping[str, Any], table: str = "initiatives") -> None:
        """Change cells of an entry, with the journal of it; an entry that is not there is made."""
        here, own = self.tables[table], self.tables[table].c[KEYS[table]]
        found = self.connection.execute(select(here).where(own == key)).mappings().first()
        cells = cells if found else {KEYS[table]: key, **cells}
        self._write(batch, table, key, dict(found or {}), cells)
        if found:
            self.connection.execute(update(here).where(own == key).values(**cells))
        else:
            self.insert(table, cells)

    def remove(self, batch: str, key: str) -> None:
        """Take an initiative away, as a merge did."""
        here = self.tables["initiatives"]
        found = self.connection.execute(select(here).where(here.c.initiative_id == key)).mappings().one()
        gone = {name: "" for name in found if name != "revision"}
        self._write(batch, "initiatives", key, dict(found), gone)
        self.connection.execute(here.delete().where(here.c.initiative_id == key))

    def insert(self, table: str, cells: Mapping[str, Any]) -> None:
        """A row, with what it does not say empty."""
        columns = self.tables[table].columns
        blank = {
            c.name: (1 if c.name == "revision" else "") for c in columns if not c.nullable and c.name != "id"
        }
        self.connection.execute(insert(self.tables[table]).values({**blank, **cells}))

    def _write(
        self, batch: str, table: str, key: str, old: Mapping[str, Any], new: Mapping[str, Any]
    ) -> None:
        for name, value in new.items():
            self.lines += 1
            before, after = (_text(old.get(name)), _text(value))
            line = {
                "at": WHEN.format(self.lines),
                "role": "steward",
                "entity": table.removesuffix("s"),
                "entity_id": key,
                "field": name,
                "old": before,
                "new": after,
                "batch": batch,
            }
            if before != after:
                self.insert("journal", line)


def _text(value: Any) -> str:
    return "" if value is None else repr(value) if isinstance(value, float) else str(value)


def old_store(url: str, form: str, package: Package) -> OldStore:
    """A store at this migration, filled with the package as its program would have done: one place an initiative."""
    engine = create_engine(url)
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.set_main_option("path_separator", "os")
    connection = engine.connect()
    config.attributes["connection"] = connection
    command.upgrade(config, form)
    found = MetaData()
    found.reflect(connection)
    store = OldStore(connection, found.tables)
    for table in KEYS:
        for key, cells in _rows(package, table, found.tables[table]):
            store.change("fill", key, cells, table)
    _links(store, package)
    for key, value in {"filled_from": "older", "filled_from_all": "older", "revision": "1"}.items():
        connection.execute(insert(found.tables["meta"]).values(key=key, value=value))
    return store


def left(store: OldStore) -> None:
    """What the program did when it stopped."""
    store.connection.commit()
    store.connection.close()
    store.connection.engine.dispose()


def _rows(package: Package, name: str, table: Table) -> Iterable[tuple[str, dict[str, Any]]]:
    frame = getattr(package, name).reset_index()
    for row in frame.to_dict("records"):
        key = str(row[KEYS[name]])
        cells = row | (_one_place(package, key) if name == "initiatives" else {})
        wanted = {column: _cell(value) for column, value in cells.items() if column in table.c}
        yield key, {column: value for column, value in wanted.items() if value not in (None, "")}


def _one_place(package: Package, key: str) -> dict[str, Any]:
    places = package.initiative_places
    mine = places[places["initiative_id"] == key].to_dict("records")
    if not mine:
        return {}
    venues = "|".join(place["venue"] for place in mine if place["venue"])
    return {old: mine[0][new] for old, new in OF_PLACE.items()} | {"venue": venues}


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return value
    if pd.isna(value):
        return None
    return float(value) if isinstance(value, float) else int(value)


def _links(store: OldStore, package: Package) -> None:
    import json

    for name in ("initiative_areas", "initiative_organisations"):
        for key, rows in getattr(package, name).groupby("initiative_id", sort=False):
            plain = rows.to_dict("records")
            for position, row in enumerate(plain):
                store.insert(name, row | {"position": position})
            texts = [{n: v for n, v in row.items() if n != "initiative_id"} for row in plain]
            told = {name: json.dumps(texts, ensure_ascii=False)}
            store._write("fill", "initiatives", str(key), {}, told)
