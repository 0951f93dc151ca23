"""What is known in the focus districts, and the areas most alike where nothing like it is known."""

from __future__ import annotations

import streamlit as st

from hsc_geo.views.coverage.answers.elsewhere import Elsewhere, elsewhere
from hsc_geo.views.coverage.calls import calls
from hsc_geo.views.coverage.choices import CoverageChoice
from hsc_geo.views.coverage.screen.choosing import line
from hsc_geo.views.coverage.words.elsewhere import alike_table, lead, method_texts, said, transfer_table
from hsc_geo.views.coverage.words.page import say_counted
from hsc_geo.views.kit import in_python
from hsc_geo.views.kit.answer import answer, say
from hsc_geo.views.kit.html import items
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.side import side
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.table import Clicks, Display, table, whole
from hsc_geo.views.wording.initiative import initiative

ROWS = 12  # initiatives on a page of the list


def draw(n: Names, state: PageState, choice: CoverageChoice) -> None:
    """Each initiative with where it could be asked for; beside it why, of the one that is chosen."""
    found = elsewhere(n, choice)
    with answer():
        say(said(n, found), say_counted(n, choice))
        line(n, state, choice)
        if found.found:
            left, right = st.columns([0.58, 0.42], gap="medium")
            with left:
                _table(n, state, found)
                in_python.fold(n, "elsewhere", lambda: calls(n, choice))
            with right:
                _one(n, state, found)
    st.html(items([lead(n), *method_texts(n, choice.level)]))


def _table(n: Names, state: PageState, found: Elsewhere) -> None:
    table(
        n.w,
        "coverage_transfer",
        transfer_table(n, found),
        Display(page=state.number("lpage"), page_size=ROWS, selected=state["sel"], compact=True),
        Clicks(pick=lambda key: state.set("sel", key), page=lambda page: state.set("lpage", str(page))),
    )


def _one(n: Names, state: PageState, found: Elsewhere) -> None:
    """How the areas are alike where one could be asked for: the one that is chosen, or the first."""
    by_initiative, asked = found.by_initiative, state["sel"]
    key = asked if asked in by_initiative else next(iter(by_initiative))
    with side(n, state, bool(asked), n.initiative(asked or key), ["sel"]):
        if not asked or asked in by_initiative:
            whole(n.w, "coverage_alike", alike_table(n, by_initiative[key]))
        if asked:
            with st.expander(n.w.t("All that is known of it"), expanded=asked not in by_initiative):
                st.html(initiative(n, asked))
