"""The indices of inequality against a published table, closed forms, second implementations and their own rules."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hsc_geo.analysis.inequality import slope_index
from hsc_geo.analysis.unequal import CODES, RATIOS, Unequal, unequal

repeatable = settings(max_examples=60, deadline=None, derandomize=True, database=None)
Rows = list[tuple[float, int, int]]  # value (a percentage), measure, residents

areas = st.lists(
    st.tuples(st.floats(1, 99), st.integers(0, 6), st.integers(1, 5000)), min_size=3, max_size=12
).filter(lambda rows: len({measure for _, measure, _ in rows}) > 1)


def series(*values: float | None) -> pd.Series:
    return pd.Series(values, [f"BU{i}" for i in range(len(values))], dtype="float64")


def told(rows: Rows, limits: pd.DataFrame | None = None) -> Unequal:
    values, measure, people = (series(*column) for column in zip(*rows, strict=True))
    return unequal(values, measure, people, (0, 100), limits)


def numbers(found: Unequal) -> dict[str, float]:
    return {code: index.value for code, index in found.indices.items()}


# Births and deaths under five per 1,000 by wealth, India 1982-1992: World Bank, Quantitative techniques for health
# equity analysis, technical note 7, table 1 (O'Donnell, van Doorslaer, Wagstaff and Lindelow 2008, table 8.1).
BIRTHS, DEATHS = (29939, 28776, 26528, 24689, 19739), (154.7, 152.9, 119.5, 86.9, 54.3)
INDIA = list(zip(DEATHS, (1, 2, 3, 4, 5), BIRTHS, strict=True))


def test_the_table_of_the_world_bank() -> None:
    """Cumulative births 23, 45, 66, 85 and 100%, deaths 30, 59, 79, 93 and 100%; concentration index -0.1694."""
    values, measure, people = (series(*column) for column in zip(*INDIA, strict=True))
    found = unequal(values, measure, people)
    assert round(found.indices["concentration"].value, 4) == -0.1694
    assert (100 * found.curve["residents"]).round().tolist() == [0, 23, 45, 66, 85, 100]
    assert (100 * found.curve["value"]).round().tolist() == [0, 30, 59, 79, 93, 100]


def test_the_table_of_the_world_bank_to_nine_digits() -> None:
    """C = (p1 L2 - p2 L1) + (p2 L3 - p3 L2) + ..., with p and L the cumulative shares (the note, equation 2)."""
    births, deaths = np.array(BIRTHS, float), np.array(BIRTHS) * np.array(DEATHS)
    p, curve = np.cumsum(births) / births.sum(), np.cumsum(deaths) / deaths.sum()
    by_note = sum(p[t] * curve[t + 1] - p[t + 1] * curve[t] for t in range(4))
    assert numbers(told([(d / 10, m, b) for d, m, b in INDIA]))["concentration"] == pytest.approx(
        by_note, abs=1e-9
    )


def test_three_areas_by_hand() -> None:
    """Of 100 residents each, values 10, 20 and 60: mean 30; ranks 1/6, 3/6, 5/6."""
    found = told([(20, 2, 100), (60, 3, 100), (10, 1, 100)])
    variance, covariance = 2 / 3 * (1 / 3) ** 2, (20 / 3 + 30 / 3) / 3
    slope = covariance / variance
    expected = {
        "slope": slope,
        "relative": (30 + slope / 2) / (30 - slope / 2),
        "concentration": 2 * covariance / 30,
        "wagstaff": 2 * covariance / 30 / (1 - 0.3),
        "erreygers": 4 * 0.3 * 2 * covariance / 30,
        "fifths_gap": 50,
        "fifths_ratio": 6,
        "ends_gap": 50,
        "ends_ratio": 6,
    }
    assert tuple(found.indices) == CODES
    assert numbers(found) | {"relative": None} == pytest.approx(expected | {"relative": None}, abs=1e-9)
    assert found.least < 0  # the line goes below 0, so that the relative index cannot be
    assert math.isnan(found.indices["relative"].value)
    assert found.indices["relative"].why_not == "undefined"


def test_a_fifth_takes_its_part_of_an_area() -> None:
    """Residents 10, 30 and 60 of 100: the lowest fifth is the first area and 10 of the second, the highest lies within
    the third."""
    found = told([(10, 1, 10), (40, 2, 30), (70, 3, 60)])
    assert (found.low, found.high) == pytest.approx(((10 * 10 + 40 * 10) / 20, 70), abs=1e-9)
    assert numbers(found)["ends_gap"] == pytest.approx(60)


def naive_fifth(rows: Rows, last: bool) -> float:
    """Everybody in a row, each group of one measure at its mean, a fifth cut off by walking along."""
    people, total, wanted = 0.0, 0.0, sum(p for *_, p in rows) / 5
    for measure in sorted({m for _, m, _ in rows}, reverse=last):
        group = [(v, p) for v, m, p in rows if m == measure]
        size = sum(p for _, p in group)
        taken = min(size, wanted - people)
        people, total = people + taken, total + taken * sum(v * p for v, p in group) / size
        if people >= wanted:
            break
    return total / people


@repeatable
@given(rows=areas)
def test_second_implementations(rows: Rows) -> None:
    found = told(rows)
    curve, got = found.curve, numbers(found)
    under = sum(
        (right.residents - left.residents) * (right.value + left.value) / 2
        for left, right in pairwise(curve.itertuples())
    )
    mean = sum(v * p for v, _, p in rows) / sum(p for *_, p in rows)
    assert got["concentration"] == pytest.approx(1 - 2 * under, abs=1e-9)
    assert got["erreygers"] == pytest.approx(4 * mean * (1 - 2 * under) / 100, abs=1e-9)
    assert got["wagstaff"] == pytest.approx((1 - 2 * under) / (1 - mean / 100), abs=1e-9)
    assert (found.low, found.high) == pytest.approx((naive_fifth(rows, False), naive_fifth(rows, True)))
    assert got["fifths_gap"] == pytest.approx(found.high - found.low, abs=1e-9)
    slope = slope_index(*(series(*column) for column in zip(*rows, strict=True)))
    assert (got["slope"], found.least, found.most, found.mean) == pytest.approx(
        (slope.sii, slope.least, slope.most, slope.mean), abs=1e-6
    )
    assert got["relative"] == pytest.approx(slope.rii, nan_ok=True)


@repeatable
@given(rows=areas, shuffled=st.randoms(use_true_random=False))
def test_order_scale_and_splitting_change_nothing(rows: Rows, shuffled: object) -> None:
    """The order in which areas are given, the number of residents, any scale of the measure that keeps the order, and
    an area in two halves."""
    plain = numbers(told(rows))
    other = [(v, m**3 + 2, 10 * p) for v, m, p in rows for _ in "ab"]
    shuffled.shuffle(other)  # type: ignore[attr-defined]
    assert numbers(told(other)) == pytest.approx(plain, rel=1e-6, abs=1e-7, nan_ok=True)


@repeatable
@given(rows=areas)
def test_the_other_way_round_every_sign_turns(rows: Rows) -> None:
    plain, turned = numbers(told(rows)), numbers(told([(v, -m, p) for v, m, p in rows]))
    for code, value in plain.items():
        other = 1 / value if code in RATIOS else -value
        assert turned[code] == pytest.approx(other, rel=1e-6, abs=1e-7, nan_ok=True)


@repeatable
@given(rows=areas, times=st.floats(0.1, 1))
def test_twice_the_value_doubles_what_has_its_unit_and_no_more(rows: Rows, times: float) -> None:
    plain, scaled = numbers(told(rows)), numbers(told([(v * times, m, p) for v, m, p in rows]))
    for code in ("slope", "fifths_gap", "ends_gap", "erreygers"):
        assert scaled[code] == pytest.approx(plain[code] * times, rel=1e-6, abs=1e-7)
    for code in ("concentration", "relative", "fifths_ratio", "ends_ratio"):
        assert scaled[code] == pytest.approx(plain[code], rel=1e-6, abs=1e-7, nan_ok=True)


@repeatable
@given(rows=areas)
def test_what_people_lack_mirrors_what_they_have_between_bounds(rows: Rows) -> None:
    """Erreygers' mirror condition: of 100 less the value, the same with the other sign; not so of the plain index."""
    have, lack = numbers(told(rows)), numbers(told([(100 - v, m, p) for v, m, p in rows]))
    for code in ("wagstaff", "erreygers", "slope", "fifths_gap"):
        assert lack[code] == pytest.approx(-have[code], rel=1e-6, abs=1e-7)


