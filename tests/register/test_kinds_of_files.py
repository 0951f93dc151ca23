"""Files under any name and of any habit: each is read as what it is, or one fault names the place and the mend."""

from __future__ import annotations

import datetime as dt
import io
import time
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from hsc_geo.register import Register, workbook
from hsc_geo.register.cells import is_error, is_nothing
from hsc_geo.register.sheets import letters
from tests.register.forms import as_csv, as_xlsx
from tests.register.raw_workbook import packed, sheet

ROW = {"initiative_id": "LEI-005", "note_nl": "Een noot.", "note_en": "A note."}
TABLE = as_csv(ROW)


def zipped(*files: tuple[str, bytes], marked: bool = True) -> bytes:
    """A zip; marked: whether it says that its names are UTF-8."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files:
            archive.writestr(name, content)
    content = target.getvalue()
    return content if marked else content.replace(b"\x00\x08\x00\x00", b"\x00\x00\x00\x00")


def book(*rows: list[Any], form: str = "", change: Callable[[Any], object] | None = None) -> bytes:
    """A workbook of one sheet; form: the number format of B2."""
    made = Workbook()
    first = made.worksheets[0]
    for row in rows:
        first.append(row)
    if form:
        first["B2"].number_format = form
    if change:
        change(first)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def notes(register: Register, content: bytes, form: str = "csv") -> list[str]:
    report = register.read_import(content, form)
    assert report.errors == []
    return [row["note_nl"] for row in report.rows["initiatives"]]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize(
    "content",
    [
        TABLE,
        zipped(("a/b/initiatives.csv", TABLE)),
        zipped(("a\\initiatives.txt", TABLE)),
        zipped(("Initiatives.TSV", TABLE.replace(b",", b"\t"))),
        as_xlsx(ROW),
        TABLE.replace(b",", b"|"),
        b"SEP=|\r\n" + TABLE.replace(b",", b"|"),
        b'initiative_id, "note_nl", "note_en"\nLEI-005, "Een noot.", "A, note."\n',
        b'Initiative ID;Note-NL;note_en\n"=""LEI-005""";"=""Een noot.""";A note.\n',
        b",,\n" * 25 + TABLE,
        b",initiative_id,note_nl,note_en,,\r\n,LEI-005,Een noot.,A note.,,\r\n,,,,,\r\n",
    ],
    ids=range(11),
)
def test_a_file_is_what_stands_in_it(sqlite_register: Register, form: str, content: bytes) -> None:
    assert notes(sqlite_register, content, form) == ["Een noot."]


@pytest.mark.parametrize(
    "beside",
    [
        "~$initiatives.csv",
        "$RECYCLE.BIN/initiatives.csv",
        "@eaDir/initiatives.csv",
        "#recycle/initiatives.csv",
    ],
)
def test_what_servers_put_beside_a_table(sqlite_register: Register, beside: str) -> None:
    content = zipped(("initiatives.csv", TABLE), (beside, b"\x00\x01"))
    report = sqlite_register.read_import(content, "csv")
    assert report.errors == []
    assert [beside in str(each) for each in report.passed] == [True]


@pytest.mark.parametrize("marked", [True, False])
def test_names_in_a_zip_are_read_as_they_were_written(sqlite_register: Register, marked: bool) -> None:
    content = zipped(("Geexporteerd/initiatives.csv", TABLE), ("cafe\u0301.jpg", b""), marked=marked)
    assert [str(each)[:9] for each in sqlite_register.read_import(content, "csv").passed] == ["café.jpg:"]


def test_a_zip_without_a_table_names_what_it_holds(sqlite_register: Register) -> None:
    ((_, _, value, _),) = sqlite_register.read_import(
        zipped(("export.zip", b""), ("a.docx", b"")), "csv"
    ).errors
    assert value == "export.zip, a.docx"


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_the_row_of_another_encoding(sqlite_register: Register, end: str) -> None:
    content = end.join(["initiative_id,note_nl", "LEI-006,x", "LEI-005,Café ’s middags", "LEI-007,y"]).encode(
        "cp1252"
    )
    ((row, _, value, _),) = sqlite_register.read_import(content, "csv").errors
    assert (row, value) == (3, "é ’s middags")


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (book(["initiative_id;note_nl"], ["LEI-005;x"]), (1, "", "initiative_id;note_nl")),
        (book(["initiative_id", "note_nl"], ["LEI-005", "x", None, "y"]), (2, "", "y")),
        (book(["initiative_id", "=A1"], ["LEI-005", "x"]), (1, "=A1", "=A1")),
        (book(["initiative_id", "#REF!"], ["LEI-005", "x"]), (1, "#REF!", "#REF!")),
        (book(["=1", "note_nl"], ["LEI-005", "x"]), (1, "A", "=1")),
        (book(["titel"], *[[]] * 31, ["initiative_id"]), (1, "", "titel")),
        (
            book(
                ["initiative_id", "note_nl"],
                ["LEI-005", "x"],
                ["LEI-006"],
                change=lambda s: s.merge_cells("B2:B3"),
            ),
            (2, "note_nl", "x"),
        ),
        (
            book(["initiative_id", "note_nl"], ["LEI-005", dt.date(2026, 3, 1)], form="d-mmm"),
            (2, "note_nl", "2026-03-01"),
        ),
        (
            book(
                ["initiative_id", "note_nl"],
                ["LEI-005", "x"],
                change=lambda s: s.__setitem__("B2", ArrayFormula("B2:B3", "=A2:A3")),
            ),
            (2, "note_nl", "=A2:A3"),
        ),
        (
            packed(
                {
                    "initiatives": sheet(
                        '<row r="1"><c r="A1" t="inlineStr"><is><t>initiative_id</t></is></c></row>'
                        '<row r="2"><c r="A2"><v>1e999</v></c></row>'
                    )
                }
            ),
            (2, "initiative_id", "inf"),
        ),
    ],
    ids=range(10),
)
def test_each_fault_of_a_sheet_is_told_once_and_by_its_place(
    sqlite_register: Register, content: bytes, place: tuple[int, str, str]
) -> None:
    (found,) = sqlite_register.read_import(content, "xlsx").errors
    assert found[:3] == place


