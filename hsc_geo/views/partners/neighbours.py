"""Neighbours of an initiative, each with its reasons in words and the points that these give."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from hsc_geo.analysis.neighbours import CODES, Neighbour
from hsc_geo.views.kit.controls import initiative_choice, listed, toggle
from hsc_geo.views.kit.html import facts, items, markup
from hsc_geo.views.kit.html import label as plain_label
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.partners import answers
from hsc_geo.views.partners.choices import NeighboursChoice, neighbours_choice
from hsc_geo.views.partners.panel import initiative_panel
from hsc_geo.views.partners.words import neighbours as words


def draw(n: Names, state: PageState) -> None:
    """The choice of an initiative, its neighbours, and how the points are given."""
    w = n.w
    st.header(w.t("Neighbours of an initiative"), anchor=False)

    def take() -> None:
        state.clear(["sel", "page", "why"])
        state.take("one")

    initiative_choice(n, state, "one", w.t("Initiative"), take)
    choice = neighbours_choice(state)
    if choice.initiative:
        _neighbours(n, state, choice)
    else:
        st.info(
            w.t("Choose an initiative to see with whom it could join forces, and to whom it could refer.")
        )
    method = items(words.method_texts(n))
    st.html(markup("<h3>{}</h3>{}", w.t("How the points are given"), method))


def _neighbours(n: Names, state: PageState, choice: NeighboursChoice) -> None:
    st.html(facts(words.own_facts(n, choice.initiative)))
    found = answers.neighbours_of(n.package, choice)
    _filter(n, state, found)
    shown = answers.with_reasons(found, choice.reasons)
    if not shown:
        st.info(
            n.w.t(
                "No neighbour is known under these choices. The register may know too little of this initiative."
            )
        )
        return
    listed(n, state, "neighbours", words.neighbours_list(n, shown))
    initiative_panel(n, state, "neighbour")


def _filter(n: Names, state: PageState, found: Sequence[Neighbour]) -> None:
    names = words.reason_counts(n, found)

    def take() -> None:
        state.clear(["sel", "page"])
        state.take("why")

    st.pills(
        n.w.t("Reason"),
        CODES,
        format_func=lambda code: plain_label(names[code]),
        selection_mode="multi",
        key=state.seed("why"),
        on_change=take,
        wrap=True,
    )
    toggle(state, "ended", n.w.t("Ended ones too"))