def test_equal_values_are_no_inequality() -> None:
    found = told([(7, 1, 10), (7, 2, 200), (7, 3, 30)])
    assert numbers(found) == pytest.approx({c: float(c in RATIOS) for c in CODES}, abs=1e-9)
    assert all(index.neutral == pytest.approx(index.value) for index in found.indices.values())


def test_all_of_it_where_the_measure_is_highest() -> None:
    """Of n equal groups the last has all: 1 - 1/n. A ratio to nothing cannot be."""
    found = told([(0, 1, 5), (0, 2, 5), (0, 3, 5), (8, 4, 5)])
    assert numbers(found)["concentration"] == pytest.approx(0.75)
    assert math.isnan(numbers(found)["fifths_ratio"])


def test_nothing_anywhere_has_no_share_and_no_curve() -> None:
    found = told([(0, 1, 5), (0, 2, 5), (0, 3, 5)])
    got = numbers(found)
    assert (got["slope"], got["fifths_gap"], got["erreygers"]) == (0, 0, 0)
    assert math.isnan(got["concentration"])
    assert math.isnan(got["wagstaff"])
    assert found.curve.empty


def test_areas_without_one_of_the_three_are_left_out_and_counted() -> None:
    whole = told([(10, 1, 20), (20, 5, 40), (40, 9, 40)])
    found = unequal(
        series(10, 20, 40, None, 5, 5), series(1, 5, 9, 2, None, 3), series(20, 40, 40, 7, 7, 0), (0, 100)
    )
    assert found.left_out == 3
    assert numbers(found) == pytest.approx(numbers(whole), nan_ok=True)


