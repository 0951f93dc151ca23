"""Reading the rows of a file that someone brings, within bounds: whatever it claims, memory stays bounded."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Any

from hsc_geo.data.check.reading import FIRST_ROW
from hsc_geo.domain import schema
from hsc_geo.domain.message import Message, MessageError, no_json
from hsc_geo.domain.problems import Problem, ProblemsError, shorten
from hsc_geo.domain.text import as_written, cell_mark, clean_text
from hsc_geo.register import cells, hsds, workbook
from hsc_geo.register.cleaning import clean_fields
from hsc_geo.register.exporting import NAMES, columns_of
from hsc_geo.register.place_fields import FIELDS
from hsc_geo.register.tables import ENTRIES

LARGEST = 10_000_000  # bytes of the file
LARGEST_UNPACKED = 40_000_000  # bytes of what is packed in it
MOST_FILES = 200
MOST_ROWS = 20_000  # of a table
MOST_COLUMNS = 80
LONGEST = 32_000  # characters of a cell
MOST_ABOVE = 10  # rows above the header, such as a title over all columns
_WHOLE = Message("file")  # where a fault stands that is of no table
_TOO_MANY = Message("there are more than {n} rows; give the file in parts", n=MOST_ROWS)

_TELLS_MARK = "sep="  # a first line by which Excel tells itself the mark
_KEYS = frozenset(schema.table(name).primary_key[0] for name in ENTRIES.values())
_COLUMNS = frozenset(column for name in NAMES for column in columns_of(name)).union(FIELDS)

csv.field_size_limit(max(csv.field_size_limit(), LARGEST))


@dataclass(frozen=True)
class Sheet:
    """The rows of one table as text, with the number of each row as its file counts them. faults: cells that hold no
    text, such as a formula. header: the number of the row with the names of the columns. above: what stands over it."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[dict[str, str], ...]
    numbers: tuple[int, ...]
    faults: tuple[Problem, ...] = ()
    header: int = 1
    above: str = ""


@dataclass(frozen=True)
class Opened:
    """A file that was opened: its tables, and what of it was passed over."""

    sheets: tuple[Sheet, ...]
    passed: tuple[Message, ...] = ()


def fault(name: str, mend: Message, row: int = 0, column: str = "", value: str = "") -> ProblemsError:
    """One fault, to raise."""
    return ProblemsError([Problem(name, row, column, shorten(value), mend)])


def opened(content: bytes, form: str) -> Opened:
    """The tables in the file, cleaned. Raises ProblemsError for a file that cannot be read or is beyond the bounds."""
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


def _from_csv(content: bytes) -> Opened:
    if not content.startswith(b"PK\x03\x04"):
        sheet = _csv_sheet("", content)
        return Opened((sheet,), _above([sheet]))
    with _archive(content) as archive:
        files = [info for info in archive.infolist() if not info.is_dir()]
        members = [info for info in files if _is_table(info.filename)]
        if not members:
            raise fault(_WHOLE, Message("the zip holds no CSV; give the tables as initiatives.csv and so on"))
        read = tuple(_csv_sheet(info.filename, _unpack(archive, info)) for info in members)
        beside = _passed(info.filename for info in files if info not in members)
        return Opened(read, beside + _above(read))


def _is_table(path: str) -> bool:
    """Whether a member of a zip is a table, and not what a computer put beside it (hidden, of the Finder)."""
    folders = path.replace("\\", "/").split("/")
    hidden = any(part.startswith((".", "__MACOSX")) for part in folders)
    return path.lower().endswith(".csv") and not hidden


def _passed(names: Iterable[str]) -> tuple[Message, ...]:
    """That these parts of the file were not read."""
    return tuple(
        Message("{name}: not read, for it is no table of the register", name=shorten(n)) for n in names
    )


