"""What is not known of an ambition, district by district, and whom to ask: the answer where nothing is called a gap."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from hsc_geo.analysis.asking import (
    Ask,
)
from hsc_geo.views.coverage.words.ask import answer_lead, ask_columns, ask_rows
from hsc_geo.views.kit.html import markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.table import table


def draw(n: Names, asks: Sequence[Ask], answers: bool) -> None:
    """The table. answers: nothing is called, so this is the answer."""
    w = n.w
    head = w.t("What is not known yet, and whom to ask")
    st.subheader(head, anchor=False)
    if answers:
        st.html(markup('<p id="ask"><strong>{}</strong></p>', answer_lead(n)))
    rows = ask_rows(n, asks)
    table(w, key="coverage_ask", caption=head, columns=ask_columns(n), rows=rows, page_size=len(rows) or 1)
