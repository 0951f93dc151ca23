"""Reach: how many residents live within a distance of a known place, per district and in the city."""

from __future__ import annotations

import streamlit as st

from hsc_geo.analysis.reach import Reach, people_of, reach
from hsc_geo.views.coverage.answers import fitting
from hsc_geo.views.coverage.screen import access
from hsc_geo.views.coverage.screen.controls import near_controls
from hsc_geo.views.coverage.words.near import method_texts, places_text, reach_columns, reach_rows, warnings
from hsc_geo.views.kit.html import items, markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.table import table


def draw(n: Names, state: PageState, ids: tuple[str, ...]) -> None:
    """The choices, the table, and how it is computed. `ids` are the initiatives that count on this page."""
    w = n.w
    st.header(w.t("Who lives near"), anchor=False)
    near_controls(n, state)
    fit = fitting(n, state, ids)
    people, distance = people_of(state["rlife"]), int(state["dist"])
    found = draw_places(n, fit, distance, people)
    if fit:
        st.html(markup('<p id="near">{}</p>', told_text(n, found, distance)))
    if found.placed or found.area_only:
        _table(n, found, people, distance)
        for text in warnings(n, found, distance):
            st.info(text)
    elif fit:
        st.info(w.t("Without a known place or area nobody can say who lives near."))
    st.html(items(method_texts(n, state["rlife"], people)))
    access.draw(n, state, fit, people)


def draw_places(n: Names, fit: tuple[str, ...], distance: int, people: str) -> Reach:
    """The sentence on how much counts, which stands above every answer that rests on known places; and the reach."""
    found = reach(n.package, fit, distance, people)
    st.html(markup('<p aria-live="polite" id="places">{}</p>', places_text(n, found)))
    return found


def told_text(n: Names, found: Reach, distance: int) -> str:
    """How many residents live near, or that too few places are known to tell."""
    w, metres = n.w, n.w.number(distance)
    if not found.told:
        return w.t(
            "How many residents live within {n} metres cannot be told. With a known place: {placed} of {total}, less "
            "than a third. The table has what is known.",
            n=metres,
            placed=w.number(found.placed),
            total=w.number(found.total),
        )
    low, high = (w.value(100 * found.city[key], "percent", 0) for key in ("share", "upper_share"))
    return w.t(
        "At least {low} and at most {high} of the residents live within {n} metres of what is known.",
        low=low,
        high=high,
        n=metres,
    )


def _table(n: Names, found: Reach, people: str, distance: int) -> None:
    rows = reach_rows(n, found)
    table(
        n.w,
        key="coverage_reach",
        caption=n.w.t("Residents within {n} metres of an initiative, by district", n=n.w.number(distance)),
        columns=reach_columns(n, people),
        rows=rows,
        page_size=len(rows),
    )
