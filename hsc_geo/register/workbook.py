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
# A tag never reaches into the next one (`[^<>]`), so that no sheet, however made, takes longer than it is long.
_CELL = re.compile(rb'<(?:\w+:)?c\b[^<>]*?\br="([A-Z]{1,3})(\d{1,7})"[^<>/]*>\s*<(?:\w+:)?(?:v|is|f)\b')
_EMPTY_CELL = re.compile(rb'<(?:\w+:)?c\b(?=[^<>]*?\br=")[^<>]*+(?:(?<=/)>|>\s*</(?:\w+:)?c>)')
_EMPTY_ROW = re.compile(rb'<(?:\w+:)?row\b(?=[^<>]*?\br=")[^<>]*+(?:(?<=/)>|>\s*</(?:\w+:)?row>)')
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^<>]*?\bref="([A-Z]{1,3})(\d{1,7}):')
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
def opened(content: bytes, charts: list[str]) -> Iterator[Any]:
    """The workbook, to be read row by row. Sheets that are only a chart are left out, and named in `charts`."""
    from openpyxl.reader.excel import ExcelReader

    class Reader(ExcelReader):
        def read_chartsheet(self, sheet: Any, rel: Any) -> None:
            """A chart holds no rows, and those of other programs cannot all be read."""
            charts.append(str(sheet.name))

    reader = Reader(io.BytesIO(content), read_only=True, keep_vba=False, data_only=False, keep_links=False)
    reader.read()
    try:
        yield reader.wb
    finally:
        reader.wb.close()


def lines(sheet: Any, bounds: Bounds, faults: list[cells.CellFault]) -> Iterator[Line]:
    """The rows of a sheet with their numbers; a cell that holds no text is put into `faults` when its row is read."""
    with sheet._get_source() as opened_part:
        source = opened_part.read()
    _require_within(source, sheet.title, bounds)
    merged = {(int(row), _column(letters) - 1) for letters, row in _MERGED.findall(source)}
    # Cells and rows that only have a format are many in some workbooks, and slow to read.
    plain = _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", source))
    sheet._get_source = lambda: io.BytesIO(plain)
    # What the workbook says of its size may be a lie, in both directions.
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(max_row=bounds.farthest), 1):
        texts = [_text(faults, number, column, cell) for column, cell in enumerate(row)]
        for column, text in enumerate(texts):
            if text and (number, column) in merged:
                faults.append(cells.CellFault(number, column, text, cells.MERGED))
        yield number, texts


def _text(faults: list[cells.CellFault], number: int, column: int, cell: Any) -> str:
    if cell.value is None:
        return ""
    mend = cells.fault_of(cell)
    if mend is not None:
        faults.append(cells.CellFault(number, column, cells.text_of(cell), mend))
    return cells.text_of(cell)


def _require_within(source: bytes, title: str, bounds: Bounds) -> None:
    """No cell with something in it stands far outside: the rows between would be read one by one."""
    found = _CELL.finditer(source)
    far = next((f for f in found if int(f[2]) > bounds.farthest or _column(f[1]) > bounds.columns), None)
    if far is not None:
        mend = Message(
            "cell {cell} holds something; at most {rows} rows and {columns} columns are taken: empty it, or give the "
            "file in parts",
            cell=(far[1] + far[2]).decode(),
            rows=bounds.rows,
            columns=bounds.columns,
        )
        raise WorkbookError(mend, title)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
