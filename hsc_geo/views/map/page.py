"""The map page: filters, figure, map, panel, table, downloads.

One fragment, so a change redraws this and no more; and in it a smaller one of what a filter or a click changes, which
stands in places of the page that keep the rest: a filter then sends a third of the elements.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from hsc_geo.analysis.classify import K_RANGE, most_classes
from hsc_geo.analysis.explore import (
    LEVELS,
    View,
    explore,
    listed_indicators,
    shown_indicators,
)
from hsc_geo.analysis.figures import PRESENT, ages_at, one_each, years_at
from hsc_geo.analysis.map_classes import MAP_SCHEMES
from hsc_geo.views.kit import offer as briefs
from hsc_geo.views.kit.controls import table_control
from hsc_geo.views.kit.figure_choice import table_label, tables
from hsc_geo.views.kit.html import markup, quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.notes import note, refused_texts
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.map import downloads, embed_code, filters, panel
from hsc_geo.views.map import tables as map_tables
from hsc_geo.views.map.card import card
from hsc_geo.views.map.choices import ENDED, FILTER_KEYS, KEYS, NO_FIGURE, TEXT, choice, parameters
from hsc_geo.views.map.words import indicator_label, map_title, summary_parts
from hsc_geo.views.maps.common import THING, clicked_thing, draw_map, map_words, theme
from hsc_geo.views.maps.frame import MapAssets, MapUpdate
from hsc_geo.views.maps.legend import class_colors, legend
from hsc_geo.views.wording import counted

MAP_KEY = "hsc_map"


def draw(n: Names, assets: MapAssets) -> None:
    """The whole page."""
    w = n.w
    st.title(w.t("Map"), anchor=False)
    st.html(
        markup(
            '<p class="hsc-lead">{}</p>',
            w.t("What is known to be going on in each district, on official figures and boundaries."),
        )
    )
    _page(n, assets)


@st.fragment
def _page(n: Names, assets: MapAssets) -> None:
    state = _state(n)
    view = explore(n.package, choice(state, n.today))
    with st.sidebar:
        filters_place = filters.draw(n, state)
    _controls(n, state, view)
    head = st.container()
    left, right = st.columns([0.6, 0.4], gap="medium")
    with left:
        map_place = _map(n, state, view)
    map_tables.draw(n, state)
    table = st.container()
    taken = downloads.Taken()
    embed = downloads.draw(n, taken)
    paper = briefs.draw(n, taken.paper, "map")
    with table:
        _found(n, assets, taken, _Places(filters_place, head, map_place, right, paper, embed))


@dataclass(frozen=True)
class _Places:
    """Where on the page stands what a filter or a click changes; `embed` is None while its fold is closed."""

    filters: DeltaGenerator
    head: DeltaGenerator
    map: DeltaGenerator
    panel: DeltaGenerator
    paper: DeltaGenerator
    embed: DeltaGenerator | None


@st.fragment
def _found(n: Names, assets: MapAssets, taken: downloads.Taken, places: _Places) -> None:
    """What a filter or a click changes. Each place gets something in each run: Streamlit keeps no place otherwise."""
    state = _state(n)
    view = explore(n.package, choice(state, n.today))
    taken.take(n, state, view)
    with places.filters:
        filters.draw_choices(n, state)
    with places.head:
        _notes(n, state, view)
        _summary(n, state, view)
    with places.map:
        _frame(n, state, view, assets)
    with places.panel:
        panel.draw(n, state, view)
        with st.container(key="hsc_card"):
            st.html(card(n, view))
    map_tables.draw_table(n, state, view)
    with places.paper:
        briefs.links(n, state, "map")
    if places.embed is not None:
        with places.embed:
            embed_code.draw(n, state)
    state.push()


def _state(n: Names) -> PageState:
    """The choices as they are now."""
    state = PageState("map", parameters(n.package), st.session_state, st.query_params)
    state.pull()
    return state


def _controls(n: Names, state: PageState, view: View) -> None:
    w, choice = n.w, view.choice
    key, level = choice.indicator, choice.level
    twins = tables(n, key, shown_indicators(n.package)) if key else []
    widths = [0.29, 0.23, 0.11, 0.16, 0.21] if len(twins) > 1 else [0.38, 0.13, 0.2, 0.29]
    columns = iter(st.columns(widths))
    with next(columns):
        _figure(n, state, view)
    if len(twins) > 1:
        with next(columns):
            table_control(n, state, "ind", key, twins, ("year", "age"))
    years = [str(year) for year in years_at(n.package, key, level)]
    with next(columns):
        _dependent(n, state, "year", w.t("Year"), years, str(choice.year or ""), str)
    ages = list(ages_at(n.package, key, level, choice.year)) if choice.year else []
    with next(columns):
        _dependent(n, state, "age", w.t("Age"), ages, choice.age_group, lambda a: n.term("age_group", a))
    with next(columns):
        _level(n, state, view)


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


def _level(n: Names, state: PageState, view: View) -> None:
    w = n.w
    names = {"district": w.t("Districts"), "neighbourhood": w.t("Neighbourhoods")}
    st.session_state["w_level"] = view.choice.level
    st.segmented_control(
        w.t("Level"),
        LEVELS,
        format_func=lambda level: names[level],
        key="w_level",
        on_change=state.take,
        args=("level",),
        required=True,
    )


def _select(n: Names, state: PageState, key: str, label: str, options: list[str], name) -> None:  # type: ignore[no-untyped-def]
    st.selectbox(label, options, format_func=name, key=state.seed(key), on_change=state.take, args=(key,))


def _dependent(n: Names, state: PageState, key: str, label: str, options: list[str], now: str, name) -> None:  # type: ignore[no-untyped-def]
    if not options:
        st.selectbox(label, ["–"], key=f"none_{key}", disabled=True)
        return
    st.session_state[f"w_{key}"] = now
    st.selectbox(label, options, format_func=name, key=f"w_{key}", on_change=state.take, args=(key,))


def _notes(n: Names, state: PageState, view: View) -> None:
    w = n.w
    notes = refused_texts(w, [r.value for r in state.refused])
    replaced = {
        "year": lambda v: w.t("This figure is not published for that year; the map shows {value}.", value=v),
        "age": lambda v: w.t(
            "This figure is not published for that age group; the map shows: {value}.",
            value=n.term("age_group", v),
        ),
        "level": lambda v: w.t(
            "This figure is not published at that level; the map shows: {value}.",
            value=n.term("area_level", v),
        ),
        "indicator": lambda v: w.t("This figure has no values."),
        "table": lambda v: w.t(
            "Table {asked} has no figures at this level; the map shows those of {table}.",
            asked=n.package.indicators.at[state["ind"], "table_id"],
            table=table_label(n, v),
        ),
    }
    notes += [replaced[key](value) for key, value in view.changed]
    if notes:
        st.html(note(notes))


def _summary(n: Names, state: PageState, view: View) -> None:
    w = n.w
    first, *rest = summary_parts(n, view)
    row = st.container(horizontal=True, vertical_alignment="center")
    row.html(
        markup(
            '<p aria-live="polite" id="summary"><strong>{}</strong> <span class="hsc-quiet">· {}</span> '
            '<span class="hsc-quiet" id="label">({})</span> <span class="hsc-narrow">{}</span></p>',
            first,
            " · ".join(rest),
            counted.view_label(n, view),
            w.t("Filters and pages open with » at the top left."),
        )
    )
    if any(state.many(key) for key in KEYS.values()) or state[TEXT] or state[ENDED]:
        row.button(w.t("Clear all filters"), key="clear_top", on_click=state.clear, args=(FILTER_KEYS,))


def _map(n: Names, state: PageState, view: View) -> DeltaGenerator:
    """What stands above and under the map, and the place of the map itself."""
    st.html(map_title(n, view))
    place = st.container()
    colors = class_colors(view)
    st.html(legend(n, view.choice.indicator, view.classes, colors, view.table["status"], view.choice.level))
    _classification(n, state, view)
    return place


def _frame(n: Names, state: PageState, view: View, assets: MapAssets) -> None:
    draw_map(MAP_KEY, n.package, assets, map_update(n, view, state["sel"]), THING, lambda: clicked(state))


def _classification(n: Names, state: PageState, view: View) -> None:
    w = n.w
    names = {
        "city": w.t("Distance from the city's figure"),
        "quantiles": w.t("Quantiles (as many areas in each class)"),
        "equal": w.t("Equal intervals"),
        "natural": w.t("Natural breaks (Fisher-Jenks)"),
        "std": w.t("Standard deviation"),
    }
    with st.expander(w.t("Classes of the map"), key="map_classes"):
        left, right = st.columns([0.66, 0.34])
        with left:
            _select(n, state, "classes", w.t("Classification"), list(MAP_SCHEMES), lambda s: names[s])
        if view.classes is not None and not view.classes.yardstick:
            with right:
                _number_of_classes(n, state, view)
            if view.classes.k < view.classes.asked:
                st.html(
                    quiet(w.t("{k} classes are in use; no area falls into the others.", k=view.classes.k))
                )


def _number_of_classes(n: Names, state: PageState, view: View) -> None:
    """As many as so many areas bear."""
    known = int(view.table["value"].notna().sum())
    options = [str(k) for k in K_RANGE if k <= most_classes(known)]
    now = state["k"] if state["k"] in options else options[-1]
    _dependent(n, state, "k", n.w.t("Number of classes"), options, now, str)
    if len(options) < len(K_RANGE):
        st.html(quiet(n.w.t("{n} areas bear {k} classes at most.", n=known, k=options[-1])))


def map_update(n: Names, view: View, selected: str) -> MapUpdate:
    """The part of the map that this view changes."""
    w, key = n.w, view.choice.indicator
    known = (
        view.classes.assigned[view.classes.assigned >= 0]
        if view.classes is not None
        else pd.Series(dtype=int)
    )
    text = {}
    if key:
        for code, value, status in view.table[["value", "status"]].itertuples():
            text[str(code)] = n.value(key, value) if status == PRESENT else n.missing(str(status))
    return MapUpdate(
        level=view.choice.level,
        lang=w.code,
        theme=theme(),
        title=n.indicator(key) if key else "",
        classes={str(code): int(i) for code, i in known.items()},
        colors=class_colors(view),
        text=text,
        visible=view.mask,
        selected=selected,
        words=map_words(w),
    )


def clicked(state: PageState) -> None:
    """A click on the map: an area or a place goes into the panel."""
    properties = clicked_thing(MAP_KEY)
    options = state.params["sel"].options or frozenset()
    ids = properties.get("ids") or []
    wanted = properties.get("code") or (ids[0] if ids and properties.get("kind") == "place" else "")
    if wanted in options:
        state.set("sel", wanted)
        state.set("ppage", "1")
