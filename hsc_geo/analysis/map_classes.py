"""Which classes the map of a figure has: by distance from the city's value, unless a reader chooses another way.

Where the city has no value to be held against, quantiles stand in, and it is told why. Where thresholds that a reader
gave do not fit the figure, the usual classes stand in, and it is told which threshold and what to do.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from hsc_geo.analysis.classify import (
    CITY,
    K_RANGE,
    OWN,
    SCHEMES,
    Classes,
    by_distance,
    by_thresholds,
    classify,
    most_classes,
    round_thresholds,
    with_closest,
)
from hsc_geo.analysis.figures import REGISTER_INDICATOR, SIZES, decimals_of, figure, published_range
from hsc_geo.analysis.focus import municipality_code
from hsc_geo.analysis.own_breaks import LEAST, MOST, thresholds
from hsc_geo.analysis.serving import DISTRICT, NEIGHBOURHOOD, count_served
from hsc_geo.analysis.yardstick import PERCENT, Yardstick, holding, yardstick
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.domain.message import MessageError

MAP_SCHEMES = (CITY, *SCHEMES)  # that need nothing from a reader
OFFERED = (*MAP_SCHEMES, OWN)
FALLBACK = SCHEMES[0]
COUNTED, TOTAL, NO_CITY = "counted", "total", "no_city"  # why the city cannot be held against
USUAL = 5  # classes, where nobody chose how many
_WHOLE_POINT = 1.0  # percentages are cut at whole points, where a reader chooses the way


def map_classes(
    package: Package,
    indicator_id: str,
    year: int | None,
    age_group: str,
    values: pd.Series,
    scheme: str,
    k: int,
    breaks: str = "",
) -> Classes:
    """Classes of `values` (by area, missing allowed) of an indicator in one year and age group.

    scheme: one of OFFERED. k: the number of classes of SCHEMES, at most what so many areas bear. breaks: of OWN, the
    thresholds as a reader or an address gives them; where these do not fit the figure, CITY stands in and `fault` tells
    why. With CITY, `instead` is COUNTED, TOTAL or NO_CITY where FALLBACK stands in. Raises ValueError for another
    scheme or k, KeyError for an unknown indicator.
    """
    if scheme not in OFFERED:
        raise ValueError(f"classification {scheme!r} is not one of {', '.join(OFFERED)}")
    if k not in K_RANGE:
        raise ValueError(f"{k} classes asked; choose {K_RANGE.start} to {K_RANGE.stop - 1}")
    if scheme != OWN:
        return _made(package, indicator_id, year, age_group, values, scheme, k)
    try:
        found = by_own(package, indicator_id, values, breaks)
    except MessageError as fault:
        instead = _made(package, indicator_id, year, age_group, values, CITY, k)
        return replace(instead, fault=fault.told)
    return finished(package, indicator_id, values, found)


def beside_city(
    package: Package, indicator_id: str, year: int | None, age_group: str, table: pd.DataFrame, found: Classes
) -> Classes:
    """The classes with the areas that are not distinguishable from the city, by the intervals in `table` (`lower`,
    `upper` by area); none of a total or a count, which cannot be held against it."""
    known = bool((table["lower"].notna() & table["upper"].notna()).any())
    if not known or _why_not(package, indicator_id, year, age_group):
        return replace(found, intervals=known)
    against = _city(package, indicator_id, year, age_group)
    if against is None:
        return replace(found, intervals=True)
    return replace(found, intervals=True, against_city=True, indistinct=holding(table, against.city))


def by_own(
    package: Package,
    indicator_id: str,
    values: pd.Series,
    breaks: str,
    within: tuple[float, float] | None = None,
) -> Classes:
    """Classes by the thresholds that a reader gives. within: the lowest and the highest value that these may divide,
    None for those of the package. Raises MessageError where they do not fit the figure."""
    decimals = decimals_of(package, indicator_id)
    found = thresholds(breaks, decimals, within or values_of(package, indicator_id))
    return by_thresholds(values, found, decimals)


def proposed(
    package: Package,
    indicator_id: str,
    values: pd.Series,
    classes: Classes,
    within: tuple[float, float] | None = None,
) -> tuple[float, ...]:
    """Thresholds to begin with: those of the present classes of `values`, rounded, where they are LEAST to MOST; else
    those of FALLBACK; () where the values bear none."""
    decimals = decimals_of(package, indicator_id)
    low, high = within or values_of(package, indicator_id)
    fallback = classify(values, FALLBACK, USUAL)
    for finest in (_finest(package, indicator_id), 0.0):  # finer where that leaves too few
        for each in (classes, fallback):
            rounded = round_thresholds(values, each, decimals, finest)
            fit = tuple(value for value in rounded if low < value <= high)
            if LEAST <= len(fit) <= MOST:
                return fit
    return ()


@per_package(maxsize=256)
def values_of(package: Package, indicator_id: str) -> tuple[float, float]:
    """The lowest and the highest value that a figure has for districts and neighbourhoods in any year and age group, so
    that thresholds which fit one year fit them all. Of our own count: from 0 to the most initiatives of an area."""
    if indicator_id == REGISTER_INDICATOR:
        ids = tuple(map(str, package.initiatives.index))
        most = count_served(package, ids).by_area.reindex(package.areas.index[_fine(package)]).max()
        return 0.0, 0.0 if pd.isna(most) else float(most)
    return published_range(package, indicator_id, (DISTRICT, NEIGHBOURHOOD))


def _fine(package: Package) -> pd.Series:
    return package.areas["level"].isin([DISTRICT, NEIGHBOURHOOD])


def _made(
    package: Package,
    indicator_id: str,
    year: int | None,
    age_group: str,
    values: pd.Series,
    scheme: str,
    k: int,
) -> Classes:
    why = _why_not(package, indicator_id, year, age_group) if scheme == CITY else ""
    against = _city(package, indicator_id, year, age_group) if scheme == CITY and not why else None
    if against:
        found = by_distance(values, against, decimals_of(package, indicator_id))
    else:
        found = _chosen(package, indicator_id, values, FALLBACK if why else scheme, k)
    return replace(finished(package, indicator_id, values, found), instead=why)


def finished(package: Package, indicator_id: str, values: pd.Series, found: Classes) -> Classes:
    """The classes with the direction of the figure, and with the two values that lie nearest across a break."""
    direction = str(package.indicators.at[indicator_id, "direction"])
    return replace(with_closest(values, found), direction=direction)


def _finest(package: Package, indicator_id: str) -> float:
    return _WHOLE_POINT if str(package.indicators.at[indicator_id, "unit"]) == PERCENT else 0.0


def _chosen(package: Package, indicator_id: str, values: pd.Series, scheme: str, k: int) -> Classes:
    finest = _finest(package, indicator_id)
    taken = min(k, most_classes(int(values.notna().sum())))
    return classify(values, scheme, taken, decimals_of(package, indicator_id), finest)


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
