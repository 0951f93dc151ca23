"""Small counts in a table: by hand, and against a solver that knows all that is shown."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from hsc_geo.analysis.suppression import hidden
from hsc_geo.analysis.table_suppression import Hidden, hidden_table

repeatable = settings(max_examples=60, deadline=None, derandomize=True, database=None)

people = st.one_of(st.just(0), st.integers(1, 9), st.integers(10, 400))
tables = st.tuples(st.integers(1, 5), st.integers(1, 4)).flatmap(
    lambda shape: st.lists(
        st.lists(people, min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0]
    )
)


def flat(found: Hidden) -> np.ndarray:
    """What is hidden with the totals as last row and column."""
    cells = np.column_stack([found.cells.to_numpy(), found.rows.to_numpy()])
    return np.vstack([cells, [*found.columns, found.whole]])


def with_totals(rows: list[list[int]]) -> list[list[int]]:
    wide = [[*row, sum(row)] for row in rows]
    return [*wide, [sum(column) for column in zip(*wide, strict=True)]]


def widths(full: list[list[int]], gone: np.ndarray) -> list[float]:
    """For each hidden count between what lowest and what highest number it lies, by all that is shown: of the linear
    program in which rows and columns add up and nobody is negative. Infinite where there is no highest."""
    height, width = gone.shape
    place = {(i, j): i * width + j for i in range(height) for j in range(width)}
    equal, right = [], []
    for i in range(height):
        equal.append([*(1.0 if p[0] == i and p[1] < width - 1 else 0.0 for p in place)])
        equal[-1][place[i, width - 1]] = -1.0
    for j in range(width):
        equal.append([*(1.0 if p[1] == j and p[0] < height - 1 else 0.0 for p in place)])
        equal[-1][place[height - 1, j]] = -1.0
    right = [0.0] * len(equal)
    bounds = [(0, None) if gone[p] else (full[p[0]][p[1]],) * 2 for p in place]
    return [_width(k, len(place), (equal, right), bounds) for p, k in place.items() if gone[p]]


def _width(at: int, size: int, sums: tuple[list[list[float]], list[float]], bounds: list) -> float:
    ends = []
    for sign in (1.0, -1.0):
        aim = [sign if k == at else 0.0 for k in range(size)]
        found = linprog(aim, A_eq=sums[0], b_eq=sums[1], bounds=bounds, method="highs")
        if found.status == 3:  # unbounded
            return float("inf")
        assert found.status == 0, found.message
        ends.append(sign * found.fun)
    return ends[1] - ends[0]


@repeatable
@given(tables, st.integers(2, 10))
def test_a_solver_that_knows_all_that_is_shown_cannot_come_closer_than_the_threshold(
    rows: list[list[int]], least: int
) -> None:
    gone, full = flat(hidden_table(pd.DataFrame(rows), least)), with_totals(rows)
    assert all(width >= least - 1e-6 for width in widths(full, gone))


def test_the_solver_finds_what_hiding_the_small_count_alone_gives_away() -> None:
    full = with_totals([[2, 30], [20, 50]])
    gone = np.zeros((3, 3), dtype=bool)
    gone[0, 0] = True
    assert widths(full, gone) == [0]
    gone[0, 1] = True  # with one of its row each column still tells
    assert widths(full, gone) == [0, 0]


def test_each_row_and_each_column_by_itself_is_not_enough() -> None:
    """What the rule of a single row hides leaves a table open."""
    rows = [[2, 30, 40], [20, 50, 60]]
    alone = np.zeros((3, 4), dtype=bool)
    for i, row in enumerate(rows):
        alone[i, :3] = hidden(pd.Series(row), 5)
    assert min(widths(with_totals(rows), alone)) == 0
    assert min(widths(with_totals(rows), flat(hidden_table(pd.DataFrame(rows), 5)))) >= 5


@repeatable
@given(tables, st.integers(0, 10))
def test_every_small_count_is_hidden_and_no_zero(rows: list[list[int]], least: int) -> None:
    gone, full = flat(hidden_table(pd.DataFrame(rows), least)), with_totals(rows)
    for i, line in enumerate(full):
        for j, count in enumerate(line):
            assert gone[i, j] or not 0 < count < least
            assert count or not gone[i, j]


@repeatable
@given(tables, st.integers(2, 10), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_of_columns_hides_as_safely(
    rows: list[list[int]], least: int, random: object
) -> None:
    turned = [list(row) for row in zip(*rows, strict=True)]
    random.shuffle(turned)  # type: ignore[attr-defined]
    gone = flat(hidden_table(pd.DataFrame(turned), least))
    assert all(width >= least - 1e-6 for width in widths(with_totals(turned), gone))


@pytest.mark.parametrize(
    ("rows", "cells", "of_rows", "of_columns", "whole"),
    [
        ([[10, 20], [30, 40]], [[0, 0], [0, 0]], [0, 0], [0, 0], False),
        ([[2, 30, 40], [20, 50, 60]], [[1, 1, 0], [1, 1, 0]], [0, 0], [0, 0, 0], False),
        ([[3]], [[1]], [1], [1], True),  # with nothing beside it nothing is told
        ([[3, 50]], [[1, 1]], [0], [1, 1], False),  # one row: the totals of its columns say the same
        ([[3, 0], [0, 9]], [[1, 0], [0, 0]], [1, 0], [1, 0], True),  # a zero stays, so only the whole is left
        ([[0, 0], [0, 0]], [[0, 0], [0, 0]], [0, 0], [0, 0], False),
    ],
)
def test_by_hand(
    rows: list[list[int]],
    cells: list[list[int]],
    of_rows: list[int],
    of_columns: list[int],
    whole: bool,
) -> None:
    found = hidden_table(pd.DataFrame(rows), 5)
    assert found.any == any(map(any, cells))
    assert found.cells.astype(int).to_numpy().tolist() == cells
    assert found.rows.astype(int).tolist() == of_rows
    assert found.columns.astype(int).tolist() == of_columns
    assert found.whole == whole


def test_a_part_of_a_person_and_who_is_not_known() -> None:
    counts = pd.DataFrame({"a": [7.6, 0.3, np.nan], "b": [80.2, 90.1, 70.0]})
    found = hidden_table(counts, 5)
    assert found.cells["a"].tolist() == [True, True, False]
    assert not hidden_table(counts, 0).any
