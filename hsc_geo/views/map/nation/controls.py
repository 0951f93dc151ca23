"""The choices of the map of the country, in its line: the area by a part of its name, the figure, the level, the way
back."""

from __future__ import annotations

import streamlit as st

from hsc_geo.analysis.nation import NationView, ages_of, shown, value_range, years_of
from hsc_geo.analysis.nation_areas import MOST_FOUND, find
from hsc_geo.views.kit import chips, class_choice
from hsc_geo.views.kit.html import quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.map.choices import FIGURE_KEYS
from hsc_geo.views.map.figure import chip_text, dependent
from hsc_geo.views.map.nation.choices import AREA, NATION, PAGE, TABLE, WITHIN
from hsc_geo.views.map.nation.said import Country, levels

SOUGHT = "w_nation_sought"
COUNTED = (AREA, *FIGURE_KEYS, WITHIN)
CLEARED = (*COUNTED, "tab", *TABLE)


def draw(here: Country, state: PageState, view: NationView, area: str) -> None:
    """The whole line."""
    n, asked = here.n, (AREA,) if area else ()
    text = here.full_name(area) if area else n.w.t("Find an area")
    chips.one(state, chips.Chip("nation_area", text, lambda: _find(here, state, view), asked))
    figure = chip_text(n, view.choice.indicator, view.choice.year)
    chips.one(state, chips.Chip("figure", figure, lambda: _figure(here, state, view), FIGURE_KEYS))
    _level(here, state, view)
    way_back(n, state)
    chips.clear(n, state, COUNTED, lambda: state.clear(CLEARED))


def way_back(n: Names, state: PageState, key: str = "nation_leave") -> None:
    """The button to the map of the municipality. key: another where the first may stand already."""
    text = n.w.t("Back to {area}", area=n.here.name)
    st.button(text, key=key, icon=":material/arrow_back:", on_click=leave, args=(state,))


def leave(state: PageState) -> None:
    """Back to the map of the municipality, as it was."""
    state.clear((NATION, AREA, "tab", *TABLE))


def choose(state: PageState, code: str) -> None:
    """An area goes into the panel."""
    state.set("tab", "")
    state.set(AREA, code)


def _find(here: Country, state: PageState, view: NationView) -> None:
    """A part of a name, and the areas that fit it: a list of all would be thousands of names for each visitor."""
    n = here.n
    sought = st.text_input(
        n.w.t("Name of a municipality, district or neighbourhood"), key=SOUGHT, max_chars=60
    )
    found = find(here.nation, sought)
    if not found:
        text = n.w.t("Nothing found. Give a part of the name.") if sought.strip() else ""
        st.html(quiet(text or n.w.t("Give a part of the name, or click on the map.")))
        return

    def take() -> None:
        code = str(st.session_state["w_nation_found"] or "")
        choose(state, code)
        if code and (level := str(here.nation.areas.at[code, "level"])) != view.choice.level:
            state.set(NATION, level)
            state.set(PAGE, "1")

    st.radio(
        n.w.tn("{n} area found", "{n} areas found", len(found))
        if len(found) < MOST_FOUND
        else n.w.t("The first {n} areas found", n=n.w.number(MOST_FOUND)),
        found,
        index=None,
        format_func=here.found_name,
        key="w_nation_found",
        on_change=take,
    )


def _figure(here: Country, state: PageState, view: NationView) -> None:
    """The figures of the country, their years and ages, and the classes."""
    n, choice = here.n, view.choice
    level = choice.level
    assert choice.year is not None
    dependent(
        state,
        "ind",
        n.w.t("Figure on the map"),
        [*shown(n.package, here.nation)],
        choice.indicator,
        n.indicator,
    )
    years = [str(year) for year in years_of(here.nation, choice.indicator, level)]
    ages = list(ages_of(here.nation, choice.indicator, level, choice.year))
    left, right = st.columns(2)
    with left:
        dependent(state, "year", n.w.t("Year"), years, str(choice.year), str)
    with right:
        dependent(state, "age", n.w.t("Age"), ages, choice.age_group, lambda age: n.term("age_group", age))
    values = view.table["value"]
    within = value_range(n.package, choice.indicator, values)
    class_choice.draw(n, state, class_choice.Drawn(choice.indicator, values, view.classes, within))


def _level(here: Country, state: PageState, view: NationView) -> None:
    names = levels(here.n)
    st.session_state["w_nation"] = view.choice.level

    def take() -> None:
        state.take(NATION)
        state.set(PAGE, "1")

    st.segmented_control(
        here.n.w.t("Level"),
        list(names),
        format_func=lambda level: names[level],
        key="w_nation",
        on_change=take,
        required=True,
        label_visibility="collapsed",
    )
