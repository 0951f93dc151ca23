"""A table on the screen: sorted, by pages, with a choice of a row."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from hsc_geo.domain.text import carriable
from hsc_geo.views.kit.components import fetched_component
from hsc_geo.views.kit.rows import PAGE_SIZE, Column, Listing, Row, first_of_page, sorted_rows
from hsc_geo.views.kit.words import Words


@dataclass(frozen=True)
class Display:
    """How a table stands on the screen: sorted by the column `sort` ('' for the order given), which page of how many
    rows, the id of the row that is `selected`, and whether rows stand close together. total: the number of all rows,
    where those given are of the page already; else they are sorted and paged here."""

    sort: str = ""
    descending: bool = False
    page: int = 1
    page_size: int = PAGE_SIZE
    total: int | None = None
    selected: str = ""
    compact: bool = False


@dataclass(frozen=True)
class Clicks:
    """What a click does: on a row (its id), on the head of a column (its key, whether descending), on a page. Without
    one, there is nothing to click."""

    pick: Callable[[str], None] | None = None
    sort: Callable[[str, bool], None] | None = None
    page: Callable[[int], None] | None = None


DEFAULT, NOTHING = Display(), Clicks()


def table(w: Words, key: str, listing: Listing, shown: Display = DEFAULT, on: Clicks = NOTHING) -> None:
    """Draw the table; only the rows of the page go to the browser. Text is never read as HTML."""
    size = max(1, shown.page_size)
    count = len(listing.rows) if shown.total is None else shown.total
    first = first_of_page(count, shown.page, size)
    rows = _on_page(listing.rows, shown, first, size)
    data = {
        "caption": carriable(listing.caption),
        "columns": [_column(each, on.sort is not None) for each in listing.columns],
        "rows": [{"id": row.id if on.pick else "", "cells": [_cell(c) for c in row.cells]} for row in rows],
        "sort": shown.sort,
        "descending": shown.descending,
        "selected": shown.selected,
        "compact": shown.compact,
        "page": first // size + 1,
        "pages": max(1, math.ceil(count / size)),
        "words": _words(w, listing.caption, first + 1, first + len(rows), count),
    }
    _table()(key=key, data=data, **_callbacks(key, on))


def _on_page(rows: Sequence[Row], shown: Display, first: int, size: int) -> list[Row]:
    if shown.total is not None:
        return list(rows)
    ordered = sorted_rows(rows, shown.sort, shown.descending) if shown.sort else list(rows)
    return ordered[first : first + size]


def _words(w: Words, caption: str, first: int, last: int, total: int) -> dict[str, str]:
    """What the browser says of the pages."""
    return {
        "pages": w.t("Pages of the table: {name}", name=carriable(caption)),
        "previous": w.t("Previous"),
        "next": w.t("Next"),
        "range": w.t("{first}–{last} of {total}", first=w.number(first), last=last, total=w.number(total)),
    }


def whole(w: Words, key: str, listing: Listing) -> None:
    """Draw all rows on one page, close together, none of them to be chosen."""
    table(w, key, listing, Display(page_size=len(listing.rows), compact=True))


def _column(column: Column, sortable: bool) -> dict[str, Any]:
    """What the browser is told of a column; what is not so is not said."""
    is_so = {"numeric": column.numeric, "wordy": column.wordy, "spare": column.spare}
    is_so["sortable"] = column.sortable and sortable
    return {"key": column.key, "label": column.label, **{name: True for name, so in is_so.items() if so}}


def _cell(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _cell(part) for key, part in value.items()}
    return carriable(value) if isinstance(value, str) else value


def _callbacks(key: str, on: Clicks) -> dict[str, Callable[[], None]]:
    def sort() -> None:
        asked = st.session_state[key]["sort"]
        if on.sort and asked:
            on.sort(str(asked["key"]), bool(asked["descending"]))

    def pick() -> None:
        asked = st.session_state[key]["pick"]
        if on.pick and asked:
            on.pick(str(asked))

    def turn() -> None:
        asked = st.session_state[key]["page"]
        if on.page and asked:
            on.page(int(asked))

    return {"on_sort_change": sort, "on_pick_change": pick, "on_page_change": turn}


def _table() -> Callable[..., Any]:
    return fetched_component("hsc_table", '<div class="hsc-table"></div>', "table.css", "table.mjs")
