"""The classes of the map on the committed figures: every figure and area against the yardstick in plain numbers."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pandas as pd
import pytest

from hsc_geo.analysis.classify import CITY, K_RANGE, SCHEMES, Classes
from hsc_geo.analysis.map_classes import MAP_SCHEMES, map_classes
from hsc_geo.analysis.yardstick import yardstick
from hsc_geo.data.load import Package
from tests.shared import naive

LEVELS = ("district", "neighbourhood")
HEALTH, REGISTER = "50090NED-ErvarenGezondheidGoedZeerGoed", "REGISTER-Initiatieven"
SIZES = ("persons", "households", "ha", "class")
Shown = tuple[str, str, str, str]  # indicator, year, age, level
EVERY: list[Shown] = sorted(
    {
        (r["indicator_id"], r["year"], r["age_group"], naive.areas()[r["area_code"]]["level"])
        for r in naive.rows("observations")
        if r["status"] == "present" and naive.areas()[r["area_code"]]["level"] in LEVELS
    }
)


@cache
def known(shown: Shown) -> pd.Series:
    key, year, age, level = shown
    found = {code: naive.observed(key, year, age, code) for code in naive.codes_of(level)}
    return pd.Series(found, dtype="float64")


def classes(package: Package, shown: Shown, scheme: str = CITY, k: int = 5) -> Classes:
    key, year, age, _ = shown
    return map_classes(package, key, int(year), age, known(shown), scheme, k)


def plain(value: float, city: float, about: naive.Row) -> str:
    """What an area is beside the city, in whole numbers of a tenth of a thousandth."""
    percent = about["unit"] == "percent"
    gap = round(10_000 * (value - city))
    near, much = (20_000, 50_000) if percent else (round(500 * city), round(1_500 * city))
    if abs(gap) < near:
        return "same"
    if about["direction"] == "neutral":
        return "above" if gap > 0 else "below"
    good = (gap > 0) == (about["direction"] == "high_good")
    return ("much_" if abs(gap) >= much else "") + ("more" if good else "less")


def test_every_area_of_every_figure_is_what_it_is_beside_the_city(package: Package) -> None:
    held = 0
    for shown in EVERY:
        key, year, age, _ = shown
        about, city = naive.indicators()[key], naive.observed(key, year, age, "GM0546")
        found = classes(package, shown)
        why = "total" if about["unit"] in SIZES else "" if city is not None else "no_city"
        assert found.instead == why, shown
        if why:
            assert found.scheme == "quantiles"
            assert found.names == ()
            continue
        assert city is not None
        held += 1
        for area, value in known(shown).dropna().items():
            assert found.names[found.assigned[area]] == plain(value, city, about), (shown, area, value, city)
    assert held > 200


def test_85_9_and_86_0_have_the_same_colour_and_no_class_is_77_7_to_77_8(package: Package) -> None:
    """Good perceived health by district in 2020, city 80.8: with quantiles the two pairs were told apart."""
    shown = (HEALTH, "2020", "18plus", "district")
    values = known(shown)
    at = {value: area for area, value in values.items()}
    found = classes(package, shown)
    number = found.assigned
    assert number[at[85.9]] == number[at[86.0]]
    assert number[at[77.7]] == number[at[77.8]]
    assert found.names == ("less", "same", "more", "much_more")
    assert found.counts == tuple(
        sum(low <= round(value - 80.8, 1) <= high for value in values.dropna())
        for low, high in ((-4.9, -2.0), (-1.9, 1.9), (2.0, 4.9), (5.0, 99.0))
    )
    assert all(upper - lower >= 3 for lower, upper in found.breaks[:-1])  # the last one is open


@pytest.mark.parametrize("scheme", SCHEMES)
def test_ten_districts_have_three_classes_at_most_and_percentages_whole_points(
    package: Package, scheme: str
) -> None:
    for shown in EVERY[::7]:
        about = naive.indicators()[shown[0]]
        for k in K_RANGE:
            found = classes(package, shown, scheme, k)
            assert found.k <= min(k, max(3, int(known(shown).notna().sum()) // 3))
            if about["unit"] == "percent":
                step = 10.0 ** -int(about["decimals"])
                begins = [upper + step for _, upper in found.breaks[:-1]]
                assert all(abs(begin - round(begin)) < 1e-6 for begin in begins), (shown, begins)


def test_counts_of_initiatives_are_not_held_against_the_city(package: Package) -> None:
    values = pd.Series({code: float(i) for i, code in enumerate(naive.codes_of("district"))})
    found = map_classes(package, REGISTER, None, "", values, CITY, 5)
    assert (found.instead, found.scheme, found.k) == ("counted", "quantiles", 3)


def test_the_direction_goes_with_the_classes_of_every_way(package: Package) -> None:
    for key, direction in (
        (HEALTH, "high_good"),
        ("50150NED-Overgewicht", "high_bad"),
        ("50090NED-Drinker", "neutral"),
    ):
        shown = next(each for each in EVERY if each[0] == key)
        assert {classes(package, shown, scheme).direction for scheme in MAP_SCHEMES} == {direction}


def test_the_city_is_that_of_the_same_table_year_and_age(package: Package) -> None:
    new = classes(package, ("50150NED-Overgewicht", "2024", "18plus", "district")).yardstick
    old = classes(package, ("50090NED-Overgewicht", "2020", "65plus", "district")).yardstick
    assert new is not None
    assert old is not None
    assert new.city == 42.0
    assert old.city == naive.observed("50090NED-Overgewicht", 2020, "65plus", "GM0546")


def test_a_city_without_a_figure_is_told(package: Package) -> None:
    rows = package.observations
    gone = replace(package, observations=rows[rows["area_code"] != "GM0546"])
    found = classes(gone, ("50150NED-Overgewicht", "2024", "18plus", "district"))
    assert (found.instead, found.yardstick) == ("no_city", None)


@pytest.mark.parametrize(("scheme", "k"), [("pretty", 5), (CITY, 2), ("quantiles", 8)])
def test_another_way_or_number_is_refused(package: Package, scheme: str, k: int) -> None:
    with pytest.raises(ValueError, match=r"pretty|classes"):
        classes(package, EVERY[0], scheme, k)


@pytest.mark.parametrize(
    ("key", "city", "value", "same"),
    [
        ("50150NED-Overgewicht", 42.0, 43.9, True),
        ("50150NED-Overgewicht", 42.0, 44.0, False),
        ("50150NED-Overgewicht", 0.3, 2.3, False),  # 2.3 - 0.3 is a little under 2 in binary
        ("85984NED-GemiddeldInkomenPerInwoner", 40.0, 41.9, True),
        ("85984NED-GemiddeldInkomenPerInwoner", 40.0, 42.0, False),
        ("85984NED-WmoClientenRelatief", 66.0, 69.0, True),
        ("85984NED-WmoClientenRelatief", 66.0, 70.0, False),
    ],
)
def test_the_yardstick_by_hand(package: Package, key: str, city: float, value: float, same: bool) -> None:
    """Two points for a percentage; 5% of the city's value for thousands of euro and numbers per thousand."""
    assert yardstick(package, key, city).same(value) is same
    assert yardstick(package, key, city).same(2 * city - value) is same
