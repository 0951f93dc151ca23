"""The profile of every district and neighbourhood against plain loops over data/*.csv, closed forms of the scale, and
registers and figures made by hand."""

from __future__ import annotations

import re
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
from tests.shared import naive

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
    )


# --- the figures, counted again ------------------------------------------------------------------------------------


@cache
def rows_of(indicator: str) -> list[naive.Row]:
    return [r for r in naive.rows("observations") if r["indicator_id"] == indicator]


def newest(indicator: str, level: str, age_group: str) -> tuple[str, str] | None:
    """The newest (year, age) with a value at the level: of the age asked where the table has it there, else of the
    widest."""
    here = {
        (r["year"], r["age_group"])
        for r in rows_of(indicator)
        if r["status"] == "present" and naive.areas()[r["area_code"]]["level"] == level
    }
    asked = [moment for moment in here if moment[1] == age_group]
    year = max((moment[0] for moment in asked or here), default=None)
    widest = ("all", "18plus", "18to64", "65plus", "15to74", "0to22")
    order = (age_group,) if asked else widest
    return next(((year, age) for age in order if (year, age) in here), None) if year else None


def expected(level: str, age_group: str) -> dict[str, tuple[str, str]]:
    """Indicator -> (year, age) of what belongs on the spine of an area of the level: of each concept the table with the
    age asked, if there is any, and the newest year."""
    tables: dict[str, list[tuple[bool, str, str, str]]] = {}
    for key, about in naive.indicators().items():
        moment = newest(key, level, age_group)
        if moment and about["unit"] not in SIZES:
            tables.setdefault(about["concept"], []).append(
                (moment[1] == age_group, moment[0], key, moment[1])
            )
    taken = {max(found)[2]: (max(found)[1], max(found)[3]) for found in tables.values()}
    return {
        key: moment for key, moment in taken.items() if naive.observed(key, *moment, "GM0546") is not None
    }


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
            assert (r.low, r.high) == (min(known[key]), max(known[key]))
            assert r.direction == naive.indicators()[key]["direction"]
        concepts = [naive.indicators()[key]["concept"] for key in rows]
        assert len(set(concepts)) == len(concepts)


def test_the_official_figures_of_leiden_noord(package: Package) -> None:
    """StatLine 50150NED, perceived health good, 18 and over, 2024: WK054603, GM0546 and NL00; and what 50090NED has of
    65 and over, which 50150NED lacks."""
    found = next(r for r in spine(package, "WK054603") if r.indicator_id == "50150NED-GoedErvarenGezondheid")
    assert (found.year, found.figure.value, found.city.value, found.country.value) == (2024, 69.4, 75.0, 72.8)
    old = next(r for r in spine(package, "WK054603", "65plus") if r.indicator_id == GOOD)
    assert (old.year, old.age_group) == (2020, "65plus")
    assert old.figure.value == naive.observed(GOOD, 2020, "65plus", "WK054603")


def test_every_health_figure_is_there_once_of_the_newer_table(package: Package) -> None:
    tables: dict[str, set[str]] = {}
    for key, about in naive.indicators().items():
        if key[:8] in ("50090NED", "50150NED"):
            tables.setdefault(about["concept"], set()).add(key[:8])
    for code in ("BU05460000", "WK054603"):
        shown = {
            naive.indicators()[r.indicator_id]["concept"]: r.indicator_id[:8] for r in spine(package, code)
        }
        assert {concept: max(found) for concept, found in tables.items()}.items() <= shown.items()


def test_of_nineteen_figures_there_is_none_of_the_country_and_never_that_of_the_other_table(
    package: Package,
) -> None:
    rows = [r for r in spine(package, "WK054603") if r.indicator_id.startswith("50150NED")]
    without = [r for r in rows if r.country.value is None]
    assert (len(rows), len(without)) == (20, 19)
    assert {r.country.status for r in without} == {"not_published"}
    assert [r.indicator_id for r in rows if r not in without] == ["50150NED-GoedErvarenGezondheid"]


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


@pytest.mark.parametrize("way", ["high_good", "high_bad", "neutral"])
@pytest.mark.parametrize(("value", "at"), [(0.0, 0.0), (45.2, 0.452), (100.0, 1.0)])
def test_a_percentage_stands_between_0_and_100_whichever_way_is_favourable(
    way: str, value: float, at: float
) -> None:
    assert row(40, 41, 30, 50, way=way).position(value) == pytest.approx(at)


@repeatable
@given(st.floats(-50, 50), st.floats(0.5, 100), st.lists(tenths, min_size=2, max_size=5))
def test_places_keep_the_order_and_the_ratios_of_the_figures(
    low: float, wide: float, asked: list[float]
) -> None:
    found = replace(row(low, low, low, low), scale=(low, low + wide))
    for value in asked:
        at = found.position(value)
        assert at is not None
        assert 0 <= at <= 1
        if low <= value <= low + wide:
            assert at * wide + low == pytest.approx(value)
    assert [found.position(value) for value in sorted(asked)] == sorted(
        found.position(value) or 0.0 for value in asked
    )


