"""Reach of many initiatives beside the naive way: a buffer each, then union and intersection per district in a loop.

    python -m benchmarks.reach [1000]

Both take the same circles and give the same residents; the difference is printed beside the ratio. SYNTHETIC places,
spread at random over the city's neighbourhoods.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from benchmarks.report import Line, compared, machine, print_lines
from hsc_geo.analysis import reach
from hsc_geo.data.load import Package, load
from hsc_geo.domain.crs import RD

SEED = 20261121
DISTANCES = (300, 500, 800, 1200)  # metres
AT_LEAST = 10
SAME = 1e-6  # of the residents of the city
REPEATS = 5


def random_places(areas: gpd.GeoDataFrame, count: int) -> gpd.GeoSeries:
    """`count` random points (EPSG:28992), as many in each neighbourhood in turn."""
    each = -(-count // len(areas))
    points = areas.geometry.sample_points(each, rng=np.random.default_rng(SEED)).explode(index_parts=True)
    order = points.index.get_level_values(-1).argsort(kind="stable")
    return gpd.GeoSeries(points.iloc[order].iloc[:count].to_numpy(), crs=RD)


def ours(package: Package, places: gpd.GeoSeries, distance: float) -> pd.Series:
    """Residents reached per district by the analysis of the page."""
    areas = reach.neighbourhoods(package)
    people = package.areas.loc[areas.index, "population"].astype(float)
    return (people * reach.covered(areas, places, distance)).groupby(areas["district"]).sum()


def naive(package: Package, places: gpd.GeoSeries, distance: float) -> pd.Series:
    """The same per district: a buffer per initiative, their union, and its intersection with each neighbourhood."""
    areas = reach.neighbourhoods(package)
    radius = reach.corner_distance(distance)
    found = {}
    for district, parts in areas.groupby("district"):
        buffers = [point.buffer(radius, quad_segs=reach.SEGMENTS // 4) for point in places]
        union = shapely.union_all(buffers)
        found[district] = sum(
            float(package.areas.at[code, "population"]) * shape.intersection(union).area / shape.area
            for code, shape in parts.geometry.items()
        )
    return pd.Series(found)


def run(count: int = 1000) -> list[Line]:
    """A line per distance; raises ValueError when the two ways differ by more than SAME of the residents."""
    package = load()
    places = random_places(reach.neighbourhoods(package), count)
    return [_line(package, places, distance) for distance in DISTANCES]


def _line(package: Package, places: gpd.GeoSeries, distance: int) -> Line:
    fast, quick = _timed(lambda: ours(package, places, distance), REPEATS)
    plain, slow = _timed(lambda: naive(package, places, distance), 1)
    difference = float((quick - slow).abs().max() / slow.sum())
    if difference > SAME:
        raise ValueError(f"at {distance} m the two ways differ by {difference:.1e} of the residents")
    what = f"reach at {distance:,} m, largest difference {difference:.0e}"
    return compared(len(places), what, "s", fast, plain, AT_LEAST)


def _timed(work: Callable[[], pd.Series], times: int) -> tuple[float, Any]:
    """(the shortest time in seconds, the answer)."""
    durations = []
    for _ in range(times):
        began = time.perf_counter()
        answer = work()
        durations.append(time.perf_counter() - began)
    return min(durations), answer


if __name__ == "__main__":
    lines = run(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
    print_lines(f"reach beside the naive way, on {machine()}", lines)