@pytest.mark.parametrize(
    ("value", "form", "meant"),
    [
        (715165000, "0###-######", "0715-165000"),
        (31715165000, "+##-##-#######", "+31-71-5165000"),
        (12, '"Lokaal "0', "Lokaal 12"),
        (1234.5, '"€" #,##0.00', "€ 1234.50"),
        (7.5, "[$€-413] #,##0.00;-0", "€ 7.50"),
        (1_500_000, '0.0,,"M"', "1500000"),
        (1234.5, "#,##0.00", "1234.5"),
        (0.125, "0.0%", "12.5%"),
        (0.5, "# ?/?", "0.5"),
        (3, "@", "3"),
        (dt.time(9, 30), "h:mm", "9:30"),
        (dt.timedelta(hours=30), "[h]:mm", "30:00"),
        (dt.datetime(2024, 5, 31, 13, 30), "d-m-yyyy h:mm", "2024-05-31 13:30"),
        ("a_xD83D__xDE00_", "General", "a\U0001f600"),
    ],
)
def test_a_cell_keeps_what_its_format_says(
    sqlite_register: Register, value: Any, form: str, meant: str
) -> None:
    content = book(["initiative_id", "note_nl"], ["LEI-005", value], form=form)
    assert [row["note_nl"] for row in sqlite_register.read_import(content, "xlsx").rows["initiatives"]] == [
        meant
    ]


def test_a_sheet_with_only_a_chart_is_passed_over_and_named(sqlite_register: Register) -> None:
    content = book(list(ROW), list(ROW.values()), change=lambda s: s.parent.create_chartsheet("Grafiek"))
    report = sqlite_register.read_import(content, "xlsx")
    assert report.errors == []
    assert [str(each).split(":")[0] for each in report.passed] == ["Grafiek"]


@pytest.mark.parametrize(
    "text", ["#BEZUG!", "#n/a", "#VELD!", "Err:508", "Fout:522", "#######", "\\N", "nan", "[object Object]"]
)
def test_what_programs_show_for_an_error_or_nothing(text: str) -> None:
    assert is_error(text) or is_nothing(text)


@pytest.mark.parametrize("text", ["#Leiden", "# 1", "NULL", "None", "###", "none", "Error", "N.v.t."])
def test_what_people_write_is_none(text: str) -> None:
    assert not is_error(text)
    assert not is_nothing(text)


@pytest.mark.parametrize("key", ["LEI-999", "LEI_005", "Totaal: 5", ""])
def test_a_row_that_is_no_known_entry_is_told_once(sqlite_register: Register, key: str) -> None:
    content = as_csv({"initiative_id": key, "note_nl": "x", "note_en": "y"}, ROW)
    ((row, column, value, _),) = sqlite_register.read_import(content, "csv").errors
    assert (row, column, value) == (2, "initiative_id", key)


def test_many_cells_with_nothing_but_a_format_are_quick(sqlite_register: Register) -> None:
    head = '<row r="1"><c r="A1" t="inlineStr"><is><t>initiative_id</t></is></c></row>'
    blank = "".join(f'<row r="{n}"><c r="A{n}" s="0"/><c r="B{n}" s="0"></c></row>' for n in range(2, 90_000))
    filled = '<row r="5"><c r="A5" t="inlineStr"><is><t>LEI-005</t></is></c></row>'
    content = packed({"initiatives": sheet(head + filled + blank)})
    found = sqlite_register.read_import(content, "xlsx").rows["initiatives"]
    assert found == ({"initiative_id": "LEI-005"},)


@pytest.mark.parametrize("tag", [b'<c r="', b'<row r="', b'<c r="A1">', b'<mergeCell ref="', b'<c r="A1"/'])
def test_no_sheet_takes_longer_than_it_is_long(tag: bytes) -> None:
    """Patterns that look on from each tag to the end would take minutes for this."""
    made = tag * 5_000
    began = time.process_time()
    for pattern in (workbook._CELL, workbook._EMPTY_CELL, workbook._EMPTY_ROW, workbook._MERGED):
        pattern.sub(b"", made)
    assert time.process_time() - began < 5


def test_letters_of_columns() -> None:
    assert [letters(place) for place in (0, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]
