"""The coverage page: for whom help is known and where, as known or as confirmed; and who lives near its places."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from hsc_geo.views.coverage.choices import (
    BEAR,
    ELSEWHERE,
    KNOWN,
    NEAR,
    NEED,
    NEXT,
    CoverageChoice,
    coverage_choice,
    parameters,
)
from hsc_geo.views.coverage.screen import claim, elsewhere, known, near, need, where_next
from hsc_geo.views.coverage.words.page import part_names
from hsc_geo.views.kit.answer import head
from hsc_geo.views.kit.html import label
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.notes import note, refused_texts
from hsc_geo.views.kit.share import share
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.maps.frame import MapAssets


def draw(n: Names, assets: MapAssets) -> None:
    """The whole page."""
    _page(n, assets)


@st.fragment
def _page(n: Names, assets: MapAssets) -> None:
    state = PageState("coverage", parameters(n.package), st.session_state, st.query_params)
    state.pull()
    with head(n.w.t("Coverage")):
        share(n, "coverage", picture=state["part"] == NEED)
    refused = refused_texts(n.w, [each.value for each in state.refused])
    if refused:
        st.html(note(refused))
    with _opened(n, state):
        _part(n, state, coverage_choice(n, state), assets)
    state.push()


def _opened(n: Names, state: PageState) -> DeltaGenerator:
    """The questions of the page as tabs, and what the open one holds."""
    names = {part: label(name) for part, name in part_names(n.w).items()}
    st.session_state["w_part"] = names[state["part"]]

    def take() -> None:
        state.set("part", next(part for part, name in names.items() if name == st.session_state["w_part"]))
        state.clear(["sort", "desc", "page", "lpage", "sel"])

    tabs = st.tabs(list(names.values()), key="w_part", on_change=take)
    return tabs[list(names).index(state["part"])]


def _part(n: Names, state: PageState, choice: CoverageChoice, assets: MapAssets) -> None:
    drawn: dict[str, Callable[[], None]] = {
        KNOWN: lambda: known.draw(n, state, choice),
        NEAR: lambda: near.draw(n, state, choice),
        NEED: lambda: need.draw(n, state, choice, assets),
        NEXT: lambda: where_next.draw(n, state, choice, assets),
        ELSEWHERE: lambda: elsewhere.draw(n, state, choice),
        BEAR: lambda: claim.draw(n, state, choice),
    }
    drawn[choice.part]()
