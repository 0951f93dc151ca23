"""Reading the rows of a file that someone brings, within bounds: whatever it claims, memory stays bounded."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from hsc_geo.data.check.reading import FIRST_ROW
from hsc_geo.domain import schema
from hsc_geo.domain.message import Message, MessageError, no_json
from hsc_geo.domain.problems import Problem, ProblemsError, shorten
from hsc_geo.domain.text import as_written, carriable
from hsc_geo.register import hsds
from hsc_geo.register.exporting import NAMES, columns_of
from hsc_geo.register.tables import ENTRIES

LARGEST = 10_000_000  # bytes of the file
LARGEST_UNPACKED = 40_000_000  # bytes of what is packed in it
MOST_FILES = 200
_HEAD = 4096  # bytes in which a document would define entities
MOST_ROWS = 20_000  # of a table
MOST_COLUMNS = 80
LONGEST = 32_000  # characters of a cell
_WHOLE = Message("file")  # where a fault stands that is of no table
_TOO_MANY = Message("there are more than {n} rows; give the file in parts", n=MOST_ROWS)

csv.field_size_limit(max(csv.field_size_limit(), LARGEST))


@dataclass(frozen=True)
class Sheet:
    """The rows of one table as text, with the number of each row as its file counts them."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[dict[str, str], ...]
    numbers: tuple[int, ...]


def fault(name: str, mend: Message, row: int = 0, column: str = "", value: str = "") -> ProblemsError:
    """One fault, to raise."""
    return ProblemsError([Problem(name, row, column, shorten(value), mend)])


def sheets(content: bytes, form: str) -> list[Sheet]:
    """The tables in the file. Raises ProblemsError for a file that cannot be read or is beyond the bounds."""
    if len(content) > LARGEST:
        raise fault(
            _WHOLE,
            Message(
                "the file has {n} bytes; at most {most} are taken: give it in parts",
                n=len(content),
                most=LARGEST,
            ),
        )
    readers = {"csv": _from_csv, "xlsx": _from_xlsx, "hsds": _from_hsds}
    if form not in readers:
        raise ValueError(f"no form {form!r}; there are {', '.join(readers)}")
    return readers[form](content)


def _from_csv(content: bytes) -> list[Sheet]:
    if not content.startswith(b"PK\x03\x04"):
        return [_csv_sheet("", content)]
    with _archive(content) as archive:
        members = [info for info in archive.infolist() if info.filename.endswith(".csv")]
        if not members:
            raise fault(_WHOLE, Message("the zip holds no CSV; give the tables as initiatives.csv and so on"))
        return [_csv_sheet(info.filename, _unpack(archive, info)) for info in members]


def _archive(content: bytes) -> zipfile.ZipFile:
    """The zip, when what it says of itself is within bounds."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        raise fault(_WHOLE, Message("this is no zip or XLSX that can be read; save it again")) from None
    members = archive.infolist()
    total = sum(info.file_size for info in members)
    if len(members) > MOST_FILES or total > LARGEST_UNPACKED:
        mend = Message(
            "unpacked it is {total} bytes in {n} files; at most {most} bytes in {files} files are taken",
            total=total,
            n=len(members),
            most=LARGEST_UNPACKED,
            files=MOST_FILES,
        )
        raise fault(_WHOLE, mend)
    return archive


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int = LARGEST_UNPACKED) -> bytes:
    """What is packed under this name, `most` bytes of it; zipfile itself never gives more than the zip says."""
    try:
        with archive.open(info) as stream:
            return stream.read(most)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        mend = Message("the file is damaged or locked with a password; pack it again")
        raise fault(shorten(info.filename), mend) from None


def _csv_sheet(file: str, content: bytes) -> Sheet:
    text = _decoded(file or _WHOLE, content)
    # A spreadsheet in Dutch saves with semicolons.
    first = text.partition("\n")[0]
    mark = ";" if first.count(";") > first.count(",") else ","
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    return _sheet(file, _csv_lines(file or _WHOLE, lines))


def _csv_lines(file: str, lines: Any) -> Iterator[tuple[int, list[str]]]:
    number = 0
    try:
        for line in lines:
            number += 1
            yield number, [as_written(cell) for cell in line]
    except csv.Error:
        mend = Message("a quotation mark is missing or stands in the wrong place; save the file as CSV again")
        raise fault(file, mend, number + 1) from None


def _decoded(file: str, content: bytes) -> str:
    """UTF-8, with or without a mark, or UTF-16 with one; other encodings are told, for they cannot be known."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        found = content[error.start : error.start + 8].decode("latin-1")
        mend = Message("save the file as CSV UTF-8; these bytes are of another encoding")
        raise fault(file, mend, row, "", found) from None


