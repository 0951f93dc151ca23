"""The map page for the whole country: the sentence, the choices, the map with its panel, the table, the downloads.

One fragment. Its map has a frame of its own, which a change of figure, year, level or classes keeps.
"""

from __future__ import annotations

import logging

import streamlit as st

from hsc_geo.analysis.nation import NationView, class_numbers, look
from hsc_geo.analysis.nation_areas import corners, municipalities, number_of
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import DataError
from hsc_geo.data.nation.reading import Nation
from hsc_geo.views.kit import chips, share
from hsc_geo.views.kit.answer import answer, head, say
from hsc_geo.views.kit.controls import one_or_none
from hsc_geo.views.kit.html import markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.notes import note
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.table import Clicks, Display, table
from hsc_geo.views.map.choices import EXPLAIN, parameters
from hsc_geo.views.map.nation import controls, file
from hsc_geo.views.map.nation.choices import (
    AREA,
    DESCENDING,
    NATION,
    PAGE,
    PANEL,
    PARAMETERS,
    SORT,
    WITHIN,
    choice,
)
from hsc_geo.views.map.nation.rows import beside_listing, listing, within
from hsc_geo.views.map.nation.said import (
    Country,
    area_head,
    basis,
    explanation,
    lacking_text,
    notes,
    sentence,
)
from hsc_geo.views.map.words import figure_title
from hsc_geo.views.maps.common import clicked_thing, theme
from hsc_geo.views.maps.frame import MapAssets
from hsc_geo.views.maps.legend import class_colours, figure_legend
from hsc_geo.views.maps.nation_frame import (
    NationAssets,
    NationUpdate,
    draw_nation,
    nation_config,
    nation_map,
)

MAP_KEY = "hsc_nation_map"
_log = logging.getLogger("hsc_geo")
_MISSING = ("suppressed", "not_measured", "not_published")


def open_state(n: Names) -> PageState:
    """The choices as they are now: those of the map page, and those that only this map has."""
    params = (*parameters(n.package), *PARAMETERS)
    state = PageState("map", params, st.session_state, st.query_params)
    state.pull()
    return state


@st.fragment
def draw(n: Names, assets: MapAssets, own: NationAssets) -> None:
    """The whole page, as long as it is asked; where its figures cannot be read, what is wrong and the way back."""
    state = open_state(n)
    if not state[NATION]:
        st.rerun()
    try:
        _page(Country(n, own.nation), state, assets, own)
    except DataError as error:
        w = n.w
        why = f"{error.file}: {w.told(error.wrong)}; {w.told(error.mend)}"
        st.error(w.t("The map of the Netherlands cannot be shown. Technical message: {reason}", reason=why))
        _log_once(own.nation, f"{error.file}: {error.wrong}; {error.mend}")
        controls.way_back(n, state, "nation_leave_unread")


@per_package(maxsize=8)
def _log_once(nation: Nation, fault: str) -> None:
    """For the operator: one line a fault, however many visitors meet it."""
    _log.error("the map of the Netherlands cannot be shown: %s", fault)


def _page(here: Country, state: PageState, assets: MapAssets, own: NationAssets) -> None:
    n, nation = here.n, here.nation
    view = look(n.package, nation, choice(state))
    area, refused = _area(here, state)
    with head(n.w.t("Map")):
        share.share(n)
    with answer():
        say(sentence(here, view, area), basis(n, view.choice))
        told = notes(here, view, "" if state.usual("ind") else state["ind"], _refused(state, refused))
        if told:
            st.html(note(told))
        with chips.place():
            controls.draw(here, state, view, area)
        _hero(here, state, view, area, nation_map(assets, own.tiles, _config(here)), own)
    _table(here, state, view)
    file.draw(here, state, view)
    state.push()


def _area(here: Country, state: PageState) -> tuple[str, list[str]]:
    """(the area that is chosen, what the address asks that the nation does not have)."""
    asked = state[AREA]
    return (asked, []) if not asked or asked in here.nation.areas.index else ("", [asked])


def _refused(state: PageState, more: list[str]) -> list[str]:
    return [*(each.value for each in state.refused), *more]


def _config(here: Country) -> dict[str, object]:
    n = here.n
    return nation_config(here.nation, here.own, n.here.name, "CBS/Kadaster 2016, 2022")


def _hero(
    here: Country, state: PageState, view: NationView, area: str, base: object, own: NationAssets
) -> None:
    """The map, its legend, which lies on it, and the panel."""
    with st.container(key="hsc_hero"):
        drawn, key, side = (st.container(key=f"hsc_hero_{part}") for part in ("map", "key", "panel"))
    with drawn:
        draw_nation(MAP_KEY, base, update(here, view, area, own), lambda: _clicked(here, state))  # type: ignore[arg-type]
    with key:
        _key(here, view)
        st.button(
            here.n.w.t("What does this mean?"),
            key="explain",
            type="tertiary",
            icon=":material/info:",
            on_click=state.set,
            args=("tab", EXPLAIN),
        )
    with side:
        _panel(here, state, view, area)


