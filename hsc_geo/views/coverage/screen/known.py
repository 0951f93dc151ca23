"""Areas against ambitions: how many initiatives are known to serve each, and under the table who they are."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from hsc_geo.analysis.focus import municipality_code
from hsc_geo.analysis.matrix import Matrix
from hsc_geo.analysis.serving import CITY
from hsc_geo.views.coverage.answers.known import Known, known
from hsc_geo.views.coverage.choices import KNOWN, CoverageChoice
from hsc_geo.views.coverage.screen.controls import level_control, open_initiative
from hsc_geo.views.coverage.words.known import BETWEEN, explanation, known_table
from hsc_geo.views.coverage.words.page import part_names
from hsc_geo.views.kit.controls import segments, sort_by, toggle
from hsc_geo.views.kit.html import items, markup, quiet
from hsc_geo.views.kit.html import label as plain_label
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.notes import note
from hsc_geo.views.kit.rows import Column, Listing
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.table import Clicks, Display, table
from hsc_geo.views.wording.area import row_name
from hsc_geo.views.wording.asked import asked_texts
from hsc_geo.views.wording.counts import FRESHNESS, STATUS, TOTAL
from hsc_geo.views.wording.initiatives import initiative_columns, initiative_rows


def draw(n: Names, state: PageState, choice: CoverageChoice) -> None:
    """The matrix with its choices, and the initiatives of the row that is chosen."""
    w, answer = n.w, known(n, choice)
    st.header(part_names(w)[KNOWN], anchor=False)
    _controls(n, state)
    st.html(quiet(w.t("Choose a row or a number to see who they are, under the table.")))
    _table(n, state, answer, choice)
    st.html(quiet(explanation(n, answer)))
    _chosen(n, state, answer)


def _controls(n: Names, state: PageState) -> None:
    w = n.w
    splits = {TOTAL: w.t("Number"), STATUS: w.t("By status"), FRESHNESS: w.t("By newest evidence")}
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        level_control(n, state)
        segments(state, "split", w.t("In each cell"), splits)
        toggle(state, "wide", w.t("Show city-wide and regional ones beside each number"))


def _table(n: Names, state: PageState, answer: Known, choice: CoverageChoice) -> None:
    shown = known_table(n, answer, choice, opens=True)
    table(
        n.w,
        "coverage_matrix",
        shown,
        Display(
            sort=state["sort"], descending=state.on("desc"), page=state.number("page"), selected=state["area"]
        ),
        Clicks(
            pick=lambda code: pick(state, code),
            sort=lambda key, descending: sort_by(state, key, descending),
            page=lambda page: state.set("page", str(page)),
        ),
    )


def pick(state: PageState, chosen: str) -> None:
    """A row is chosen, or a cell of it: its list, from the first page."""
    code, _, ambition = chosen.partition(BETWEEN)
    state.clear(["sel", "lpage"])
    state.set("area", code)
    state.set("amb", ambition if ambition in (state.params["amb"].options or ()) else "")


def _chosen(n: Names, state: PageState, answer: Known) -> None:
    w, code, found = n.w, state["area"], answer.found
    if not code:
        return
    if code not in found.rows:
        st.html(note([w.t("{area} is no row of this table; choose the other level.", area=n.area(code))]))
        return
    st.html(markup('<h3 id="chosen">{}</h3>', row_name(n, code, answer.level)))
    _ambitions(n, state, found, code)
    ids = found.at(code, state["amb"])
    _list(n, state, ids)
    if state["sel"] in ids:
        open_initiative(n, state, "coverage_close")


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
        "coverage_list",
        Listing(
            w.tn("{n} initiative in this list", "{n} initiatives in this list", len(ids)),
            [_plain(column) for column in initiative_columns(n)],
            initiative_rows(n, list(ids), "", False, state.number("lpage")),
        ),
        Display(page=state.number("lpage"), total=len(ids), selected=state["sel"]),
        Clicks(pick=lambda key: state.set("sel", key), page=lambda page: state.set("lpage", str(page))),
    )


def _asked(n: Names, state: PageState) -> None:
    """When someone asked in the area of the row and found none, with the source."""
    area = municipality_code(n.package) if state["area"] == CITY else state["area"]
    texts = asked_texts(n, area, [state["amb"]]) if state["amb"] and area in n.package.areas.index else []
    if texts:
        st.html(items(texts))


def _plain(column: Column) -> Column:
    return Column(column.key, column.label, column.numeric, sortable=False)
