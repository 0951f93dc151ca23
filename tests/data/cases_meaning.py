"""Faults of meaning in the tables: figures, populations, dates, texts, links."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from hsc_geo.domain import schema
from hsc_geo.domain.problems import Problem
from tests.data.cases import (
    AREAS,
    ASKED,
    CASES,
    FOCUS,
    INITIATIVES,
    OBSERVATIONS,
    ORGANISATIONS,
    SERVED,
    Break,
    Case,
    at,
    case,
    cell_case,
)
from tests.data.editing import (
    cell,
    put,
    read,
    row_of,
    write,
)

cell_case(
    "area-level",
    "level_of_another_code",
    AREAS,
    at(AREAS, area_code="BU05460302"),
    column="level",
    value="district",
    mend="the code BU05460302 is that of a neighbourhood",
)
cell_case(
    "area-level",
    "parent_of_the_wrong_level",
    AREAS,
    at(AREAS, area_code="BU05460302"),
    column="parent_code",
    value="GM0546",
    mend="a neighbourhood lies in a district",
)
cell_case(
    "area-level",
    "parent_of_another_code",
    AREAS,
    at(AREAS, area_code="BU05460302"),
    column="parent_code",
    value="WK054608",
    mend="by its digits BU05460302 lies in WK054603",
)


@case("population-of-parts")
def parts_do_not_make_the_whole(folder: Path) -> list[Problem]:
    row = row_of(folder, AREAS, area_code="WK054603")
    put(folder, AREAS, row, population="15145")
    city = row_of(folder, AREAS, area_code="GM0546")
    told = "its parts have 15,040 residents together, more than rounding (10) off: correct one"
    whole = "its parts have 130,740 residents together, more than rounding (27.5) off: correct one"
    return [
        Problem(AREAS, row, "population", "15145", told),
        Problem(AREAS, city, "population", "130638", whole),
    ]


BANDS = (
    "population_0_14",
    "population_15_24",
    "population_25_44",
    "population_45_64",
    "population_65_plus",
)


def add_to_a_band(folder: Path, code: str) -> tuple[int, str]:
    """The row in which 300 residents too many were put, and what is then told of it."""
    row = row_of(folder, AREAS, area_code=code)
    band = int(cell(folder, AREAS, row, "population_25_44"))
    put(folder, AREAS, row, population_25_44=str(band + 300))
    total = sum(int(cell(folder, AREAS, row, name)) for name in BANDS)
    return row, f"its age bands have {total:,} residents together, more than rounding (15) off: correct one"


@case("population-by-age")
def bands_do_not_make_the_whole(folder: Path) -> list[Problem]:
    row, mend = add_to_a_band(folder, "WK054603")
    return [Problem(AREAS, row, "population", "15035", mend)]


@case("population-by-age")
def bands_do_not_make_the_whole_of_their_own_year(folder: Path) -> list[Problem]:
    """Bands of 2024 are held against the residents of 2024, for those of 2025 may be more by then."""
    row, mend = add_to_a_band(folder, "BU05460302")
    return [Problem(AREAS, row, "bands_year", "2024", mend)]


@case("population-observed")
def population_of_another_year(folder: Path) -> list[Problem]:
    row = row_of(folder, AREAS, area_code="GM0546")
    put(folder, AREAS, row, population="130100")
    return [Problem(AREAS, row, "population", "130100", "observations.csv has 130638 for 2025: correct one")]


@case("percentage-out-of-range")
def percentage_above_100_and_below_0(folder: Path) -> list[Problem]:
    indicator = "50090NED-Overgewicht"
    keys = {"indicator_id": indicator, "year": "2020", "age_group": "18plus"}
    one = row_of(folder, OBSERVATIONS, area_code="WK054603", **keys)
    other = row_of(folder, OBSERVATIONS, area_code="WK054604", **keys)
    put(folder, OBSERVATIONS, one, value="452")
    put(folder, OBSERVATIONS, other, value="-1")
    mend = f"{indicator} is a percentage: give 0 to 100"
    return [
        Problem(OBSERVATIONS, one, "value", "452", mend),
        Problem(OBSERVATIONS, other, "value", "-1", mend),
    ]


@case("observation-status")
def value_without_a_state_and_state_without_a_value(folder: Path) -> list[Problem]:
    suppressed = row_of(folder, OBSERVATIONS, area_code="BU05460407", status="suppressed")
    present = row_of(folder, OBSERVATIONS, area_code="GM0546", status="present")
    put(folder, OBSERVATIONS, suppressed, value="0")
    put(folder, OBSERVATIONS, present, value="")
    return [
        Problem(OBSERVATIONS, suppressed, "value", "0", "a value cannot be suppressed"),
        Problem(OBSERVATIONS, present, "value", "", "give the value, or say suppressed or not_measured"),
    ]


@case("interval-order")
def value_outside_its_interval(folder: Path) -> list[Problem]:
    row = row_of(folder, OBSERVATIONS, area_code="GM0546", status="present")
    value = cell(folder, OBSERVATIONS, row, "value")
    put(folder, OBSERVATIONS, row, lower="0", upper="1")
    put(folder, OBSERVATIONS, row + 1, lower="1")
    return [
        Problem(OBSERVATIONS, row, "value", value, "lies outside its interval 0 to 1"),
        Problem(OBSERVATIONS, row + 1, "lower", "1", "give both limits of the interval or none"),
    ]


@case("years-order")
def ends_before_it_starts(folder: Path) -> list[Problem]:
    put(folder, INITIATIVES, 2, start_year="2024", start_date="2024-02", end_year="2021")
    put(folder, FOCUS, 2, valid_from="2021-04-19", valid_to="2020-01-01")
    row = row_of(folder, "indicators.csv", indicator_id="50090NED-Overgewicht")
    put(folder, "indicators.csv", row, years="2012|2020|2016")
    return [
        Problem(INITIATIVES, 2, "start_year", "2024", "starts after its end_year 2021: correct one"),
        Problem(INITIATIVES, 2, "start_date", "2024-02", "starts after its end_year 2021: correct one"),
        Problem(FOCUS, 2, "valid_from", "2021-04-19", "lies after valid_to 2020-01-01: correct one"),
        Problem(
            "indicators.csv", row, "years", "2012|2020|2016", "list the years in ascending order, each once"
        ),
    ]


STATES = [
    (
        {"status": "active_at_evidence_date", "end_year": "2020", "last_evidence_year": "2023"},
        (
            "status",
            "it ended in 2020 but the evidence that it is active_at_evidence_date is of 2023: correct one",
        ),
    ),
    (
        {"status": "planned", "end_year": "2020", "last_evidence_year": "2023"},
        ("status", "a plan cannot have ended in 2020: correct one"),
    ),
    (
        {"status": "ended", "end_year": "2024", "last_evidence_year": "2023"},
        ("end_year", "the latest evidence is of 2023; it cannot show an end in 2024: correct one"),
    ),
    (
        {"status": "ended", "start_year": "2025", "end_year": "", "last_evidence_year": "2023"},
        ("start_year", "the latest evidence is of 2023; it cannot show a start in 2025: correct one"),
    ),
    (
        {"status": "unknown", "status_as_of": "after 2022-12", "last_evidence_year": "2021"},
        ("status_as_of", "lies after last_evidence_year 2021: correct one"),
    ),
]


def state_case(number: int) -> Break:
    cells, (column, mend) = STATES[number]

    def break_it(folder: Path) -> list[Problem]:
        plain = dict.fromkeys(("status_as_of", "start_year", "end_year", "start_date"), "")
        put(folder, INITIATIVES, 20, **{**plain, **cells})
        return [Problem(INITIATIVES, 20, column, cells[column], mend)]

    return break_it


CASES += [Case("status-dates", f"state_{number}", state_case(number)) for number in range(len(STATES))]


@case("source-kind")
def page_without_an_address_and_own_word_without_its_level(folder: Path) -> list[Problem]:
    put(folder, INITIATIVES, 6, source_url="")
    put(folder, INITIATIVES, 7, source_kind="organisation", source_url="", evidence_level="A")
    put(folder, INITIATIVES, 8, evidence_level="O")
    put(
        folder, INITIATIVES, 9, source_kind="organisation", source_url="", evidence_level="O"
    )  # as it should be
    put(folder, ORGANISATIONS, 4, source_url="")
    put(folder, ORGANISATIONS, 5, source_kind="organisation", source_url="")
    asked = add_asked(folder, source_kind="public_page", source_url="")
    page = "give the page, or say that the organisation itself is the source"
    level = "the evidence level of what the organisation said itself is O, and only of that"
    return [
        Problem(INITIATIVES, 6, "source_url", "", page),
        Problem(INITIATIVES, 7, "evidence_level", "A", level),
        Problem(INITIATIVES, 8, "evidence_level", "O", level),
        Problem(ORGANISATIONS, 4, "source_url", "", page),
        Problem(ASKED, asked, "source_url", "", page),
    ]


SOUND_ASKED = {
    "asked_id": "ASK-WK054603-A3",
    "area_code": "WK054603",
    "ambition_code": "A3",
    "asked_on": "2026-01-15",
    "source_kind": "organisation",
    "source": "Wijkteam Noord",
    "source_url": "",
    "note": "",
}


def add_asked(folder: Path, **cells: str) -> int:
    """Add a row of what was asked that is sound but for these cells; gives its number. The package has none."""
    header, *rows = read(folder, ASKED)
    row = {**SOUND_ASKED, **cells}
    write(folder, ASKED, [header, *rows, [row[name] for name in header]])
    return len(rows) + 2


@case("asked-key")
def key_of_another_area_and_of_another_ambition(folder: Path) -> list[Problem]:
    add_asked(folder)
    area = add_asked(folder, asked_id="ASK-WK054604-A3")
    ambition = add_asked(folder, asked_id="ASK-GM0546-A3", area_code="GM0546", ambition_code="A4")
    told = "by its area and ambition the key is {}".format
    return [
        Problem(ASKED, area, "asked_id", "ASK-WK054604-A3", told("ASK-WK054603-A3")),
        Problem(ASKED, ambition, "asked_id", "ASK-GM0546-A3", told("ASK-GM0546-A4")),
    ]


@case("date-in-future")
def typed_a_year_to_come(folder: Path) -> list[Problem]:
    today = dt.date.today()
    told = f"lies in the future, after {today}: correct it"
    tomorrow = (today + dt.timedelta(days=1)).isoformat()
    put(folder, INITIATIVES, 5, last_evidence_year="2062")
    put(folder, INITIATIVES, 6, status_as_of="after 2062-12", last_confirmed=tomorrow)
    put(
        folder, INITIATIVES, 7, start_date="2062-02", start_year="2062", end_year="2063"
    )  # an end may lie ahead
    put(folder, INITIATIVES, 8, last_confirmed=today.isoformat(), last_evidence_year=str(today.year))
    put(folder, ORGANISATIONS, 4, source_date="2062")
    put(folder, "venues.csv", 4, last_confirmed=tomorrow)
    asked = add_asked(folder, asked_on=tomorrow)
    wrong = [
        (INITIATIVES, 5, "last_evidence_year", "2062"),
        (INITIATIVES, 6, "status_as_of", "after 2062-12"),
        (INITIATIVES, 6, "last_confirmed", tomorrow),
        (INITIATIVES, 7, "start_year", "2062"),
        (INITIATIVES, 7, "start_date", "2062-02"),
        (ORGANISATIONS, 4, "source_date", "2062"),
        ("venues.csv", 4, "last_confirmed", tomorrow),
        (ASKED, asked, "asked_on", tomorrow),
    ]
    return [Problem(*each, told) for each in wrong]


@case("source-incomplete")
def source_without_licence_and_file_without_source(folder: Path) -> list[Problem]:
    put(folder, "sources.csv", 2, licence="")
    descriptor = json.loads((folder / schema.DESCRIPTOR).read_text(encoding="utf-8"))
    del descriptor["resources"][0]["sources"]
    (folder / schema.DESCRIPTOR).write_text(json.dumps(descriptor), encoding="utf-8")
    return [
        Problem("sources.csv", 2, "licence", "", "say which licence 50090NED has, or that none is stated"),
        Problem(
            schema.DESCRIPTOR, 0, "sources", "areas", "the file names no source; build the package again"
        ),
    ]


@case("served-areas")
def district_beside_its_neighbourhood(folder: Path) -> list[Problem]:
    rows = read(folder, SERVED)
    write(folder, SERVED, [*rows, ["LEI-045", "WK054603", "district", "stated", "De Kooi"]])
    mend = "LEI-045 serves a neighbourhood in it: remove this row"
    return [Problem(SERVED, len(rows) + 1, "area_code", "WK054603", mend)]


@case("served-areas")
def precision_without_an_area_and_area_without_precision(folder: Path) -> list[Problem]:
    lost = row_of(folder, INITIATIVES, precision="unknown")
    put(folder, INITIATIVES, lost, precision="city")
    put(folder, INITIATIVES, 2, precision="unknown")
    return [
        Problem(INITIATIVES, 2, "precision", "unknown", "it serves GM0546: give the precision"),
        Problem(
            INITIATIVES,
            lost,
            "precision",
            "city",
            "add its areas to initiative_areas.csv, or make the precision unknown",
        ),
    ]


cell_case(
    "activity-groups",
    "group_of_another_type",
    INITIATIVES,
    2,
    column="activity_groups",
    value="food|policy",
    mend="its activity types belong to policy",
)

MARKUP = [
    "<script>alert(1)</script>",
    "a <b>bold</b> word",
    "<img src=x onerror=alert(1)>",
    "x</p>",
    "<!-- hidden",
    "< iframe src=//x",
    "<?php echo 1 ?>",
]
for markup in MARKUP:
    cell_case(
        "html-in-text",
        f"html {markup}",
        INITIATIVES,
        6,
        column="name",
        value=markup,
        mend="remove the HTML; write plain text",
    )
cell_case(
    "html-in-text",
    "html in an organisation",
    "organisations.csv",
    6,
    column="description_nl",
    value="lees <a href='x'>hier</a>",
    mend="remove the HTML; write plain text",
)
UNPRINTABLE = ["a\x00b", "a\x1b[31mb", "a\ufffdb", "abc\u202excod.exe"]
cell_case(
    "name-says-nothing",
    "signs alone",
    INITIATIVES,
    6,
    column="name",
    value="- . -",
    mend="give a name in letters",
)
for broken_text in UNPRINTABLE:
    cell_case(
        "unprintable-in-text",
        f"text {broken_text!r}",
        INITIATIVES,
        6,
        column="name",
        value=broken_text,
        mend="remove the characters that cannot be printed",
    )
NO_LINKS = [
    "javascript:alert(1)",
    "JaVaScRiPt://x.nl/%0aalert(1)",
    "data:text/html,x",
    "ftp://x.nl",
    "www.leiden.nl",
    "https://",
    "http:///path",
    "mailto:a@x.nl",
]
BY_CAUSE = dict.fromkeys(NO_LINKS, "give an address that starts with https:// or http://") | {
    "https://x.nl/a b": "give one address, without a blank in it",
    "https://[x": "give a page that everyone can open; [x is no public name",
}
for address, mend_of_it in BY_CAUSE.items():
    cell_case(
        "link-invalid",
        f"link {address}",
        INITIATIVES,
        8,
        column="source2_url",
        value=address,
        mend=mend_of_it,
    )


@case("one-language")
def said_in_one_language(folder: Path) -> list[Problem]:
    row = next(
        n for n, r in enumerate(read(folder, INITIATIVES)[1:], 2) if cell(folder, INITIATIVES, n, "note_en")
    )
    there = cell(folder, INITIATIVES, row, "note_en")
    put(folder, INITIATIVES, row, note_nl="")
    return [Problem(INITIATIVES, row, "note_nl", "", f"translate: {there}")]
