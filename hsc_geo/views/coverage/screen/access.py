"""Access with competition: places shared with all who live near them, beside plain distance."""

from __future__ import annotations

import streamlit as st

from hsc_geo.views.coverage.answers.near import shared
from hsc_geo.views.coverage.choices import CoverageChoice
from hsc_geo.views.coverage.screen.controls import all_rows
from hsc_geo.views.coverage.words.access import access_table, method_texts, no_place_text, title
from hsc_geo.views.kit.html import items, quiet
from hsc_geo.views.kit.names import Names


def draw(n: Names, choice: CoverageChoice) -> None:
    """The table, and how it is computed."""
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
