"""Residents as points, for methods that need points: the squares of a grid, cut on the neighbourhoods.

Residents are taken as spread evenly over the polygon of their neighbourhood, as in `reach`: the piece of a square
that lies within a neighbourhood has as much of its residents as of its surface, and they all live at the centroid of
that piece. What is computed with these points is off by at most half the diagonal of a square in every distance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from hsc_geo.analysis.reach import EVERYONE, neighbourhoods
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package

if TYPE_CHECKING:
    import geopandas as gpd

CELL = 100.0  # metres
CELLS = (10.0, 1000.0)  # the least and the most that a side can be


@dataclass(frozen=True, eq=False)
class Demand:
    """Where residents are taken to live; n pieces with residents, in the order of their neighbourhoods.

    points: shape (n, 2), metres of EPSG:28992. population: shape (n,), residents of a piece, above 0, not whole.
    neighbourhood, district: shape (n,), codes. missing: neighbourhoods that are left out, for their number of
    residents is not known or they have no surface. Shared, so not to be changed.
    """

    points: np.ndarray
    population: np.ndarray
    neighbourhood: np.ndarray
    district: np.ndarray
    missing: tuple[str, ...]


@per_package(maxsize=8)
def demand(package: Package, people: str = EVERYONE, cell: float = CELL) -> Demand:
    """The residents counted by `people` (a population column of areas.csv) on a grid of `cell` metres.

    The lines of the grid are whole multiples of `cell` in EPSG:28992. Raises ValueError for a cell that is not a
    number from 10 to 1,000, KeyError for another column, CrsMismatch when the areas are not in EPSG:28992.
    """
    if not CELLS[0] <= cell <= CELLS[1]:
        raise ValueError(f"cell {cell!r} is not a number of metres from {CELLS[0]:g} to {CELLS[1]:g}")
    areas = neighbourhoods(package)
    residents = package.areas.loc[areas.index, people].astype("float64")
    usable = residents.notna() & (areas.area > 0)
    missing = tuple(map(str, areas.index[~usable]))
    return _spread(areas[usable & (residents > 0)], residents, cell, missing)


def _spread(areas: gpd.GeoDataFrame, residents: pd.Series, cell: float, missing: tuple[str, ...]) -> Demand:
    """Every area has residents (above 0) and a surface."""
    shapes = areas.geometry.to_numpy()
    piece, area = _pieces(shapes, cell)
    surface = shapely.area(piece)
    total = np.bincount(area, weights=surface, minlength=len(shapes))
    people = residents[areas.index].to_numpy()[area] * surface / total[area]
    return Demand(
        shapely.get_coordinates(shapely.centroid(piece)),
        people,
        areas.index.to_numpy().astype(str)[area],
        areas["district"].to_numpy().astype(str)[area],
        missing,
    )


def _pieces(shapes: np.ndarray, cell: float) -> tuple[np.ndarray, np.ndarray]:
    """(pieces with a surface, the position of the shape that each is cut from)."""
    if not len(shapes):
        return np.empty(0, dtype=object), np.empty(0, dtype=int)
    squares = _squares(shapely.total_bounds(shapes), cell)
    area, square = shapely.STRtree(squares).query(shapes, predicate="intersects")
    pieces = shapely.intersection(squares[square], shapes[area])
    order = np.lexsort((square, area))
    order = order[shapely.area(pieces[order]) > 0]
    return pieces[order], area[order]


def _squares(bounds: np.ndarray, cell: float) -> np.ndarray:
    left, bottom, right, top = bounds
    x, y = (cell * np.arange(low // cell, high // cell + 1) for low, high in ((left, right), (bottom, top)))
    west, south = (each.ravel() for each in np.meshgrid(x, y))
    found: np.ndarray = shapely.box(west, south, west + cell, south + cell)
    return found
