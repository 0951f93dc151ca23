"""A package in memory as one file: the zip that `hsc_geo.open` reads, with what the register laid over it."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from hsc_geo.data.cached import per_package
from hsc_geo.data.descriptor import RETRIEVALS, make_descriptor
from hsc_geo.data.drawing import drawing_text
from hsc_geo.data.load import Package
from hsc_geo.data.municipality import told
from hsc_geo.data.writer import csv_bytes, json_bytes, write_geometry
from hsc_geo.data.zipping import zipped
from hsc_geo.domain import schema
from hsc_geo.domain.contract import Field, Table
from hsc_geo.domain.text import carriable

_INTEGER, _NUMBER, _BOOLEAN = "integer", "number", "boolean"


@per_package(maxsize=1)
def packed(package: Package) -> bytes:
    """The zip: every file by the contract, and a descriptor with the hash of each. The same bytes for the same package,
    and the snapshot id of what is in it: that of the data package as long as the register changed nothing."""
    with tempfile.TemporaryDirectory(prefix="hsc_geo-") as folder:
        write(package, Path(folder))
        names = (schema.DESCRIPTOR, *(each.path for each in (*schema.TABLES, *schema.GEOMETRY_FILES)))
        return zipped({name: (Path(folder) / name).read_bytes() for name in names})


def write(package: Package, folder: Path) -> str:
    """Write every file of the package into a folder that is there; gives the snapshot id."""
    rows = {table.name: rows_of(package, table) for table in schema.TABLES}
    for table in schema.TABLES:
        (folder / table.path).write_bytes(csv_bytes(table, rows[table.name]))
    write_geometry(package.geometry.reset_index(), folder / schema.GEOMETRY.path)
    (folder / schema.DRAWING.path).write_text(drawing_text(package.drawing), encoding="utf-8", newline="\n")
    descriptor = make_descriptor(folder, rows, told(package))
    kept = {key: package.descriptor[key] for key in (RETRIEVALS,) if key in package.descriptor}
    (folder / schema.DESCRIPTOR).write_bytes(json_bytes(descriptor | kept))
    return str(descriptor["snapshot"])


def rows_of(package: Package, table: Table) -> list[Mapping[str, str]]:
    """The rows of a table as text, as its file has them; "" is a missing value."""
    frame: pd.DataFrame = getattr(package, table.name)
    plain = frame if table.columns[0] in frame.columns else frame.reset_index()
    columns = [_texts(plain[field.name], field) for field in table.fields]
    return [dict(zip(table.columns, cells, strict=True)) for cells in zip(*columns, strict=True)]


def _texts(cells: pd.Series, field: Field) -> list[str]:
    missing = cells.isna().to_numpy()
    return [
        "" if none else _text(cell, field.type) for cell, none in zip(cells.tolist(), missing, strict=True)
    ]


def _text(cell: Any, kind: str) -> str:
    if kind == _BOOLEAN:
        return "true" if cell else "false"
    if kind == _INTEGER:
        return str(int(cell))
    if kind == _NUMBER:
        return repr(float(cell)).removesuffix(".0")
    return carriable(str(cell))
