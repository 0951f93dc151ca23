"""Which table and year is taken where nobody chose."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from hsc_geo.analysis.measures import Measure, covering, known_areas, measures_of
from hsc_geo.data.load import Package

NEWEST = Measure("85984NED-GemiddeldInkomenPerInwoner", 2024, "all")
OLDER = Measure("83765NED-GemiddeldInkomenPerInwoner", 2017, "all")


def counted(package: Package, measure: Measure, level: str) -> int:
    """Areas with a value, by a plain loop over the observations."""
    wanted = (measure.indicator_id, measure.year, measure.age_group, "present")
    rows = package.observations[["indicator_id", "year", "age_group", "status", "area_code"]]
    return sum(
        tuple(row[:4]) == wanted and package.areas.at[row[4], "level"] == level
        for row in rows[rows["indicator_id"] == measure.indicator_id].itertuples(index=False)
    )


def test_an_older_table_that_has_the_areas_comes_before_a_newer_one_that_has_few(package: Package) -> None:
    assert [known_areas(package, each, "neighbourhood") for each in (NEWEST, OLDER)] == [
        counted(package, each, "neighbourhood") for each in (NEWEST, OLDER)
    ]
    assert measures_of(package, "income_per_resident", "neighbourhood") == (NEWEST, OLDER)
    assert covering(package, "income_per_resident", "neighbourhood") == OLDER


def test_the_newest_is_taken_where_it_has_the_areas(package: Package) -> None:
    assert covering(package, "smoking", "neighbourhood") == Measure("50150NED-RooktTabak", 2024, "18plus")
    assert covering(package, "income_per_resident", "district") == NEWEST


def test_the_age_that_is_asked_is_kept_where_a_table_has_it(package: Package) -> None:
    ages = {each.age_group for each in measures_of(package, "smoking", "neighbourhood", "65plus")}
    assert ages == {"65plus", "18plus"}


def test_where_none_has_most_of_the_areas_the_one_of_the_most_is_taken(package: Package) -> None:
    rows = package.observations[
        package.observations["indicator_id"].isin([NEWEST.indicator_id, OLDER.indicator_id])
    ]
    tenth = rows[rows["indicator_id"] == NEWEST.indicator_id]
    tenth = pd.concat([tenth, rows[rows["indicator_id"] == OLDER.indicator_id].head(10)])
    poor = replace(package, observations=tenth)
    assert known_areas(poor, OLDER, "neighbourhood") < known_areas(poor, NEWEST, "neighbourhood") < 36
    assert covering(poor, "income_per_resident", "neighbourhood") == NEWEST


def test_what_no_table_has_is_none(package: Package) -> None:
    assert covering(package, "no_such_thing", "neighbourhood") is None
    assert covering(package, "youth_care", "neighbourhood") is None
