"""The initiative that is open beside a list, and the ways from one part of the page to another."""

from __future__ import annotations

import streamlit as st

from hsc_geo.views.kit.html import label as plain_label
from hsc_geo.views.kit.links import NEIGHBOURS, ORGANISATION
from hsc_geo.views.kit.names import Names, plain
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.partners.choices import OPEN
from hsc_geo.views.wording.initiative import MOST_BUTTONS, initiative, known_organisations


def go(state: PageState, part: str, key: str = "", code: str = "") -> None:
    """To another part of the page, with what it is about."""
    state.clear(OPEN)
    if key:
        state.set(key, code)
    state.set("part", part)


def initiative_panel(n: Names, state: PageState, where: str) -> None:
    """The initiative that is chosen in a table, with ways on: its neighbours, and its organisations. where: begins the
    keys of the buttons. On a phone it is a sheet over the page (`hsc_sheet`)."""
    key = state["sel"]
    if not key:
        return
    with st.container(border=True, key=f"hsc_sheet_{where}"):
        st.button(
            n.w.t("Close"),
            key=f"{where}_close",
            icon=":material/close:",
            on_click=state.set,
            args=("sel", ""),
        )
        st.html(initiative(n, key))
        with st.container(horizontal=True, gap="small"):
            to_neighbours(n, state, f"{where}_neighbours", key)
            for code, name, _ in known_organisations(n, key)[:MOST_BUTTONS]:
                to_organisation(state, f"{where}_org_{code}", plain_label(plain(name)), code)


def to_neighbours(n: Names, state: PageState, key: str, initiative_id: str) -> None:
    """A button to the neighbours of an initiative."""
    text = n.w.t("Who resembles this initiative?")
    st.button(text, key=key, on_click=go, args=(state, NEIGHBOURS, "one", initiative_id))


def to_organisation(state: PageState, key: str, text: str, code: str) -> None:
    """A button to what an organisation does."""
    st.button(text, key=key, on_click=go, args=(state, ORGANISATION, "org", code))
