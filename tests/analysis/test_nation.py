"""The country on the map: what stands in for what it lacks, its classes, what it is held against, areas in order."""

from __future__ import annotations

import base64
import gc
import statistics
import weakref
from dataclasses import replace
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from hsc_geo.analysis import export, nation_areas
from hsc_geo.analysis.explore import Choice
from hsc_geo.analysis.facets import fold
from hsc_geo.analysis.figures import concept_of
from hsc_geo.analysis.nation import (
    NATION_LEVELS,
    area_figure,
    class_numbers,
    country_figure,
    look,
    middle_half,
    own,
    shown,
    years_of,
)
from hsc_geo.analysis.nation_export import nation_tables
from hsc_geo.data.load import Package
from hsc_geo.data.nation.reading import Nation, load_nation

FOLDER = Path(__file__).resolve().parents[2] / "nation"
LONELY, NEWER, INCOME = "50090NED-Eenzaam", "50150NED-Eenzaam", "85984NED-GemiddeldInkomenPerInwoner"
MOMENT = (2020, "18plus")


@pytest.fixture(scope="module")
def nation() -> Nation:
    return load_nation(FOLDER)


@cache
def published(year: int) -> pd.Series:
    """Loneliness in a year as the file has it, by area code."""
    rows = pd.read_parquet(FOLDER / "observations.parquet")
    rows = rows[(rows["indicator_id"] == LONELY) & (rows["year"] == year) & rows["value"].notna()]
    return rows.set_index("area_code")["value"]


def of_level(nation: Nation, level: str) -> list[str]:
    return [str(code) for code in nation.areas.index[nation.areas["level"] == level]]


def test_a_figure_of_another_table_is_replaced_by_that_of_the_nation(
    package: Package, nation: Nation
) -> None:
    view = look(package, nation, Choice(indicator=NEWER, year=2024, level="municipality"))
    assert view.choice.indicator == LONELY
    assert concept_of(package, NEWER) == concept_of(package, LONELY)
    assert view.changed == (("table", LONELY), ("year", "2020"))


def test_a_figure_that_the_nation_does_not_measure_becomes_the_first_one(
    package: Package, nation: Nation
) -> None:
    for asked in (INCOME, "", "REGISTER-Initiatieven", "never heard of"):
        view = look(package, nation, Choice(indicator=asked, level="district"))
        assert view.choice.indicator == shown(package, nation)[0], asked
        assert view.changed == (("figure", shown(package, nation)[0]),)


def test_a_year_that_is_there_stays(package: Package, nation: Nation) -> None:
    view = look(package, nation, Choice(indicator=LONELY, year=2012, level="neighbourhood"))
    assert (view.choice.year, view.changed) == (2012, ())
    assert years_of(nation, LONELY, "neighbourhood") == (2020, 2016, 2012)


def test_each_thing_that_is_measured_is_offered_once_and_known(package: Package, nation: Nation) -> None:
    offers = shown(package, nation)
    found = [concept_of(package, key) for key in offers]
    assert len(set(found)) == len(found) > 20
    assert set(offers) <= set(nation.indicators)


@pytest.mark.parametrize("level", NATION_LEVELS)
def test_each_area_has_the_class_of_its_value_in_the_order_of_the_tiles(
    package: Package, nation: Nation, level: str
) -> None:
    view = look(package, nation, Choice(indicator=LONELY, level=level, scheme="own", breaks="35_45_55"))
    values = published(2020)
    expected = [
        sum(values[code] >= edge for edge in (35, 45, 55)) if code in values.index else 255
        for code in of_level(nation, level)
    ]
    assert list(class_numbers(view)) == expected
    assert view.classes.counts == tuple(expected.count(i) for i in range(4))


def test_a_byte_an_area_is_all_that_travels(package: Package, nation: Nation) -> None:
    view = look(package, nation, Choice(indicator=LONELY, level="neighbourhood"))
    assert len(base64.b64encode(class_numbers(view))) < 17_000


def test_thresholds_may_lie_anywhere_in_a_percentage_and_a_fault_is_told(
    package: Package, nation: Nation
) -> None:
    asked = Choice(indicator=LONELY, level="municipality", scheme="own", breaks="5_95")
    assert look(package, nation, asked).classes.thresholds == (5.0, 95.0)
    wrong = look(package, nation, replace(asked, breaks="5_105"))
    assert "105" in wrong.classes.fault
    assert wrong.classes.scheme == "city"


def test_the_middle_half_is_that_of_the_municipalities(package: Package, nation: Nation) -> None:
    values = [published(2020)[code] for code in of_level(nation, "municipality") if code in published(2020)]
    low, _, high = statistics.quantiles(values, n=4, method="inclusive")
    found = middle_half(nation, LONELY, *MOMENT)
    assert found == pytest.approx((low, high))
    assert sum(low <= value <= high for value in values) >= len(values) / 2
    assert middle_half(nation, "never heard of", *MOMENT) is None


