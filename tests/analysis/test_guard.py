"""The guard of claims: every kind of reading against every kind of figure, and every indicator of the package."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsc_geo.analysis import guard
from hsc_geo.analysis.guard import INSTEAD_OF, KINDS, REASONS, Reading, judge
from hsc_geo.data.load import Package
from tests.shared import naive

CITY, WK, WK2, BU, BU2 = "GM0546", "WK054603", "WK054605", "BU05460300", "BU05460500"
INDICATORS = list(naive.indicators())
BY_KIND = {kind: "X-" + kind for kind in ("registered", "surveyed", "modelled", "counted", "dreamt")}
repeatable = settings(max_examples=60, deadline=None, derandomize=True, database=None)


@pytest.fixture(scope="module")
def kinds(package: Package) -> Package:
    """The package with one indicator of each kind, all of one table."""
    row = package.indicators.iloc[[0]]
    rows = [
        row.assign(kind=kind, table_id="X").rename(index={row.index[0]: key}) for kind, key in BY_KIND.items()
    ]
    return replace(package, indicators=pd.concat([package.indicators, *rows]))


WHAT = {  # reading -> (kind of figure, areas, years) -> the verdict
    guard.EFFECT: [
        ("modelled", (BU,), (2020,), "effect_modelled"),
        ("modelled", (), (), "effect_modelled"),
        ("dreamt", (BU,), (), "effect_modelled"),
        ("surveyed", (BU,), (), "effect_no_comparison"),
        ("registered", (BU,), (2023, 2024), "effect_no_comparison"),
        ("counted", (WK,), (), "effect_no_comparison"),
    ],
    guard.RANK: [
        ("modelled", (BU, BU2), (2020,), "rank_modelled"),
        ("modelled", (), (), "rank_modelled"),
        ("dreamt", (), (), "rank_modelled"),
        ("surveyed", (WK, WK2), (2020,), "rank_surveyed"),
        ("registered", (BU, BU2), (2024,), "allowed"),
        ("registered", (), (), "allowed"),
        ("registered", (BU, WK), (2024,), "levels_mixed"),
        ("registered", (BU, BU2), (2023, 2024), "years_mixed"),
        ("counted", (WK, WK2), (), "allowed_counted"),
    ],
    guard.CHANGE: [
        ("modelled", (BU,), (2016, 2020), "change_modelled"),
        ("modelled", (WK,), (2016, 2020), "change_modelled"),
        ("modelled", (), (2016, 2020), "change_modelled"),
        ("modelled", (CITY, WK), (2016, 2020), "change_modelled"),
        ("modelled", (CITY,), (2016, 2020), "allowed"),
        ("modelled", ("NL00",), (), "allowed"),
        ("dreamt", (BU,), (), "change_modelled"),
        ("surveyed", (WK,), (2016, 2020), "change_surveyed"),
        ("surveyed", (CITY,), (2016, 2020), "allowed"),
        ("registered", (BU,), (2023, 2024), "allowed"),
        ("registered", (), (), "allowed"),
        ("registered", (BU,), (2024,), "one_year"),
        ("registered", (BU,), (2024, 2024), "one_year"),
        ("counted", (WK,), (2023, 2024), "change_counted"),
        ("counted", (CITY,), (), "change_counted"),
    ],
    guard.TREND: [
        ("modelled", (BU,), (2012, 2016, 2020), "change_modelled"),
        ("modelled", (CITY,), (2012, 2016, 2020), "allowed"),
        ("surveyed", (BU,), (2012, 2016), "change_surveyed"),
        ("registered", (BU,), (2022, 2023, 2024), "allowed"),
        ("counted", (BU,), (), "change_counted"),
    ],
    guard.LEVELS: [
        (kind, areas, (), verdict)
        for kind in BY_KIND
        for areas, verdict in (((BU, WK), "levels_mixed"), ((BU, BU2), "allowed"), ((WK, CITY), "allowed"))
        if (kind, verdict) != ("counted", "allowed")
    ]
    + [("registered", (), (), "levels_mixed"), ("modelled", (), (), "levels_mixed")],
    guard.COMPARE: [
        ("modelled", (BU, CITY), (2020,), "allowed"),
        ("modelled", (WK, CITY, "NL00"), (2020,), "allowed"),
        ("modelled", (BU, WK), (2020,), "levels_mixed"),
        ("modelled", (BU, CITY), (2016, 2020), "years_mixed"),
        ("surveyed", (BU, CITY), (2020,), "allowed"),
        ("registered", (BU, BU2), (), "allowed"),
        ("counted", (WK, CITY), (), "allowed_counted"),
    ],
}
CASES = [(reading, *case) for reading, cases in WHAT.items() for case in cases]


@pytest.mark.parametrize(("kind", "figure", "areas", "years", "reason"), CASES)
def test_every_reading_of_every_kind_of_figure(
    kinds: Package, kind: str, figure: str, areas: tuple[str, ...], years: tuple[int, ...], reason: str
) -> None:
    found = judge(kinds, Reading(kind, (BY_KIND[figure],), areas, years))
    assert found.reason == reason
    assert found.allowed is reason.startswith("allowed")
    assert bool(found.instead) is not found.allowed


def test_the_cases_leave_no_reading_and_no_figure_out() -> None:
    assert {(kind, figure) for kind, figure, *_ in CASES} >= {
        (kind, figure) for kind in KINDS for figure in ("registered", "modelled", "surveyed", "counted")
    }
    assert {reason for *_, reason in CASES} | {"tables_joined", "figures_joined"} >= set(REASONS)


# --- the indicators of the package --------------------------------------------------------------------------------


@pytest.mark.parametrize("key", INDICATORS)
def test_each_indicator_by_its_kind(package: Package, key: str) -> None:
    kind = naive.indicators()[key]["kind"]

    def allowed(reading: str, areas: tuple[str, ...], years: tuple[int, ...] = ()) -> bool:
        return judge(package, Reading(reading, (key,), areas, years)).allowed

    assert not allowed(guard.EFFECT, (BU,))
    assert allowed(guard.RANK, (BU, BU2)) is (kind != "modelled")
    assert allowed(guard.CHANGE, (BU,), (2016, 2020)) is (kind == "registered")
    assert allowed(guard.TREND, (WK,), (2016, 2020)) is (kind == "registered")
    assert not allowed(guard.LEVELS, (WK, BU))
    assert not allowed(guard.LEVELS, ())
    assert allowed(guard.COMPARE, (BU, CITY), (2020,))


areas = st.lists(st.sampled_from([CITY, WK, WK2, BU, BU2, "NL00"]), max_size=4).map(tuple)
years = st.lists(st.integers(2012, 2024), max_size=3).map(tuple)
some = st.lists(st.sampled_from(INDICATORS), min_size=1, max_size=3).map(tuple)


@repeatable
@given(some, areas, years, st.sampled_from(["", "LEI-001", "<b>"]))
def test_no_effect_is_ever_read_from_a_modelled_figure(
    package: Package, ids: tuple[str, ...], where: tuple[str, ...], when: tuple[int, ...], key: str
) -> None:
    found = judge(package, Reading(guard.EFFECT, ids, where, when, key))
    modelled = any(naive.indicators()[each]["kind"] == "modelled" for each in ids)
    assert not found.allowed
    assert (found.reason == "effect_modelled") is modelled


@repeatable
@given(some, areas, years, st.sampled_from([guard.CHANGE, guard.TREND]))
def test_a_trend_never_joins_tables(
    package: Package, ids: tuple[str, ...], where: tuple[str, ...], when: tuple[int, ...], kind: str
) -> None:
    found = judge(package, Reading(kind, ids, where, when))
    tables = {naive.indicators()[each]["table_id"] for each in ids}
    if len(tables) > 1:
        assert (found.allowed, found.reason) == (False, "tables_joined")
        assert set(found.facts["tables"]) == tables
    elif len(set(ids)) > 1:
        assert found.reason == "figures_joined"


@repeatable
@given(some, areas, years, st.sampled_from(KINDS))
def test_what_holds_of_every_verdict(
    package: Package, ids: tuple[str, ...], where: tuple[str, ...], when: tuple[int, ...], kind: str
) -> None:
    found = judge(package, Reading(kind, ids, where, when))
    assert found == judge(package, Reading(kind, ids[::-1], where[::-1], when[::-1]))
    assert found.allowed or INSTEAD_OF[found.reason] == found.instead
    levels = {naive.areas()[code]["level"] for code in where}
    if {"district", "neighbourhood"} <= levels and kind in (guard.LEVELS, guard.COMPARE, guard.RANK):
        assert not found.allowed


def test_the_two_series_of_perceived_health_make_no_trend(package: Package) -> None:
    both = ("50090NED-ErvarenGezondheidGoedZeerGoed", "50150NED-GoedErvarenGezondheid")
    assert judge(package, Reading(guard.TREND, both, (CITY,), (2012, 2024))).reason == "tables_joined"


def test_the_income_of_2017_and_2024_makes_no_trend(package: Package) -> None:
    both = ("83765NED-GemiddeldInkomenPerInwoner", "85984NED-GemiddeldInkomenPerInwoner")
    assert judge(package, Reading(guard.CHANGE, both, (BU,), (2017, 2024))).reason == "tables_joined"


def test_the_metadata_decide_and_not_the_name(package: Package) -> None:
    key = next(k for k in INDICATORS if naive.indicators()[k]["kind"] == "modelled")
    table = package.indicators.copy()
    table.loc[key, "kind"] = "registered"
    other = replace(package, indicators=table)
    assert judge(other, Reading(guard.RANK, (key,), (BU, BU2))).allowed
    assert not judge(package, Reading(guard.RANK, (key,), (BU, BU2))).allowed


# --- bad input ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reading", [Reading("guess", (INDICATORS[0],)), Reading(guard.RANK, ())])
def test_no_reading_at_all_is_refused(package: Package, reading: Reading) -> None:
    with pytest.raises(ValueError, match="expected"):
        judge(package, reading)


@pytest.mark.parametrize(
    "reading", [Reading(guard.RANK, ("no such",)), Reading(guard.RANK, (INDICATORS[0],), ("WK999999",))]
)
def test_unknown_figures_and_areas_are_refused(package: Package, reading: Reading) -> None:
    with pytest.raises(KeyError):
        judge(package, reading)
