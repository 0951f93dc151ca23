"""The choices of how unequal a value is: what it is, what puts the areas in order, the level."""

from __future__ import annotations

import streamlit as st

from hsc_geo.views.kit.chips import Chip, chips
from hsc_geo.views.kit.controls import checkbox, segments
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.research.choices import (
    DISTANCES,
    FIGURE,
    KNOWN,
    OTHER_KEYS,
    RATE,
    REACH,
    ResearchChoice,
)
from hsc_geo.views.research.screen.controls import ambition_chip, figure_chip, first_figure, level_chip


def line(n: Names, state: PageState, choice: ResearchChoice) -> None:
    """The line of choices; a figure only where the value is one, an ambition only where the register is counted."""
    own = first_figure if choice.value == FIGURE else ambition_chip
    chips(
        n,
        state,
        [
            _value(n, state, choice),
            own(n, state, choice),
            _measure(n, state, choice),
            level_chip(n, state, choice),
        ],
    )


def value_names(n: Names) -> dict[str, str]:
    """What can be unequal."""
    w = n.w
    return {
        FIGURE: w.t("A figure"),
        KNOWN: w.t("Initiatives known"),
        RATE: w.t("Initiatives per 1,000 residents"),
        REACH: w.t("Share who live near"),
    }


def _value(n: Names, state: PageState, choice: ResearchChoice) -> Chip:
    metres = n.w.t("{n} metres", n=n.w.number(choice.distance))
    name = value_names(n)[choice.value]
    text = f"{name} ({metres})" if choice.value == REACH else name
    return Chip("val", text, lambda: _values(n, state, choice), ("val", "dist"))


def _values(n: Names, state: PageState, choice: ResearchChoice) -> None:
    segments(state, "val", n.w.t("What may be unequal"), value_names(n))
    if choice.value == REACH:
        segments(
            state, "dist", n.w.t("Distance in metres"), {each: n.w.number(int(each)) for each in DISTANCES}
        )


def _measure(n: Names, state: PageState, choice: ResearchChoice) -> Chip:
    label = n.w.t("In order of")
    if choice.value == FIGURE:
        return figure_chip(n, state, choice, choice.other, OTHER_KEYS, label)
    usual = figure_chip(n, state, choice, choice.other, OTHER_KEYS, label)
    need = n.w.t("need")
    text = f"{label}: {need}" if choice.by_need else usual.text

    def draw() -> None:
        checkbox(state, "need", n.w.t("In order of the index of need"))
        if not choice.by_need:
            with st.container():
                usual.draw()

    return Chip(usual.key, text, draw, (*OTHER_KEYS, "need"))
