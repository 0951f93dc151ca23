"""The map of what is near."""

import numpy as np
import pandas as pd
import streamlit as st

from hsc_geo.analysis.explore import facet_index
from hsc_geo.analysis.near import Near, Point, to_degrees
from hsc_geo.analysis.serving import DISTRICT, NEIGHBOURHOOD
from hsc_geo.views.kit.html import markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.maps.common import (
    FARTHEST_RING,
    POINT,
    clicked_point,
    draw_map,
    map_words,
    theme,
)
from hsc_geo.views.maps.frame import MapAssets, MapUpdate
from hsc_geo.views.maps.legend import legend
from hsc_geo.views.maps.points import degrees_text, point_of
from hsc_geo.views.partners.choices import RADIUS
from hsc_geo.views.partners.start_point import set_place

MAP_KEY = "hsc_near_map"


def _clicked(n: Names, state: PageState) -> None:
    """A click on the map is the place to measure from, where it lies in the municipality."""
    point = clicked_point(MAP_KEY)
    if point is not None:
        text = degrees_text(*point)
        if point_of(n.package, text) is not None:
            set_place(state, "at", text)


def _map(n: Names, state: PageState, point: Point | None, found: Near | None, assets: MapAssets) -> None:
    w = n.w
    st.html(
        markup(
            '<p class="hsc-maptitle">{} <small>{}</small></p>',
            w.t("Initiatives near the chosen place"),
            map_note(n, state, point),
        )
    )
    draw_map(
        MAP_KEY, n.package, assets, map_update(n, state, point, found), POINT, lambda: _clicked(n, state)
    )
    st.html(legend(n, "", None, [], pd.Series(dtype=str), NEIGHBOURHOOD))


def map_note(n: Names, state: PageState, point: Point | None) -> str:
    """What a click does, and what the sign and the rings are."""
    w = n.w
    if point is None:
        return w.t("click on the map to choose a place")
    if ring(state):
        return w.t(
            "×: the chosen place; rings of {n} metres round it and round each initiative",
            n=w.number(ring(state)),
        )
    return w.t("×: the chosen place; click on the map for another")


def ring(state: PageState) -> int:
    """Metres of the ring on the map round the place that was chosen, 0 for none."""
    distance = state.number("dist")
    return distance if state["by"] == RADIUS and distance <= FARTHEST_RING else 0


def map_update(n: Names, state: PageState, point: Point | None, found: Near | None) -> MapUpdate:
    """The initiatives near the place with those of its area, and the place as a mark."""
    ids = [key for key, _ in found.placed] + list(found.area_only) if found else []
    marks: list[dict[str, object]] = []
    if point:
        latitude, longitude = to_degrees(point)
        marks = [{"at": [round(latitude, 5), round(longitude, 5)], "sign": "×", "radius": ring(state)}]
    whole = state["place"] and n.package.areas.at[state["place"], "level"] == DISTRICT
    return MapUpdate(
        level=DISTRICT if whole else NEIGHBOURHOOD,
        lang=n.w.code,
        theme=theme(),
        visible=np.isin(np.array(facet_index(n.package).ids), ids),
        selected=state["place"],
        words=map_words(n.w),
        marks=marks,
    )
