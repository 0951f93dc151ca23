"""The panel of the map page: what was clicked, or chosen in the list, with what belongs to it."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from hsc_geo.analysis.counting import MUNICIPALITY, Count, count_of
from hsc_geo.analysis.explore import LEVELS, View
from hsc_geo.analysis.figures import core_indicators
from hsc_geo.analysis.partners import ambition_codes
from hsc_geo.analysis.places import places
from hsc_geo.views.kit.html import items, markup, quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Listing, Row
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.table import Clicks, Display, table
from hsc_geo.views.wording import area, freshness, initiative
from hsc_geo.views.wording.asked import asked_texts
from hsc_geo.views.wording.counted import number, sentence, view_label, wide_text


def draw(n: Names, state: PageState, view: View) -> None:
    """The list to choose an area from, and the area or initiative that is chosen."""
    _area_list(n, state, view)
    selected = state["sel"]
    if selected in n.package.areas.index:
        _area(n, state, view, selected)
    elif selected in n.package.initiatives.index:
        _initiative(n, state, view, selected)


def _area_list(n: Names, state: PageState, view: View) -> None:
    w = n.w
    areas = n.package.areas
    level = areas[areas["level"] == view.choice.level].sort_index().index
    options = ["", *areas.index[areas["level"] == "municipality"], *level]
    now = state["sel"] if state["sel"] in areas.index else ""
    if now and now not in options:
        options.append(now)
    st.session_state["w_sel"] = now

    def name(code: str) -> str:
        return n.area(code) if code else w.t("click on the map, or choose here")

    def take() -> None:
        state.set("ppage", "1")
        state.take("sel")

    st.selectbox(w.t("Area in the panel"), options, format_func=name, key="w_sel", on_change=take)


def _area(n: Names, state: PageState, view: View, code: str) -> None:
    w = n.w
    st.html(area.area_head(n, code))
    if n.package.areas.at[code, "level"] in LEVELS:
        address = urlencode({"area": code, **n.kept()})
        st.html(markup('<p><a href="wijkprofiel?{}">{}</a></p>', address, w.t("District profile")))
    choice = view.choice
    chosen = (choice.indicator, choice.year, choice.age_group) if choice.indicator and choice.year else None
    indicators = area.panel_indicators(n.package, chosen, core_indicators(n.package))
    table(
        w,
        "panel_figures",
        Listing(
            w.t(
                "Figures beside the city and the country ({moment})",
                moment=area.common_moment(n, indicators),
            ),
            area.figure_columns(n, code),
            area.figure_rows(n, code, indicators),
        ),
        Display(compact=True),
    )
    notes = (n.interval_note(indicators[-1][0]), initiative.adults_note(n, code, indicators))
    st.html(quiet(" ".join(filter(None, notes))))
    found = count_of(n.package, [code], view.ids)
    st.html(markup('<p id="known">{}</p>', known_text(n, view, code, found)))
    _initiative_list(n, state, code, list(found.here))
    _asked(n, view, code)


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


def _initiative_list(n: Names, state: PageState, code: str, ids: list[str]) -> None:
    if not ids:
        return
    rows = [
        Row(key, [n.package.initiatives.at[key, "name"], initiative.listed_status(n, key)], {}) for key in ids
    ]
    table(
        n.w,
        "panel_initiatives",
        Listing(
            n.w.tn(
                "{n} initiative known to serve {area}",
                "{n} initiatives known to serve {area}",
                len(ids),
                area=n.area(code),
            ),
            [
                Column("name", n.w.t("Initiative"), sortable=False),
                Column("status", n.w.t("Status"), sortable=False),
            ],
            rows,
        ),
        Display(page=state.number("ppage")),
        Clicks(pick=lambda key: state.set("sel", key), page=lambda page: state.set("ppage", str(page))),
    )


def _asked(n: Names, view: View, code: str) -> None:
    """Of the ambitions that are chosen (or of all): for which someone asked in the area and found none."""
    chosen = view.choice.facets.get("ambition") or ambition_codes(n.package)
    texts = asked_texts(n, code, chosen)
    if texts:
        st.html(items(texts))


def _initiative(n: Names, state: PageState, view: View, key: str) -> None:
    w = n.w
    st.html(initiative.initiative(n, key))
    same = _same_place(n, view, key)
    if same:
        rows = [Row(other, [freshness.named(n, other)], {}) for other in same]
        table(
            w,
            "panel_same",
            Listing(w.t("At the same place"), [Column("name", w.t("Initiative"), sortable=False)], rows),
            Display(compact=True),
            Clicks(pick=lambda other: state.set("sel", other)),
        )
    st.button(w.t("Close"), key="panel_close", on_click=state.set, args=("sel", ""))


def _same_place(n: Names, view: View, key: str) -> list[str]:
    here = _points(n, key)
    return [other for other in view.ids if other != key and here & _points(n, other)]


def _points(n: Names, key: str) -> set[tuple[float, float]]:
    return {(place.latitude, place.longitude) for place in places(n.package, key) if place.has_point}
