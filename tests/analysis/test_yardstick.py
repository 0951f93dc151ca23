"""The rule that tells an area apart from the city, against the plain way to say it, with limits in the data and
without."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsc_geo.analysis import bulk, profile
from hsc_geo.analysis.explore import LEVELS, Choice, explore
from hsc_geo.analysis.export_tables import bundle
from hsc_geo.analysis.export_values import properties
from hsc_geo.analysis.feature_kinds import KINDS, OBSERVATIONS
from hsc_geo.analysis.figures import figure, has_intervals
from hsc_geo.analysis.need import Ingredient, default_ingredients, need_index
from hsc_geo.analysis.need_beside import beside_city
from hsc_geo.analysis.persons import persons
from hsc_geo.analysis.profile import INDISTINCT, against_city, core, spine
from hsc_geo.analysis.standing_out import standing_out, tally
from hsc_geo.analysis.summary import FIGURES, summary
from hsc_geo.analysis.yardstick import holding, holds
from hsc_geo.data.load import Package
from tests.shared.limits import limits_of, naive_standing, with_limits

CITY = "GM0546"
TODAY = dt.date(2026, 11, 30)
OVERWEIGHT, SMOKING = "50150NED-Overgewicht", "50150NED-RooktTabak"


@pytest.fixture(scope="module")
def limited(package: Package) -> Package:
    return with_limits(package)


NUMBERS = st.floats(-1e6, 1e6).map(lambda each: round(each, 1))


@given(NUMBERS, NUMBERS, NUMBERS)
def test_an_interval_holds_what_lies_in_it_and_its_own_ends(lower: float, upper: float, value: float) -> None:
    assert holds(lower, upper, value) == (naive_standing(value, lower, upper, value) == "indistinct")
    assert holds(value, max(value, upper), value)
    assert holds(min(value, lower), value, value)


@pytest.mark.parametrize("end", [None, math.nan])
def test_without_an_interval_nothing_is_in_doubt(end: float | None) -> None:
    assert not holds(end, 50.0, 40.0)
    assert not holds(30.0, end, 40.0)
    assert not holds(end, end, 40.0)


def test_what_binary_fractions_add_moves_no_end() -> None:
    assert holds(0.1 + 0.2, 1.0, 0.3)
    assert holds(0.0, 0.3, 0.1 + 0.2)


def test_the_areas_of_a_table_that_hold_a_value() -> None:
    table = pd.DataFrame({"lower": [1.0, 3.0, np.nan], "upper": [2.0, 4.0, np.nan]}, index=["A", "B", "C"])
    assert holding(table, 2.0) == {"A"}


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("scheme", ["city", "quantiles"])
def test_the_map_marks_the_areas_whose_interval_holds_the_city(
    limited: Package, level: str, scheme: str
) -> None:
    view = explore(limited, Choice(OVERWEIGHT, 2024, "18plus", level, scheme))
    rows = limits_of(limited, OVERWEIGHT, 2024, "18plus")
    city = float(rows.at[CITY, "value"])
    wanted = {
        str(code)
        for code, row in rows.iterrows()
        if code in view.table.index
        and naive_standing(row["value"], row["lower"], row["upper"], city) == "indistinct"
    }
    assert view.classes is not None
    assert view.classes.indistinct == wanted
    assert wanted
    assert view.classes.intervals
    assert view.classes.against_city
    assert sum(view.classes.doubted(i) for i in range(view.classes.k)) == len(wanted)


@pytest.mark.parametrize("indicator", [OVERWEIGHT, "REGISTER-Initiatieven"])
def test_without_limits_the_map_marks_nothing(package: Package, indicator: str) -> None:
    classes = explore(package, Choice(indicator)).classes
    assert classes is not None
    assert not classes.indistinct
    assert not classes.intervals
    assert not classes.against_city


def test_what_is_registered_has_no_interval_beside_estimates_that_have(limited: Package) -> None:
    assert has_intervals(limited, OVERWEIGHT)
    registered = [
        key for key in limited.indicators.index if limited.indicators.at[key, "kind"] == "registered"
    ]
    assert registered
    assert not any(has_intervals(limited, str(key)) for key in registered)


@pytest.mark.parametrize("code", ["WK054603", "WK054605", "BU05460000"])
def test_a_profile_calls_indistinct_what_the_plain_way_does(limited: Package, code: str) -> None:
    rows = spine(limited, code)
    assert any(against_city(limited, row) == INDISTINCT for row in rows)
    for row in rows:
        if row.figure.value is None or row.city.value is None:
            continue
        own = [math.nan if end is None else end for end in (row.figure.lower, row.figure.upper)]
        standing = naive_standing(row.figure.value, *own, row.city.value)
        verdict = against_city(limited, row)
        assert (verdict == INDISTINCT) == (standing == "indistinct"), row.indicator_id
        if verdict in (profile.FAVOURABLE, profile.UNFAVOURABLE):
            assert standing in ("", "above", "below")


@pytest.mark.parametrize("code", ["WK054603", "WK054605", "BU05460301"])
def test_no_sentence_claims_a_difference_that_the_interval_does_not_bear(limited: Package, code: str) -> None:
    for each in summary(limited, code, TODAY):
        if each.code in (FIGURES[profile.FAVOURABLE], FIGURES[profile.UNFAVOURABLE]):
            for row in each.params["rows"]:  # type: ignore[attr-defined]
                assert not holds(row.figure.lower, row.figure.upper, row.city.value)
    found = tally(limited, core(spine(limited, code), limited))
    assert found.unfavourable + found.favourable + found.indistinct <= found.known
    told = standing_out(limited, code).figure
    assert told is None or not holds(told.figure.lower, told.figure.upper, told.city.value or 0.0)


def test_with_limits_of_no_width_everything_is_said_as_without_limits(package: Package) -> None:
    exact = with_limits(package, dict.fromkeys(("country", "municipality", "district", "neighbourhood"), 0.0))
    for code in ("WK054603", "BU05460301"):
        plain = {row.indicator_id: against_city(package, row) for row in spine(package, code)}
        found = {row.indicator_id: against_city(exact, row) for row in spine(exact, code)}
        same = {
            key
            for key, row in ((r.indicator_id, r) for r in spine(exact, code))
            if row.figure.value == row.city.value
        }
        assert {k: v for k, v in found.items() if k not in same} == {
            k: v for k, v in plain.items() if k not in same
        }


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("indicator", [OVERWEIGHT, SMOKING])
@pytest.mark.parametrize("high", [True, False])
def test_need_of_one_figure_stands_by_the_plain_rule(
    limited: Package, level: str, indicator: str, high: bool
) -> None:
    need = need_index(limited, [Ingredient(indicator, 1.0, 2024, "18plus", high)], level)
    rows = limits_of(limited, indicator, 2024, "18plus")
    city = float(rows.at[CITY, "value"])
    turned = {"above": "above", "below": "below"} if high else {"above": "below", "below": "above"}
    for code, told in beside_city(limited, need).items():
        if np.isnan(need.table.at[code, "index"]):
            assert told == ""
            continue
        row = rows.loc[code]
        plain = naive_standing(row["value"], row["lower"], row["upper"], city)
        assert told == turned.get(plain, plain), code


@pytest.mark.parametrize("level", LEVELS)
def test_need_of_more_figures_is_above_the_city_only_with_all_at_their_ends(
    limited: Package, level: str
) -> None:
    asked = default_ingredients(limited, "A2")
    need = need_index(limited, asked, level)
    score = {"least": {}, "most": {}}  # type: dict[str, dict[str, float]]
    whole = 0.0
    for each in need.ingredients:
        assert each.year is not None
        rows = limits_of(limited, each.indicator_id, each.year, each.age_group)
        sign = 1 if each.high_is_need else -1
        known = sorted({sign * v for v in rows["value"].reindex(need.table.index).dropna()})
        every = sorted(sign * v for v in rows["value"].reindex(need.table.index).dropna())

        def at(value: float, known: list[float] = known, every: list[float] = every) -> float:
            ranks = [
                (sum(e < k for e in every) + 0.5 * sum(e == k for e in every)) / len(every) * 100
                for k in known
            ]
            slope = 100 / len(known) / (known[-1] - known[0])
            if value < known[0]:
                return ranks[0] + slope * (value - known[0])
            if value > known[-1]:
                return ranks[-1] + slope * (value - known[-1])
            i = max(j for j, k in enumerate(known) if k <= value)
            if known[i] == value or i == len(known) - 1:
                return ranks[i]
            part = (value - known[i]) / (known[i + 1] - known[i])
            return ranks[i] + part * (ranks[i + 1] - ranks[i])

        whole += at(sign * float(rows.at[CITY, "value"]))
        for code in need.table.index:
            row = rows.loc[code] if code in rows.index else None
            if row is None or np.isnan(row["value"]):
                continue
            ends = sorted((sign * row["lower"], sign * row["upper"]))
            for name, end in zip(score, ends, strict=True):
                score[name][code] = score[name].get(code, 0.0) + at(end)
    told = beside_city(limited, need)
    for code in need.table.index[need.table["index"].notna()]:
        plain = naive_standing(0, score["least"][code], score["most"][code], whole)
        assert told[code] == plain, code


@pytest.mark.parametrize("level", LEVELS)
def test_without_limits_need_is_held_against_nothing(package: Package, level: str) -> None:
    need = need_index(package, default_ingredients(package, "A2"), level)
    assert set(beside_city(package, need)) == {""}


def test_a_download_says_of_each_area_whether_it_is_told_apart(limited: Package, package: Package) -> None:
    rows = properties(bundle(limited, explore(limited, Choice(OVERWEIGHT)), {})["areas"])
    city = figure(limited, CITY, OVERWEIGHT, 2024, "18plus").value
    assert city is not None
    for row in rows:
        assert row["lower"] <= row["value"] <= row["upper"]
        assert row["city_in_interval"] == (row["lower"] <= city <= row["upper"])
    bare = properties(bundle(package, explore(package, Choice(OVERWEIGHT)), {})["areas"])
    assert {row["city_in_interval"] for row in bare} == {None}
    counted = properties(bundle(limited, explore(limited, Choice("REGISTER-Initiatieven")), {})["areas"])
    assert {row["city_in_interval"] for row in counted} == {None}


def test_all_figures_and_the_api_give_the_limits(limited: Package) -> None:
    table = bulk.tidy(limited)
    rows = limits_of(limited, OVERWEIGHT, 2024, "18plus")
    given = table[
        (table["indicator_id"] == OVERWEIGHT) & (table["year"] == 2024) & (table["age_group"] == "18plus")
    ].set_index("area_code")
    assert len(given) == len(rows)
    for end in ("lower", "upper"):
        assert given[end].astype("float64").to_dict() == pytest.approx(rows[end].to_dict(), nan_ok=True)
    names = {field.name for field in KINDS[OBSERVATIONS].fields}
    assert {"lower", "upper"} <= names


def test_a_download_says_about_how_many_people_a_percentage_is(package: Package) -> None:
    view = explore(package, Choice(OVERWEIGHT, 2024, "18plus", "neighbourhood"))
    found = persons(package, view.table, OVERWEIGHT, 2024, "18plus", 5)
    assert found is not None
    for row in properties(bundle(package, view, {}, 5)["areas"]):
        told = found.loc[row["area_code"]]
        assert row["people_told"] == told["told"]
        assert row["people"] == (None if pd.isna(told["number"]) else told["number"])
    counted = properties(bundle(package, explore(package, Choice("")), {})["areas"])
    assert {row["people"] for row in counted} == {None}
    assert {row["people_told"] for row in counted} == {None}
