"""The sheets of a workbook (XLSX, transitional or strict), read within bounds."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from hsc_geo.domain.message import Message
from hsc_geo.register import cells

_HEAD = 4096  # bytes in which a document would define entities
# Namespaces of Strict Open XML (ISO/IEC 29500-1) that differ from those that openpyxl reads.
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = (
    (
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
)
_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>/]*>\s*<(?:\w+:)?(?:v|is|f)\b')
Unpack = Callable[[zipfile.ZipFile, zipfile.ZipInfo, int | None], bytes]
Line = tuple[int, list[str]]


@dataclass(frozen=True)
class Bounds:
    """Rows and columns of a sheet that are taken at most."""

    rows: int
    columns: int

    @property
    def farthest(self) -> int:
        """The last row that is looked at: some may be blank."""
        return 2 * self.rows + 1


class WorkbookError(ValueError):
    """A workbook that is not taken; `told` says why and how to mend it, `where` names the part of the file."""

    def __init__(self, told: Message, where: str = "") -> None:
        self.told, self.where = told, where
        super().__init__(told)


@dataclass(frozen=True)
class CellFault:
    """A cell that holds no text: its row as the sheet counts them, its column from 0, and what to do."""

    row: int
    column: int
    value: str
    mend: Message


def readable(content: bytes, archive: zipfile.ZipFile, unpack: Unpack) -> bytes:
    """The workbook as openpyxl can read it: without what could harm, and of the strict form the namespaces replaced.

    unpack: gives so many bytes of a part at most.
    """
    parts = [info for info in archive.infolist() if info.filename.endswith((".xml", ".rels"))]
    strict = False
    for info in parts:
        head = unpack(archive, info, _HEAD)
        if b"<!DOCTYPE" in head:
            mend = Message("the workbook defines its own entities, which none does; save it anew")
            raise WorkbookError(mend, info.filename)
        strict = strict or _STRICT in head
    if not strict:
        return content
    return _packed(
        {
            info.filename: _transitional(info.filename, unpack(archive, info, None))
            for info in archive.infolist()
        }
    )


def _transitional(name: str, content: bytes) -> bytes:
    if name.endswith((".xml", ".rels")):
        for strict, usual in _TRANSITIONAL:
            content = content.replace(strict, usual)
    return content


def _packed(parts: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


@contextmanager
def opened(content: bytes) -> Iterator[Any]:
    """The workbook, to be read row by row."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    try:
        yield book
    finally:
        book.close()


def lines(sheet: Any, bounds: Bounds, faults: list[CellFault]) -> Iterator[Line]:
    """The rows of a sheet with their numbers; a cell that holds no text is put into `faults` when its row is read."""
    _require_within(sheet, bounds)
    # What the workbook says of its size may be a lie, in both directions.
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_row=bounds.farthest, max_col=bounds.columns + 1)
    for number, row in enumerate(rows, 1):
        yield number, [_text(faults, number, column, cell) for column, cell in enumerate(row)]


def _text(faults: list[CellFault], number: int, column: int, cell: Any) -> str:
    if cell.value is None:
        return ""
    mend = cells.fault_of(cell)
    if mend is not None:
        faults.append(CellFault(number, column, str(cell.value), mend))
    return cells.text_of(cell)


def _require_within(sheet: Any, bounds: Bounds) -> None:
    """No cell with something in it stands far outside: the rows between would be read one by one."""
    with sheet._get_source() as source:
        found = _CELL.finditer(source.read())
        far = next((f for f in found if int(f[2]) > bounds.farthest or _column(f[1]) > bounds.columns), None)
    if far is not None:
        mend = Message(
            "cell {cell} holds something; at most {rows} rows and {columns} columns are taken: empty it, or give the "
            "file in parts",
            cell=(far[1] + far[2]).decode(),
            rows=bounds.rows,
            columns=bounds.columns,
        )
        raise WorkbookError(mend, sheet.title)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
