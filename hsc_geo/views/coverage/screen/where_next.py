"""Where next: the neighbourhoods in which new places reach most need, and a change tried out, before and after."""

from __future__ import annotations

import numpy as np
import streamlit as st
from streamlit_folium import st_folium

from hsc_geo.analysis.classify import Classes, classify
from hsc_geo.analysis.explore import facet_index
from hsc_geo.analysis.need import Need
from hsc_geo.analysis.reach import people_of
from hsc_geo.analysis.serving import NEIGHBOURHOOD
from hsc_geo.analysis.what_if import Change, point_in
from hsc_geo.analysis.where_next import FOUND, WhereNext, where_next
from hsc_geo.domain.crs import RD, WGS84, transformer
from hsc_geo.views.coverage import answers
from hsc_geo.views.coverage.answers import fitting
from hsc_geo.views.coverage.choices import PLACES
from hsc_geo.views.coverage.screen import what_if
from hsc_geo.views.coverage.screen.composition import controls
from hsc_geo.views.coverage.screen.controls import near_controls
from hsc_geo.views.coverage.screen.near import draw_places
from hsc_geo.views.coverage.words.composition import composed
from hsc_geo.views.coverage.words.need import one_legend, one_value
from hsc_geo.views.coverage.words.where_next import (
    _no_option,
    best_text,
    method_texts,
    next_columns,
    option_row,
)
from hsc_geo.views.kit.controls import segments
from hsc_geo.views.kit.html import items, markup, quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.table import table
from hsc_geo.views.maps.colours import ramp
from hsc_geo.views.maps.common import FARTHEST_RING, HEIGHT, clicked_point, map_config, map_words, theme
from hsc_geo.views.maps.frame import MapAssets, MapUpdate, base_map, update_group

MAP_KEY = "hsc_next_map"


def draw(n: Names, state: PageState, ids: tuple[str, ...], assets: MapAssets) -> None:
    """Choices, the best neighbourhoods, the map, and the change tried out."""
    w = n.w
    st.header(w.t("Where next"), anchor=False)
    near_controls(n, state)
    controls(n, state)
    need, why = composed(n, state, NEIGHBOURHOOD)
    if need is None:
        st.info(why)
        return
    segments(state, "places", w.t("Number of new places"), {each: each for each in PLACES})
    fit = fitting(n, state, ids)
    draw_places(n, fit, int(state["dist"]), people_of(state["rlife"]))
    found = _found(n, state, fit, need)
    change = answers.chosen(n.package, state)
    left, right = st.columns([0.56, 0.44], gap="medium")
    with left:
        _map(n, state, fit, need, found, assets)
    with right:
        _answer(n, state, found)
    st.html(items(method_texts(n, need, found, state["ramb"], state["rlife"])))
    what_if.draw(n, state, fit, need, change)


def _found(n: Names, state: PageState, fit: tuple[str, ...], need: Need) -> WhereNext | None:
    """None where need is zero everywhere, so that no place is better than another."""
    weights = need.table["index"] / 100
    if not (weights > 0).any():
        return None
    return where_next(
        n.package, fit, int(state["dist"]), int(state["places"]), weights, people_of(state["rlife"])
    )


def _answer(n: Names, state: PageState, found: WhereNext | None) -> None:
    w = n.w
    if found is None:
        st.info(
            w.t(
                "No neighbourhood has an index of need under these choices, so no place is better than another."
            )
        )
        return
    if found.outcome != FOUND:
        st.info(_no_option(n, state, found))
        return
    st.html(markup('<p aria-live="polite" id="best">{}</p>', best_text(n, found)))
    rows = [option_row(n, i, option) for i, option in enumerate(found.options, 1)]
    w_caption = w.tn(
        "The best choice; no other comes within 2% of it",
        "The best choices, all within 2% of the first",
        len(rows),
    )
    table(w, key="coverage_next", caption=w_caption, columns=next_columns(n), rows=rows, page_size=10,
          page=int(state["page"]), on_page=lambda page: state.set("page", str(page)))  # fmt: skip
    if found.more:
        st.html(
            quiet(
                w.t(
                    "There are more than {n} choices within 2%: the differences between them mean nothing.",
                    n=len(rows),
                )
            )
        )

    def try_out() -> None:
        state.set("add", list(found.options[0].codes))

    st.button(w.t("Try the first one out below"), key="next_try", on_click=try_out)


def _map(
    n: Names, state: PageState, fit: tuple[str, ...], need: Need, found: WhereNext | None, assets: MapAssets
) -> None:
    w = n.w
    one = classify(need.table["index"], "quantiles", 5)
    rest = w.t("numbers: the best choice; + tried out. Click on the map to try a place.")
    st.html(
        markup(
            '<p class="hsc-maptitle">{} <small>{}</small></p>',
            w.t("Need, and where a place could come"),
            rest,
        )
    )
    st_folium(
        base_map(assets, map_config(n.package)),
        key=MAP_KEY,
        height=HEIGHT,
        use_container_width=True,
        returned_objects=["last_clicked"],
        feature_group_to_add=update_group(map_update(n, state, fit, need, one, found)),
        on_change=lambda: _clicked(n, state),
    )
    st.html(one_legend(n, "need", one, need.table["index"]))


def map_update(
    n: Names, state: PageState, fit: tuple[str, ...], need: Need, one: Classes, found: WhereNext | None
) -> MapUpdate:
    """Need by neighbourhood, known places that stay, the best new ones as numbers, those tried out as +."""
    w, distance = n.w, int(state["dist"])
    stays = set(fit) - set(state.many("less"))
    return MapUpdate(
        level=NEIGHBOURHOOD,
        lang=w.code,
        theme=theme(),
        title=w.t("Need"),
        classes={str(code): int(i) for code, i in one.assigned.items() if i >= 0},
        colors=ramp(one.k),
        text={str(code): one_value(n, "need", value) for code, value in need.table["index"].items()},
        visible=np.isin(np.array(facet_index(n.package).ids), list(stays)),
        selected="",
        words=map_words(w),
        radius=distance if distance <= FARTHEST_RING else 0,
        marks=marks(n, answers.chosen(n.package, state), found),
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
