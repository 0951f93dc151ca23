"""The page on data and method: every indicator, the sources, the register, data quality, accessibility."""

from __future__ import annotations

from hsc_geo.views.data.accessibility import _accessibility

from hsc_geo.views.data.quality import _quality

from hsc_geo.views.data.register import _register

from hsc_geo.views.data.sources import _left_out
from hsc_geo.views.data.sources import _sources

from hsc_geo.views.data.figures import _figure_status
from hsc_geo.views.data.figures import _indicators

from hsc_geo.views.kit.table import _plain

from collections.abc import Callable, Mapping

import plotly.graph_objects as go
import streamlit as st

from hsc_geo.analysis.counting import MUNICIPALITY
from hsc_geo.analysis.figures import concept_of, listed, offer, tables_of
from hsc_geo.analysis.focus import freshness
from hsc_geo.analysis.quality import completeness, figure_status, precision_counts
from hsc_geo.analysis.serving import DISTRICT, NEIGHBOURHOOD
from hsc_geo.data.load import Package
from hsc_geo.domain.versions import newest
from hsc_geo.views.data import all_figures
from hsc_geo.views.kit.table import (table)
from hsc_geo.views.kit.rows import (Column, Row)
from hsc_geo.views.wording.fields import field_names
from hsc_geo.views.kit.controls import table_control
from hsc_geo.views.kit.figure_choice import table_label
from hsc_geo.views.kit.html import (facts, items, joined, link, markup)
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.notes import refused_note
from hsc_geo.views.kit.state import PageState, Param
from hsc_geo.views.kit.words import Words

SECTIONS = ("indicators", "sources", "register", "quality", "accessibility")


def parameters(package: Package) -> tuple[Param, ...]:
    """The choices of this page."""
    return (
        Param("section", SECTIONS[0], frozenset(SECTIONS)),
        Param("ind", "", frozenset(map(str, package.indicators.index))),
        Param("sort", "", frozenset(("name", "theme", "unit", "kind", "table"))),
        Param("desc", "", frozenset({"1"})),
        Param("page", "1", frozenset(map(str, range(1, 200)))),
    )


def draw(n: Names, files: Mapping[str, str]) -> None:
    """The whole page. files: the addresses of `hsc_geo.views.data.all_figures`."""
    w = n.w
    st.title(w.t("Data and method"), anchor=False)
    st.html(
        markup(
            '<p class="hsc-lead">{}</p>',
            w.t(
                "Where every number and every initiative comes from, what it may be used for, and what is missing."
            ),
        )
    )
    _body(n, files)


@st.fragment
def _body(n: Names, files: Mapping[str, str]) -> None:
    w = n.w
    state = PageState("data", parameters(n.package), st.session_state, st.query_params)
    state.pull()
    if state.refused:
        st.html(refused_note(w, [refused.value for refused in state.refused]))
    names = {
        "indicators": w.t("Figures"),
        "sources": w.t("Sources and licences"),
        "register": w.t("The register"),
        "quality": w.t("Data quality"),
        "accessibility": w.t("Accessibility"),
    }
    st.segmented_control(
        w.t("Section"),
        SECTIONS,
        format_func=lambda s: names[s],
        key=state.seed("section"),
        on_change=state.take,
        args=("section",),
        label_visibility="collapsed",
        required=True,
    )
    draw_section: dict[str, Callable[[], None]] = {
        "indicators": lambda: _indicators(n, state, files),
        "sources": lambda: _sources(n),
        "register": lambda: _register(n),
        "quality": lambda: _quality(n),
        "accessibility": lambda: _accessibility(w),
    }
    draw_section[state["section"]]()
    state.push()






































