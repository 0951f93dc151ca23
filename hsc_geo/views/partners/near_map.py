"""The map of what is near."""

import numpy as np
import pandas as pd
import streamlit as st

from hsc_geo.analysis.explore import facet_index
from hsc_geo.analysis.near import to_degrees
from hsc_geo.analysis.serving import DISTRICT, NEIGHBOURHOOD
from hsc_geo.views.kit.html import markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.maps.common import FARTHEST_RING, POINT, clicked_point, draw_map, map_words, theme
from hsc_geo.views.maps.frame import MapAssets, MapUpdate
from hsc_geo.views.maps.legend import legend
from hsc_geo.views.maps.points import degrees_text, point_of
from hsc_geo.views.partners.answers import NearAnswer
from hsc_geo.views.partners.choices import RADIUS, NearChoice
from hsc_geo.views.partners.start_point import set_place

MAP_KEY = "hsc_near_map"


def _clicked(n: Names, state: PageState) -> None:
    """A click on the map is the place to measure from, where it lies in the municipality."""
    point = clicked_point(MAP_KEY)
    if point is not None:
        text = degrees_text(*point)
        if point_of(n.package, text) is not None:
            set_place(state, "at", text)


def draw(
    n: Names, state: PageState, choice: NearChoice, answer: NearAnswer | None, assets: MapAssets
) -> None:
    """The map with its title and legend."""
    st.html(
        markup(
            '<p class="hsc-maptitle">{} <small>{}</small></p>',
            n.w.t("Initiatives near the chosen place"),
            map_note(n, choice, answer),
        )
    )
    update = map_update(n, choice, answer)
    draw_map(MAP_KEY, n.package, assets, update, POINT, lambda: _clicked(n, state))
    st.html(legend(n, "", None, [], pd.Series(dtype=str), NEIGHBOURHOOD))


def map_note(n: Names, choice: NearChoice, answer: NearAnswer | None) -> str:
    """What a click does, and what the sign and the rings are."""
    w = n.w
    if answer is None:
        return w.t("click on the map to choose a place")
    if ring(choice):
        return w.t(
            "×: the chosen place; rings of {n} metres round it and round each initiative",
            n=w.number(ring(choice)),
        )
    return w.t("×: the chosen place; click on the map for another")


def ring(choice: NearChoice) -> int:
    """Metres of the ring on the map round the place that was chosen, 0 for none."""
    return choice.radius if choice.by == RADIUS and choice.radius <= FARTHEST_RING else 0


def map_update(n: Names, choice: NearChoice, answer: NearAnswer | None) -> MapUpdate:
    """The initiatives near the place with those of its area, and the place as a mark."""
    ids = [*(key for key, _ in answer.found.placed), *answer.found.area_only] if answer else []
    marks: list[dict[str, object]] = []
    if answer:
        latitude, longitude = to_degrees(answer.point)
        marks = [{"at": [round(latitude, 5), round(longitude, 5)], "sign": "×", "radius": ring(choice)}]
    whole = choice.place and n.package.areas.at[choice.place, "level"] == DISTRICT
    return MapUpdate(
        level=DISTRICT if whole else NEIGHBOURHOOD,
        lang=n.w.code,
        theme=theme(),
        visible=np.isin(np.array(facet_index(n.package).ids), ids),
        selected=choice.place,
        words=map_words(n.w),
        marks=marks,
    )
