"""Initiatives round a place: the own neighbourhood first, then the district, then by distance, then the whole city.

Distance is as the crow flies, in metres of EPSG:28992 (within 0.01% of the distance over the ellipsoid in Leiden).
Only an initiative whose place is known has one. One that is known to the own neighbourhood or district stands there
with or without a place, so that what lies two kilometres off never goes before what is round the corner only because
nobody knows the house number of that.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from hsc_geo.analysis.places import points, points_of
from hsc_geo.analysis.reach import check_distance, neighbourhoods
from hsc_geo.analysis.serving import CITY, DISTRICT, NEIGHBOURHOOD, REGION, UNKNOWN, scope_codes, served_pairs
from hsc_geo.analysis.what_if import point_in
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.domain.crs import RD, WGS84, require_crs, transformer
from hsc_geo.sources.locatieserver import Hit

if TYPE_CHECKING:
    import geopandas as gpd

Point = tuple[float, float]

DISTANCE, ELSEWHERE = "distance", "elsewhere"
WHY = (NEIGHBOURHOOD, DISTRICT, DISTANCE, CITY, REGION, ELSEWHERE, UNKNOWN)

FEWEST, MOST_LETTERS = 2, 100  # of what is looked for
_TIE = 1e-6  # metres: a guard round the last distance, so that no equal one is left out before ids decide


@dataclass(frozen=True)
class Start:
    """From where near is counted: a point (x, y, metres of EPSG:28992), and the neighbourhood and district round it; ''
    outside the municipality, and no neighbourhood where a whole district was chosen."""

    point: Point
    neighbourhood: str = ""
    district: str = ""


@dataclass(frozen=True)
class Nearby:
    """One initiative in the list, and why it stands there: one of WHY. metres: to its nearest place, None where no
    place is known."""

    id: str
    why: str
    metres: float | None = None


@dataclass(frozen=True)
class Near:
    """Who is near, in the order of WHY. farther: how many have a place beyond the radius or the k."""

    found: tuple[Nearby, ...]
    farther: int


@dataclass(frozen=True)
class Places:
    """Points with a tree over them. ids: in order, once for each point; xy: metres, shape (n, 2); tree: scipy's
    cKDTree, None for none; most: the most points that one id has."""

    ids: tuple[str, ...]
    xy: np.ndarray
    tree: Any
    most: int = 1


@dataclass(frozen=True)
class Address:
    """An address, a street or a postcode by name, at x, y in metres of EPSG:28992. hit: all that the service said
    of it, None for what is of no service."""

    name: str
    at: Point
    hit: Hit | None = None


FOUND, NOTHING, OFF, UNREACHABLE, BUSY = "found", "nothing", "off", "unreachable", "busy"


@dataclass(frozen=True)
class AddressAnswer:
    """What an address service gave. state: FOUND, NOTHING, OFF (not asked), UNREACHABLE, or BUSY (not asked, for this
    visitor or all together asked too much in this minute)."""

    state: str
    options: tuple[Address, ...] = ()


LookUp = Callable[[Package, str], AddressAnswer]  # asks an address service for what was typed


def start_at(package: Package, point: Point) -> Start:
    """A point (x, y, EPSG:28992) with the areas round it."""
    return Start(point, *areas_at(package, point))


def start_in(package: Package, code: str) -> Start:
    """The middle of a neighbourhood, or of a whole district. Raises KeyError for a code without a shape."""
    point = area_point(package, code)
    if package.areas.at[code, "level"] == NEIGHBOURHOOD:
        return Start(point, code, str(package.areas.at[code, "parent_code"]))
    return Start(point, "", code)


def nearest(
    package: Package, ids: Iterable[str], start: Start, k: int | None = None, radius: float | None = None
) -> Near:
    """The initiatives in `ids`, each once, in the order of WHY; within one reason those with a place in that area by
    distance, then those without a place, then those with a place outside it; what is equal in the order of `ids`.

    k: of those that stand there by their distance only, at most so many. radius: of all that have a place, those within
    so many metres, the border included. None for no limit. Raises ValueError for k below 1, a radius that is not a
    number from 0 to LONGEST, and a point that is no pair of numbers.

    Of the town of docs/methods.md:

    >>> found = nearest(town, town.initiatives.index, start_at(town, (90_900, 460_500))).found
    >>> [(each.id, each.why, each.metres and round(each.metres)) for each in found]  # doctest: +NORMALIZE_WHITESPACE
    [('WALK', 'neighbourhood', 400), ('DEBTS', 'district', None), ('TABLE', 'distance', 1600),
     ('LINE', 'city', None)]
    """
    asked = tuple(dict.fromkeys(ids))
    limit = math.inf if radius is None else check_distance(radius)
    most = len(asked) if k is None else k
    _checked(start.point, k)
    metres = dict(around(places_of(package, frozenset(asked)), start.point))
    every = [Nearby(key, _why(package, start, key, metres), metres.get(key)) for key in asked]
    within = [each for each in every if each.metres is None or each.metres <= limit]
    ordered = sorted(within, key=lambda each: _rank(package, start, each))
    off = [each.id for each in ordered if each.why == DISTANCE][most:]
    found = tuple(each for each in ordered if each.id not in set(off))
    return Near(found, len(every) - len(found))


def _why(package: Package, start: Start, key: str, metres: Mapping[str, float]) -> str:
    here = _areas_of(package).get(key, frozenset()) | _areas_of_places(package).get(key, frozenset())
    for why, code in ((NEIGHBOURHOOD, start.neighbourhood), (DISTRICT, start.district)):
        if code in here:
            return why
    return DISTANCE if key in metres else _scopes(package).get(key, ELSEWHERE)


def _rank(package: Package, start: Start, each: Nearby) -> tuple[int, int, float]:
    if each.metres is None:
        return WHY.index(each.why), 1, 0
    code = {NEIGHBOURHOOD: start.neighbourhood, DISTRICT: start.district}.get(each.why)
    inside = code is None or code in _areas_of_places(package)[each.id]
    return WHY.index(each.why), 0 if inside else 2, each.metres


@per_package(maxsize=1)
def _areas_of(package: Package) -> dict[str, frozenset[str]]:
    """Initiative -> the districts and neighbourhoods that it is known to serve."""
    pairs = served_pairs(package)
    return {str(key): frozenset(part) for key, part in pairs.groupby("initiative_id")["area_code"]}


@per_package(maxsize=1)
def _areas_of_places(package: Package) -> dict[str, frozenset[str]]:
    """Initiative -> the districts and neighbourhoods in which its places lie."""
    shapes, known = neighbourhoods(package), points(package)
    tree = shapely.STRtree(shapes.geometry.to_numpy())
    found: dict[str, set[str]] = {key: set() for key in known.index}
    for point, shape in tree.query(known.to_numpy(), predicate="intersects").T:
        found[str(known.index[point])] |= {str(shapes.index[shape]), str(shapes["district"].iloc[shape])}
    return {key: frozenset(codes) for key, codes in found.items()}


@per_package(maxsize=32)
def places_of(package: Package, ids: frozenset[str]) -> Places:
    """The places of those of `ids` that have one."""
    return places(points_of(package, ids))


def places(located: gpd.GeoSeries) -> Places:
    """Points (EPSG:28992, else CrsMismatch; index: id, which may have several) by id, with their tree."""
    from scipy.spatial import cKDTree

    require_crs(located, RD, "places")
    ordered = located.sort_index()
    xy = shapely.get_coordinates(ordered.to_numpy())
    most = int(ordered.index.value_counts().max()) if len(xy) else 1
    return Places(tuple(map(str, ordered.index)), xy, cKDTree(xy) if len(xy) else None, most)


def around(
    known: Places, point: Point, k: int | None = None, radius: float | None = None
) -> tuple[tuple[str, float], ...]:
    """(id, metres to its nearest place) round the point, nearest first, equal distances by id; limits and errors as
    `nearest`."""
    at = _checked(point, k)
    limit = math.inf if radius is None else check_distance(radius)
    if known.tree is None:
        return ()
    rows = _candidates(known, at, None if k is None else k * known.most, limit)
    metres = np.hypot(*(known.xy[rows] - at).T)
    order = np.lexsort((rows, metres))  # rows are in the order of ids
    first: dict[str, float] = {}
    for i in order[metres[order] <= limit]:
        first.setdefault(known.ids[rows[i]], float(metres[i]))
    return tuple(first.items())[:k]


def _checked(point: Point, k: int | None) -> np.ndarray:
    at = np.asarray(point, dtype=float)
    if at.shape != (2,) or not np.isfinite(at).all():
        raise ValueError(f"point {point!r} is no pair of numbers: give x, y in metres of EPSG:28992")
    if k is not None and k < 1:
        raise ValueError(f"k = {k!r}: ask for one or more")
    return at


def _candidates(known: Places, at: np.ndarray, k: int | None, limit: float) -> np.ndarray:
    """Rows that may be in the answer: all within the limit, or those no farther than the k-th."""
    if k is not None and k < len(known.ids):
        metres, rows = known.tree.query(at, k=[*range(1, k + 2)])
        if metres[k] > metres[k - 1] + _TIE:
            return rows[:k]
        limit = min(limit, float(metres[k - 1]))
    if math.isinf(limit):
        return np.arange(len(known.ids))
    return np.asarray(known.tree.query_ball_point(at, limit + _TIE), dtype=int)


def areas_at(package: Package, point: Point) -> tuple[str, ...]:
    """The neighbourhood of a point (x, y, EPSG:28992) and its district; () outside the municipality. On a border the
    neighbourhood with the lowest code."""
    shapes = neighbourhoods(package)
    inside = shapely.intersects(shapes.geometry.to_numpy(), shapely.Point(point))
    if not inside.any():
        return ()
    first = int(np.argmax(inside))
    return str(shapes.index[first]), str(shapes["district"].iloc[first])


@per_package(maxsize=1)
def _scopes(package: Package) -> dict[str, str]:
    """Initiative without an area -> city, region or unknown."""
    codes = zip(package.initiatives.index, scope_codes(package), strict=True)
    return {str(key): found[0] for key, found in codes if found[0] in (CITY, REGION, UNKNOWN)}


@per_package(maxsize=256)
def area_point(package: Package, code: str) -> Point:
    """A point inside the district or neighbourhood (x, y, EPSG:28992). Raises KeyError for a code without a shape."""
    if package.areas.at[code, "level"] == NEIGHBOURHOOD:
        return point_in(package, code)
    point = package.geometry.at[code, "geometry"].representative_point()
    return float(point.x), float(point.y)


def to_rd(latitude: float, longitude: float) -> Point:
    """WGS84 degrees as x, y in metres of EPSG:28992."""
    x, y = transformer(WGS84, RD).transform(longitude, latitude)
    return float(x), float(y)


def to_degrees(point: Point) -> tuple[float, float]:
    """x, y in metres of EPSG:28992 as (latitude, longitude), WGS84."""
    longitude, latitude = transformer(RD, WGS84).transform(*point)
    return float(latitude), float(longitude)
