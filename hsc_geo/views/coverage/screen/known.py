"""Areas against ambitions: how many initiatives are known to serve each, and under the table who they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import streamlit as st

from hsc_geo.analysis.focus import municipality_code
from hsc_geo.analysis.matrix import (
    ACTIVE,
    ALL,
    BANDS,
    GROUPS,
    KNOWN,
    Basis,
    Matrix,
    build_matrix,
    counted,
    freshness_bands,
    status_groups,
    tally,
)
from hsc_geo.analysis.serving import CITY, DISTRICT, REGION, UNKNOWN, WIDE_SCOPES
from hsc_geo.data.load import Package
from hsc_geo.views.coverage.choices import FRESHNESS, STATUS, TOTAL, level_control, segments
from hsc_geo.views.kit.components import Column, Row, table
from hsc_geo.views.kit.html import items, markup, quiet
from hsc_geo.views.kit.html import label as plain_label
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.notes import note
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.map.tables import initiative_columns, initiative_rows
from hsc_geo.views.wording import initiative
from hsc_geo.views.wording.asked import absent, asked_texts

BETWEEN = "|"  # a row and an ambition, in what a chosen cell says


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


def matrix_columns(n: Names, found: Matrix, split: str) -> list[Column]:
    """Area, a column per ambition, and all of them."""
    numeric = split == TOTAL
    return [
        Column("name", n.w.t("Area")),
        *(Column(code, n.term("ambition", code), numeric=numeric) for code in found.ambitions),
        Column("all", n.w.t("Any ambition"), numeric=numeric),
    ]


def matrix_rows(
    n: Names,
    found: Matrix,
    level: str,
    split: str,
    ever: Matrix | None = None,
    opens: bool = False,
    beside: bool = False,
) -> list[Row]:
    """A row per area, then what is known less precisely; these stay last however the table is sorted.

    ever: the same without what limits `found`; where that has initiatives and `found` none, that is told. opens: cells
    with initiatives can be chosen. beside: with what is there for the whole city and the region beside each number.
    """
    cells = _Cells(n, found, split, ever, opens, beside)
    return [_row(cells, code, level) for code in found.rows]


@dataclass(frozen=True)
class _Cells:
    """What the cells of a matrix are made with."""

    n: Names
    found: Matrix
    split: str
    ever: Matrix | None
    opens: bool
    beside: bool

    def text(self, code: str, key: str) -> str:
        """A cell: the number, or what is said of none known."""
        n, ids = self.n, self.found.at(code, key)
        ever = self.ever.at(code, key) if self.ever else ()
        text = cell_text(n, ids, self.split, ever, "" if ids or ever else self._none(code, key))
        wide = self.found.wide(key)
        if not self.beside or code in WIDE_SCOPES or not wide:
            return text
        return n.w.t("{here}; city and region {wide}", here=text, wide=n.w.number(len(wide)))

    def cell(self, code: str, key: str) -> Any:
        """The same, as one that can be chosen where it has initiatives."""
        text = self.text(code, key)
        chosen = self.opens and self.found.at(code, key)
        return {"text": text, "pick": f"{code}{BETWEEN}{key}"} if chosen else text

    def _none(self, code: str, key: str) -> str:
        area = municipality_code(self.n.package) if code == CITY else code
        return absent(self.n, area, key)


def _row(cells: _Cells, code: str, level: str) -> Row:
    n, found = cells.n, cells.found
    keys = (*found.ambitions, ALL)
    counts = {key or "all": len(found.at(code, key)) for key in keys}
    texts: list[Any] = [row_name(n, code, level), *(cells.cell(code, key) for key in keys)]
    is_area = code in n.package.areas.index and n.package.areas.at[code, "level"] == level
    return Row(code, texts, {"name": n.area(code).casefold(), **counts} if is_area else {})


def row_name(n: Names, code: str, level: str) -> str:
    """An area by its name, with a focus district marked as such; what is known less precisely in words."""
    w = n.w
    wide = {CITY: w.t("For the whole city"), REGION: w.t("For the region"), UNKNOWN: w.t("Area not known")}
    if code in wide:
        return wide[code]
    if level != DISTRICT and n.package.areas.at[code, "level"] == DISTRICT:
        return w.t("{district}, neighbourhood not known", district=n.area(code))
    return f"{n.area(code)} ({w.t('focus district')})" if code in n.focus() else n.area(code)


def cell_text(n: Names, ids: Sequence[str], split: str, ever: Sequence[str] = (), none: str = "") -> str:
    """The number of initiatives, with `split` also how many of each status or freshness; never a bare zero: that none
    counts of those `ever` known, or `none`, which without more is that none is known."""
    if not ids:
        uncounted = n.w.t("none counts ({n} known)", n=n.w.number(len(ever)))
        return uncounted if ever else none or n.w.t("none known")
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


def ever_known(package: Package, basis: Basis, level: str) -> Matrix | None:
    """The matrix of all that are known, active when last seen or not, whenever they were confirmed; None where the
    basis counts these anyway."""
    wider = Basis(KNOWN if basis.count == ACTIVE else basis.count)
    return None if basis == wider else build_matrix(package, counted(package, wider), level)


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
        w.t("What is for the whole city or the region has rows of its own and is in no area's number."),
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
