"""What if: places added or taken away; reach, access and its slope over need before and after. Nothing is stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from hsc_geo.analysis.need import Need
from hsc_geo.analysis.places import with_point
from hsc_geo.analysis.reach import people_of
from hsc_geo.analysis.what_if import Change, WhatIf, compare
from hsc_geo.data.load import Package
from hsc_geo.views.coverage.answers import MOST
from hsc_geo.views.coverage.words.near import places_text
from hsc_geo.views.coverage.words.what_if import slope_texts, what_if_columns, what_if_rows
from hsc_geo.views.kit.html import items, markup, quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.notes import refused_note
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.table import table
from hsc_geo.views.maps.points import point_of


def add_point(package: Package, state: PageState, latitude: float, longitude: float) -> None:
    """Put a point among those tried out, unless it lies outside or there are enough."""
    text = f"{latitude:.5f},{longitude:.5f}"
    there = [*state.many("add"), *state.many("at")]
    if point_of(package, text) is not None and text not in there and len(there) < MOST:
        state.set("at", [*state.many("at"), text])


def draw(n: Names, state: PageState, fit: tuple[str, ...], need: Need, change: Change) -> None:
    """The controls, and what the change would do."""
    w = n.w
    st.header(w.t("What if"), anchor=False)
    st.html(
        quiet(
            w.t(
                "Try a new place or take a known one away. Nothing is stored; the link holds what you tried."
            ),
        )
    )
    _controls(n, state, fit)
    wrong = [text for text in state.many("at") if point_of(n.package, text) is None]
    if wrong:
        st.html(refused_note(w, wrong))
    if not change.added and not change.removed:
        st.info(
            w.t("Choose a neighbourhood, click on the map, or take an initiative away to see what changes.")
        )
        return
    found = compare(
        n.package,
        fit,
        change,
        int(state["dist"]),
        need.table["index"],
        people_of(state["rlife"]),
        state["fca"],
    )
    st.html(markup("<p>{}</p>", places_text(n, found.before.reach)))
    st.html(items(slope_texts(n, found)))
    _table(n, state, found)
    st.html(
        quiet(
            w.t(
                "This is who would live near, not what an initiative would bring about. A new place counts as "
                "one initiative."
            ),
        )
    )


def _controls(n: Names, state: PageState, fit: tuple[str, ...]) -> None:
    w, package = n.w, n.package
    known = [key for key in fit if key in with_point(package)]
    codes = sorted(state.params["add"].options or (), key=lambda code: n.area(code).casefold())
    left, right = st.columns(2, gap="medium")
    with left:
        _several(n, state, "add", w.t("Add a place in the middle of"), codes, n.area)
        points = [text for text in state.many("at") if point_of(package, text) is not None]
        if points:
            _several(
                n, state, "at", w.t("Places clicked on the map (latitude, longitude)"), points, str, points
            )
    with right:
        options = [*known, *(key for key in state.many("less") if key not in known)]
        _several(n, state, "less", w.t("Take away"), options, n.initiative)
        if change_asked(state):
            asked = (["add", "at", "less"],)
            st.button(w.t("Clear what was tried"), key="what_if_clear", on_click=state.clear, args=asked)


def _several(
    n: Names,
    state: PageState,
    key: str,
    label: str,
    options: Sequence[str],
    name: Callable[[str], str],
    now: Sequence[str] | None = None,
) -> None:
    """A list of which several can be chosen; `now` are those that are, the state's own when None."""
    st.session_state[f"w_{key}"] = state.many(key) if now is None else list(now)
    st.multiselect(
        label,
        options,
        format_func=name,
        key=f"w_{key}",
        placeholder=n.w.t("none chosen"),
        max_selections=MOST if key == "add" else None,
        on_change=state.take,
        args=(key,),
    )


def change_asked(state: PageState) -> bool:
    """Whether the address holds a change."""
    return any(state.many(key) for key in ("add", "at", "less"))


def _table(n: Names, state: PageState, found: WhatIf) -> None:
    rows = what_if_rows(n, found)
    caption = n.w.t(
        "Residents within {n} metres of a known place or one tried out, and access, before and after, by district",
        n=n.w.number(int(state["dist"])),
    )
    table(
        n.w,
        key="coverage_what_if",
        caption=caption,
        columns=what_if_columns(n),
        rows=rows,
        page_size=len(rows),
    )
