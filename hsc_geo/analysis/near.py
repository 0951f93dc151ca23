"""Initiatives round a point, nearest first, and the places of the register that a few letters may mean.

Distance is as the crow flies, in metres of EPSG:28992 (within 0.01% of the distance over the ellipsoid in Leiden).
Only an initiative whose place is known has one; what is known to an area, the city or the region stands apart.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from hsc_geo.analysis.facets import fold
from hsc_geo.analysis.places import points_of
from hsc_geo.analysis.reach import check_distance, neighbourhoods
from hsc_geo.analysis.serving import CITY, DISTRICT, NEIGHBOURHOOD, REGION, UNKNOWN, scope_codes, served_pairs
from hsc_geo.analysis.what_if import point_in
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.domain.crs import RD, WGS84, require_crs, transformer
from hsc_geo.domain.schema_register import LOCATION
from hsc_geo.domain.text import carriable

if TYPE_CHECKING:
    import geopandas as gpd

Point = tuple[float, float]

AREA, VENUE, ORGANISATION, ADDRESS = ("area", "venue", "organisation", "address")
FEWEST, MOST_LETTERS = 2, 100  # of what is looked for
MOST = 8  # places offered
ALIKE = 75  # of 100: the least likeness of a name (rapidfuzz) to be offered
_TIE = 1e-6  # metres: a guard round the last distance, so that no equal one is left out before ids decide


@dataclass(frozen=True)
class Near:
    """Who is near a point; every id asked for is in one group or in `farther`.

    placed: (id, metres), nearest first, equal distances by id. area_only: without a place, and known to the
    neighbourhood or to the whole district in which the point lies. elsewhere: without a place, and known to other
    areas only. city, region, unknown: without an area. farther: how many have a place beyond the radius or the k.
    """

    placed: tuple[tuple[str, float], ...]
    area_only: tuple[str, ...]
    elsewhere: tuple[str, ...]
    city: tuple[str, ...]
    region: tuple[str, ...]
    unknown: tuple[str, ...]
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
class PlaceOption:
    """A place that can be chosen. kind: AREA, VENUE, ORGANISATION or ADDRESS; code: of an area, else '';
    at: x, y in metres of EPSG:28992; score: likeness to what was asked, 0-100."""

    kind: str
    name: str
    at: Point
    code: str = ""
    detail: str = ""
    score: float = 100.0


FOUND, NOTHING, OFF, UNREACHABLE = "found", "nothing", "off", "unreachable"


@dataclass(frozen=True)
class AddressAnswer:
    """What an address service gave. state: FOUND, NOTHING, OFF (not asked) or UNREACHABLE."""

    state: str
    options: tuple[PlaceOption, ...] = ()


def nearest(
    package: Package, ids: Iterable[str], point: Point, k: int | None = None, radius: float | None = None
) -> Near:
    """The initiatives in `ids` round a point (x, y, metres of EPSG:28992).

    k: at most so many with a place; radius: within so many metres, the border included; None for no limit. Raises
    ValueError for k below 1, a radius that is not a number from 0 to LONGEST, and a point that is no pair of numbers.

    Of the town of docs/methods.md:

    >>> found = nearest(town, town.initiatives.index, (90_900, 460_500), k=1)
    >>> [(key, round(metres)) for key, metres in found.placed], found.area_only, found.city
    ([('WALK', 400)], ('DEBTS',), ('LINE',))
    """
    asked = tuple(dict.fromkeys(ids))
    known = places_of(package, frozenset(asked))
    found = around(known, point, k, radius)
    with_place = set(known.ids)
    groups = _without_place(
        package, [key for key in asked if key not in with_place], areas_at(package, point)
    )
    return Near(placed=found, farther=len(with_place) - len(found), **groups)


@per_package(maxsize=32)
def places_of(package: Package, ids: frozenset[str]) -> Places:
    """The places of those of `ids` that have one."""
    return places(points_of(package, ids))


def places(points: gpd.GeoSeries) -> Places:
    """Points (EPSG:28992, else CrsMismatch; index: id, which may have several) by id, with their tree."""
    from scipy.spatial import cKDTree

    require_crs(points, RD, "places")
    ordered = points.sort_index()
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


def _without_place(package: Package, ids: Sequence[str], here: Sequence[str]) -> dict[str, tuple[str, ...]]:
    pairs = served_pairs(package)
    exact = pairs[pairs["exact"]]
    local = set(exact.loc[exact["area_code"].isin(here), "initiative_id"])
    scope = _scopes(package)
    group = {key: "area_only" if key in local else scope.get(key, "elsewhere") for key in ids}
    names = ("area_only", "elsewhere", CITY, REGION, UNKNOWN)
    return {name: tuple(key for key in ids if group[key] == name) for name in names}


@per_package(maxsize=1)
def _scopes(package: Package) -> dict[str, str]:
    """Initiative without an area -> city, region or unknown."""
    codes = zip(package.initiatives.index, scope_codes(package), strict=True)
    return {str(key): found[0] for key, found in codes if found[0] in (CITY, REGION, UNKNOWN)}


def place_options(package: Package, text: str, most: int = MOST) -> tuple[PlaceOption, ...]:
    """Places of the register that `text` may mean, the likeliest first: areas by their own names and by those that
    people use, venues and addresses with coordinates, organisations at such an address.

    Likeness is rapidfuzz's weighted ratio of the folded texts. Fewer than FEWEST letters give nothing; each place is
    offered once, by the name that is most like.
    """
    from rapidfuzz import fuzz, process

    wanted = fold(carriable(text)[:MOST_LETTERS]).strip()
    if len(wanted) < FEWEST:
        return ()
    names = _folded(package)
    hits = process.extract(wanted, names, scorer=fuzz.WRatio, limit=None, score_cutoff=ALIKE)
    best: dict[object, PlaceOption] = {}
    for _, score, row in sorted(hits, key=lambda hit: (-hit[1], _order(names[hit[2]], wanted), hit[2])):
        option = _register(package)[row]
        best.setdefault(option.code or (option.kind, option.at), _scored(option, float(score)))
    return tuple(best.values())[:most]


def _order(name: str, wanted: str) -> tuple[bool, int]:
    """Of names equally alike: those that begin with what was asked, then the shortest."""
    return not name.startswith(wanted), len(name)


def _scored(option: PlaceOption, score: float) -> PlaceOption:
    return PlaceOption(option.kind, option.name, option.at, option.code, option.detail, score)


@per_package(maxsize=1)
def _folded(package: Package) -> list[str]:
    return [fold(option.name) for option in _register(package)]


@per_package(maxsize=1)
def _register(package: Package) -> tuple[PlaceOption, ...]:
    """Every place of the register by each of its names."""
    return (*_areas(package), *_venues(package), *_organisations(package))


def _areas(package: Package) -> list[PlaceOption]:
    areas = package.areas
    here = areas[areas["level"].isin([DISTRICT, NEIGHBOURHOOD])]
    official = [(str(row["name"]), str(code)) for code, row in here.iterrows()]
    used = [
        (str(name), str(code))
        for name, code in zip(package.place_names["name"], package.place_names["area_code"], strict=True)
        if code in here.index
    ]
    return [
        PlaceOption(
            AREA, carriable(name), _middle(package, code), code, carriable(str(areas.at[code, "name"]))
        )
        for name, code in dict.fromkeys([*official, *used])
    ]


@per_package(maxsize=256)
def _middle(package: Package, code: str) -> Point:
    """A point inside a district or neighbourhood."""
    if package.areas.at[code, "level"] == NEIGHBOURHOOD:
        return point_in(package, code)
    point = package.geometry.at[code, "geometry"].representative_point()
    return float(point.x), float(point.y)


def area_point(package: Package, code: str) -> Point:
    """A point inside the district or neighbourhood (x, y, EPSG:28992). Raises KeyError for a code without a shape."""
    return _middle(package, code)


def _venues(package: Package) -> list[PlaceOption]:
    """Venues of the register, then the places of initiatives, each by its name and by its address."""
    own = package.venues[["venue", "address", "latitude", "longitude"]]
    used = package.initiative_places
    used = used.loc[used["role"] == LOCATION, ["venue", "address", "latitude", "longitude"]]
    rows = pd.concat([own, used])
    rows = rows[rows["latitude"].notna() & rows["longitude"].notna()]
    return [
        PlaceOption(VENUE, name, to_rd(float(row["latitude"]), float(row["longitude"])), detail=detail)
        for _, row in rows.iterrows()
        for name, detail in _names(str(row["venue"]), str(row["address"]))
    ]


def _names(venue: str, address: str) -> list[tuple[str, str]]:
    venue, address = carriable(venue), carriable(address)
    return [(name, detail) for name, detail in ((venue, address), (address, venue)) if name]


def _organisations(package: Package) -> list[PlaceOption]:
    """Organisations whose address is that of a venue with coordinates."""
    known = {fold(option.name): option.at for option in _venues(package) if option.name}
    rows = package.organisations[["name", "address"]].astype(str)
    found = []
    for name, address in zip(rows["name"], rows["address"], strict=True):
        at = next((known[part] for part in _address_forms(address) if part in known), None)
        if at is not None:
            found.append(PlaceOption(ORGANISATION, carriable(name), at, detail=carriable(address)))
    return found


def _address_forms(address: str) -> list[str]:
    """An address as it stands, and without the building that may stand before it."""
    text = fold(carriable(address))
    return [form for form in (text, text.partition(", ")[2]) if form]


def to_rd(latitude: float, longitude: float) -> Point:
    """WGS84 degrees as x, y in metres of EPSG:28992."""
    x, y = transformer(WGS84, RD).transform(longitude, latitude)
    return float(x), float(y)


def to_degrees(point: Point) -> tuple[float, float]:
    """x, y in metres of EPSG:28992 as (latitude, longitude), WGS84."""
    longitude, latitude = transformer(RD, WGS84).transform(*point)
    return float(latitude), float(longitude)
