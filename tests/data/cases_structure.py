"""Faults of form: files, columns, types, codes, keys, hashes."""

from __future__ import annotations

import json
from pathlib import Path

from hsc_geo.domain import schema
from hsc_geo.domain.problems import Problem
from hsc_geo.domain.versions import newest
from tests.data.cases import (
    AREAS,
    FOCUS,
    INITIATIVES,
    OBSERVATIONS,
    SERVED,
    VENUES,
    at,
    case,
    cell_case,
)
from tests.data.editing import (
    DRAWING,
    read,
    write,
)

RESTORE = "restore the file from version control or build the package again"
EDITED = "the content is not what datapackage.json says; build the package again, or restore the file"


@case("file-unreadable")
def file_missing(folder: Path) -> list[Problem]:
    (folder / VENUES).unlink()
    return [Problem(VENUES, 0, "", "", f"the file is missing; {RESTORE}")]


@case("file-unreadable")
def descriptor_missing(folder: Path) -> list[Problem]:
    (folder / schema.DESCRIPTOR).unlink()
    return [Problem(schema.DESCRIPTOR, 0, "", "", f"the file is missing; {RESTORE}")]


@case("file-unreadable")
def descriptor_cut_off(folder: Path) -> list[Problem]:
    (folder / schema.DESCRIPTOR).write_text("[1, 2]", encoding="utf-8")
    return [Problem(schema.DESCRIPTOR, 0, "", "[1, 2]", f"the file holds no JSON object; {RESTORE}")]


@case("file-unreadable")
def not_utf8(folder: Path) -> list[Problem]:
    content = (folder / VENUES).read_bytes().split(b"\n")
    content[4] = b"Caf\xe9" + content[4]
    (folder / VENUES).write_bytes(b"\n".join(content))
    return [Problem(VENUES, 5, "", "b'\\xe9'", "save the file as UTF-8")]


@case("file-unreadable")
def file_empty(folder: Path) -> list[Problem]:
    (folder / VENUES).write_text("", encoding="utf-8")
    return [Problem(VENUES, 0, "", "", f"the file is empty; {RESTORE}")]


@case("file-unreadable")
def row_too_short(folder: Path) -> list[Problem]:
    rows = read(folder, SERVED)
    rows[6] = rows[6][:3]
    write(folder, SERVED, rows)
    mend = "the row has 3 cells, the header 5; add or remove commas, or quote the text"
    return [Problem(SERVED, 7, "", ",".join(rows[6]), mend)]


@case("columns-differ")
def column_missing_and_column_too_many(folder: Path) -> list[Problem]:
    rows = read(folder, "sources.csv")
    rows[0][rows[0].index("licence")] = "license"
    write(folder, "sources.csv", rows)
    return [
        Problem("sources.csv", 1, "licence", "", "the column is missing; add it"),
        Problem("sources.csv", 1, "license", "license", "no such column in the contract; remove it"),
    ]


@case("columns-differ")
def columns_in_another_order(folder: Path) -> list[Problem]:
    rows = [[row[1], row[0], *row[2:]] for row in read(folder, SERVED)]
    write(folder, SERVED, rows)
    wanted = ", ".join(schema.table("initiative_areas").columns)
    return [Problem(SERVED, 1, "", ",".join(rows[0]), f"put the columns, each once, in the order {wanted}")]


cell_case(
    "value-missing",
    "publisher_missing",
    INITIATIVES,
    7,
    column="source_publisher",
    value="",
    mend="fill in: Publisher of the source.",
)
cell_case(
    "value-missing",
    "name_missing",
    "organisations.csv",
    3,
    column="name",
    value="",
    mend="fill in: Name as the source writes it.",
)
cell_case(
    "type-wrong",
    "no_whole_number",
    AREAS,
    3,
    column="population",
    value="130.108",
    mend="write a whole number",
)
cell_case(
    "type-wrong",
    "comma_in_number",
    OBSERVATIONS,
    9,
    column="value",
    value="45,2",
    mend="write a number, such as 52.16",
)
cell_case("type-wrong", "no_yes_or_no", FOCUS, 2, column="assumed", value="yes", mend="write true or false")
cell_case(
    "number-out-of-limits",
    "year_far_back",
    INITIATIVES,
    4,
    column="start_year",
    value="1066",
    mend="give a value from 1900 to 2100",
)
cell_case(
    "number-out-of-limits",
    "fewer_than_none",
    AREAS,
    5,
    column="population",
    value="-5",
    mend="give a value of at least 0",
)
cell_case(
    "form-wrong",
    "id_of_another_form",
    INITIATIVES,
    4,
    column="initiative_id",
    value="lei-3",
    mend="write it as in LEI-001",
)
cell_case(
    "form-wrong",
    "postcode_as_area",
    AREAS,
    40,
    column="area_code",
    value="2316.0",
    mend="write it as in NL00, GM0546, WK054603, BU05460300",
)
cell_case(
    "form-wrong",
    "date_of_another_form",
    INITIATIVES,
    2,
    column="start_date",
    value="19 April 2021",
    mend="write it as in 2024, 2024-05, 2024-05-31",
)
cell_case(
    "code-unknown",
    "unknown_status",
    INITIATIVES,
    5,
    column="status",
    value="runs",
    mend="use one of active_at_evidence_date, planned, funded_unverified, realised, ended, unknown",
)
cell_case(
    "code-unknown",
    "one_unknown_of_several",
    INITIATIVES,
    5,
    column="ambition_codes",
    value="A1|A5",
    mend="use one or more of A1, A2, A3, A4, joined with |",
)
cell_case(
    "code-unknown",
    "unknown_theme",
    INITIATIVES,
    5,
    column="theme",
    value="happiness",
    mend="use a code of vocabulary theme (vocabularies.csv)",
)
cell_case(
    "code-unknown",
    "unknown_basis",
    SERVED,
    5,
    column="basis",
    value="guess",
    mend="use one of coordinates, stated, inferred, scope",
)


