"""Reach: how many residents live within a distance of a known place, per district and in the city."""

from __future__ import annotations

import streamlit as st

from hsc_geo.views.coverage.answers.near import near
from hsc_geo.views.coverage.choices import NEAR, CoverageChoice
from hsc_geo.views.coverage.screen.controls import all_rows, near_controls, show_places
from hsc_geo.views.coverage.words.near import method_texts, reach_table, told_text, warnings
from hsc_geo.views.coverage.words.page import part_names
from hsc_geo.views.kit.html import items, markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState


def draw(n: Names, state: PageState, choice: CoverageChoice) -> None:
    """The choices, the table, and how it is computed."""
    w = n.w
    st.header(part_names(w)[NEAR], anchor=False)
    near_controls(n, state)
    answer = near(n, choice)
    show_places(n, answer.found)
    told = told_text(n, answer)
    if told:
        st.html(markup('<p id="near">{}</p>', told))
    if answer.measured:
        all_rows(n, "coverage_reach", reach_table(n, answer))
    elif answer.fit:
        st.info(w.t("Without a known place or area nobody can say who lives near."))
    for text in warnings(n, answer):
        st.info(text)
    st.html(items(method_texts(n, answer)))
