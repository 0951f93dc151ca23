"""Areas against ambitions: how many initiatives are known to serve each, and under the table who they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import streamlit as st

from hsc_geo.analysis.matrix import (
    ALL,
    BANDS,
    GROUPS,
    Basis,
    Matrix,
    build_matrix,
    counted,
    freshness_bands,
    status_groups,
    tally,
)
from hsc_geo.analysis.serving import CITY, DISTRICT, REGION, UNKNOWN
from hsc_geo.data.load import Package
from hsc_geo.views import panel
from hsc_geo.views.components import Column, Row, table
from hsc_geo.views.coverage_choices import FRESHNESS, STATUS, TOTAL, level_control, segments
from hsc_geo.views.explorer_tables import initiative_columns, initiative_rows
from hsc_geo.views.html import label as plain_label
from hsc_geo.views.html import markup, quiet
from hsc_geo.views.names import Names
from hsc_geo.views.notes import note
from hsc_geo.views.state import PageState

BETWEEN = "|"  # a row and an ambition, in what a chosen cell says


def draw(n: Names, state: PageState, ids: Sequence[str]) -> None:
    """The matrix with its choices, and the initiatives of the row that is chosen."""
    w = n.w
    st.header(w.t("What is known where"), anchor=False)
    _controls(n, state)
    found = build_matrix(n.package, ids, state["level"], bool(state["wide"]))
    ever = (
        ever_known(n.package, state["count"], state["level"], bool(state["wide"])) if state["conf"] else None
    )
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
            w.t("Count city-wide and regional ones in every area"),
            key="w_wide",
            on_change=lambda: state.set("wide", "1" if st.session_state["w_wide"] else ""),
        )


def matrix_columns(n: Names, found: Matrix, split: str) -> list[Column]:
    """Area, a column per ambition, and all of them."""
    numeric = split == TOTAL
    return [
        Column("name", n.w.t("Area")),
        *(Column(code, n.term("ambition", code), numeric=numeric) for code in found.ambitions),
        Column("all", n.w.t("Any ambition"), numeric=numeric),
    ]


def matrix_rows(
    n: Names, found: Matrix, level: str, split: str, ever: Matrix | None = None, opens: bool = False
) -> list[Row]:
    """A row per area, then what is known less precisely; these stay last however the table is sorted.

    ever: the same whenever confirmed; where that has initiatives and `found` none, nobody asked since. opens: cells
    with initiatives can be chosen.
    """
    return [_row(n, found, code, level, split, ever, opens) for code in found.rows]


def _row(n: Names, found: Matrix, code: str, level: str, split: str, ever: Matrix | None, opens: bool) -> Row:
    keys = (*found.ambitions, ALL)
    counts = {key or "all": len(found.at(code, key)) for key in keys}
    cells: list[Any] = [row_name(n, code, level)]
    for key in keys:
        text = cell_text(n, found.at(code, key), split, ever.at(code, key) if ever else ())
        cells.append(
            {"text": text, "pick": f"{code}{BETWEEN}{key}"} if opens and found.at(code, key) else text
        )
    is_area = code in n.package.areas.index and n.package.areas.at[code, "level"] == level
    return Row(code, cells, {"name": n.area(code).casefold(), **counts} if is_area else {})


def row_name(n: Names, code: str, level: str) -> str:
    """An area by its name, with a focus district marked as such; what is known less precisely in words."""
    w = n.w
    wide = {CITY: w.t("For the whole city"), REGION: w.t("For the region"), UNKNOWN: w.t("Area not known")}
    if code in wide:
        return wide[code]
    if level != DISTRICT and n.package.areas.at[code, "level"] == DISTRICT:
        return w.t("{district}, neighbourhood not known", district=n.area(code))
    return f"{n.area(code)} ({w.t('focus district')})" if code in n.focus() else n.area(code)


def cell_text(n: Names, ids: Sequence[str], split: str, ever: Sequence[str] = ()) -> str:
    """The number of initiatives, with `split` also how many of each status or freshness; never a bare zero: none
    known, or with those `ever` known that nobody asked since."""
    if not ids:
        return n.w.t("not asked since ({n} known)", n=n.w.number(len(ever))) if ever else n.w.t("none known")
    number = n.w.number(len(ids))
    if split == TOTAL:
        return number
    parts = _parts(n, ids, split)
    return parts[0] if len(parts) == 1 else f"{number}: {', '.join(parts)}"


def _parts(n: Names, ids: Sequence[str], split: str) -> list[str]:
    order, name = (GROUPS, _status) if split == STATUS else (BANDS, _fresh)
    return [name(n, *each) for each in tally(ids, _labels(n.package, split, n.today), order).items()]


@lru_cache(maxsize=8)
def _labels(package: Package, split: str, today: date) -> dict[str, str]:
    labels = status_groups(package) if split == STATUS else freshness_bands(package, today)
    return {str(key): str(label) for key, label in labels.items()}


def _status(n: Names, group: str, count: int) -> str:
    w, number = n.w, n.w.number(count)
    return {
        "active": w.t("{n} active when last seen", n=number),
        "planned": w.t("{n} planned or funded", n=number),
        "unknown": w.t("{n} of unknown status", n=number),
        "ended": w.t("{n} ended", n=number),
    }[group]


def _fresh(n: Names, band: str, count: int) -> str:
    w, number = n.w, n.w.number(count)
    return {
        "12": w.t("{n} within 12 months", n=number),
        "24": w.t("{n} in 13 to 24 months", n=number),
        "36": w.t("{n} in 25 to 36 months", n=number),
        "older": w.t("{n} older", n=number),
        "undated": w.t("{n} undated", n=number),
    }[band]


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
        rows=matrix_rows(n, found, state["level"], state["split"], ever, opens=True),
        sort=state["sort"],
        descending=state["desc"] == "1",
        page=int(state["page"]),
        selected=state["area"],
        on_pick=lambda code: pick(state, code),
        on_sort=on_sort,
        on_page=lambda page: state.set("page", str(page)),
    )


def ever_known(package: Package, count: str, level: str, everywhere: bool) -> Matrix:
    """The matrix whenever the initiatives were last confirmed."""
    return build_matrix(package, counted(package, Basis(count)), level, everywhere)


def pick(state: PageState, chosen: str) -> None:
    """A row is chosen, or a cell of it: its list, from the first page."""
    code, _, ambition = chosen.partition(BETWEEN)
    state.clear(["sel", "lpage"])
    state.set("area", code)
    state.set("amb", ambition if ambition in (state.params["amb"].options or ()) else "")


def _explanation(n: Names, found: Matrix, ids: Sequence[str]) -> str:
    w = n.w
    stated = n.package.initiatives["ambition_basis"].reindex(list(ids)) == "stated"
    texts = [
        w.t(
            "One that serves several areas or ambitions counts in each of them, and once under any ambition."
        ),
        w.t(
            "The ambition is inferred by us for {n} of {total}.",
            n=w.number(int((~stated).sum())),
            total=w.number(len(ids)),
        ),
    ]
    if any(code.startswith("BU") for code in found.rows):
        texts.append(w.t("One that is known to a district only is in a row of that district."))
    return " ".join(texts)


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


def _plain(column: Column) -> Column:
    return Column(column.key, column.label, column.numeric, sortable=False)


def _initiative(n: Names, state: PageState) -> None:
    with st.container(border=True):
        st.html(panel.initiative(n, state["sel"]))
        st.button(n.w.t("Close"), key="coverage_close", on_click=state.set, args=("sel", ""))
