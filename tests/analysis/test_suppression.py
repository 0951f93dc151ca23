"""Small counts by hand, and against whoever tries to compute a hidden one from the total."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsc_geo.analysis.suppression import hidden

repeatable = settings(max_examples=60, deadline=None, derandomize=True, database=None)


def by_code(*counts: float) -> pd.Series:
    return pd.Series(counts, index=[f"a{i}" for i in range(len(counts))], dtype=float)


@pytest.mark.parametrize(
    ("counts", "least", "wanted"),
    [
        ((10, 20, 30), 5, (False, False, False)),
        ((3, 20, 30), 5, (True, True, False)),  # the next smallest goes too
        ((1, 1, 30, 40), 5, (True, True, True, False)),  # 2 together are still too few
        ((4, 4, 30), 5, (True, True, False)),  # 8 together are enough
        ((0, 3, 9), 5, (False, True, True)),  # nobody is nobody
        ((4.4, 4.6, 50), 5, (True, True, False)),  # 4.6 is shown as 5, and goes as the second
        ((3, math.nan, 9), 5, (True, False, True)),
        ((3,), 5, (True,)),  # with nothing beside it
        ((1, 2), 1, (False, False)),
        ((1, 2), 0, (False, False)),
    ],
)
def test_by_hand(counts: tuple[float, ...], least: int, wanted: tuple[bool, ...]) -> None:
    assert tuple(hidden(by_code(*counts), least)) == wanted


def test_without_a_total_only_the_small_ones() -> None:
    assert tuple(hidden(by_code(3, 20, 30), 5, totalled=False)) == (True, False, False)


@repeatable
@given(st.lists(st.integers(0, 30), min_size=3, max_size=8), st.integers(2, 10))
def test_a_hidden_count_cannot_be_computed(counts: list[int], least: int) -> None:
    """Whoever knows the total and what is shown finds at least two values that each small count could have."""
    found = hidden(by_code(*counts), least)
    assert all(found[f"a{i}"] for i, count in enumerate(counts) if 0 < count < least)
    gone = [count for i, count in enumerate(counts) if found[f"a{i}"]]
    others = [count for i, count in enumerate(counts) if count > 0 and not found[f"a{i}"]]
    if gone and others:
        assert len(gone) >= 2
        assert sum(gone) >= least
