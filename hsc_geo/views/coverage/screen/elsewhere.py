"""What is known in Leiden Noord and Zuidwest, and the areas most alike where nothing like it is known."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from hsc_geo.analysis.matrix import with_ambition
from hsc_geo.analysis.transfer import Transfer, focus_initiatives, transfer
from hsc_geo.data.load import Package
from hsc_geo.views.coverage.answers import NEAREST
from hsc_geo.views.coverage.screen.controls import level_control, select
from hsc_geo.views.coverage.words.elsewhere import _nothing, method_texts, transfer_columns, transfer_rows
from hsc_geo.views.kit.html import items, markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.table import table
from hsc_geo.views.wording import initiative


def draw(n: Names, state: PageState, ids: tuple[str, ...]) -> None:
    """The choices, the areas where each could be asked for, and what makes them alike."""
    w = n.w
    st.header(w.t("What can serve elsewhere"), anchor=False)
    st.html(
        markup(
            '<p class="hsc-lead">{}</p>',
            w.t(
                "What is known in the focus districts, and the areas most alike to where it is known that "
                "have nothing like it known. It says where to ask, not what would work."
            ),
        )
    )
    counted = set(ids)
    offered = [key for key in focus_initiatives(n.package) if key in counted]
    _controls(n, state, offered)
    chosen = [key for key in with_ambition(n.package, offered, state["ramb"]) if state["like"] in ("", key)]
    found = _found(n.package, tuple(chosen), state["level"], ids)
    if not found:
        st.info(_nothing(n, offered, chosen))
        return
    _table(n, state, found)
    _initiative(n, state)
    st.html(items(method_texts(n, state["level"])))


@lru_cache(maxsize=32)
def _found(package: Package, chosen: tuple[str, ...], level: str, ids: tuple[str, ...]) -> list[Transfer]:
    return transfer(package, chosen, level, NEAREST, ids)


def _controls(n: Names, state: PageState, offered: list[str]) -> None:
    w = n.w
    left, right = st.columns(2, gap="medium")
    with left:
        level_control(n, state)
        select(n, state, "ramb", w.t("Ambition"), "ambition")
    with right:
        st.session_state["w_like"] = state["like"] if state["like"] in offered else ""
        st.selectbox(
            w.t("Initiative in a focus district"),
            ["", *offered],
            format_func=lambda key: n.initiative(key) if key else w.t("all"),
            key="w_like",
            on_change=state.take,
            args=("like",),
        )


def _table(n: Names, state: PageState, found: list[Transfer]) -> None:
    table(
        n.w,
        key="coverage_transfer",
        caption=n.w.t("Where it could be asked for, the areas most alike first; choose a row for its source"),
        columns=transfer_columns(n),
        rows=transfer_rows(n, found),
        page=int(state["lpage"]),
        selected=state["sel"],
        on_pick=lambda key: state.set("sel", key),
        on_page=lambda page: state.set("lpage", str(page)),
    )


def _initiative(n: Names, state: PageState) -> None:
    if not state["sel"]:
        return
    with st.container(border=True):
        st.html(initiative.initiative(n, state["sel"]))
        st.button(n.w.t("Close"), key="transfer_close", on_click=state.set, args=("sel", ""))
