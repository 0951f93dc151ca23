"""Files as municipalities, spreadsheets and programs for social care write them, rebuilt by hand."""

from __future__ import annotations

import json
from typing import Any

import pytest

from hsc_geo.register import Register
from hsc_geo.register.importing import ImportReport
from tests.register.raw_workbook import packed, sheet
from tests.register.samples import STEWARD

# --- Workbooks


def cell(place: str, inner: str, how: str = "") -> str:
    return f'<c r="{place}" {how}>{inner}</c>'


def shared(place: str, number: int) -> str:
    return cell(place, f"<v>{number}</v>", 't="s"')


def inline(place: str, inner: str) -> str:
    return cell(place, f"<is>{inner}</is>", 't="inlineStr"')


def line(number: int, *cells: str) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


# Format 14 is a day in the order of the country, 164 and up are a workbook's own.
STYLES = (
    '<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="165" formatCode="[$-413]d\\ mmmm\\ yyyy;@"/></numFmts><fonts count="1"><font/></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0"/>'
    '<xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="164" applyNumberFormat="1"/>'
    '<xf numFmtId="165" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
)
HEADS = ("initiative_id", "name", "note_nl", "note_en", "last_confirmed", "start_date")
DAY = 45997  # 6 December 2025, counted from 30 December 1899


def texts(*words: str) -> str:
    return "".join(f'<si><t xml:space="preserve">{word}</t></si>' for word in words)


def heads(number: int, first: int = 0) -> str:
    return line(number, *(shared(f"{'ABCDEF'[n]}{number}", first + n) for n in range(len(HEADS))))


def taken(register: Register, content: bytes, form: str) -> ImportReport:
    report = register.read_import(content, form)
    assert report.errors == []
    register.import_rows(report, STEWARD, "x")
    return report


def row(register: Register, key: str = "LEI-005") -> dict[str, Any]:
    return dict(register.tables()["initiatives"].loc[key])


def test_a_workbook_as_libreoffice_writes_it(sqlite_register: Register) -> None:
    """Every text in the table of texts, numbers marked as such, styled cells with nothing in them, the extent of the
    sheet told, days in a format of its own."""
    strings = texts(*HEADS, "LEI-005", " Koffie &amp;amp; thee &lt; 3 ", "Een&#10;noot", "A note")
    empty = "".join(cell(f"{letter}2", "", 's="1"') for letter in "GHI")
    cells = [*(shared(f"{'ABCD'[n]}2", 6 + n) for n in range(4)), cell("E2", f"<v>{DAY}</v>", 's="2" t="n"')]
    cells += [cell("F2", f"<v>{DAY}</v>", 's="3" t="n"'), empty]
    body = heads(1) + line(2, *cells) + line(3, cell("A3", "", 's="1"'))
    before = '<dimension ref="A1:I3"/><cols><col min="7" max="1024" width="11" customWidth="1"/></cols>'
    content = packed({"initiatives": sheet(body, before)}, strings, STYLES)
    taken(sqlite_register, content, "xlsx")
    found = row(sqlite_register)
    assert (found["name"], found["note_nl"], found["note_en"]) == (
        "Koffie &amp; thee < 3",
        "Een\nnoot",
        "A note",
    )
    assert (found["last_confirmed"], found["start_date"]) == ("2025-12-06", "2025-12-06")


def test_a_workbook_as_excel_writes_it(sqlite_register: Register) -> None:
    """Texts of several runs with a reading aid, a table with a title over it in merged cells, a day in the format of
    the country, a hidden sheet with lists."""
    runs = '<si><r><rPr><b/></rPr><t>Wandel</t></r><r><t xml:space="preserve">club</t></r>'
    aid = '<rPh sb="0" eb="1"><t>lees</t></rPh></si>'
    strings = texts(*HEADS, "LEI-005", "Overzicht van initiatieven") + runs + aid
    words = inline("C4", "<r><t>Een </t></r><r><rPr><i/></rPr><t>noot</t></r>"), inline("D4", "<t>A note</t>")
    body = line(1, shared("A1", 7)) + line(2) + heads(3)
    body += line(4, shared("A4", 6), shared("B4", 8), *words, cell("E4", f"<v>{DAY}</v>", 's="1"'))
    after = '<mergeCells count="1"><mergeCell ref="A1:F1"/></mergeCells>'
    lists = sheet(line(1, inline("A1", "<t>Soort</t>")) + line(2, inline("A2", "<t>Inloop</t>")))
    content = packed(
        {"Initiatives": sheet(body, '<dimension ref="A1"/>', after), "Lijsten": lists},
        strings,
        STYLES,
        hidden=frozenset({"Lijsten"}),
        tables__table1='<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" id="1" ref="A3:F4"/>',
    )
    report = taken(sqlite_register, content, "xlsx")
    found = row(sqlite_register)
    assert (found["name"], found["note_nl"], found["last_confirmed"]) == (
        "Wandelclub",
        "Een noot",
        "2025-12-06",
    )
    assert sorted(str(each).split(":")[0] for each in report.passed) == [
        "Lijsten",
        "Overzicht van initiatieven",
    ]


