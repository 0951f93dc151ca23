"""What is on the screen as a file: CSV (zipped), XLSX, GeoJSON, GeoPackage, each with dictionary, sources, filters
and snapshot id inside.

Text that a spreadsheet would take for a formula gets an apostrophe in front in CSV, and is stored as text in XLSX.
"""

from __future__ import annotations

import csv
import io
import json
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from hsc_geo.analysis.explore import View
from hsc_geo.analysis.places import Place, places, points
from hsc_geo.data.load import Package
from hsc_geo.domain import schema
from hsc_geo.domain.crs import RD
from hsc_geo.domain.text import carriable, neutral

_CELL = 32000  # a cell of a spreadsheet holds 32,767 characters
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Bundle:
    """The tables of an export. `areas` and `initiatives` hold plain values; `about` names snapshot, filters, page
    and citation; geometry is joined when a format has room for it."""

    areas: pd.DataFrame
    initiatives: pd.DataFrame
    dictionary: pd.DataFrame
    sources: pd.DataFrame
    about: Mapping[str, str]


def bundle(package: Package, view: View, about: Mapping[str, str]) -> Bundle:
    """The tables of the view, with the dictionary of their columns from the data contract."""
    areas, initiatives = _areas(package, view), _initiatives(package, view)
    plain = {key: carriable(value) for key, value in about.items()}
    return Bundle(areas, initiatives, _dictionary(areas, initiatives), _sources(package, view), plain)


