"""The page Partners: who is near, who are neighbours of an initiative, what an organisation does, who is missing."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from hsc_geo.views.kit.controls import segments
from hsc_geo.views.kit.html import markup
from hsc_geo.views.kit.links import MISSING, NEAR, NEIGHBOURS, ORGANISATION
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.notes import note, refused_texts
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.words import Words
from hsc_geo.views.maps.frame import MapAssets
from hsc_geo.views.partners import missing, near, neighbours, organisation
from hsc_geo.views.partners.choices import OPEN, parameters
from hsc_geo.views.partners.start_point import LookUp


def draw(n: Names, assets: MapAssets, look_up: LookUp) -> None:
    """The whole page; `look_up` finds addresses."""
    st.title(n.w.t("Partners"), anchor=False)
    st.html(
        markup(
            '<p class="hsc-lead">{}</p>',
            n.w.t(
                "Who is active near you and for the same people, with whom you could work together, and who is not "
                "known to take part yet. None known is not the same as none."
            ),
        )
    )
    _page(n, assets, look_up)


@st.fragment
def _page(n: Names, assets: MapAssets, look_up: LookUp) -> None:
    state = PageState("partners", parameters(n.package), st.session_state, st.query_params)
    state.pull()
    refused = refused_texts(n.w, [each.value for each in state.refused])
    with st.container():  # the map keeps its frame only in the same position
        if refused:
            st.html(note(refused))
    segments(state, "part", n.w.t("Part of this page"), part_names(n.w), lambda: take_part(state))
    drawn: dict[str, Callable[[], None]] = {
        NEAR: lambda: near.draw(n, state, assets, look_up),
        NEIGHBOURS: lambda: neighbours.draw(n, state),
        ORGANISATION: lambda: organisation.draw(n, state),
        MISSING: lambda: missing.draw(n, state),
    }
    drawn[state["part"]]()
    state.push()


def take_part(state: PageState) -> None:
    """Another part: what was open in a table of the last one is closed."""
    state.clear(OPEN)
    state.take("part")


def part_names(w: Words) -> dict[str, str]:
    """The parts of the page; one is on the screen at a time."""
    return {
        NEAR: w.t("Near me"),
        NEIGHBOURS: w.t("Neighbours of an initiative"),
        ORGANISATION: w.t("An organisation"),
        MISSING: w.t("Who is missing"),
    }
