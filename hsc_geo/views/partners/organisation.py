"""What an organisation does: where and with whom, its network as a picture and as a table, its roles as stated."""

from __future__ import annotations

import streamlit as st

from hsc_geo.analysis.matrix import Basis, counted
from hsc_geo.analysis.partners import Organisation, organisation
from hsc_geo.views.kit import in_python
from hsc_geo.views.kit.answer import answer, say
from hsc_geo.views.kit.chips import Chip, chips
from hsc_geo.views.kit.controls import listed, one_or_none
from hsc_geo.views.kit.html import quiet
from hsc_geo.views.kit.names import Names, by_name, organisation_name
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.maps.common import theme
from hsc_geo.views.partners import answers, calls
from hsc_geo.views.partners.choices import OPEN
from hsc_geo.views.partners.network import picture
from hsc_geo.views.partners.panel import initiative_panel
from hsc_geo.views.partners.words import organisation as words
from hsc_geo.views.wording.counted import label


def draw(n: Names, state: PageState) -> None:
    """The sentence, the choice of an organisation and what it does; then who it is, where and with whom."""
    key = state["org"]
    with answer():
        if key:
            _one(n, state, key)
        else:
            _active(n, state)
    if key:
        found = organisation(n.package, key)
        st.html(words.head(n, key))
        _places(n, state, found)
        _network(n, state, found)
    in_python.fold(n, "organisation", lambda: calls.organisation(key))


def _one(n: Names, state: PageState, key: str) -> None:
    found = organisation(n.package, key)
    now = organisation(n.package, key, counted(n.package, Basis()))
    say(words.said(n, now), f"({label(n)})")
    _choice(n, state)
    if found.parts:
        listed(n, state, "organisation_parts", words.parts(n, found))
    initiative_panel(n, state, "organisation")


def _active(n: Names, state: PageState) -> None:
    """Before an organisation is chosen: who takes part in most."""
    found = answers.active(n.package)
    say(words.said_active(n, found), f"({label(n)})")
    _choice(n, state)
    listed(n, state, "organisations", words.active_list(n, found), pick=lambda code: _choose(state, code))


def _choice(n: Names, state: PageState) -> None:
    key = state["org"]
    codes = by_name(n, sorted(state.params["org"].options or ()), lambda code: organisation_name(n, code))

    def draw() -> None:
        one_or_none(
            n.w.t("Organisation"),
            codes,
            lambda code: organisation_name(n, code),
            n.w.t("choose an organisation"),
            key=state.seed("org"),
            on_change=lambda: _choose(state, st.session_state["w_org"] or ""),
        )

    chips(
        n,
        state,
        [Chip("org", organisation_name(n, key) if key else n.w.t("Choose an organisation"), draw, ["org"])],
    )


def _choose(state: PageState, code: str) -> None:
    state.clear(OPEN)
    state.set("org", code)


def _places(n: Names, state: PageState, found: Organisation) -> None:
    if not found.places:
        return
    st.header(n.w.t("Where?"), anchor=False)
    shown = words.places(n, found)
    listed(n, state, "organisation_places", shown, "gpage", _nothing, page_size=len(shown.rows))


def _nothing(_: str) -> None:
    """These rows open nothing."""


def _network(n: Names, state: PageState, found: Organisation) -> None:
    st.header(n.w.t("With whom?"), anchor=False)
    if not found.companions:
        st.info(n.w.t("No other organisation is known in its initiatives."))
        return
    st.html(picture(n, organisation_name(n, found.organisation_id), found.companions, theme()))
    st.html(quiet(words.network_text(n, found)))

    shown = words.companions(n, found)
    listed(n, state, "organisation_network", shown, "lpage", lambda code: _choose(state, code))
