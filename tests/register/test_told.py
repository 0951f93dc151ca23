"""Every fault that a file can have is told in words that a screen can translate."""

from __future__ import annotations

import ast
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from hsc_geo.domain.message import Message
from hsc_geo.register import Register, cells, hsds_reading, importing, kinds, opening, sheets, texts, workbook
from hsc_geo.register.tables import CONFIRMED
from tests.register.forms import AREAS, BROKEN, as_csv, as_xlsx, fresh

PLACED = as_csv(fresh(precision="unknown"))
UNPLACED = as_csv(fresh(precision="district"))


def zipped(**files: bytes) -> bytes:
    """A zip of CSV files; `__` in a name stands for a folder."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/") + ".csv", content)
    return target.getvalue()


def far(cell: str) -> bytes:
    made = Workbook()
    assert made.active is not None
    made.active.append(["initiative_id"])
    made.active[cell] = "x"
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def book(*titles: str) -> bytes:
    made = Workbook()
    assert made.active is not None
    made.active.title = titles[0]
    for title in titles[1:]:
        made.create_sheet(title)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def merged() -> bytes:
    """With cells that are merged, and a day that does not show its year."""
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.append(["initiative_id", "name", "partners"])
    sheet.append(["LEI-010", "x", date(2026, 3, 1)])
    sheet["C2"].number_format = "d-mmm"
    sheet.merge_cells("B2:B3")
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def entities() -> bytes:
    target = io.BytesIO(as_xlsx({"initiative_id": "LEI-010"}))
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("xl/extra.xml", "<!DOCTYPE x><x/>")
    return target.getvalue()


def parts(**given: bytes) -> bytes:
    """A zip with these parts; `__` in a name stands for a folder, `_` for a point."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in given.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return target.getvalue()


OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Files of other programs, by what is told of them.
OTHERS = {
    "a PDF": b"%PDF-1.7",
    "a picture": b"\x89PNG\r\n",
    "an archive that is no zip, such as 7z or RAR": b"7z\xbc\xaf'\x1c",
    "a document of a word processor": parts(word__document_xml=b""),
    "a workbook in binary form (XLSB)": parts(xl__workbook_bin=b""),
    "a document of Numbers, Pages or Keynote": parts(Index__Document_iwa=b""),
    "a presentation": parts(ppt__presentation_xml=b""),
    "an OpenDocument file, such as ODS": parts(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"),
    "a workbook that is locked with a password": OLD_OFFICE + "EncryptedPackage".encode("utf-16-le"),
    "a workbook of before 2007 (XLS)": OLD_OFFICE,
    "a web page (HTML)": b"\xef\xbb\xbf\n<!DOCTYPE html><table>",
    "XML": b"<?xml version='1.0'?><Workbook/>",
}

FILES = [
    ("csv", b"x" * (opening.LARGEST + 1)),
    ("csv", b"PK\x03\x04nonsense"),
    ("csv", b"PK\x03\x04".join(zipped(a=b"b").split(b"PK\x03\x04")).replace(b".csv", b".txt")),
    ("csv", zipped(**{f"a{n}": b"" for n in range(opening.MOST_FILES + 1)})),
    ("csv", zipped(initiatives=b"initiative_id,name\n").replace(b"initiative_id,n", b"initiative_id,N")),
    ("csv", b'initiative_id,name\nLEI-010,"a\n'),
    ("csv", BROKEN["latin-1"]),
    ("csv", b"initiative_id\n" + b"LEI-010\n" * (sheets.MOST_ROWS + 1)),
    ("csv", BROKEN["too many cells"]),
    ("csv", b"initiative_id,name\nLEI-010," + b"x" * (sheets.LONGEST + 1)),
    ("csv", BROKEN["other columns"]),
    ("csv", BROKEN["strange column"]),
    ("csv", BROKEN["twice a column"]),
    ("csv", zipped(venues=b"latitude\n52.1\n")),
    ("csv", zipped(a__initiatives=PLACED, b__initiatives=PLACED)),
    ("csv", as_csv(fresh(initiative_id="ORG-900", **{CONFIRMED: "21-11-2026"}))),
    ("csv", zipped(initiative_areas=AREAS + b"LEI-999,BU05460302,neighbourhood,stated,\n")),
    (
        "csv",
        zipped(initiatives=PLACED, initiative_areas=AREAS + b"LEI-900,BU05460302,neighbourhood,stated,\n"),
    ),
    ("csv", zipped(initiatives=UNPLACED, initiative_areas=AREAS)),
    ("xlsx", zipped(a=b"")),
    ("xlsx", entities()),
    ("xlsx", book("one", "other")),
    ("hsds", BROKEN["list"]),
    ("hsds", b'{"services": [], "organizations": 1}'),
    ("hsds", BROKEN["service no object"]),
    ("hsds", BROKEN["deep"]),
    ("hsds", BROKEN["links no json"]),
    ("hsds", b"{"),
    ("hsds", b'{"contents": [{"id": "1", "name": "x"}]}'),
    ("hsds", b'{"services": [' + b"1" * 5000 + b"]}"),
    ("csv", as_csv({"initiative_id": "LEI-010", "name": "x" * 201, "partners": "dhr. Jansen"})),
    *(("xlsx", content) for content in OTHERS.values()),
    ("xlsx", parts(xl__workbook_xml=b"")),
    ("csv", b" \r\n"),
    ("csv", b"initiative_id" + b",x" * 80),
    ("csv", b'"initiative_id,name"\n"LEI-010,x"\n'),
    ("csv", b"initiative_id\tname\nLEI-010\tx\ty\n"),
    ("csv", b"initiative_id,,name\nLEI-010,x,y\n"),
    ("csv", b"initiative_id,note_nl\n,x\nLEI-999,x\n"),
    ("csv", b"initiative_id,name\nLEI-010,nan\n"),
    ("csv", "initiative_id,name\nLEI-010,CafÃ©\n".encode()),
    ("csv", zipped(initiative_areas=b"initiative_id\nLEI-010\n")),
    ("hsds", '{"services": [{"name": "Café"}]}'.encode("latin-1")),
    ("hsds", b'{"services": [{"name": "a", "name": "b"}]}'),
    ("hsds", b'{"features": []}'),
]


# Files of which something is passed over, and workbooks in which a cell is no text.
BESIDE = [
    ("csv", zipped(initiatives=PLACED, **{".read me": b""})),
    ("csv", b"A title\ninitiative_id,name\n"),
    ("xlsx", far("XFD1048576")),
    ("hsds", b'{"services": [], "programs": [1]}'),
    ("hsds", b'{"contents": [{"status": "x"}], "total_pages": "2", "page_number": 1}'),
    ("hsds", b'{"contents": [{"status": "x", "colour": 1}], "total_items": 2, "other": "x"}'),
    ("hsds", b'{"contents": [{"status": "x"}], "last_page": false}'),
    (
        "hsds",
        json.dumps({"services": [{"service_at_locations": [{"location": {"name": "x"}}] * 11}]}).encode(),
    ),
    ("xlsx", as_xlsx({"initiative_id": "LEI-010", "name": "=A1", "partners": "#N/A"})),
    ("xlsx", merged()),
]


def templates(*modules: object) -> Iterator[str]:
    """Every text of these modules that is made as a Message."""
    for module in modules:
        tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))  # type: ignore[attr-defined]
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Message":
                yield ast.literal_eval(node.args[0])


