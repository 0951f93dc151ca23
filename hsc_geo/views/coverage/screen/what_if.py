"""What if: places added or taken away; reach, access and its slope over need before and after. Nothing is stored."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from hsc_geo.analysis.focus import municipality_code
from hsc_geo.analysis.need import Need
from hsc_geo.analysis.places import with_point
from hsc_geo.analysis.reach import people_of
from hsc_geo.analysis.serving import DISTRICT, NEIGHBOURHOOD
from hsc_geo.analysis.what_if import Change, Situation, WhatIf, check_change, compare, point_in
from hsc_geo.data.load import Package
from hsc_geo.domain.crs import RD, WGS84, transformer
from hsc_geo.views.coverage.screen.known import row_name
from hsc_geo.views.coverage.screen.near import hidden_reach, places_text
from hsc_geo.views.coverage.words.slope import signed, slope_text
from hsc_geo.views.kit.components import Column, Row, table
from hsc_geo.views.kit.html import items, markup, quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.notes import refused_note
from hsc_geo.views.kit.state import PageState

MOST = 10  # places tried out at a time
_POINT = re.compile(r"(\d{1,2}\.\d{1,5}),(\d{1,2}\.\d{1,5})")


def chosen(package: Package, state: PageState) -> Change:
    """The change that the address holds; points that cannot be are left out."""
    points = [point for point in (point_of(package, text) for text in state.many("at")) if point is not None]
    added = [*(point_in(package, code) for code in state.many("add")), *points]
    return Change(tuple(added[:MOST]), tuple(state.many("less")))


def point_of(package: Package, text: str) -> tuple[float, float] | None:
    """`52.16000,4.49000` (latitude, longitude, WGS84) as x, y in metres of EPSG:28992; None where it is no such text or
    lies outside the municipality."""
    found = _POINT.fullmatch(text)
    if not found:
        return None
    latitude, longitude = map(float, found.groups())
    x, y = transformer(WGS84, RD).transform(longitude, latitude)
    try:
        check_change(package, Change(((float(x), float(y)),)))
    except ValueError:
        return None
    return float(x), float(y)


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


def slope_texts(n: Names, found: WhatIf) -> list[str]:
    """How access differs with need before and after, and what was taken away in vain."""
    w = n.w
    if found.before.slope is None or found.after.slope is None:
        texts = [
            w.t(
                "How access differs with need cannot be computed: too few neighbourhoods have an index of need."
            )
        ]
    else:
        texts = [
            w.t("Before. {told}", told=_slope(n, found.before)),
            w.t("After. {told}", told=_slope(n, found.after)),
        ]
    names = [n.initiative(key) for key in found.idle]
    if names:
        texts.append(
            w.t(
                "Not among those that count here, so taking away changes nothing: {names}.",
                names=", ".join(names),
            )
        )
    return texts


def _slope(n: Names, of: Situation) -> str:
    """The slope; without places it is no finding of 0."""
    if of.slope is None or not of.access.placed:
        return n.w.t(
            "How access differs with need cannot be computed: no initiative that fits has a known place."
        )
    return slope_text(n, of.slope, NEIGHBOURHOOD)


def what_if_columns(n: Names) -> list[Column]:
    """Columns that go with `what_if_rows`."""
    w = n.w
    labels = [
        w.t("Reached now, at least"),
        w.t("With the change"),
        w.t("Difference"),
        w.t("Access now, per 1,000"),
        w.t("Access with the change"),
    ]
    numbers = [Column(f"c{i}", label, numeric=True, sortable=False) for i, label in enumerate(labels)]
    return [Column("name", w.t("District"), sortable=False), *numbers]


def what_if_rows(n: Names, found: WhatIf) -> list[Row]:
    """A row per district, and the city last; small counts are not shown."""
    before, after = found.before, found.after
    gone = hidden_reach(before.reach)["reached"] | hidden_reach(after.reach)["reached"]
    rows = [
        _row(n, row_name(n, str(code), DISTRICT), (before.reach.table.loc[code], after.reach.table.loc[code]),
             (before.access.table.loc[code], after.access.table.loc[code]), bool(gone[code]))
        for code in before.reach.table.index
    ]  # fmt: skip
    whole = n.w.t("{city} as a whole", city=n.area(municipality_code(n.package)))
    city = (before.reach.city, after.reach.city), (before.access.city, after.access.city)
    return [*rows, _row(n, whole, *city, False)]


def _row(n: Names, name: str, reach: tuple[Any, Any], access: tuple[Any, Any], gone: bool) -> Row:
    """reach, access: a line of the table before, and after; gone: the numbers of residents may not be shown."""
    w = n.w
    now, then = (each["reached"] for each in reach)
    if pd.isna(now):
        return Row("", [name, w.t("population not known"), "–", "–", "–", "–"], {})
    moved = signed(n, round(then) - round(now))  # of what stands beside it
    numbers = [w.t("not shown"), "–", "–"] if gone else [w.number(now), w.number(then), moved]
    return Row("", [name, *numbers, *(w.number(each["access"], 3) for each in access)], {})


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
