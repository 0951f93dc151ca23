"""Points as text, in an address and back."""

import re

from hsc_geo.analysis.near import Point, to_degrees
from hsc_geo.analysis.what_if import Change, check_change
from hsc_geo.data.load import Package
from hsc_geo.domain.crs import RD, WGS84, transformer

_POINT = re.compile(r"(\d{1,2}\.\d{1,5}),(\d{1,2}\.\d{1,5})")


def point_of(package: Package, text: str) -> tuple[float, float] | None:
    """`52.16000,4.49000` (latitude, longitude, WGS84) as x, y in metres of EPSG:28992; None where it is no such text or
    lies outside the municipality."""
    found = _POINT.fullmatch(text)
    if not found:
        return None
    latitude, longitude = map(float, found.groups())
    x, y = transformer(WGS84, RD).transform(longitude, latitude)
    try:
        check_change(package, Change(((float(x), float(y)),)))
    except ValueError:
        return None
    return float(x), float(y)


def degrees_text(latitude: float, longitude: float) -> str:
    """A point (WGS84) as it stands in the address: in five decimals, about a metre."""
    return f"{latitude:.5f},{longitude:.5f}"


def point_text(point: Point) -> str:
    """A point (EPSG:28992) as it stands in the address."""
    return degrees_text(*to_degrees(point))
