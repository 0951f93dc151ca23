"""The panel beside a matrix, map or list, with what is chosen in it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

from hsc_geo.views.kit.html import markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState


def side(n: Names, state: PageState, asked: bool, title: str, clears: Sequence[str]) -> DeltaGenerator:
    """The panel beside a matrix, map or list, on a phone a sheet over it. asked: a visitor chose what it shows; then it
    can be closed, which clears the choices `clears`."""
    panel = st.container(key="hsc_cell" if asked else "hsc_cell_first")
    head = panel.container(horizontal=True, wrap=False, vertical_alignment="top", gap="small")
    head.html(markup('<h2 id="chosen">{}</h2>', title))
    if asked:
        icon = ":material/close:"
        text = n.w.t("Close")
        head.button(text, key="side_close", type="tertiary", icon=icon, on_click=state.clear, args=(clears,))
    return panel


def framed(n: Names, state: PageState, drawn: Markup, key: str, choice: str = "sel") -> None:
    """One thing of a list in a frame that can be closed, which takes back the choice of it. key: of the button."""
    with st.container(border=True):
        st.html(drawn)
        st.button(n.w.t("Close"), key=key, on_click=state.set, args=(choice, ""))
