"""The map of what is near, drawn to where one asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
import streamlit as st

from hsc_geo.analysis.explore import facet_index
from hsc_geo.analysis.near import to_degrees
from hsc_geo.analysis.serving import DISTRICT, NEIGHBOURHOOD
from hsc_geo.data.load import Package
from hsc_geo.views.kit.html import markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.maps.common import FARTHEST_RING, POINT, clicked_point, draw_map, map_words, theme
from hsc_geo.views.maps.frame import MapAssets, MapUpdate
from hsc_geo.views.maps.legend import legend
from hsc_geo.views.maps.points import degrees_text, point_of
from hsc_geo.views.partners import answers
from hsc_geo.views.partners.answers import Everywhere, NearAnswer
from hsc_geo.views.partners.box import set_start
from hsc_geo.views.partners.choices import RADIUS, NearChoice

MAP_KEY = "hsc_near_map"
AROUND = 500  # metres round a place that are in sight at least
FARTHEST = 1500  # metres: what lies farther off does not widen the map, but for the nearest
IN_SIGHT = 5  # of the nearest, so many are in sight


def _clicked(n: Names, state: PageState) -> None:
    """A click on the map is the place to measure from, where it lies in the municipality."""
    point = clicked_point(MAP_KEY)
    if point is not None:
        text = degrees_text(*point)
        if point_of(n.package, text) is not None:
            set_start(state, "at", text)


def draw(
    n: Names, state: PageState, choice: NearChoice, found: NearAnswer | Everywhere, assets: MapAssets
) -> None:
    """The map with its line of explanation and its legend."""
    update = map_update(n, choice, found, state["sel"])
    draw_map(MAP_KEY, n.package, assets, update, POINT, lambda: _clicked(n, state))
    st.html(markup('<p class="hsc-quiet">{}</p>', map_note(n, choice, found)))
    st.html(legend(n, "", None, [], pd.Series(dtype=str), NEIGHBOURHOOD))


def map_note(n: Names, choice: NearChoice, found: NearAnswer | Everywhere) -> str:
    """What a click does, and what the sign and the rings are."""
    w = n.w
    if isinstance(found, Everywhere):
        return w.t("Click on the map to choose a place.")
    if ring(choice):
        return w.t("×: the chosen place, with a ring of {n} metres.", n=w.number(ring(choice)))
    return w.t("×: the chosen place; click on the map for another.")


def ring(choice: NearChoice) -> int:
    """Metres of the ring on the map round the place that was chosen, 0 for none."""
    return choice.radius if choice.by == RADIUS and choice.radius <= FARTHEST_RING else 0


def map_update(n: Names, choice: NearChoice, found: NearAnswer | Everywhere, selected: str = "") -> MapUpdate:
    """The initiatives of the list with the one that is selected, and the place as a mark."""
    ids: Sequence[str] = ()
    marks: list[dict[str, object]] = []
    if isinstance(found, NearAnswer):
        ids = [each.id for each in answers.shown(found, choice)]
        latitude, longitude = to_degrees(found.start.point)
        marks = [{"at": [round(latitude, 5), round(longitude, 5)], "sign": "×", "radius": ring(choice)}]
    else:
        ids = found.ids
    whole = choice.place and n.package.areas.at[choice.place, "level"] == DISTRICT
    return MapUpdate(
        level=DISTRICT if whole else NEIGHBOURHOOD,
        lang=n.w.code,
        theme=theme(),
        visible=np.isin(np.array(facet_index(n.package).ids), ids),
        selected=selected or choice.place,
        words=map_words(n),
        marks=marks,
        sight=sight(n.package, choice, found) if isinstance(found, NearAnswer) else (),
    )


def sight(package: Package, choice: NearChoice, found: NearAnswer) -> tuple[tuple[float, float], ...]:
    """The corners (latitude, longitude) of the part of the city to look at: the chosen area, or the surroundings of the
    point with the nearest of the list in them."""
    start = found.start
    if choice.place:
        return _corners(package.geometry.at[choice.place, "geometry"].bounds)
    x, y = start.point
    far = sorted(each.metres for each in found.found.found if each.metres is not None)[:IN_SIGHT]
    reach = max([AROUND, ring(choice), *far[:1], *(metres for metres in far if metres <= FARTHEST)])
    return _corners((x - reach, y - reach, x + reach, y + reach))


def _corners(box: Iterable[float]) -> tuple[tuple[float, float], ...]:
    west, south, east, north = box
    return tuple(
        (round(lat, 5), round(lon, 5)) for lat, lon in (to_degrees((west, south)), to_degrees((east, north)))
    )
