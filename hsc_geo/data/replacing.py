"""Where places lie in new boundaries: a point says it, so what was placed by its point follows it. Nothing that was
placed by a name is moved."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import geopandas as gpd
import shapely

from hsc_geo.data.figures import Rows
from hsc_geo.domain.crs import RD, WGS84, transformer

BY_POINT = "coordinates"  # basis of an area that an initiative serves

Where = Callable[[Mapping[str, str]], tuple[str, str]]


def follow_points(rows: dict[str, Rows], old: gpd.GeoSeries, new: gpd.GeoSeries) -> None:
    """Change, in these tables, the neighbourhood of what lies in another one now.

    old, new: neighbourhoods by area code, EPSG:28992, those that the rows were made with and the new ones. A point that
    did not lie in its area stays as it is: the rows then say more than the point does.
    """
    where = _finder(old, new)
    for row in rows["venues"]:
        before, now = where(row)
        if now and row["area_code"] == before:
            row["area_code"] = now
    points: dict[str, list[tuple[str, str]]] = {}
    for place in rows["initiative_places"]:
        points.setdefault(place["initiative_id"], []).append(where(place))
    found: dict[tuple[str, str], dict[str, str]] = {}
    for row in rows["initiative_areas"]:
        key, code = row["initiative_id"], row["area_code"]
        moved = sorted({now for before, now in points.get(key, ()) if before == code and now})
        for each in moved if moved and row["basis"] == BY_POINT else [code]:
            found.setdefault((key, each), {**row, "area_code": each})
    rows["initiative_areas"] = [found[key] for key in sorted(found)]


def _finder(old: gpd.GeoSeries, new: gpd.GeoSeries) -> Where:
    to_metres = transformer(WGS84, RD)

    def where(row: Mapping[str, str]) -> tuple[str, str]:
        """The area in which the point of a row lay, and in which it lies; "" without a point or an area."""
        if not row["latitude"]:
            return "", ""
        point = shapely.Point(to_metres.transform(float(row["longitude"]), float(row["latitude"])))
        before, now = (next(iter(layer.index[layer.covers(point)]), "") for layer in (old, new))
        return str(before), str(now)

    return where
