"""Boundaries to compute with (full resolution, EPSG:28992) and to draw (simplified, WGS84, five decimals).

All drawn areas come from one simplified coverage, so that neighbours share their borders and parts fit their whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from hsc_geo.domain.areas import LEVELS
from hsc_geo.domain.crs import RD, WGS84, require_crs, transformer
from hsc_geo.sources.boundaries import Boundaries

TOLERANCE = 12.0  # metres; square root of the area of the smallest corner that is kept
WIDEST_SLIVER = 25.0  # metres; gaps between source layers up to this width are closed before drawing
MENDINGS = 5  # at most; a narrow neck that is cut may leave another
DECIMALS = 5  # of a degree: 1.1 m


def full_geometry(boundaries: Boundaries) -> gpd.GeoDataFrame:
    """area_code, level and geometry (EPSG:28992) of all areas but the country.

    The municipality is the union of its districts.
    """
    layers = {
        "district": boundaries.districts.geometry,
        "neighbourhood": boundaries.neighbourhoods.geometry,
        "surrounding": boundaries.surroundings.geometry,
    }
    for level, layer in layers.items():
        require_crs(layer, RD, level)
    whole = shapely.coverage_union_all(boundaries.districts.geometry.to_numpy())
    parts = [_layer([boundaries.municipality_code], "municipality", [whole])]
    parts += [_layer(list(layer.index), level, layer.to_numpy()) for level, layer in layers.items()]
    table = pd.concat(parts).sort_values("area_code", ignore_index=True)
    geometry = shapely.normalize(table.pop("geometry").to_numpy())
    return gpd.GeoDataFrame(table, geometry=geometry, crs=RD)


def _layer(codes: Sequence[str], level: str, geometry: Iterable[BaseGeometry]) -> pd.DataFrame:
    return pd.DataFrame({"area_code": codes, "level": level, "geometry": np.asarray(geometry, dtype=object)})


def drawing(boundaries: Boundaries, areas: Iterable[Mapping[str, str]]) -> dict[str, Any]:
    """The GeoJSON to draw: one feature an area, largest levels first, with area_code, level, name, parent_code."""
    shapes = _simplified(boundaries)
    features = [_feature(row, shapes[row["area_code"]]) for row in areas if row["area_code"] in shapes]
    order = {level: number for number, level in enumerate(("surrounding", *LEVELS))}
    features.sort(key=lambda f: (order[f["properties"]["level"]], f["properties"]["area_code"]))
    return {"type": "FeatureCollection", "features": features}


def drawing_text(collection: Mapping[str, Any]) -> str:
    """The GeoJSON as text, one feature a line."""
    lines = [
        json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in collection["features"]
    ]
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"


def _simplified(boundaries: Boundaries) -> dict[str, BaseGeometry]:
    """Simplified shapes in WGS84 by area code."""
    leaves = boundaries.neighbourhoods
    around = boundaries.surroundings
    together = np.concatenate([leaves.geometry.to_numpy(), around.geometry.to_numpy()])
    # The surroundings come from another layer, metres off in places: close the slivers, then simplify as one.
    joined = shapely.coverage_clean(together, gap_width=WIDEST_SLIVER)
    simple = _sound(_to_degrees(shapely.coverage_simplify(joined, TOLERANCE)))
    shapes = dict(zip([*leaves.index, *around.index], simple, strict=True))
    for code in boundaries.districts.index:
        parts = [shapes[leaf] for leaf in leaves.index[leaves["parent_code"] == code]]
        shapes[code] = shapely.coverage_union_all(parts)
    shapes[boundaries.municipality_code] = shapely.coverage_union_all([shapes[leaf] for leaf in leaves.index])
    return {str(code): shapely.normalize(shape) for code, shape in shapes.items()}


def _sound(shapes: np.ndarray) -> np.ndarray:
    """The shapes in degrees, those that rounding made cross themselves mended: all together, and rounded again."""
    for _ in range(MENDINGS):
        if shapely.is_valid(shapes).all():
            break
        cleaned = shapely.coverage_clean(shapes)
        shapes = shapely.transform(cleaned, lambda points: np.round(points, DECIMALS))
    return shapes


def _to_degrees(geometry: Any) -> Any:
    """Geometry in WGS84 (longitude, latitude), rounded. Shared corners stay shared, since all are rounded alike."""
    to_wgs84 = transformer(RD, WGS84)

    def convert(points: np.ndarray) -> np.ndarray:
        return np.round(np.column_stack(to_wgs84.transform(points[:, 0], points[:, 1])), DECIMALS)

    return shapely.transform(geometry, convert)


def _feature(row: Mapping[str, str], shape: BaseGeometry) -> dict[str, Any]:
    properties = {name: row[name] for name in ("area_code", "level", "name", "parent_code")}
    geometry = json.loads(shapely.to_geojson(shapely.orient_polygons(shape)))
    return {"type": "Feature", "id": row["area_code"], "properties": properties, "geometry": geometry}
