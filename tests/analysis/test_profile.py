"""The profile of every district and neighbourhood against plain loops over data/*.csv, closed forms of the scale, and
registers and figures made by hand."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsc_geo.analysis import profile
from hsc_geo.analysis.figures import Figure
from hsc_geo.analysis.matrix import Basis
from hsc_geo.analysis.profile import (
    DIFFERENT,
    FAVOURABLE,
    SAME,
    UNFAVOURABLE,
    Spine,
    against_city,
    check_level,
    initiatives_by_ambition,
    missing_kinds,
    residents,
    spine,
    trends,
    with_trend,
)
from hsc_geo.data.load import Package
from tests.analysis import naive

LEVELS = ("district", "neighbourhood")
AREAS = [code for level in LEVELS for code in naive.codes_of(level)]
SIZES = ("persons", "households", "ha", "class")
PERCENT, NEUTRAL_PERCENT = "50090NED-Overgewicht", "50090NED-Drinker"
GOOD, DISTANCE = "50090NED-ErvarenGezondheidGoedZeerGoed", "85984NED-AfstandTotSchool"
NOT_ENDED = [key for key, row in naive.initiatives().items() if row["status"] != "ended"]
repeatable = settings(max_examples=60, deadline=None, derandomize=True, database=None)
tenths = st.integers(0, 1000).map(lambda i: i / 10)


def figure(value: float | None, indicator: str = PERCENT, lower: float | None = None) -> Figure:
    return Figure(
        "X", indicator, 2020, "18plus", value, lower, None, "present" if value is not None else "suppressed"
    )


def row(
    value: float | None,
    city: float | None,
    low: float,
    high: float,
    indicator: str = PERCENT,
    way: str = "high_bad",
) -> Spine:
    return Spine(
        indicator,
        2020,
        "18plus",
        figure(value, indicator),
        figure(city, indicator),
        figure(None),
        low,
        high,
        way,
        10,
    )


# --- the figures, counted again ------------------------------------------------------------------------------------


@cache
def rows_of(indicator: str) -> list[naive.Row]:
    return [r for r in naive.rows("observations") if r["indicator_id"] == indicator]


def newest(indicator: str, level: str, age_group: str) -> tuple[str, str] | None:
    """The newest (year, age) with a value at the level: the age asked where the table has it, else the widest."""
    present = [r for r in rows_of(indicator) if r["status"] == "present"]
    ages = {r["age_group"] for r in present}
    age = (
        age_group
        if age_group in ages
        else next(a for a in ("all", "18plus", "18to64", "65plus") if a in ages)
    )
    at_level = [
        r["year"]
        for r in present
        if r["age_group"] == age and naive.areas()[r["area_code"]]["level"] == level
    ]
    return (max(at_level), age) if at_level else None


def expected(level: str, age_group: str) -> dict[str, tuple[str, str]]:
    """Indicator -> (year, age) of what belongs on the spine of an area of the level."""
    found = {}
    for key, about in naive.indicators().items():
        if key.startswith("REGISTER") or about["unit"] in SIZES:
            continue
        moment = newest(key, level, age_group)
        if moment and naive.observed(key, *moment, "GM0546") is not None:
            found[key] = moment
    return found


@pytest.mark.parametrize("age_group", ["18plus", "65plus"])
@pytest.mark.parametrize("level", LEVELS)
def test_every_figure_is_that_of_the_csv(package: Package, level: str, age_group: str) -> None:
    wanted = expected(level, age_group)
    codes = naive.codes_of(level)
    known = {
        key: [v for v in (naive.observed(key, *moment, code) for code in codes) if v is not None]
        for key, moment in wanted.items()
    }
    for code in codes:
        rows = {each.indicator_id: each for each in spine(package, code, age_group)}
        assert {key: (str(r.year), r.age_group) for key, r in rows.items()} == wanted
        for key, r in rows.items():
            moment = wanted[key]
            assert r.figure.value == naive.observed(key, *moment, code)
            assert (r.city.value, r.country.value) == tuple(
                naive.observed(key, *moment, c) for c in ("GM0546", "NL00")
            )
            assert (r.low, r.high, r.n_areas) == (min(known[key]), max(known[key]), len(known[key]))
            assert r.direction == naive.indicators()[key]["direction"]


def test_the_official_figures_of_leiden_noord(package: Package) -> None:
    """StatLine 50090NED, perceived health (very) good, 18 and over, 2020: WK054603, GM0546 and NL00."""
    found = next(r for r in spine(package, "WK054603") if r.indicator_id == GOOD)
    assert (found.figure.value, found.city.value, found.country.value) == (77.8, 80.8, 78.4)


def test_every_health_figure_of_the_two_tables_is_there(package: Package) -> None:
    health = {key for key in naive.indicators() if key[:8] in ("50090NED", "50150NED")}
    assert health <= {r.indicator_id for r in spine(package, "BU05460000")}
    districts = {r.indicator_id for r in spine(package, "WK054603")}
    assert health - districts == {"50150NED-GoedErvarenGezondheid"}  # has no figures of districts


def test_figures_stand_by_theme_in_the_vocabularys_order_core_ones_first(package: Package) -> None:
    themes = [r["code"] for r in naive.rows("vocabularies") if r["vocabulary"] == "indicator_theme"]
    rows = spine(package, "WK054600")
    places = [themes.index(naive.indicators()[r.indicator_id]["theme"]) for r in rows]
    assert places == sorted(places)
    ranks = [float(naive.indicators()[r.indicator_id]["default_rank"] or 99) for r in rows]
    both = list(zip(places, ranks, strict=True))
    assert both == sorted(both)


def test_an_age_group_that_a_year_lacks_takes_an_older_year(package: Package) -> None:
    """Over 2020 no figure is published for 18 to 65."""
    found = next(r for r in spine(package, "WK054603", "18to64") if r.indicator_id == PERCENT)
    assert (found.year, found.age_group) == (2016, "18to64")


@pytest.mark.parametrize("code", ["GM0546", "NL00"])
def test_a_profile_is_of_a_district_or_neighbourhood(package: Package, code: str) -> None:
    for ask in (check_level, spine, residents, initiatives_by_ambition, missing_kinds, with_trend):
        with pytest.raises(ValueError, match=code):
            ask(package, code)


def test_an_unknown_area_is_named(package: Package) -> None:
    for ask in (check_level, spine, residents, initiatives_by_ambition, missing_kinds, with_trend):
        with pytest.raises(KeyError, match="WK999999"):
            ask(package, "WK999999")


def test_without_any_figure_there_is_no_row(package: Package) -> None:
    bare = replace(package, observations=package.observations.iloc[:0])
    assert spine(bare, "WK054603") == []
    assert with_trend(bare, "WK054603") == []
    assert residents(bare, "WK054603").facts == ()


# --- the scale ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("way", "value", "at"),
    [
        ("high_good", 30.0, 0.0), ("high_good", 50.0, 1.0), ("high_good", 35.0, 0.25),
        ("high_bad", 30.0, 1.0), ("high_bad", 50.0, 0.0), ("high_bad", 35.0, 0.75),
        ("neutral", 35.0, 0.25), ("high_bad", 60.0, 0.0), ("high_bad", 1.0, 1.0), ("high_good", 60.0, 1.0),
    ],
)  # fmt: skip
def test_a_place_on_the_scale(way: str, value: float, at: float) -> None:
    assert row(40, 41, 30, 50, way=way).position(value) == at


@repeatable
@given(tenths, tenths, st.lists(tenths, min_size=2, max_size=5))
def test_places_turn_round_with_the_direction_and_keep_order(
    low: float, gap: float, asked: list[float]
) -> None:
    high = low + gap
    good, bad = (row(low, low, low, high, way=way) for way in ("high_good", "high_bad"))
    for value in asked:
        at = good.position(value)
        if gap == 0:
            assert at is None
            assert bad.position(value) is None
            continue
        assert at is not None
        assert 0 <= at <= 1
        assert bad.position(value) == pytest.approx(1 - at)
        assert good.beyond(value) == (value < low or value > high)
    if gap:
        ends = [good.position(value) or 0.0 for value in sorted(asked)]
        assert ends == sorted(ends)


def test_without_a_value_there_is_no_place() -> None:
    assert row(None, 41, 30, 50).position(None) is None
    assert not row(None, 41, 30, 50).beyond(None)


@pytest.mark.parametrize(
    ("value", "city", "indicator", "way", "verdict"),
    [
        (44.0, 42.0, PERCENT, "high_bad", UNFAVOURABLE), (43.9, 42.0, PERCENT, "high_bad", SAME),
        (40.0, 42.0, PERCENT, "high_bad", FAVOURABLE), (40.1, 42.0, PERCENT, "high_bad", SAME),
        (44.0, 42.0, GOOD, "high_good", FAVOURABLE), (40.0, 42.0, GOOD, "high_good", UNFAVOURABLE),
        (2.3, 0.3, GOOD, "high_good", FAVOURABLE),  # 2.3 - 0.3 is a little under 2 in binary
        (52.2, 50.2, PERCENT, "high_bad", UNFAVOURABLE),
        (60.0, 42.0, NEUTRAL_PERCENT, "neutral", DIFFERENT), (42.5, 42.0, NEUTRAL_PERCENT, "neutral", SAME),
        (1.05, 1.0, DISTANCE, "high_bad", UNFAVOURABLE), (1.04, 1.0, DISTANCE, "high_bad", SAME),
        (None, 42.0, PERCENT, "high_bad", ""), (42.0, None, PERCENT, "high_bad", ""),
    ],
)  # fmt: skip
def test_what_differs_from_the_city(
    package: Package, value: float | None, city: float | None, indicator: str, way: str, verdict: str
) -> None:
    assert against_city(package, row(value, city, 0, 100, indicator, way)) == verdict


@repeatable
@given(st.integers(40, 960), st.integers(-40, 40), st.sampled_from(["high_good", "high_bad"]))
def test_two_points_are_a_difference_and_less_is_none(
    package: Package, city: int, gap: int, way: str
) -> None:
    """Counted in tenths of a point, so without fractions."""
    verdict = against_city(package, row((city + gap) / 10, city / 10, 0, 100, way=way))
    assert (verdict == SAME) == (abs(gap) < 20)
    if verdict != SAME:
        assert (verdict == FAVOURABLE) == ((gap > 0) == (way == "high_good"))


# --- who lives there ----------------------------------------------------------------------------------------------


def test_residents_and_ages_are_those_of_areas(package: Package) -> None:
    city = naive.areas()["GM0546"]
    for code in AREAS:
        about, found = naive.areas()[code], residents(package, code)
        assert (found.population, found.year) == (int(about["population"]), int(about["population_year"]))
        assert found.bands_year == int(about["bands_year"])
        for band in found.bands:
            number = int(about[band.column]) if about[band.column] else None
            assert band.number == number
            assert band.city_share == pytest.approx(int(city[band.column]) / naive.residents_of_bands(city))
            if number is not None and found.population:
                assert band.share == pytest.approx(number / naive.residents_of_bands(about))
        tables = {f.figure.indicator_id.split("-")[0] for f in found.facts}
        assert "85984NED" in tables <= {"86165NED", "85984NED"}


def test_ages_are_shares_of_the_residents_of_their_own_year(package: Package) -> None:
    """Leeuwenhoek: 580 of 720 in 2024, not of the 830 of 2025."""
    found = residents(package, "BU05460704")
    assert (found.population, found.year, found.bands_year) == (830, 2025, 2024)
    assert found.bands[1].share == pytest.approx(580 / 720)
    assert found.bands[1].city_share == pytest.approx(24_102 / 130_638)


def test_residents_that_are_not_known_are_missing_not_zero(package: Package) -> None:
    areas = package.areas.copy()
    areas.loc["WK054603", ["population", "population_year", "population_0_14"]] = pd.NA
    found = residents(replace(package, areas=areas), "WK054603")
    assert (found.population, found.year, found.bands[0].number) == (None, None, None)
    assert [band.share for band in found.bands] == [None] * 5


def test_an_area_without_residents_has_no_shares(package: Package) -> None:
    areas = package.areas.copy()
    areas.loc["WK054603", "population"] = 0
    found = residents(replace(package, areas=areas), "WK054603")
    assert found.population == 0
    assert [band.share for band in found.bands] == [None] * 5


# --- over the years -----------------------------------------------------------------------------------------------


def test_a_trend_is_of_one_table_and_has_every_year_of_it(package: Package) -> None:
    for code in ("WK054603", "BU05460000", "BU05460402"):
        for key in with_trend(package, code):
            found = trends(package, code, key)
            assert found is not None
            assert found.table_id == naive.indicators()[key]["table_id"]
            years = {
                int(r["year"]) for r in rows_of(key) if (r["age_group"], r["status"]) == (found.age_group, "present")
            }  # fmt: skip
            assert list(found.years) == sorted(years)
            for place, line in ((code, found.area), ("GM0546", found.city), ("NL00", found.country)):
                assert [f.value for f in line] == [
                    naive.observed(key, y, found.age_group, place) for y in found.years
                ]
                assert all(f.indicator_id == key for f in line)


def test_a_year_without_a_figure_is_a_gap_with_its_reason(package: Package) -> None:
    rows = package.observations
    gone = (rows["area_code"] == "WK054603") & (rows["indicator_id"] == PERCENT) & (rows["year"] == 2016)
    edited = rows.assign(
        value=rows["value"].mask(gone), status=rows["status"].astype(str).mask(gone, "suppressed")
    )
    found = trends(replace(package, observations=edited), "WK054603", PERCENT)
    assert found is not None
    assert [f.status for f in found.area] == ["present", "suppressed", "present"]


def test_what_is_published_for_neighbourhoods_only_has_no_trend_of_a_district(package: Package) -> None:
    assert trends(package, "WK054603", "50150NED-GoedErvarenGezondheid") is None
    assert trends(package, "BU05460000", "50150NED-GoedErvarenGezondheid") is not None


def test_one_year_is_no_trend(package: Package) -> None:
    for code in ("WK054603", "BU05460000"):
        assert not [key for key in with_trend(package, code) if key.startswith("85984NED")]


# --- initiatives and partners -------------------------------------------------------------------------------------


def ambitions_of(key: str) -> set[str]:
    return naive.parts(naive.initiatives()[key]["ambition_codes"]) or {"none"}


def sectors_of(key: str) -> set[str]:
    """The initiative's own sectors, and those of the organisations linked to it."""
    organisations = {r["organisation_id"]: r["sector"] for r in naive.rows("organisations")}
    linked = {
        r["organisation_id"] for r in naive.rows("initiative_organisations") if r["initiative_id"] == key
    }
    return naive.parts(naive.initiatives()[key]["sector"]) | {organisations[o] for o in linked if o}


