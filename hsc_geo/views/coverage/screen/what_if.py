"""What if: places added or taken away; reach, access and its slope over need before and after. Nothing is stored."""

from __future__ import annotations

import streamlit as st

from hsc_geo.analysis.places import with_point
from hsc_geo.data.load import Package
from hsc_geo.views.coverage.answers.counted import fitting
from hsc_geo.views.coverage.answers.where_next import MOST, points, what_if
from hsc_geo.views.coverage.choices import CoverageChoice
from hsc_geo.views.coverage.screen.controls import all_rows, several
from hsc_geo.views.coverage.words.near import places_text
from hsc_geo.views.coverage.words.what_if import caveat_text, slope_texts, title, what_if_table
from hsc_geo.views.kit.html import items, markup, quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.notes import refused_note
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.maps.points import degrees_text, point_of


def add_point(package: Package, state: PageState, latitude: float, longitude: float) -> None:
    """Put a point among those tried out, unless it lies outside or there are enough."""
    text = degrees_text(latitude, longitude)
    there = [*state.many("add"), *state.many("at")]
    if point_of(package, text) is not None and text not in there and len(there) < MOST:
        state.set("at", [*state.many("at"), text])


def draw(n: Names, state: PageState, choice: CoverageChoice) -> None:
    """The controls, and what the change would do; where there is an index of need."""
    w = n.w
    st.header(title(n), anchor=False)
    st.html(
        quiet(
            w.t(
                "Try a new place or take a known one away. Nothing is stored; the link holds what you tried."
            ),
        )
    )
    _controls(n, state, choice)
    wrong = [text for text in choice.tried.points if text not in points(n.package, choice.tried)]
    if wrong:
        st.html(refused_note(w, wrong))
    found = what_if(n, choice)
    if found is None:
        st.info(
            w.t("Choose a neighbourhood, click on the map, or take an initiative away to see what changes.")
        )
        return
    st.html(markup("<p>{}</p>", places_text(n, found.before.reach)))
    st.html(items(slope_texts(n, found)))
    all_rows(n, "coverage_what_if", what_if_table(n, found, choice))
    st.html(quiet(caveat_text(n)))


def _controls(n: Names, state: PageState, choice: CoverageChoice) -> None:
    left, right = st.columns(2, gap="medium")
    with left:
        _added(n, state, choice)
    with right:
        _removed(n, state, choice)


def _added(n: Names, state: PageState, choice: CoverageChoice) -> None:
    w, there = n.w, list(points(n.package, choice.tried))
    codes = sorted(state.params["add"].options or (), key=lambda code: n.area(code).casefold())
    st.session_state["w_add"] = list(choice.tried.added)
    several(n, state, "add", w.t("Add a place in the middle of"), codes, n.area, MOST)
    if there:
        st.session_state["w_at"] = there
        several(n, state, "at", w.t("Places clicked on the map (latitude, longitude)"), there, str)


def _removed(n: Names, state: PageState, choice: CoverageChoice) -> None:
    w, tried = n.w, choice.tried
    known = [key for key in fitting(n, choice) if key in with_point(n.package)]
    options = [*known, *(key for key in tried.removed if key not in known)]
    st.session_state["w_less"] = list(tried.removed)
    several(n, state, "less", w.t("Take away"), options, n.initiative)
    if tried.any:
        asked = (["add", "at", "less"],)
        st.button(w.t("Clear what was tried"), key="what_if_clear", on_click=state.clear, args=asked)
