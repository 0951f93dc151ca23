"""The index of need against a plain second reading, and what must not change it."""

from __future__ import annotations

import math
import random
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsc_geo.analysis.need import (
    Ingredient,
    NeedError,
    default_ingredients,
    left_one_out,
    need_index,
    of_adults_only,
    percentile,
    sensitivity,
)
from hsc_geo.data.load import Package
from tests.shared import naive

LEVELS = ("district", "neighbourhood")
CORE = [
    key
    for key, row in sorted(naive.indicators().items(), key=lambda i: i[1]["default_rank"])
    if row["default_rank"]
]
HEALTH = [
    key for key, row in naive.indicators().items() if row["table_id"] == "50090NED" and "2020" in row["years"]
]
repeatable = settings(max_examples=30, deadline=None, derandomize=True, database=None)


def naive_percentiles(numbers: dict[str, float]) -> dict[str, float]:
    """By counting: those below, and half of those equal, itself among them."""
    n = len(numbers)
    return {
        code: 100 * (sum(v < own for v in numbers.values()) + sum(v == own for v in numbers.values()) / 2) / n
        for code, own in numbers.items()
    }


def naive_index(
    weights: dict[str, float], level: str, year: str = "2024", age: str = "18plus"
) -> dict[str, float]:
    ranks: dict[str, dict[str, float]] = {}
    for key in weights:
        sign = -1 if naive.indicators()[key]["direction"] == "high_good" else 1
        found = {code: naive.observed(key, year, age, code) for code in naive.codes_of(level)}
        ranks[key] = naive_percentiles({code: sign * v for code, v in found.items() if v is not None})
    whole = [code for code in naive.codes_of(level) if all(code in part for part in ranks.values())]
    total = sum(weights.values())
    return naive_percentiles(
        {c: round(sum(w * ranks[k][c] for k, w in weights.items()) / total, 9) for c in whole}
    )


def ingredients(weights: dict[str, float], year: int = 2024) -> list[Ingredient]:
    return [
        Ingredient(key, weight, year, "18plus", True if neutral(key) else None)
        for key, weight in weights.items()
    ]


def neutral(key: str) -> bool:
    return naive.indicators()[key]["direction"] == "neutral"


def index_of(
    package: Package, weights: dict[str, float], level: str = "neighbourhood", year: int = 2024
) -> pd.Series:
    return need_index(package, ingredients(weights, year), level).table["index"]


def changed(package: Package, key: str, change: object) -> Package:
    """The package with the values of one indicator changed by a function."""
    table = package.observations.copy()
    mine = table["indicator_id"] == key
    table.loc[mine, "value"] = table.loc[mine, "value"].map(change)
    return replace(package, observations=table)


@pytest.mark.parametrize("level", LEVELS)
def test_the_default_equals_a_count_by_hand(package: Package, level: str) -> None:
    need = need_index(package, default_ingredients(package), level)
    found = need.table["index"].dropna().to_dict()
    assert found == pytest.approx(naive_index(dict.fromkeys(CORE, 1.0), level), abs=1e-9)
    assert len(found) >= (10 if level == "district" else 50)


def test_the_default_is_the_core_of_the_package(package: Package) -> None:
    assert [each.indicator_id for each in default_ingredients(package)] == CORE
    assert len(CORE) == 6
    settled = need_index(package, default_ingredients(package), "district").ingredients
    assert {(each.year, each.age_group, each.weight) for each in settled} == {(2024, "18plus", 1.0)}
    assert {naive.indicators()[key]["table_id"] for key in CORE} == {"50150NED"}
    assert [each.high_is_need for each in settled] == [
        naive.indicators()[key]["direction"] == "high_bad" for key in CORE
    ]


# The figures that fit each ambition, looked up by hand in the tables.
FIT = {
    "A1": ["Eenzaam", "KrijgtSteunVanAnderen", "MatigVeelRegieOverHetEigenLeven"],
    "A2": ["Overgewicht", "ErnstigOvergewichtObesitas", "VoldoetAanDeBeweegrichtlijn", "WekelijksSporten"],
    "A3": ["RooktTabak"],
    "A4": [
        "HoogRisicoAngststoornisOfDepressie",
        "HeelVeelStressAfg4Weken",
        "Eenzaam",
        "GoedErvarenGezondheid",
    ],
}


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("ambition", FIT)
def test_each_ambition_has_figures_that_fit_it_of_the_newest_year(
    package: Package, ambition: str, level: str
) -> None:
    keys = [f"50150NED-{name}" for name in FIT[ambition]]
    need = need_index(package, default_ingredients(package, ambition), level)
    assert [each.indicator_id for each in need.ingredients] == keys
    assert {(each.year, each.age_group, each.weight) for each in need.ingredients} == {(2024, "18plus", 1.0)}
    found = need.table["index"].dropna().to_dict()
    assert found == pytest.approx(naive_index(dict.fromkeys(keys, 1.0), level), abs=1e-9)
    assert of_adults_only(need)


