"""The nearest 20 of many initiatives beside a scan of all distances in a pandas table.

    python -m benchmarks.nearest [100000]

Both give the same initiatives and, to a millimetre, the same metres. The tree is built once; the time for that stands
in a line of its own. SYNTHETIC places, spread at random over the city's neighbourhoods.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from benchmarks.reach import SEED, random_places
from benchmarks.report import Line, compared, machine, print_lines
from hsc_geo.analysis import near, reach
from hsc_geo.data.load import load

AT_LEAST = 20
K = 20
POINTS = 200
SAME = 0.001  # metres


def scan(table: pd.DataFrame, point: tuple[float, float]) -> list[tuple[str, float]]:
    """Every distance, then the smallest, equal ones by id."""
    metres = np.sqrt((table["x"] - point[0]) ** 2 + (table["y"] - point[1]) ** 2)
    least = metres.nsmallest(K, keep="all").rename("metres").rename_axis("id").reset_index()
    found = least.sort_values(["metres", "id"]).head(K)
    return list(zip(found["id"], found["metres"], strict=True))


def run(count: int = 100_000) -> list[Line]:
    """Two lines; raises ValueError when the two ways differ."""
    areas = reach.neighbourhoods(load())
    drawn = random_places(areas, count)
    places = gpd.GeoSeries(drawn.to_numpy(), index=[f"S{i:06}" for i in range(count)], crs=drawn.crs)
    table = pd.DataFrame({"x": places.x, "y": places.y})
    points = [(point.x, point.y) for point in random_places(areas, POINTS)]
    known, built = _timed(lambda: near.places(places))
    ours, quick = _timed(lambda: [near.around(known, point, K) for point in points])
    plain, slow = _timed(lambda: [scan(table, point) for point in points])
    _same(ours, plain)
    what = f"nearest {K} for {POINTS} points, seed {SEED}"
    return [
        compared(count, what, "s", quick, slow, AT_LEAST),
        compared(count, "building the tree, once", "s", built, None),
    ]


def _same(ours: list[Any], plain: list[Any]) -> None:
    for mine, theirs in zip(ours, plain, strict=True):
        if [key for key, _ in mine] != [key for key, _ in theirs]:
            raise ValueError("the two ways give different initiatives")
        if max(abs(a[1] - b[1]) for a, b in zip(mine, theirs, strict=True)) > SAME:
            raise ValueError("the two ways give different distances")


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """(the answer, the time in seconds)."""
    began = time.perf_counter()
    answer = work()
    return answer, time.perf_counter() - began


if __name__ == "__main__":
    lines = run(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
    print_lines(f"nearest {K} beside a pandas scan, on {machine()}", lines)
