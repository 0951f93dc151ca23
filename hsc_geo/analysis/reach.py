"""Residents within a distance of a known place of an initiative, each resident once where circles overlap.

Distance is as the crow flies, in metres of EPSG:28992. Residents are taken as spread evenly over the polygon of their
neighbourhood (the only assumption); a neighbourhood of which a third lies within the distance has a third of its
residents reached. The geometry is computed, not sampled: a circle is a regular polygon of SEGMENTS sides with exactly
the area of the circle. The two differ by no more than 0.016% of that area, wherever one looks (`circle_error`).

Every place of an initiative counts, also of one that serves the whole city or the region: it is where people can go. Of
an initiative that is known only to a district or neighbourhood nobody can say whom it reaches. So there are two bounds:
none of that area (`reached`), and all of it (`upper`; residents over its border are not counted). Where fewer than a
third of what counts has a place, the bounds are no answer to how many live near (`Reach.told`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from hsc_geo.analysis.places import points_of, with_point
from hsc_geo.analysis.serving import DISTRICT, NEIGHBOURHOOD, served_pairs
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.domain.crs import RD, require_crs

if TYPE_CHECKING:
    import geopandas as gpd

LONGEST = 50_000  # metres; farther than any way within a municipality
SEGMENTS = 128
MOST_CORNERS = 2000
ONE_IN = 3  # of what counts has a place, at least: else it tells where a point happens to be known
MOST_HALVINGS = 60  # a guard: each halves the side of what is left
EVERYONE_LIFE_STAGE = "all"

EVERYONE = "population"
# The age band (a column of areas.csv) in which a life stage lies; where none holds it, residents of all ages count.
BAND_OF_LIFE_STAGE = {"0-4": "population_0_14", "4-12": "population_0_14", "65+": "population_65_plus"}


@dataclass(frozen=True)
class Reach:
    """Residents reached.

    table: index district code, columns `residents`, `reached` (within the distance of a known place), `upper` (and all
    of the areas to which an initiative is known without a place), `share` and `upper_share` (0-1, NaN without
    residents). At distance 0 nobody is reached, wherever the places are. city: the same for all districts together.
    Residents are the sum over neighbourhoods with a known number; `missing` are the neighbourhoods without one, and a
    district with only those has NaN in every column.
    placed, area_only, elsewhere: initiatives with a place, known to an area only, and neither (city-wide, regional
    or unknown: they are in no figure here).
    """

    table: pd.DataFrame
    city: pd.Series
    missing: tuple[str, ...]
    placed: int
    area_only: int
    elsewhere: int

    @property
    def total(self) -> int:
        """Initiatives that count."""
        return self.placed + self.area_only + self.elsewhere

    @property
    def told(self) -> bool:
        """Whether enough of them have a place to tell how many people live near: at least a third."""
        return bool(self.placed) and ONE_IN * self.placed >= self.total


def reach(package: Package, ids: Iterable[str], distance: float, people: str = EVERYONE) -> Reach:
    """Reach of the initiatives in `ids` at a distance in metres; `people` is a population column of areas.csv.

    Raises ValueError for a distance that is not a number from 0 to LONGEST, KeyError for another column, and
    CrsMismatch when the areas are not in EPSG:28992.

    Of the town of docs/methods.md:

    >>> reach(town, ["WALK"], 500).table.loc["WK000101", ["residents", "reached"]].round().tolist()
    [3000.0, 785.0]
    """
    asked = frozenset(ids)
    return _reach_of_parts(package, parts_of(package, asked, distance, people), asked)


def reach_of(
    package: Package, places: gpd.GeoSeries, others: Iterable[str], distance: float, people: str = EVERYONE
) -> Reach:
    """As `reach`, of places given (points, EPSG:28992; index: the initiative), in the register or not.

    others: ids of initiatives without a place, for the upper bound.
    """
    parts = by_neighbourhood(package, places, set(others), distance, people)
    return _reach(package, parts, places.index.nunique(), set(others))


@per_package(maxsize=16)
def parts_of(package: Package, ids: frozenset[str], distance: float, people: str = EVERYONE) -> pd.DataFrame:
    """`by_neighbourhood` of the initiatives in `ids`, for which several answers on one page ask. Shared, so not to be
    changed. Errors as of `reach`."""
    here = points_of(package, ids)
    return by_neighbourhood(package, here, ids - set(here.index), distance, people)


def by_neighbourhood(
    package: Package, places: gpd.GeoSeries, others: Iterable[str], distance: float, people: str = EVERYONE
) -> pd.DataFrame:
    """What `reach_of` adds up: index neighbourhood code, columns `district`, `residents` (NaN not known) and the shares
    (0-1) of its surface that are reached, `lower` and `upper`. Arguments as of `reach_of`."""
    only = _known_areas(package, others)["area_code"]
    areas = neighbourhoods(package)
    lower = covered(areas, places, distance)
    inside = (areas.index.isin(only) | areas["district"].isin(only)) & (distance > 0)
    return pd.DataFrame(
        {
            "district": areas["district"],
            "residents": package.areas.loc[areas.index, people].astype("float64"),
            "lower": lower,
            "upper": lower.where(~inside, 1.0),
        }
    )


def covered(areas: gpd.GeoDataFrame, places: gpd.GeoSeries, distance: float) -> pd.Series:
    """For each area the share of its surface (0-1) within `distance` metres of one of the places.

    Areas (polygons) and places (points) in EPSG:28992, else CrsMismatch. No places, or distance 0, gives 0 everywhere;
    an area without surface gives 0.
    """
    require_crs(areas, RD, "areas")
    require_crs(places, RD, "places")
    shapes = areas.geometry.to_numpy()
    union = shapely.union_all(circles(places, check_distance(distance)))
    pieces = subdivided(shapely.get_parts(union))
    piece, area = shapely.STRtree(shapes).query(pieces, predicate="intersects")
    overlap = shapely.area(shapely.intersection(pieces[piece], shapes[area]))
    surface = shapely.area(shapes)
    sums = np.bincount(area, weights=overlap, minlength=len(shapes))
    shares = np.divide(sums, surface, out=np.zeros(len(shapes)), where=surface > 0)
    return pd.Series(np.minimum(shares, 1.0), index=areas.index)


def circles(places: gpd.GeoSeries, distance: float) -> np.ndarray:
    """A polygon round each different place, of the area of a circle with radius `distance` (metres); none for 0."""
    if distance == 0 or not len(places):
        return np.empty(0, dtype=object)
    centres = np.unique(shapely.get_coordinates(places.to_numpy()), axis=0)
    angles = np.linspace(0, 2 * math.pi, SEGMENTS, endpoint=False)
    ring = corner_distance(distance) * np.column_stack([np.cos(angles), np.sin(angles)])
    return shapely.polygons(centres[:, None, :] + ring[None, :, :])


def subdivided(pieces: np.ndarray, most: int = MOST_CORNERS) -> np.ndarray:
    """The same surface in polygons of at most `most` corners: what has more is halved across its longer side, again
    and again.

    For to intersect an area with a polygon takes the time to read all of its corners, and the union of 100,000 circles
    over a country is one polygon of half a million.
    """
    done = []
    for _ in range(MOST_HALVINGS):
        many = shapely.get_num_coordinates(pieces) > most
        done.append(pieces[~many])
        if not many.any():
            return np.concatenate(done)
        pieces = _halves(pieces[many])
    return np.concatenate([*done, pieces])


def _halves(pieces: np.ndarray) -> np.ndarray:
    left, bottom, right, top = shapely.bounds(pieces).T
    wide = right - left > top - bottom
    x, y = np.where(wide, (left + right) / 2, right), np.where(wide, top, (bottom + top) / 2)
    boxes = (
        shapely.box(left, bottom, x, y),
        shapely.box(np.where(wide, x, left), np.where(wide, bottom, y), right, top),
    )
    parts = shapely.get_parts(np.concatenate([shapely.intersection(pieces, each) for each in boxes]))
    found: np.ndarray = parts[shapely.area(parts) > 0]
    return found


def corner_distance(distance: float) -> float:
    """How far the corners lie from the centre, so that the polygon has the area of the circle: a little over it."""
    turn = 2 * math.pi / SEGMENTS
    return distance * math.sqrt(turn / math.sin(turn))


def circle_error() -> float:
    """The surface between the polygon and its circle, inside and outside it, as a share of the circle's.

    No part of a plane can be off by more, and the whole is not off at all. From the sector between the middle of a
    side and a corner, where the outline of the polygon crosses the circle once.
    """
    half = math.pi / SEGMENTS
    apothem = corner_distance(1) * math.cos(half)
    crossing = math.acos(apothem)
    inside = crossing / 2 - apothem**2 * math.tan(crossing) / 2
    return 2 * inside / (half / 2)


def check_distance(distance: float) -> float:
    """The distance; raises ValueError when it is not a number from 0 to LONGEST."""
    if not 0 <= distance <= LONGEST:
        raise ValueError(f"distance {distance!r} is not a number of metres from 0 to {LONGEST}")
    return float(distance)


@per_package(maxsize=1)
def neighbourhoods(package: Package) -> gpd.GeoDataFrame:
    """The neighbourhoods with their `district`, by code, EPSG:28992 (else CrsMismatch). Shared, not to be changed."""
    require_crs(package.geometry, RD, "the geometry of the package")
    shapes = package.geometry[package.geometry["level"] == NEIGHBOURHOOD].sort_index()
    return shapes.assign(district=package.areas["parent_code"].reindex(shapes.index).astype(str))


def for_life_stage(package: Package, ids: Iterable[str], stage: str) -> tuple[str, ...]:
    """Those of `ids` that are for the life stage or for all ages; all of them for ''."""
    if not stage:
        return tuple(ids)
    stages = package.initiatives["life_stages"].astype(str).str.split("|")
    wanted = {stage, EVERYONE_LIFE_STAGE}
    found = {str(key) for key, codes in stages.items() if wanted & set(codes)}
    return tuple(key for key in ids if key in found)


def people_of(stage: str) -> str:
    """The column of areas.csv that counts the residents of a life stage, of all ages where no age band holds it."""
    return BAND_OF_LIFE_STAGE.get(stage, EVERYONE)


def _reach_of_parts(package: Package, parts: pd.DataFrame, ids: frozenset[str]) -> Reach:
    placed = ids & with_point(package)
    return _reach(package, parts, len(placed), ids - placed)


def _reach(package: Package, parts: pd.DataFrame, placed: int, without: Set[str]) -> Reach:
    known = int(_known_areas(package, without)["initiative_id"].nunique())
    missing = tuple(map(str, parts.index[parts["residents"].isna()]))
    return Reach(_by_district(parts), _city(parts), missing, placed, known, len(without) - known)


def _known_areas(package: Package, ids: Iterable[str]) -> pd.DataFrame:
    """(initiative_id, area_code): the areas, as precisely as known, of initiatives without a place."""
    pairs = served_pairs(package)
    fits = pairs["exact"] & pairs["initiative_id"].isin(set(ids))
    return pairs.loc[fits & pairs["level"].isin([DISTRICT, NEIGHBOURHOOD]), ["initiative_id", "area_code"]]


def _by_district(parts: pd.DataFrame) -> pd.DataFrame:
    sums = _people(parts).groupby(parts["district"]).sum(min_count=1).sort_index()
    return _shares(sums)


def _city(parts: pd.DataFrame) -> pd.Series:
    sums = _people(parts).sum(min_count=1).to_frame().T
    found: Any = _shares(sums).iloc[0]
    return found


def _people(parts: pd.DataFrame) -> pd.DataFrame:
    residents = parts["residents"]
    return pd.DataFrame(
        {
            "residents": residents,
            "reached": residents * parts["lower"],
            "upper": residents * parts["upper"],
        }
    )


def _shares(sums: pd.DataFrame) -> pd.DataFrame:
    residents = sums["residents"].where(sums["residents"] > 0)
    return sums.assign(share=sums["reached"] / residents, upper_share=sums["upper"] / residents)
