"""A table of StatLine in its real shapes, small enough to read by eye: what its rows become, and what is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from hsc_geo.sources.extracts import SourceError
from hsc_geo.sources.live.columns import RENAMED, LiveColumn, known_stem, match
from hsc_geo.sources.live.fetch import Fetcher, Hosts, Limits
from hsc_geo.sources.live.odata import LiveRead, read_table
from hsc_geo.sources.live.tables import HEALTH, KEY_FIGURES_2025, LiveTable
from tests.shared.services import Served, Services, dimensions, padded, status, topic

PLACE = "GM0546"
STEMS = ("Eenzaam", "RooktTabak")
TITLE = "Gezondheid per wijk en buurt; 2022/2024 (indeling 2024)"


def row(
    code: str, margin: str, lonely: Any, smoking: Any, period: str = "2024JJ00", age: str = "20300"
) -> dict:
    cells = {"Eenzaam_25": lonely, "RooktTabak_35": smoking}
    return {"Leeftijd": age, "Marges": margin, "WijkenEnBuurten": padded(code), "Perioden": period, **cells}


def rows(code: str, *values: tuple[Any, Any], **more: str) -> list[dict]:
    return [
        row(code, margin, *pair, **more)
        for margin, pair in zip(("MW00000", "MOG0095", "MBG0095"), values, strict=False)
    ]


def health() -> Served:
    properties = [
        *dimensions("Leeftijd", "Marges", "WijkenEnBuurten", "Perioden"),
        topic("Eenzaam_25"),
        topic("RooktTabak_35"),
    ]
    table = [
        *rows("NL00", (47.0, 15.5), (46.4, 15.1), (47.6, 15.9)),
        *rows(PLACE, (44, 12.04), (42.9, 11), (45.5, 13.5)),
        *rows("BU05460000", (None, "."), (None, "."), (None, ".")),
        *rows("BU05460001", (0, " 8.0"), (0, None), (1.5, "9.0")),
        *rows(PLACE, (50, 20), (49, 19), (51, 21), period="2022JJ00"),
        *rows(PLACE, (60, 5), (58, 4), (62, 6), age="80200"),
        *rows("GM0344", (1, 1), (1, 1), (1, 1)),
    ]
    return Served(
        HEALTH.host,
        {"Title": f" {TITLE} ", "Modified": "2026-08-01", "Period": ""},
        properties,
        table,
        ["2022JJ00", "2024JJ00"],
    )


@pytest.fixture
def services() -> Iterator[Services]:
    with Services({"50150NED": health()}).running() as running:
        yield running


def fetched(services: Services, table: LiveTable = HEALTH, stems: tuple[str, ...] = STEMS) -> LiveRead:
    limits = Limits(again=1, backoff=0, silence=2)
    return read_table(Fetcher(Hosts(services.base), limits=limits), table, PLACE, stems)


def cells(read: LiveRead) -> dict[tuple[str, str, int, str], tuple[str, str, str, str]]:
    return {
        (each.area_code, each.stem, each.year, each.age_group): (
            each.value,
            each.lower,
            each.upper,
            each.status,
        )
        for each in read.figures
    }


def test_values_limits_and_what_is_missing(services: Services) -> None:
    read = fetched(services)
    assert cells(read) == {
        ("NL00", "Eenzaam", 2024, "18plus"): ("47", "46.4", "47.6", "present"),
        ("NL00", "RooktTabak", 2024, "18plus"): ("15.5", "15.1", "15.9", "present"),
        (PLACE, "Eenzaam", 2024, "18plus"): ("44", "42.9", "45.5", "present"),
        (PLACE, "RooktTabak", 2024, "18plus"): ("12.04", "11", "13.5", "present"),
        ("BU05460000", "Eenzaam", 2024, "18plus"): ("", "", "", "not_measured"),
        ("BU05460000", "RooktTabak", 2024, "18plus"): ("", "", "", "suppressed"),
        ("BU05460001", "Eenzaam", 2024, "18plus"): ("0", "0", "1.5", "present"),
        ("BU05460001", "RooktTabak", 2024, "18plus"): ("8", "", "", "present"),
        (PLACE, "Eenzaam", 2022, "18plus"): ("50", "49", "51", "present"),
        (PLACE, "RooktTabak", 2022, "18plus"): ("20", "19", "21", "present"),
        (PLACE, "Eenzaam", 2024, "65plus"): ("60", "58", "62", "present"),
        (PLACE, "RooktTabak", 2024, "65plus"): ("5", "4", "6", "present"),
    }
    assert (read.title, read.modified, read.classification_year) == (TITLE, "2026-08-01", 2024)
    assert len(read.answers) == len(services.asked) - 1, "all but that of the catalogue"


def test_too_many_rows_are_asked_by_pages(services: Services) -> None:
    services.most, services.page = 7, 4
    whole = cells(fetched(services))
    assert sum("ODataFeed" in path for path in services.asked) == 6, (
        "15 rows of 2024 make four, 8 properties two"
    )
    services.most = services.page = 10_000
    assert cells(fetched(services)) == whole


def test_a_page_that_fails_is_asked_again(services: Services) -> None:
    services.most, services.page = 7, 4
    services.faults["$skip=4"] = [status(503)]
    assert len(fetched(services).figures) == 12


@pytest.mark.parametrize("number", [1, 999])
def test_another_number_is_the_same_column(services: Services, number: int) -> None:
    before = cells(fetched(services))
    change(services, {"Eenzaam_25": f"Eenzaam_{number}"})
    assert cells(fetched(services)) == before


def change(services: Services, names: dict[str, str]) -> None:
    table = services.tables["50150NED"]
    table.properties = [{**each, "Key": names.get(each["Key"], each["Key"])} for each in table.properties]
    table.rows = [{names.get(key, key): value for key, value in each.items()} for each in table.rows]


def test_a_renamed_column_is_known_by_our_table_only(services: Services) -> None:
    before = cells(fetched(services))
    change(services, {"RooktTabak_35": "Roker_11"})
    read = fetched(services)
    assert cells(read) == before
    assert [(column.key, stem) for column, stem in read.columns.renamed] == [("Roker_11", "RooktTabak")]
    change(services, {"Roker_11": "RooktTabakOfVapet_35"})
    read = fetched(services)
    assert read.columns.missing == ("RooktTabak",)
    assert [each.key for each in read.columns.unknown] == ["RooktTabakOfVapet_35"]
    assert {each.stem for each in read.figures} == {"Eenzaam"}


def test_a_new_column_is_told_and_not_taken(services: Services) -> None:
    table = services.tables["50150NED"]
    table.properties.append({**topic("Schermtijd_58", "uren"), "Title": " Schermtijd\n per dag"})
    for each in table.rows:
        each["Schermtijd_58"] = 3
    read = fetched(services)
    assert read.columns.unknown == (LiveColumn("Schermtijd_58", "Schermtijd", "Schermtijd per dag", "uren"),)
    assert {each.stem for each in read.figures} == set(STEMS)


def test_two_columns_of_one_name_are_not_told_apart(services: Services) -> None:
    services.tables["50150NED"].properties.append(topic("Eenzaam_26"))
    assert fetched(services).columns.twice == ("Eenzaam",)


def edit(part: str, value: Any) -> Callable[[Served], None]:
    def change(table: Served) -> None:
        table.rows[0][part] = value

    return change


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (edit("Marges", "MOG0099"), "margin 'MOG0099' is unknown"),
        (edit("Leeftijd", "10680"), "age '10680' is unknown"),
        (edit("WijkenEnBuurten", "NL02      "), "is not an area code"),
        (edit("Eenzaam_25", "n.b."), "'n.b.' is not a number"),
        (edit("Eenzaam_25", True), "True is not a number"),
        (lambda table: table.rows[0].pop("Eenzaam_25"), "its rows do not have it"),
        (lambda table: table.rows.append(dict(table.rows[0])), "came twice"),
        (lambda table: table.periods.append("2024KW01"), "2024KW01"),
        (lambda table: table.rows.__delitem__(slice(3, 6)), "no row for this municipality"),
    ],
)
def test_what_cannot_be_understood_is_refused(
    services: Services, change: Callable[[Served], Any], told: str
) -> None:
    table = services.tables["50150NED"]
    if told.startswith("no row"):
        table.rows = [each for each in table.rows if PLACE not in each["WijkenEnBuurten"]]
    else:
        change(table)
    with pytest.raises(SourceError, match="50150NED") as refused:
        fetched(services)
    assert told in str(refused.value)


def test_an_answer_in_another_form_is_refused(services: Services) -> None:
    services.answer = lambda path: (200, {"error": "none"})  # type: ignore[method-assign]
    with pytest.raises(SourceError, match="no list of rows of OData"):
        fetched(services)


def test_pages_without_end_end(services: Services) -> None:
    services.most, services.page = 0, 1
    link = f"https://{HEALTH.host}/ODataFeed/odata/50150NED/TableInfos?$format=json"
    services.answer = lambda path: (  # type: ignore[method-assign]
        (500, {}) if "ODataApi" in path else (200, {"value": [], "odata.nextLink": link})
    )
    with pytest.raises(SourceError, match="the pages do not end"):
        fetched(services)


# Kerncijfers: no waves and no ages, the nation as NL00


def key_figures(services: Services, period: str = "2025") -> None:
    topics = [topic("AantalInwoners_5", "aantal"), topic("Nettoarbeidsparticipatie_71")]
    table = [
        {
            "WijkenEnBuurten": padded(code, "NL00"),
            "AantalInwoners_5": people,
            "Nettoarbeidsparticipatie_71": share,
        }
        for code, people, share in (
            ("NL00", 18_044_027, 72.0),
            (PLACE, 130_638, None),
            ("BU05460000", -99997, 70),
        )
    ]
    title = f"Kerncijfers wijken en buurten {period}"
    services.tables["86165NED"] = Served(
        KEY_FIGURES_2025.host,
        {"Title": title, "Period": period},
        [*dimensions("WijkenEnBuurten"), *topics],
        table,
    )


def test_a_table_of_one_year(services: Services) -> None:
    key_figures(services)
    table = replace(KEY_FIGURES_2025, ages={"Nettoarbeidsparticipatie": "15to74"})
    read = fetched(services, table, ("AantalInwoners", "Nettoarbeidsparticipatie"))
    assert cells(read) == {
        ("NL00", "AantalInwoners", 2025, "all"): ("18044027", "", "", "present"),
        ("NL00", "Nettoarbeidsparticipatie", 2025, "15to74"): ("72", "", "", "present"),
        (PLACE, "AantalInwoners", 2025, "all"): ("130638", "", "", "present"),
        (PLACE, "Nettoarbeidsparticipatie", 2025, "15to74"): ("", "", "", "not_measured"),
        ("BU05460000", "AantalInwoners", 2025, "all"): ("", "", "", "not_measured"),
        ("BU05460000", "Nettoarbeidsparticipatie", 2025, "15to74"): ("70", "", "", "present"),
    }


def test_a_table_of_another_year_than_it_is_known_by_is_refused(services: Services) -> None:
    key_figures(services, "2026")
    with pytest.raises(SourceError, match="'2026': the table is known as that of 2025"):
        fetched(services, KEY_FIGURES_2025, ("AantalInwoners",))


def test_newer_tables_are_told(services: Services) -> None:
    services.catalogue = [
        {"Identifier": "50120NED", "Title": "Gezondheid per wijk en buurt; 2012/2022 (indeling 2022)"},
        {"Identifier": "50150NED", "Title": TITLE},
        {"Identifier": " 50199NED ", "Title": "Gezondheid per wijk en buurt; 2024/2026 (indeling 2026)"},
        {"Identifier": "99999NED", "Title": "Iets anders 2030"},
    ]
    assert fetched(services).newer == (
        ("50199NED", "Gezondheid per wijk en buurt; 2024/2026 (indeling 2026)"),
    )


def test_a_catalogue_that_does_not_answer_stops_nothing(services: Services) -> None:
    services.faults["ODataCatalog"] = [status(404)]
    assert fetched(services).newer == ()


# The table of renamed stems


def test_other_names_are_of_the_tables_that_we_know() -> None:
    import csv

    from hsc_geo.sources.words import FOLDER

    with (FOLDER / "indicators.csv").open(encoding="utf-8") as file:
        stems: dict[str, set[str]] = {}
        for each in csv.DictReader(file):
            stems.setdefault(each["table_id"], set()).add(each["stem"])
            concept = (each["table_id"], each["stem"])
            stems.setdefault(each["concept"], set()).add("-".join(concept))
    for old, new in RENAMED:
        assert old in stems["50090NED"]
        assert new in stems["50150NED"]
        both = {f"50090NED-{old}", f"50150NED-{new}"}
        assert any(both <= found for found in stems.values()), f"{old} and {new} measure the same"
    assert len({stem for pair in RENAMED for stem in pair}) == 2 * len(RENAMED)


def test_another_name_counts_only_where_the_known_one_is_not_there() -> None:
    assert known_stem("Roker", {"RooktTabak"}) == "RooktTabak"
    assert known_stem("Roker", {"RooktTabak"}, {"Roker", "RooktTabak"}) is None
    assert known_stem("RooktTabak", {"Roker"}) == "Roker"
    assert known_stem("roker", {"Roker"}) is None, "nothing that is only alike"
    columns = [LiveColumn("Roker_1", "Roker", "", ""), LiveColumn("RooktTabak_2", "RooktTabak", "", "")]
    assert match(columns, ["RooktTabak"]).known == {"RooktTabak_2": "RooktTabak"}
