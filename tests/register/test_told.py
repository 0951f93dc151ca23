"""Every fault that a file can have is told in words that a screen can translate."""

from __future__ import annotations

import ast
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook

from hsc_geo.domain.message import Message
from hsc_geo.register import Register, cells, hsds, importing, opening, texts, workbook
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


def entities() -> bytes:
    target = io.BytesIO(as_xlsx({"initiative_id": "LEI-010"}))
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("xl/extra.xml", "<!DOCTYPE x><x/>")
    return target.getvalue()


FILES = [
    ("csv", b"x" * (opening.LARGEST + 1)),
    ("csv", b"PK\x03\x04nonsense"),
    ("csv", b"PK\x03\x04".join(zipped(a=b"b").split(b"PK\x03\x04")).replace(b".csv", b".txt")),
    ("csv", zipped(**{f"a{n}": b"" for n in range(opening.MOST_FILES + 1)})),
    ("csv", zipped(initiatives=b"initiative_id,name\n").replace(b"initiative_id,n", b"initiative_id,N")),
    ("csv", b'initiative_id,name\nLEI-010,"a\n'),
    ("csv", BROKEN["latin-1"]),
    ("csv", b"initiative_id\n" + b"LEI-010\n" * (opening.MOST_ROWS + 1)),
    ("csv", BROKEN["too many cells"]),
    ("csv", b"initiative_id,name\nLEI-010," + b"x" * (opening.LONGEST + 1)),
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
]


# Files of which something is passed over, and workbooks in which a cell is no text.
BESIDE = [
    ("csv", zipped(initiatives=PLACED, **{".read me": b""})),
    ("csv", b"A title\ninitiative_id,name\n"),
    ("xlsx", far("XFD1048576")),
    ("hsds", b'{"services": [], "programs": [1]}'),
    ("hsds", b'{"contents": [{"url": "x"}], "total_pages": 2, "page_number": 1}'),
    ("xlsx", as_xlsx({"initiative_id": "LEI-010", "name": "=A1", "partners": "#N/A"})),
]


def templates(*modules: object) -> Iterator[str]:
    """Every text of these modules that is made as a Message."""
    for module in modules:
        tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))  # type: ignore[attr-defined]
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Message":
                yield ast.literal_eval(node.args[0])


def test_every_fault_of_a_file_is_met_and_can_be_told_in_another_language(sqlite_register: Register) -> None:
    reports = [sqlite_register.read_import(content, form) for form, content in (*FILES, *BESIDE)]
    found = [problem for report in reports for problem in report.problems]
    assert [str(problem) for problem in found if not isinstance(problem.mend, Message)] == []
    met = {problem.mend.template for problem in found if isinstance(problem.mend, Message)}
    met |= {told.template for report in reports for told in report.passed}
    met |= {problem.file.template for problem in found if isinstance(problem.file, Message)}
    assert set(templates(opening, importing, hsds, workbook, cells, texts)) - met == set()


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
