"""Adults from age bands, against the sum over ages done by hand, and numbers no finer than they bear."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest

from hsc_geo.analysis.adults import People, absolute, adults, people, residents_of_bands, rounded
from hsc_geo.analysis.figures import figure
from hsc_geo.data.load import Package

BANDS = ("population_0_14", "population_15_24", "population_25_44", "population_45_64", "population_65_plus")


def areas(**rows: tuple[object, ...]) -> pd.DataFrame:
    """Population, its year, five bands, their year."""
    columns = ["population", "population_year", *BANDS, "bands_year"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    return table.astype("Int64")


# CBS: Leiden-Noord 2025 (the band of 25 to 44 is the remainder); De Kooi 2025 with ages of 2024.
NOORD = (15035, 2025, 2225, 1990, 5330, 3525, 1965, 2025)
KOOI = (6185, 2025, 845, 905, 2320, 1375, 885, 2024)


def test_adults_of_real_areas() -> None:
    found = adults(areas(WK054603=NOORD, BU05460302=KOOI))
    # 5330 + 3525 + 1965 + 0.7 x 1990 and 2320 + 1375 + 885 + 0.7 x 905
    assert found["adults"].tolist() == pytest.approx([12_213.0, 5_213.5])
    assert found["year"].tolist() == [2025, 2024]


def test_the_band_of_25_to_44_is_not_needed_within_one_year() -> None:
    found = adults(areas(A=(15035, 2025, 2225, 1990, None, 3525, 1965, 2025)))
    assert found.loc["A", "adults"] == pytest.approx(12_213.0)


@pytest.mark.parametrize(
    "row",
    [
        (15035, 2025, None, 1990, 5330, 3525, 1965, 2025),
        (15035, 2025, 2225, None, 5330, 3525, 1965, 2025),
        (None, None, None, None, None, None, None, None),
        (6185, 2025, 845, 905, None, 1375, 885, 2024),  # the total of 2024 is not known
        (6185, 2025, 845, 905, 2320, 1375, 885, None),  # of which year is not known
    ],
)
def test_without_the_bands_there_is_no_estimate(row: tuple[object, ...]) -> None:
    assert adults(areas(A=row)).loc["A"].isna().all()


def test_residents_are_those_of_the_year_of_the_bands() -> None:
    found = residents_of_bands(areas(WK054603=NOORD, BU05460302=KOOI))
    assert found.tolist() == [15_035, 845 + 905 + 2320 + 1375 + 885]


def test_an_area_of_students_has_seven_tenths_of_them() -> None:
    leeuwenhoek = (830, 2025, 0, 580, 140, 0, 0, 2024)
    assert adults(areas(BU05460704=leeuwenhoek)).loc["BU05460704", "adults"] == pytest.approx(546.0)


def test_nobody_is_zero_and_not_missing() -> None:
    assert adults(areas(A=(0, 2025, 0, 0, 0, 0, 0, 2025))).loc["A", "adults"] == 0.0


@pytest.mark.parametrize(
    ("percent", "people", "told"),
    [
        (47.4, 12_213.0, 5_800),  # 5,789
        (19.9, 12_213.0, 2_400),  # 2,430
        (12.8, 12_213.0, 1_600),  # 1,563
        (54.6, 5_213.5, 2_800),  # 2,847
        (42.0, 111_000.0, 47_000),  # 46,620
        (16.9, 500.0, 80),  # 84.5: tens at the finest
        (20.0, 475.0, 100),  # 95: halves go up
        (1.0, 449.0, 0),  # 4.5: to be told as fewer than 10
        (1.0, 500.0, 10),  # 5
        (0.0, 500.0, 0),
        (50.0, 0.0, 0),
        (100.0, 1_050_000.0, 1_100_000),
    ],
)
def test_a_count_is_as_round_as_it_bears(percent: float, people: float, told: int) -> None:
    found = absolute(percent, people)
    assert found == told
    assert isinstance(found, int)


@pytest.mark.parametrize(
    ("percent", "people"), [(None, 10.0), (10.0, None), (math.nan, 10.0), (10.0, math.nan)]
)
def test_missing_is_missing_and_not_zero(percent: float | None, people: float | None) -> None:
    assert absolute(percent, people) is None


@pytest.mark.parametrize(("percent", "people"), [(-0.1, 10.0), (100.1, 10.0), (50.0, -1.0)])
def test_what_cannot_be_is_refused(percent: float, people: float) -> None:
    with pytest.raises(ValueError, match="expected 0 to 100%"):
        absolute(percent, people)


@pytest.mark.parametrize(
    "exact", [0.0, 0.4, 1.0, 9.99, 14.9, 15.0, 99.4, 99.9, 100.0, 104.9, 994.9, 995.0, 12_345.6]
)
def test_rounding_is_off_by_at_most_half_a_step(exact: float) -> None:
    step = 10 if exact < 1000 else 10 ** (len(str(int(exact))) - 2)
    assert abs(rounded(exact) - exact) <= step / 2
    assert rounded(exact) % step == 0


# --- how many adults a figure is about ------------------------------------------------------------------------------


def about(package: Package, area: str, indicator: str, year: int, age: str = "18plus") -> People | None:
    return people(package, figure(package, area, indicator, year, age))


def test_leiden_noord_has_about_5800_overweight_adults(package: Package) -> None:
    """47.4% in 2024 of the adults by the ages of 2025."""
    assert about(package, "WK054603", "50150NED-Overgewicht", 2024) == People(5_800, 12_000, 2025)


def test_neighbourhoods_have_the_ages_of_their_own_year(package: Package) -> None:
    found = about(package, "BU05460704", "50150NED-Eenzaam", 2024)
    assert found is not None
    assert (found.of, found.year) == (550, 2024)  # 546 estimated for Leeuwenhoek


@pytest.mark.parametrize(
    ("area", "indicator", "year", "age"),
    [
        ("WK054603", "50090NED-Overgewicht", 2020, "65plus"),  # no figure of all adults
        ("WK054603", "86165NED-Koopwoningen", 2025, "all"),  # of homes
        ("WK054603", "85984NED-WmoClientenRelatief", 2024, "all"),  # no percentage
        ("WK054603", "50090NED-Overgewicht", 2012, "18plus"),  # too long before the ages
        ("BU05460407", "50150NED-Overgewicht", 2024, "18plus"),  # suppressed
        ("NL00", "50150NED-Overgewicht", 2024, "18plus"),  # not in this edition
    ],
)
def test_of_another_figure_no_number_of_adults_is_told(
    package: Package, area: str, indicator: str, year: int, age: str
) -> None:
    assert about(package, area, indicator, year, age) is None


def test_without_the_ages_no_number_is_told(package: Package) -> None:
    areas = package.areas.copy()
    areas.loc["WK054603", "population_15_24"] = pd.NA
    assert about(replace(package, areas=areas), "WK054603", "50150NED-Overgewicht", 2024) is None
