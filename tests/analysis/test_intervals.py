"""Intervals against published limits, sums over the distributions themselves, and what every interval must hold to."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from hsc_geo.analysis.intervals import (
    METHODS,
    clopper_pearson,
    exact_poisson,
    of_count,
    of_share,
    rates,
    shares,
)

repeatable = settings(max_examples=80, deadline=None, derandomize=True, database=None)
levels = st.sampled_from([0.9, 0.95, 0.998])


def test_byar_and_exact_of_the_tool_for_common_statistics() -> None:
    """65 of 100: 50.1632 to 82.8491 by Byar, 50.1656 to 82.8478 exact (APHO tool for public health statistics)."""
    found = of_count(65)
    assert (round(found.lower, 4), round(found.upper, 4), found.method) == (50.1632, 82.8491, "byar")
    assert tuple(round(each, 4) for each in exact_poisson(65, 0.95)) == (50.1656, 82.8478)


def test_byar_of_100() -> None:
    """`byars_lower(100)` of PHStatsMethods (Department of Health and Social Care): 81.36210549052788."""
    assert of_count(100).lower == pytest.approx(81.36210549052788, abs=1e-9)


@pytest.mark.parametrize(
    ("count", "lower", "upper"),
    [(0, 0, 3.689), (1, 0.025, 5.572), (2, 0.242, 7.225), (5, 1.623, 11.668), (9, 4.115, 17.085)],
)
def test_exact_limits_of_the_tables(count: int, lower: float, upper: float) -> None:
    """Limits of 95% of a Poisson count (Armitage, Berry and Matthews, table; also in Breslow and Day, volume II)."""
    found = of_count(count)
    assert (found.lower, found.upper) == pytest.approx((lower, upper), abs=5e-4)
    assert found.method == "exact_poisson"


@pytest.mark.parametrize(
    ("count", "of", "level", "lower"),
    [(20, 360, 0.95, 0.036248204600072345), (550, 2400, 0.998, 0.20375892211705743)],
)
def test_wilson_of_the_tests_of_phstatsmethods(count: int, of: int, level: float, lower: float) -> None:
    found = of_share(count, of, level)
    assert found.lower == pytest.approx(lower, abs=1e-9)
    assert found.method == "wilson"


def test_clopper_pearson_of_conover() -> None:
    """5 of 25: 0.068 to 0.407 (Conover 1999, tables; binom.exact of epitools)."""
    found = of_share(5, 25)
    assert (round(found.lower, 3), round(found.upper, 3), found.method) == (0.068, 0.407, "clopper_pearson")


def test_none_and_all_reach_the_end() -> None:
    """Of none, the upper limit is 1 - (alpha / 2) ^ (1 / n): 0.3085 of 10 (rule of three's exact form)."""
    none, every = of_share(0, 10), of_share(10, 10)
    assert (none.lower, none.upper) == pytest.approx((0, 1 - 0.025**0.1), abs=1e-9)
    assert (every.lower, every.upper) == pytest.approx((0.025**0.1, 1), abs=1e-9)


@repeatable
@given(count=st.integers(0, 60), level=levels)
def test_exact_limits_leave_half_the_rest_at_each_side(count: int, level: float) -> None:
    """By the sums of the Poisson distribution itself: at the lower limit so many or more has the chance of a tail, at
    the upper limit so many or fewer."""
    lower, upper = exact_poisson(count, level)
    tail = (1 - level) / 2

    def up_to(most: int, mean: float) -> float:
        return sum(math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(most + 1))

    assert up_to(count, upper) == pytest.approx(tail, abs=1e-9)
    if count:
        assert 1 - up_to(count - 1, lower) == pytest.approx(tail, abs=1e-9)


@repeatable
@given(count=st.integers(0, 60), more=st.integers(0, 60), level=levels)
def test_shares_as_scipy_has_them(count: int, more: int, level: float) -> None:
    of = count + more + 1
    test = stats.binomtest(count, of)
    exact = test.proportion_ci(level, "exact")
    assert clopper_pearson(count, of, level) == pytest.approx((exact.low, exact.high), abs=1e-7)
    found = of_share(count, of, level)
    expected = exact if found.method == "clopper_pearson" else test.proportion_ci(level, "wilson")
    assert (found.lower, found.upper) == pytest.approx((expected.low, expected.high), abs=1e-7)


@repeatable
@given(count=st.integers(0, 500), level=levels)
def test_an_interval_holds_its_count_and_grows_with_the_level(count: int, level: float) -> None:
    found, wider = of_count(count, level), of_count(count, 0.999)
    assert found.lower <= count <= found.upper
    assert wider.lower <= found.lower
    assert found.upper < wider.upper
    assert found.method in METHODS


def test_byar_is_close_to_exact_from_ten() -> None:
    """Within 0.2% of the exact value for counts of 10 or more (technical guide of Fingertips, appendix 1)."""
    for count in range(10, 200):
        byar, exact = of_count(count), exact_poisson(count, 0.95)
        assert (byar.lower, byar.upper) == pytest.approx(exact, rel=0.002)


def test_rates_have_the_method_and_the_level_in_every_row() -> None:
    """`phe_rate` of 5 and 65 among 1,000 and 100, per 1,000; nobody lives in the third, and of the last nobody says."""
    counts = pd.Series([5, 65, 3, 3], ["a", "b", "c", "d"])
    found = rates(counts, pd.Series([1000, 100, 0, None], ["a", "b", "c", "d"]), 1000)
    assert list(found.columns) == ["count", "of", "value", "lower", "upper", "level", "method"]
    assert found.index.tolist() == ["a", "b"]
    assert found.loc["a", ["value", "lower", "upper"]].tolist() == pytest.approx([5, 1.623, 11.668], abs=5e-4)
    assert found.loc["b", "lower"] == pytest.approx(501.632, abs=5e-4)
    assert found[["level", "method"]].to_numpy().tolist() == [[0.95, "exact_poisson"], [0.95, "byar"]]


def test_shares_by_group() -> None:
    found = shares(pd.Series([5, 20, 0], ["a", "b", "c"]), pd.Series([25, 360, 0], ["a", "b", "c"]), 0.95)
    assert found.index.tolist() == ["a", "b"]
    assert found["value"].tolist() == pytest.approx([0.2, 20 / 360])
    assert found["method"].tolist() == ["clopper_pearson", "wilson"]


@pytest.mark.parametrize(("count", "of"), [(3, 2), (0, 0), (-1, 4)])
def test_a_share_that_cannot_be_is_refused(count: int, of: int) -> None:
    with pytest.raises(ValueError, match=r"below 0|expected a count from 0"):
        of_share(count, of)


@pytest.mark.parametrize("level", [0, 1, 95])
def test_a_level_is_between_0_and_1(level: float) -> None:
    with pytest.raises(ValueError, match="is not between 0 and 1"):
        of_count(5, level)
