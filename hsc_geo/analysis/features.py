"""Features of the open API: rows of the package with their geometry, chosen by place, time and property.

Kept with the package and made when first asked for. A page is text already: the geometry of an area is written once for
each coordinate system, however many figures are joined to it.
"""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

import numpy as np
import pandas as pd
import shapely

from hsc_geo.analysis.feature_kinds import (
    KINDS,
    MULTI_POLYGON,
    Kind,
    raw_table,
    table_of,
)
from hsc_geo.analysis.feature_query import Box, Query, Span
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.domain.contract import SEPARATOR, Field
from hsc_geo.domain.crs import RD, WGS84, transformer
from hsc_geo.domain.schema_register import LOCATION
from hsc_geo.domain.text import carriable

DECIMALS = {WGS84: 8, RD: 3}  # of what is computed: a millimetre
NULL = "null"
_NEVER = (np.datetime64("NaT"), np.datetime64("NaT"))
_OPEN = np.datetime64("9999-12-31T23:59:59", "s")


@dataclass(frozen=True, eq=False)
class Shapes:
    """Geometry that rows refer to by number, an array of shapely for each coordinate system (EPSG code)."""

    by_crs: Mapping[int, Any]
    _texts: dict[int, tuple[str, ...]] = field(default_factory=dict, repr=False)

    def texts(self, epsg: int) -> tuple[str, ...]:
        """Each as GeoJSON, outer rings against the clock."""
        if epsg not in self._texts:
            turned = shapely.orient_polygons(self.by_crs[epsg])
            self._texts[epsg] = tuple(_json(shapely.geometry.mapping(each)) for each in turned)
        return self._texts[epsg]

    def meets(self, box: Box, epsg: int) -> Any:
        """Which of them have a point in common with a box of west, south, east, north."""
        west, south, east, north = box
        if west > east:  # over the line at 180 degrees
            return self.meets((west, south, 180.0, north), epsg) | self.meets(
                (-180.0, south, east, north), epsg
            )
        return shapely.intersects(self.by_crs[epsg], shapely.box(west, south, east, north))


@dataclass(frozen=True, eq=False)
class Layer:
    """A collection in memory: ids, columns of values as JSON has them (None: missing), and for each row the number of
    its geometry (-1: none is known). spans: pairs of arrays of the first and last moment (NaT: not known)."""

    kind: Kind
    ids: tuple[str, ...]
    columns: Mapping[str, Any]
    shapes: Shapes
    at: Any
    spans: tuple[tuple[Any, Any], ...]

    @cached_property
    def rows(self) -> dict[str, int]:
        """The row of each feature by its id."""
        return {key: row for row, key in enumerate(self.ids)}


@dataclass(frozen=True)
class Extent:
    """Where and when the features of a collection are: west, south, east, north in degrees, and the first and last day;
    None where none is known, or where it has no times."""

    box: Box | None
    days: tuple[str, str] | None


@dataclass(frozen=True)
class Page:
    """Features as GeoJSON texts, and how many there are in all."""

    matched: int
    features: tuple[str, ...]


@per_package(maxsize=8)
def layer(package: Package, kind_id: str) -> Layer:
    """A collection of KINDS; KeyError for another id."""
    kind = KINDS[kind_id]
    table = table_of(package, kind)
    columns = {each.name: _values(table[each.name], each) for each in kind.fields}
    keys = zip(*(columns[name] for name in kind.key), strict=True)
    shapes, at = _OF_GEOMETRY[kind.geometry](package, kind, columns)
    return Layer(
        kind,
        tuple(".".join(map(str, key)) for key in keys),
        columns,
        shapes,
        at,
        tuple(_spans(columns[first], columns[last]) for first, last in kind.times),
    )


@per_package(maxsize=8)
def extent(package: Package, kind_id: str) -> Extent:
    """That of a collection of KINDS, without making it."""
    kind = KINDS[kind_id]
    rows = raw_table(package, kind)
    needed = dict.fromkeys((*_PLACED_BY[kind.geometry], *(name for pair in kind.times for name in pair)))
    rows = rows[list(needed)].drop_duplicates()
    columns = {each.name: _values(rows[each.name], each) for each in kind.fields if each.name in needed}
    shapes, at = _OF_GEOMETRY[kind.geometry](package, kind, columns)
    return Extent(_box(shapes, at), _days([_spans(columns[a], columns[b]) for a, b in kind.times]))