def test_faults_are_told_by_the_rows_of_the_sheet_under_its_title(sqlite_register: Register) -> None:
    strings = texts(*HEADS, "LEI-005")
    title = line(1, cell("A1", "<f>TODAY()</f><v>1</v>"))
    body = (
        title
        + heads(2)
        + line(3, shared("A3", 6), cell("B3", "<v>#N/A</v>", 't="e"'))
        + line(5, shared("A5", 6))
    )
    body += line(
        6, shared("A6", 6), cell("B6", "<f>A1</f><v>x</v>", 't="str"'), cell("C6", "<v>1</v>", 't="b"')
    )
    report = sqlite_register.read_import(packed({"initiatives": sheet(body)}, strings, STYLES), "xlsx")
    assert [(number, column) for number, column, *_ in report.errors] == [(3, "name"), (6, "name")]
    wrong = packed(
        {"initiatives": sheet(line(1) + line(2, *(inline(f"{c}2", "<t>venue</t>") for c in "AB")))},
        "",
        STYLES,
    )
    assert {number for number, *_ in sqlite_register.read_import(wrong, "xlsx").errors} == {2}


# --- CSV


TITLE = "Initiatieven gemeente;;;\r\n;;;\r\n"
MUNICIPAL = TITLE + "initiative_id;Name;note_nl;note_en\r\nLEI-005;Café; Koffie, thee;Coffee\r\n"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "utf-16"])
@pytest.mark.parametrize(
    "text",
    [
        MUNICIPAL,
        "sep=;\r\n" + MUNICIPAL.removeprefix(TITLE),
        MUNICIPAL.removeprefix(TITLE),
        MUNICIPAL.replace("\r\n", "\n"),
        MUNICIPAL.replace(";", "\t"),
        '"Naam, plaats";;;\n"initiative_id";"name";"note_nl";"note_en"\n"LEI-005";"Café";"Koffie, thee";"Coffee"',
    ],
)
def test_a_list_as_a_municipality_saves_it(sqlite_register: Register, text: str, encoding: str) -> None:
    report = taken(sqlite_register, text.encode(encoding), "csv")
    found = row(sqlite_register)
    assert (found["name"], found["note_nl"], found["note_en"]) == ("Café", "Koffie, thee", "Coffee")
    titled = not text.startswith(("initiative_id", "sep="))
    assert [": not read" in str(each) for each in report.passed] == [True] * titled


def test_what_cannot_be_known_is_told_in_one_line(sqlite_register: Register) -> None:
    ((number, _, value, mend),) = sqlite_register.read_import(MUNICIPAL.encode("cp1252"), "csv").errors
    assert (number, value[0]) == (4, "é")
    assert "UTF-8" in mend
    dutch = "Naam;Organisatie;Straat;Huisnummer;Postcode;Wijk;E-mail\r\nWandelclub;Club;Plein;1;2316 AB;Noord;\r\n"
    ((number, _, value, mend),) = sqlite_register.read_import(dutch.encode(), "csv").errors
    assert number == 1
    assert "Naam" in value
    assert "initiative_id" in mend


# --- HSDS 3


def ident(number: int) -> str:
    return f"5b0c9e0e-6a5f-4a57-9a0e-{number:012}"


