"""Under the map the same as tables: areas with their figure and counts, initiatives, and those without a place."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from hsc_geo.analysis.explore import View
from hsc_geo.analysis.serving import WIDE_SCOPES
from hsc_geo.data.cached import per_package
from hsc_geo.views.kit.controls import sort_by
from hsc_geo.views.kit.html import quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Listing, Row
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.table import Clicks, Display, table
from hsc_geo.views.map import panel
from hsc_geo.views.map.choices import TABLES
from hsc_geo.views.map.rows import (
    area_columns,
    area_rows,
    areas_caption,
    areas_text,
    list_caption,
    list_columns,
    list_rows,
    none_text,
)


def draw(n: Names, state: PageState) -> None:
    """The choice of table."""
    w = n.w
    st.header(w.t("The same as a table"), anchor=False)
    names = {
        "areas": w.t("Areas"),
        "initiatives": w.t("Initiatives"),
        "citywide": w.t("City-wide, regional or without a place"),
    }
    st.session_state["w_table"] = state["table"]

    def take() -> None:
        for key in ("sort", "desc", "page"):
            state.clear([key])
        state.take("table")

    st.segmented_control(
        w.t("Table"),
        TABLES,
        format_func=lambda t: names[t],
        key="w_table",
        on_change=take,
        label_visibility="collapsed",
        required=True,
    )


def draw_table(n: Names, state: PageState, view: View) -> None:
    """The table that is chosen."""
    if state["table"] == "areas":
        _areas(n, state, view)
    else:
        _initiatives(n, state, view)


def _areas(n: Names, state: PageState, view: View) -> None:
    st.html(quiet(areas_text(n, view)))
    _table(n, state, area_listing(view, n), "areas")


@per_package(maxsize=4)
def area_listing(view: View, n: Names) -> Listing:
    """The areas of a view with their bars, as every visitor reads them who has its language, day and settings."""
    columns = area_columns(n, view)
    return Listing(areas_caption(n, view), columns, with_bars(columns, area_rows(n, view)))


def with_bars(columns: Sequence[Column], rows: list[Row]) -> list[Row]:
    """The rows with a bar under the figure and under the number of initiatives: what part it is of the largest one."""
    for i, key in ((i, column.key) for i, column in enumerate(columns) if column.key in ("value", "known")):
        known = [row.order[key] for row in rows if not pd.isna(row.order.get(key))]
        if known and min(known) >= 0 and max(known) > 0:
            rows = [_barred(row, i, row.order.get(key), max(known)) for row in rows]
    return rows


def _barred(row: Row, i: int, value: float | None, most: float) -> Row:
    if pd.isna(value) or not value:
        return row
    cells = list(row.cells)
    cells[i] = {"text": cells[i], "range": [0, round(value / most, 3)]}
    return Row(row.id, cells, row.order)


def _initiatives(n: Names, state: PageState, view: View) -> None:
    keys = list(view.ids)
    if state["table"] == "citywide":
        wide = set(n.package.initiatives.index[n.package.initiatives["precision"].isin(WIDE_SCOPES)])
        keys = [key for key in keys if key in wide]
    if not keys:
        st.info(none_text(n))
        return
    columns, sort = list_columns(n, view), _sort(state, list_columns(n, view))
    rows = list_rows(n, view, keys, sort, state.on("desc"), state.number("page"))
    found = Listing(list_caption(n, len(keys)), columns, rows)
    _table(n, state, found, "initiatives", total=len(keys))


def _sort(state: PageState, columns: Sequence[Column]) -> str:
    return state["sort"] if state["sort"] in {c.key for c in columns if c.sortable} else ""


def _table(n: Names, state: PageState, found: Listing, name: str, total: int | None = None) -> None:
    table(
        n.w,
        f"table_{name}",
        found,
        Display(
            sort=_sort(state, found.columns),
            descending=state.on("desc"),
            page=state.number("page"),
            total=total,
            selected=state["sel"],
        ),
        Clicks(
            pick=lambda key: panel.choose(state, key),
            sort=lambda key, descending: sort_by(state, key, descending),
            page=lambda page: state.set("page", str(page)),
        ),
    )
