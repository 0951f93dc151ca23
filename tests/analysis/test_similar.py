"""Similar areas against a plain loop, and what a distance must be."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache
from itertools import permutations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsc_geo.analysis.similar import (
    ENOUGH,
    FEWEST_RESIDENTS,
    VARIABLES,
    default_weights,
    distances,
    left_out,
    likeness,
    similar,
)
from hsc_geo.data.load import Package
from tests.shared import naive

LEVELS = ("district", "neighbourhood")
BUURTEN = naive.codes_of("neighbourhood")
BAND = "population_0_14"
repeatable = settings(max_examples=30, deadline=None, derandomize=True, database=None)


def naive_value(key: str, code: str) -> float | None:
    row = naive.areas()[code]
    if key.startswith("population_"):
        people = naive.residents_of_bands(row)
        return 100 * int(row[key]) / people if people and row[key] else None
    year = max(naive.indicators()[key]["years"].split("|"))
    age = "18plus" if "18plus" in naive.indicators()[key]["age_groups"] else "all"
    return naive.observed(key, year, age, code)


@cache
def naive_values(key: str, level: str) -> dict[str, float]:
    found = {code: naive_value(key, code) for code in naive.codes_of(level)}
    return {code: value for code, value in found.items() if value is not None}


def compared(weights: dict[str, float], level: str) -> tuple[str, ...]:
    """Areas with residents and figures enough."""
    most = sum(weights.values())
    has = {
        code: sum(weight for key, weight in weights.items() if code in naive_values(key, level))
        for code in naive.codes_of(level)
        if int(naive.areas()[code]["population"] or 0) >= 200
    }
    return tuple(code for code, weight in has.items() if weight >= 0.6 * most - 1e-12)


@cache
def naive_scores(key: str, level: str, codes: tuple[str, ...]) -> dict[str, float]:
    known = {code: v for code, v in naive_values(key, level).items() if code in codes}
    mean = sum(known.values()) / len(known)
    spread = math.sqrt(sum((v - mean) ** 2 for v in known.values()) / len(known))
    return {code: (v - mean) / spread for code, v in known.items()}


def naive_distances(weights: dict[str, float], level: str) -> dict[tuple[str, str], float]:
    codes = compared(weights, level)
    scores = {key: naive_scores(key, level, codes) for key in weights}
    found = {}
    for a, b in permutations(codes, 2):
        both = [key for key in weights if a in scores[key] and b in scores[key]]
        used = sum(weights[key] for key in both)
        if used >= 0.6 * sum(weights.values()) - 1e-12:
            total = sum(weights[key] * (scores[key][a] - scores[key][b]) ** 2 for key in both)
            found[a, b] = math.sqrt(total / used)
    return found


def with_values(package: Package, key: str, values: dict[str, float | None]) -> Package:
    """The package with other values of an indicator for some areas."""
    table = package.observations.copy()
    for code, value in values.items():
        there = (table["indicator_id"] == key) & (table["area_code"] == code)
        table.loc[there, "value"] = math.nan if value is None else value
    return replace(package, observations=table)


@pytest.mark.parametrize("level", LEVELS)
def test_distances_equal_a_loop(package: Package, level: str) -> None:
    expected = naive_distances(default_weights(package), level)
    table = distances(package, level)
    found = {(a, b): table.at[a, b] for a in table.index for b in table.index if a != b}
    assert {pair: v for pair, v in found.items() if not math.isnan(v)} == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("code", ["WK054603", "WK054605", "BU05460302", "BU05460700"])
def test_the_nearest_come_first_as_by_a_loop(package: Package, code: str) -> None:
    expected = naive_distances(default_weights(package), naive.areas()[code]["level"])
    order = sorted((d, b) for (a, b), d in expected.items() if a == code)
    found = similar(package, code, k=7)
    assert [each.area_code for each in found] == [b for _, b in order[:7]]
    assert [each.distance for each in found] == pytest.approx([d for d, _ in order[:7]], rel=1e-9)


@repeatable
@given(
    st.dictionaries(
        st.sampled_from([BAND, *(k for block in VARIABLES.values() for k in block)]),
        st.floats(0.01, 10),
        min_size=1,
    ),
    st.sampled_from(LEVELS),
)
def test_any_weights_equal_a_loop_and_are_symmetric(
    package: Package, weights: dict[str, float], level: str
) -> None:
    table = distances(package, level, weights)
    expected = naive_distances(weights, level)
    assert len(expected) > 50
    found = {pair: table.at[pair] for pair in expected}
    assert all(math.isclose(found[pair], d, rel_tol=1e-9, abs_tol=1e-9) for pair, d in expected.items())
    assert table.equals(table.T)
    assert (table.to_numpy().diagonal() == 0).all()


@pytest.mark.parametrize("code", ["WK054603", "BU05460302", "BU05460704"])
def test_contributions_add_up_and_rebuild_the_distance(package: Package, code: str) -> None:
    weights = default_weights(package)
    for each in similar(package, code, k=50):
        assert sum(part.contribution for part in each.parts) == pytest.approx(1)
        used = sum(weights[part.key] for part in each.parts)
        squares = [weights[part.key] * part.apart**2 for part in each.parts]
        assert each.distance == pytest.approx(math.sqrt(sum(squares) / used))
        for part, square in zip(each.parts, squares, strict=True):
            assert part.contribution == pytest.approx(square / sum(squares))


def test_the_parts_carry_the_values_of_both(package: Package) -> None:
    (near,) = similar(package, "WK054603", k=1)
    assert {part.key for part in near.parts} == set(default_weights(package))
    for part in near.parts:
        assert (part.own, part.other) == pytest.approx(
            (naive_value(part.key, "WK054603"), naive_value(part.key, near.area_code))
        )
        assert part.year == (2025 if part.key.startswith("population") else 2024)


def test_ages_are_shares_of_the_residents_of_their_own_year(package: Package) -> None:
    """Leeuwenhoek has ages of 2024, when it had 720 residents in the bands, and 830 residents in 2025."""
    weights = {"population_15_24": 1.0}
    parts = [p for each in similar(package, "BU05460704", weights, k=60) for p in each.parts]
    assert [part.own for part in parts] == pytest.approx([100 * 580 / 720] * len(parts))
    assert parts
    assert {part.year for part in parts} == {2024}


def test_alike_in_and_differs_in(package: Package) -> None:
    (near,) = similar(package, "BU05460302", k=1)
    apart = [part.apart for part in near.alike_in()]
    assert apart == sorted(part.apart for part in near.parts)[:3]
    most = [part.contribution for part in near.differs_in(2)]
    assert most == sorted((part.contribution for part in near.parts), reverse=True)[:2]


def test_the_blocks_weigh_the_same(package: Package) -> None:
    weights = default_weights(package)
    assert sum(weights.values()) == pytest.approx(3)
    for block in VARIABLES.values():
        assert sum(weights[key] for key in block) == pytest.approx(1)


def test_identical_areas_are_at_distance_zero(package: Package) -> None:
    a, b = "BU05460300", "BU05460500"
    of = package
    weights = {key: 1.0 for key in default_weights(package) if not key.startswith("population")}
    for key in weights:
        value = naive_value(key, a)
        of = with_values(of, key, {b: value})
    first = similar(of, a, weights, k=1)[0]
    assert (first.area_code, first.distance) == (b, 0)
    assert {part.contribution for part in first.parts} == {0}
    assert first.differs_in() == ()


def test_a_linear_change_of_a_figure_changes_nothing(package: Package) -> None:
    key = VARIABLES["homes"][0]
    table = package.observations.copy()
    table.loc[table["indicator_id"] == key, "value"] = 1000 * table["value"] - 5
    pd.testing.assert_frame_equal(
        distances(replace(package, observations=table), "district"), distances(package, "district")
    )


def test_a_variable_with_one_value_everywhere_tells_nothing_apart(package: Package) -> None:
    key = VARIABLES["homes"][0]
    flat = with_values(package, key, dict.fromkeys(naive.codes_of("district"), 30.0))
    found = similar(flat, "WK054603", {key: 1, BAND: 1}, k=1)[0]
    assert [part.contribution for part in found.parts] == [0, 1]


# --- missing figures and bad input --------------------------------------------------------------------------------


def test_small_areas_are_left_out_and_named(package: Package) -> None:
    small = {c for c in BUURTEN if int(naive.areas()[c]["population"] or 0) < FEWEST_RESIDENTS}
    assert small == {
        code for code, why in left_out(package, "neighbourhood").items() if why == "few_residents"
    }
    assert "BU05460407" in small
    assert similar(package, "BU05460407") == []
    assert not small & {each.area_code for each in similar(package, "BU05460302", k=60)}
    assert left_out(package, "district") == {}


def test_unknown_residents_and_too_few_figures_are_left_out_and_named(package: Package) -> None:
    areas = package.areas.copy()
    areas.loc["BU05460300", "population"] = pd.NA
    of = with_values(replace(package, areas=areas), VARIABLES["homes"][0], {"BU05460301": None})
    weights = {VARIABLES["homes"][0]: 0.5, VARIABLES["homes"][1]: 0.5}
    why = left_out(of, "neighbourhood", weights)
    assert why["BU05460300"] == "residents_unknown"
    assert why["BU05460301"] == "few_figures"
    assert similar(of, "BU05460301", weights) == []


def test_a_missing_figure_is_no_part_and_no_zero(package: Package) -> None:
    """The weight used shrinks: with 60% left two areas are still compared, over what both have."""
    keys = [*VARIABLES["homes"], VARIABLES["people"][2]]
    weights = dict.fromkeys(keys, 1.0)
    of = with_values(package, keys[0], {"BU05460301": None})
    of = with_values(of, keys[1], {"BU05460302": None})
    near = likeness(of, "BU05460301", "BU05460302", weights)
    assert near is not None
    assert [part.key for part in near.parts] == keys[2:]
    assert sum(weights[part.key] for part in near.parts) / 5 == pytest.approx(ENOUGH)
    fewer = with_values(of, keys[2], {"BU05460302": None})
    assert likeness(fewer, "BU05460301", "BU05460302", weights) is None
    assert "BU05460302" not in [each.area_code for each in similar(fewer, "BU05460301", weights, k=60)]


def test_a_variable_that_a_level_lacks_is_no_variable_there(package: Package) -> None:
    weights = {BAND: 1.0, "83765NED-GemiddeldInkomenPerInwoner": 9.0}  # not published by district
    assert [part.key for part in similar(package, "WK054603", weights, k=1)[0].parts] == [BAND]


@pytest.mark.parametrize(
    "weights", [{BAND: 0.0}, {BAND: -1.0}, {BAND: math.nan}, {BAND: math.inf}, {}], ids=str
)
def test_weights_that_are_none_are_refused(package: Package, weights: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="weight"):
        similar(package, "WK054603", weights)


def test_other_areas_and_variables_are_refused(package: Package) -> None:
    with pytest.raises(KeyError):
        similar(package, "WK999999")
    with pytest.raises(KeyError):
        similar(package, "WK054603", {"no such": 1})
    with pytest.raises(ValueError, match="only districts and neighbourhoods"):
        similar(package, "GM0546")
    with pytest.raises(ValueError, match="k is -1"):
        similar(package, "WK054603", k=-1)
    with pytest.raises(ValueError, match="only one level"):
        likeness(package, "WK054603", "BU05460302")
    assert similar(package, "WK054603", k=0) == []
