"""Points that a steward takes for places without one: a file that goes in by the door of every file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hsc_geo.data.load import Package
from hsc_geo.data.zipping import zipped
from hsc_geo.domain import schema
from hsc_geo.domain.text import neutral
from hsc_geo.register.entries import link_rows
from hsc_geo.register.frames import places_json
from hsc_geo.register.tables import AREAS, PLACES

Row = Mapping[str, str]
_POINT = ("latitude", "longitude", "precision", "confidence", "coordinate_source")
NAMED = {"stated", "inferred"}  # bases of areas that come from words
OF_VENUE = ("venue", *_POINT)


@dataclass(frozen=True)
class PlacedPoint:
    """A point for a venue (entity `venue`, key its name) or for a place of an initiative (entity `initiative`, key its
    id, number that of the place). latitude, longitude: WGS84 degrees. The others are columns of the register."""

    entity: str
    key: str
    number: int
    latitude: float
    longitude: float
    precision: str
    confidence: str
    coordinate_source: str
    coordinate_note: str = ""

    def cells(self) -> dict[str, str]:
        """The columns of the register that tell of the point, degrees in seven decimals (a centimetre)."""
        told = {name: str(getattr(self, name)) for name in (*_POINT, "coordinate_note")}
        return told | {name: f"{float(told[name]):.7f}" for name in ("latitude", "longitude")}


def import_file(package: Package, points: Iterable[PlacedPoint]) -> bytes:
    """The points as a zip of tables that the register's import takes. Raises KeyError for a place that is not there.

    The other places of an initiative stand in it as they are, for a table of places replaces all of them; and so do the
    areas that a source names, for where it happens says nothing of whom it serves. Areas that rest on points, or that
    nobody knew, follow the point.
    """
    given = list(points)
    venues = [{"venue": point.key} | point.cells() for point in given if point.entity == "venue"]
    places = list(_places(package, [point for point in given if point.entity == "initiative"]))
    tables: dict[str, tuple[Sequence[str], Sequence[Row]]] = {
        "venues": (OF_VENUE, venues),
        PLACES: (schema.table(PLACES).columns, places),
        AREAS: (schema.table(AREAS).columns, list(_areas(package, {row["initiative_id"] for row in places}))),
    }
    return zipped({f"{name}.csv": _csv(columns, rows) for name, (columns, rows) in tables.items() if rows})


def _places(package: Package, points: Sequence[PlacedPoint]) -> Iterable[Row]:
    for key in dict.fromkeys(point.key for point in points):
        rows = {row["place_number"]: dict(row) for row in link_rows(key, PLACES, places_json(package, key))}
        for point in points:
            if point.key == key:
                rows[str(point.number)].update(point.cells())
        yield from rows.values()


def _areas(package: Package, ids: set[str]) -> Iterable[Row]:
    """The areas of those initiatives of which a source names them."""
    rows = package.initiative_areas
    for key, mine in rows[rows["initiative_id"].isin(ids)].groupby("initiative_id", sort=True):
        if set(mine["basis"]) <= NAMED:
            for row in mine.to_dict("records"):
                yield {str(name): str(value) for name, value in row.items()} | {"initiative_id": str(key)}


def _csv(columns: Sequence[str], rows: Sequence[Row]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([neutral(row[column]) for column in columns] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()
