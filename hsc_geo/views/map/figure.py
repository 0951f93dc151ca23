"""What the map draws and where it looks, in the line of choices: the figure with its year and classes, level, area."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from hsc_geo.analysis.counting import MUNICIPALITY
from hsc_geo.analysis.explore import LEVELS, View, areas_in_order, listed_indicators, shown_indicators
from hsc_geo.analysis.figures import ages_at, one_each, years_at
from hsc_geo.analysis.focus import municipality_code
from hsc_geo.views.kit import chips, class_choice
from hsc_geo.views.kit.controls import table_control
from hsc_geo.views.kit.figure_choice import tables
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.map import panel
from hsc_geo.views.map.choices import FIGURE_KEYS, NO_FIGURE
from hsc_geo.views.map.words import indicator_label
from hsc_geo.views.wording.area import area_label

CUT = 16  # letters of a figure's name in the line
_COUNTRY = "nation"  # beside the levels of the municipality


def draw(n: Names, state: PageState, view: View) -> None:
    """The chip of the figure."""
    chips.one(
        state,
        chips.Chip(
            "figure",
            chip_text(n, view.choice.indicator, view.choice.year),
            lambda: _all(n, state, view),
            FIGURE_KEYS,
        ),
    )


def chip_text(n: Names, key: str, year: int | None) -> str:
    """`Figure: Lonely 2024`, of the figure on the map, '' for none."""
    if not key:
        return n.w.t("No figure")
    name = n.indicator(key)
    cut = name if len(name) <= CUT else f"{name[: CUT - 1].rstrip()}…"
    return n.w.t("Figure: {name}", name=f"{cut} {year or ''}".rstrip())


def _all(n: Names, state: PageState, view: View) -> None:
    w, choice = n.w, view.choice
    key, level = choice.indicator, choice.level
    _figure(n, state, view)
    twins = tables(n, key, shown_indicators(n.package)) if key else []
    if len(twins) > 1:
        table_control(n, state, "ind", key, twins, ("year", "age"))
    years = [str(year) for year in years_at(n.package, key, level)]
    ages = list(ages_at(n.package, key, level, choice.year)) if choice.year else []
    left, right = st.columns(2)
    with left:
        dependent(state, "year", w.t("Year"), years, str(choice.year or ""), str)
    with right:
        dependent(state, "age", w.t("Age"), ages, choice.age_group, lambda a: n.term("age_group", a))
    class_choice.draw(n, state, class_choice.Drawn(key, view.table["value"], view.classes))


def _figure(n: Names, state: PageState, view: View) -> None:
    """The figure: each thing that is measured once, whichever table the present one is of."""
    level = view.choice.level
    offered = listed_indicators(n.package, (level, *(each for each in LEVELS if each != level)))
    now = view.choice.indicator or NO_FIGURE
    options = offered if now == NO_FIGURE else one_each(n.package, offered, [now])
    st.session_state["w_ind"] = now
    st.selectbox(
        n.w.t("Figure on the map"),
        [*options, NO_FIGURE],
        format_func=lambda key: indicator_label(n, key),
        key="w_ind",
        on_change=state.take,
        args=("ind",),
    )


def dependent(
    state: PageState, key: str, label: str, options: list[str], now: str, name: Callable[[str], str]
) -> None:
    """A box of what the chosen figure has: the options, the one that holds now, and how each is called; closed where
    there is none."""
    if not options:
        st.selectbox(label, ["–"], key=f"none_{key}", disabled=True)
        return
    st.session_state[f"w_{key}"] = now
    st.selectbox(label, options, format_func=name, key=f"w_{key}", on_change=state.take, args=(key,))


def level(n: Names, state: PageState, view: View, to_country: Callable[[PageState], None] | None) -> None:
    """Districts or neighbourhoods; or all of the country, where there is a way to it."""
    w = n.w
    names = {"district": w.t("Districts"), "neighbourhood": w.t("Neighbourhoods")}
    names |= {_COUNTRY: w.t("Netherlands")} if to_country else {}
    st.session_state["w_level"] = view.choice.level

    def take() -> None:
        if st.session_state["w_level"] == _COUNTRY and to_country:
            to_country(state)
        else:
            state.take("level")

    st.segmented_control(
        w.t("Level"),
        list(names),
        format_func=lambda level: names[level],
        key="w_level",
        on_change=take,
        required=True,
        label_visibility="collapsed",
    )


def area(n: Names, state: PageState) -> None:
    """The chip of the area: the list of all of them, the focus districts first."""
    city, now = municipality_code(n.package), state["sel"]
    chosen = now if now in n.package.areas.index else ""
    text = n.area_or_focus(chosen) if chosen else n.w.t("All of {city}", city=n.area(city))
    chips.one(state, chips.Chip("area", text, lambda: _areas(n, state, chosen), ("sel",) if chosen else ()))


def _areas(n: Names, state: PageState, now: str) -> None:
    options = ["", municipality_code(n.package), *areas_in_order(n.package)]
    st.session_state["w_sel"] = now

    def name(code: str) -> str:
        if not code:
            return n.w.t("click on the map, or choose here")
        return n.area(code) if n.package.areas.at[code, "level"] == MUNICIPALITY else area_label(n, code)

    def take() -> None:
        panel.choose(state, str(st.session_state["w_sel"] or ""))

    st.selectbox(n.w.t("Area"), options, format_func=name, key="w_sel", on_change=take)