def to_csv_zip(b: Bundle) -> bytes:
    """A zip with areas.csv, initiatives.csv, dictionary.csv, sources.csv and about.json; the same bytes each time."""
    files = {f"{name}.csv": to_csv(table) for name, table in _tables(b).items()}
    files["about.json"] = json.dumps(dict(b.about), ensure_ascii=False, indent=1).encode()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _ZIP_TIME), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def to_xlsx(b: Bundle) -> bytes:
    """A workbook with a sheet per table and `about`; text is text, whatever it begins with."""
    from openpyxl import Workbook

    book = Workbook(write_only=False)
    book.remove(book.active)
    about = pd.DataFrame({"key": list(b.about), "value": list(b.about.values())})
    for name, table in {**_tables(b), "about": about}.items():
        _sheet(book.create_sheet(name), table)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def to_geojson(package: Package, b: Bundle) -> bytes:
    """A FeatureCollection in WGS84 (5 decimals): areas as polygons, initiatives as points or without geometry;
    dictionary, sources and `about` stand in the member `hsc_geo`."""
    areas = _drawn(package, b)
    points = [_feature(row, _point_json(package, row)) for row in _records(b.initiatives)]
    content = {
        "type": "FeatureCollection",
        "hsc_geo": {
            "about": dict(b.about),
            "dictionary": _records(b.dictionary),
            "sources": _records(b.sources),
        },
        "features": areas + points,
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def to_geopackage(package: Package, b: Bundle) -> bytes:
    """A GeoPackage in EPSG:28992: layers `areas` (full geometry) and `initiatives` (points, empty where no place is
    known), tables `dictionary`, `sources`, `about`."""
    shapes = package.geometry.loc[b.areas["area_code"], "geometry"].to_numpy()
    areas = gpd.GeoDataFrame(_clean(b.areas), geometry=shapes, crs=RD)
    about = pd.DataFrame({"key": list(b.about), "value": list(b.about.values())})
    layers = {"areas": areas, "initiatives": _points(package, b.initiatives)}
    tables = {"dictionary": b.dictionary, "sources": b.sources, "about": about}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "hsc_geo.gpkg"
        for name, layer in layers.items():
            layer.to_file(path, layer=name, driver="GPKG", engine="pyogrio")
        for name, table in tables.items():
            _write_table(_clean(table), path, name)
        return path.read_bytes()


def _write_table(table: pd.DataFrame, path: Path, name: str) -> None:
    import pyogrio

    pyogrio.write_dataframe(table, path, layer=name, driver="GPKG", append=path.exists())


def _tables(b: Bundle) -> dict[str, pd.DataFrame]:
    return {"areas": b.areas, "initiatives": b.initiatives, "dictionary": b.dictionary, "sources": b.sources}


def _areas(package: Package, view: View) -> pd.DataFrame:
    choice = view.choice
    table = package.areas.loc[
        view.table.index, ["name", "level", "parent_code", "population", "population_year"]
    ]
    table = table.join(view.table)
    table = table.assign(
        indicator_id=choice.indicator,
        year=choice.year,
        age_group=choice.age_group,
        initiatives_known=view.served.by_area.reindex(table.index),
        initiatives_known_to_district_only=view.served.district_only.reindex(table.index),
    )
    if view.classes is not None:
        number = view.classes.assigned
        table = table.assign(map_class=(number.where(number >= 0) + 1).astype("Int64"))
    return table.rename_axis("area_code").reset_index()


def _initiatives(package: Package, view: View) -> pd.DataFrame:
    table = package.initiatives.loc[list(view.ids)].copy()
    serves = package.initiative_areas.groupby("initiative_id")["area_code"].agg("|".join)
    at = {name: [_at(places(package, str(key)), name) for key in table.index] for name in _OF_PLACES}
    return table.assign(serves_area_codes=serves.reindex(table.index).fillna(""), **at).reset_index()


_OF_PLACES = ("venue", "address", "latitude", "longitude")


def _at(some: tuple[Place, ...], name: str) -> str:
    """A column of the places of an initiative, in their order, joined with |; empty for a place without it."""
    cells = ["" if pd.isna(cell) else str(cell) for cell in (getattr(place, name) for place in some)]
    return "|".join(cells) if any(cells) else ""


_ADDED = {
    "status": ("Of de waarde er is, of waarom niet.", "Whether the value is there, or why not."),
    "indicator_id": ("Indicator op de kaart.", "Indicator on the map."),
    "initiatives_known": (
        "Initiatieven binnen de keuzes die het gebied bedienen.",
        "Initiatives under the choices that serve the area.",
    ),
    "initiatives_known_to_district_only": (
        "Initiatieven die tot de wijk bekend zijn en tot geen buurt daarin.",
        "Initiatives known to the district and to no neighbourhood in it.",
    ),
    "map_class": ("Klasse op de kaart, 1 is de laagste.", "Class on the map, 1 is the lowest."),
    "serves_area_codes": (
        "Codes van de gebieden die het initiatief bedient.",
        "Codes of the areas that it serves.",
    ),
}


def _dictionary(areas: pd.DataFrame, initiatives: pd.DataFrame) -> pd.DataFrame:
    """A row per column of the export: table, column, meaning in Dutch and English."""
    rows = [("areas", column, *_meaning(column, ("areas", "observations"))) for column in areas.columns]
    rows += [
        ("initiatives", column, *_meaning(column, ("initiatives", "initiative_places")))
        for column in initiatives.columns
    ]
    return pd.DataFrame(rows, columns=["table", "column", "description_nl", "description_en"])


def _meaning(column: str, tables: tuple[str, ...]) -> tuple[str, str]:
    if column in _ADDED and not (column == "status" and "initiatives" in tables):
        return _ADDED[column]
    for name in tables:
        if column in schema.table(name).columns:
            field = schema.table(name).field(column)
            return field.nl, field.en
    raise KeyError(f"column {column!r} of the export has no description")


def _sources(package: Package, view: View) -> pd.DataFrame:
    wanted = {"REGISTER", "BOUNDARIES2016", "86165NED", "85984NED"}
    if view.choice.indicator:
        wanted.add(str(package.indicators.at[view.choice.indicator, "source_id"]))
    table = package.sources if "source_id" in package.sources else package.sources.reset_index()
    return table[table["source_id"].isin(wanted) | table["source_id"].str.startswith("VENUES")].reset_index(
        drop=True
    )


def _clean(table: pd.DataFrame) -> pd.DataFrame:
    result = table.copy()
    for column in result.columns[[not pd.api.types.is_numeric_dtype(t) for t in result.dtypes]]:
        result[column] = result[column].map(_text)
    return result


def _text(value: Any) -> object:
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return None
    return carriable(str(value))


def to_csv(table: pd.DataFrame) -> bytes:
    """A table as CSV: UTF-8 with a mark that spreadsheets need; formulas are text."""
    safe = _clean(table)
    for column in safe.columns[[not pd.api.types.is_numeric_dtype(t) for t in safe.dtypes]]:
        safe[column] = safe[column].map(lambda v: neutral(v) if isinstance(v, str) else v)
    return (
        b"\xef\xbb\xbf" + safe.to_csv(index=False, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC).encode()
    )


def _sheet(sheet, table: pd.DataFrame) -> None:  # type: ignore[no-untyped-def]
    sheet.append([str(column) for column in table.columns])
    for row in _records(table):
        sheet.append([v[:_CELL] if isinstance(v, str) else v for v in row.values()])
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            if isinstance(cell.value, str):
                cell.data_type = "s"
                cell.quotePrefix = neutral(cell.value) != cell.value
    sheet.freeze_panes = "B2"


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    plain = _clean(table).astype(object)
    records = plain.where(plain.notna(), None).to_dict("records")
    return [{str(key): value for key, value in record.items()} for record in records]


def _drawn(package: Package, b: Bundle) -> list[dict[str, object]]:
    shapes = {f["properties"]["area_code"]: f["geometry"] for f in package.drawing["features"]}
    return [_feature(row, shapes.get(str(row["area_code"]))) for row in _records(b.areas)]


def _feature(row: dict[str, object], geometry: object) -> dict[str, object]:
    return {"type": "Feature", "geometry": geometry, "properties": row}


def _point_json(package: Package, row: dict[str, object]) -> dict[str, object] | None:
    at = [
        [round(place.longitude, 5), round(place.latitude, 5)]
        for place in places(package, str(row["initiative_id"]))
        if place.has_point
    ]
    return {"type": "MultiPoint", "coordinates": at} if at else None


def _points(package: Package, table: pd.DataFrame) -> gpd.GeoDataFrame:
    """Initiatives with all their places: a MultiPoint each, none where no place has a point."""
    every = points(package)
    together = every.groupby(level=0).agg(lambda some: shapely.multipoints(list(some)))
    geometry = gpd.GeoSeries([together.get(key) for key in table["initiative_id"]], crs=RD)
    return gpd.GeoDataFrame(_clean(table), geometry=geometry)
