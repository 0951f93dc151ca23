"""Access with competition: places near the residents, shared with all others who live near those places.

Two-step floating catchment areas. First each place: its supply divided by the residents within the distance. Then each
point where residents live (`demand`): the sum of those ratios over the places within the distance. The enhanced form
counts residents and places less, in both steps, when they are farther apart: in three zones, thirds of the distance.

Luo W, Wang F (2003), Measures of spatial accessibility to health care in a GIS environment, Environment and Planning B
30(6):865-884 (2SFCA). Luo W, Qi Y (2009), An enhanced two-step floating catchment area (E2SFCA) method for measuring
spatial accessibility to primary care physicians, Health & Place 15(4):1100-1107, with its slow-decay Gaussian weights.
Computed by PySAL `access`; the bounds by a matrix of areas against places, for access is linear in each supply.

Distance is as the crow flies, in metres of EPSG:28992. Access is in supply per 1,000 residents, where nothing else is
known one initiative is a supply of 1, in equal parts over its places. Only initiatives with a place count, and only the
residents of the municipality.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from hsc_geo.analysis.demand import demand
from hsc_geo.analysis.places import points_of
from hsc_geo.analysis.reach import EVERYONE, check_distance, neighbourhoods
from hsc_geo.analysis.serving import DISTRICT, NEIGHBOURHOOD
from hsc_geo.data.load import Package
from hsc_geo.domain.crs import RD, require_crs

if TYPE_CHECKING:
    import geopandas as gpd

TWO_STEP, ENHANCED = "2sfca", "e2sfca"
METHODS = (TWO_STEP, ENHANCED)
# Weight of each zone from near to far: thirds of the distance for the enhanced form (Luo & Qi 2009, weight set 1).
WEIGHTS = {TWO_STEP: (1.0,), ENHANCED: (1.0, 0.68, 0.22)}
FACTOR = 2.0  # how many times less or more an unknown capacity can be than the equal one
PER = 1000  # residents
SAME = 1e-9  # supply per 1,000 residents: less apart is rounding
CITY = "city"
RANKS = ("rank", "rank_best", "rank_worst")
COLUMNS = ("residents", "access", "lower", "upper", "binary", *RANKS)
SATURATED = 0.995  # of the residents of the city near a place: distance alone then tells no areas apart


@dataclass(frozen=True)
class Access:
    """Access with competition.

    table: index district code; neighbourhoods: index neighbourhood code; both with the columns `residents`, `access`
    (supply per 1,000 residents, the mean over residents), `lower` and `upper` (all unknown capacities low, or all
    high), `binary` (share of residents, 0-1, within the distance of a place at all), and `rank` with `rank_best` and
    `rank_worst` (1 is most access). NaN in all but `residents` where nobody lives or the number is not known. city:
    the same for all residents together, without ranks: for it, access is all supply that anybody is near to, divided by
    all residents, whatever the distance: a benchmark for the areas, no finding.
    The bounds of a rank hold for any capacities within theirs: an area is put above another only where it is above it
    for all of them. placed: initiatives with a place. places: different places. unknown: initiatives with a place and
    without a known capacity. saturated: nearly everybody (99.5%) has a place within the distance, so that `binary`
    tells no areas apart. missing: neighbourhoods that are left out, see `demand`. parts: by level, what each initiative
    with all its places adds to `access`: index area code, a column per initiative; NaN where nobody lives.
    """

    table: pd.DataFrame
    neighbourhoods: pd.DataFrame
    city: pd.Series
    placed: int
    places: int
    unknown: int
    saturated: bool
    missing: tuple[str, ...]
    parts: Mapping[str, pd.DataFrame]

    def at(self, level: str) -> pd.DataFrame:
        """The table of the level: `district` or `neighbourhood` (else KeyError)."""
        return {DISTRICT: self.table, NEIGHBOURHOOD: self.neighbourhoods}[level]


def access(
    package: Package,
    ids: Iterable[str],
    distance: float,
    method: str = TWO_STEP,
    people: str = EVERYONE,
    capacity: Mapping[str, float] | None = None,
    factor: float = FACTOR,
) -> Access:
    """Access to the initiatives in `ids` that have a place, at a distance in metres (at 0 nobody has any).

    people: a population column of areas.csv. capacity: what is known of it, by initiative, in any unit that is the
    same for all; of others it lies between 1/factor and factor times the equal one (`equal_capacity`).
    Raises ValueError for a distance, method, capacity or factor that is none, and what `demand` raises.

    Of the town of docs/methods.md:

    >>> access(town, ["WALK", "TABLE"], 500).table["access"].round(3).to_dict()
    {'WK000101': 0.333, 'WK000102': 0.2}
    """
    return access_of(package, points_of(package, ids), distance, method, people, capacity, factor)


def access_of(
    package: Package,
    places: gpd.GeoSeries,
    distance: float,
    method: str = TWO_STEP,
    people: str = EVERYONE,
    capacity: Mapping[str, float] | None = None,
    factor: float = FACTOR,
) -> Access:
    """As `access`, of places given (points, EPSG:28992; index: initiative), in the register or not."""
    require_crs(places, RD, "places")
    where, sites = demand(package, people), _sites(places, capacity or {}, factor)
    cells = _cells(where.points, where.population, sites, distance, method)
    areas = neighbourhoods(package)
    residents = package.areas.loc[areas.index, people].astype("float64")
    everywhere = pd.Series({CITY: residents.sum(min_count=1)})
    city: pd.Series = _level(cells, np.full(len(cells.population), CITY), everywhere, sites).table.T[CITY]
    district = _level(cells, where.district, residents.groupby(areas["district"]).sum(min_count=1), sites)
    neighbourhood = _level(cells, where.neighbourhood, residents, sites)
    return Access(
        district.table,
        neighbourhood.table,
        city.drop(list(RANKS)),
        places.index.nunique(),
        len(sites.points),
        sites.unknown,
        bool(city["binary"] >= SATURATED),
        where.missing,
        {DISTRICT: district.parts, NEIGHBOURHOOD: neighbourhood.parts},
    )


def distances(points: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Metres between each of the points (n, 2) and each of the places (m, 2), in one plane: shape (n, m)."""
    found: np.ndarray = np.hypot(*(points[:, None, i] - places[None, :, i] for i in (0, 1)))
    return found