@pytest.mark.parametrize("code", AREAS[:10] + AREAS[10::6])
def test_initiatives_by_ambition_counted_again(package: Package, code: str) -> None:
    lines = initiatives_by_ambition(package, code)
    parent = naive.areas()[code]["parent_code"]
    siblings = {
        c for c, r in naive.areas().items() if r["parent_code"] == parent and r["level"] == "neighbourhood"
    }
    assert [line.ambition for line in lines][:4] == ["A1", "A2", "A3", "A4"]
    for line in lines:
        fits = [key for key in NOT_ENDED if line.ambition in ambitions_of(key)]
        assert line.here == tuple(key for key in fits if code in naive.served()[key])
        by_scope = [[key for key in fits if naive.scope(key) == {scope}] for scope in ("city", "region")]
        assert line.wide == (*by_scope[0], *by_scope[1])
        if code.startswith("BU"):
            around = [k for k in fits if parent in naive.served()[k] and not naive.served()[k] & siblings]
            assert line.around == tuple(around)
        else:
            assert line.around == ()


@pytest.mark.parametrize("code", ["WK054603", "WK054605", "BU05460003"])
def test_kinds_of_partner_counted_again(package: Package, code: str) -> None:
    found = missing_kinds(package, code)
    order = [r["code"] for r in naive.rows("vocabularies") if r["vocabulary"] == "sector"]
    assert [kind.sector for kind in found] == order
    for kind in found:
        fits = [key for key in NOT_ENDED if kind.sector in sectors_of(key)]
        assert kind.here == tuple(key for key in fits if code in naive.served()[key])
        assert kind.wide == tuple(key for key in fits if naive.scope(key) <= {"city", "region"})
        assert sorted(kind.here + kind.wide + kind.elsewhere) == sorted(fits)  # each once
        assert len(kind.organisations) == sum(r["sector"] == kind.sector for r in naive.rows("organisations"))


def test_an_empty_register_knows_none_of_any_ambition_or_kind(package: Package) -> None:
    bare = replace(
        package,
        initiatives=package.initiatives.iloc[:0],
        initiative_areas=package.initiative_areas.iloc[:0],
        initiative_organisations=package.initiative_organisations.iloc[:0],
    )
    assert [(line.ambition, line.here, line.wide) for line in initiatives_by_ambition(bare, "WK054603")] == [
        (code, (), ()) for code in ("A1", "A2", "A3", "A4")
    ]
    kinds = missing_kinds(bare, "WK054603")
    assert all(kind.here == kind.wide == kind.elsewhere == () for kind in kinds)
    assert all(kind.organisations for kind in kinds)


def test_one_that_ended_counts_only_when_asked(package: Package) -> None:
    key = next(k for k in NOT_ENDED if "WK054603" in naive.served()[k])
    register = package.initiatives.copy()
    register.loc[key, "status"] = "ended"
    ended = replace(package, initiatives=register)
    assert key in profile.known_here(package, "WK054603")
    assert key not in profile.known_here(ended, "WK054603")
    assert key in profile.known_here(ended, "WK054603", Basis("all"))
