"""What is known in Leiden Noord and Zuidwest, and the areas most alike where nothing like it is known."""

from __future__ import annotations

import streamlit as st

from hsc_geo.views.coverage.answers.elsewhere import Elsewhere, elsewhere
from hsc_geo.views.coverage.choices import ELSEWHERE, CoverageChoice
from hsc_geo.views.coverage.screen.controls import level_control, open_initiative, select
from hsc_geo.views.coverage.words.elsewhere import lead, method_texts, nothing_text, transfer_table
from hsc_geo.views.coverage.words.page import part_names
from hsc_geo.views.kit.html import items, markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.table import Clicks, Display, table


def draw(n: Names, state: PageState, choice: CoverageChoice) -> None:
    """The choices, the areas where each could be asked for, and what makes them alike."""
    answer = elsewhere(n, choice)
    st.header(part_names(n.w)[ELSEWHERE], anchor=False)
    st.html(markup('<p class="hsc-lead">{}</p>', lead(n)))
    _controls(n, state, answer)
    if not answer.found:
        st.info(nothing_text(n, answer))
        return
    _table(n, state, answer)
    if state["sel"]:
        open_initiative(n, state, "transfer_close")
    st.html(items(method_texts(n, choice.level)))


def _controls(n: Names, state: PageState, answer: Elsewhere) -> None:
    w = n.w
    left, right = st.columns(2, gap="medium")
    with left:
        level_control(n, state)
        select(n, state, "ramb", w.t("Ambition"), "ambition")
    with right:
        st.session_state["w_like"] = state["like"] if state["like"] in answer.offered else ""
        st.selectbox(
            w.t("Initiative in a focus district"),
            ["", *answer.offered],
            format_func=lambda key: n.initiative(key) if key else w.t("all"),
            key="w_like",
            on_change=state.take,
            args=("like",),
        )


def _table(n: Names, state: PageState, answer: Elsewhere) -> None:
    shown = transfer_table(n, answer, opens=True)
    table(
        n.w,
        "coverage_transfer",
        shown,
        Display(page=state.number("lpage"), selected=state["sel"]),
        Clicks(pick=lambda key: state.set("sel", key), page=lambda page: state.set("lpage", str(page))),
    )
