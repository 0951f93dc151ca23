"""The same map with st.pydeck_chart: districts and points as deck.gl layers, and no map of another host behind them."""

from typing import Any

import pandas as pd
import pydeck as pdk
import streamlit as st

from benchmarks.peer_data import CENTRE, HEIGHT, ZOOM, data, filtered

PALE, DARK = (255, 255, 204), (189, 0, 38)  # the ends of YlOrRd


def coloured(districts: dict[str, Any], figure: pd.DataFrame) -> dict[str, Any]:
    """The districts with a colour each by their figure; white where there is none."""
    value = figure.set_index("area_code")["value"]
    shares = ((value - value.min()) / (value.max() - value.min())).to_dict()

    def colour(code: str) -> list[int]:
        share = shares.get(code)
        if share is None or pd.isna(share):
            return [255, 255, 255]
        return [round(low + share * (high - low)) for low, high in zip(PALE, DARK, strict=True)]

    features = [
        {**each, "properties": {**each["properties"], "fill": colour(each["properties"]["area_code"])}}
        for each in districts["features"]
    ]
    return {**districts, "features": features}


def deck(districts: dict[str, Any], figure: pd.DataFrame, rows: pd.DataFrame) -> pdk.Deck:
    """The whole map."""
    areas = pdk.Layer(
        "GeoJsonLayer",
        coloured(districts, figure),
        get_fill_color="properties.fill",
        get_line_color=[80, 80, 80],
        line_width_min_pixels=1,
        opacity=0.7,
    )
    points = pdk.Layer(
        "ScatterplotLayer",
        rows[["lon", "lat", "name", "organisation", "description_nl"]],
        get_position=["lon", "lat"],
        get_fill_color=[11, 85, 99],
        radius_min_pixels=6,
        radius_max_pixels=6,
        pickable=True,
    )
    view = pdk.ViewState(latitude=CENTRE[0], longitude=CENTRE[1], zoom=ZOOM)
    tooltip = {"html": "<b>{name}</b><br>{organisation}<br>{description_nl}"}
    return pdk.Deck([areas, points], initial_view_state=view, map_provider=None, tooltip=tooltip)


st.set_page_config(layout="wide")
districts, figure, _ = data()
st.pydeck_chart(deck(districts, figure, filtered()), height=HEIGHT)
