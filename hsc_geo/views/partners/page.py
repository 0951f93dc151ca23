"""The page Partners: who is near, who resembles us, what an organisation does, who is missing, what may end."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from hsc_geo.analysis.near import LookUp
from hsc_geo.views.kit.answer import head
from hsc_geo.views.kit.links import ENDING, MISSING, NEAR, NEIGHBOURS, ORGANISATION
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.notes import note, refused_texts
from hsc_geo.views.kit.questions import opened
from hsc_geo.views.kit.share import share
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.maps.frame import MapAssets
from hsc_geo.views.maps.points import point_of
from hsc_geo.views.partners import ending, missing, near, neighbours, organisation
from hsc_geo.views.partners.choices import OPEN, parameters
from hsc_geo.views.partners.words.page import part_names

PAPER = "partners"  # as `brief.kinds` knows it


@st.fragment
def draw(n: Names, assets: MapAssets, look_up: LookUp) -> None:
    """The whole page; `look_up` finds addresses."""
    state = PageState("partners", parameters(n.package), st.session_state, st.query_params)
    state.pull()
    with head(n.w.t("Partners")):
        share(n, PAPER, picture=state["part"] == NEAR)
    refused = refused_texts(n.w, [*(each.value for each in state.refused), *_no_point(n, state)])
    with st.container():  # the map keeps its frame only in the same position
        if refused:
            st.html(note(refused))
    drawn: dict[str, Callable[[], None]] = {
        NEAR: lambda: near.draw(n, state, assets, look_up),
        NEIGHBOURS: lambda: neighbours.draw(n, state),
        ORGANISATION: lambda: organisation.draw(n, state),
        MISSING: lambda: missing.draw(n, state),
        ENDING: lambda: ending.draw(n, state),
    }
    with opened(state, part_names(n.w), OPEN):
        drawn[state["part"]]()
    state.push()


def _no_point(n: Names, state: PageState) -> list[str]:
    """The point in the address where it is none in the municipality."""
    return [state["at"]] if state["at"] and point_of(n.package, state["at"]) is None else []