def test_the_scale_is_that_of_the_figure_and_the_same_for_every_area(package: Package) -> None:
    """Percentages 0 to 100, others from 0 to a round number that is no more than twice the highest of all."""
    scales: dict[str, set[tuple[float, float]]] = {}
    for code in naive.codes_of("district"):
        for each in spine(package, code):
            scales.setdefault(each.indicator_id, set()).add(each.scale)
    for key, (scale,) in ((key, found) for key, found in scales.items()):
        if naive.indicators()[key]["unit"] == "percent":
            assert scale == (0, 100)
            continue
        year = max(r["year"] for r in rows_of(key))
        codes = [*naive.codes_of("district"), "GM0546", "NL00"]
        known = [naive.observed(key, year, "all", code) for code in codes]
        most = max(value for value in known if value is not None)
        assert scale[0] == 0
        assert most <= scale[1] <= 2 * most
        assert re.fullmatch(r"[1-9]0*\.?0*|0\.0*[1-9]0*", f"{scale[1]:.6f}".rstrip("0")), scale


def test_the_band_is_what_is_about_the_same_as_the_city(package: Package) -> None:
    """Two percentage points on either side; of other figures 5% of the city's value."""
    rows = {r.indicator_id: r for r in spine(package, "WK054603")}
    weight = rows["50150NED-Overgewicht"]
    assert weight.city.value == 42.0
    assert weight.band == (40.0, 44.0)
    home = rows["86165NED-GemiddeldeWOZWaardeVanWoningen"]
    assert home.city.value == 409
    assert home.band == pytest.approx((388.55, 429.45))
    for each in rows.values():
        assert each.band is not None
        for value in each.band:
            at_edge = replace(each, figure=replace(each.figure, value=value, status="present"))
            assert against_city(package, at_edge) != SAME
        inside = replace(each, figure=replace(each.figure, value=each.city.value, status="present"))
        assert against_city(package, inside) == SAME


def test_without_a_value_there_is_no_place() -> None:
    assert row(None, 41, 30, 50).position(None) is None


@pytest.mark.parametrize(
    ("value", "city", "indicator", "way", "verdict"),
    [
        (44.0, 42.0, PERCENT, "high_bad", UNFAVOURABLE),
        (43.9, 42.0, PERCENT, "high_bad", SAME),
        (40.0, 42.0, PERCENT, "high_bad", FAVOURABLE),
        (40.1, 42.0, PERCENT, "high_bad", SAME),
        (44.0, 42.0, GOOD, "high_good", FAVOURABLE),
        (40.0, 42.0, GOOD, "high_good", UNFAVOURABLE),
        (2.3, 0.3, GOOD, "high_good", FAVOURABLE),  # 2.3 - 0.3 is a little under 2 in binary
        (52.2, 50.2, PERCENT, "high_bad", UNFAVOURABLE),
        (60.0, 42.0, NEUTRAL_PERCENT, "neutral", DIFFERENT),
        (42.5, 42.0, NEUTRAL_PERCENT, "neutral", SAME),
        (1.05, 1.0, DISTANCE, "high_bad", UNFAVOURABLE),
        (1.04, 1.0, DISTANCE, "high_bad", SAME),
        (None, 42.0, PERCENT, "high_bad", ""),
        (42.0, None, PERCENT, "high_bad", ""),
    ],
)
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
                int(r["year"])
                for r in rows_of(key)
                if (r["age_group"], r["status"]) == (found.age_group, "present")
            }
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
    income = "83765NED-HuishOnderOfRondSociaalMinimum"
    assert trends(package, "WK054603", income) is None
    assert trends(package, "BU05460000", income) is not None


def test_a_trend_is_of_the_table_that_was_asked_and_never_goes_on_in_the_other(package: Package) -> None:
    new, old = (trends(package, "WK054603", f"{table}-Overgewicht") for table in ("50150NED", "50090NED"))
    assert new is not None
    assert old is not None
    assert new.years == (2016, 2020, 2022, 2024)
    assert old.years == (2012, 2016, 2020)
    both = {
        naive.observed(f"{table}-Overgewicht", 2020, "18plus", "WK054603")
        for table in ("50150NED", "50090NED")
    }
    assert {new.area[1].value, old.area[2].value} == both
    assert len(both) == 2  # the two tables differ in the same year


def test_the_list_of_trends_has_each_concept_once_and_the_newer_table(package: Package) -> None:
    keys = with_trend(package, "WK054603")
    concepts = [naive.indicators()[key]["concept"] for key in keys]
    assert len(set(concepts)) == len(concepts)
    assert "50150NED-Overgewicht" in keys
    assert "50090NED-Drinker" in keys  # stands in the older table only


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
        by_scope = [[key for key in fits if naive.scope(key) == {scope}] for scope in ("city", "region")]
        assert kind.wide == (*by_scope[0], *by_scope[1])
        assert sorted(kind.here + kind.around + kind.wide + kind.elsewhere) == sorted(fits)  # each once
        assert (kind.around == ()) or code.startswith("BU")
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