def test_the_municipality_and_the_country_have_their_own_figures(package: Package, nation: Nation) -> None:
    choice = look(package, nation, Choice(indicator=LONELY, level="municipality")).choice
    assert own(package, nation) == "GM0546"
    assert area_figure(nation, "GM0546", choice).value == published(2020)["GM0546"]
    assert country_figure(nation, choice).value == package_value(package)
    gone = area_figure(nation, "GM9999", choice)
    assert (gone.value, gone.status) == (None, "not_published")


def package_value(package: Package) -> float:
    rows = package.observations
    rows = rows[
        (rows["indicator_id"] == LONELY) & (rows["year"] == 2020) & (rows["area_code"].str.startswith("NL"))
    ]
    return float(rows["value"].iloc[0])


def test_an_area_is_found_by_a_part_of_its_name_and_its_municipality(nation: Nation) -> None:
    assert nation_areas.find(nation, "LEIDEN")[0] == "GM0546"
    assert "BU05460300" in nation_areas.find(nation, "groenoord leid")
    assert nation_areas.find(nation, "sudwest")[0] == "GM1900"  # Súdwest-Fryslân
    assert nation_areas.find(nation, "bu05460300") == ["BU05460300"]
    assert len(nation_areas.find(nation, "e")) == nation_areas.MOST_FOUND
    assert nation_areas.find(nation, " ") == nation_areas.find(nation, "(.*") == []
    levels = {nation.areas.at[code, "level"] for code in nation_areas.find(nation, "merenwijk")}
    assert {"district", "neighbourhood"} & levels


def test_municipalities_are_those_of_the_rows_of_a_level(nation: Nation) -> None:
    of_2016 = nation_areas.municipalities(nation, "neighbourhood")
    assert of_2016["GM0003"] == "Appingedam"
    assert "GM0003" not in nation_areas.municipalities(nation, "district")
    lacking = nation_areas.without_neighbourhoods(nation)
    assert lacking[0] == "GM0363"
    assert not set(lacking) & {code[:6].replace("BU", "GM") for code in of_level(nation, "neighbourhood")}


def test_the_own_municipality_stands_first_and_nothing_is_sorted_by_value(nation: Nation) -> None:
    codes = nation_areas.in_order(nation, "district", "GM0546", "", "", False)
    mine = [code for code in of_level(nation, "district") if code.startswith("WK0546")]
    assert list(codes[: len(mine)]) == mine
    assert sorted(codes) == sorted(of_level(nation, "district"))
    rest = [nation.areas.at[code, "municipality"] for code in codes[len(mine) :]]
    assert [fold(name) for name in rest] == sorted(map(fold, rest))
    with pytest.raises(ValueError, match="'value': choose name, code, in"):
        nation_areas.in_order(nation, "district", "GM0546", "", "value", False)


def test_a_table_is_kept_to_a_municipality_and_turned_round(nation: Nation) -> None:
    delft = nation_areas.in_order(nation, "district", "GM0546", "GM0503", "code", True)
    expected = [code for code in of_level(nation, "district") if code.startswith("WK0503")]
    assert list(delft) == expected[::-1]


def test_the_nation_holds_no_package_that_nobody_uses(package: Package, nation: Nation) -> None:
    revision = replace(package)
    look(revision, nation, Choice(indicator=LONELY, level="municipality"))
    left = weakref.ref(revision)
    del revision
    gc.collect()
    assert left() is None


def test_the_names_on_the_map_stand_in_their_municipality(nation: Nation) -> None:
    towns = nation_areas.towns(nation)
    assert towns[0][:2] == ("GM0363", "Amsterdam")
    for code, name, latitude, longitude in towns[:20]:
        assert nation.areas.at[code, "name"] == name
        (south, west), (north, east) = nation_areas.corners(nation, code)
        assert south < latitude < north, name
        assert west < longitude < east, name


def test_a_file_holds_every_area_and_says_what_its_columns_mean(package: Package, nation: Nation) -> None:
    view = look(package, nation, Choice(indicator=LONELY, level="municipality"))
    tables = nation_tables(package, nation, view)
    table = tables["nation"].set_index("area_code")
    assert list(table.index) == of_level(nation, "municipality")
    assert table.at["GM0546", "value"] == published(2020)["GM0546"]
    told = tables["dictionary"]
    assert set(told[told["table"] == "nation"]["column"]) == set(tables["nation"].columns)
    assert set(tables["sources"]["source_id"]) >= {"50090NED", "WIJKEN2022"}
    assert list(tables["comparison"]["level"]) == ["municipality", "country"]
    assert export.to_csv_zip(export.Bundle(tables, {"a": "b"}))[:2] == b"PK"
