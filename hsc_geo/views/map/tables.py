"""Under the map the same as tables: areas with their figure and counts, initiatives, and those without a place."""

from __future__ import annotations

import streamlit as st

from hsc_geo.analysis.explore import View
from hsc_geo.analysis.serving import WIDE_SCOPES
from hsc_geo.views.kit.html import quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Listing, Row
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.table import Clicks, Display, table
from hsc_geo.views.map.choices import TABLES
from hsc_geo.views.map.rows import area_columns, area_rows, areas_text, list_columns, list_rows


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
    level = n.w.t("district") if view.choice.level == "district" else n.w.t("neighbourhood")
    _table(
        n,
        state,
        n.w.t("Figure and initiatives by {level}", level=level),
        area_columns(n, view),
        area_rows(n, view),
        "areas",
    )


def _initiatives(n: Names, state: PageState, view: View) -> None:
    keys = list(view.ids)
    if state["table"] == "citywide":
        wide = set(n.package.initiatives.index[n.package.initiatives["precision"].isin(WIDE_SCOPES)])
        keys = [key for key in keys if key in wide]
    if not keys:
        st.info(n.w.t("No initiative known fits these choices."))
        return
    caption = n.w.tn(
        "{n} initiative that fits your choices", "{n} initiatives that fit your choices", len(keys)
    )
    columns, sort = list_columns(n, view), _sort(state, list_columns(n, view))
    rows = list_rows(n, view, keys, sort, state.on("desc"), state.number("page"))
    _table(n, state, caption, columns, rows, "initiatives", total=len(keys))


def _sort(state: PageState, columns: list[Column]) -> str:
    return state["sort"] if state["sort"] in {c.key for c in columns if c.sortable} else ""


def _table(
    n: Names,
    state: PageState,
    caption: str,
    columns: list[Column],
    rows: list[Row],
    name: str,
    total: int | None = None,
) -> None:
    def on_sort(key: str, descending: bool) -> None:
        state.set("sort", key)
        state.set("desc", "1" if descending else "")
        state.set("page", "1")

    def on_pick(key: str) -> None:
        state.set("sel", key)
        state.set("ppage", "1")

    table(
        n.w,
        f"table_{name}",
        Listing(caption, columns, rows),
        Display(
            sort=_sort(state, columns),
            descending=state.on("desc"),
            page=state.number("page"),
            total=total,
            selected=state["sel"],
        ),
        Clicks(pick=on_pick, sort=on_sort, page=lambda page: state.set("page", str(page))),
    )
