"""The plain way, as it is done in most examples: folium.Choropleth with its legend, one folium.Marker with a popup per
initiative, the map made again at every change of the filter, and st_folium as it comes.

It draws the same districts from the same simplified boundaries, the same figure and the same initiatives, each once. It
has no tables, panel, texts or counts. Run by the benchmarks: `streamlit run benchmarks/plain_page.py`, with the folder
of the data in HSC_DATA.
"""

import html
from typing import Any

import folium
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from benchmarks.peer_data import CENTRE, FIGURE_NAME, HEIGHT, ZOOM, data, filtered


def popup(row: Any) -> folium.Popup:
    """What a click on a marker shows."""
    text = (
        f"<b>{html.escape(row.name)}</b><br>{html.escape(row.organisation)}<br>"
        f"{html.escape(row.description_nl)}<br>"
        f'<a href="{html.escape(row.source_url)}" target="_blank">{html.escape(row.source_publisher)}</a>'
    )
    return folium.Popup(text, max_width=300)


def make_map(districts: dict[str, Any], figure: pd.DataFrame, rows: pd.DataFrame) -> folium.Map:
    """The whole map: tiles, choropleth, legend and markers."""
    result = folium.Map(location=CENTRE, zoom_start=ZOOM + 1)
    folium.Choropleth(
        geo_data=districts,
        data=figure,
        columns=["area_code", "value"],
        key_on="feature.properties.area_code",
        fill_color="YlOrRd",
        fill_opacity=0.7,
        line_opacity=0.4,
        legend_name=FIGURE_NAME,
    ).add_to(result)
    row: Any
    for row in rows.itertuples():
        folium.Marker((row.lat, row.lon), popup=popup(row)).add_to(result)
    return result


st.set_page_config(layout="wide")
st.title("Kaart")
districts, figure, _ = data()
st_folium(make_map(districts, figure, filtered()), height=HEIGHT, use_container_width=True)
