"""Access with competition: places shared with all who live near them, beside plain distance."""

from __future__ import annotations

import streamlit as st

from hsc_geo.analysis.access import ENHANCED, TWO_STEP
from hsc_geo.views.coverage.answers.near import shared
from hsc_geo.views.coverage.choices import FACTORS, CoverageChoice
from hsc_geo.views.coverage.screen.controls import all_rows, level_control
from hsc_geo.views.coverage.words.access import access_table, decimal, method_texts, no_place_text, title
from hsc_geo.views.kit.controls import segments
from hsc_geo.views.kit.html import items, quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState


def draw(n: Names, state: PageState, choice: CoverageChoice) -> None:
    """The choices, the table, and how it is computed."""
    w = n.w
    st.header(title(n), anchor=False)
    st.html(
        quiet(
            w.t(
                "The same distance, ambition and life stage. A place that many live near counts less for each "
                "of them."
            ),
        )
    )
    _controls(n, state)
    found = shared(n, choice)
    if not found.placed:
        st.info(no_place_text(n))
        return
    all_rows(n, "coverage_access", access_table(n, found, choice))
    if found.saturated:
        st.info(
            w.t(
                "At this distance nearly everyone has a place nearby: in a compact city plain distance no longer tells "
                "areas apart. Access can, as long as the distance is not so long that all share everything."
            )
        )
    st.html(items(method_texts(n, found, choice.sharing)))


def _controls(n: Names, state: PageState) -> None:
    w = n.w
    methods = {TWO_STEP: w.t("Near or not (2SFCA)"), ENHANCED: w.t("Nearer counts more (E2SFCA)")}
    factors = {code: decimal(w, float(code)) for code in FACTORS}
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        level_control(n, state)
        segments(state, "fca", w.t("Method"), methods)
        segments(state, "band", w.t("Unknown capacity: times less or more"), factors)
