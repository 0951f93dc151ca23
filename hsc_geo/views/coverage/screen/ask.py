"""What is not known of an ambition, district by district, and whom to ask: the answer where nothing is called a gap."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from hsc_geo.analysis.asking import Ask
from hsc_geo.views.coverage.screen.controls import all_rows
from hsc_geo.views.coverage.words.ask import answer_lead, ask_table
from hsc_geo.views.kit.html import markup
from hsc_geo.views.kit.names import Names


def draw(n: Names, asks: Sequence[Ask], answers: bool) -> None:
    """The table. answers: nothing is called, so this is the answer."""
    shown = ask_table(n, asks)
    st.subheader(shown.caption, anchor=False)
    if answers:
        st.html(markup('<p id="ask"><strong>{}</strong></p>', answer_lead(n)))
    all_rows(n, "coverage_ask", shown)
