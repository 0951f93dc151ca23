"""The coverage page: for whom help is known and where, as known or as confirmed; and who lives near its places."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

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
from hsc_geo.views.kit.html import quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.notes import note, refused_texts
from hsc_geo.views.kit.questions import opened
from hsc_geo.views.kit.share import share
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.maps.frame import MapAssets
from hsc_geo.views.wording.own_area import without_text

CLOSED = ("sort", "desc", "page", "lpage", "sel")  # where another question is asked


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
    with opened(state, part_names(n.w), CLOSED):
        _part(n, state, coverage_choice(n, state), assets)
    state.push()


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
    without = without_text(n) if choice.part not in (KNOWN, BEAR) else ""
    if without:
        st.html(quiet(without))
