"""Which initiatives serve which area, and how many: per neighbourhood, per district, and once in the city.

An initiative that is known to serve a neighbourhood serves the district around it as well. One that is known only to
a district is counted there and in none of its neighbourhoods. City-wide, regional and unplaced initiatives belong to
no district; they are counted apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from hsc_geo.analysis.own_area import OwnArea, own_areas
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package

CITY, REGION, UNKNOWN = "city", "region", "unknown"
WIDE_SCOPES = (CITY, REGION, UNKNOWN)
DISTRICT, NEIGHBOURHOOD = "district", "neighbourhood"


@dataclass(frozen=True)
class Served:
    """Counts of distinct initiatives.

    by_area: area code (district or neighbourhood) -> initiatives known to serve it (0 where none is known).
    district_only: area code -> initiatives known to the district, or to the one around the neighbourhood, but to no
    neighbourhood in it.
    city, region, unknown: those without a district; total: every initiative once.
    """

    by_area: pd.Series
    district_only: pd.Series
    city: int
    region: int
    unknown: int
    total: int


@per_package(maxsize=1)
def served_pairs(package: Package) -> pd.DataFrame:
    """(initiative_id, area_code, level, district, exact) for every district or neighbourhood served, the districts
    of neighbourhoods included; no duplicates; shared, so not to be changed. `exact` is False for a district that
    follows from one of its neighbourhoods.
    """
    rows = package.initiative_areas[["initiative_id", "area_code"]].astype(str)
    rows = rows.join(package.areas[["level", "parent_code"]], on="area_code")
    rows = rows[rows["level"].isin([DISTRICT, NEIGHBOURHOOD])]
    implied = rows[rows["level"] == NEIGHBOURHOOD].assign(
        area_code=lambda t: t["parent_code"], level=DISTRICT
    )
    pairs = pd.concat([rows.assign(exact=True), implied.assign(exact=False)])
    pairs["district"] = np.where(pairs["level"] == DISTRICT, pairs["area_code"], pairs["parent_code"])
    pairs = pairs.sort_values("exact", ascending=False)
    pairs = pairs.drop_duplicates(["initiative_id", "area_code"])
    return pairs[["initiative_id", "area_code", "level", "district", "exact"]].reset_index(drop=True)


@per_package(maxsize=1)
def own_pairs(package: Package) -> pd.DataFrame:
    """(initiative_id, area_code) for every own area served: one of its neighbourhoods is, or a district that lies in it
    as a whole. No duplicates; shared, so not to be changed."""
    pairs = served_pairs(package)
    found = [
        pairs.loc[pairs["area_code"].isin(inside(package, each)), ["initiative_id"]]
        .drop_duplicates()
        .assign(area_code=each.code)
        for each in own_areas(package)
    ]
    return pd.concat(found, ignore_index=True) if found else pairs.iloc[:0][["initiative_id", "area_code"]]


def inside(package: Package, area: OwnArea) -> frozenset[str]:
    """The neighbourhoods of an own area, and the districts of which it holds all neighbourhoods."""
    mine = frozenset(area.neighbourhoods)
    parents = package.areas.loc[package.areas["level"] == NEIGHBOURHOOD, "parent_code"].astype(str)
    outside = set(parents[~parents.index.isin(mine)])
    return mine | (frozenset(parents[parents.index.isin(mine)]) - outside)


@per_package(maxsize=1)
def areas_of(package: Package) -> dict[str, list[str]]:
    """Initiative -> codes of the areas as precisely as known; shared, so not to be changed."""
    rows = package.initiative_areas
    found: dict[str, list[str]] = {}
    for key, code in zip(rows["initiative_id"].astype(str), rows["area_code"].astype(str), strict=True):
        found.setdefault(key, []).append(code)
    return found


@per_package(maxsize=1)
def scope_codes(package: Package) -> list[tuple[str, ...]]:
    """For each initiative, in the register's order: its district codes, or `city`, `region` or `unknown`; shared, so
    not to be changed."""
    pairs = served_pairs(package)
    pairs = pairs[pairs["level"] == DISTRICT]
    districts: dict[str, list[str]] = {}
    for key, code in zip(pairs["initiative_id"].tolist(), pairs["area_code"].tolist(), strict=True):
        districts.setdefault(key, []).append(code)
    known = package.initiatives["precision"]
    precisions = zip(known.index.tolist(), known.tolist(), strict=True)
    return [tuple(sorted(districts.get(key, ()))) or (_wide(precision),) for key, precision in precisions]


@per_package(maxsize=1)
def scope_of(package: Package) -> dict[str, str]:
    """Initiative -> `city`, `region`, `unknown`, or its first district; shared, so not to be changed."""
    return {
        str(key): codes[0] for key, codes in zip(package.initiatives.index, scope_codes(package), strict=True)
    }


def count_served(package: Package, ids: Iterable[str]) -> Served:
    """Counts for the initiatives in `ids`; every district and neighbourhood of the package is in the result."""
    table = _incidence(package)
    rows = np.array(sorted({table.position[key] for key in ids if key in table.position}), dtype=int)
    only = np.append(table.only_district[rows].sum(axis=0), 0)
    wide = {scope: int((table.scope[rows] == scope).sum()) for scope in WIDE_SCOPES}
    return Served(
        by_area=pd.Series(table.serves[rows].sum(axis=0), index=table.areas),
        district_only=pd.Series(only[table.around], index=table.areas),
        city=wide[CITY],
        region=wide[REGION],
        unknown=wide[UNKNOWN],
        total=len(rows),
    )


@dataclass(frozen=True)
class _Incidence:
    """Initiatives against areas, so that a change of filter is a sum of rows.

    serves and only_district: shape (initiatives, areas), 1 where the initiative serves the area, or is known to the
    district and to no neighbourhood in it. around: column of the district in which each area lies, of a district its
    own; -1 for none. scope: `city`, `region`, `unknown`, or '' for those known to an area.
    """

    position: dict[str, int]
    areas: pd.Index
    serves: np.ndarray
    only_district: np.ndarray
    around: np.ndarray
    scope: np.ndarray


@per_package(maxsize=1)
def _incidence(package: Package) -> _Incidence:
    areas = package.areas.index[package.areas["level"].isin([DISTRICT, NEIGHBOURHOOD])]
    column = {str(code): i for i, code in enumerate(areas)}
    position = {str(key): i for i, key in enumerate(package.initiatives.index)}
    pairs = served_pairs(package)
    serves = np.zeros((len(position), len(areas)), dtype=np.int32)
    rows = pairs["initiative_id"].map(position).to_numpy(dtype=int)
    serves[rows, pairs["area_code"].map(column).to_numpy(dtype=int)] = 1
    only = serves.copy()
    only[:, [column[str(code)] for code in areas if package.areas.at[code, "level"] == NEIGHBOURHOOD]] = 0
    finer = pairs[pairs["level"] == NEIGHBOURHOOD]
    only[
        finer["initiative_id"].map(position).to_numpy(dtype=int),
        finer["district"].map(column).to_numpy(dtype=int),
    ] = 0
    scope = np.array([_wide(each) for each in package.initiatives["precision"]], dtype=object)
    scope[serves.any(axis=1)] = ""
    return _Incidence(position, areas, serves, only, _around(package, column), scope)


def _around(package: Package, column: Mapping[str, int]) -> np.ndarray:
    rows = package.areas.loc[list(column), ["level", "parent_code"]]
    districts = rows["parent_code"].where(rows["level"] == NEIGHBOURHOOD, rows.index.to_series())
    return districts.map(column).fillna(-1).to_numpy(dtype=int)


def _wide(precision: str) -> str:
    return precision if precision in (CITY, REGION) else UNKNOWN
