"""Where next: the neighbourhoods in which k new places would newly reach most residents, weighted by need.

The maximal covering location problem: Church R, ReVelle C (1974), The maximal covering location problem, Papers of the
Regional Science Association 32(1):101-118. A place can come at one point in each neighbourhood (its representative
point). Who lives within the distance of a known place of an initiative counts no more. Residents are the points of
`demand`, each worth its residents times the need of its neighbourhood.

SciPy's HiGHS finds the best set, as a mixed-integer programme. A search of our own finds every set that comes close to
it, and that its best is as good as that of the solver is checked each time.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from hsc_geo.analysis.access import distances
from hsc_geo.analysis.demand import demand
from hsc_geo.analysis.places import points_of, with_point
from hsc_geo.analysis.reach import EVERYONE, check_distance, neighbourhoods, reach_of
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.domain.crs import RD

MOST_PLACES = 5
WITHIN = 0.02  # of the best: as good, with what the figures can bear
MOST = 25
FOUND, ALL_REACHED, NONE_IN_REACH = "found", "all_reached", "none_in_reach"
NOBODY_KNOWN = "nobody_known"
SAME = 1e-9  # share of the best: less apart is rounding


@dataclass(frozen=True)
class Search:
    """How the best sets are looked for. within: how far below the best an alternative can be, 0-1. most: sets that are
    told. among: codes of the neighbourhoods that can hold a place; None for all."""

    within: float = WITHIN
    most: int = MOST
    among: tuple[str, ...] | None = None


USUAL = Search()


@dataclass(frozen=True)
class Option:
    """One set of places: neighbourhood codes, sorted. weighted: residents newly reached times need, by the points of
    `demand`. residents: newly reached of all neighbourhoods, by the exact circles of `reach`."""

    codes: tuple[str, ...]
    weighted: float
    residents: float


@dataclass(frozen=True)
class WhereNext:
    """The best sets of places.

    outcome: `found`, `all_reached` (nobody with a need above 0 lives farther than the distance from a known place),
    `none_in_reach` (such people there are, and none within the distance of a possible place) or `nobody_known` (of no
    neighbourhood with a need above 0 the residents are known); `options` is empty but for `found`. options: all sets
    within 2% (`within`) of the best, best first, at most as many as asked; `more` when there are more than those.
    still: the need-weighted residents that no known place reaches, of whom `options` reach a part. unknown:
    neighbourhoods that count for nothing here, their need or residents are not known; they can hold a
    place. before: residents reached by the known places.
    """

    outcome: str
    options: tuple[Option, ...]
    more: bool
    still: float
    before: float
    unknown: tuple[str, ...]

    @property
    def best(self) -> Option | None:
        """The best set; None when there is none. Of listed sets that are just as good, the first by code."""
        return self.options[0] if self.options else None


def where_next(
    package: Package,
    ids: Iterable[str],
    distance: float,
    k: int,
    need: pd.Series,
    people: str = EVERYONE,
    search: Search = USUAL,
) -> WhereNext:
    """The best k (1-5) new places beside those of the initiatives in `ids`, at a distance in metres.

    need: neighbourhood code -> weight from 0 (nobody's need counts) upwards; a neighbourhood without one (or NaN)
    counts for nothing and is named in `unknown`. Where places can come is up to `search`; need counts everywhere.
    Raises ValueError for a distance, k, need or search that is none, or need that is above 0 nowhere.

    Of the town of docs/methods.md:

    >>> need = pd.Series({"BU00010101": 1, "BU00010102": 1, "BU00010201": 1, "BU00010202": 1})
    >>> where_next(town, ["WALK", "TABLE"], 500, k=1, need=need).best.codes
    ('BU00010202',)
    """
    codes = _codes(package)
    weights = need.rename(index=str).reindex(codes).astype("float64")
    _check(k, _sites(codes, search).sum(), weights, search)
    known = tuple(sorted(set(ids) & with_point(package)))
    values = tuple(-1.0 if math.isnan(each) else float(each) for each in weights)
    return _where_next(package, known, check_distance(distance), k, values, people, search)


def representative_points(package: Package) -> np.ndarray:
    """A point within each neighbourhood, by code: shape (n, 2), metres of EPSG:28992."""
    found: np.ndarray = shapely.get_coordinates(neighbourhoods(package).representative_point().to_numpy())
    return found


def _codes(package: Package) -> np.ndarray:
    return neighbourhoods(package).index.to_numpy().astype(str)


def _sites(codes: np.ndarray, search: Search) -> np.ndarray:
    """Which neighbourhoods can hold a place."""
    return np.ones(len(codes), dtype=bool) if search.among is None else np.isin(codes, search.among)


def _check(k: int, candidates: int, need: pd.Series, search: Search) -> None:
    wrong = []
    if not 1 <= k <= min(MOST_PLACES, candidates):
        wrong.append(f"{k!r} new places is not from 1 to {min(MOST_PLACES, candidates)}")
    if not 0 <= search.within < 1:
        wrong.append(f"within {search.within!r} is not a number from 0 to 1")
    if search.most < 1:
        wrong.append(f"at most {search.most!r} sets is not from 1")
    wrong += [
        f"need of {code} is {need[code]:g}, not a number from 0"
        for code in need.index[(need < 0) | np.isinf(need)]
    ]
    if not wrong and not (need > 0).any():
        wrong.append("need is above 0 in no neighbourhood: give some neighbourhood a weight")
    if wrong:
        raise ValueError("; ".join(wrong))


@per_package(maxsize=64)
def _where_next(
    package: Package,
    known: tuple[str, ...],
    distance: float,
    k: int,
    need: tuple[float, ...],
    people: str,
    search: Search,
) -> WhereNext:
    """need: by neighbourhood, -1 where not known."""
    where, codes = demand(package, people), _codes(package)
    here = points_of(package, known)
    before = _reached(package, here, np.empty((0, 2)), distance, people)
    weight = np.maximum(need, 0)[np.searchsorted(codes, where.neighbourhood)] * where.population
    near = _near(where.points, shapely.get_coordinates(here.to_numpy()), distance).any(axis=1)
    open_ = (weight > 0) & ~near
    can = _sites(codes, search)
    sites, places = representative_points(package)[can], codes[can]
    cover, worth = merged(_near(where.points[open_], sites, distance), weight[open_])
    found = _options(cover, worth, k, search.within, search.most)
    options = tuple(
        Option(
            tuple(map(str, places[list(chosen)])),
            value,
            _reached(package, here, sites[list(chosen)], distance, people) - before,
        )
        for value, chosen in found[: search.most]
    )
    outcome = FOUND if options else _why_none(weight, open_)
    unknown = tuple(sorted({*where.missing, *map(str, codes[np.array(need) < 0])}))
    return WhereNext(outcome, options, len(found) > search.most, float(weight[open_].sum()), before, unknown)


def _why_none(weight: np.ndarray, open_: np.ndarray) -> str:
    if not (weight > 0).any():
        return NOBODY_KNOWN
    return NONE_IN_REACH if open_.any() else ALL_REACHED


def _options(
    cover: np.ndarray, worth: np.ndarray, k: int, within: float, most: int
) -> list[tuple[float, tuple[int, ...]]]:
    """(worth, sites) of the best sets and, where there are more than `most`, one over; none where nothing is covered.

    Sets that are worth the same but for rounding come in the order of their sites.
    """
    if not len(worth):
        return []
    best = solver_best(cover, worth, k)
    found = list(islice(ranked(cover, worth, k, best * (1 - within)), most + 1))
    _agree(best, found)
    return sorted(found, key=lambda each: (-round(each[0] / best, 9), each[1]))


def _near(points: np.ndarray, places: np.ndarray, distance: float) -> np.ndarray:
    """Shape (points, places); at distance 0 nothing is near."""
    found: np.ndarray = (distances(points, places) <= distance) & (distance > 0)
    return found


def _reached(package: Package, here: gpd.GeoSeries, added: np.ndarray, distance: float, people: str) -> float:
    places = gpd.GeoSeries([*here, *shapely.points(added)], crs=RD)
    return float(reach_of(package, places, (), distance, people).city["reached"])


def _agree(best: float, found: list[tuple[float, tuple[int, ...]]]) -> None:
    """Raise RuntimeError unless the search found a best set of the solver's value."""
    ours = max((value for value, _ in found), default=0.0)
    if abs(ours - best) > 1e-6 * best:
        raise RuntimeError(f"the solver's best set is worth {best!r}, that of the search {ours!r}")


def merged(cover: np.ndarray, worth: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Points that the same sites cover as one, worth their sum; without those that no site covers.

    cover: (points, sites), bool. worth: (points,). The same answer, for much fewer points.
    """
    rows, at = np.unique(cover, axis=0, return_inverse=True)
    sums = np.bincount(at.ravel(), weights=worth, minlength=len(rows))
    some = rows.any(axis=1)
    return rows[some], sums[some]


def solver_best(cover: np.ndarray, worth: np.ndarray, k: int) -> float:
    """The most that k sites can cover, by SciPy's HiGHS. cover: (points, sites), bool; worth: (points,).

    Of each site whether it is chosen and of each point whether it counts, which takes a chosen site that covers it.
    Raises RuntimeError when the solver gives no answer.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array, eye_array, hstack

    points, sites = cover.shape
    is_site = np.repeat([1.0, 0.0], [sites, points])
    served = LinearConstraint(hstack([csr_array(-cover.astype(float)), eye_array(points)]), ub=0)
    solved = milp(
        np.concatenate([np.zeros(sites), -worth]),
        integrality=is_site,
        bounds=Bounds(0, 1),
        constraints=[served, LinearConstraint(is_site[None], k, k)],
        options={"mip_rel_gap": 0},
    )
    if not solved.success:
        raise RuntimeError(f"the solver found no best set: {solved.message}")
    return float(worth[cover[:, solved.x[:sites] > 0.5].any(axis=1)].sum())


def ranked(
    cover: np.ndarray, worth: np.ndarray, k: int, least: float
) -> Iterator[tuple[float, tuple[int, ...]]]:
    """All sets of k sites worth `least` or more, the best first: (worth, sites in order). k from 1.

    cover: (points, sites), bool; worth: (points,). Best-first branch and bound: a set can be worth no more than what
    it has and the largest gains that its next sites would bring now (a gain only shrinks as more is covered), and no
    more than all later sites together. So a set that comes off the heap is at least as good as all still to come.
    """
    floor = least - SAME * abs(least)
    order = np.argsort(-(worth @ cover), kind="stable")
    sites = cover.T[order].astype(float)
    later = np.maximum.accumulate(sites[::-1])[::-1]
    heap: list[tuple[float, int, tuple[int, ...]]] = [(-float(worth.sum()), k, ())]
    while heap:
        bound, left, chosen = heapq.heappop(heap)
        if not left:
            yield -bound, tuple(sorted(int(order[i]) for i in chosen))
            continue
        for most, site in _next(sites, later, worth, chosen, left):
            if most >= floor:
                heapq.heappush(heap, (-most, left - 1, (*chosen, site)))


def _next(
    sites: np.ndarray, later: np.ndarray, worth: np.ndarray, chosen: tuple[int, ...], left: int
) -> Iterator[tuple[float, int]]:
    """(what a set can be worth at most, its next site): sites after the last chosen, enough of them left."""
    covered = sites[list(chosen)].max(axis=0, initial=0.0)
    start = chosen[-1] + 1 if chosen else 0
    if left == 1:
        values = np.maximum(covered, sites[start:]) @ worth
        return zip(map(float, values), range(start, len(sites)), strict=True)
    gains = sites[start:] @ (worth * (1 - covered))
    bounds = float(covered @ worth) + gains[: len(gains) - left + 1] + _largest_after(gains, left - 1)
    bounds = np.minimum(bounds, np.maximum(covered, later[start : start + len(bounds)]) @ worth)
    return zip(map(float, bounds), range(start, start + len(bounds)), strict=True)


def _largest_after(gains: np.ndarray, count: int) -> np.ndarray:
    """For each gain with `count` (from 1) or more after it, the sum of the `count` largest of those; none below 0."""
    after = np.tril(np.broadcast_to(gains[:, None], (len(gains), len(gains))), -1)
    found: np.ndarray = np.partition(after, -count, axis=0)[-count:].sum(axis=0)
    return found[: len(gains) - count]
