"""Every format of a download opened again, as a reader would with another program."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pyogrio

from hsc_geo.analysis import export
from hsc_geo.analysis.export import Bundle
from hsc_geo.data.load import Package

Rows = list[dict[str, Any]]
TABLES = (
    "areas",
    "initiatives",
    "places",
    "figures",
    "classes",
    "comparison",
    "codes",
    "sources",
    "dictionary",
)


def files_of(content: bytes) -> dict[str, bytes]:
    """Name -> content of every file in a zip."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def unzipped(b: Bundle) -> dict[str, str]:
    """Name -> text of every file in the zip for programs."""
    return {name: content.decode("utf-8") for name, content in files_of(export.to_csv_zip(b)).items()}


def lines(text: str, separator: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def table(text: str, separator: str = ",") -> Rows:
    """The rows of a CSV; empty cells are None."""
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
    return [{key: value or None for key, value in row.items()} for row in rows]


def from_csv(b: Bundle) -> dict[str, Rows]:
    """Table -> rows."""
    texts = unzipped(b)
    about = json.loads(texts.pop("about.json"))
    found = {name.removesuffix(".csv"): table(text) for name, text in texts.items()}
    return {**found, "about": [{"key": key, "value": value or None} for key, value in about.items()]}


def from_excel_csv(b: Bundle) -> dict[str, Rows]:
    """Table -> rows of the zip for Excel, with points in numbers again."""
    found = {}
    for name, content in files_of(export.to_excel_csv_zip(b)).items():
        rows = table(content.decode("utf-8-sig"), ";")
        found[name.removesuffix(".csv")] = [{k: pointed(v) for k, v in row.items()} for row in rows]
    return found


def pointed(cell: str | None) -> str | None:
    whole, comma, rest = (cell or "").partition(",")
    return f"{whole}.{rest}" if comma and whole.removeprefix("-").isdigit() and rest.isdigit() else cell


def workbook(b: Bundle) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(export.to_xlsx(b)))


def from_xlsx(b: Bundle) -> dict[str, Rows]:
    found: dict[str, Rows] = {}
    for sheet in workbook(b):
        head, *rows = sheet.iter_rows(values_only=True)
        found[sheet.title] = [dict(zip(head, row, strict=True)) for row in rows]
    return found


def geojson(package: Package, b: Bundle) -> dict[str, Any]:
    """Name -> content of every file in the zip of GeoJSON."""
    return {
        name: json.loads(content) for name, content in files_of(export.to_geojson_zip(package, b)).items()
    }


def features(package: Package, b: Bundle, layer: str) -> Rows:
    return geojson(package, b)[f"{layer}.geojson"]["features"]


def from_geojson(package: Package, b: Bundle) -> dict[str, Rows]:
    content = geojson(package, b)
    others = content["tables.json"]
    about = others.pop("about")
    layers = {
        name: [feature["properties"] for feature in content[f"{name}.geojson"]["features"]]
        for name in ("areas", "initiatives")
    }
    return {**layers, **others, "about": [{"key": k, "value": v or None} for k, v in about.items()]}


def geopackage(package: Package, b: Bundle, folder: Path) -> Path:
    path = folder / "view.gpkg"
    path.write_bytes(export.to_geopackage(package, b))
    return path


def from_geopackage(package: Package, b: Bundle, folder: Path) -> dict[str, Rows]:
    path = geopackage(package, b, folder)
    found = {}
    for layer, _ in pyogrio.list_layers(path):
        rows = pyogrio.read_dataframe(path, layer=layer, read_geometry=False).astype(object)
        found[str(layer)] = rows.where(rows.notna(), None).to_dict("records")
    return found