def test_an_ambition_without_figures_of_its_own_has_the_core(package: Package) -> None:
    for ambition in ("", "none", "A9"):
        assert [each.indicator_id for each in default_ingredients(package, ambition)] == CORE
    bare = replace(package, indicators=package.indicators.assign(concept=""))
    assert [each.indicator_id for each in default_ingredients(bare, "A2")] == CORE


def test_a_newer_table_takes_the_place_of_an_older_one(package: Package) -> None:
    """Without the newer table, the same thing of the older one stands in, with its own year."""
    older = package.observations[~package.observations["indicator_id"].astype(str).str.startswith("50150NED")]
    found = default_ingredients(replace(package, observations=older), "A3")
    assert [(each.indicator_id, each.age_group) for each in found] == [("50090NED-Roker", "18plus")]


def test_whether_all_figures_are_of_adults(package: Package) -> None:
    old = Ingredient("50090NED-Eenzaam", age_group="65plus")
    assert not of_adults_only(need_index(package, [Ingredient(CORE[0]), old], "district"))
    assert of_adults_only(need_index(package, [Ingredient(CORE[0]), replace(old, weight=0)], "district"))


@repeatable
@given(
    st.dictionaries(st.sampled_from(HEALTH), st.floats(0.01, 100), min_size=1, max_size=5),
    st.sampled_from(LEVELS),
)
def test_any_composition_equals_a_count_by_hand(
    package: Package, weights: dict[str, float], level: str
) -> None:
    weights = {key: weight for key, weight in weights.items() if not neutral(key)} or {HEALTH[0]: 1.0}
    found = index_of(package, weights, level, 2020).dropna().to_dict()
    assert found == pytest.approx(naive_index(weights, level, "2020"), abs=1e-9)


@repeatable
@given(
    st.dictionaries(st.sampled_from(CORE), st.floats(0, 10), min_size=2).filter(lambda w: any(w.values())),
    st.floats(1e-3, 1e3),
    st.randoms(use_true_random=False),
)
def test_order_and_scale_of_the_weights_change_nothing(
    package: Package, weights: dict[str, float], factor: float, rnd: random.Random
) -> None:
    keys = list(weights)
    rnd.shuffle(keys)
    again = index_of(package, {key: weights[key] * factor for key in keys})
    pd.testing.assert_series_equal(index_of(package, weights), again)


@pytest.mark.parametrize(
    "change", [lambda v: 3 * v + 7, lambda v: math.exp(v / 20), lambda v: v**3], ids=["3v+7", "exp", "v3"]
)
def test_a_rising_change_of_a_figure_changes_nothing(package: Package, change: object) -> None:
    weights = dict.fromkeys(CORE, 1.0)
    other = changed(package, CORE[1], change)
    pd.testing.assert_series_equal(index_of(package, weights), index_of(other, weights))


def test_a_falling_change_turns_the_index_of_one(package: Package) -> None:
    other = changed(package, CORE[1], lambda v: -v)
    pd.testing.assert_series_equal(100 - index_of(package, {CORE[1]: 1}), index_of(other, {CORE[1]: 1}))


@pytest.mark.parametrize("key", CORE)
def test_weight_one_among_zeros_is_that_figure_alone(package: Package, key: str) -> None:
    weights = dict.fromkeys(CORE, 0.0) | {key: 1.0}
    pd.testing.assert_series_equal(index_of(package, weights), index_of(package, {key: 1.0}))
    alone = need_index(package, ingredients(weights), "neighbourhood")
    pd.testing.assert_series_equal(alone.table["index"], alone.percentiles[key], check_names=False)


def test_the_direction_asked_goes_before_that_of_the_indicator(package: Package) -> None:
    turned = need_index(package, [Ingredient(CORE[0], high_is_need=True)], "district").table["index"]
    usual = need_index(package, [Ingredient(CORE[0])], "district").table["index"]
    pd.testing.assert_series_equal(turned, 100 - usual)