def test_a_value_outside_its_bounds_is_named() -> None:
    with pytest.raises(ValueError, match="outside 0 to 100: 101 of BU1"):
        told([(1, 1, 1), (101, 2, 1), (5, 3, 1)])


# --- intervals ----------------------------------------------------------------------------------------------------

HALF = (2.0, 4.0, 1.0, 3.0, 2.0)
ROWS: Rows = [(30, 1, 900), (28, 2, 400), (22, 3, 1000), (18, 4, 700), (15, 5, 600)]


def limits(rows: Rows, half: tuple[float, ...] = HALF) -> pd.DataFrame:
    values = series(*(v for v, *_ in rows))
    return pd.DataFrame({"lower": values - series(*half), "upper": values + series(*half)})


def test_without_limits_there_is_no_interval() -> None:
    assert {(i.why_not, math.isnan(i.lower)) for i in told(ROWS).indices.values()} == {("no_limits", True)}
    some = limits(ROWS)
    some.loc["BU2", "lower"] = None
    assert {i.why_not for i in told(ROWS, some).indices.values()} == {"no_limits"}


def by_arrays(drawn: np.ndarray) -> dict[str, np.ndarray]:
    """Every index of many draws of the values of ROWS at once (a row a draw), straight from its definition: sums over
    areas that already stand in order, each with a measure of its own."""
    share = np.array([p for *_, p in ROWS]) / sum(p for *_, p in ROWS)
    ends = np.cumsum(share)
    rank, mean = ends - share / 2, drawn @ share
    slope = ((drawn - mean[:, None]) @ (share * (rank - 0.5))) / (share @ (rank - 0.5) ** 2)
    curve = np.cumsum(drawn * share, axis=1) / mean[:, None]
    under = (curve + np.roll(curve, 1, axis=1) * (np.arange(len(ROWS)) > 0)) @ share / 2
    concentration = 1 - 2 * under

    def within(low: float, high: float) -> np.ndarray:
        inside = np.clip(np.minimum(ends, high) - np.maximum(ends - share, low), 0, None)
        found: np.ndarray = drawn @ inside / (high - low)
        return found

    lowest, highest = within(0, 0.2), within(0.8, 1)
    return {
        "slope": slope,
        "relative": (mean + slope / 2) / (mean - slope / 2),
        "concentration": concentration,
        "wagstaff": concentration / (1 - mean / 100),
        "erreygers": 4 * mean * concentration / 100,
        "fifths_gap": highest - lowest,
        "fifths_ratio": highest / lowest,
        "ends_gap": drawn[:, -1] - drawn[:, 0],
        "ends_ratio": drawn[:, -1] / drawn[:, 0],
    }


def test_the_interval_is_that_of_drawing_the_values_anew() -> None:
    """As PHEindicatormethods makes it: values drawn from a normal distribution by their limits, the index of each draw,
    and the middle 95% of those."""
    rng, spread = np.random.default_rng(20240101), np.array(HALF) / 1.959963984540054
    found = told(ROWS, limits(ROWS))
    middle = np.array([[v for v, *_ in ROWS]], dtype="float64")
    assert {code: float(each[0]) for code, each in by_arrays(middle).items()} == pytest.approx(
        numbers(found), abs=1e-9
    )
    drawn = by_arrays(rng.normal(middle[0], spread, (4000, len(ROWS))))
    assert tuple(drawn) == tuple(found.indices)
    for code, index in found.indices.items():
        low, high = np.percentile(drawn[code], [2.5, 97.5])
        width = index.upper - index.lower
        assert index.why_not == ""
        assert (index.lower, index.upper) == pytest.approx((low, high), abs=0.08 * width), code


def test_the_interval_of_a_gap_by_hand() -> None:
    """The ends are the first and the last area: half widths 2 and 2, so together the root of 8."""
    index = told(ROWS, limits(ROWS)).indices["ends_gap"]
    assert (index.lower, index.upper) == pytest.approx((-15 - math.sqrt(8), -15 + math.sqrt(8)), abs=1e-9)


@repeatable
@given(rows=areas)
def test_an_interval_holds_its_index(rows: Rows) -> None:
    assume(len(rows) <= 12)
    found = told(rows, limits(rows, tuple(0.5 + i % 3 for i in range(len(rows)))))
    for index in found.indices.values():
        assert math.isnan(index.value) or index.lower < index.value < index.upper
