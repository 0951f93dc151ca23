"""What stands out of an area, and numbers per 1,000 residents, counted again by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hsc_geo.analysis.figures import figure
from hsc_geo.analysis.profile import core, spine
from hsc_geo.analysis.rates import initiatives_per_residents, is_count, per_residents
from hsc_geo.analysis.standing_out import Tally, standing_out, tally
from hsc_geo.data.load import Package
from tests.shared import naive

NORTH, CITY = "WK054603", "GM0546"
AMBITIONS = ("A1", "A2", "A3", "A4")
CORE = [key for key, row in naive.indicators().items() if row["default_rank"]]
HOUSEHOLDS, RESIDENTS = "86165NED-HuishoudensTotaal", "86165NED-AantalInwoners"


def gap(key: str, code: str) -> float:
    own, city = (naive.observed(key, 2024, "18plus", place) for place in (code, CITY))
    return 0.0 if own is None or city is None else round(own - city, 6)


@pytest.mark.parametrize("code", naive.codes_of("district"))
def test_the_core_figure_that_differs_most_from_the_city(package: Package, code: str) -> None:
    """All of them are percentages, about the same within two points."""
    found = standing_out(package, code).figure
    largest = max(abs(gap(key, code)) for key in CORE)
    if largest < 2:
        assert found is None
    else:
        assert found is not None
        assert abs(gap(found.indicator_id, code)) == largest


@pytest.mark.parametrize("code", naive.codes_of("district"))
def test_the_ambition_with_least_known_beside_the_city(package: Package, code: str) -> None:
    found = standing_out(package, code)

    def numbers(area: str, ambition: str) -> int:
        ids = [
            key
            for key, row in naive.initiatives().items()
            if row["status"] != "ended" and ambition in naive.parts(row["ambition_codes"])
        ]
        counted = naive.count(area, ids)
        return len(counted["own"]) + len(counted["shared"])

    shares = {each: numbers(code, each) / numbers(CITY, each) for each in AMBITIONS}
    assert shares[found.ambition] == min(shares.values())
    assert (found.here.number, found.whole.number) == (
        numbers(code, found.ambition),
        numbers(CITY, found.ambition),
    )


def test_a_fact_that_stands_out_is_no_mere_size(package: Package) -> None:
    found = standing_out(package, NORTH).fact
    assert found is not None
    assert not is_count(package, found.indicator_id)
    assert naive.indicators()[found.indicator_id]["kind"] == "registered"


def test_how_many_core_figures_are_less_favourable(package: Package) -> None:
    bad = {key: naive.indicators()[key]["direction"] == "high_bad" for key in CORE}
    worse = sum((gap(key, NORTH) >= 2) if bad[key] else (gap(key, NORTH) <= -2) for key in CORE)
    better = sum((gap(key, NORTH) <= -2) if bad[key] else (gap(key, NORTH) >= 2) for key in CORE)
    assert tally(package, core(spine(package, NORTH), package)) == Tally(6, worse, better)
    assert tally(package, []) == Tally(0, 0, 0)


def test_without_figures_nothing_of_them_stands_out(package: Package) -> None:
    found = standing_out(replace(package, observations=package.observations.iloc[:0]), NORTH)
    assert (found.figure, found.fact) == (None, None)


def test_households_per_1000_residents_are_of_the_same_table_and_year(package: Package) -> None:
    for code in (NORTH, CITY, "NL00"):
        own, people = (naive.observed(key, 2025, "all", code) for key in (HOUSEHOLDS, RESIDENTS))
        assert own is not None
        assert people
        assert per_residents(package, figure(package, code, HOUSEHOLDS, 2025, "all")) == pytest.approx(
            1000 * own / people
        )
    assert per_residents(package, figure(package, NORTH, HOUSEHOLDS, 1999, "all")) is None


def test_initiatives_per_1000_residents_only_where_a_thousand_live(package: Package) -> None:
    for code, row in naive.areas().items():
        found = initiatives_per_residents(package, code, 3)
        people = int(row["population"] or 0)
        assert found == (pytest.approx(3000 / people) if people >= 1000 else None), code
