"""Which classes the map of a figure has: by distance from the city's value, unless a reader chooses another way.

Where the city has no value to be held against, quantiles stand in, and it is told why.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from hsc_geo.analysis.classify import (
    CITY,
    K_RANGE,
    SCHEMES,
    Classes,
    by_distance,
    classify,
    most_classes,
    with_closest,
)
from hsc_geo.analysis.figures import REGISTER_INDICATOR, SIZES, figure
from hsc_geo.analysis.focus import municipality_code
from hsc_geo.analysis.yardstick import PERCENT, Yardstick, yardstick
from hsc_geo.data.load import Package

MAP_SCHEMES = (CITY, *SCHEMES)
FALLBACK = SCHEMES[0]
COUNTED, TOTAL, NO_CITY = "counted", "total", "no_city"  # why the city cannot be held against
_WHOLE_POINT = 1.0  # percentages are cut at whole points, where a reader chooses the way


def map_classes(
    package: Package,
    indicator_id: str,
    year: int | None,
    age_group: str,
    values: pd.Series,
    scheme: str,
    k: int,
) -> Classes:
    """Classes of `values` (by area, missing allowed) of an indicator in one year and age group.

    scheme: one of MAP_SCHEMES. k: the number of classes of the others, at most what so many areas bear. With CITY,
    `instead` is COUNTED, TOTAL or NO_CITY where FALLBACK stands in. Raises ValueError for another scheme or k,
    KeyError for an unknown indicator.
    """
    if scheme not in MAP_SCHEMES:
        raise ValueError(f"classification {scheme!r} is not one of {', '.join(MAP_SCHEMES)}")
    if k not in K_RANGE:
        raise ValueError(f"{k} classes asked; choose {K_RANGE.start} to {K_RANGE.stop - 1}")
    why = _why_not(package, indicator_id, year, age_group) if scheme == CITY else ""
    against = _city(package, indicator_id, year, age_group) if scheme == CITY and not why else None
    if against:
        found = by_distance(values, against, _decimals(package, indicator_id))
    else:
        found = _chosen(package, indicator_id, values, FALLBACK if why else scheme, k)
    direction = str(package.indicators.at[indicator_id, "direction"])
    return replace(with_closest(values, found), instead=why, direction=direction)


def _chosen(package: Package, indicator_id: str, values: pd.Series, scheme: str, k: int) -> Classes:
    finest = _WHOLE_POINT if str(package.indicators.at[indicator_id, "unit"]) == PERCENT else 0.0
    taken = min(k, most_classes(int(values.notna().sum())))
    return classify(values, scheme, taken, _decimals(package, indicator_id), finest)


def _why_not(package: Package, indicator_id: str, year: int | None, age_group: str) -> str:
    """Why areas cannot be held against the city; '' where they can."""
    if indicator_id == REGISTER_INDICATOR:
        return COUNTED
    if str(package.indicators.at[indicator_id, "unit"]) in SIZES:
        return TOTAL
    return "" if _city(package, indicator_id, year, age_group) else NO_CITY


def _city(package: Package, indicator_id: str, year: int | None, age_group: str) -> Yardstick | None:
    if year is None:
        return None
    value = figure(package, municipality_code(package), indicator_id, year, age_group).value
    return None if value is None else yardstick(package, indicator_id, value)


def _decimals(package: Package, indicator_id: str) -> int:
    found: Any = package.indicators.at[indicator_id, "decimals"]
    return 0 if pd.isna(found) else int(found)