@case("vocabulary-empty")
def vocabulary_missing(folder: Path) -> list[Problem]:
    rows = read(folder, "vocabularies.csv")
    write(folder, "vocabularies.csv", [row for row in rows if row[0] != "unit"])
    return [Problem("vocabularies.csv", 0, "vocabulary", "unit", "the vocabulary has no codes; add them")]


@case("key-twice")
def id_twice(folder: Path) -> list[Problem]:
    rows = read(folder, INITIATIVES)
    write(folder, INITIATIVES, [*rows, rows[3]])
    mend = "initiative_id occurs more than once; keep one row"
    return [Problem(INITIATIVES, 148, "initiative_id", "LEI-003", mend)]


@case("key-twice")
def figure_twice(folder: Path) -> list[Problem]:
    rows = read(folder, OBSERVATIONS)
    rows.insert(100, rows[98])
    write(folder, OBSERVATIONS, rows)
    key = " ".join(rows[98][:4])
    mend = "area_code + indicator_id + year + age_group occurs more than once; keep one row"
    return [Problem(OBSERVATIONS, 101, "age_group", key, mend)]


cell_case(
    "reference-unknown",
    "area_that_does_not_exist",
    SERVED,
    at(SERVED, area_code="WK054609"),
    column="area_code",
    value="WK059999",
    mend="no such area_code in areas.csv; correct or add it",
)
cell_case(
    "reference-unknown",
    "area_of_another_town",
    OBSERVATIONS,
    50,
    column="area_code",
    value="BU05370001",
    mend="no such area_code in areas.csv; correct or add it",
)
cell_case(
    "reference-unknown",
    "source_that_does_not_exist",
    "indicators.csv",
    4,
    column="source_id",
    value="CBS",
    mend="no such source_id in sources.csv; correct or add it",
)
cell_case(
    "reference-unknown",
    "organisation_that_does_not_exist",
    "initiative_organisations.csv",
    3,
    value="ORG-999",
    column="organisation_id",
    mend="no such organisation_id in organisations.csv; correct or add it",
)


@case("content-changed")
def one_byte_changed(folder: Path) -> list[Problem]:
    content = (folder / "left_out.csv").read_bytes()
    (folder / "left_out.csv").write_bytes(content.replace(b"postcode", b"Postcode", 1))
    return [Problem("left_out.csv", 0, "", "", EDITED)]


@case("content-changed")
def another_snapshot(folder: Path) -> list[Problem]:
    descriptor = json.loads((folder / schema.DESCRIPTOR).read_text(encoding="utf-8"))
    descriptor["snapshot"] = "0123456789ab"
    descriptor["contractVersion"] = "0.9.0"
    descriptor["resources"][-1]["path"] = "other.geojson"
    (folder / schema.DESCRIPTOR).write_text(json.dumps(descriptor), encoding="utf-8")
    told = [
        ("contractVersion", "0.9.0", f"is not version {newest().number} of the contract; build it again"),
        ("resources", DRAWING, "the file is not described; build the package again"),
        ("resources", "other.geojson", "no such file in the contract; build it again"),
        ("snapshot", "0123456789ab", "is not that of the files described; build it again"),
    ]
    return [Problem(schema.DESCRIPTOR, 0, column, value, mend) for column, value, mend in told]


@case("schema-differs")
def schema_of_another_contract(folder: Path) -> list[Problem]:
    descriptor = json.loads((folder / schema.DESCRIPTOR).read_text(encoding="utf-8"))
    descriptor["resources"][0]["schema"]["fields"][0]["type"] = "integer"
    (folder / schema.DESCRIPTOR).write_text(json.dumps(descriptor), encoding="utf-8")
    mend = "the schema of areas.csv is not that of the contract; build the package again"
    return [Problem(schema.DESCRIPTOR, 0, "resources", "areas", mend)]
