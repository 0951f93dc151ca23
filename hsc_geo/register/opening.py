"""Reading the rows of a file that someone brings, within bounds: whatever it claims, memory stays bounded."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from hsc_geo.data.check.reading import FIRST_ROW
from hsc_geo.domain.message import Message, MessageError, no_json
from hsc_geo.domain.problems import ProblemsError, shorten
from hsc_geo.domain.text import as_written, cell_mark, clean_text
from hsc_geo.register import cells, hsds_reading, kinds, workbook
from hsc_geo.register.cleaning import clean_fields
from hsc_geo.register.exporting import NAMES
from hsc_geo.register.sheets import (
    MARKS,
    MOST_ABOVE,
    MOST_COLUMNS,
    MOST_ROWS,
    TOO_MANY,
    WHOLE,
    Sheet,
    fault,
    is_header,
    named,
    sheet_of,
    stem,
)
from hsc_geo.register.tables import ENTRIES

LARGEST = 10_000_000  # bytes of the file
LARGEST_UNPACKED = 40_000_000  # bytes of what is packed in it
MOST_FILES = 200

_FORMS = ("csv", "xlsx", "hsds")
_HIDDEN = (".", "__MACOSX", "~", "$", "#", "@eaDir")
_UTF8 = 0x800  # the flag by which a zip says that a name is UTF-8
_KEPT_TEXT = re.compile('="([^"]*)"')
_LINE_END = re.compile("\r\n|\r|\n")
_BEGINNING = 100_000  # signs in which the header stands
_AS_TABLE = Message("save the file as CSV UTF-8; these bytes are of another encoding")
_AS_JSON = Message("save the file as UTF-8; these bytes are of another encoding")
_TELLS_MARK = "sep="  # a first line by which Excel tells itself the mark

csv.field_size_limit(max(csv.field_size_limit(), LARGEST))


@dataclass(frozen=True)
class Opened:
    """A file that was opened: its tables, and what of it was passed over."""

    sheets: tuple[Sheet, ...]
    passed: tuple[Message, ...] = ()


def opened(content: bytes, form: str) -> Opened:
    """The tables in the file, cleaned. Raises ProblemsError for a file that cannot be read or is beyond the bounds."""
    if len(content) > LARGEST:
        raise fault(
            WHOLE,
            Message(
                "the file has {n} bytes; at most {most} are taken: give it in parts",
                n=len(content),
                most=LARGEST,
            ),
        )
    if form not in _FORMS:
        raise ValueError(f"no form {form!r}; there are {', '.join(_FORMS)}")
    if kinds.is_packed(content):
        return _from_packed(content)
    why = kinds.unreadable(content)
    if why is not None:
        raise fault(WHOLE, why)
    if form == "hsds" or _is_json(content):
        return _from_hsds(content)
    sheet = _csv_sheet("", content)
    return Opened((sheet,), _above([sheet]))


def _is_json(content: bytes) -> bool:
    """Whether it is JSON, whatever form was asked: no table begins so and ends so."""
    text = content.strip(b"\xef\xbb\xbf \t\r\n")
    return text.startswith((b'{"', b"[{", b"{\n", b"{\r", b"[\n", b"[\r", b"{ ")) and text.endswith(
        (b"}", b"]")
    )


def _from_packed(content: bytes) -> Opened:
    """A workbook, or tables in a zip: what it is stands in it, not in its name."""
    with _archive(content) as archive:
        parts = frozenset(archive.namelist())
        why = kinds.other_than_tables(parts)
        if why is not None:
            raise fault(WHOLE, why)
        return _from_xlsx(content) if kinds.is_workbook(parts) else _from_zip(archive)


def _from_zip(archive: zipfile.ZipFile) -> Opened:
    files = [(_name(info), info) for info in archive.infolist()]
    files = [(name, info) for name, info in files if not name.endswith(("/", "\\"))]
    read = tuple(_csv_sheet(name, _unpack(archive, info)) for name, info in files if _is_table(name))
    if not read:
        mend = Message("the zip holds no CSV; give the tables as initiatives.csv and so on")
        raise fault(WHOLE, mend, 0, "", ", ".join(name for name, _ in files))
    return Opened(read, _passed(name for name, _ in files if not _is_table(name)) + _above(read))


def _name(info: zipfile.ZipInfo) -> str:
    """The name of a member. Some programs write UTF-8 without saying so."""
    name = info.filename
    if not info.flag_bits & _UTF8:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode()
    return " ".join(clean_text(name).splitlines())


def _is_table(path: str) -> bool:
    """Whether a member of a zip is a table, and not what a computer or a server put beside it."""
    folders = path.replace("\\", "/").split("/")
    known = path.lower().endswith(".csv") or named(stem(path))
    return bool(known) and not any(part.startswith(_HIDDEN) for part in folders)


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
        if sheet.above and not sheet.above.lower().startswith(_TELLS_MARK)
    )


def _archive(content: bytes) -> zipfile.ZipFile:
    """The zip, when what it says of itself is within bounds."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        raise fault(WHOLE, Message("this is no zip or XLSX that can be read; save it again")) from None
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
        raise fault(WHOLE, mend)
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
    text = _decoded(file or WHOLE, content, _AS_TABLE, _of_table(content))
    stream = io.StringIO(text, newline="")
    # A blank before a quotation mark belongs to neither cell: some programs write one after each comma.
    mark = _mark(text)
    lines = csv.reader(stream, delimiter=mark, strict=True, skipinitialspace=True)
    return sheet_of(file, _csv_lines(file or WHOLE, lines), mark=mark)


