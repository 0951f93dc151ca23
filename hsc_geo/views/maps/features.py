"""What the map's frame fetches once: every initiative with its place or the areas it is known to, as columns."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from hsc_geo.analysis.places import places
from hsc_geo.analysis.serving import CITY, REGION, scope_codes, served_pairs
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.domain.text import carriable

DECIMALS = 5


def initiative_features(package: Package) -> dict[str, list[Any]]:
    """Columns of equal length, in the register's order.

    `points` holds [latitude, longitude] (WGS84, 5 decimals) of each place whose point is known; `wide` is `city` or
    `region` for what is there for all of it, and so counts in no district, else ''. `exact` are the areas it is known
    to when no place is known, `serves` every district and neighbourhood that it serves. No HTML: the map writes names
    as text.
    """
    register = package.initiatives
    pairs = served_pairs(package)
    serves, exact = _areas(pairs), _areas(pairs[pairs["exact"]])
    return {
        "ids": [str(key) for key in register.index],
        "names": [carriable(str(name)) for name in register["name"]],
        "points": [_points(package, str(key)) for key in register.index],
        "wide": [codes[0] if codes[0] in (CITY, REGION) else "" for codes in scope_codes(package)],
        "serves": [serves.get(key, []) for key in register.index],
        "exact": [exact.get(key, []) for key in register.index],
    }


def _areas(pairs: pd.DataFrame) -> dict[str, list[str]]:
    """Initiative -> its areas in these pairs."""
    found: dict[str, list[str]] = {}
    for key, code in zip(pairs["initiative_id"].tolist(), pairs["area_code"].tolist(), strict=True):
        found.setdefault(str(key), []).append(str(code))
    return found


def area_features(package: Package) -> dict[str, Any]:
    """The boundaries for drawing (GeoJSON, WGS84); each district and neighbourhood also says where its name can stand,
    as the property `anchor`."""
    at = anchors(package)
    features = [
        {**each, "properties": _anchored(each["properties"], at)} for each in package.drawing["features"]
    ]
    return {**package.drawing, "features": features}


def _anchored(properties: dict[str, Any], at: dict[str, list[float]]) -> dict[str, Any]:
    code = str(properties["area_code"])
    return {**properties, "anchor": at[code]} if code in at else properties


@per_package(maxsize=1)
def anchors(package: Package) -> dict[str, list[float]]:
    """[latitude, longitude] of a point inside each district and neighbourhood, where its name can stand."""
    shapes = package.geometry[package.geometry["level"].isin(["district", "neighbourhood"])]
    points = shapes.representative_point().to_crs(4326)
    return {
        str(code): [round(p.y, DECIMALS), round(p.x, DECIMALS)]
        for code, p in zip(shapes.index, points, strict=True)
    }


@per_package(maxsize=1)
def bounds(package: Package) -> list[list[float]]:
    """[[south, west], [north, east]] of the municipality, WGS84."""
    shape = package.geometry[package.geometry["level"] == "municipality"].to_crs(4326)
    west, south, east, north = shape.total_bounds
    return [[float(south), float(west)], [float(north), float(east)]]


def bitmask(mask: np.ndarray) -> bytes:
    """The mask as bits, the first initiative in the lowest bit of the first byte."""
    return np.packbits(mask, bitorder="little").tobytes()


def _points(package: Package, key: str) -> list[list[float]]:
    here = (place for place in places(package, key) if place.has_point)
    return [[round(place.latitude, DECIMALS), round(place.longitude, DECIMALS)] for place in here]