ADDRESS = {
    "id": ident(1),
    "location_id": ident(2),
    "address_1": "Plein 1",
    "city": "Leiden",
    "state_province": "Zuid-Holland",
    "postal_code": "2316 AB",
    "country": "NL",
    "address_type": "physical",
}
PLACE = {
    "id": ident(2),
    "location_type": "physical",
    "name": "Buurthuis",
    "latitude": 52.169,
    "longitude": 4.499,
    "addresses": [ADDRESS],
    "languages": [{"id": ident(3), "code": "nl"}],
}
OFFICE = {
    "id": ident(4),
    "name": "Stichting Samen",
    "description": "Brings people together.",
    "website": "https://www.voorbeeld-leiden.nl",
    "organization_identifiers": [{"id": ident(5), "identifier": "12345678"}],
    "year_incorporated": 2010,
}
HELP: dict[str, Any] = {
    "id": ident(6),
    "name": "Walking together",
    "description": "A walk each week.",
    "status": "active",
    "url": "www.voorbeeld-leiden.nl/wandelen",
    "minimum_age": 18,
    "fees_description": "Free",
    "phones": [{"id": ident(7), "number": "071 516 51 65"}],
    "schedules": [{"id": ident(8), "freq": "WEEKLY", "byday": "TU", "description": "Tuesday, ten o'clock"}],
    "cost_options": [{"id": ident(9), "amount": 0}],
    "assured_date": "2025-12-06",
}
WITHIN = {**HELP, "organization": OFFICE, "service_at_locations": [{"id": ident(10), "location": PLACE}]}
BY_ID = {
    **HELP,
    "organization_id": OFFICE["id"],
    "service_at_locations": [{"id": ident(10), "service_id": ident(6), "location_id": PLACE["id"]}],
}
TELLS = {
    "name": "Walking together",
    "organisation": "Stichting Samen",
    "description_en": "A walk each week.",
    "status": "active_at_evidence_date",
    "source_url": "https://www.voorbeeld-leiden.nl/wandelen",
    "cost_en": "Free",
    "contact": "071 516 51 65",
    "schedule_en": "Tuesday, ten o'clock",
    "last_confirmed": "2025-12-06",
    "venue": "Buurthuis",
    "address": "Plein 1, 2316 AB Leiden",
    "latitude": "52.169",
    "longitude": "4.499",
}


@pytest.mark.parametrize(
    "content",
    [
        {"services": [WITHIN]},
        {"services": [BY_ID], "organizations": [OFFICE], "locations": [PLACE]},
        {"total_items": 1, "total_pages": 1, "page_number": 1, "size": 1, "contents": [WITHIN]},
        [WITHIN],
        WITHIN,
        {**OFFICE, "services": [{key: value for key, value in WITHIN.items() if key != "organization"}]},
    ],
    ids=["within", "by id", "page", "list", "alone", "in its organisation"],
)
def test_a_service_is_read_whichever_way_it_is_given(sqlite_register: Register, content: Any) -> None:
    report = sqlite_register.read_import(json.dumps(content).encode(), "hsds")
    (found,) = report.rows["initiatives"]
    assert {name: found[name] for name in TELLS} == TELLS
    missing = {problem.column for problem in report.problems if problem.file == "initiatives.csv"}
    assert {"initiative_id", "theme", "description_nl"} <= missing
    assert not missing & TELLS.keys()


@pytest.mark.parametrize(("content", "table"), [(OFFICE, "organisations"), (PLACE, "venues")])
def test_one_object_alone_is_taken_for_what_it_is(
    sqlite_register: Register, content: Any, table: str
) -> None:
    report = sqlite_register.read_import(json.dumps(content).encode(), "hsds")
    assert list(report.rows) == [table]
    assert report.rows[table][0][{"organisations": "name", "venues": "venue"}[table]] == content["name"]


@pytest.mark.parametrize(
    "content",
    [
        *([], {}, [1], [[]], "x", 1, None),
        *(
            {"id": "1"},
            {"id": "1", "name": "x"},
            {"contents": 1},
            {"services": [BY_ID, None]},
            {"services": {}},
        ),
    ],
)
def test_what_is_no_hsds_is_told(sqlite_register: Register, content: Any) -> None:
    report = sqlite_register.read_import(json.dumps(content).encode(), "hsds")
    assert all(problem.mend for problem in report.problems)
    assert report.problems
