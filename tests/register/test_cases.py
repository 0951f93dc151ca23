"""Files as other programs make them, rebuilt by hand: each kind is read as it is meant, or its fault told in words."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from hsc_geo.register import ImportReport, Register
from hsc_geo.register.cells import escaped, unescaped
from tests.register.forms import as_csv, as_xlsx
from tests.register.samples import STEWARD

STRICT = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        "http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
}
ROW = {"initiative_id": "LEI-005", "note_nl": "Een noot.", "note_en": "A note."}


def packed(**files: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__in__", "/"), content)
    return target.getvalue()


def workbook(sheets: Mapping[str, list[list[Any]]], forms: Mapping[str, str] | None = None) -> bytes:
    """A workbook with these sheets; forms: cell -> number format, in the first sheet."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    for cell, form in (forms or {}).items():
        book.worksheets[0][cell].number_format = form
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def strict(content: bytes) -> bytes:
    source, target = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            part = source.read(name)
            for usual, its in STRICT.items():
                part = part.replace(usual.encode(), its.encode())
            archive.writestr(name, part)
    return target.getvalue()


def taken(register: Register, content: bytes, form: str) -> tuple[int, int]:
    """(added, changed) by an import in which nothing is wrong."""
    report = register.read_import(content, form)
    assert report.errors == []
    done = register.import_rows(report, STEWARD, "x")
    return done.added, done.changed


def faults(report: ImportReport) -> list[tuple[int, str]]:
    return [(row, column) for row, column, *_ in report.errors]


def entry(register: Register, key: str = "LEI-005") -> Any:
    return register.tables()["initiatives"].loc[key]


@pytest.mark.parametrize(
    "beside",
    [
        "__MACOSX/export/._initiatives.csv",
        "export/.DS_Store",
        "Thumbs.db",
        "desktop.ini",
        ".git/x.csv",
        "lees mij.txt",
    ],
)
def test_what_a_computer_puts_beside_a_table_is_passed_over_and_named(
    sqlite_register: Register, beside: str
) -> None:
    content = packed(**{"export/Initiatives.CSV": as_csv(ROW), beside: b"\x00\x05\x16\x07\xff"})
    report = sqlite_register.read_import(content, "csv")
    assert [beside in str(each) for each in report.passed] == [True]
    assert taken(sqlite_register, content, "csv") == (0, 1)


@pytest.mark.parametrize("title", ["Initiatives", " initiatives ", "INITIATIVES"])
def test_sheets_are_known_whatever_their_capitals_and_others_are_named(
    sqlite_register: Register, title: str
) -> None:
    rows = [["Initiative_ID", " Note_NL", "note_en"], list(ROW.values())]
    content = workbook({title: rows, "Uitleg": [["Zo vul je dit in"]]})
    report = sqlite_register.read_import(content, "xlsx")
    assert ["Uitleg" in str(each) for each in report.passed] == [True]
    assert taken(sqlite_register, content, "xlsx") == (0, 1)
    assert entry(sqlite_register)["note_nl"] == "Een noot."


@pytest.mark.parametrize(
    ("stored", "meant"),
    [
        ("Een_x000D_\nTwee", "Een\nTwee"),
        ("_x005F_x000D_", "_x000D_"),
        ("x_y_xZZZZ_", "x_y_xZZZZ_"),
        ("a_x0009_b", "a\tb"),
    ],
)
def test_escapes_of_a_workbook(sqlite_register: Register, stored: str, meant: str) -> None:
    content = workbook({"initiatives": [list(ROW), ["LEI-005", stored, "x"]]})
    taken(sqlite_register, content, "xlsx")
    assert entry(sqlite_register)["note_nl"] == meant
    assert unescaped(escaped(meant)) == meant
    assert taken(sqlite_register, sqlite_register.export("xlsx"), "xlsx") == (0, 0)


@pytest.mark.parametrize("value", ["#N/A", "#VERW!", "=A2", '=HYPERLINK("http://x","y")', "=1/0"])
def test_errors_and_formulas_are_no_text(sqlite_register: Register, value: str) -> None:
    content = workbook({"initiatives": [list(ROW), ["LEI-005", value, "x"], ["LEI-006", "goed", value]]})
    report = sqlite_register.read_import(content, "xlsx")
    assert faults(report) == [(2, "note_nl"), (3, "note_en")]
    if value.startswith("#"):
        lines = as_csv({**ROW, "note_nl": value})
        assert faults(sqlite_register.read_import(lines, "csv")) == [(2, "note_nl")]


