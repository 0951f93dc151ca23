"""An organisation: what it does, where and with whom, its network as a picture and as a table, its roles as stated."""

from __future__ import annotations

import streamlit as st

from hsc_geo.analysis.partners import Organisation, organisation
from hsc_geo.views.kit.controls import listed
from hsc_geo.views.kit.html import quiet
from hsc_geo.views.kit.links import ORGANISATION as PART
from hsc_geo.views.kit.names import Names, by_name, organisation_name
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.maps.common import theme
from hsc_geo.views.partners.choices import OPEN
from hsc_geo.views.partners.network import picture
from hsc_geo.views.partners.panel import go, initiative_panel
from hsc_geo.views.partners.words import organisation as words


def draw(n: Names, state: PageState) -> None:
    """The choice of an organisation, and what is known of it."""
    st.header(n.w.t("An organisation"), anchor=False)
    _choice(n, state)
    key = state["org"]
    if not key:
        st.info(n.w.t("Choose an organisation to see what it does, where and with whom."))
        return
    found = organisation(n.package, key)
    st.html(words.head(n, key))
    _parts(n, state, found)
    initiative_panel(n, state, "organisation")
    _places(n, state, found)
    _network(n, state, found)


def _choice(n: Names, state: PageState) -> None:
    codes = by_name(n, sorted(state.params["org"].options or ()), lambda key: organisation_name(n, key))
    none = n.w.t("choose an organisation")
    st.selectbox(
        n.w.t("Organisation"),
        ["", *codes],
        format_func=lambda key: organisation_name(n, key) if key else none,
        key=state.seed("org"),
        on_change=lambda: _take(state),
    )


def _take(state: PageState) -> None:
    state.clear(OPEN)
    state.take("org")


def _parts(n: Names, state: PageState, found: Organisation) -> None:
    st.header(n.w.t("What it does"), anchor=False)
    if found.parts:
        listed(n, state, "organisation_parts", words.parts(n, found))
    else:
        st.info(n.w.t("No initiative is known in which this organisation takes part."))


def _places(n: Names, state: PageState, found: Organisation) -> None:
    if not found.places:
        return
    st.header(n.w.t("Where"), anchor=False)
    shown = words.places(n, found)
    listed(n, state, "organisation_places", shown, "gpage", _nothing, page_size=len(shown.rows))


def _nothing(_: str) -> None:
    """These rows open nothing."""


def _network(n: Names, state: PageState, found: Organisation) -> None:
    st.header(n.w.t("With whom"), anchor=False)
    if not found.companions:
        st.info(n.w.t("No other organisation is known in its initiatives."))
        return
    st.html(picture(n, organisation_name(n, found.organisation_id), found.companions, theme()))
    st.html(quiet(words.network_text(n, found)))

    def pick(code: str) -> None:
        go(state, PART, "org", code)

    listed(n, state, "organisation_network", words.companions(n, found), "lpage", pick)
