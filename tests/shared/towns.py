"""A made-up town in a package: neighbourhoods of 1 km² side by side, places wherever a test wants them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import geopandas as gpd
import pandas as pd
import shapely
from pyproj import Transformer

from hsc_geo.data.load import Package
from hsc_geo.domain.crs import RD

CORNER = (90_000.0, 460_000.0)  # in Leiden's surroundings, RD
Place = tuple[float, float]


def rd(*places: Place) -> gpd.GeoSeries:
    """Points by metres from the corner, named P0, P1 ..."""
    shapes = [shapely.Point(CORNER[0] + x, CORNER[1] + y) for x, y in places]
    return gpd.GeoSeries(shapes, index=[f"P{i}" for i in range(len(places))], crs=RD)


def places_table(points: gpd.GeoSeries) -> pd.DataFrame:
    """The table of places of such points; the index is the initiative, which may have several."""
    back = Transformer.from_crs(28992, 4326, always_xy=True)
    lon, lat = back.transform(points.x.to_numpy(), points.y.to_numpy())
    return pd.DataFrame(
        {
            "initiative_id": list(points.index),
            "place_number": range(1, len(points) + 1),
            "role": "location",
            "venue": "",
            "address": "",
            "latitude": lat,
            "longitude": lon,
            "precision": "address",
            "confidence": "high",
            "coordinate_source": "",
            "coordinate_note": "",
        }
    )


def codes(count: int) -> list[str]:
    return [f"BU{i:08}" for i in range(count)]


def town(package: Package, people: Sequence[float | None], places: Sequence[Place] = ()) -> Package:
    """The first two neighbourhoods in one district, the others in a second; initiatives P0, P1 ... at the places."""
    names = codes(len(people))
    left, bottom = CORNER
    boxes = [
        shapely.box(left + 1000 * i, bottom, left + 1000 * (i + 1), bottom + 1000) for i in range(len(people))
    ]
    areas = pd.DataFrame(
        {
            "level": "neighbourhood",
            "parent_code": ["WK000001" if i < 2 else "WK000002" for i in range(len(people))],
            "population": pd.array(people, "Int64"),
        },
        names,
    )
    points = rd(*places)
    register = pd.DataFrame({"precision": "address"}, points.index)
    return replace(
        package,
        areas=areas,
        geometry=gpd.GeoDataFrame({"level": "neighbourhood"}, geometry=boxes, index=names, crs=RD),
        initiatives=register
        if len(register)
        else register.assign(precision=register["precision"].astype(object)),
        initiative_places=places_table(points),
        initiative_areas=pd.DataFrame({"initiative_id": [], "area_code": []}, dtype=object),
    )


def same(found: float, expected: float) -> bool:
    return math.isclose(found, expected, rel_tol=1e-9, abs_tol=1e-12)
