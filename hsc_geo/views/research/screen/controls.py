"""The choices of the page of research that several parts share: a figure, its year and age group, the level."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from hsc_geo.analysis.explore import shown_indicators
from hsc_geo.analysis.figures import ages_at, listed, one_each, years_at
from hsc_geo.views.kit.chips import Chip
from hsc_geo.views.kit.controls import segments, table_control
from hsc_geo.views.kit.figure_choice import tables
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.research.choices import FIGURE_KEYS, OTHER_KEYS, Moment, ResearchChoice
from hsc_geo.views.research.words.page import level_names

CUT = 20  # letters of a figure's name in the line


def figure_chip(
    n: Names, state: PageState, choice: ResearchChoice, now: Moment, keys: Sequence[str], label: str
) -> Chip:
    """The chip of a figure. keys: the parameters of figure, year and age group. label: what the figure is for."""
    name = n.indicator(now.indicator_id) if now.indicator_id else n.w.t("No figure")
    cut = name if len(name) <= CUT else f"{name[: CUT - 1].rstrip()}…"
    text = f"{label}: {cut} {now.year or ''}".rstrip()
    return Chip(keys[0], text, lambda: _figure(n, state, choice, now, keys, label), keys)


def _figure(
    n: Names, state: PageState, choice: ResearchChoice, now: Moment, keys: Sequence[str], label: str
) -> None:
    key, year, age = keys
    options = one_each(
        n.package, listed(n.package, (choice.level,)), [now.indicator_id] if now.indicator_id else []
    )
    _one(state, key, label, options, now.indicator_id, n.indicator, (year, age))
    if not now.indicator_id:
        return
    twins = tables(n, now.indicator_id, shown_indicators(n.package))
    if len(twins) > 1:
        table_control(n, state, key, now.indicator_id, twins, (year, age))
    years = [str(each) for each in years_at(n.package, now.indicator_id, choice.level)]
    ages = list(ages_at(n.package, now.indicator_id, choice.level, now.year or 0))
    left, right = st.columns(2)
    with left:
        _one(state, year, n.w.t("Year"), years, str(now.year), str, ())
    with right:
        _one(state, age, n.w.t("Age"), ages, now.age_group, lambda code: n.term("age_group", code), ())


def _one(
    state: PageState,
    key: str,
    label: str,
    options: Sequence[str],
    now: str,
    name: Callable[[str], str],
    clears: Sequence[str],
) -> None:
    st.session_state[f"w_{key}"] = now or None

    def take() -> None:
        state.clear([*clears, "sort", "desc", "page"])
        state.take(key)

    st.selectbox(label, options, format_func=name, key=f"w_{key}", on_change=take)


def level_chip(n: Names, state: PageState, choice: ResearchChoice) -> Chip:
    """The chip of districts or neighbourhoods."""
    names = level_names(n.w)

    def take() -> None:
        state.clear(["sort", "desc", "page"])
        state.take("level")

    return Chip(
        "level",
        names[choice.level],
        lambda: segments(state, "level", n.w.t("Level"), names, take),
        ("level",),
    )


def other_figure(n: Names, state: PageState, choice: ResearchChoice) -> Chip:
    """The chip of the figure that it is held against."""
    return figure_chip(n, state, choice, choice.other, OTHER_KEYS, n.w.t("Beside"))


def ambition_chip(n: Names, state: PageState, choice: ResearchChoice) -> Chip:
    """The chip of the ambition of which initiatives count. Where no figure was chosen, its own figure is asked."""
    every = n.w.t("All ambitions")
    names = {"": every, **{code: n.term("ambition", code) for code in n.codes("ambition")}}
    text = names[choice.ambition]
    return Chip("amb", text, lambda: segments(state, "amb", n.w.t("Ambition"), names), ("amb",))


def first_figure(n: Names, state: PageState, choice: ResearchChoice) -> Chip:
    """The chip of the figure that is asked."""
    return figure_chip(n, state, choice, choice.figure, FIGURE_KEYS, n.w.t("Figure"))
