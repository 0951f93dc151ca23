"""The map page: the sentence that answers, the choices in one line, the map with its panel, the table, the downloads.

One fragment, so a change redraws this and no more; and in it a smaller one of what a filter or a click changes, which
stands in places of the page that keep the rest: a filter then sends a third of the elements.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from hsc_geo.analysis.explore import View, explore
from hsc_geo.analysis.figures import REGISTER_INDICATOR
from hsc_geo.analysis.nation import shown
from hsc_geo.data.cached import per_package
from hsc_geo.views.kit import chips, in_python, share
from hsc_geo.views.kit.answer import answer, head, say
from hsc_geo.views.kit.figure_choice import table_label
from hsc_geo.views.kit.html import markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.notes import note, refused_texts
from hsc_geo.views.kit.state import PageState, Param
from hsc_geo.views.map import downloads, embed_code, figure, filters, panel
from hsc_geo.views.map import tables as map_tables
from hsc_geo.views.map.calls import calls
from hsc_geo.views.map.choices import EXPLAIN, FIGURE_KEYS, FILTER_KEYS, choice, parameters
from hsc_geo.views.map.nation import page as country
from hsc_geo.views.map.nation.choices import NATION, enter
from hsc_geo.views.map.nation.choices import PARAMETERS as NATION_PARAMETERS
from hsc_geo.views.map.rows import tip_texts
from hsc_geo.views.map.said import sentence
from hsc_geo.views.map.words import key_title, replaced_texts
from hsc_geo.views.maps.common import THING, clicked_thing, draw_map, map_words, theme
from hsc_geo.views.maps.frame import MapAssets, MapUpdate
from hsc_geo.views.maps.legend import class_colors, fault_text, short_legend
from hsc_geo.views.maps.nation_frame import NationAssets
from hsc_geo.views.wording import counted

MAP_KEY = "hsc_map"
STYLES = Path(__file__).with_name("page.css")
DRAWN = (*FIGURE_KEYS, "level")  # choices that what stands outside of the smaller fragment follows
COUNTED = (*FILTER_KEYS, *DRAWN, "sel")
CLEARED = (*COUNTED, "tab", "ppage")


def draw(n: Names, assets: MapAssets, nation: NationAssets | None = None) -> None:
    """The whole page. nation: the whole country, None where it is not offered."""
    st.html(STYLES)
    if nation is not None and not shown(n.package, nation.nation):  # the package knows none of its figures
        nation = None
    more = NATION_PARAMETERS if nation is not None else ()
    if nation is not None and _nation_asked(_state(n, more)):
        country.draw(n, assets, nation)
    else:
        _page(n, assets, more)


@dataclass(frozen=True)
class _Places:
    """Where on the page stands what a filter or a click changes. key: of the legend; None where no filter changes it.
    python, embed: None while their folds are closed. drawn: the choices that the rest of the page was drawn for. more:
    the choices of the map of the country, where that is offered."""

    said: DeltaGenerator
    line: DeltaGenerator
    map: DeltaGenerator
    key: DeltaGenerator | None
    panel: DeltaGenerator
    python: DeltaGenerator | None
    embed: DeltaGenerator | None
    drawn: list[str]
    more: tuple[Param, ...]


@st.fragment
def _page(n: Names, assets: MapAssets, more: tuple[Param, ...]) -> None:
    state = _state(n, more)
    view = explore(n.package, choice(state, n.today))
    taken = downloads.Taken()
    with head(n.w.t("Map")):
        share.share(n, "map", picture=True)
    with answer():
        said, line = st.container(), chips.place()
        hero = _hero(n, state, view)
    map_tables.draw(n, state)
    table = st.container()
    python, embed = downloads.draw(n, taken)
    with table:
        _found(n, assets, taken, _Places(said, line, *hero, python, embed, _drawn(state), more))


def _drawn(state: PageState) -> list[str]:
    return [state[key] for key in DRAWN]


def _line(n: Names, state: PageState, view: View) -> None:
    """The choices. All stand in the smaller fragment: one press can close a chip and open another, and Streamlit tells
    that of two fragments to one of them only."""
    filters.draw(n, state)
    figure.area(n, state)
    figure.draw(n, state, view)
    figure.level(n, state, view, enter if NATION in state.params else None)
    chips.clear(n, state, COUNTED, lambda: state.clear(CLEARED))


def _hero(
    n: Names, state: PageState, view: View
) -> tuple[DeltaGenerator, DeltaGenerator | None, DeltaGenerator]:
    """The places of the map, of its legend, which lies on it, and of the panel. Only where the figure is our own count
    of initiatives the legend has a place: else no filter changes it, and it is drawn here."""
    with st.container(key="hsc_hero"):
        drawn, key, side = (st.container(key=f"hsc_hero_{part}") for part in ("map", "key", "panel"))
    with key:
        counted_by_us = view.choice.indicator == REGISTER_INDICATOR
        place = st.container() if counted_by_us else None
        if not counted_by_us:
            _key(n, view)
        _explain(n, state)
    return drawn, place, side


@st.fragment
def _found(n: Names, assets: MapAssets, taken: downloads.Taken, places: _Places) -> None:
    """What a filter or a click changes. Each place gets something in each run: Streamlit keeps no place otherwise."""
    state = _state(n, places.more)
    if _drawn(state) != places.drawn or _nation_asked(state):
        st.rerun()
    view = explore(n.package, choice(state, n.today))
    taken.take(n, state, view)
    with places.said:
        say(sentence(n, view, state["sel"]), markup("({})", counted.view_label(n, view)))
        notes = _notes(n, state, view)
        if notes:
            st.html(note(notes))
    with places.line:
        _line(n, state, view)
    with places.map:
        update = map_update(n, view, state["sel"])
        draw_map(MAP_KEY, n.package, assets, update, THING, lambda: clicked(state), hero=True)
    if places.key is not None:
        with places.key:
            _key(n, view)
    with places.panel:
        panel.draw(n, state, view)
    map_tables.draw_table(n, state, view)
    if places.python is not None:
        with places.python:
            in_python.draw(n, calls(view.choice, state["table"]))
    if places.embed is not None:
        with places.embed:
            embed_code.draw(n, state)
    state.push()


def _state(n: Names, more: tuple[Param, ...]) -> PageState:
    """The choices as they are now."""
    state = PageState("map", (*parameters(n.package), *more), st.session_state, st.query_params)
    state.pull()
    return state


def _nation_asked(state: PageState) -> bool:
    """Whether the map of the country is to be drawn."""
    return NATION in state.params and bool(state[NATION])


def _key(n: Names, view: View) -> None:
    st.html(markup('<div class="hsc-key">{}{}</div>', key_title(n, view), short_legend(n, view)))


def _explain(n: Names, state: PageState) -> None:
    """The way to what the figure means."""
    st.button(
        n.w.t("What does this mean?"),
        key="explain",
        type="tertiary",
        icon=":material/info:",
        on_click=state.set,
        args=("tab", EXPLAIN),
    )


def _notes(n: Names, state: PageState, view: View) -> list[str]:
    """What the address asked and is not shown, and what stands in its place."""
    w = n.w
    replaced = {
        **replaced_texts(n),
        "indicator": lambda v: w.t("This figure has no values."),
        "table": lambda v: w.t(
            "Table {asked} has no figures at this level; the map shows those of {table}.",
            asked=n.package.indicators.at[state["ind"], "table_id"],
            table=table_label(n, v),
        ),
    }
    refused = refused_texts(w, [r.value for r in state.refused])
    fault = fault_text(n, view.classes)
    return [*refused, *(replaced[key](value) for key, value in view.changed), *([fault] if fault else [])]


def map_update(n: Names, view: View, selected: str) -> MapUpdate:
    """The part of the map that this view changes."""
    w, key = n.w, view.choice.indicator
    doubt = view.classes.indistinct if view.classes is not None else frozenset()
    return MapUpdate(
        level=view.choice.level,
        lang=w.code,
        theme=theme(),
        title=n.indicator(key) if key else "",
        classes=_class_numbers(view),
        colors=class_colors(view),
        text=tip_texts(view, n) if key else {},
        doubt=sorted(doubt),
        visible=view.mask,
        selected=selected,
        words=map_words(n),
        own=[area.neighbourhoods for area in n.own],
    )


@per_package(maxsize=1)
def _class_numbers(view: View) -> dict[str, int]:
    """Area -> number of its class, of those that have a figure; shared, so not to be changed."""
    if view.classes is None:
        return {}
    return {str(code): int(i) for code, i in view.classes.assigned.items() if i >= 0}


def clicked(state: PageState) -> None:
    """A click on the map: an area or a place goes into the panel."""
    properties = clicked_thing(MAP_KEY)
    options = state.params["sel"].options or frozenset()
    ids = properties.get("ids") or []
    wanted = properties.get("code") or (ids[0] if ids and properties.get("kind") == "place" else "")
    if wanted in options:
        panel.choose(state, wanted)
