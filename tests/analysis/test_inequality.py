"""Slope and relative index against closed forms, hand counts and a plain least-squares fit."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsc_geo.analysis.inequality import LEAST_PLACES, ridit, slope_index, told_slope

repeatable = settings(max_examples=60, deadline=None, derandomize=True, database=None)


def series(*values: float | None) -> pd.Series:
    return pd.Series(values, [f"BU{i}" for i in range(len(values))], dtype="float64")


areas = st.lists(
    st.tuples(st.floats(0.1, 100), st.integers(0, 6), st.integers(1, 5000)), min_size=3, max_size=12
).filter(lambda rows: len({need for _, need, _ in rows}) > 1)


def fitted(rows: list[tuple[float, int, int]]) -> tuple[float, float]:
    """(intercept, slope): everybody a point of their own, by numpy's least squares, at the middle of their group."""
    total, below, middles = sum(p for *_, p in rows), 0, {}
    for need in sorted({need for _, need, _ in rows}):
        here = sum(p for _, n, p in rows if n == need)
        middles[need], below = (below + here / 2) / total, below + here
    root = np.sqrt([p for *_, p in rows])
    design = np.column_stack([root, root * [middles[need] for _, need, _ in rows]])
    answer = np.linalg.lstsq(design, root * np.array([v for v, *_ in rows]), rcond=None)[0]
    return float(answer[0]), float(answer[1])


def test_ranks_of_the_example_of_public_health_england() -> None:
    """A first group of 12% has rank 0.06; a second of 10% has 0.12 + 0.10 / 2 = 0.17."""
    ranks = ridit(series(1, 2, 3), series(12, 10, 78))
    assert ranks.tolist() == pytest.approx([0.06, 0.17, 0.61])


def test_areas_of_equal_need_share_their_rank_whatever_their_order() -> None:
    ranks = ridit(series(5, 1, 5, 3), series(10, 20, 30, 40))
    assert ranks.tolist() == pytest.approx([0.8, 0.1, 0.8, 0.4])


def test_three_groups_by_hand() -> None:
    """Ranks 0.1, 0.4, 0.8, residents 20, 40, 40: mean rank 0.5, its variance 0.072. Values 10, 20, 40: mean 26,
    covariance 3.2."""
    found = slope_index(series(40, 10, 20), series(9, 1, 5), series(40, 20, 40))
    variance = 0.2 * 0.16 + 0.4 * 0.01 + 0.4 * 0.09
    covariance = 0.2 * -0.4 * -16 + 0.4 * -0.1 * -6 + 0.4 * 0.3 * 14
    assert (variance, covariance) == pytest.approx((0.072, 3.2))
    assert found.sii == pytest.approx(3.2 / 0.072)
    assert found.mean == pytest.approx(26)
    assert (found.least, found.most) == pytest.approx((26 - found.sii / 2, 26 + found.sii / 2))
    assert found.relative == pytest.approx(found.sii / 26)
    assert (found.n, found.left_out) == (3, 0)


@repeatable
@given(rows=areas, start=st.floats(-50, 50), slope=st.floats(-30, 30))
def test_a_line_in_the_rank_gives_its_own_ends(
    rows: list[tuple[float, int, int]], start: float, slope: float
) -> None:
    need, people = series(*(n for _, n, _ in rows)), series(*(p for *_, p in rows))
    found = slope_index(start + slope * ridit(need, people), need, people)
    assert found.sii == pytest.approx(slope, abs=1e-6)
    assert (found.least, found.most) == pytest.approx((start, start + slope), abs=1e-6)


@repeatable
@given(rows=areas)
def test_it_is_the_weighted_least_squares_line(rows: list[tuple[float, int, int]]) -> None:
    found = slope_index(*(series(*column) for column in zip(*rows, strict=True)))
    intercept, slope = fitted(rows)
    assert found.sii == pytest.approx(slope, rel=1e-6, abs=1e-6)
    assert found.least == pytest.approx(intercept, rel=1e-6, abs=1e-6)


@repeatable
@given(rows=areas, times=st.floats(0.1, 20), more=st.floats(0, 20))
def test_scale_shift_and_direction(rows: list[tuple[float, int, int]], times: float, more: float) -> None:
    values, need, people = (series(*column) for column in zip(*rows, strict=True))
    plain = slope_index(values, need, people)
    scaled = slope_index(values * times + more, need**3 + 1, people * 7)
    turned = slope_index(values, -need, people)
    assert scaled.sii == pytest.approx(plain.sii * times, rel=1e-6, abs=1e-7)
    assert turned.sii == pytest.approx(-plain.sii, rel=1e-6, abs=1e-7)


def test_equal_values_are_no_inequality() -> None:
    found = slope_index(series(7, 7, 7, 7), series(1, 2, 3, 4), series(10, 200, 30, 5))
    assert (found.sii, found.relative) == pytest.approx((0, 0))