def update(here: Country, view: NationView, area: str, own: NationAssets) -> NationUpdate:
    """The part of the map that this view changes."""
    n, choice, nation = here.n, view.choice, here.nation
    asked = {
        "indicator": choice.indicator,
        "year": choice.year,
        "age": choice.age_group,
        "level": choice.level,
    }
    return NationUpdate(
        level=choice.level,
        lang=n.w.code,
        theme=theme(),
        title=n.indicator(choice.indicator),
        classes=class_numbers(view),
        colors=class_colours(view.classes),
        areas=own.areas.format(level=choice.level),
        values=own.values.format(**asked),
        decimals=n.decimals(choice.indicator),
        suffix=n.value(choice.indicator, 0.0).removeprefix(n.bare(choice.indicator, 0.0)),
        missing={status: n.missing(status) for status in _MISSING},
        words=_words(n),
        own=number_of(nation, "municipality", here.own),
        chosen=number_of(nation, choice.level, area),
        selected=area,
        sight=corners(nation, area),
    )


def _words(n: Names) -> dict[str, str]:
    w = n.w
    return {
        "map": w.t("Map of the Netherlands. The table under the map holds the same."),
        "zoomIn": w.t("Zoom in"),
        "zoomOut": w.t("Zoom out"),
        "failed": w.t("The map could not be loaded; the table below holds the same."),
    }


def _key(here: Country, view: NationView) -> None:
    n, choice = here.n, view.choice
    outlined = here.name(here.own) if here.own else ""
    legend = figure_legend(n, choice.indicator, view.classes, view.table["status"], choice.level, outlined)
    st.html(markup('<div class="hsc-key">{}{}</div>', figure_title(n, choice), legend))


def _panel(here: Country, state: PageState, view: NationView, area: str) -> None:
    """What is chosen; a mark that the panel is closed where nothing is."""
    explains = state["tab"] == EXPLAIN
    st.html(markup('<i class="{}"></i>', "hsc-open" if area or explains else "hsc-closed"))
    if not area and not explains:
        return
    n = here.n
    with st.container(horizontal=True, gap="small", key="hsc_panel_head"):
        text = n.w.t("Back to the whole map")
        st.button(text, key="panel_close", icon=":material/arrow_back:", on_click=state.clear, args=(PANEL,))
    if explains:
        st.html(explanation(here, view))
        return
    st.html(area_head(here, area))
    table(n.w, "nation_beside", beside_listing(here, view, area), Display(compact=True))
    st.html(explanation(here, view))


def _clicked(here: Country, state: PageState) -> None:
    """A click on the map: an area goes into the panel."""
    code = clicked_thing(MAP_KEY).get("code", "")
    if code in here.nation.areas.index:
        controls.choose(state, code)


def _table(here: Country, state: PageState, view: NationView) -> None:
    """All areas of the level by pages, to be kept to one municipality."""
    w = here.n.w
    st.header(w.t("The same as a table"), anchor=False)
    kept = within(here, state, view.choice.level)
    text = w.t("Only {place}", place=here.municipality(kept)) if kept else w.t("Only one municipality")
    if view.choice.level != "municipality":
        fold = st.popover(text, key="nation_within", on_change="rerun")
        if fold.open:
            with fold:
                _within(here, state, view.choice.level, kept)
    found, total = listing(here, view, state)
    if not total:
        st.info(lacking_text(here))

    def sort(key: str, descending: bool) -> None:
        for each, value in ((SORT, key), (DESCENDING, "1" if descending else ""), (PAGE, "1")):
            state.set(each, value)

    table(
        w,
        "nation_areas",
        found,
        Display(
            sort=state[SORT],
            descending=state.on(DESCENDING),
            page=state.number(PAGE),
            total=total,
            selected=state[AREA],
        ),
        Clicks(
            pick=lambda code: controls.choose(state, code),
            sort=sort,
            page=lambda page: state.set(PAGE, str(page)),
        ),
    )


def _within(here: Country, state: PageState, level: str, kept: str) -> None:
    w = here.n.w
    st.session_state["w_nation_within"] = kept

    def take() -> None:
        state.set(WITHIN, st.session_state["w_nation_within"])
        state.set(PAGE, "1")

    codes = municipalities(here.nation, level)
    one_or_none(
        w.t("Municipality"),
        [*codes, *([kept] if kept and kept not in codes else [])],
        here.municipality,
        w.t("all municipalities"),
        key="w_nation_within",
        on_change=take,
    )
