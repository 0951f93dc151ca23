"""Coordinate systems: a mismatch raises, swapped and RD pairs are recognised."""

import geopandas as gpd
import pytest
from shapely.geometry import Point

from hsc_geo.domain.crs import RD, WGS84, CrsMismatch, looks_like_rd, looks_swapped, require_crs

TOWN_HALL = (52.158162, 4.490852)  # latitude, longitude
TOWN_HALL_RD = (93_700.0, 463_600.0)


def frame(epsg: int | None) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=[Point(0, 0)], crs=epsg)


def test_the_right_system_passes() -> None:
    require_crs(frame(RD), RD)
    require_crs(frame(WGS84).geometry, WGS84)


@pytest.mark.parametrize(
    ("epsg", "told"),
    [
        (WGS84, r"areas is in EPSG:4326; expected EPSG:28992.*to_crs"),
        (None, r"areas has no coordinate system.*set_crs"),
    ],
)
def test_another_system_raises_and_says_how_to_mend_it(epsg: int | None, told: str) -> None:
    with pytest.raises(CrsMismatch, match=told):
        require_crs(frame(epsg), RD, "areas")


def test_swapped_and_rd_pairs_are_told_apart() -> None:
    north, east = TOWN_HALL
    assert not looks_swapped(north, east)
    assert looks_swapped(east, north)
    assert not looks_like_rd(north, east)
    assert not looks_like_rd(east, north)
    x, y = TOWN_HALL_RD
    assert looks_like_rd(y, x)
    assert looks_like_rd(x, y)
    assert not looks_swapped(y, x)
