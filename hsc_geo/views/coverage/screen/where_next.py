"""Where next: the neighbourhoods in which new places reach most need, and a change tried out, before and after."""

from __future__ import annotations

import numpy as np
import streamlit as st

from hsc_geo.analysis.classify import Classes, classify
from hsc_geo.analysis.explore import facet_index
from hsc_geo.analysis.need import NeedError
from hsc_geo.analysis.serving import NEIGHBOURHOOD
from hsc_geo.analysis.what_if import Change, point_in
from hsc_geo.analysis.where_next import WhereNext
from hsc_geo.domain.crs import RD, WGS84, transformer
from hsc_geo.views.coverage.answers.near import near
from hsc_geo.views.coverage.answers.where_next import Next, change_of, where_next
from hsc_geo.views.coverage.calls import calls
from hsc_geo.views.coverage.choices import INDEX, CoverageChoice
from hsc_geo.views.coverage.screen import what_if
from hsc_geo.views.coverage.screen.choosing import line
from hsc_geo.views.coverage.screen.composition import show_left_out
from hsc_geo.views.coverage.screen.controls import show_places
from hsc_geo.views.coverage.words.composition import error_text
from hsc_geo.views.coverage.words.need_map import one_legend, one_value, short_title
from hsc_geo.views.coverage.words.page import say_counted
from hsc_geo.views.coverage.words.where_next import method_texts, next_table, said
from hsc_geo.views.kit import in_python
from hsc_geo.views.kit.answer import answer, say
from hsc_geo.views.kit.html import items, markup, quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.table import Clicks, Display, table
from hsc_geo.views.maps.colours import ramp
from hsc_geo.views.maps.common import (
    FARTHEST_RING,
    POINT,
    clicked_point,
    draw_map,
    map_words,
    theme,
)
from hsc_geo.views.maps.frame import MapAssets, MapUpdate

MAP_KEY = "hsc_next_map"


def draw(n: Names, state: PageState, choice: CoverageChoice, assets: MapAssets) -> None:
    """The best neighbourhoods on the map and as a list, how they are found, and a change tried out."""
    try:
        found = where_next(n, choice)
    except NeedError as error:
        with answer():
            say(error_text(n, error))
            line(n, state, choice)
        return
    with answer():
        say(said(n, found, choice), say_counted(n, choice))
        line(n, state, choice)
        show_left_out(n, choice)
        left, right = st.columns([0.58, 0.42], gap="medium")
        with left:
            _map(n, state, found, choice, assets)
        with right:
            _options(n, state, found)
            in_python.fold(n, "next", lambda: calls(n, choice))
            show_places(n, near(n, choice).found)
            st.html(items(method_texts(n, found, choice), "hsc-quiet"))
    what_if.draw(n, state, choice)


def _options(n: Names, state: PageState, found: Next) -> None:
    if found.found is None or not found.found.options:
        return
    _table(n, state, found.found)
    best = found.found.options[0]

    def try_out() -> None:
        state.set("add", list(best.codes))

    st.button(n.w.t("Try the first one out below"), key="next_try", on_click=try_out)


def _table(n: Names, state: PageState, found: WhereNext) -> None:
    w, shown = n.w, next_table(n, found)
    table(
        w,
        "coverage_next",
        shown,
        Display(page=state.number("page"), page_size=10, compact=True),
        Clicks(page=lambda page: state.set("page", str(page))),
    )
    if found.more:
        text = w.t(
            "There are more than {n} choices within 2%: the differences between them mean nothing.",
            n=len(shown.rows),
        )
        st.html(quiet(text))


def _map(n: Names, state: PageState, answer: Next, choice: CoverageChoice, assets: MapAssets) -> None:
    w, index = n.w, answer.need.table["index"]
    one = classify(index, "quantiles", 5)
    rest = w.t("number: the best choice; +: tried out; click to try a place")
    title = w.t("Need, and where a place could come")
    st.html(markup('<p class="hsc-maptitle">{} <small>{}</small></p>', title, rest))
    draw_map(
        MAP_KEY, n.package, assets, map_update(n, answer, choice, one), POINT, lambda: _clicked(n, state)
    )
    st.html(one_legend(n, INDEX, one, index))


def map_update(n: Names, answer: Next, choice: CoverageChoice, one: Classes) -> MapUpdate:
    """Need by neighbourhood, known places that stay, the best new ones as numbers, those tried out as +."""
    stays, index = set(answer.fit) - set(choice.tried.removed), answer.need.table["index"]
    return MapUpdate(
        level=NEIGHBOURHOOD,
        lang=n.w.code,
        theme=theme(),
        title=short_title(n, INDEX),
        classes={str(code): int(i) for code, i in one.assigned.items() if i >= 0},
        colors=ramp(one.k),
        text={str(code): one_value(n, INDEX, value) for code, value in index.items()},
        visible=np.isin(np.array(facet_index(n.package).ids), list(stays)),
        selected="",
        words=map_words(n),
        radius=choice.distance if choice.distance <= FARTHEST_RING else 0,
        marks=marks(n, change_of(n.package, choice.tried), answer.found),
    )


def marks(n: Names, change: Change, found: WhereNext | None) -> list[dict[str, object]]:
    """New places as the map draws them, WGS84; those tried out last, so that they lie on top."""
    best = (
        [point_in(n.package, code) for code in found.options[0].codes]
        if found is not None and found.options
        else []
    )
    signed = [(point, str(i)) for i, point in enumerate(best, 1) if point not in change.added]
    signed += [(point, "+") for point in change.added]
    x, y = (np.array([point[i] for point, _ in signed]) for i in (0, 1))
    longitudes, latitudes = transformer(RD, WGS84).transform(x, y)
    places = zip(latitudes, longitudes, signed, strict=True)
    return [
        {"at": [round(float(lat), 5), round(float(lon), 5)], "sign": sign} for lat, lon, (_, sign) in places
    ]


def _clicked(n: Names, state: PageState) -> None:
    """A click adds a place to try out, where there is room for one and it lies in the municipality."""
    point = clicked_point(MAP_KEY)
    if point is not None:
        what_if.add_point(n.package, state, *point)
