"""Export and import: the same register comes back, faults are told by row and column."""

from __future__ import annotations

import csv
import io
import json
import threading
import time
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from hsc_geo.data.load import Package
from hsc_geo.domain.text import as_written, neutral
from hsc_geo.register import ImportRefused, Register, open_register
from hsc_geo.register import opening as bounds
from hsc_geo.register.importing import ImportReport
from tests.register.forms import AREAS, BROKEN, FORMS, as_csv, as_xlsx, fresh
from tests.register.samples import ADMINISTRATOR, STEWARD, agree, correction, last_confirmed, new, taken

PARTS = b"initiative_id,organisation_name,organisation_id,role\n"
HOSTILE = [
    "=1+1",
    "+31",
    "-x",
    "@SUM(A1)",
    "'=1",
    "''+x",
    "'quoted'",
    "a\nb",
    "a;b,c\td",
    "<b>",
    "\u202eabc",
    "漢字",
    "007",
]
repeatable = settings(max_examples=60, deadline=None, derandomize=True, database=None)


def tables(register: Register) -> dict[str, str]:
    return {name: table.to_csv() for name, table in register.tables().items()}


def row_of(register: Register, entity_id: str = "LEI-010") -> dict[str, str]:
    """One initiative as a row of CSV."""
    with zipfile.ZipFile(io.BytesIO(register.export("csv"))) as archive:
        lines = csv.DictReader(io.StringIO(archive.read("initiatives.csv").decode("utf-8-sig"), newline=""))
        return next(row for row in lines if row["initiative_id"] == entity_id)


@pytest.mark.parametrize("form", FORMS)
def test_exported_and_imported_it_is_the_same_register(
    register: Register, new_url: Callable[..., str], store_name: str, package: Package, form: str
) -> None:
    taken(
        register,
        new(name="=1+1", partners="-2|@x", description_nl='\'=quoted \n next line, with "quotes" 漢'),
    )
    taken(register, correction("LEI-010", name="'quoted'", note_nl="+31", note_en="-31"))
    register.merge("LEI-002", "LEI-003", STEWARD, "same")
    other = open_register(new_url(store_name))
    other._package = package  # not filled: all comes from the file
    report = other.read_import(register.export(form), form)
    assert report.errors == []
    done = other.import_rows(report, ADMINISTRATOR, "taken over")
    assert (done.added, done.changed, done.unchanged) == (263, 0, 0)
    assert tables(other) == tables(register)
    assert last_confirmed(other) == last_confirmed(register)
    agree(other)
    revision = other.revision()
    again = other.import_rows(other.read_import(register.export(form), form), ADMINISTRATOR, "again")
    assert (again.added, again.changed, again.unchanged, again.batch) == (0, 0, 263, "")
    assert other.revision() == revision
    assert other.export(form) == register.export(form) or form == "xlsx"


@pytest.mark.parametrize("form", FORMS)
def test_its_own_export_changes_nothing(sqlite_register: Register, form: str) -> None:
    before = tables(sqlite_register), sqlite_register.journal(limit=100_000)
    report = sqlite_register.read_import(sqlite_register.export(form), form)
    assert report.errors == []
    assert sqlite_register.import_rows(report, ADMINISTRATOR, "x").batch == ""
    assert (tables(sqlite_register), sqlite_register.journal(limit=100_000)) == before


@pytest.mark.parametrize("make", [as_csv, as_xlsx])
def test_new_rows_are_joined_and_the_same_file_twice_changes_nothing(
    register: Register, make: Callable[..., bytes]
) -> None:
    form = "csv" if make is as_csv else "xlsx"
    content = make(
        fresh(precision=""), fresh(initiative_id="LEI-901", district_as_stated="", precision="city")
    )
    report = register.read_import(content, form)
    assert report.errors == []
    done = register.import_rows(report, STEWARD, "from a partner")
    assert (done.added, done.changed) == (2, 0)
    served = register.tables()["initiative_areas"].set_index("initiative_id")["area_code"]
    assert (served["LEI-900"], served["LEI-901"]) == ("WK054603", "GM0546")
    assert register.tables()["initiatives"].loc["LEI-900", "precision"] == "district"
    again = register.import_rows(register.read_import(content, form), STEWARD, "again")
    assert (again.added, again.changed, again.unchanged) == (0, 0, 2)
    agree(register)
    register.undo(done.batch, STEWARD, "no")
    assert "LEI-900" not in register.tables()["initiatives"].index