@pytest.mark.parametrize(
    ("value", "form", "column", "meant"),
    [
        (715161718, "0000000000", "contact", "0715161718"),
        (0.5, "0%", "note_nl", "50%"),
        (dt.datetime(2024, 5, 1), "mmm-yy", "start_date", "2024-05"),
        (dt.datetime(2024, 5, 1), "[$-413]mmmm yyyy;@", "start_date", "2024-05"),
        (dt.datetime(2024, 1, 1), "yyyy", "start_date", "2024"),
        (dt.datetime(2024, 5, 31), "d-m-yyyy", "start_date", "2024-05-31"),
        (2021.0, "General", "note_nl", "2021"),
        (0.1 + 0.2, "General", "note_nl", "0.3"),
        (1e-7, "General", "note_nl", "0.0000001"),
    ],
)
def test_a_cell_is_what_its_format_shows(
    sqlite_register: Register, value: Any, form: str, column: str, meant: str
) -> None:
    rows = [["initiative_id", column, "note_en"], ["LEI-005", value, "x"]]
    content = workbook({"initiatives": rows}, {"B2": form})
    found = sqlite_register.read_import(content, "xlsx").rows["initiatives"]
    assert found[0][column] == meant


def test_strict_open_xml(sqlite_register: Register) -> None:
    content = strict(workbook({"initiatives": [list(ROW), list(ROW.values())]}))
    assert b"purl.oclc.org" in zipfile.ZipFile(io.BytesIO(content)).read("xl/workbook.xml")
    assert taken(sqlite_register, content, "xlsx") == (0, 1)


@pytest.mark.parametrize("cell", ["XFD1048576", "A1048576", "XFD2", "CD2"])
def test_a_far_cell_is_refused_by_its_name(sqlite_register: Register, cell: str) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(list(ROW))
    book.active.append(list(ROW.values()))
    book.active[cell] = "x"
    target = io.BytesIO()
    book.save(target)
    ((_, _, _, mend),) = sqlite_register.read_import(target.getvalue(), "xlsx").errors
    assert cell in mend


def test_a_far_cell_with_nothing_in_it_does_not_matter(sqlite_register: Register) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(list(ROW))
    book.active.append(list(ROW.values()))
    book.active["XFD1048576"].number_format = "0%"
    target = io.BytesIO()
    book.save(target)
    assert get_column_letter(16384) == "XFD"
    assert taken(sqlite_register, target.getvalue(), "xlsx") == (0, 1)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_text_is_composed_and_a_row_of_blanks_is_none(sqlite_register: Register, form: str) -> None:
    rows = [
        {**ROW, "note_nl": "Koffie in het Cafe\u0301\u200b"},
        dict.fromkeys(ROW, "\u00a0 "),
        dict.fromkeys(ROW, ""),
    ]
    content = as_csv(*rows) if form == "csv" else as_xlsx(*rows)
    assert taken(sqlite_register, content, form) == (0, 1)
    assert entry(sqlite_register)["note_nl"] == "Koffie in het Caf\u00e9"


def test_rows_without_an_id_have_each_their_own_faults(sqlite_register: Register) -> None:
    rows = [
        {"initiative_id": "", "name": "Wandelclub", "latitude": "vijftig", "longitude": ""},
        {"initiative_id": "", "name": "<b>Kookclub</b>", "latitude": "52.16", "longitude": "4.49"},
        {"initiative_id": "LEI-005", "name": "", "latitude": "", "longitude": ""},
        {"initiative_id": "LEI-005", "name": "Goed", "latitude": "", "longitude": ""},
    ]
    found = faults(sqlite_register.read_import(as_csv(*rows), "csv"))
    assert {(2, "latitude"), (3, "name"), (4, "name")} <= set(found)
    assert {(2, "name"), (3, "latitude"), (5, "name")}.isdisjoint(found)
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    "text",
    [
        "initiative_id;latitude;longitude;start_date;last_confirmed\nLEI-005;52,158162;4,490852;8-11-2022;28-11-2026\n",
        "initiative_id;latitude;longitude;start_date;last_confirmed\n"
        "LEI-005;52,158162;4,490852;8-11-2022 0:00;2026-11-28 00:00:00\n",
        "initiative_id;latitude;longitude;start_date;last_confirmed\nLEI-005;52.158162;4.490852;08-11-2022;2026-11-28\n",
        "initiative_id,latitude,longitude,start_date,last_confirmed\nLEI-005,\uff15\uff12.158162,4.490852,"
        "\u0662\u0660\u0662\u0662-11-08,2026-11-28\n",
    ],
)
def test_a_file_of_a_dutch_program(sqlite_register: Register, text: str) -> None:
    assert taken(sqlite_register, b"\xef\xbb\xbf" + text.encode(), "csv") == (0, 1)
    row = entry(sqlite_register)
    assert (row["start_date"], row["last_confirmed"]) == ("2022-11-08", "2026-11-28")
    places = sqlite_register.tables()["initiative_places"]
    mine = places[places["initiative_id"] == "LEI-005"].iloc[0]
    assert (mine["latitude"], mine["longitude"]) == (52.158162, 4.490852)


