"""How many adults live in an area, estimated from age bands that do not break at 18, and what a percentage of them is.

Health figures are of people of 18 and over; Statistics Netherlands publishes residents of 15 to 24 in one band for
districts and neighbourhoods. Seven of the ten years of that band are 18 and over, so 7/10 of it are counted. Where more
people of 18 to 24 live than of 15 to 17, as in a student city, the estimate is somewhat low: at most 3/10 of the band.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from hsc_geo.analysis.figures import Figure
from hsc_geo.analysis.yardstick import PERCENT
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.domain.areas import ADULT_SHARE_OF_15_24

YOUTH, YOUNG_ADULTS = "population_0_14", "population_15_24"
OLDER = ("population_25_44", "population_45_64", "population_65_plus")
DIGITS = 2  # that an estimated number of people bears
FINEST = 10  # people; no number is told finer than this
FARTHEST = 5  # years between a percentage and the ages of the people that it is multiplied with
ADULTS = "18plus"


@dataclass(frozen=True)
class People:
    """How many adults a percentage of them is, both estimates, as round as they bear. number: 0 for fewer than half of
    FINEST. of: the adults of the area. year: of the ages from which they are estimated."""

    number: int
    of: int
    year: int


def residents_of_bands(areas: pd.DataFrame) -> pd.Series:
    """Residents of each area (a row of areas.csv) in the year of its age bands; NaN where that is not known.

    The population where it is of the same year; else the sum of the five bands, each rounded to 5 below the level of
    the municipality.
    """
    bands = areas[[YOUTH, YOUNG_ADULTS, *OLDER]].astype("float64").sum(axis=1, skipna=False)
    same = (areas["population_year"] == areas["bands_year"]).fillna(False).astype(bool)
    return areas["population"].astype("float64").where(same, bands)


def adults(areas: pd.DataFrame) -> pd.DataFrame:
    """Estimated adults (18 and over) of each area (a row of areas.csv): index area code, columns `adults` and `year`.

    adults: residents of 25 and over and 7/10 of those of 15 to 24, not rounded; NaN where a band that is needed or its
    year is missing. year: of the bands (Int64, NA where adults is NaN), which need not be that of the population. An
    estimate: show it as one, with its year.
    """
    young, youth = areas[YOUNG_ADULTS].astype("float64"), areas[YOUTH].astype("float64")
    older = residents_of_bands(areas) - youth - young
    year = areas["bands_year"].astype("Int64")
    found = (older + ADULT_SHARE_OF_15_24 * young).where(year.notna())
    year = year.where(found.notna())
    return pd.DataFrame({"adults": found, "year": year}, index=areas.index)


def absolute(percent: float | None, people: float | None) -> int | None:
    """How many of `people` a percentage (0-100) is, as round as an estimate bears: two digits, tens at the finest.

    None where one of the two is missing. 0 means fewer than half of FINEST: tell "fewer than 10", not nobody. Halves go
    up. Raises ValueError for a percentage below 0 or above 100, or fewer than no people.
    """
    if percent is None or people is None or math.isnan(percent) or math.isnan(people):
        return None
    if not 0 <= percent <= 100 or people < 0:
        raise ValueError(f"{percent}% of {people} people; expected 0 to 100% of 0 people or more")
    return rounded(people * percent / 100)


def rounded(count: float) -> int:
    """A count (0 or more) in two digits, and in tens at the finest: 6,044 gives 6,000 and 847 gives 850."""
    size = math.floor(math.log10(count)) + 1 if count >= 1 else 1
    step = max(FINEST, 10 ** (size - DIGITS))
    return math.floor(count / step + 0.5) * step


def people(package: Package, figure: Figure) -> People | None:
    """How many adults a figure is about, as if its percentage holds in the year of the ages too.

    None for a figure that is no percentage of all adults, without a value, of a year more than FARTHEST from that of
    the ages, or where how many adults live in the area is not known. Raises KeyError for an unknown indicator.
    """
    unit = str(package.indicators.at[figure.indicator_id, "unit"])
    of, year = _known(package).get(figure.area_code, (None, 0))
    far = abs((figure.year or 0) - year) > FARTHEST
    if unit != PERCENT or figure.age_group != ADULTS or far:
        return None
    number = absolute(figure.value, of)
    return None if number is None or of is None else People(number, rounded(of), year)


@per_package(maxsize=1)
def _known(package: Package) -> dict[str, tuple[float, int]]:
    """Area -> adults (not rounded) and the year of their ages."""
    found = adults(package.areas).dropna()
    pairs = zip(found["adults"].astype(float), found["year"].astype(int), strict=True)
    return dict(zip(map(str, found.index), pairs, strict=True))