def test_a_row_with_few_columns_changes_only_those(register: Register, package: Package) -> None:
    content = b'initiative_id;name\nLEI-010;Nieuwe naam\n\n\nLEI-011;"Met ; erin"\n'  # a spreadsheet in Dutch
    done = register.import_rows(register.read_import(content, "csv"), STEWARD, "x")
    assert (done.added, done.changed) == (0, 2)
    after = register.tables()["initiatives"]
    assert list(after.loc[["LEI-010", "LEI-011"], "name"]) == ["Nieuwe naam", "Met ; erin"]
    assert after.drop(columns="name").equals(package.initiatives.drop(columns="name"))


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"name": ""}, {(3, "name")}),
        ({"initiative_id": ""}, {(3, "initiative_id")}),
        ({"initiative_id": "x"}, {(3, "initiative_id")}),
        ({"initiative_id": "ORG-001"}, {(3, "initiative_id")}),
        ({"initiative_id": "LEI-900"}, {(3, "initiative_id")}),
        ({"theme": "nonsense"}, {(3, "theme")}),
        ({"start_year": "later"}, {(3, "start_year")}),
        ({"latitude": "4.49", "longitude": "52.16"}, {(3, "latitude")}),
        ({"latitude": "52.169", "longitude": ""}, {(3, "longitude")}),
        ({"source_url": "javascript:alert(1)"}, {(3, "source_url")}),
        ({"name": "<script>alert(1)</script>"}, {(3, "name")}),
        ({"name": "\ufffdeman"}, {(3, "name")}),
        ({"name": "\u3164\u200b"}, {(3, "name")}),
        ({"name": "- . -"}, {(3, "name")}),
        ({"description_en": ""}, {(3, "description_en")}),
        ({"last_confirmed": "yesterday"}, {(3, "last_confirmed")}),
        ({"status": "planned", "end_year": "2019", "last_evidence_year": "2020"}, {(3, "status")}),
    ],
)
def test_faults_are_told_by_row_and_column_and_nothing_is_written(
    sqlite_register: Register, change: dict[str, str], wanted: set[tuple[int, str]]
) -> None:
    columns = dict.fromkeys(
        ("start_year", "end_year", "latitude", "longitude", "last_confirmed", "last_evidence_year"), ""
    )
    content = as_csv(fresh(**columns), fresh(**columns, initiative_id="LEI-901") | change)
    report = sqlite_register.read_import(content, "csv")
    found = {(row, column) for row, column, _, _ in report.errors}
    assert wanted <= found
    assert {row for row, _ in found} == {3}
    assert all(mend for *_, mend in report.errors)
    with pytest.raises(ImportRefused):
        sqlite_register.import_rows(report, STEWARD, "x")
    assert "LEI-900" not in sqlite_register.tables()["initiatives"].index


def test_all_faults_are_told_at_once(sqlite_register: Register) -> None:
    rows = [fresh(initiative_id=f"LEI-{900 + n}") for n in range(5)]
    rows[1]["theme"], rows[3]["name"], rows[4]["source_url"] = "x", "", "nowhere"
    found = {(row, column) for row, column, *_ in sqlite_register.read_import(as_csv(*rows), "csv").errors}
    assert found == {(3, "theme"), (5, "name"), (6, "source_url")}


@pytest.mark.parametrize(
    ("table", "content", "wanted"),
    [
        ("initiative_areas", AREAS + b"LEI-010,BU99999999,district,stated,\n", (2, "area_code")),
        ("initiative_areas", AREAS + b"LEI-999,WK054603,district,stated,\n", (2, "initiative_id")),
        ("initiative_organisations", PARTS + b"LEI-010,x,ORG-999,lead\n", (2, "organisation_id")),
        ("initiative_organisations", PARTS + b"LEI-010,x,,boss\n", (2, "role")),
    ],
)
def test_links_to_nothing_are_told(
    sqlite_register: Register, table: str, content: bytes, wanted: tuple[int, str]
) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(f"{table}.csv", content)
    found = {
        (row, column) for row, column, *_ in sqlite_register.read_import(target.getvalue(), "csv").errors
    }
    assert found == {wanted}


def test_the_journal_of_an_import_tells_who_and_why(register: Register) -> None:
    register.import_rows(
        register.read_import(b"initiative_id,name\nLEI-010,x\n", "csv"), STEWARD, "yearly round"
    )
    line = register.journal("LEI-010", limit=1)[0]
    assert (line.role, line.subject, line.why, line.new) == ("steward", "subject-1", "yearly round", "x")


@pytest.mark.slow
def test_imports_at_once_each_happen_whole(register: Register) -> None:
    reports = [
        register.read_import(
            b"initiative_id,name,note_nl,note_en\nLEI-010,%d,%d,%d\nLEI-011,%d,%d,%d\n" % ((n,) * 6), "csv"
        )
        for n in range(6)
    ]
    threads = [threading.Thread(target=register.import_rows, args=(r, STEWARD, "x")) for r in reports]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rows = register.tables()["initiatives"].loc[["LEI-010", "LEI-011"], ["name", "note_nl", "note_en"]]
    assert len(set(rows.to_numpy().ravel())) == 1
    agree(register)


