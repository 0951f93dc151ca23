"""The control with which a visitor gives the thresholds of a map's classes."""

from __future__ import annotations

import streamlit as st

from hsc_geo.analysis.classify import OWN, Classes
from hsc_geo.analysis.own_breaks import LEAST, MOST, code
from hsc_geo.views.kit.html import markup, quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.thresholds import LONGEST, coded, shown

SCHEME, BREAKS = "classes", "breaks"  # parameters of the pages that have such a map


def names(n: Names) -> dict[str, str]:
    """The ways to make classes, by code."""
    w = n.w
    return {
        "city": w.t("Distance from the city's figure"),
        "quantiles": w.t("Quantiles (as many areas in each class)"),
        "equal": w.t("Equal intervals"),
        "natural": w.t("Natural breaks (Fisher-Jenks)"),
        "std": w.t("Standard deviation"),
        OWN: w.t("Own thresholds"),
    }


def take_scheme(state: PageState, proposal: tuple[float, ...]) -> None:
    """Another way is chosen: own thresholds begin with those of the map as it was."""
    state.take(SCHEME)
    if state[SCHEME] == OWN and not state[BREAKS]:
        state.set(BREAKS, code(proposal))


def draw(n: Names, state: PageState, classes: Classes, proposal: tuple[float, ...]) -> None:
    """The thresholds, what is wrong with them, and where something is a way to get ones that fit."""
    w = n.w
    st.session_state[f"w_{BREAKS}"] = shown(w, state[BREAKS])

    def take() -> None:
        state.set(BREAKS, coded(w, str(st.session_state[f"w_{BREAKS}"] or "")))

    st.text_input(w.t("Thresholds, from low to high"), key=f"w_{BREAKS}", max_chars=LONGEST, on_change=take)
    if classes.fault:
        st.html(markup('<div class="hsc-note">{}</div>', w.told(classes.fault)))
        if proposal:
            text = w.t("Take thresholds that fit: {thresholds}", thresholds=shown(w, code(proposal)))
            st.button(text, key="propose_breaks", on_click=state.set, args=(BREAKS, code(proposal)))
    text = w.t(
        "{least} to {most} numbers with a space between them. An area with exactly such a figure falls into the class "
        "above it.",
        least=LEAST,
        most=MOST,
    )
    st.html(quiet(text))