def test_mid_rank_percentiles_by_hand() -> None:
    found = percentile(pd.Series([1.0, 2, 2, math.nan, 5]))
    assert found.tolist()[:3] == [12.5, 50, 50]
    assert math.isnan(found[3])
    assert found[4] == 87.5
    assert percentile(pd.Series([7.0])).tolist() == [50]


@repeatable
@given(st.lists(st.floats(-1e6, 1e6), min_size=1))
def test_percentiles_lie_within_and_average_fifty(numbers: list[float]) -> None:
    found = percentile(pd.Series(numbers))
    assert 0 < found.min() <= found.max() < 100
    assert found.mean() == pytest.approx(50)


# --- missing figures ----------------------------------------------------------------------------------------------


def test_an_area_that_lacks_a_figure_has_no_index_and_says_which(package: Package) -> None:
    need = need_index(package, default_ingredients(package), "neighbourhood")
    lacking = {
        code: tuple(
            (k, naive.observations()[k, "2024", "18plus", code]["status"])
            for k in CORE
            if naive.observed(k, "2024", "18plus", code) is None
        )
        for code in naive.codes_of("neighbourhood")
    }
    assert dict(need.missing) == {code: why for code, why in lacking.items() if why}
    assert need.missing
    assert need.table.loc[list(need.missing)].isna().all(axis=None)
    assert need.table["index"].notna().sum() == 54 - len(need.missing)


def test_a_figure_without_weight_stands_in_nobodys_way(package: Package) -> None:
    """The age bands of 2024 are published by neighbourhood only."""
    weights = [Ingredient(CORE[1]), Ingredient("85984NED-k_15Tot25Jaar", 0, high_is_need=True)]
    need = need_index(package, weights, "district")
    assert need.table["index"].notna().all()
    assert not need.missing
    with_it = need_index(package, [weights[0], replace(weights[1], weight=1)], "district")
    assert with_it.table["index"].isna().all()
    assert set(with_it.missing) == set(naive.codes_of("district"))
    assert sensitivity(with_it).isna().all()
    assert left_one_out(with_it).isna().all(axis=None)


def test_year_and_age_not_given_are_the_newest_and_the_widest(package: Package) -> None:
    newest = need_index(
        package, [Ingredient("50090NED-Eenzaam", age_group="18to64")], "district"
    ).ingredients[0]
    assert (newest.year, newest.age_group) == (2016, "18to64")  # 2020 has no figure for 18 to 64
    widest = need_index(package, [Ingredient("50090NED-Eenzaam", year=2012)], "district").ingredients[0]
    assert (widest.year, widest.age_group) == (2012, "18plus")


def test_a_year_that_was_never_published_leaves_no_index(package: Package) -> None:
    need = need_index(package, [Ingredient(CORE[0], year=1999)], "district")
    assert need.table["index"].isna().all()
    assert {why for parts in need.missing.values() for _, why in parts} == {"not_published"}


def test_an_indicator_without_figures_leaves_no_index(package: Package) -> None:
    need = need_index(package, [Ingredient("REGISTER-Initiatieven", high_is_need=False)], "district")
    assert need.table["index"].isna().all()
    assert need.ingredients[0].year is None


# --- sensitivity --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", LEVELS)
def test_sensitivity_is_a_share_that_the_seed_fixes(package: Package, level: str) -> None:
    need = need_index(package, default_ingredients(package), level)
    found = sensitivity(need)
    assert found.dropna().between(0, 1).all()
    assert found.isna().equals(need.table["index"].isna())
    pd.testing.assert_series_equal(found, sensitivity(need))
    assert not found.equals(sensitivity(need, seed=1))
    assert (found - sensitivity(need, seed=1)).abs().max() < 0.1
    shuffled = need_index(package, default_ingredients(package)[::-1], level)
    pd.testing.assert_series_equal(found, sensitivity(shuffled))


def test_no_more_than_a_quarter_is_in_the_top_quarter(package: Package) -> None:
    """Shares add up to the mean number of areas in the top: at most a quarter of them, ties aside."""
    for level, most in (("district", 2), ("neighbourhood", 13)):
        total = sensitivity(need_index(package, default_ingredients(package), level)).sum()
        assert most - 0.5 < total <= most + 1e-9


@pytest.mark.parametrize("key", CORE)
def test_a_single_figure_is_in_the_top_always_or_never(package: Package, key: str) -> None:
    need = need_index(
        package, [Ingredient(key), *(Ingredient(k, 0) for k in CORE if k != key)], "neighbourhood"
    )
    found = sensitivity(need, draws=50).dropna()
    assert set(found) == {0.0, 1.0}
    pd.testing.assert_series_equal(found == 1, need.table["index"].dropna() > 75, check_names=False)


