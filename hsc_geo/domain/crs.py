"""Coordinate systems: geometry is stored and computed in RD New (EPSG:28992, metres), WGS84 only at the edge."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from hsc_geo.domain.message import Message, MessageError

RD = 28992
WGS84 = 4326

# Land and water of the European Netherlands, rounded outwards.
DUTCH_LONGITUDES = (3.2, 7.3)
DUTCH_LATITUDES = (50.7, 53.7)
RD_EASTINGS = (0.0, 300_000.0)
RD_NORTHINGS = (300_000.0, 625_000.0)


class CrsMismatch(MessageError):
    """Geometry in another coordinate system than the computation needs."""


def require_crs(frame: Any, epsg: int, what: str = "geometry") -> None:
    """Raise CrsMismatch unless `frame.crs` (a GeoDataFrame or GeoSeries) is the coordinate system with code `epsg`."""
    found = getattr(frame, "crs", None)
    if found is None:
        raise CrsMismatch(
            Message(
                "{what} has no coordinate system; expected EPSG:{epsg}: set it with set_crs({epsg})",
                what=what,
                epsg=str(epsg),
            )
        )
    if found.to_epsg() != epsg:
        raise CrsMismatch(
            Message(
                "{what} is in {found}; expected EPSG:{epsg}: convert it with to_crs({epsg})",
                what=what,
                found=crs_name(frame),
                epsg=str(epsg),
            )
        )


def crs_name(frame: Any) -> str:
    """The coordinate system of a GeoDataFrame or GeoSeries as `EPSG:28992`, "" when it has none."""
    found = getattr(frame, "crs", None)
    if found is None:
        return ""
    return f"EPSG:{found.to_epsg()}" if found.to_epsg() else str(found.name)


@lru_cache(maxsize=8)
def transformer(source: int, target: int) -> Any:
    """A pyproj Transformer from one EPSG code to another, x (longitude) before y (latitude); made once: it is slow."""
    from pyproj import Transformer

    return Transformer.from_crs(source, target, always_xy=True)


def within(value: float, bounds: tuple[float, float]) -> bool:
    """Whether the value lies within the bounds, ends included."""
    return bounds[0] <= value <= bounds[1]


def looks_swapped(latitude: float, longitude: float) -> bool:
    """Whether a pair would lie in the Netherlands if latitude and longitude (degrees) changed places."""
    return within(latitude, DUTCH_LONGITUDES) and within(longitude, DUTCH_LATITUDES)


def looks_like_rd(latitude: float, longitude: float) -> bool:
    """Whether a pair given as degrees is a pair of RD metres, in either order."""
    pairs = ((longitude, latitude), (latitude, longitude))
    return any(abs(x) > 180 and within(x, RD_EASTINGS) and within(y, RD_NORTHINGS) for x, y in pairs)