# Formulas and HSDS


@pytest.mark.slow
@pytest.mark.parametrize("words", HOSTILE)
def test_in_a_spreadsheet_text_is_text(sqlite_register: Register, words: str) -> None:
    content = as_csv({"initiative_id": "LEI-010", "partners": neutral(words)})
    report = sqlite_register.read_import(content, "csv")
    if report.errors:
        assert words == "<b>"
        return
    sqlite_register.import_rows(report, STEWARD, "x")
    words = words.replace("\u202e", "")
    assert sqlite_register.tables()["initiatives"].loc["LEI-010", "partners"] == words.strip()
    cell = row_of(sqlite_register)["partners"]
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    sheet = load_workbook(io.BytesIO(sqlite_register.export("xlsx")))["initiatives"]
    column = [each.value for each in sheet[1]].index("partners")
    found = next(row[column] for row in sheet.iter_rows() if row[0].value == "LEI-010")
    assert (found.value, found.data_type) == (words.strip(), "s")


@repeatable
@given(st.text(max_size=20) | st.from_regex(r"'*[=+@-].*", fullmatch=True))
def test_every_text_comes_back(words: str) -> None:
    assert as_written(neutral(words)) == words
    assert not neutral(words).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


# Required by the schemas of HSDS 3.0: https://github.com/openreferral/specification/tree/3.0/schema
REQUIRED = {
    "organizations": {"id", "name", "description"},
    "services": {"id", "name", "status"},
    "locations": {"id", "location_type"},
    "taxonomies": {"id", "name", "description"},
}
WITHIN = {
    "attributes": {"id", "link_id", "link_entity"},
    "service_areas": {"id"},
    "service_at_locations": {"id", "service_id", "location_id"},
}


def test_hsds_has_what_its_schemas_ask(sqlite_register: Register, package: Package) -> None:
    content = json.loads(sqlite_register.export("hsds"))
    assert len(content["services"]) == len(package.initiatives)
    assert len(content["organizations"]) == len(package.organisations)
    for name, required in REQUIRED.items():
        assert len({member["id"] for member in content[name]}) == len(content[name])
        for member in content[name]:
            assert all(member.get(field) for field in required)
            for part, needed in WITHIN.items():
                assert all(needed <= set(each) for each in member.get(part, ()))
            terms = [
                each["taxonomy_term"] for each in member.get("attributes", ()) if "taxonomy_term" in each
            ]
            assert all({"id", "name", "description"} <= set(term) for term in terms)
    assert {s["status"] for s in content["services"]} <= {
        "active",
        "inactive",
        "defunct",
        "temporarily closed",
    }
    organisations = {member["id"] for member in content["organizations"]}
    assert {s["organization_id"] for s in content["services"] if "organization_id" in s} <= organisations
    assert {each["location_type"] for each in content["locations"]} == {"physical"}


def test_hsds_of_others_is_read_where_hsds_has_it(sqlite_register: Register) -> None:
    service = {
        "id": "LEI-950",
        "name": "Counselling",
        "status": "active",
        "description": "Help",
        "url": "https://x.leiden.nl",
        "organization": {"id": "1", "name": "Gemeente Leiden", "description": ""},
        "service_at_locations": [
            {
                "id": "2",
                "location": {
                    "id": "3",
                    "location_type": "physical",
                    "name": "Huis",
                    "latitude": 52.169,
                    "longitude": 4.499,
                },
            }
        ],
        "attributes": [
            {
                "id": "4",
                "link_type": "ambition_codes",
                "taxonomy_term": {"id": "5", "code": "A1", "name": "A1"},
            }
        ],
    }
    report = sqlite_register.read_import(json.dumps({"services": [service]}).encode(), "hsds")
    missing = {column for _, column, _, _ in report.errors}
    assert {"theme", "activity_types", "description_nl"} <= missing
    assert not missing & {
        "name",
        "organisation",
        "ambition_codes",
        "status",
        "latitude",
        "source_url",
        "description_en",
    }
    assert {row for row, *_ in report.errors} == {2}


# Files that are not what they should be


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", BROKEN)
def test_broken_files_get_an_answer(sqlite_register: Register, form: str, name: str) -> None:
    before = tables(sqlite_register)
    report = sqlite_register.read_import(BROKEN[name], form)
    if report.problems:
        with pytest.raises(ImportRefused):
            sqlite_register.import_rows(report, STEWARD, "x")
    else:  # read as a file without a change, or with a harmless one
        assert name in {"no rows", "nul"}
        assert form in {"csv", "xlsx"}  # what is told to be a workbook and is a CSV file is read as that
        return
    assert all(problem.mend for problem in report.problems)
    assert tables(sqlite_register) == before