@pytest.mark.parametrize("column", ["start_date", "last_confirmed", "start_year"])
@pytest.mark.parametrize("value", ["31-2-2022", "2022-02-31", "2022-13", "soon", "8/11/2022"])
def test_a_day_that_is_none_is_told_once_and_in_words(
    sqlite_register: Register, column: str, value: str
) -> None:
    report = sqlite_register.read_import(as_csv({"initiative_id": "LEI-005", column: value}), "csv")
    assert faults(report) == [(2, column)]
    assert "\\d" not in report.errors[0][3]


ORGANISATION = {"name": "Stichting", "description": "Helps.", "website": "https://www.example.org/"}
LOCATION = {"name": "Buurthuis", "location_type": "physical", "latitude": 52.16, "longitude": 4.49}
SERVICE = {
    "name": "Wandelclub",
    "description": "Walks.",
    "status": "active",
    "url": "https://www.example.org/",
}


@pytest.mark.parametrize(
    ("member", "table"),
    [(ORGANISATION, "organisations"), (SERVICE, "initiatives"), (LOCATION, "venues")],
    ids=["organisation", "service", "location"],
)
def test_a_page_of_a_list_is_taken_for_what_its_members_are(
    sqlite_register: Register, member: dict[str, Any], table: str
) -> None:
    page = {"total_items": 3, "total_pages": 3, "page_number": 1, "contents": [{"id": "7c1f8d52", **member}]}
    report = sqlite_register.read_import(json.dumps(page).encode(), "hsds")
    assert {problem.file for problem in report.problems} == {f"{table}.csv"}
    assert any("3" in str(each) for each in report.passed)


def test_a_page_that_could_be_anything_is_refused_with_what_it_holds(sqlite_register: Register) -> None:
    page = json.dumps({"contents": [{"id": "1", "name": "x", "description": "y"}]}).encode()
    ((_, _, _, mend),) = sqlite_register.read_import(page, "hsds").errors
    assert "description, id, name" in mend


def test_two_services_of_others_have_each_their_own_faults(sqlite_register: Register) -> None:
    one = {**SERVICE, "id": "9c1f8d52-7b0e-4f0e-9d53-3a1c6a7f1e01", "name": "", "url": "geen adres"}
    other = {**SERVICE, "id": "9c1f8d52-7b0e-4f0e-9d53-3a1c6a7f1e02"}
    content = {"services": [one, other], "programs": [{"id": "1"}]}
    report = sqlite_register.read_import(json.dumps(content).encode(), "hsds")
    assert {(2, "name"), (2, "source_url")} <= set(faults(report))
    assert {(3, "name"), (3, "source_url")}.isdisjoint(faults(report))
    assert ["programs" in str(each) for each in report.passed] == [True]


def test_addresses_of_a_location_are_read_and_written(sqlite_register: Register) -> None:
    postal = {"address_type": "postal", "address_1": "Postbus 1", "city": "Leiden", "postal_code": "2300 AA"}
    here = {"address_type": "physical", "address_1": "Plein 1", "city": "Leiden", "postal_code": "2316 AB"}
    for name in ("addresses", "physical_addresses"):
        service = {**SERVICE, "service_at_locations": [{"location": {**LOCATION, name: [postal, here]}}]}
        found = sqlite_register.read_import(json.dumps({"services": [service]}).encode(), "hsds")
        assert found.errors
        assert [row["address"] for row in found.rows["initiatives"]] == ["Plein 1, 2316 AB Leiden"]
    written = json.loads(sqlite_register.export("hsds"))
    known = [each for each in written["locations"] if each.get("addresses")]
    assert known
    assert all(each["addresses"][0]["country"] == "NL" for each in known)