def test_two_figures_equal_the_closed_form(package: Package) -> None:
    """With two figures the first weight is uniform on 0-1: the share is the length of it in which the area is in the
    top, here by a fine walk along it."""
    pair = CORE[:2]
    need = need_index(package, [Ingredient(key) for key in pair], "district")
    first, second = (need.percentiles[key].to_dict() for key in pair)
    steps, counts = 2000, dict.fromkeys(first, 0)
    for step in range(steps):
        w = (step + 0.5) / steps
        ranks = naive_percentiles({c: round(w * first[c] + (1 - w) * second[c], 9) for c in first})
        for code, rank in ranks.items():
            counts[code] += rank > 75
    found = sensitivity(need, draws=20_000).to_dict()
    assert found == pytest.approx({code: n / steps for code, n in counts.items()}, abs=0.02)


def test_an_area_that_is_highest_in_all_is_always_in_the_top(package: Package) -> None:
    worst = naive.codes_of("district")[0]
    table = package.observations.copy()
    for key in CORE:
        there = (table["indicator_id"] == key) & (table["area_code"] == worst)
        table.loc[there, "value"] = 0.0 if naive.indicators()[key]["direction"] == "high_good" else 100.0
    need = need_index(replace(package, observations=table), default_ingredients(package), "district")
    assert sensitivity(need)[worst] == 1
    assert need.table["index"].idxmax() == worst


@pytest.mark.parametrize(("draws", "top"), [(0, 0.25), (10, 0.0), (10, 1.0), (10, math.nan)])
def test_no_draws_or_no_top_is_refused(package: Package, draws: int, top: float) -> None:
    need = need_index(package, default_ingredients(package), "district")
    with pytest.raises(ValueError, match="expected at least 1"):
        sensitivity(need, draws, top=top)


def test_left_one_out_is_the_index_of_the_others(package: Package) -> None:
    need = need_index(package, ingredients({key: 1.0 + i for i, key in enumerate(CORE)}), "district")
    found = left_one_out(need)
    assert set(found.columns) == set(CORE)
    for out in CORE:
        rest = {key: 1.0 + i for i, key in enumerate(CORE) if key != out}
        assert found[out].to_dict() == pytest.approx(naive_index(rest, "district"), abs=1e-9)
    assert left_one_out(need_index(package, [Ingredient(CORE[0])], "district")).shape == (10, 0)


# --- bad input ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_ones", "level", "code", "about"),
    [
        ([], "district", "no_ingredients", ""),
        ([Ingredient(CORE[0])], "municipality", "unknown_level", "municipality"),
        ([Ingredient("no such")], "district", "unknown_indicator", "no such"),
        ([Ingredient(CORE[0]), Ingredient(CORE[0], 2)], "district", "twice", CORE[0]),
        ([Ingredient(CORE[0], -1)], "district", "weight_negative", CORE[0]),
        ([Ingredient(CORE[0], math.nan)], "district", "weight_not_a_number", CORE[0]),
        ([Ingredient(CORE[0], math.inf)], "district", "weight_not_a_number", CORE[0]),
        ([Ingredient(CORE[0], 0), Ingredient(CORE[1], 0.0)], "district", "weights_zero", ""),
        ([Ingredient("50090NED-Mantelzorger")], "district", "direction_needed", "50090NED-Mantelzorger"),
    ],
)
def test_what_cannot_be_an_index_is_refused(
    package: Package, given_ones: list[Ingredient], level: str, code: str, about: str
) -> None:
    with pytest.raises(NeedError) as caught:
        need_index(package, given_ones, level)
    assert isinstance(caught.value, ValueError)
    assert (caught.value.code, caught.value.about) == (code, about)
    assert about in str(caught.value)


@pytest.mark.parametrize("weight", [1e-300, 1e308])
def test_absurd_weights_still_weigh(package: Package, weight: float) -> None:
    found = index_of(package, dict.fromkeys(CORE, weight))
    pd.testing.assert_series_equal(found, index_of(package, dict.fromkeys(CORE, 1.0)))


def test_nothing_of_the_package_changes(package: Package) -> None:
    before = package.observations.copy()
    sensitivity(need_index(package, default_ingredients(package), "neighbourhood"))
    pd.testing.assert_frame_equal(package.observations, before)
