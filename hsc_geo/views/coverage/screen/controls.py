"""What several parts of coverage share on the screen: controls, a table with all its rows, how much can be measured."""

from __future__ import annotations

import streamlit as st

from hsc_geo.analysis.reach import LONGEST, Reach
from hsc_geo.analysis.serving import DISTRICT, NEIGHBOURHOOD
from hsc_geo.views.coverage.choices import DISTANCES
from hsc_geo.views.coverage.words.near import places_text
from hsc_geo.views.kit.controls import segments
from hsc_geo.views.kit.html import markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Listing
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.table import Display, table
from hsc_geo.views.wording import initiative
from hsc_geo.views.wording.facets import facet_order


def select(n: Names, state: PageState, key: str, label: str, facet: str) -> None:
    """One option of a facet, or all."""
    codes = facet_order(n, facet, sorted(state.params[key].options or ()))
    st.selectbox(
        label,
        ["", *codes],
        format_func=lambda code: n.term(facet, code) if code else n.w.t("all"),
        key=state.seed(key),
        on_change=state.take,
        args=(key,),
    )


def near_controls(n: Names, state: PageState) -> None:
    """Distance, ambition and life stage."""
    w = n.w
    left, right = st.columns(2, gap="medium")
    with left:
        _distance(n, state)
    with right:
        select(n, state, "ramb", w.t("Ambition"), "ambition")
        select(n, state, "rlife", w.t("Life stage"), "life_stage")


def _distance(n: Names, state: PageState) -> None:
    w = n.w
    st.session_state["w_near"] = state["dist"] if state["dist"] in DISTANCES else None
    st.session_state["w_dist"] = state.number("dist")

    def near() -> None:
        state.set("dist", st.session_state["w_near"] or state["dist"])

    st.segmented_control(
        w.t("Distance in metres, as the crow flies"),
        DISTANCES,
        format_func=lambda code: w.number(int(code)),
        key="w_near",
        on_change=near,
    )
    st.number_input(
        w.t("or any distance from 0 to {most} metres", most=w.number(LONGEST)),
        min_value=0,
        max_value=LONGEST,
        step=100,
        key="w_dist",
        on_change=lambda: state.set("dist", str(st.session_state["w_dist"] or 0)),
    )


def level_control(n: Names, state: PageState) -> None:
    """Districts or neighbourhoods; what was chosen in the other level is dropped."""

    def take() -> None:
        state.clear(["area", "amb", "sel", "page", "lpage"])
        state.take("level")

    names = {DISTRICT: n.w.t("Districts"), NEIGHBOURHOOD: n.w.t("Neighbourhoods")}
    segments(state, "level", n.w.t("Level"), names, take)


def show_places(n: Names, found: Reach) -> None:
    """The sentence on how much counts, which stands above every answer that rests on known places."""
    st.html(markup('<p aria-live="polite" id="places">{}</p>', places_text(n, found)))


def all_rows(n: Names, key: str, shown: Listing) -> None:
    """A table with all its rows on one page, none of them to be chosen."""
    size = len(shown.rows) or 1
    table(n.w, key, shown, Display(page_size=size))


def open_initiative(n: Names, state: PageState, key: str) -> None:
    """The initiative that is chosen, in a frame that can be closed."""
    with st.container(border=True):
        st.html(initiative.initiative(n, state["sel"]))
        st.button(n.w.t("Close"), key=key, on_click=state.set, args=("sel", ""))
