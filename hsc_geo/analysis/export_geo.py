"""A view for maps: GeoJSON in WGS84 by RFC 7946, and a GeoPackage in EPSG:28992."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import shapely

from hsc_geo.analysis.export_tables import DATES, Bundle
from hsc_geo.analysis.export_values import clean, properties
from hsc_geo.analysis.export_words import title
from hsc_geo.analysis.places import places, points
from hsc_geo.data.load import Package
from hsc_geo.data.zipping import zipped
from hsc_geo.domain.crs import RD, WGS84, transformer

DECIMALS = 5  # of a degree: about a metre
GEOMETRY = "geom"
COMMENT = "GDAL:OGR:comment"  # metadata of a column that GDAL takes for its description


def to_geojson_zip(package: Package, b: Bundle) -> bytes:
    """A zip with areas.geojson (polygons) and initiatives.geojson (their places as points, or no geometry), each
    feature with its `id`, and the other tables with `about` in tables.json."""
    others = {
        name: properties(table) for name, table in b.tables.items() if name not in ("areas", "initiatives")
    }
    files = {
        "areas.geojson": _collection(b["areas"], "area_code", _drawn(package)),
        "initiatives.geojson": _collection(
            b["initiatives"], "initiative_id", _spots(package, b["initiatives"])
        ),
        "tables.json": {"about": dict(b.about), **others},
    }
    return zipped({name: _json(content) for name, content in files.items()})


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def _collection(table: pd.DataFrame, key: str, shapes: Mapping[str, Any]) -> dict[str, Any]:
    features = [
        {"type": "Feature", "id": row[key], "geometry": shapes.get(str(row[key])), "properties": row}
        for row in properties(table)
    ]
    return {"type": "FeatureCollection", "features": features}


def _drawn(package: Package) -> dict[str, Any]:
    """The drawing of each area, with outer rings against the clock, as RFC 7946 asks."""
    features = package.drawing["features"]
    shapes = shapely.from_geojson([json.dumps(feature["geometry"]) for feature in features])
    turned = shapely.to_geojson(shapely.orient_polygons(shapes))
    codes = [str(feature["properties"]["area_code"]) for feature in features]
    return {code: json.loads(shape) for code, shape in zip(codes, turned, strict=True)}


def _spots(package: Package, table: pd.DataFrame) -> dict[str, Any]:
    found = {
        key: [
            [round(place.longitude, DECIMALS), round(place.latitude, DECIMALS)]
            for place in places(package, key)
            if place.has_point
        ]
        for key in map(str, table["initiative_id"])
    }
    return {key: {"type": "MultiPoint", "coordinates": spots} for key, spots in found.items() if spots}


def to_geopackage(package: Package, b: Bundle) -> bytes:
    """A GeoPackage in EPSG:28992: layers `areas` (full boundaries), `initiatives` (all places of each, without geometry
    where none is known) and `places` (a point each), and the other tables.

    Each has an identifier and a description in the language of `about`, and each column a description. What is missing
    is NULL, days are dates.
    """
    shapes = {
        "areas": ("MultiPolygon", _boundaries(package, b["areas"])),
        "initiatives": ("MultiPoint", _multipoints(package, b["initiatives"])),
        "places": ("Point", _points(b["places"])),
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "hsc_geo.gpkg"
        for name, table in b.with_about().items():
            kind, drawn = shapes.get(name, ("", None))
            _write(path, b, name, _arrow(table, drawn, _meanings(b, name)), kind)
        return path.read_bytes()


def _meanings(b: Bundle, table: str) -> dict[str, str]:
    """Column -> what it means, of a table."""
    rows = b["dictionary"][b["dictionary"]["table"] == table]
    language = "nl" if b.about.get("language") == "nl" else "en"
    return dict(zip(rows["column"], rows[f"description_{language}"], strict=True))


def _boundaries(package: Package, table: pd.DataFrame) -> list[Any]:
    shapes = package.geometry.loc[table["area_code"], "geometry"]
    return [shape if shape.geom_type == "MultiPolygon" else shapely.MultiPolygon([shape]) for shape in shapes]


def _multipoints(package: Package, table: pd.DataFrame) -> list[Any]:
    together = points(package).groupby(level=0).agg(lambda some: shapely.multipoints(list(some)))
    return [together.get(key) for key in table["initiative_id"]]


def _points(table: pd.DataFrame) -> list[Any]:
    x, y = transformer(WGS84, RD).transform(table["longitude"].to_numpy(), table["latitude"].to_numpy())
    known = table["latitude"].notna() & table["longitude"].notna()
    return [shapely.Point(*at) if there else None for *at, there in zip(x, y, known, strict=True)]


def _write(path: Path, b: Bundle, name: str, content: Any, kind: str) -> None:
    import pyogrio

    identifier, description = title(name, b.about.get("language", ""))
    figure = " ".join(filter(None, (b.about.get("figure"), b.about.get("year")))) if name == "areas" else ""
    place = {"geometry_name": GEOMETRY, "geometry_type": kind, "crs": f"EPSG:{RD}"} if kind else {}
    pyogrio.write_arrow(
        content,
        path,
        layer=name,
        driver="GPKG",
        append=path.exists(),
        layer_options={"IDENTIFIER": identifier, "DESCRIPTION": f"{description} {figure}".rstrip()},
        **place,
    )


def _arrow(table: pd.DataFrame, shapes: list[Any] | None, meanings: Mapping[str, str]) -> Any:
    """The table with type and meaning of each column, NULL for what is missing, empty text too, and shapes as WKB."""
    import pyarrow as pa

    plain = clean(table)
    columns = {str(name): _column(plain[name], str(name) in DATES) for name in plain.columns}
    if shapes is not None:
        known = [None if shape is None else shapely.to_wkb(shape) for shape in shapes]
        columns[GEOMETRY] = pa.array(known, pa.binary())
    fields = [
        pa.field(name, cells.type, metadata={COMMENT: meanings[name]} if name in meanings else None)
        for name, cells in columns.items()
    ]
    return pa.Table.from_arrays(list(columns.values()), schema=pa.schema(fields))


def _column(cells: pd.Series, days: bool) -> Any:
    import pyarrow as pa

    if pd.api.types.is_bool_dtype(cells.dtype):
        return pa.array(cells, pa.bool_(), from_pandas=True)
    if pd.api.types.is_integer_dtype(cells.dtype):
        return pa.array(cells, pa.int64(), from_pandas=True)
    if pd.api.types.is_numeric_dtype(cells.dtype):
        return pa.array(cells, pa.float64(), from_pandas=True)
    values = [None if cell in (None, "") else cell for cell in cells]
    return pa.array(values, pa.date32() if days else pa.string())