def _above(sheets: Iterable[Sheet]) -> tuple[Message, ...]:
    """That what stands over a header was not read."""
    return tuple(
        Message("{name}: not read, for it stands above the names of the columns", name=sheet.above)
        for sheet in sheets
        if sheet.above and not sheet.above.startswith(_TELLS_MARK)
    )


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


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int | None = None) -> bytes:
    """What is packed under this name, `most` bytes of it at most; zipfile itself never gives more than the zip says."""
    try:
        with archive.open(info) as stream:
            return stream.read(LARGEST_UNPACKED if most is None else most)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        mend = Message("the file is damaged or locked with a password; pack it again")
        raise fault(shorten(info.filename), mend) from None


def _csv_sheet(file: str, content: bytes) -> Sheet:
    text = _decoded(file or _WHOLE, content)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_mark(text), strict=True)
    return _sheet(file, _csv_lines(file or _WHOLE, lines))


def _mark(text: str) -> str:
    """What stands between the cells: what the header has most of."""
    lines = text.split("\n", MOST_ABOVE)[:MOST_ABOVE]
    header = next((line for line in lines if _is_header(re.split('[,;\t"]', line))), lines[0])
    return cell_mark(header)


def _is_header(given: Iterable[str]) -> bool:
    return any(_column(clean_text(cell)) in _KEYS for cell in given)


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


def _from_xlsx(content: bytes) -> Opened:
    try:
        with _archive(content) as archive:
            plain = workbook.readable(content, archive, _unpack)
        return _of_workbook(plain)
    except ProblemsError:
        raise
    except workbook.WorkbookError as error:
        raise fault(shorten(error.where) if error.where else _WHOLE, error.told) from None
    except Exception:  # noqa: BLE001 - openpyxl raises many kinds for files that are no workbook
        raise fault(_WHOLE, Message("this is no workbook (XLSX) that can be read; save it anew")) from None


def _of_workbook(content: bytes) -> Opened:
    read: list[Sheet] = []
    passed: list[str] = []
    with workbook.opened(content) as book:
        titles = book.sheetnames
        for sheet in book.worksheets:
            if not _named(sheet.title) and len(titles) > 1:  # a workbook of one sheet need not name it
                passed.append(sheet.title)
                continue
            found: list[workbook.CellFault] = []
            lines = workbook.lines(sheet, workbook.Bounds(MOST_ROWS, MOST_COLUMNS), found)
            read.append(_with_faults(_sheet(_named(sheet.title), lines), found))
    if not read:
        mend = Message("no sheet is called {names}; name the sheets so", names=", ".join(NAMES))
        raise fault(_WHOLE, mend, 0, "", ", ".join(titles))
    return Opened(tuple(read), _passed(passed) + _above(read))


def _with_faults(sheet: Sheet, found: Sequence[workbook.CellFault]) -> Sheet:
    """The sheet with its cells that hold no text told as faults."""
    columns = dict(enumerate(sheet.columns))
    told = tuple(
        Problem(f"{sheet.name}.csv", each.row, columns.get(each.column, ""), shorten(each.value), each.mend)
        for each in found
        if each.row >= sheet.header
    )
    return replace(sheet, faults=sheet.faults + told)


def _sheet(file: str, lines: Iterable[tuple[int, list[str]]]) -> Sheet:
    """The table, recognised by its file name or else by its columns."""
    above, (start, header), stream = _from_header(iter(lines))
    columns = [_column(clean_text(cell)) for cell in header]
    while columns and not columns[-1]:
        columns.pop()
    name = _table_of(file, columns)
    rows: list[dict[str, str]] = []
    numbers: list[int] = []
    for number, given in stream:
        if not any(map(clean_text, given)):
            continue
        if len(rows) == MOST_ROWS:
            raise fault(f"{name}.csv", _TOO_MANY, number)
        rows.append(_row(name, columns, number, given))
        numbers.append(number)
    faults = _errors(name, rows, numbers)
    return Sheet(name, tuple(columns), tuple(rows), tuple(numbers), faults, start, above)


