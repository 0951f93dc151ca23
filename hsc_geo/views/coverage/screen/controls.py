"""Controls that several parts of coverage share."""

import streamlit as st

from hsc_geo.analysis.reach import LONGEST
from hsc_geo.analysis.serving import DISTRICT, NEIGHBOURHOOD
from hsc_geo.views.coverage.choices import DISTANCES
from hsc_geo.views.kit.controls import segments
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
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
    st.session_state["w_dist"] = int(state["dist"])

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
