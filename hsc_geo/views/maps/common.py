"""What every map of the app has in common: its frame, its words, light or dark."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.views.kit.names import Names, boundary_credit, focus_names
from hsc_geo.views.kit.words import Words
from hsc_geo.views.maps.features import bounds
from hsc_geo.views.maps.frame import MapAssets, MapUpdate, base_map, update_group

HEIGHT = 620  # pixels
THING, POINT = "last_active_drawing", "last_clicked"  # as streamlit-folium calls them


@per_package(maxsize=1)
def map_config(package: Package) -> dict[str, object]:
    """What the map's frame needs once and no choice changes: bounds, focus areas, places of names, credits."""
    nl, en = (focus_names(package, Words(code)) for code in ("nl", "en"))
    (south, west), (north, east) = bounds(package)
    return {
        "bounds": [[south, west], [north, east]],
        "tileBounds": [[south - 0.03, west - 0.05], [north + 0.03, east + 0.05]],
        "zooms": [11, 17],
        "height": HEIGHT,
        "focus": [{"code": code, "label_nl": nl[code], "label_en": en[code]} for code in nl],
        "attribution": boundary_credit(package),
        "tileAttribution": "BRT Achtergrondkaart © Kadaster",
    }


def map_words(n: Names) -> dict[str, str]:
    """The texts that the map's frame shows itself."""
    w = n.w
    return {
        "map": w.t("Map of {city}. The table under the map holds the same.", city=n.here.name),
        "zoomIn": w.t("Zoom in"),
        "zoomOut": w.t("Zoom out"),
        "servesOne": w.t("{n} initiative known"),
        "servesMany": w.t("{n} initiatives known"),
        "servesNone": w.t("no initiative known"),
        "besides": w.t("beside it, for the whole city or region: {n}"),
        "city": w.t("(for the whole city)"),
        "region": w.t("(for the region)"),
        "more": w.t("and {n} more"),
        "failed": w.t("The map could not be loaded; the table below holds the same."),
    }


def theme() -> str:
    """`dark` or `light`, as the browser shows the page."""
    return "dark" if getattr(st.context.theme, "type", None) == "dark" else "light"


def draw_map(
    key: str,
    package: Package,
    assets: MapAssets,
    update: MapUpdate,
    click: str = "",
    take: Callable[[], None] | None = None,
    hero: bool = False,
) -> None:
    """The map with what this change of the screen changes on it. click: what a click gives back, THING or POINT (read
    it by `clicked_thing` and `clicked_point`), '' for none; `take` is called then. hero: it is as high as the styles of
    its page make its frame, leaves room for the legend that lies on it, and shows what is selected from nearby."""
    st_folium(
        base_map(assets, {**map_config(package), **({"hero": True} if hero else {})}),
        key=key,
        height=HEIGHT,
        use_container_width=True,
        returned_objects=[click] if click else [],
        feature_group_to_add=update_group(update),
        on_change=take,
    )


def clicked_thing(key: str) -> dict[str, Any]:
    """What the last click on the map under a key hit, as the map's script tells it; empty for nothing."""
    value = st.session_state.get(key) or {}
    return (value.get(THING) or {}).get("properties") or {}


def clicked_point(key: str) -> tuple[float, float] | None:
    """Latitude and longitude (WGS84) of the last click on the map under a key; None before any."""
    at = (st.session_state.get(key) or {}).get(POINT) or {}
    latitude, longitude = at.get("lat"), at.get("lng")
    return None if pd.isna(latitude) or pd.isna(longitude) else (float(latitude), float(longitude))


FARTHEST_RING = 1200  # metres; larger rings cover the map and say nothing