def _box(shapes: Shapes, at: Any) -> Box | None:
    used = shapes.by_crs[WGS84][np.unique(at[at >= 0])]
    west, south, east, north = map(float, shapely.total_bounds(used)) if len(used) else (math.nan,) * 4
    return None if math.isnan(west) else (west, south, east, north)


def _days(spans: Sequence[tuple[Any, Any]]) -> tuple[str, str] | None:
    firsts = [first[~np.isnat(first)] for first, _ in spans]
    lasts = [last[~np.isnat(last) & (last < _OPEN)] for _, last in spans]
    known = [each for each in (*firsts, *lasts) if len(each)]
    if not known:
        return None
    return str(min(each.min() for each in known))[:10], str(max(each.max() for each in known))[:10]


def select(of: Layer, query: Query) -> Page:
    """The features that are asked for, in the order of the package. What has no geometry is in no box, what has no
    time in no span of a collection that has times."""
    chosen = np.ones(len(of.ids), dtype=bool)
    for name, wanted in query.equal:
        chosen &= _equal(of, name, wanted)
    if query.box is not None:
        chosen &= _within(of, query.box, query.box_crs)
    if query.span is not None and of.spans:
        chosen &= _during(of, query.span)
    rows = np.flatnonzero(chosen)
    page = rows[query.offset : query.offset + query.limit]
    return Page(len(rows), tuple(text_of(of, int(row), query.crs) for row in page))


def text_of(of: Layer, row: int, crs: int, more: Mapping[str, Any] | None = None) -> str:
    """A feature as GeoJSON, with its geometry in a coordinate system (EPSG code); more: other members of it."""
    number = int(of.at[row])
    geometry = of.shapes.texts(crs)[number] if number >= 0 else NULL
    values = _json({name: column[row] for name, column in of.columns.items()})
    others = "".join(f",{_json(name)}:{_json(each)}" for name, each in (more or {}).items())
    return (
        f'{{"type":"Feature","id":{_json(of.ids[row])},"geometry":{geometry},"properties":{values}{others}}}'
    )


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _values(cells: pd.Series, told: Field) -> Any:
    """The cells as JSON has them, an array of objects."""
    read = _AS[told.type]
    known: dict[Any, Any] = {}  # few of many cells differ
    made = np.empty(len(cells), dtype=object)
    made[:] = [
        None if missing else known[cell] if cell in known else known.setdefault(cell, read(cell))
        for cell, missing in zip(cells.tolist(), cells.isna().to_numpy(), strict=True)
    ]
    return made


def _text(cell: Any) -> str | None:
    return carriable(str(cell)) or None


def _number(cell: Any) -> float | None:
    return float(cell) if math.isfinite(cell) else None


_AS: Mapping[str, Callable[[Any], Any]] = {
    "string": _text,
    "date": _text,
    "integer": int,
    "number": _number,
    "boolean": bool,
}


def _equal(of: Layer, name: str, wanted: str | float | bool) -> Any:
    told = of.kind.field(name)
    column = of.columns[name]
    if told is not None and told.many:
        return np.array([cell is not None and wanted in cell.split(SEPARATOR) for cell in column], dtype=bool)
    return np.array(column == wanted, dtype=bool)


def _within(of: Layer, box: Box, epsg: int) -> Any:
    meets = np.append(of.shapes.meets(box, epsg), False)  # the last is that of -1, no geometry
    return meets[of.at]


def _during(of: Layer, span: Span) -> Any:
    begin, end = map(_moment, span)
    return np.logical_or.reduce([(first <= end) & (last >= begin) for first, last in of.spans])


def _moment(at: dt.datetime) -> Any:
    return np.datetime64(at.replace(microsecond=0), "s")


