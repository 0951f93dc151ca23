"""Areas against ambitions: how many initiatives are known to serve each, and beside the table who they are."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from hsc_geo.analysis.focus import municipality_code
from hsc_geo.analysis.serving import CITY
from hsc_geo.views.coverage.answers.known import Known, districts_without, known
from hsc_geo.views.coverage.calls import calls
from hsc_geo.views.coverage.choices import CoverageChoice
from hsc_geo.views.coverage.screen.choosing import line
from hsc_geo.views.coverage.words.known import (
    BETWEEN,
    cell_title,
    explanation,
    known_table,
    said,
    wide_title,
    without_texts,
    without_title,
)
from hsc_geo.views.coverage.words.page import say_counted
from hsc_geo.views.kit import in_python
from hsc_geo.views.kit.answer import answer, say
from hsc_geo.views.kit.controls import sort_by
from hsc_geo.views.kit.html import items, quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.notes import note
from hsc_geo.views.kit.side import framed, side
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.table import Clicks, Display, table
from hsc_geo.views.wording.asked import asked_texts
from hsc_geo.views.wording.initiative import initiative
from hsc_geo.views.wording.short import short_list

LIST_SIZE = 8  # rows beside the matrix


def draw(n: Names, state: PageState, choice: CoverageChoice) -> None:
    """The matrix with its choices, and beside it the initiatives of the cell that is chosen."""
    found = known(n, choice)
    with answer():
        say(said(n, found, choice), say_counted(n, choice))
        line(n, state, choice)
        left, right = st.columns([0.58, 0.42], gap="medium")
        with left:
            _table(n, state, found, choice)
            in_python.fold(n, "known", lambda: calls(n, choice))
        with right:
            _cell(n, state, found, choice)
    st.html(quiet(explanation(n, found)))
    without = without_texts(n, districts_without(n, choice))
    if without:
        st.header(without_title(n), anchor=False)
        st.html(items(without))


def _table(n: Names, state: PageState, found: Known, choice: CoverageChoice) -> None:
    selected = f"{choice.area}{BETWEEN}{choice.cell}"
    table(
        n.w,
        "coverage_matrix",
        known_table(n, found, choice, opens=True),
        Display(
            sort=state["sort"],
            descending=state.on("desc"),
            page=state.number("page"),
            selected=selected if choice.cell else choice.area,
            compact=True,
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


def _cell(n: Names, state: PageState, answered: Known, choice: CoverageChoice) -> None:
    """The list of the cell that is chosen, of the first row as long as none is."""
    found, code = answered.found, choice.area
    if code and code not in found.rows:
        st.html(note([n.w.t("{area} is no row of this table; choose the other level.", area=n.area(code))]))
    asked = code in found.rows
    code, ambition = (code, choice.cell) if asked else (found.rows[0], "")
    title = cell_title(n, choice, code, ambition)
    with side(n, state, asked, title, ["area", "amb", "sel", "lpage"]):
        ids, wide = found.at(code, ambition), found.beside(code, ambition)
        if state["sel"] in {*ids, *wide}:
            framed(n, state, initiative(n, state["sel"]), "coverage_close")
        _list(n, state, ids, code, ambition)
        if wide:
            _wide(n, state, wide, opened=not ids)


def _list(n: Names, state: PageState, ids: Sequence[str], code: str, ambition: str) -> None:
    if not ids:
        st.info(n.w.t("No initiative known here under these choices."))
        _asked(n, code, ambition)
        return
    table(
        n.w,
        "coverage_list",
        short_list(n, ids),
        Display(page=state.number("lpage"), page_size=LIST_SIZE, selected=state["sel"], compact=True),
        Clicks(pick=lambda key: state.set("sel", key), page=lambda page: state.set("lpage", str(page))),
    )


def _wide(n: Names, state: PageState, ids: Sequence[str], opened: bool) -> None:
    """What is there for everyone in the city stands beside each list: open where there is nothing else."""
    with st.expander(wide_title(n, ids), expanded=opened, key="hsc_wide", on_change="rerun") as fold:
        if fold.open:
            shown = Display(page_size=len(ids), selected=state["sel"], compact=True)
            table(
                n.w,
                "coverage_wide",
                short_list(n, ids),
                shown,
                Clicks(pick=lambda key: state.set("sel", key)),
            )


def _asked(n: Names, code: str, ambition: str) -> None:
    """When someone asked in the area of the row and found none, with the source."""
    area = municipality_code(n.package) if code == CITY else code
    texts = asked_texts(n, area, [ambition]) if ambition and area in n.package.areas.index else []
    if texts:
        st.html(items(texts))
