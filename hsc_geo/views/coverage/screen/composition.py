"""The index of need as a user composes it: which figures, how heavy, which way round, which year and age."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from hsc_geo.analysis.explore import LEVELS
from hsc_geo.analysis.figures import listed, one_each
from hsc_geo.analysis.need import (
    Ingredient,
    common_ages,
    common_years,
    figures_of_need,
)
from hsc_geo.views.coverage.choices import HEAVIEST, CoverageChoice, code_of, common_year, ingredients
from hsc_geo.views.coverage.words.composition import left_out
from hsc_geo.views.kit.figure_choice import entry, table_label, tables
from hsc_geo.views.kit.html import label as plain_label
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.notes import note
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.words import Words


def controls(n: Names, state: PageState, choice: CoverageChoice) -> None:
    """The figures with their weights; year and age."""
    now = {each.indicator_id: each for each in choice.ingredients}
    _figures(n, state, now)
    for key, each in now.items():
        _figure(n, state, key, each)
    _moment(n, state, list(now))
    st.button(
        n.w.t("Back to the figures we start with"),
        key="need_reset",
        on_click=state.clear,
        args=(["need", "nyear", "nage"],),
    )


def show_left_out(n: Names, choice: CoverageChoice) -> None:
    """What is asked of the figures that not all of them have."""
    absent = left_out(n, choice)
    if absent:
        st.html(note(absent))


def _figures(n: Names, state: PageState, now: dict[str, Ingredient]) -> None:
    st.session_state["w_need"] = list(now)

    def take() -> None:
        chosen = [now.get(key) or Ingredient(key) for key in st.session_state["w_need"]]
        state.set("need", [code_of(n.package, each) for each in chosen])

    usual = listed(n.package, (state["level"], *LEVELS))
    allowed = figures_of_need(n.package)
    st.multiselect(
        n.w.t("Figures in the index; none gives those we start with"),
        one_each(n.package, [key for key in usual if key in allowed], now),
        format_func=lambda key: entry(n, key, usual),
        key="w_need",
        placeholder=n.w.t("none chosen"),
        on_change=take,
    )


def _figure(n: Names, state: PageState, key: str, each: Ingredient) -> None:
    """Weight and direction of one figure."""
    high_bad = str(n.package.indicators.at[key, "direction"]) == "high_bad"
    weight, turned = f"w_weight_{key}", f"w_turned_{key}"
    st.session_state[weight] = round(each.weight)
    st.session_state[turned] = each.high_is_need is not None and each.high_is_need != high_bad

    def take() -> None:
        direction = high_bad != bool(st.session_state[turned])
        changed = Ingredient(key, float(st.session_state[weight] or 0), high_is_need=direction)
        rest = ingredients(n.package, state)
        state.set("need", [code_of(n.package, changed if e.indicator_id == key else e) for e in rest])

    twins = tables(n, key, figures_of_need(n.package))
    widths = [0.4, 0.25, 0.35] if len(twins) > 1 else [0.55, 0.45]
    columns = st.columns(widths, vertical_alignment="bottom")
    with columns[0]:
        text = plain_label(n.w.t("Weight of: {figure}", figure=n.indicator(key)))
        st.number_input(text, 0, HEAVIEST, step=1, key=weight, on_change=take)
    if len(twins) > 1:
        with columns[1]:
            _table(n, state, each, twins)
    with columns[-1]:
        st.checkbox(_direction_text(n.w, high_bad), key=turned, on_change=take)


def _table(n: Names, state: PageState, each: Ingredient, twins: list[str]) -> None:
    """Of which table the figure is; weight and direction stay."""
    widget = f"w_table_{each.indicator_id}"
    st.session_state[widget] = each.indicator_id

    def take() -> None:
        other = replace(each, indicator_id=st.session_state[widget])
        rest = ingredients(n.package, state)
        state.set("need", [code_of(n.package, other if e == each else e) for e in rest])

    st.selectbox(
        n.w.t("Source table"), twins, format_func=lambda key: table_label(n, key), key=widget, on_change=take
    )


def _direction_text(w: Words, high_bad: bool) -> str:
    return w.t("Count a low value as need") if high_bad else w.t("Count a high value as need")


def _moment(n: Names, state: PageState, keys: list[str]) -> None:
    w = n.w
    years = common_years(n.package, keys)
    year = common_year(n.package, keys, state["nyear"])
    ages = common_ages(n.package, keys, year)
    year_names = {"": w.t("the newest of each figure"), **{str(each): str(each) for each in years}}
    age_names = {"": w.t("adults where published"), **{age: n.term("age_group", age) for age in ages}}
    left, right = st.columns(2)
    with left:
        _choose(state, "nyear", w.t("Year"), year_names, str(year or ""))
    with right:
        _choose(state, "nage", w.t("Age"), age_names, state["nage"] if state["nage"] in ages else "")


def _choose(state: PageState, key: str, label: str, names: dict[str, str], now: str) -> None:
    st.session_state[f"w_{key}"] = now
    st.selectbox(
        label,
        list(names),
        format_func=lambda code: names[code],
        key=f"w_{key}",
        on_change=state.take,
        args=(key,),
    )
