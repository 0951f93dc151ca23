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
TABLES = ("areas", "initiatives", "dictionary", "sources")


def unzipped(b: Bundle) -> dict[str, str]:
    """Name -> text of every file in the zip."""
    with zipfile.ZipFile(io.BytesIO(export.to_csv_zip(b))) as archive:
        return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


def lines(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def from_csv(b: Bundle) -> dict[str, Rows]:
    """Table -> rows; empty cells are None."""
    texts = unzipped(b)
    found = {name: list(csv.DictReader(io.StringIO(texts[f"{name}.csv"], newline=""))) for name in TABLES}
    plain = {name: [{k: v or None for k, v in row.items()} for row in rows] for name, rows in found.items()}
    about = json.loads(texts["about.json"])
    return {**plain, "about": [{"key": key, "value": value or None} for key, value in about.items()]}


def workbook(b: Bundle) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(export.to_xlsx(b)))


def from_xlsx(b: Bundle) -> dict[str, Rows]:
    found: dict[str, Rows] = {}
    for sheet in workbook(b):
        head, *rows = sheet.iter_rows(values_only=True)
        found[sheet.title] = [dict(zip(head, row, strict=True)) for row in rows]
    return found


def features(package: Package, b: Bundle) -> Rows:
    return json.loads(export.to_geojson(package, b))["features"]


def from_geojson(package: Package, b: Bundle) -> dict[str, Rows]:
    content = json.loads(export.to_geojson(package, b))
    rows = [f["properties"] for f in content["features"]]
    extra = content["hsc_geo"]
    return {
        "areas": [row for row in rows if "initiative_id" not in row],
        "initiatives": [row for row in rows if "initiative_id" in row],
        "dictionary": extra["dictionary"],
        "sources": extra["sources"],
        "about": [{"key": key, "value": value or None} for key, value in extra["about"].items()],
    }


def geopackage(package: Package, b: Bundle, folder: Path) -> Path:
    path = folder / "view.gpkg"
    path.write_bytes(export.to_geopackage(package, b))
    return path


def from_geopackage(package: Package, b: Bundle, folder: Path) -> dict[str, Rows]:
    path = geopackage(package, b, folder)
    found = {}
    for layer, _ in pyogrio.list_layers(path):
        table = pyogrio.read_dataframe(path, layer=layer, read_geometry=False).astype(object)
        found[str(layer)] = table.where(table.notna(), None).to_dict("records")
    return found
