"""The same map with plotly's choropleth_map and points on it, on its blank style, which asks no other host."""

from typing import Any

import pandas as pd
import plotly.express as px
import plotly.graph_objects as go
import streamlit as st

from benchmarks.peer_data import CENTRE, FIGURE_NAME, HEIGHT, ZOOM, data, filtered


def chart(districts: dict[str, Any], figure: pd.DataFrame, rows: pd.DataFrame) -> go.Figure:
    """The whole map."""
    result = px.choropleth_map(
        figure,
        geojson=districts,
        featureidkey="properties.area_code",
        locations="area_code",
        color="value",
        color_continuous_scale="YlOrRd",
        opacity=0.7,
        labels={"value": FIGURE_NAME},
        map_style="white-bg",
        center={"lat": CENTRE[0], "lon": CENTRE[1]},
        zoom=ZOOM,
        height=HEIGHT,
    )
    text = "<b>" + rows["name"] + "</b><br>" + rows["organisation"]
    points = go.Scattermap(
        lat=rows["lat"],
        lon=rows["lon"],
        mode="markers",
        marker={"size": 12},
        hovertext=text,
        showlegend=False,
    )
    return result.add_trace(points)


st.set_page_config(layout="wide")
districts, figure, _ = data()
st.plotly_chart(chart(districts, figure, filtered()), key="map")