def _mark(text: str) -> str:
    """What stands between the cells: what the header has most of."""
    lines = text[:_BEGINNING].split("\n", MOST_ABOVE)[:MOST_ABOVE]
    header = next((line for line in lines if is_header(re.split(f'[{MARKS}"]', line))), lines[0])
    return cell_mark(header)


def _csv_lines(file: str, lines: Any) -> Iterator[tuple[int, list[str]]]:
    number = 0
    try:
        for line in lines:
            number += 1
            while line and not line[-1]:
                line.pop()
            yield number, [_as_text(cell) for cell in line]
    except csv.Error:
        mend = Message("a quotation mark is missing or stands in the wrong place; save the file as CSV again")
        raise fault(file, mend, number + 1) from None


def _as_text(cell: str) -> str:
    """A cell as it was meant: without what keeps a spreadsheet from taking it for a formula (`neutral`), and without
    that by which Excel keeps the noughts of ="001"."""
    kept = _KEPT_TEXT.fullmatch(cell)
    return kept[1] if kept else as_written(cell)


def _of_table(content: bytes) -> str:
    """UTF-8, with or without a mark, or UTF-16 with one; others cannot be known."""
    return "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"


def _decoded(file: str, content: bytes, mend: Message, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        before = content[: error.start].decode(encoding, "replace")
        row = len(_LINE_END.findall(before)) + 1
        rest = content[error.start : error.start + 30].decode("cp1252", "replace")
        raise fault(file, mend, row, "", _LINE_END.split(rest)[0]) from None


def _from_xlsx(content: bytes) -> Opened:
    try:
        with _archive(content) as archive:
            plain = workbook.readable(content, archive, _unpack)
        return _of_workbook(plain)
    except ProblemsError:
        raise
    except workbook.WorkbookError as error:
        raise fault(shorten(error.where) if error.where else WHOLE, error.told) from None
    except Exception:  # noqa: BLE001 - openpyxl raises many kinds for files that are no workbook
        raise fault(WHOLE, Message("this is no workbook (XLSX) that can be read; save it anew")) from None


def _of_workbook(content: bytes) -> Opened:
    read: list[Sheet] = []
    passed: list[str] = []
    with workbook.opened(content, passed) as book:
        titles = book.sheetnames
        for sheet in book.worksheets:
            if not named(sheet.title) and len(titles) > 1:  # a workbook of one sheet need not name it
                passed.append(sheet.title)
                continue
            found: list[cells.CellFault] = []
            lines = workbook.lines(sheet, workbook.Bounds(MOST_ROWS, MOST_COLUMNS), found)
            read.append(sheet_of(named(sheet.title), lines, found))
    if not read:
        mend = Message("no sheet is called {names}; name the sheets so", names=", ".join(NAMES))
        raise fault(WHOLE, mend, 0, "", ", ".join(titles))
    return Opened(tuple(read), _passed(passed) + _above(read))


def _from_hsds(content: bytes) -> Opened:
    text = _decoded(WHOLE, content, _AS_JSON, _of_json(content))
    try:
        given = _json(text)
        found, passed = list(hsds_reading.from_json(given)), tuple(hsds_reading.passed(given))
    except RecursionError:
        raise fault(WHOLE, Message("the JSON is nested too deep; give a flatter one")) from None
    except MessageError as error:
        raise fault(WHOLE, error.told) from None
    except ValueError as error:
        raise fault(WHOLE, Message("{wrong}; save the file again", wrong=no_json(error))) from None
    made: list[Sheet] = []
    for kind, name in ENTRIES.items():
        rows = [clean_fields(name, row) for each, row in found if each == kind]
        if len(rows) > MOST_ROWS:
            raise fault(f"{name}.csv", TOO_MANY)
        numbers = tuple(range(FIRST_ROW, FIRST_ROW + len(rows)))
        columns = tuple(dict.fromkeys(field for row in rows for field in row))
        made.extend([Sheet(name, columns, tuple(rows), numbers, header=0)] if rows else [])
    return Opened(tuple(made), passed)


def _of_json(content: bytes) -> str:
    """The encoding of JSON, which begins with signs of ASCII and so tells it (RFC 4627, 3)."""
    found = json.detect_encoding(content)
    return found if found.startswith("utf-16") else "utf-8-sig"


def _json(text: str) -> Any:
    """What the text says; lines that are each an object (JSON Lines) are a list of them."""
    try:
        return json.loads(text, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2 or not all(
            line.lstrip().startswith("{") and line.rstrip().endswith("}") for line in lines
        ):
            raise
        with suppress(json.JSONDecodeError):
            return [json.loads(line, object_pairs_hook=_once) for line in lines]
        raise error from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object; of a name that stands twice nobody can tell which is meant."""
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise MessageError(
            Message("the name {name} stands twice in one object; keep one", name=shorten(twice))
        )
    return made
