"""The plain way, as it is done in most examples: folium.Choropleth with its legend, one folium.Marker with a popup per
initiative, the map made again at every change of the filter, and st_folium as it comes.

It draws the same districts from the same simplified boundaries, the same figure and the same initiatives, each once: at
the first of its places with a point, else in the middle of the area that it serves. It has no tables, panel, texts or
counts. Run by the benchmarks: `streamlit run benchmarks/plain_page.py`, with the folder of the data in HSC_DATA.
"""

import html
from typing import Any

import folium
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from hsc_geo.analysis.figures import values
from hsc_geo.data.load import Package, load
from hsc_geo.domain.schema_register import LOCATION

FIGURE = ("50150NED-Overgewicht", 2024, "18plus")
CENTRE = (52.156, 4.49)
AMBITIONS = ["A1", "A2", "A3", "A4"]


@st.cache_resource
def data() -> tuple[dict[str, Any], pd.DataFrame, pd.DataFrame]:
    """Read once: the districts to draw, their figure, and the initiatives with a point for each."""
    package: Package = load()
    districts = [f for f in package.drawing["features"] if f["properties"]["level"] == "district"]
    figure = values(package, *FIGURE, "district")["value"].rename_axis("area_code").reset_index()
    middle = package.geometry.representative_point().to_crs(4326)
    area = package.initiative_areas.drop_duplicates("initiative_id").set_index("initiative_id")["area_code"]
    rows = package.initiatives[package.initiatives["status"] != "ended"].join(area)
    city = package.areas.index[package.areas["level"] == "municipality"][0]
    known = rows["area_code"].where(rows["area_code"].isin(middle.index), city)  # of the region: the city's
    spots = middle.reindex(known)
    places = package.initiative_places
    places = places[(places["role"] == LOCATION) & places["latitude"].notna()]
    first = places.drop_duplicates("initiative_id").set_index("initiative_id").reindex(rows.index)
    rows["lat"] = first["latitude"].fillna(pd.Series(spots.y.to_numpy(), index=rows.index))
    rows["lon"] = first["longitude"].fillna(pd.Series(spots.x.to_numpy(), index=rows.index))
    return {"type": "FeatureCollection", "features": districts}, figure, rows


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
    result = folium.Map(location=CENTRE, zoom_start=13)
    folium.Choropleth(
        geo_data=districts,
        data=figure,
        columns=["area_code", "value"],
        key_on="feature.properties.area_code",
        fill_color="YlOrRd",
        fill_opacity=0.7,
        line_opacity=0.4,
        legend_name="Overgewicht (%)",
    ).add_to(result)
    row: Any
    for row in rows.itertuples():
        folium.Marker((row.lat, row.lon), popup=popup(row)).add_to(result)
    return result


st.set_page_config(layout="wide")
st.title("Kaart")
districts, figure, register = data()
with st.sidebar:
    chosen = st.pills("Ambitie", AMBITIONS, selection_mode="multi", key="w_amb")
shown = register
if chosen:
    shown = register[[bool(set(codes.split("|")) & set(chosen)) for codes in register["ambition_codes"]]]
st.write(f"{len(shown)} initiatieven")
st_folium(make_map(districts, figure, shown), height=620, use_container_width=True)