def _from_xlsx(content: bytes) -> list[Sheet]:
    with _archive(content) as archive:
        for info in archive.infolist():
            if info.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in _unpack(archive, info, _HEAD):
                raise fault(
                    shorten(info.filename),
                    Message("the workbook defines its own entities, which none does; save it anew"),
                )
    try:
        return _workbook(content)
    except ProblemsError:
        raise
    except Exception:  # noqa: BLE001 - openpyxl raises many kinds for files that are no workbook
        raise fault(_WHOLE, Message("this is no workbook (XLSX) that can be read; save it anew")) from None


def _workbook(content: bytes) -> list[Sheet]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    try:
        single = len(book.sheetnames) == 1
        named = [sheet for sheet in book.worksheets if single or sheet.title in NAMES]
        if not named:
            mend = Message("no sheet is called {names}; name the sheets so", names=", ".join(NAMES))
            raise fault(_WHOLE, mend)
        return [_sheet(sheet.title if sheet.title in NAMES else "", _cells(sheet)) for sheet in named]
    finally:
        book.close()


def _cells(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    # What the workbook says of its size may be a lie, in both directions.
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True)
    for number, cells in enumerate(rows, 1):
        yield number, [_plain(cell) for cell in cells]


def _plain(value: Any) -> str:
    """A cell as text: whole numbers without a point, days without a time."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def _sheet(file: str, lines: Iterable[tuple[int, list[str]]]) -> Sheet:
    """The table, recognised by its file name or else by its columns."""
    stream = iter(lines)
    _, header = next(stream, (1, []))
    columns = [carriable(cell).strip() for cell in header]
    while columns and not columns[-1]:
        columns.pop()
    name = _table_of(file, columns)
    rows: list[dict[str, str]] = []
    numbers: list[int] = []
    for number, cells in stream:
        if not any(cells):
            continue
        if len(rows) == MOST_ROWS:
            raise fault(f"{name}.csv", _TOO_MANY, number)
        rows.append(_row(name, columns, number, cells))
        numbers.append(number)
    return Sheet(name, tuple(columns), tuple(rows), tuple(numbers))


def _row(name: str, columns: list[str], number: int, cells: list[str]) -> dict[str, str]:
    if any(cells[len(columns) :]):
        mend = Message(
            "the row has more cells than the header, which has {n}; quote texts with a comma in them",
            n=len(columns),
        )
        raise fault(f"{name}.csv", mend, number, "", ",".join(cells)[:200])
    for column, cell in zip(columns, cells, strict=False):
        if len(cell) > LONGEST:
            mend = Message("the cell has {n} characters; at most {most} are taken", n=len(cell), most=LONGEST)
            raise fault(f"{name}.csv", mend, number, column, cell)
    padded = [*cells, *[""] * (len(columns) - len(cells))]
    return {column: carriable(cell).strip() for column, cell in zip(columns, padded, strict=False)}


def _table_of(file: str, columns: list[str]) -> str:
    stem = file.rsplit("/", 1)[-1].removesuffix(".csv")
    if stem in NAMES:
        return stem
    # The table that shares the most columns; its whole key must be among them.
    shared = {name: len(set(columns) & set(columns_of(name))) for name in NAMES}
    keyed = [name for name in NAMES if set(schema.table(name).primary_key) <= set(columns)]
    if not keyed:
        keys = ", ".join(columns_of(name)[0] for name in ENTRIES.values())
        mend = Message("no column is called {names}; give the columns of the register", names=keys)
        raise fault(file or _WHOLE, mend, 1, "", ",".join(columns))
    return max(keyed, key=lambda name: shared[name])


def _from_hsds(content: bytes) -> list[Sheet]:
    text = _decoded(_WHOLE, content)
    try:
        found = list(hsds.from_json(json.loads(text)))
    except RecursionError:
        raise fault(_WHOLE, Message("the JSON is nested too deep; give a flatter one")) from None
    except MessageError as error:
        raise fault(_WHOLE, error.told) from None
    except ValueError as error:
        raise fault(_WHOLE, Message("{wrong}; save the file again", wrong=no_json(error))) from None
    made: list[Sheet] = []
    for kind, name in ENTRIES.items():
        rows = [
            {field: carriable(text).strip() for field, text in row.items()}
            for each, row in found
            if each == kind
        ]
        if len(rows) > MOST_ROWS:
            raise fault(f"{name}.csv", _TOO_MANY)
        numbers = tuple(range(FIRST_ROW, FIRST_ROW + len(rows)))
        columns = tuple(dict.fromkeys(field for row in rows for field in row))
        made.extend([Sheet(name, columns, tuple(rows), numbers)] if rows else [])
    return made
