"""Breaking a copy of the package on purpose."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd

from hsc_geo.data.writer import write_geometry

PARQUET, DRAWING = "areas.parquet", "areas_drawing.geojson"


def read(folder: Path, file: str) -> list[list[str]]:
    with (folder / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


def write(folder: Path, file: str, rows: list[list[str]]) -> None:
    with (folder / file).open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(rows)


def row_of(folder: Path, file: str, **cells: str) -> int:
    """The number of the first row with these cells; the header is row 1."""
    header, *rows = read(folder, file)
    for number, row in enumerate(rows, 2):
        if all(row[header.index(column)] == value for column, value in cells.items()):
            return number
    raise LookupError(f"{file} has no row with {cells}")


def cell(folder: Path, file: str, row: int, column: str) -> str:
    rows = read(folder, file)
    return rows[row - 1][rows[0].index(column)]


def put(folder: Path, file: str, row: int, **cells: str) -> None:
    """Write these cells into a row."""
    rows = read(folder, file)
    for column, value in cells.items():
        rows[row - 1][rows[0].index(column)] = value
    write(folder, file, rows)


def geometry(folder: Path) -> gpd.GeoDataFrame:
    return gpd.read_parquet(folder / PARQUET)


def put_geometry(folder: Path, code: str, change: Callable[[Any], Any]) -> int:
    """Change the boundary of one area; gives its position, counted from 1."""
    frame = geometry(folder)
    place = int(frame.index[frame["area_code"] == code][0])
    frame.loc[place, "geometry"] = change(frame.loc[place, "geometry"])
    write_geometry(frame, folder / PARQUET)
    return place + 1


def put_drawing(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change the features of the drawing, by area code, in place."""
    content = json.loads((folder / DRAWING).read_text(encoding="utf-8"))
    change({feature["properties"]["area_code"]: feature for feature in content["features"]})
    (folder / DRAWING).write_text(json.dumps(content), encoding="utf-8")


def place_in_drawing(folder: Path, code: str) -> int:
    content = json.loads((folder / DRAWING).read_text(encoding="utf-8"))
    return 1 + [feature["properties"]["area_code"] for feature in content["features"]].index(code)
