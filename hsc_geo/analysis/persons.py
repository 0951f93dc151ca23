"""How many people of an age group a percentage is, area by area: computed by us, rounded, and small numbers left out.

Residents of an age group are estimated from the age bands of areas.csv (`hsc_geo.analysis.adults`): those of 65 and
over are a band of their own, those of 18 to 64 are the adults without them.
"""

from __future__ import annotations

import pandas as pd

from hsc_geo.analysis.adults import ADULTS, FARTHEST, OLDER, absolute, adults
from hsc_geo.analysis.figures import Figure, values
from hsc_geo.analysis.suppression import hidden
from hsc_geo.analysis.yardstick import PERCENT
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package

OLD, WORKING = "65plus", "18to64"
AGES = (ADULTS, WORKING, OLD)
SHOWN, SMALL, UNKNOWN = "shown", "small", "unknown"


def of_age(areas: pd.DataFrame, age_group: str) -> pd.DataFrame:
    """Residents of one of AGES in each area (a row of areas.csv): index area code, `people` (NaN where a band is
    missing) and `year` of the bands (Int64)."""
    found = adults(areas).rename(columns={"adults": "people"})
    old = areas[OLDER[-1]].astype("float64").where(found["people"].notna())
    if age_group == OLD:
        return found.assign(people=old)
    return found.assign(people=found["people"] - old) if age_group == WORKING else found


def persons(
    package: Package, table: pd.DataFrame, indicator_id: str, year: int, age_group: str, least: int
) -> pd.DataFrame | None:
    """How many people the percentages in `table` (column `value`, by area code) are: percentage x residents of the age
    group / 100, in two digits and tens at the finest, as if the percentage holds in the year of the ages too.

    Gives `number` (Int64; 0 is fewer than 10), `of` (residents of the age group, estimated, not rounded), `of_year` and
    `told`: SHOWN, SMALL (from 1 up to but not including `least`, or hidden so that such a one cannot be computed from
    the total) or UNKNOWN (no percentage, no ages, or ages more than FARTHEST years from the figure). None for a figure
    that is no percentage of one of AGES. Raises KeyError for an unknown indicator or area.
    """
    if str(package.indicators.at[indicator_id, "unit"]) != PERCENT or age_group not in AGES:
        return None
    of = of_age(package.areas.loc[table.index], age_group)
    near = ((of["year"] - year).abs() <= FARTHEST).fillna(False).astype(bool)
    people, value = of["people"].where(near), table["value"].astype("float64")
    small = hidden(value * people / 100, least)
    number = pd.array(
        [None if gone else absolute(v, p) for v, p, gone in zip(value, people, small, strict=True)], "Int64"
    )
    known = (value * people).notna()
    told = pd.Series(UNKNOWN, index=table.index).mask(known, SHOWN).mask(small, SMALL)
    return pd.DataFrame(
        {"number": number, "of": people, "of_year": of["year"], "told": told}, index=table.index
    )


@per_package(maxsize=64)
def persons_at(
    package: Package, indicator_id: str, year: int, age_group: str, level: str, least: int
) -> pd.DataFrame | None:
    """`persons` of a figure in every area of the level. Shared, so not to be changed."""
    return persons(
        package, values(package, indicator_id, year, age_group, level), indicator_id, year, age_group, least
    )


@per_package(maxsize=64)
def persons_of(package: Package, of: Figure, least: int) -> pd.DataFrame | None:
    """`persons` of the figure of one area. Shared, so not to be changed."""
    table = pd.DataFrame({"value": [of.value]}, index=[of.area_code], dtype="float64")
    return persons(package, table, of.indicator_id, of.year or 0, of.age_group, least)
