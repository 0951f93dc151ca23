"""Access with competition: places shared with all who live near them, beside plain distance."""

from __future__ import annotations

import streamlit as st

from hsc_geo.analysis.access import ENHANCED, TWO_STEP, Access, access
from hsc_geo.analysis.serving import DISTRICT
from hsc_geo.views.coverage.choices import FACTORS
from hsc_geo.views.coverage.screen.controls import level_control
from hsc_geo.views.coverage.words.access import _decimal, access_columns, access_rows, method_texts
from hsc_geo.views.kit.controls import segments
from hsc_geo.views.kit.html import items, quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.table import table


def draw(n: Names, state: PageState, ids: tuple[str, ...], people: str) -> None:
    """The choices, the table, and how it is computed, for initiatives that fit and the residents they are for."""
    w = n.w
    st.header(w.t("Access when places are shared"), anchor=False)
    st.html(
        quiet(
            w.t(
                "The same distance, ambition and life stage. A place that many live near counts less for each "
                "of them."
            ),
        )
    )
    _controls(n, state)
    found = access(n.package, ids, int(state["dist"]), state["fca"], people, factor=float(state["band"]))
    if not found.placed:
        st.info(w.t("None of these initiatives has a known place, so access cannot be computed."))
        return
    _table(n, state, found)
    if found.saturated:
        st.info(
            w.t(
                "At this distance nearly everyone has a place nearby: in a compact city plain distance no longer tells "
                "areas apart. Access can, as long as the distance is not so long that all share everything."
            )
        )
    st.html(items(method_texts(n, found, state["fca"], state["band"])))


def _controls(n: Names, state: PageState) -> None:
    w = n.w
    methods = {TWO_STEP: w.t("Near or not (2SFCA)"), ENHANCED: w.t("Nearer counts more (E2SFCA)")}
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        level_control(n, state)
        segments(state, "fca", w.t("Method"), methods)
        segments(
            state, "band", w.t("Unknown capacity: times less or more"), {f: _decimal(w, f) for f in FACTORS}
        )


def _table(n: Names, state: PageState, found: Access) -> None:
    w = n.w
    level = w.t("district") if state["level"] == DISTRICT else w.t("neighbourhood")
    rows = access_rows(n, found, state["level"])
    table(
        w,
        key="coverage_access",
        caption=w.t(
            "Access within {n} metres by {level}, over {places} places", n=w.number(int(state["dist"])), level=level,
            places=w.number(found.places),
        ),
        columns=access_columns(n),
        rows=rows,
        page_size=len(rows),
    )  # fmt: skip
