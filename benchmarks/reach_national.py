"""Reach of many places over all neighbourhoods of the Netherlands: time, memory, and growth against n log n.

    python -m benchmarks.reach_national [1000 10000 100000]

It needs `national/buurten_2016.parquet` in the folder of source extracts (HSC_EXTRACTS, else ../shared/extracts) and
says so when it is absent. SYNTHETIC places: as many at random in each neighbourhood, shuffled, so dense where
neighbourhoods are small. What is computed is the share of each neighbourhood within the distance; with residents spread
evenly that is the share of its residents. For some neighbourhoods the plain way (a buffer for each place nearby, their
union, its intersection) is computed beside it, and the largest difference is printed.
"""

from __future__ import annotations

import math
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from benchmarks.data_build import KILOBYTE, extracts_folder
from benchmarks.reach import SAME, SEED
from benchmarks.report import Line, amount, machine, print_lines
from hsc_geo.analysis.reach import SEGMENTS, corner_distance, covered
from hsc_geo.domain.crs import RD, require_crs

FILE = Path("national") / "buurten_2016.parquet"
COUNTS = (1_000, 10_000, 100_000)
DISTANCE = 500  # metres
CHECKED = 100  # neighbourhoods


def run(counts: Sequence[int] = COUNTS, distance: float = DISTANCE) -> list[Line]:
    """Two lines a count, and one for the growth; a line that says so when the file is absent."""
    file = extracts_folder() / FILE
    if not file.is_file():
        return [Line(None, f"reach over the nation: NOT MEASURED, no {FILE.name} (HSC_EXTRACTS)", "absent")]
    areas = gpd.read_parquet(file).set_index("BU_CODE")
    require_crs(areas, RD, str(FILE))
    places = random_places(areas, max(counts))
    covered(areas, places[:100], distance)  # what is made once: prepared libraries, memory
    seconds, lines = {}, []
    for count in sorted(counts):
        began = time.perf_counter()
        shares = covered(areas, places[:count], distance)
        seconds[count] = time.perf_counter() - began
        lines += _told(areas, places[:count], distance, shares, seconds[count])
    return [*lines, *_growth(seconds)]


def random_places(areas: gpd.GeoDataFrame, count: int) -> gpd.GeoSeries:
    """`count` random points (EPSG:28992) in random order, as many drawn in each neighbourhood."""
    generator = np.random.default_rng(SEED)
    points = areas.geometry.sample_points(-(-count // len(areas)), rng=generator).explode(index_parts=True)
    return gpd.GeoSeries(generator.permutation(points.to_numpy())[:count], crs=RD)


def naive(areas: gpd.GeoDataFrame, places: gpd.GeoSeries, distance: float) -> pd.Series:
    """The same share for each area, one by one."""
    radius, points = corner_distance(distance), places.to_numpy()
    found = {}
    for code, shape in areas.geometry.items():
        close = points[shapely.dwithin(points, shape, radius)]
        union = shapely.union_all(shapely.buffer(close, radius, quad_segs=SEGMENTS // 4))
        found[code] = shape.intersection(union).area / shape.area
    return pd.Series(found)


def _told(
    areas: gpd.GeoDataFrame, places: gpd.GeoSeries, distance: float, shares: pd.Series, seconds: float
) -> list[Line]:
    some = areas.sample(min(CHECKED, len(areas)), random_state=SEED)
    difference = float((shares[some.index] - naive(some, places, distance)).abs().max())
    if difference > SAME:
        raise ValueError(
            f"{len(places):,} places: the two ways differ by {difference:.1e} of a neighbourhood"
        )
    what = f"reach at {distance:,} m over {len(areas):,} neighbourhoods, largest difference {difference:.0e}"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KILOBYTE / 1024**2
    return [
        Line(len(places), what, amount(seconds, "s")),
        Line(len(places), "highest resident memory until then", amount(peak, "MB")),
    ]


def _growth(seconds: dict[int, float]) -> list[Line]:
    """How many times longer the most took than the fewest, beside n log n."""
    few, many = min(seconds), max(seconds)
    if few == many:
        return []
    grown = seconds[many] / seconds[few]
    bound = many * math.log(many) / (few * math.log(few))
    what = f"time grown from {few:,} places, beside n log n"
    return [Line(many, what, f"{grown:.0f} x", f"{bound:.0f} x", f"{bound / grown:.1f}", "1", grown <= bound)]


if __name__ == "__main__":
    print_lines(f"reach over the nation, on {machine()}", run([int(each) for each in sys.argv[1:]] or COUNTS))
