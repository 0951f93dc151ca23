"""The register as a file that others can read, and that can be read back: CSV, XLSX, HSDS."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from hsc_geo.data.municipality import Municipality
from hsc_geo.domain import schema
from hsc_geo.domain.text import neutral
from hsc_geo.register import entries, hsds
from hsc_geo.register.cells import escaped
from hsc_geo.register.entries import Entry, Key
from hsc_geo.register.frames import NAMES, rows_of
from hsc_geo.register.store import Store
from hsc_geo.register.tables import OWN

FORMS = ("csv", "xlsx", "hsds")
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
LONGEST_CELL = 32_000  # a cell of a spreadsheet holds 32,767 characters


def columns_of(name: str) -> tuple[str, ...]:
    """The columns of a table in an exchange file: those of the contract, and those of the register."""
    return (*schema.table(name).columns, *OWN.get(name, ()))


def export_tables(store: Store, here: Municipality, form: str) -> bytes:
    """The register of a municipality, of one moment, in this form; the same register gives the same tables."""
    if form not in FORMS:
        raise ValueError(f"no form {form!r}; there are {', '.join(FORMS)}")
    with store.reading() as connection:
        found = entries.load_all(connection)
    if form == "hsds":
        return hsds.to_json(found, here)
    return to_csv(found) if form == "csv" else to_xlsx(found)


def to_csv(found: Mapping[Key, Entry]) -> bytes:
    """A zip with a CSV a table: UTF-8 with a mark that spreadsheets need, comma, header. Text that a spreadsheet would
    take for a formula has an apostrophe in front; reading back takes it away."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in rows_of(found).items():
            archive.writestr(
                zipfile.ZipInfo(f"{name}.csv", _ZIP_TIME), _csv(name, rows), zipfile.ZIP_DEFLATED
            )
    return target.getvalue()


def _csv(name: str, rows: Sequence[Mapping[str, str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    columns = columns_of(name)
    writer.writerow(columns)
    writer.writerows([neutral(row[column]) for column in columns] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def to_xlsx(found: Mapping[Key, Entry]) -> bytes:
    """A workbook with a sheet a table. Every cell is text, whatever it begins with; so numbers stay as they are."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for name, rows in rows_of(found).items():
        sheet = book.create_sheet(name)
        columns = columns_of(name)
        sheet.append([_text_cell(sheet, column) for column in columns])
        for row in rows:
            sheet.append([_text_cell(sheet, row[column]) for column in columns])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _text_cell(sheet: Any, value: str) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet)
    if value:
        cell._value, cell.data_type = (
            escaped(value)[:LONGEST_CELL],
            "s",
        )  # `cell.value = ` would make a formula of "=..."
        cell.quotePrefix = neutral(value) != value
    return cell


__all__ = ["FORMS", "LONGEST_CELL", "NAMES", "columns_of", "export_tables", "to_csv", "to_xlsx"]
