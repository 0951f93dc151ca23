"""Figures: official values, and everything else against observations.csv read plainly."""

from __future__ import annotations

import random
from dataclasses import replace

import pandas as pd
import pytest

from hsc_geo.analysis.figures import core_indicators, figure, latest, offer, values
from hsc_geo.data.load import Package
from tests.analysis import naive

ALL = list(naive.indicators())
OVERWEIGHT, HEALTH = "50090NED-Overgewicht", "50090NED-ErvarenGezondheidGoedZeerGoed"
PRESENT = [row for row in naive.rows("observations") if row["status"] == "present"]


@pytest.mark.parametrize(("indicator", "expected"), [(OVERWEIGHT, 45.2), (HEALTH, 77.8)])
def test_leiden_noord_in_2020_as_published(package: Package, indicator: str, expected: float) -> None:
    found = figure(package, "WK054603", indicator, 2020, "18plus")
    assert found.value == expected
    assert (found.status, found.year, found.age_group) == ("present", 2020, "18plus")


def test_leiden_has_130108_residents_as_published(package: Package) -> None:
    assert figure(package, "GM0546", "85984NED-AantalInwoners", 2024, "all").value == 130_108
    assert package.areas.at["GM0546", "population"] == 130_108


@pytest.mark.parametrize("area", ["GM0546", "NL00", "WK054605", "BU05460403"])
def test_figures_are_those_of_the_table(package: Package, area: str) -> None:
    rows = [row for row in naive.rows("observations") if row["area_code"] == area]
    for row in random.Random(area).sample(rows, min(60, len(rows))):
        found = figure(package, area, row["indicator_id"], int(row["year"]), row["age_group"])
        assert found.status == row["status"]
        assert found.value == (float(row["value"]) if row["value"] else None)
        assert (found.lower, found.upper) == (None, None)


def test_a_suppressed_figure_says_so_and_has_no_value(package: Package) -> None:
    found = figure(package, "BU05460407", OVERWEIGHT, 2020, "18plus")
    assert (found.status, found.value) == ("suppressed", None)
    assert (
        values(package, OVERWEIGHT, 2020, "18plus", "neighbourhood").at["BU05460407", "status"]
        == "suppressed"
    )


def test_what_was_not_measured_says_so(package: Package) -> None:
    row = next(row for row in naive.rows("observations") if row["status"] == "not_measured")
    found = figure(package, row["area_code"], row["indicator_id"], int(row["year"]), row["age_group"])
    assert (found.status, found.value) == ("not_measured", None)


def test_an_area_without_a_row_was_not_published(package: Package) -> None:
    found = figure(package, "WK054603", "50150NED-GoedErvarenGezondheid", 2020, "18plus")
    assert (found.status, found.value) == ("not_published", None)
    table = values(package, "50150NED-GoedErvarenGezondheid", 2020, "18plus", "district")
    assert len(table) == 10
    assert set(table["status"]) == {"not_published"}
    assert table["value"].isna().all()


def test_50150ned_is_offered_for_neighbourhoods_and_not_for_districts(package: Package) -> None:
    levels = offer(package, "50150NED-GoedErvarenGezondheid").levels
    assert "neighbourhood" in levels
    assert "district" not in levels


@pytest.mark.parametrize("code", ["XX", "50090NED-", "", "50090ned-Overgewicht"])
def test_an_unknown_indicator_offers_nothing(package: Package, code: str) -> None:
    assert offer(package, code).years == ()
    assert latest(package, code) is None
    assert figure(package, "GM0546", code, 2020, "18plus").status == "not_published"


def test_the_offer_is_what_has_a_value(package: Package) -> None:
    for indicator in ALL:
        rows = [row for row in PRESENT if row["indicator_id"] == indicator]
        found = offer(package, indicator)
        assert list(found.years) == sorted({int(row["year"]) for row in rows}, reverse=True), indicator
        assert set(found.levels) == {naive.areas()[row["area_code"]]["level"] for row in rows}, indicator
        for year in found.years:
            assert set(found.ages[year]) == {row["age_group"] for row in rows if row["year"] == str(year)}


def test_values_are_those_of_the_table_for_every_area(package: Package) -> None:
    for indicator in random.Random(3).sample(ALL, 25):
        found = offer(package, indicator)
        for level in ("district", "neighbourhood") if found.years else ():
            year = found.years[-1]
            age = found.ages[year][-1]
            table = values(package, indicator, year, age, level)
            assert sorted(table.index) == sorted(naive.codes_of(level))
            for code, value in table["value"].items():
                expected = naive.observed(indicator, year, age, str(code))
                assert value == expected or (expected is None and pd.isna(value)), (indicator, code)


def test_the_newest_year_and_the_age_asked_for(package: Package) -> None:
    assert latest(package, OVERWEIGHT, "18plus") == (2020, "18plus")
    assert latest(package, OVERWEIGHT, "65plus") == (2020, "65plus")
    assert latest(package, "85984NED-AantalInwoners", "18plus") == (2024, "all")


def test_the_widest_age_comes_first(package: Package) -> None:
    assert offer(package, OVERWEIGHT).ages[2020][0] == "18plus"


def test_core_indicators_by_their_rank(package: Package) -> None:
    ranked = [
        (int(row["default_rank"]), key) for key, row in naive.indicators().items() if row["default_rank"]
    ]
    assert core_indicators(package) == [key for _, key in sorted(ranked)]
    assert core_indicators(package)


def test_zero_is_a_value(package: Package) -> None:
    row = next(row for row in PRESENT if float(row["value"]) == 0)
    found = figure(package, row["area_code"], row["indicator_id"], int(row["year"]), row["age_group"])
    assert (found.value, found.status) == (0.0, "present")


def test_bounds_go_with_the_value_where_there_are_any(package: Package) -> None:
    rows = package.observations.copy()
    here = (rows["indicator_id"] == OVERWEIGHT) & (rows["area_code"] == "GM0546") & (rows["year"] == 2020)
    rows.loc[here, ["lower", "upper"]] = [[40.1, 44.9]] * int(here.sum())
    found = figure(replace(package, observations=rows), "GM0546", OVERWEIGHT, 2020, "18plus")
    assert (found.lower, found.upper) == (40.1, 44.9)