def test_the_encoding_is_told_with_its_row(sqlite_register: Register) -> None:
    ((row, _, value, mend),) = sqlite_register.read_import(BROKEN["latin-1"], "csv").errors
    assert (row, value[0]) == (2, "é")
    assert "UTF-8" in mend
    for encoding in ("utf-8-sig", "utf-16"):
        report = sqlite_register.read_import("initiative_id,name\nLEI-010,Café\n".encode(encoding), "csv")
        assert (report.errors, report.rows["initiatives"][0]["name"]) == ([], "Café")


def bomb(name: str, size: int) -> bytes:
    """A workbook with a part that unpacks to this many bytes."""
    target = io.BytesIO(as_xlsx({"initiative_id": "LEI-010", "name": "x"}))
    archive = zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED)
    with archive, archive.open(name, "w", force_zip64=True) as stream:
        for _ in range(size // 1_000_000):
            stream.write(b" " * 1_000_000)
    return target.getvalue()


def measured(call: Callable[[], ImportReport]) -> tuple[ImportReport, float, float]:
    """(what it gives, seconds of the processor, most megabytes in use meanwhile)."""
    tracemalloc.start()
    start = time.process_time()
    report = call()
    seconds, peak = time.process_time() - start, tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return report, seconds, peak


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_zip_bomb_is_refused_unopened(sqlite_register: Register, form: str) -> None:
    content = bomb("xl/worksheets/sheet9.xml" if form == "xlsx" else "initiatives.csv", 300_000_000)
    assert len(content) < 1_000_000
    report, seconds, peak = measured(lambda: sqlite_register.read_import(content, form))
    assert "at most" in report.errors[0][3]
    assert peak < 20
    assert seconds < 5


def test_a_workbook_that_lies_about_its_size_is_refused(sqlite_register: Register) -> None:
    content = bytearray(bomb("xl/worksheets/sheet9.xml", 60_000_000))
    size = (60_000_000).to_bytes(4, "little")
    assert size in content
    content = bytearray(bytes(content).replace(size, (1000).to_bytes(4, "little")))
    report, _, peak = measured(lambda: sqlite_register.read_import(bytes(content), "xlsx"))
    assert report.rows.keys() <= {"initiatives"}
    assert peak < 60


def test_a_workbook_with_entities_is_refused(sqlite_register: Register) -> None:
    source = io.BytesIO(as_xlsx({"initiative_id": "LEI-010", "name": "x"}))
    target = io.BytesIO()
    laugh = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as made:
        for name in old.namelist():
            made.writestr(name, laugh if name == "xl/workbook.xml" else old.read(name))
    report = sqlite_register.read_import(target.getvalue(), "xlsx")
    assert "entities" in report.errors[0][3]


def test_a_hundred_thousand_rows_are_refused_early(sqlite_register: Register) -> None:
    content = b"initiative_id,name\n" + b"".join(b"LEI-%d,x\n" % number for number in range(100_000))
    report, seconds, peak = measured(lambda: sqlite_register.read_import(content, "csv"))
    assert [(row, mend[:24]) for row, _, _, mend in report.errors] == [
        (bounds.MOST_ROWS + 2, "there are more than 20,0")
    ]
    assert peak < 40
    assert seconds < 10


def test_a_file_that_is_too_large_is_refused_unread(sqlite_register: Register) -> None:
    for form in FORMS:
        report = sqlite_register.read_import(b"x" * (bounds.LARGEST + 1), form)
        assert "10,000,000" in report.errors[0][3]


def test_a_cell_of_a_megabyte_is_refused_with_its_row(sqlite_register: Register) -> None:
    content = b"initiative_id,name\nLEI-009,x\nLEI-010," + b"x" * 1_000_000 + b"\n"
    ((row, column, value, _),) = sqlite_register.read_import(content, "csv").errors
    assert (row, column, len(value)) == (3, "name", 80)


def test_other_forms_are_told(sqlite_register: Register) -> None:
    for verb in (sqlite_register.export, lambda form: sqlite_register.read_import(b"", form)):
        with pytest.raises(ValueError, match="csv, xlsx"):
            verb("pdf")


@pytest.mark.slow
def test_ten_thousand_rows_are_taken_over(sqlite_register: Register) -> None:
    rows = [fresh(initiative_id=f"LEI-{1000 + n}", name=f"Initiatief {n}") for n in range(10_000)]
    content = as_csv(*rows)
    report, seconds, peak = measured(lambda: sqlite_register.read_import(content, "csv"))
    assert report.errors == []
    done = sqlite_register.import_rows(report, STEWARD, "x")
    assert done.added == 10_000
    assert seconds < 120
    assert peak < 500
    assert len(sqlite_register.tables()["initiatives"]) == 10_146
