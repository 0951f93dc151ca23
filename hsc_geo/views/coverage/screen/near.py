"""Reach: how many residents live within a distance of a known place, and how much there is for each of them."""

from __future__ import annotations

import streamlit as st

from hsc_geo.views.coverage.answers.near import near
from hsc_geo.views.coverage.calls import calls
from hsc_geo.views.coverage.choices import CoverageChoice
from hsc_geo.views.coverage.screen import access
from hsc_geo.views.coverage.screen.choosing import line
from hsc_geo.views.coverage.screen.controls import all_rows, show_places
from hsc_geo.views.coverage.words.near import method_texts, reach_table, said, warnings
from hsc_geo.views.coverage.words.page import say_counted
from hsc_geo.views.kit import in_python
from hsc_geo.views.kit.answer import answer, say
from hsc_geo.views.kit.html import items
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState


def draw(n: Names, state: PageState, choice: CoverageChoice) -> None:
    """The choices, the table, and how it is computed; then access where places are shared."""
    found = near(n, choice)
    with answer():
        say(said(n, found), say_counted(n, choice))
        line(n, state, choice)
        if found.measured:
            all_rows(n, "coverage_reach", reach_table(n, found))
        elif found.fit:
            st.info(n.w.t("Without a known place or area nobody can say who lives near."))
    show_places(n, found.found)
    for text in warnings(n, found):
        st.info(text)
    st.html(items(method_texts(n, found)))
    access.draw(n, choice)
    if found.measured:
        in_python.fold(n, "near", lambda: calls(n, choice))
