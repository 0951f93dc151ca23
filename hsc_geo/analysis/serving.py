"""Which initiatives serve which area, and how many: per neighbourhood, per district, and once in the city.

An initiative that is known to serve a neighbourhood serves the district around it as well. One that is known only to
a district is counted there and in none of its neighbourhoods. City-wide, regional and unplaced initiatives belong to
no district; they are counted apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from hsc_geo.data.load import Package

CITY, REGION, UNKNOWN = "city", "region", "unknown"
WIDE_SCOPES = (CITY, REGION, UNKNOWN)
DISTRICT, NEIGHBOURHOOD = "district", "neighbourhood"


@dataclass(frozen=True)
class Served:
    """Counts of distinct initiatives.

    by_area: area code (district or neighbourhood) -> initiatives known to serve it (0 where none is known).
    district_only: neighbourhood code -> initiatives known to its district but to no neighbourhood in it.
    city, region, unknown: those without a district; total: every initiative once.
    """

    by_area: pd.Series
    district_only: pd.Series
    city: int
    region: int
    unknown: int
    total: int


@lru_cache(maxsize=4)
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


@lru_cache(maxsize=4)
def areas_of(package: Package) -> dict[str, list[str]]:
    """Initiative -> codes of the areas as precisely as known; shared, so not to be changed."""
    rows = package.initiative_areas
    found: dict[str, list[str]] = {}
    for key, code in zip(rows["initiative_id"].astype(str), rows["area_code"].astype(str), strict=True):
        found.setdefault(key, []).append(code)
    return found


def scope_codes(package: Package) -> list[tuple[str, ...]]:
    """For each initiative, in the register's order: its district codes, or `city`, `region` or `unknown`."""
    pairs = served_pairs(package)
    pairs = pairs[pairs["level"] == DISTRICT]
    districts: dict[str, list[str]] = {}
    for key, code in zip(pairs["initiative_id"], pairs["area_code"], strict=True):
        districts.setdefault(key, []).append(code)
    precisions = zip(package.initiatives.index, package.initiatives["precision"], strict=True)
    return [tuple(sorted(districts.get(key, ()))) or (_wide(precision),) for key, precision in precisions]


def count_served(package: Package, ids: Iterable[str]) -> Served:
    """Counts for the initiatives in `ids`; every district and neighbourhood of the package is in the result."""
    keep = set(ids)
    pairs = served_pairs(package)
    pairs = pairs[pairs["initiative_id"].isin(keep)]
    areas = package.areas[package.areas["level"].isin([DISTRICT, NEIGHBOURHOOD])]
    by_area = pairs.groupby("area_code").size().reindex(areas.index, fill_value=0)
    wide = package.initiatives["precision"][package.initiatives.index.isin(keep)].map(_wide)
    placed = set(pairs["initiative_id"])
    wide = wide[~wide.index.isin(placed)].value_counts()
    return Served(
        by_area=by_area,
        district_only=_district_only(pairs, areas),
        city=int(wide.get(CITY, 0)),
        region=int(wide.get(REGION, 0)),
        unknown=int(wide.get(UNKNOWN, 0)),
        total=len(keep),
    )


def serving(package: Package, area_code: str, ids: Iterable[str]) -> list[str]:
    """Ids of the initiatives among `ids` that are known to serve the area, in the register's order."""
    if package.areas.at[area_code, "level"] == "municipality":
        return list(ids)
    pairs = served_pairs(package)
    inside = set(pairs.loc[pairs["area_code"] == area_code, "initiative_id"])
    return [key for key in ids if key in inside]


def _district_only(pairs: pd.DataFrame, areas: pd.DataFrame) -> pd.Series:
    buurt = pairs[pairs["level"] == NEIGHBOURHOOD]
    finer = set(zip(buurt["initiative_id"], buurt["district"], strict=True))
    wijk = pairs[pairs["level"] == DISTRICT]
    only = [(i, d) not in finer for i, d in zip(wijk["initiative_id"], wijk["area_code"], strict=True)]
    per_district = wijk[np.array(only, dtype=bool)].groupby("area_code").size()
    neighbourhoods = areas[areas["level"] == NEIGHBOURHOOD]
    return neighbourhoods["parent_code"].map(per_district).fillna(0).astype(int)


def _wide(precision: str) -> str:
    return precision if precision in (CITY, REGION) else UNKNOWN
