"""Figures: official values, and everything else against observations.csv read plainly."""

from __future__ import annotations

import random
from dataclasses import replace

import pandas as pd
import pytest

from hsc_geo.analysis.figures import (
    ages_at,
    concept_of,
    concepts,
    core_indicators,
    figure,
    latest,
    listed,
    offer,
    one_each,
    preferred,
    tables_of,
    values,
    years_at,
)
from hsc_geo.data.load import Package
from tests.shared import naive

ALL = list(naive.indicators())
OVERWEIGHT, HEALTH = "50090NED-Overgewicht", "50090NED-ErvarenGezondheidGoedZeerGoed"
PRESENT = [row for row in naive.rows("observations") if row["status"] == "present"]


@pytest.mark.parametrize(("indicator", "expected"), [(OVERWEIGHT, 45.2), (HEALTH, 77.8)])
def test_leiden_noord_in_2020_as_published(package: Package, indicator: str, expected: float) -> None:
    found = figure(package, "WK054603", indicator, 2020, "18plus")
    assert found.value == expected
    assert (found.status, found.year, found.age_group) == ("present", 2020, "18plus")


@pytest.mark.parametrize(
    ("indicator", "expected"),
    [("50150NED-Overgewicht", 47.4), ("50150NED-GoedErvarenGezondheid", 69.4), ("50150NED-RooktTabak", 19.9)],
)
def test_leiden_noord_in_2024_as_published(package: Package, indicator: str, expected: float) -> None:
    assert figure(package, "WK054603", indicator, 2024, "18plus").value == expected


def test_leiden_has_130638_residents_as_published(package: Package) -> None:
    assert figure(package, "GM0546", "86165NED-AantalInwoners", 2025, "all").value == 130_638
    assert figure(package, "GM0546", "85984NED-AantalInwoners", 2024, "all").value == 130_108
    assert package.areas.at["GM0546", "population"] == 130_638


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
    """Households with children are told of neighbourhoods only, and good health of 2012 not of districts."""
    found = figure(package, "WK054603", "85984NED-HuishoudensMetKinderen", 2024, "all")
    assert (found.status, found.value) == ("not_published", None)
    table = values(package, "50150NED-GoedErvarenGezondheid", 2012, "18plus", "district")
    assert len(table) == 10
    assert set(table["status"]) == {"not_published"}
    assert table["value"].isna().all()


def test_a_figure_is_offered_at_the_levels_and_of_the_years_that_it_has(package: Package) -> None:
    good = "50150NED-GoedErvarenGezondheid"
    assert years_at(package, good, "district") == (2024, 2022, 2020, 2016)
    assert years_at(package, good, "neighbourhood") == (2024, 2022, 2020, 2016, 2012)
    assert years_at(package, good, "country") == years_at(package, good, "neighbourhood")
    assert years_at(package, "50150NED-Overgewicht", "country") == ()
    assert years_at(package, OVERWEIGHT, "district", "18to64") == (2016, 2012)
    assert ages_at(package, OVERWEIGHT, "district", 2020) == ("18plus", "65plus")
    assert "district" not in offer(package, "85984NED-HuishoudensMetKinderen").levels


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


# --- one thing, several tables --------------------------------------------------------------------------------------


LEVELS = ("district", "neighbourhood", "municipality", "country")
CONCEPTS = sorted({row["concept"] for row in naive.indicators().values()} - {"known_initiatives"})


def newest_at(indicator: str, level: str, age: str = "") -> int:
    """The newest year with a value at the level (and of the age), 0 for none."""
    years = [
        int(row["year"])
        for row in PRESENT
        if row["indicator_id"] == indicator
        and naive.areas()[row["area_code"]]["level"] == level
        and age in ("", row["age_group"])
    ]
    return max(years, default=0)


