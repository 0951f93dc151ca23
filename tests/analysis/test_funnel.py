"""Funnel limits against the tables of PHEindicatormethods, the distributions themselves, and plain intervals."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from hsc_geo.analysis.funnel import binomial_limits, of_rates, of_shares, poisson_limits
from hsc_geo.analysis.intervals import clopper_pearson, exact_poisson

repeatable = settings(max_examples=60, deadline=None, derandomize=True, database=None)

# Events, and the rates per 100,000 at which the limits reach 116.1720835: testdata_funnel_rate_outputs.csv of
# PHEindicatormethods (lower and upper of 95%, lower and upper of 99.8%).
BASE = 116.1720835
RATES = [
    (10, 63.17010446, 242.2579623, 48.13632908, 392.4043292),
    (52, 88.58853442, 155.5499074, 77.08229077, 185.7200312),
    (187, 100.6644224, 134.8011266, 93.14290701, 147.2093747),
    (1360, 110.158048, 122.6021934, 106.9073359, 126.5084525),
]


@pytest.mark.parametrize("row", RATES)
def test_rates_as_phe_funnels_has_them(row: tuple[float, ...]) -> None:
    """At the size where a limit of the package has so many events, ours has as many (its search stops at 1e-7)."""
    events, *limits = row
    for at, limit in enumerate(limits):
        residents = 100_000 * events / limit
        found = poisson_limits(np.array([residents * BASE / 100_000]), (0.95, 0.998)[at // 2])[at % 2]
        assert found[0] == pytest.approx(events, rel=1e-6)


def test_limits_of_counts_as_poisson_funnel_has_them() -> None:
    """`poisson_funnel(200, 0.025, "low")` is 173.24086 and `poisson_funnel(500, 0.001, "high")` is 573.02748."""
    assert poisson_limits(np.array([173.24088268]), 0.95)[1][0] == pytest.approx(200, rel=1e-6)
    assert poisson_limits(np.array([573.02760326]), 0.998)[0][0] == pytest.approx(500, rel=1e-6)


def test_shares_come_to_the_normal_limits_of_phe_funnels_as_totals_grow() -> None:
    """Around 80.642448% of 110,000: 80.408963 to 80.875933 (testdata_funnel_prop_outputs.csv), by the normal
    distribution; the exact ones differ by half an event or so."""
    lower, upper = binomial_limits(np.array([110_000.0]), 0.80642448, 0.95)
    assert 100 * lower[0] / 110_000 == pytest.approx(80.408963, abs=1e-3)
    assert 100 * upper[0] / 110_000 == pytest.approx(80.875933, abs=1e-3)


@repeatable
@given(expected=st.floats(0.05, 400), level=st.sampled_from([0.95, 0.998]))
def test_a_whole_count_is_outside_just_where_the_distribution_says(expected: float, level: float) -> None:
    lower, upper = (each[0] for each in poisson_limits(np.array([expected]), level))
    tail = (1 - level) / 2
    for count in range(int(max(lower - 3, 0)), int(upper) + 4):
        assert (count > upper) == (stats.poisson.sf(count - 1, expected) < tail)
        assert (count < lower) == (stats.poisson.cdf(count, expected) < tail)


@repeatable
@given(of=st.integers(1, 80), share=st.floats(0.02, 0.98), level=st.sampled_from([0.95, 0.998]))
def test_the_same_of_shares(of: int, share: float, level: float) -> None:
    lower, upper = (each[0] for each in binomial_limits(np.array([float(of)]), share, level))
    tail = (1 - level) / 2
    assert 0 <= lower < upper <= of
    for count in range(of + 1):
        above, below = stats.binom.sf(count - 1, of, share), stats.binom.cdf(count, of, share)
        if min(abs(above - tail), abs(below - tail)) > 1e-9:
            assert (count > upper) == (above < tail and upper < of)
            assert (count < lower) == (below < tail)


towns = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20_000)), min_size=1, max_size=12).filter(
    lambda rows: any(count for count, _ in rows)
)


@repeatable
@given(rows=towns)
def test_an_area_is_outside_where_its_own_exact_interval_leaves_out_the_whole(
    rows: list[tuple[int, int]],
) -> None:
    counts, people = (pd.Series(column, dtype="float64") for column in zip(*rows, strict=True))
    found = of_rates(counts, people, 1000)
    rate = counts.sum() / people.sum()
    assert found.centre == pytest.approx(1000 * rate)
    for at, (count, residents) in enumerate(rows):
        limits = [exact_poisson(count, level) for level in (0.95, 0.998)]
        high, low = (
            sum(lower > rate * residents for lower, _ in limits),
            sum(upper < rate * residents for _, upper in limits),
        )
        expected = ("inside", "high", "higher")[high] if high else ("inside", "low", "lower")[low]
        assert found.table.at[at, "place"] == expected


@repeatable
@given(rows=towns)
def test_more_residents_everywhere_scale_the_rate_and_leave_the_places(rows: list[tuple[int, int]]) -> None:
    counts, people = (pd.Series(column, dtype="float64") for column in zip(*rows, strict=True))
    plain, scaled = of_rates(counts, people, 1000), of_rates(counts[::-1], people * 7, 1000)
    assert scaled.centre == pytest.approx(plain.centre / 7)
    assert scaled.table["place"].sort_index().tolist() == plain.table["place"].tolist()


def test_a_town_by_hand() -> None:
    """40 in 40,000 is 1 per 1,000. 30 in 10,000 is far above; 0 of 5,000, where 5 are expected, has a chance of
    exp(-5) = 0.0067: below 2.5% but not below 0.1%; 10 of 25,000, with 25 expected, of 0.0004."""
    counts, people = pd.Series([30, 0, 10], list("abc")), pd.Series([10_000, 5_000, 25_000], list("abc"))
    found = of_rates(counts, people, 1000)
    assert found.centre == pytest.approx(1)
    assert found.table["place"].to_dict() == {"a": "higher", "b": "low", "c": "lower"}
    assert found.table["value"].to_dict() == pytest.approx({"a": 3, "b": 0, "c": 0.4})
    assert found.outside == ("a", "b", "c")


def test_the_drawn_limits_narrow_with_size_and_enclose_the_centre() -> None:
    found = of_rates(pd.Series([3, 9, 14]), pd.Series([900, 4000, 9000]), 1000)
    limits = found.limits
    assert (limits["of"].iloc[0], limits["of"].iloc[-1]) == pytest.approx((810, 9450))
    assert (limits["lower_998"] <= limits["lower_95"]).all()
    assert ((limits["lower_95"] < found.centre) & (found.centre < limits["upper_95"])).all()
    assert (limits["upper_95"] < limits["upper_998"]).all()
    assert limits["upper_95"].is_monotonic_decreasing


def test_shares_by_hand() -> None:
    """30 of 60 in all. 19 of 20 has a chance of 21 / 2^20; 5 of 20 of 0.0207, below 2.5%; 6 of 20 of 0.0577."""
    counts, of = pd.Series([19, 5, 6, 0], list("abcd")), pd.Series([20, 20, 20, 0], list("abcd"))
    found = of_shares(counts, of)
    assert found.table["place"].to_dict() == {"a": "higher", "b": "low", "c": "inside"}
    assert clopper_pearson(5, 20, 0.95)[1] < 0.5 < clopper_pearson(6, 20, 0.95)[1]
    assert found.limits["of"].tolist() == [18, 19, 20, 21]


@pytest.mark.parametrize(
    ("counts", "of", "why"),
    [
        ([], [], "no area has"),
        ([0, 0], [5, 5], "nothing is counted"),
        ([5], [0], "no area has"),
        ([5], [5], "100%"),
    ],
)
def test_what_has_no_funnel_says_why(counts: list[int], of: list[int], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        of_shares(pd.Series(counts, dtype="float64"), pd.Series(of, dtype="float64"))
