"""Initiatives that may end, as a part of who is missing."""

from __future__ import annotations

import streamlit as st

from hsc_geo.analysis.continuity import MONTHS, what_may_end
from hsc_geo.analysis.export import to_csv
from hsc_geo.views.kit.controls import listed
from hsc_geo.views.kit.html import items, quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.partners.panel import initiative_panel
from hsc_geo.views.partners.words import may_end as words


def draw(n: Names, state: PageState) -> None:
    """The list of initiatives with a sign, what it leaves open, and the list as a file."""
    w = n.w
    st.header(w.t("What may end"), anchor=False)
    st.html(quiet(words.caveat_text(n)))
    _months(n, state)
    found = what_may_end(n.package, n.today, state.number("soon"))
    if not found:
        st.info(w.t("No initiative in the register has a sign that it may end. For most no source says it."))
        return
    listed(n, state, "may_end", words.may_end(n, found), "epage")
    st.download_button(
        w.t("This list as CSV"),
        data=to_csv(words.table(n, found)),
        mime="text/csv",
        key="may_end_csv",
        file_name=f"hsc-geo-may-end-{n.package.snapshot}.csv",
        on_click="ignore",
    )
    initiative_panel(n, state, "may_end")
    st.html(items(words.method_texts(n)))


def _months(n: Names, state: PageState) -> None:
    names = {str(months): n.w.t("{n} months", n=n.w.number(months)) for months in MONTHS}

    def take() -> None:
        state.clear(["epage", "sel"])
        state.take("soon")

    st.selectbox(
        n.w.t("An end counts as soon within"),
        list(names),
        format_func=names.__getitem__,
        key=state.seed("soon"),
        on_change=take,
    )
