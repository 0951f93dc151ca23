"""A view as a file: CSV for programs or for a Dutch Excel, XLSX, GeoJSON, GeoPackage, each with all its tables."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from typing import Any

import pandas as pd

from hsc_geo.analysis.export_geo import to_geojson_zip, to_geopackage
from hsc_geo.analysis.export_tables import Bundle, bundle
from hsc_geo.analysis.export_values import clean, records
from hsc_geo.data.zipping import zipped
from hsc_geo.domain.text import neutral

__all__ = [
    "Bundle",
    "bundle",
    "to_csv",
    "to_csv_zip",
    "to_excel_csv_zip",
    "to_geojson_zip",
    "to_geopackage",
    "to_xlsx",
    "zipped",
]

MARK = b"\xef\xbb\xbf"
_CELL = 32000  # a cell of a spreadsheet holds 32,767 characters


def to_csv(table: pd.DataFrame, excel: bool = False) -> bytes:
    """A table as CSV in UTF-8, with formulas as text.

    For programs it has commas between cells, points in numbers and no byte order mark. With `excel` it is what Excel
    with Dutch settings opens by a double click: semicolons, decimal commas and a mark.
    """
    safe = clean(table)
    for column in safe.columns[[not pd.api.types.is_numeric_dtype(t) for t in safe.dtypes]]:
        safe[column] = safe[column].map(_safe)
    separator, decimal = (";", ",") if excel else (",", ".")
    text = safe.to_csv(
        index=False, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC, sep=separator, decimal=decimal
    )
    return (MARK if excel else b"") + text.encode()


def _safe(value: object) -> object:
    if isinstance(value, dt.date):
        return value.isoformat()
    return neutral(value) if isinstance(value, str) else value


def to_csv_zip(b: Bundle) -> bytes:
    """A zip with a CSV for programs of each table and about.json; the same bytes each time."""
    files = {f"{name}.csv": to_csv(table) for name, table in b.tables.items()}
    return zipped({**files, "about.json": json.dumps(dict(b.about), ensure_ascii=False, indent=1).encode()})


def to_excel_csv_zip(b: Bundle) -> bytes:
    """A zip with a CSV for Excel with Dutch settings of each table, `about` among them."""
    return zipped({f"{name}.csv": to_csv(table, excel=True) for name, table in b.with_about().items()})


def to_xlsx(b: Bundle) -> bytes:
    """A workbook with a sheet per table; text is text, whatever it begins with."""
    from openpyxl import Workbook

    book = Workbook(write_only=False)
    book.remove(book.active)
    for name, table in b.with_about().items():
        _sheet(book.create_sheet(name), table)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _sheet(sheet: Any, table: pd.DataFrame) -> None:
    sheet.append([str(column) for column in table.columns])
    for row in records(table):
        sheet.append([v[:_CELL] if isinstance(v, str) else v for v in row.values()])
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            if isinstance(cell.value, str):
                cell.data_type = "s"
                cell.quotePrefix = neutral(cell.value) != cell.value
    sheet.freeze_panes = "B2"
