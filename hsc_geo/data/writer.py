"""Writing the package's files, the same bytes for the same content: no times, fixed order, pinned writers."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import geopandas as gpd

from hsc_geo.domain.contract import Table


def csv_bytes(table: Table, rows: Iterable[Mapping[str, str]]) -> bytes:
    """The table as CSV: UTF-8, LF, comma, header; an empty cell is a missing value. KeyError for a column missing."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([row[column] for column in table.columns] for row in rows)
    return out.getvalue().encode("utf-8")


def write_geometry(frame: gpd.GeoDataFrame, path: Path) -> None:
    """GeoParquet 1.1 with WKB; the bytes depend on the versions of geopandas and pyarrow only."""
    frame.to_parquet(path, index=False, compression="zstd", geometry_encoding="WKB", schema_version="1.1.0")


def json_bytes(content: Mapping[str, Any]) -> bytes:
    """JSON with two blanks of indent and a line break at the end."""
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def file_hash(path: Path) -> str:
    """sha256 of a file's bytes as 64 hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
