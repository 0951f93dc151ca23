"""A table on the screen: sorted, by pages, with a choice of a row."""

import math
from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from hsc_geo.domain.text import carriable
from hsc_geo.views.kit.components import fetched_component
from hsc_geo.views.kit.rows import PAGE_SIZE, Column, Listing, Row, first_of_page, sorted_rows
from hsc_geo.views.kit.words import Words


def table(
    w: Words,
    *,
    key: str,
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Row],
    sort: str = "",
    descending: bool = False,
    page: int = 1,
    selected: str = "",
    compact: bool = False,
    page_size: int = PAGE_SIZE,
    total: int | None = None,
    on_pick: Callable[[str], None] | None = None,
    on_sort: Callable[[str, bool], None] | None = None,
    on_page: Callable[[int], None] | None = None,
) -> None:
    """Draw the table; only the rows of the page go to the browser. Text is never read as HTML.

    With `total`, `rows` are those of the page already; else all rows, which are sorted and paged here.
    """
    size = max(1, page_size)
    count = len(rows) if total is None else total
    first = first_of_page(count, page, size)
    ordered = sorted_rows(rows, sort, descending) if sort and total is None else list(rows)
    shown = ordered[first : first + size] if total is None else ordered
    data = {
        "caption": carriable(caption),
        "columns": [_column(c, on_sort is not None) for c in columns],
        "rows": [{"id": row.id if on_pick else "", "cells": [_cell(c) for c in row.cells]} for row in shown],
        "sort": sort,
        "descending": descending,
        "selected": selected,
        "compact": compact,
        "page": first // size + 1,
        "pages": max(1, math.ceil(count / size)),
        "words": {
            "pages": w.t("Pages of the table: {name}", name=carriable(caption)),
            "previous": w.t("Previous"),
            "next": w.t("Next"),
            "range": w.t(
                "{first}–{last} of {total}",
                first=w.number(first + 1),
                last=first + len(shown),
                total=w.number(count),
            ),
        },
    }
    _table()(key=key, data=data, **_callbacks(key, on_pick, on_sort, on_page))


def whole(w: Words, key: str, listing: Listing) -> None:
    """Draw all rows on one page, close together, none of them to be chosen."""
    table(
        w,
        key=key,
        caption=listing.caption,
        columns=listing.columns,
        rows=listing.rows,
        page_size=len(listing.rows),
        compact=True,
    )


def _column(column: Column, sortable: bool) -> dict[str, Any]:
    """What the browser is told of a column; what is not so is not said."""
    is_so = {"numeric": column.numeric, "wordy": column.wordy, "sortable": column.sortable and sortable}
    return {"key": column.key, "label": column.label, **{name: True for name, so in is_so.items() if so}}


def _cell(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _cell(part) for key, part in value.items()}
    return carriable(value) if isinstance(value, str) else value


def _callbacks(
    key: str,
    on_pick: Callable[[str], None] | None,
    on_sort: Callable[[str, bool], None] | None,
    on_page: Callable[[int], None] | None,
) -> dict[str, Callable[[], None]]:
    def sort() -> None:
        asked = st.session_state[key]["sort"]
        if on_sort and asked:
            on_sort(str(asked["key"]), bool(asked["descending"]))

    def pick() -> None:
        asked = st.session_state[key]["pick"]
        if on_pick and asked:
            on_pick(str(asked))

    def turn() -> None:
        asked = st.session_state[key]["page"]
        if on_page and asked:
            on_page(int(asked))

    return {"on_sort_change": sort, "on_pick_change": pick, "on_page_change": turn}


def _table() -> Callable[..., Any]:
    return fetched_component("hsc_table", '<div class="hsc-table"></div>', "table.css", "table.mjs")
