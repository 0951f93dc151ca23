"""The country as a choropleth, as peers draw it: the way, the level and the boundaries come from the environment."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from benchmarks.nation_look import BOUNDARIES, COLOURS, INDICATOR, LEVEL, NONE, WAY, YEARS
from hsc_geo.data.nation.reading import DEFAULT_FOLDER, figures, load_nation

CENTRE, ZOOM, HEIGHT = (52.2, 5.3), 7, 560


@cache
def boundaries() -> dict[str, Any]:
    """The simplified boundaries, read once a process."""
    return json.loads(Path(os.environ[BOUNDARIES]).read_text())


@cache
def coloured(year: int) -> pd.Series:
    """A colour for each area, in five classes of as many areas."""
    values = figures(load_nation(DEFAULT_FOLDER), INDICATOR, year, "18plus", os.environ[LEVEL])["value"]
    edges = np.nanquantile(values, [0.2, 0.4, 0.6, 0.8])
    number = np.searchsorted(edges, values)
    return pd.Series(
        np.where(values.isna(), NONE, np.array(COLOURS)[np.minimum(number, 4)]), index=values.index
    )


def folium_map(year: int, canvas: bool) -> None:
    """Plain folium: one GeoJson with a style for each area."""
    import folium
    from streamlit_folium import st_folium

    fill = coloured(year).to_dict()
    drawn = folium.Map(CENTRE, zoom_start=ZOOM, tiles=None, prefer_canvas=canvas, zoom_control=False)
    style = {"weight": 0.3, "color": "#ffffff", "fillOpacity": 1}
    folium.GeoJson(
        boundaries(),
        style_function=lambda each: {**style, "fillColor": fill.get(each["properties"]["code"], NONE)},
        tooltip=folium.GeoJsonTooltip(["name"]),
    ).add_to(drawn)
    st_folium(drawn, key="map", height=HEIGHT, use_container_width=True, returned_objects=[])


def pydeck_map(year: int) -> None:
    """A GeoJsonLayer of deck.gl, by WebGL."""
    import pydeck as pdk

    fill = {code: [int(text[i : i + 2], 16) for i in (1, 3, 5)] for code, text in coloured(year).items()}
    features = [
        {
            **each,
            "properties": {**each["properties"], "fill": fill.get(each["properties"]["code"], [216] * 3)},
        }
        for each in boundaries()["features"]
    ]
    layer = pdk.Layer(
        "GeoJsonLayer",
        {"type": "FeatureCollection", "features": features},
        get_fill_color="properties.fill",
        stroked=False,
        pickable=True,
    )
    view = pdk.ViewState(latitude=CENTRE[0], longitude=CENTRE[1], zoom=ZOOM - 1)
    deck = pdk.Deck([layer], initial_view_state=view, map_provider=None, tooltip={"text": "{name}"})
    st.pydeck_chart(deck, height=HEIGHT)


def plotly_map(year: int) -> None:
    """A choropleth_map of plotly, by WebGL too."""
    import plotly.express as px

    table = coloured(year).rename("fill").rename_axis("code").reset_index()
    chart = px.choropleth_map(
        table,
        geojson=boundaries(),
        featureidkey="properties.code",
        locations="code",
        color="fill",
        color_discrete_map={each: each for each in (*COLOURS, NONE)},
        map_style="white-bg",
        center={"lat": CENTRE[0], "lon": CENTRE[1]},
        zoom=ZOOM - 1,
        height=HEIGHT,
    )
    chart.update_traces(marker_line_width=0)
    st.plotly_chart(chart.update_layout(showlegend=False), key="map")


WAYS = {
    "folium": lambda year: folium_map(year, False),
    "canvas": lambda year: folium_map(year, True),
    "pydeck": pydeck_map,
    "plotly": plotly_map,
}
st.set_page_config(layout="wide")
chosen = st.segmented_control("Year", YEARS, default=YEARS[0], required=True, key="w_years")
with st.container(key="hsc_hero_map"):
    WAYS[os.environ[WAY]](int(chosen))
