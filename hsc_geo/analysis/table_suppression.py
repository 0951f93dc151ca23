"""Small counts of people in a table with totals: what is hidden can be computed neither from a row nor from a column.

A table of people adds up: cells to rows and columns, these to the whole. Below the threshold a count is hidden
(primary), in a margin too. Who knows the other counts of its row could then subtract, so more must go (secondary). The
method is the hypercube: a count is safe when it is a corner of a rectangle whose four counts are all hidden. Adding t
to it and to the opposite corner and taking t from the other two leaves all totals as they are, so who reads the table
cannot tell which t holds; the rectangle is taken such that t can differ by at least the threshold. Of those rectangles
the one that hides the fewest more counts is taken, cells before margins, then that with the fewest people. It hides
more than is needed at least, and never too little.

Cox, L.H. (1980), Suppression methodology and statistical disclosure control, JASA 75, 377-385; the hypercube: Giessing,
S. and Repsilber, D. (2002), Tools and strategies to protect multiple tables with the GHQUAR cell suppression engine, in
Inference Control in Statistical Databases, Springer, 181-192.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

_MARGIN = 10  # hiding a margin costs as much as hiding so many cells
_NEVER = np.inf


@dataclass(frozen=True, eq=False)
class Hidden:
    """What may not be shown. cells: bool, shaped as the table. rows, columns: bool, of the totals of rows and columns.
    whole: of the total."""

    cells: pd.DataFrame
    rows: pd.Series
    columns: pd.Series
    whole: bool

    @property
    def any(self) -> bool:
        """Whether anything is hidden."""
        return bool(self.cells.to_numpy().any()) or bool(self.rows.any()) or bool(self.columns.any())


def hidden_table(counts: pd.DataFrame, least: int) -> Hidden:
    """Which counts of a table (0 or more people, NaN as nobody) and which of its totals may not be shown.

    A count is small when it is above 0 and, rounded, below `least`; 0 is never hidden, since nobody is in it.
    Afterwards who knows all that is shown can tell each hidden count no closer than within `least`.

    In a row of 2 and 30 the total gives the 2 away, and in a column so does that of the column: four cells go.

    >>> hidden_table(pd.DataFrame([[2, 30, 40], [20, 50, 60]]), 5).cells.values.tolist()
    [[True, True, False], [True, True, False]]
    """
    full = _with_totals(counts.fillna(0).to_numpy(dtype=float))
    small = (full > 0) & (full.round() < least)
    gone = small.copy()
    for row, column in sorted(np.argwhere(small).tolist(), key=lambda at: -full[tuple(at)]):
        gone |= _rectangle(full, gone, (row, column), least)
    return Hidden(
        pd.DataFrame(gone[:-1, :-1], counts.index, counts.columns),
        pd.Series(gone[:-1, -1], counts.index),
        pd.Series(gone[-1, :-1], counts.columns),
        bool(gone[-1, -1]),
    )


def _with_totals(cells: np.ndarray) -> np.ndarray:
    """The table with a last column of the totals of rows, and a last row of those of columns."""
    wide = np.column_stack([cells, cells.sum(axis=1)])
    return np.vstack([wide, wide.sum(axis=0)])


def _rectangle(full: np.ndarray, gone: np.ndarray, at: tuple[int, int], least: int) -> np.ndarray:
    """The corners of the cheapest rectangle that makes a count safe; bool, shaped as the table."""
    row, column = at
    room, cost = _room(full, row, column), _cost(full, gone, row, column)
    cost[room < least] = _NEVER
    other_row, other_column = np.unravel_index(int(np.argmin(cost)), cost.shape)
    corners = np.zeros_like(gone)
    corners[np.ix_([row, int(other_row)], [column, int(other_column)])] = True
    return corners


def _room(full: np.ndarray, row: int, column: int) -> np.ndarray:
    """For each opposite corner by how much t can differ before a corner would have less than nobody."""
    sign = np.ones(full.shape)
    sign[-1, :] *= -1
    sign[:, -1] *= -1  # a total stands on the other side of its sum
    four = np.broadcast_arrays(full[row, column], full, full[row, :], full[:, [column]])
    turn = (1.0, 1.0, -1.0, -1.0)
    signs = np.broadcast_arrays(sign[row, column], sign, sign[row, :], sign[:, [column]])
    ways = [way * part for way, part in zip(turn, signs, strict=True)]
    limits = [
        np.min(
            [np.where(np.sign(way) == side, value, np.inf) for way, value in zip(ways, four, strict=True)],
            axis=0,
        )
        for side in (1, -1)
    ]
    return limits[0] + limits[1]


def _cost(full: np.ndarray, gone: np.ndarray, row: int, column: int) -> np.ndarray:
    """For each opposite corner what hiding the three other corners costs; a zero is never hidden, and a rectangle has
    four corners."""
    weight = np.ones(full.shape)
    weight[-1, :], weight[:, -1] = _MARGIN, _MARGIN
    weight[-1, -1] = _MARGIN**2
    price = np.where(gone, 0.0, weight + full / (full[-1, -1] + 1))
    price[full <= 0] = _NEVER
    total: np.ndarray = price + price[row, :] + price[:, [column]]
    total[row, :], total[:, column] = _NEVER, _NEVER
    return total
