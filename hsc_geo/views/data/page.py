"""The page on data and method: every indicator, the sources, the register, data quality, accessibility."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from hsc_geo.data.editions import Edition
from hsc_geo.data.load import Package
from hsc_geo.views.data import (
    accessibility,
    all_figures,
    figures,
    open_api,
    quality,
    register,
    sources,
    words,
)
from hsc_geo.views.kit.answer import answer, head, say
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.notes import refused_note
from hsc_geo.views.kit.state import PAGE_NUMBERS, PageState, Param

SECTIONS = ("indicators", "sources", "register", "quality", "accessibility")


def parameters(package: Package) -> tuple[Param, ...]:
    """The choices of this page."""
    return (
        Param("section", SECTIONS[0], frozenset(SECTIONS)),
        Param("ind", "", frozenset(map(str, package.indicators.index))),
        Param("sort", "", frozenset(figures.COLUMNS)),
        Param("desc", "", frozenset({"1"})),
        Param("page", "1", PAGE_NUMBERS),
    )


def draw(n: Names, files: Mapping[str, str], api: str, editions: Sequence[Edition]) -> None:
    """The whole page. files: the addresses of `hsc_geo.views.data.all_figures`; api: that of the open API; editions:
    those that a link can open, the oldest first."""
    head(n.w.t("Data and method"))
    _body(n, files, api, editions)


@st.fragment
def _body(n: Names, files: Mapping[str, str], api: str, editions: Sequence[Edition]) -> None:
    w = n.w
    state = PageState("data", parameters(n.package), st.session_state, st.query_params)
    state.pull()
    if state.refused:
        st.html(refused_note(w, [refused.value for refused in state.refused]))
    section = state["section"]
    with answer():
        say(words.sentence(n, section, state["ind"]))
        _sections(n, state)
        draw_answer: dict[str, Callable[[], None]] = {
            "indicators": lambda: figures.draw(n, state),
            "sources": lambda: sources.draw(n),
            "register": lambda: register.draw(n),
            "quality": lambda: quality.draw(n),
            "accessibility": lambda: accessibility.draw(w),
        }
        draw_answer[section]()
    draw_rest: dict[str, Callable[[], None]] = {
        "indicators": lambda: _to_take(n, files, api),
        "sources": lambda: sources.draw_edition(n, editions),
        "register": lambda: register.draw_rest(n),
        "quality": lambda: quality.draw_rest(n),
        "accessibility": lambda: accessibility.draw_rest(n),
    }
    draw_rest[section]()
    state.push()


def _to_take(n: Names, files: Mapping[str, str], api: str) -> None:
    all_figures.draw(n, files)
    open_api.draw(n, api)


def _sections(n: Names, state: PageState) -> None:
    w = n.w
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
