"""A plain table: every row at once, none to choose, no column to sort by."""

from collections.abc import Iterable, Sequence

from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Listing, Row
from hsc_geo.views.kit.table import Display, table


def plain_table(
    n: Names,
    key: str,
    caption: str,
    headers: Sequence[str],
    lines: Iterable[Sequence[object]],
    numeric: Iterable[int] = (),
    wordy: Iterable[int] = (),
) -> None:
    """Draw the table. lines: the cells of each row, as texts. numeric: positions of the columns that hold numbers;
    wordy: of those that hold sentences."""
    numbers, words = frozenset(numeric), frozenset(wordy)
    columns = [
        Column(f"c{i}", text, numeric=i in numbers, sortable=False, wordy=i in words)
        for i, text in enumerate(headers)
    ]
    rows = [Row("", cells, {}) for cells in lines]
    table(n.w, f"t_{key}", Listing(caption, columns, rows), Display(page_size=len(rows)))