def within(told: object) -> Iterator[str]:
    """The template of what is told, and those of its values."""
    if isinstance(told, Message):
        yield told.template
        for value in told.values.values():
            yield from within(value)


@pytest.mark.parametrize("what", OTHERS)
@pytest.mark.parametrize("form", ["csv", "xlsx", "hsds"])
def test_a_file_of_another_program_is_called_what_it_is(
    sqlite_register: Register, form: str, what: str
) -> None:
    ((_, _, _, mend),) = sqlite_register.read_import(OTHERS[what], form).errors
    assert what in mend


def test_every_fault_of_a_file_is_met_and_can_be_told_in_another_language(sqlite_register: Register) -> None:
    reports = [sqlite_register.read_import(content, form) for form, content in (*FILES, *BESIDE)]
    found = [problem for report in reports for problem in report.problems]
    assert [str(problem) for problem in found if not isinstance(problem.mend, Message)] == []
    told = [
        *(each for problem in found for each in (problem.mend, problem.file)),
        *(each for report in reports for each in report.passed),
    ]
    met = {template for each in told for template in within(each)}
    assert (
        set(templates(opening, sheets, kinds, importing, hsds_reading, workbook, cells, texts)) - met == set()
    )


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("form", ["csv", "xlsx", "hsds"])
def test_what_is_broken_is_told_so_too(sqlite_register: Register, form: str, name: str) -> None:
    problems = sqlite_register.read_import(BROKEN[name], form).problems
    assert all(isinstance(problem.mend, Message) for problem in problems)


def test_a_table_of_others_with_many_faults_is_told_so_too(sqlite_register: Register) -> None:
    service = {
        "id": "LEI-950",
        "name": "<b>x</b>",
        "status": "gone",
        "url": "no link",
        "description": "a\u202eb",
    }
    problems = sqlite_register.read_import(json.dumps({"services": [service]}).encode(), "hsds").problems
    assert len(problems) > 8
    assert all(isinstance(problem.mend, Message) for problem in problems)
