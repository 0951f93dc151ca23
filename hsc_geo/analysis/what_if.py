"""What if an initiative were added at a point, or one taken away: reach, access and inequality before and after.

Nothing is stored, and the register is not changed. An added initiative is a place and nothing more: it counts as one
initiative of equal capacity. What is computed is who lives near, never what an initiative would bring about.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
import shapely

from hsc_geo.analysis.access import TWO_STEP, Access, access_of
from hsc_geo.analysis.inequality import ToldSlope, told_slope
from hsc_geo.analysis.places import points_of
from hsc_geo.analysis.reach import EVERYONE, Reach, neighbourhoods, reach_of
from hsc_geo.analysis.serving import NEIGHBOURHOOD
from hsc_geo.data.load import Package
from hsc_geo.domain.crs import RD

if TYPE_CHECKING:
    import geopandas as gpd


@dataclass(frozen=True)
class Change:
    """added: points (x, y), metres of EPSG:28992, an initiative each. removed: ids of initiatives."""

    added: tuple[tuple[float, float], ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Situation:
    """slope: inequality of access over need by neighbourhood, and whether it may be told; None where it cannot be
    computed, and then `no_slope` says why (in English, for a log)."""

    reach: Reach
    access: Access
    slope: ToldSlope | None
    no_slope: str = ""


@dataclass(frozen=True)
class WhatIf:
    """Before and after the change. idle: removed initiatives that were not among those that count, so that taking them
    away changes nothing."""

    before: Situation
    after: Situation
    idle: tuple[str, ...]


def compare(
    package: Package,
    ids: Iterable[str],
    change: Change,
    distance: float,
    need: pd.Series,
    people: str = EVERYONE,
    method: str = TWO_STEP,
) -> WhatIf:
    """The initiatives in `ids`, and the same after the change, at a distance in metres.

    need: by neighbourhood code, higher is more need; NaN is left out of the slope. Raises ValueError for a point
    outside the municipality and a removed id that the register does not know, and what `reach` and `access` raise.

    Of the town of docs/methods.md:

    >>> found = compare(town, ["WALK"], Change(added=((93_500, 460_500),)), 500, need=pd.Series(dtype=float))
    >>> [round(each.reach.city["reached"]) for each in (found.before, found.after)]
    [785, 3927]
    """
    check_change(package, change)
    asked, removed = set(ids), set(change.removed)
    options = (distance, need, people, method)
    return WhatIf(
        before=_situation(package, asked, (), *options),
        after=_situation(package, asked - removed, change.added, *options),
        idle=tuple(sorted(removed - asked)),
    )


def point_in(package: Package, neighbourhood: str) -> tuple[float, float]:
    """A point within the neighbourhood (x, y), metres of EPSG:28992. Raises KeyError for another code."""
    point = neighbourhoods(package).geometry.loc[neighbourhood].representative_point()
    return float(point.x), float(point.y)


def check_change(package: Package, change: Change) -> None:
    """Raise ValueError for points outside the municipality and for ids that are not in the register, all of them."""
    unknown = sorted(set(change.removed) - set(map(str, package.initiatives.index)))
    wrong = [f"initiative {each!r} is not in the register" for each in unknown]
    inside = _inside(package, change.added)
    wrong += [
        f"the point ({x}, {y}) is not within the municipality, in metres of EPSG:{RD}"
        for (x, y), good in zip(change.added, inside, strict=True)
        if not good
    ]
    if wrong:
        raise ValueError("; ".join(wrong))


def _inside(package: Package, points: tuple[tuple[float, float], ...]) -> list[bool]:
    shapes = neighbourhoods(package).geometry.to_numpy()
    return [bool(shapely.intersects_xy(shapes, x, y).any()) for x, y in points]


def _situation(
    package: Package,
    ids: set[str],
    added: tuple[tuple[float, float], ...],
    distance: float,
    need: pd.Series,
    people: str,
    method: str,
) -> Situation:
    here = points_of(package, ids)
    places = _with(here, added)
    found = access_of(package, places, distance, method, people)
    slope, why = _slope(found, need)
    return Situation(reach_of(package, places, ids - set(here.index), distance, people), found, slope, why)


def _with(here: gpd.GeoSeries, added: tuple[tuple[float, float], ...]) -> gpd.GeoSeries:
    import geopandas

    names = [*here.index, *(f"added {i}" for i in range(1, len(added) + 1))]
    points = [*here, *(shapely.Point(each) for each in added)]
    return geopandas.GeoSeries(points, index=names, crs=RD)


def _slope(found: Access, need: pd.Series) -> tuple[ToldSlope | None, str]:
    table, parts = found.neighbourhoods, found.parts[NEIGHBOURHOOD]
    try:
        return told_slope(table["access"], parts, need, table["residents"], found.places), ""
    except ValueError as error:
        return None, str(error)
