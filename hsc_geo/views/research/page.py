"""The page of research: each part asks one question of the data, and shows what bears the answer."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from hsc_geo.views.kit.answer import head
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.notes import note, refused_texts
from hsc_geo.views.kit.own import settle
from hsc_geo.views.kit.questions import opened
from hsc_geo.views.kit.share import share
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.research import results
from hsc_geo.views.research.choices import (
    CHANCE,
    EXPLORE,
    OWN,
    PATTERN,
    SPREAD,
    TOGETHER,
    UNEQUAL,
    ResearchChoice,
    choice,
    parameters,
)
from hsc_geo.views.research.choices_explore import OPEN_KEYS
from hsc_geo.views.research.paper import KIND
from hsc_geo.views.research.result import Result
from hsc_geo.views.research.screen import chance, explore, own, pattern, result, spread, together, unequal
from hsc_geo.views.research.words.page import changed_texts, part_names

CLOSED = ("sort", "desc", "page", *OPEN_KEYS)  # where another question is asked
CHIPS: dict[str, Callable[[Names, PageState, ResearchChoice], None]] = {
    SPREAD: spread.line,
    TOGETHER: together.line,
    UNEQUAL: unequal.line,
    PATTERN: pattern.line,
    CHANCE: chance.line,
    OWN: own.line,
}


def draw(n: Names) -> None:
    """The whole page."""
    with st.container(key=KIND):
        _page(n)


@st.fragment
def _page(n: Names) -> None:
    settle()
    state = PageState(KIND, parameters(n.package), st.session_state, st.query_params)
    state.pull()
    chosen = choice(n.package, state)
    found = results.result(n, chosen)
    if found:
        result.make_pictures(n, found)
    with head(n.w.t("Research")):
        share(n, KIND)
    refused = refused_texts(n.w, [each.value for each in state.refused])
    if refused:
        st.html(note(refused))
    with opened(state, part_names(n.w), CLOSED):
        _part(n, state, chosen, found)
    state.push()


def _part(n: Names, state: PageState, chosen: ResearchChoice, found: Result | None) -> None:
    if found and chosen.part == EXPLORE:
        explore.draw(n, state, chosen, found)
        return

    def chips() -> None:
        CHIPS[chosen.part](n, state, chosen)

    if found is None:
        result.nothing(n, chips)
        return
    result.draw(n, state, chosen, found, chips, changed_texts(n, chosen))