def zone_weights(apart: np.ndarray, distance: float, method: str) -> np.ndarray:
    """The weight, from 0 to 1, of distances `apart` (metres); 0 beyond `distance`, and everywhere at distance 0."""
    steps = _steps(check_distance(distance), method)
    if distance == 0:
        return np.zeros(apart.shape)
    weights = np.array([*steps.values(), 0.0])
    found: np.ndarray = weights[np.searchsorted(np.array([*steps]), apart, side="left")]
    return found


def two_step(
    population: np.ndarray, supply: np.ndarray, apart: np.ndarray, distance: float, method: str = TWO_STEP
) -> np.ndarray:
    """Access of each point by PySAL, in supply per 1,000 residents; 0 where no place lies within the distance.

    population: shape (n,), above 0. supply: shape (m,). apart: shape (n, m), metres. Supply of a place without a
    resident within the distance reaches nobody.
    """
    point, place = np.nonzero(apart <= check_distance(distance))
    found = np.zeros(len(population))
    if distance == 0 or not len(point):
        return found
    from access.fca import two_stage_fca
    from access.weights import step_fn

    result = two_stage_fca(
        pd.DataFrame({"demand": population}).rename_axis("geoid"),
        pd.DataFrame({"supply": supply}).rename_axis("geoid"),
        pd.DataFrame({"origin": point, "dest": place, "cost": apart[point, place]}),
        max_cost=distance,
        weight_fn=step_fn(_steps(distance, method)),
    )
    found[result.index.to_numpy()] = PER * result.to_numpy()
    return found


def equal_capacity(known: Iterable[float]) -> float:
    """What an initiative of unknown capacity counts for: the mean of those known and above 0, 1 when there is none."""
    above = [each for each in known if each > 0]
    return sum(above) / len(above) if above else 1.0


@dataclass(frozen=True, eq=False)
class _Sites:
    """Different places. points: (m, 2). supply, low, high: (m,), of all initiatives there together. names: (i,), the
    initiatives. at, whose, own: (p,), of each place of each initiative its point, its initiative, its supply."""

    points: np.ndarray
    supply: np.ndarray
    low: np.ndarray
    high: np.ndarray
    unknown: int
    names: np.ndarray
    at: np.ndarray
    whose: np.ndarray
    own: np.ndarray


def _sites(places: gpd.GeoSeries, capacity: Mapping[str, float], factor: float) -> _Sites:
    known = {str(key): float(capacity[key]) for key in places.index if key in capacity}
    _check(known, factor)
    equal = equal_capacity(known.values())
    points, at = np.unique(shapely.get_coordinates(places.to_numpy()), axis=0, return_inverse=True)
    names, whose = np.unique(places.index.to_numpy().astype(str), return_inverse=True)
    share = 1 / np.bincount(whose, minlength=len(names))[whose]  # over its own places
    own, *bounds = (
        share * np.array([known.get(name, each) for name in names], dtype=float)[whose]
        for each in (equal, equal / factor, equal * factor)
    )
    supply, low, high = (np.bincount(at.ravel(), each, len(points)) for each in (own, *bounds))
    return _Sites(points, supply, low, high, len(names) - len(known), names, at.ravel(), whose, own)