def _from_header(
    lines: Iterator[tuple[int, list[str]]],
) -> tuple[str, tuple[int, list[str]], Iterator[tuple[int, list[str]]]]:
    """(what stands above the header, the header, the lines below): it is the first line that names a key, else the
    first of all."""
    head = list(islice(lines, MOST_ABOVE + 1)) or [(1, [])]
    at = next((place for place, (_, given) in enumerate(head) if _is_header(given)), 0)
    words = " ".join(filter(None, (clean_text(cell) for _, given in head[:at] for cell in given)))
    return shorten(words), head[at], chain(head[at + 1 :], lines)


def _column(text: str) -> str:
    """The name of a column, whatever its capitals."""
    return text.lower() if text.lower() in _COLUMNS else text


def _errors(name: str, rows: Sequence[Mapping[str, str]], numbers: Sequence[int]) -> tuple[Problem, ...]:
    """A fault for each cell that holds what a spreadsheet shows for an error."""
    return tuple(
        Problem(f"{name}.csv", number, column, text, cells.ERROR)
        for row, number in zip(rows, numbers, strict=True)
        for column, text in row.items()
        if text.startswith("#") and cells.is_error(text)
    )


def _row(name: str, columns: list[str], number: int, given: list[str]) -> dict[str, str]:
    if any(map(clean_text, given[len(columns) :])):
        mend = Message(
            "the row has more cells than the header, which has {n}; quote texts with a comma in them",
            n=len(columns),
        )
        raise fault(f"{name}.csv", mend, number, "", ",".join(given)[:200])
    for column, cell in zip(columns, given, strict=False):
        if len(cell) > LONGEST:
            mend = Message("the cell has {n} characters; at most {most} are taken", n=len(cell), most=LONGEST)
            raise fault(f"{name}.csv", mend, number, column, cell)
    padded = [*given, *[""] * (len(columns) - len(given))]
    return clean_fields(name, dict(zip(columns, padded, strict=False)))


def _named(title: str) -> str:
    """The table that a sheet or file is called after, whatever its capitals and the blanks around it; '' for none."""
    found = clean_text(title).lower()
    return found if found in NAMES else ""


def _table_of(file: str, columns: list[str]) -> str:
    name = _named(re.sub(r"(?i)\.csv$", "", file.replace("\\", "/").rsplit("/", 1)[-1]))
    if name:
        return name
    # The table that shares the most columns; its whole key must be among them.
    shared = {each: len(set(columns) & set(columns_of(each))) for each in NAMES}
    keyed = [each for each in NAMES if set(schema.table(each).primary_key) <= set(columns)]
    if not keyed:
        keys = ", ".join(columns_of(each)[0] for each in ENTRIES.values())
        mend = Message("no column is called {names}; give the columns of the register", names=keys)
        raise fault(file or _WHOLE, mend, 1, "", ",".join(columns))
    return max(keyed, key=lambda each: shared[each])


def _from_hsds(content: bytes) -> Opened:
    text = _decoded(_WHOLE, content)
    try:
        given = json.loads(text)
        found, passed = list(hsds.from_json(given)), tuple(hsds.passed(given))
    except RecursionError:
        raise fault(_WHOLE, Message("the JSON is nested too deep; give a flatter one")) from None
    except MessageError as error:
        raise fault(_WHOLE, error.told) from None
    except ValueError as error:
        raise fault(_WHOLE, Message("{wrong}; save the file again", wrong=no_json(error))) from None
    made: list[Sheet] = []
    for kind, name in ENTRIES.items():
        rows = [clean_fields(name, row) for each, row in found if each == kind]
        if len(rows) > MOST_ROWS:
            raise fault(f"{name}.csv", _TOO_MANY)
        numbers = tuple(range(FIRST_ROW, FIRST_ROW + len(rows)))
        columns = tuple(dict.fromkeys(field for row in rows for field in row))
        made.extend([Sheet(name, columns, tuple(rows), numbers)] if rows else [])
    return Opened(tuple(made), passed)
