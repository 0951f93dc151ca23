"""What the pages beside ours share: the same districts, figure and initiatives, and the pills that filter them."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from hsc_geo.analysis.figures import values
from hsc_geo.data.load import Package, load
from hsc_geo.domain.schema_register import LOCATION

FIGURE = ("50150NED-Overgewicht", 2024, "18plus")
FIGURE_NAME = "Overgewicht (%)"
CENTRE = (52.156, 4.49)
ZOOM = 12  # of maps with tiles of 512 pixels; of folium's it is one more
HEIGHT = 620
AMBITIONS = ["A1", "A2", "A3", "A4"]


@st.cache_resource
def data() -> tuple[dict[str, Any], pd.DataFrame, pd.DataFrame]:
    """Read once: the districts to draw, their figure, and the initiatives with a point (WGS84) for each: the first of
    its places with one, else the middle of the area that it serves."""
    package: Package = load()
    districts = [f for f in package.drawing["features"] if f["properties"]["level"] == "district"]
    figure = values(package, *FIGURE, "district")["value"].rename_axis("area_code").reset_index()
    return {"type": "FeatureCollection", "features": districts}, figure, _with_points(package)


def _with_points(package: Package) -> pd.DataFrame:
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
    return rows


def pills() -> list[str]:
    """The filter, where ours has it."""
    with st.sidebar:
        return st.pills("Ambitie", AMBITIONS, selection_mode="multi", key="w_amb")


def filtered() -> pd.DataFrame:
    """The initiatives that fit the pills, with their number on the page."""
    register, chosen = data()[2], pills()
    shown = register
    if chosen:
        shown = register[[bool(set(codes.split("|")) & set(chosen)) for codes in register["ambition_codes"]]]
    st.write(f"{len(shown)} initiatieven")
    return shown