def _check(known: Mapping[str, float], factor: float) -> None:
    wrong = [
        f"capacity {value!r} of {key} is not a number from 0"
        for key, value in known.items()
        if not 0 <= value < np.inf
    ]
    if not 1 <= factor < np.inf:
        wrong.append(f"factor {factor!r} is not a number from 1")
    if wrong:
        raise ValueError("; ".join(wrong))


def _steps(distance: float, method: str) -> dict[float, float]:
    """The outer edge of each zone (metres) -> its weight."""
    if method not in METHODS:
        raise ValueError(f"method {method!r} is not one of {', '.join(METHODS)}")
    weights = WEIGHTS[method]
    edges = np.linspace(distance / len(weights), distance, len(weights))
    return dict(zip(map(float, edges), weights, strict=True))


@dataclass(frozen=True, eq=False)
class _Cells:
    """Points where residents live. population, access, binary: (n,). shares: (n, m), supply per 1,000 residents by a
    supply of 1 at each place, so that access is shares @ supply."""

    population: np.ndarray
    access: np.ndarray
    binary: np.ndarray
    shares: np.ndarray


def _cells(points: np.ndarray, population: np.ndarray, sites: _Sites, distance: float, method: str) -> _Cells:
    apart = distances(points, sites.points)
    weights = zone_weights(apart, distance, method)
    asking = population @ weights
    shares = PER * np.divide(weights, asking, out=np.zeros(weights.shape), where=asking > 0)
    found = two_step(population, sites.supply, apart, distance, method)
    return _Cells(population, found, weights.max(axis=1, initial=0.0) > 0, shares)


@dataclass(frozen=True, eq=False)
class _Level:
    table: pd.DataFrame
    parts: pd.DataFrame


def _level(cells: _Cells, codes: np.ndarray, residents: pd.Series, sites: _Sites) -> _Level:
    """The tables of one level, for every code of `residents`; codes: the area of each cell."""
    people = cells.population[:, None]
    sums = (
        pd.DataFrame(np.column_stack([cells.access, cells.binary, cells.shares]) * people)
        .groupby(codes)
        .sum()
    )
    means = sums.div(pd.Series(cells.population).groupby(codes).sum(), axis=0)
    parts = means.iloc[:, 2:].to_numpy()
    table = means.iloc[:, :2].set_axis(["access", "binary"], axis=1)
    table = table.assign(
        lower=parts @ sites.low, upper=parts @ sites.high, **_ranks(table["access"], parts, sites)
    )
    table = table.reindex(residents.index).assign(residents=residents)[list(COLUMNS)]
    return _Level(table, _by_initiative(parts, means.index, sites).reindex(residents.index))


def _by_initiative(parts: np.ndarray, codes: pd.Index, sites: _Sites) -> pd.DataFrame:
    """parts: (areas, places), access by a supply of 1; codes: the areas."""
    rows = [np.bincount(sites.whose, row[sites.at] * sites.own, len(sites.names)) for row in parts]
    return pd.DataFrame(np.array(rows).reshape(len(codes), len(sites.names)), codes, sites.names)


def _ranks(access: pd.Series, parts: np.ndarray, sites: _Sites) -> dict[str, np.ndarray]:
    """The rank of each area, and the best and worst that it can have; parts: (areas, places), access by a supply of 1.

    Whether one area is above another for all capacities is known exactly, for the difference is linear in each of
    them: it is least where every supply stands at the end that is worse for the one.
    """
    above = np.array([_surely_above(each - parts, sites) for each in parts]).reshape(len(parts), len(parts))
    value = access.to_numpy()
    higher = (value[:, None] - value[None, :] > SAME).sum(axis=0)
    return {
        "rank": 1.0 + higher,
        "rank_best": 1.0 + above.sum(axis=0),
        "rank_worst": len(value) - 1.0 * above.sum(axis=1),
    }


def _surely_above(more: np.ndarray, sites: _Sites) -> np.ndarray:
    """more: (areas, places), how much more one area has than each by a supply of 1."""
    found: np.ndarray = np.minimum(more * sites.low, more * sites.high).sum(axis=1) > SAME
    return found