@pytest.mark.parametrize("age", ["", "18plus", "65plus", "18to64"])
def test_the_table_is_that_of_the_newest_year_counted_again(package: Package, age: str) -> None:
    for concept in CONCEPTS:
        keys = [key for key, row in naive.indicators().items() if row["concept"] == concept]
        assert sorted(tables_of(package, concept)) == sorted(keys)
        for level in LEVELS:
            years = {key: newest_at(key, level, age) for key in keys}
            years = years if any(years.values()) else {key: newest_at(key, level) for key in keys}
            best = [key for key, year in years.items() if year and year == max(years.values())]
            found = preferred(package, concept, level, age)
            assert (found in best) if best else (found is None), (concept, level, found, years)


def test_which_table_is_taken_by_hand(package: Package) -> None:
    assert preferred(package, "loneliness", "district") == "50150NED-Eenzaam"
    assert preferred(package, "loneliness", "district", "65plus") == "50090NED-Eenzaam"
    assert preferred(package, "loneliness", "country") == "50090NED-Eenzaam"  # asked of the country alone
    assert preferred(package, "home_value", "district") == "86165NED-GemiddeldeWOZWaardeVanWoningen"
    assert preferred(package, "home_value", "neighbourhood") == "85984NED-GemiddeldeWOZWaardeVanWoningen"
    assert preferred(package, "population", "neighbourhood") == "86165NED-AantalInwoners"
    assert preferred(package, "alcohol_use", "district") == "50090NED-Drinker"
    assert preferred(package, "households_with_children", "district") is None
    assert preferred(package, "no such thing", "district") is None
    assert tables_of(package, "loneliness") == ("50150NED-Eenzaam", "50090NED-Eenzaam")
    assert tables_of(package, "no such thing") == ()


def test_a_list_has_each_concept_once_the_core_ones_first_then_by_theme(package: Package) -> None:
    levels = ("district", "neighbourhood")
    here = {
        row["concept"]
        for key, row in naive.indicators().items()
        if any(newest_at(key, level) for level in levels)
    }
    assert set(concepts(package, levels)) == here
    keys = listed(package, levels)
    assert [concept_of(package, key) for key in keys] == list(concepts(package, levels))
    core = core_indicators(package)
    assert list(keys[: len(core)]) == core
    order = [row["code"] for row in naive.rows("vocabularies") if row["vocabulary"] == "indicator_theme"]
    themes = [order.index(naive.indicators()[key]["theme"]) for key in keys[len(core) :]]
    assert themes == sorted(themes)


def test_a_list_follows_the_level(package: Package) -> None:
    home = {"86165NED-GemiddeldeWOZWaardeVanWoningen", "85984NED-GemiddeldeWOZWaardeVanWoningen"}
    fine = set(listed(package, ("neighbourhood", "district")))
    coarse = set(listed(package, ("district", "neighbourhood")))
    assert home & coarse == {"86165NED-GemiddeldeWOZWaardeVanWoningen"}
    assert home & fine == {"85984NED-GemiddeldeWOZWaardeVanWoningen"}


def test_what_is_chosen_stands_in_for_its_concept(package: Package) -> None:
    offered = ["50150NED-Eenzaam", "50090NED-Drinker"]
    assert one_each(package, offered, []) == tuple(offered)
    assert one_each(package, offered, ["50090NED-Eenzaam"]) == ("50090NED-Eenzaam", "50090NED-Drinker")
    both = ["50090NED-Eenzaam", "50150NED-Eenzaam"]
    assert one_each(package, offered, both) == (*both, "50090NED-Drinker")
    assert one_each(package, offered, ["50150NED-RooktTabak"]) == (*offered, "50150NED-RooktTabak")


def test_without_a_concept_an_indicator_stands_for_itself(package: Package) -> None:
    bare = replace(package, indicators=package.indicators.assign(concept=""))
    assert tables_of(bare, OVERWEIGHT) == (OVERWEIGHT,)
    assert preferred(bare, OVERWEIGHT, "district") == OVERWEIGHT
