"""How the classes of a map are made: the way, the number of classes, or thresholds that a visitor gives."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from hsc_geo.analysis.classify import K_RANGE, OWN, Classes, most_classes
from hsc_geo.analysis.map_classes import OFFERED, proposed
from hsc_geo.analysis.own_breaks import LEAST, LONGEST, MOST, code
from hsc_geo.views.kit.html import markup, quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.thresholds import coded, shown

# Parameters of a page that has such a map.
SCHEME, NUMBER, BREAKS = "classes", "k", "breaks"


@dataclass(frozen=True)
class Drawn:
    """What the map shows now: the figure, its values by area (missing allowed) and their classes, None for none.
    within: between which values thresholds may lie, None for those of the package."""

    indicator_id: str
    values: pd.Series
    classes: Classes | None
    within: tuple[float, float] | None = None


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


def draw(n: Names, state: PageState, drawn: Drawn) -> None:
    """The choice of a way, and what that way asks more."""
    ways, proposal, classes = names(n), _proposal(n, drawn), drawn.classes
    st.selectbox(
        n.w.t("Classes of the map"),
        OFFERED,
        format_func=lambda scheme: ways[scheme],
        key=state.seed(SCHEME),
        on_change=_take_scheme,
        args=(state, proposal),
    )
    if classes is None:
        return
    if state[SCHEME] == OWN:
        _own(n, state, classes, proposal)
    elif not classes.yardstick:
        _number(n, state, drawn)
        if classes.k < classes.asked:
            st.html(quiet(n.w.t("{k} classes are in use; no area falls into the others.", k=classes.k)))


def _proposal(n: Names, drawn: Drawn) -> tuple[float, ...]:
    """Thresholds to begin with: those of the map as it is, rounded."""
    if drawn.classes is None or not drawn.classes.k:
        return ()
    return proposed(n.package, drawn.indicator_id, drawn.values, drawn.classes, drawn.within)


def _take_scheme(state: PageState, proposal: tuple[float, ...]) -> None:
    state.take(SCHEME)
    if state[SCHEME] == OWN and not state[BREAKS]:
        state.set(BREAKS, code(proposal))


def _number(n: Names, state: PageState, drawn: Drawn) -> None:
    """As many classes as so many areas bear."""
    known = int(drawn.values.notna().sum())
    options = [str(k) for k in K_RANGE if k <= most_classes(known)]
    widget = state.seed(NUMBER)
    st.session_state[widget] = state[NUMBER] if state[NUMBER] in options else options[-1]
    st.selectbox(n.w.t("Number of classes"), options, key=widget, on_change=state.take, args=(NUMBER,))
    if len(options) < len(K_RANGE):
        st.html(quiet(n.w.t("{n} areas bear {k} classes at most.", n=known, k=options[-1])))


def _own(n: Names, state: PageState, classes: Classes, proposal: tuple[float, ...]) -> None:
    """The thresholds, what is wrong with them, and where something is a way to get ones that fit."""
    w, widget = n.w, f"w_{BREAKS}"
    st.session_state[widget] = shown(w, state[BREAKS])

    def take() -> None:
        state.set(BREAKS, coded(w, str(st.session_state[widget] or "")))

    st.text_input(w.t("Thresholds, from low to high"), key=widget, max_chars=LONGEST, on_change=take)
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
