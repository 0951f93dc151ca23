"""Rows and columns of a table, without a screen."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

PAGE_SIZE = 25


@dataclass(frozen=True)
class Column:
    """A column of a table: key, header, whether its values are numbers, whether one can sort by it, whether its
    cells hold sentences, for which a narrow screen keeps room, and whether a phone leaves it out."""

    key: str
    label: str
    numeric: bool = False
    sortable: bool = True
    wordy: bool = False
    spare: bool = False


@dataclass(frozen=True)
class Row:
    """A row: its id ('' when it cannot be chosen), what is shown, and what it is sorted by (per column key).

    A cell is a text, or a dict with its `text` and what it has more: `href` it leads to, `pick` that a press on it
    chooses, `heat` (0 to 1: how strong its colour is), `range` (where a bar under it begins and ends, 0 to 1).
    """

    id: str
    cells: Sequence[Any]
    order: Mapping[str, Any]


def text_of(cell: object) -> str:
    """The text of a cell."""
    return str(cell.get("text", "")) if isinstance(cell, dict) else str(cell)


@dataclass(frozen=True)
class Listing:
    """A whole table as words make it, for screen and paper: its caption, its columns and the rows that go with them."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Row]


def sorted_rows(rows: Sequence[Row], key: str, descending: bool) -> list[Row]:
    """Rows by a column, rows without a value always last, ties in the order given."""

    def absent(row: Row) -> bool:
        value = row.order.get(key)
        return bool(pd.isna(value)) or value == ""

    known = [row for row in rows if not absent(row)]
    return sorted(known, key=lambda r: r.order[key], reverse=descending) + [
        row for row in rows if absent(row)
    ]


def first_of_page(total: int, page: int, size: int) -> int:
    """Position of the first row of a page; a page that does not exist becomes the nearest one that does."""
    pages = max(1, math.ceil(total / size))
    return (min(max(1, page), pages) - 1) * size