def test_what_is_missing_is_left_out_and_counted() -> None:
    whole = slope_index(series(10, 20, 40), series(1, 5, 9), series(20, 40, 40))
    found = slope_index(
        series(10, 20, 40, None, 5, 5, 5), series(1, 5, 9, 2, None, 3, 3), series(20, 40, 40, 7, 7, None, 0)
    )
    assert (found.n, found.left_out) == (3, 4)
    assert found.sii == pytest.approx(whole.sii)
    assert slope_index(series(10, 20, 40, 50), series(1, 5, 9), series(20, 40, 40, 1)).left_out == 1


def test_a_mean_of_0_has_no_relative_index() -> None:
    found = slope_index(series(0, 0, 0), series(1, 2, 3), series(1, 1, 1))
    assert found.sii == 0
    assert math.isnan(found.relative)


# --- may the sign be told? ----------------------------------------------------------------------------------------

NEED, PEOPLE = series(1, 2, 3, 4), series(900, 400, 1000, 700)


def parted(**columns: list[float]) -> pd.DataFrame:
    return pd.DataFrame(columns, NEED.index, dtype="float64")


@repeatable
@given(rows=areas, data=st.data())
def test_without_each_initiative_is_a_slope_computed_anew(
    rows: list[tuple[float, int, int]], data: st.DataObject
) -> None:
    """Range and verdict against the slope of what is left, one initiative after the other."""
    _, need, people = (series(*column) for column in zip(*rows, strict=True))
    cells = st.lists(st.floats(0, 10), min_size=len(rows), max_size=len(rows))
    parts = pd.DataFrame({f"I{i}": data.draw(cells) for i in range(data.draw(st.integers(1, 5)))}, need.index)
    places = data.draw(st.integers(5, 15))
    found = told_slope(parts.sum(axis=1), parts, need, people, places)
    anew = [slope_index(parts.drop(columns=key).sum(axis=1), need, people).sii for key in parts]
    assert (found.low, found.high) == pytest.approx((min(anew), max(anew)), rel=1e-6, abs=1e-6)
    assert found.slope.sii == pytest.approx(slope_index(parts.sum(axis=1), need, people).sii)
    small = any(abs(each) < 1e-6 for each in (*anew, found.slope.sii))
    turns = any((each > 0) != (found.slope.sii > 0) for each in anew)
    if not small:
        assert found.why_not == ("few_places" if places < 10 else "one_turns_it" if turns else "")
        assert found.told is (places >= 10 and not turns)


def test_the_sign_needs_ten_places() -> None:
    parts = parted(a=[0, 1, 2, 3], b=[0, 1, 2, 3])
    few, enough = (told_slope(parts.sum(axis=1), parts, NEED, PEOPLE, places) for places in (9, 10))
    assert LEAST_PLACES == 10
    assert (few.why_not, few.told, few.places) == ("few_places", False, 9)
    assert (enough.why_not, enough.told) == ("", True)
    assert enough.low == pytest.approx(enough.slope.sii / 2)
    assert enough.high == pytest.approx(enough.slope.sii / 2)


def test_one_that_turns_the_sign_leaves_it_untold_with_its_range() -> None:
    """Twelve places: eleven with a little more where need is least, one with much where it is most."""
    parts = parted(**{f"I{i}": [0.1, 0, 0, 0] for i in range(11)}, last=[0, 0, 0, 3])
    found = told_slope(parts.sum(axis=1), parts, NEED, PEOPLE, 12)
    assert (found.slope.sii > 0, found.why_not) == (True, "one_turns_it")
    assert found.low < 0 < found.slope.sii < found.high


def test_areas_without_residents_play_no_part() -> None:
    parts = parted(a=[0, 1, 2, math.nan], b=[3, 1, 0, math.nan])
    found = told_slope(parts.sum(axis=1, min_count=1), parts, NEED, series(900, 400, 1000, 0), 20)
    anew = slope_index(parts["b"].iloc[:3], NEED.iloc[:3], PEOPLE.iloc[:3]).sii
    assert found.low == pytest.approx(anew)


def test_without_any_initiative_there_is_no_range() -> None:
    found = told_slope(series(0, 0, 0, 0), parted(), NEED, PEOPLE, 0)
    assert math.isnan(found.low)
    assert found.why_not == "few_places"


@pytest.mark.parametrize("count", [0, 1, 2])
def test_fewer_than_three_areas_are_refused(count: int) -> None:
    values = series(*[1.0, 2.0][:count])
    with pytest.raises(ValueError, match=f"^{count} areas have a value, a need and residents; .* at least 3"):
        slope_index(values, values, values)


def test_the_same_need_everywhere_is_refused() -> None:
    with pytest.raises(ValueError, match="all 3 areas have the same need, 2: no slope"):
        slope_index(series(1, 2, 3), series(2, 2, 2), series(1, 1, 1))


def test_endless_values_and_residents_below_0_are_all_named() -> None:
    with pytest.raises(ValueError, match="value of BU1 is endless; population of BU2 is below 0: -4"):
        slope_index(series(1, math.inf, 3), series(1, 2, 3), series(1, 1, -4))
