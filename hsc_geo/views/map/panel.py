"""The panel of the map page: it stands beside the map once an area, an initiative or the explanation is chosen."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from hsc_geo.analysis.counting import MUNICIPALITY, Count, count_of
from hsc_geo.analysis.explore import LEVELS, View
from hsc_geo.analysis.figures import core_indicators, has_intervals
from hsc_geo.analysis.partners import ambition_codes
from hsc_geo.analysis.places import places
from hsc_geo.views.kit.html import items, markup, quiet
from hsc_geo.views.kit.intervals import rule_text, shown_text
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Listing, Row
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.table import Clicks, Display, table
from hsc_geo.views.map.card import card
from hsc_geo.views.map.choices import AREA, EXPLAIN, INITIATIVES, PANEL_KEYS
from hsc_geo.views.map.rows import reaching_columns, reaching_rows
from hsc_geo.views.maps.legend import classes_note, signs_legend
from hsc_geo.views.wording import area, freshness, initiative
from hsc_geo.views.wording.asked import asked_texts
from hsc_geo.views.wording.counted import number, sentence, view_label, wide_text

CAME_FROM = "map_came_from"  # in the session: the area from whose list an initiative was opened


def draw(n: Names, state: PageState, view: View) -> None:
    """What is chosen, in tabs; a mark that the panel is closed where nothing is."""
    tabs = _tabs(n, state)
    st.html(markup('<i class="{}"></i>', "hsc-open" if tabs else "hsc-closed"))
    if not tabs:
        return
    _ways_back(n, state)
    open_tab = _open_tab(state, list(tabs))
    for code, place in zip(tabs, _folds(state, tabs, open_tab), strict=True):
        if code == open_tab:
            with place:
                _draw_tab(n, state, view, code)


def _tabs(n: Names, state: PageState) -> dict[str, str]:
    """The tabs of what is chosen with their names; none for nothing."""
    w, selected = n.w, state["sel"]
    explain = {EXPLAIN: w.t("About this map")}
    if selected in n.package.areas.index:
        return {AREA: w.t("Area"), INITIATIVES: w.t("Initiatives"), **explain}
    if selected in n.package.initiatives.index:
        return {INITIATIVES: w.t("Initiative"), **explain}
    return explain if state["tab"] else {}


def _open_tab(state: PageState, tabs: list[str]) -> str:
    return state["tab"] if state["tab"] in tabs else tabs[0]


def _folds(state: PageState, tabs: dict[str, str], open_tab: str) -> list[DeltaGenerator]:
    key = f"panel_tabs_{len(tabs)}"
    codes = {name: code for code, name in tabs.items()}
    st.session_state[key] = tabs[open_tab]

    def take() -> None:
        code = codes.get(st.session_state[key], open_tab)
        state.set("tab", "" if code == next(iter(tabs)) and state["sel"] else code)

    return list(st.tabs(list(tabs.values()), key=key, on_change=take))


def _draw_tab(n: Names, state: PageState, view: View, code: str) -> None:
    selected = state["sel"]
    if code == EXPLAIN:
        _explain(n, view)
    elif code == AREA:
        _area(n, view, selected)
    elif selected in n.package.areas.index:
        _reaching(n, state, view, selected)
    else:
        _initiative(n, state, view, selected)


def _ways_back(n: Names, state: PageState) -> None:
    """To the map without a panel; from an initiative also to the area in whose list it was found."""
    came_from = str(st.session_state.get(CAME_FROM, ""))
    with st.container(horizontal=True, gap="small", key="hsc_panel_head"):
        st.button(
            n.w.t("Back to the whole map"),
            key="panel_close",
            icon=":material/arrow_back:",
            on_click=state.clear,
            args=(PANEL_KEYS,),
        )
        if came_from in n.package.areas.index and state["sel"] in n.package.initiatives.index:
            text = n.w.t("Back to {area}", area=n.area_or_focus(came_from))
            st.button(text, key="panel_back", on_click=choose, args=(state, came_from))


def choose(state: PageState, key: str, came_from: str = "") -> None:
    """An area or initiative goes into the panel, on its first tab unless that of the initiatives is open."""
    if state["tab"] == EXPLAIN:
        state.set("tab", "")
    st.session_state[CAME_FROM] = came_from
    state.set("sel", key)
    state.set("ppage", "1")


def _area(n: Names, view: View, code: str) -> None:
    st.html(area.area_head(n, code))
    found = count_of(n.package, [code], view.ids)
    st.html(markup('<p id="known">{}</p>', known_text(n, view, code, found)))
    _figures(n, view, code)
    if n.package.areas.at[code, "level"] in LEVELS:
        address = urlencode({"area": code, **n.kept()})
        st.html(markup('<p><a href="wijkprofiel?{}">{}</a></p>', address, n.w.t("District profile")))
    _asked(n, view, code)


def _figures(n: Names, view: View, code: str) -> None:
    choice = view.choice
    chosen = (choice.indicator, choice.year, choice.age_group) if choice.indicator and choice.year else None
    indicators = area.panel_indicators(n.package, chosen, core_indicators(n.package))
    moment = area.common_moment(n, indicators)
    caption = n.w.t("Figures beside the city and the country ({moment})", moment=moment)
    found = Listing(caption, area.figure_columns(n, code), area.figure_rows(n, code, indicators))
    table(n.w, "panel_figures", found, Display(compact=True))
    known = any(has_intervals(n.package, key) for key, *_ in indicators)
    interval = f"{shown_text(n)} {rule_text(n)}" if known else n.interval_note(indicators[-1][0])
    notes = (interval, initiative.adults_note(n, code, indicators))
    st.html(quiet(" ".join(filter(None, notes))))


def known_text(n: Names, view: View, code: str, found: Count) -> str:
    """The one number of the area under the choices, and what is there for more than it."""
    if n.package.areas.at[code, "level"] == MUNICIPALITY:
        text = n.w.t("area not known: {n}", n=number(n, len(found.unknown)))
        first = n.w.t(
            "For a district or neighbourhood: {n} ({label}).",
            n=number(n, found.number),
            label=view_label(n, view),
        )
        beside = n.w.t("Beside it, {wide}.", wide=f"{wide_text(n, found)}; {text}")
        return f"{first} {beside}"
    return sentence(n, found, code, view_label(n, view))


def _reaching(n: Names, state: PageState, view: View, code: str) -> None:
    """Every initiative that fits and reaches the area, by whom it is for."""
    st.html(markup('<h2 id="panel">{}</h2>', n.area(code)))
    rows = reaching_rows(n, view, code)
    if not rows:
        st.html(markup("<p>{}</p>", n.w.t("No initiative known fits these choices.")))
        return
    caption = n.w.tn(
        "{n} initiative known that reaches {area}",
        "{n} initiatives known that reach {area}",
        len(rows),
        area=n.area(code),
    )
    table(
        n.w,
        "panel_initiatives",
        Listing(caption, reaching_columns(n), rows),
        Display(page=state.number("ppage")),
        Clicks(pick=lambda key: choose(state, key, code), page=lambda page: state.set("ppage", str(page))),
    )


def _asked(n: Names, view: View, code: str) -> None:
    """Of the ambitions that are chosen (or of all): for which someone asked in the area and found none."""
    chosen = view.choice.facets.get("ambition") or ambition_codes(n.package)
    texts = asked_texts(n, code, chosen)
    if texts:
        st.html(items(texts))


def _initiative(n: Names, state: PageState, view: View, key: str) -> None:
    st.html(initiative.initiative(n, key))
    same = _same_place(n, view, key)
    if same:
        rows = [Row(other, [freshness.named(n, other)], {}) for other in same]
        table(
            n.w,
            "panel_same",
            Listing(n.w.t("At the same place"), [Column("name", n.w.t("Initiative"), sortable=False)], rows),
            Display(compact=True),
            Clicks(pick=lambda other: state.set("sel", other)),
        )


def _same_place(n: Names, view: View, key: str) -> list[str]:
    here = _points(n, key)
    return [other for other in view.ids if other != key and here & _points(n, other)]


def _points(n: Names, key: str) -> set[tuple[float, float]]:
    return {(place.latitude, place.longitude) for place in places(n.package, key) if place.has_point}


def _explain(n: Names, view: View) -> None:
    """What the figure means, where it comes from, what it cannot bear, and how its classes came about."""
    note = classes_note(n, view.choice.indicator, view.classes)
    colours = markup("<h2>{}</h2><p>{}</p>", n.w.t("Colours of the map"), " ".join(note)) if note else ""
    signs = markup("<h2>{}</h2>{}", n.w.t("Signs on the map"), signs_legend(n))
    st.html(markup('{}<section class="hsc-card">{}{}</section>', card(n, view), colours, signs))