def _spans(firsts: Sequence[Any], lasts: Sequence[Any]) -> tuple[Any, Any]:
    """First and last moments of rows from years or days; an end that is not known is open, a begin that is not known
    makes a time that is not known."""
    begin = [_period(cell)[0] for cell in firsts]
    end = [_period(cell)[1] if firsts is lasts or cell is not None else _OPEN for cell in lasts]
    return np.array(begin, dtype="datetime64[s]"), np.array(end, dtype="datetime64[s]")


@cache
def _period(cell: Any) -> tuple[Any, Any]:
    """The first and last second of a year, month or day; NaT for what is none."""
    parts = ("" if cell is None else str(cell)).split("-")
    if not "".join(parts).isdecimal():
        return _NEVER
    try:
        unit = ("Y", "M", "D")[len(parts) - 1]
        begin: Any = np.array("-".join(parts), dtype=f"datetime64[{unit}]")[()]
        return begin.astype("datetime64[s]"), (begin + 1).astype("datetime64[s]") - np.timedelta64(1, "s")
    except (ValueError, IndexError):
        return _NEVER


def _polygons(package: Package, kind: Kind, columns: Mapping[str, Any]) -> tuple[Shapes, Any]:
    codes, shapes = _boundaries(package)
    return shapes, np.array([codes.get(code, -1) for code in columns["area_code"]], dtype=int)


@per_package(maxsize=1)
def _boundaries(package: Package) -> tuple[dict[str, int], Shapes]:
    """Number of each area with a boundary, and the boundaries at full resolution."""
    stored = np.array(
        [
            each if each.geom_type == MULTI_POLYGON else shapely.MultiPolygon([each])
            for each in package.geometry.geometry
        ]
    )
    numbers = {str(code): number for number, code in enumerate(package.geometry.index)}
    return numbers, _in_both(stored, RD)


def _in_both(stored: Any, epsg: int) -> Shapes:
    other = WGS84 if epsg == RD else RD
    project = transformer(epsg, other)

    def moved(points: Any) -> Any:
        return np.round(np.column_stack(project.transform(points[:, 0], points[:, 1])), DECIMALS[other])

    here = (
        stored if epsg == WGS84 else shapely.transform(stored, lambda points: np.round(points, DECIMALS[RD]))
    )
    return Shapes({epsg: here, other: shapely.transform(stored, moved)})


def _points(package: Package, kind: Kind, columns: Mapping[str, Any]) -> tuple[Shapes, Any]:
    pairs = list(zip(columns["longitude"], columns["latitude"], strict=True))
    known = [None not in pair for pair in pairs]
    points = shapely.points(
        [pair for pair, there in zip(pairs, known, strict=True) if there] or np.empty((0, 2))
    )
    return _in_both(points, WGS84), np.where(known, np.cumsum(known) - 1, -1)


def _multipoints(package: Package, kind: Kind, columns: Mapping[str, Any]) -> tuple[Shapes, Any]:
    """The places of each initiative of which a point is known; a place of a launch or a single event is none."""
    rows = package.initiative_places
    known = rows[(rows["role"] == LOCATION) & rows["latitude"].notna() & rows["longitude"].notna()]
    spots: dict[str, list[tuple[float, float]]] = {}
    for key, x, y in zip(
        known["initiative_id"].astype(str), known["longitude"], known["latitude"], strict=True
    ):
        spots.setdefault(key, []).append((float(x), float(y)))
    numbers = {key: number for number, key in enumerate(spots)}
    made = np.array([shapely.MultiPoint(each) for each in spots.values()], dtype=object)
    return _in_both(made, WGS84), np.array(
        [numbers.get(key, -1) for key in columns["initiative_id"]], dtype=int
    )


_PLACED_BY = {
    "MultiPolygon": ("area_code",),
    "MultiPoint": ("initiative_id",),
    "Point": ("longitude", "latitude"),
}
_OF_GEOMETRY: Mapping[str, Callable[[Package, Kind, Mapping[str, Any]], tuple[Shapes, Any]]] = {
    "MultiPolygon": _polygons,
    "MultiPoint": _multipoints,
    "Point": _points,
}
