"""What may end: initiatives of which a source states a sign that they may."""

from __future__ import annotations

import streamlit as st

from hsc_geo.analysis.continuity import MONTHS, what_may_end
from hsc_geo.analysis.export import to_csv
from hsc_geo.views.kit import in_python
from hsc_geo.views.kit.answer import answer, say
from hsc_geo.views.kit.chips import Chip, chips
from hsc_geo.views.kit.controls import listed
from hsc_geo.views.kit.html import items, quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.partners import calls
from hsc_geo.views.partners.panel import initiative_panel
from hsc_geo.views.partners.words import ending as words
from hsc_geo.views.wording.counted import label


def draw(n: Names, state: PageState) -> None:
    """The sentence and the list; then what it leaves open, and the list as a file."""
    months = state.number("soon")
    found = what_may_end(n.package, n.today, months)
    with answer():
        say(words.said(n, found, months), f"({label(n)})")
        chips(n, state, [Chip("soon", words.soon_text(n, months), lambda: _months(n, state), ["soon"])])
        if found:
            listed(n, state, "may_end", words.may_end(n, found), "epage")
        initiative_panel(n, state, "may_end")
    st.html(quiet(words.caveat_text(n)))
    if found:
        st.download_button(
            n.w.t("This list as CSV"),
            data=to_csv(words.table(n, found)),
            mime="text/csv",
            key="may_end_csv",
            file_name=f"hsc-geo-may-end-{n.package.snapshot}.csv",
            on_click="ignore",
        )
        in_python.fold(n, "may_end", lambda: calls.may_end(n, months))
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
