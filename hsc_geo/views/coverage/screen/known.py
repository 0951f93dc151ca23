"""Areas against ambitions: how many initiatives are known to serve each, and under the table who they are."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from hsc_geo.analysis.focus import municipality_code
from hsc_geo.analysis.matrix import (
    Basis,
    Matrix,
    build_matrix,
)
from hsc_geo.analysis.serving import CITY, DISTRICT
from hsc_geo.views.coverage.answers import ever_known
from hsc_geo.views.coverage.screen.controls import level_control
from hsc_geo.views.coverage.words.known import BETWEEN, _explanation, matrix_columns, matrix_rows
from hsc_geo.views.kit.controls import segments
from hsc_geo.views.kit.html import items, markup, quiet
from hsc_geo.views.kit.html import label as plain_label
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.notes import note
from hsc_geo.views.kit.rows import Column
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.table import table
from hsc_geo.views.wording import initiative
from hsc_geo.views.wording.area import row_name
from hsc_geo.views.wording.asked import asked_texts
from hsc_geo.views.wording.counts import FRESHNESS, STATUS, TOTAL
from hsc_geo.views.wording.initiatives import initiative_columns, initiative_rows


def draw(n: Names, state: PageState, ids: Sequence[str], basis: Basis) -> None:
    """The matrix with its choices, and the initiatives of the row that is chosen."""
    w = n.w
    st.header(w.t("What is known where"), anchor=False)
    _controls(n, state)
    found = build_matrix(n.package, ids, state["level"])
    ever = ever_known(n.package, basis, state["level"])
    st.html(
        quiet(
            w.t("Choose a row or a number to see who they are, under the table."),
        )
    )
    _table(n, state, found, ever)
    st.html(quiet(_explanation(n, found, ids)))
    _chosen(n, state, found)


def _controls(n: Names, state: PageState) -> None:
    w = n.w
    splits = {TOTAL: w.t("Number"), STATUS: w.t("By status"), FRESHNESS: w.t("By newest evidence")}
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        level_control(n, state)
        segments(state, "split", w.t("In each cell"), splits)
        st.session_state["w_wide"] = bool(state["wide"])
        st.toggle(
            w.t("Show city-wide and regional ones beside each number"),
            key="w_wide",
            on_change=lambda: state.set("wide", "1" if st.session_state["w_wide"] else ""),
        )


def _table(n: Names, state: PageState, found: Matrix, ever: Matrix | None) -> None:
    def on_sort(key: str, descending: bool) -> None:
        state.set("sort", key)
        state.set("desc", "1" if descending else "")
        state.set("page", "1")

    level = n.w.t("district") if state["level"] == DISTRICT else n.w.t("neighbourhood")
    table(
        n.w,
        key="coverage_matrix",
        caption=n.w.t("Initiatives known to serve each {level}, by ambition", level=level),
        columns=matrix_columns(n, found, state["split"]),
        rows=matrix_rows(
            n, found, state["level"], state["split"], ever, opens=True, beside=bool(state["wide"])
        ),
        sort=state["sort"],
        descending=state["desc"] == "1",
        page=int(state["page"]),
        selected=state["area"],
        on_pick=lambda code: pick(state, code),
        on_sort=on_sort,
        on_page=lambda page: state.set("page", str(page)),
    )


def pick(state: PageState, chosen: str) -> None:
    """A row is chosen, or a cell of it: its list, from the first page."""
    code, _, ambition = chosen.partition(BETWEEN)
    state.clear(["sel", "lpage"])
    state.set("area", code)
    state.set("amb", ambition if ambition in (state.params["amb"].options or ()) else "")


def _chosen(n: Names, state: PageState, found: Matrix) -> None:
    w, code = n.w, state["area"]
    if not code:
        return
    if code not in found.rows:
        st.html(note([w.t("{area} is no row of this table; choose the other level.", area=n.area(code))]))
        return
    st.html(markup('<h3 id="chosen">{}</h3>', row_name(n, code, state["level"])))
    _ambitions(n, state, found, code)
    ids = found.at(code, state["amb"])
    _list(n, state, ids)
    if state["sel"] in ids:
        _initiative(n, state)


def _ambitions(n: Names, state: PageState, found: Matrix, code: str) -> None:
    def label(ambition: str) -> str:
        return plain_label(f"{n.term('ambition', ambition)} ({n.w.number(len(found.at(code, ambition)))})")

    def take() -> None:
        state.clear(["sel", "lpage"])
        state.take("amb")

    st.session_state["w_amb"] = state["amb"] or None
    st.pills(n.w.t("Ambition"), found.ambitions, format_func=label, key="w_amb", on_change=take)


def _list(n: Names, state: PageState, ids: Sequence[str]) -> None:
    w = n.w
    if not ids:
        st.info(w.t("No initiative known here under these choices."))
        _asked(n, state)
        return
    table(
        w,
        key="coverage_list",
        caption=w.tn("{n} initiative in this list", "{n} initiatives in this list", len(ids)),
        columns=[_plain(column) for column in initiative_columns(n)],
        rows=initiative_rows(n, list(ids), "", False, int(state["lpage"])),
        total=len(ids),
        page=int(state["lpage"]),
        selected=state["sel"],
        on_pick=lambda key: state.set("sel", key),
        on_page=lambda page: state.set("lpage", str(page)),
    )


def _asked(n: Names, state: PageState) -> None:
    """When someone asked in the area of the row and found none, with the source."""
    area = municipality_code(n.package) if state["area"] == CITY else state["area"]
    texts = asked_texts(n, area, [state["amb"]]) if state["amb"] and area in n.package.areas.index else []
    if texts:
        st.html(items(texts))


def _plain(column: Column) -> Column:
    return Column(column.key, column.label, column.numeric, sortable=False)


def _initiative(n: Names, state: PageState) -> None:
    with st.container(border=True):
        st.html(initiative.initiative(n, state["sel"]))
        st.button(n.w.t("Close"), key="coverage_close", on_click=state.set, args=("sel", ""))
