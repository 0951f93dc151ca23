"""The figures of own areas, computed from those of their neighbourhoods.

A number of people, households or hectares is the sum over the neighbourhoods. A percentage or an average is their mean

    x = sum(w_i * x_i) / sum(w_i)

over the neighbourhoods i with a value, where w_i is how many there are of what the figure is about: adults, people of
65 and over, residents, homes (households stand in for them), or for a density hectares of land. Where w is the number
that the figure was divided by, this is exact; else it is an estimate, as the weights here are of one year. The
published figures of districts made in the same way differ little for the newest year: docs/methods.md says how much.

No mean is made of a class or a median, of fewer neighbourhoods than ENOUGH of the weights, or with weights of more than
`adults.FARTHEST` years before or after the figure. No interval is given: those of estimates by a model hang together
between neighbourhoods, and how is not published.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from hsc_geo.analysis.adults import FARTHEST, adults
from hsc_geo.analysis.figures import FAR_WEIGHTS, NO_MEAN, PARTS_MISSING, PRESENT, preferred, values, years_at
from hsc_geo.analysis.own_area import MEAN, SUM, Made, Moment
from hsc_geo.analysis.serving import NEIGHBOURHOOD
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package

ENOUGH = 0.8  # of the weights must be of neighbourhoods with a value
SUMMED = frozenset({"persons", "households", "ha"})  # units
NOT_AVERAGED = frozenset({"class"})
ADULTS, YOUNGER, OLDER = "adults", "adults_18_64", "residents_65_plus"
RESIDENTS, HOMES, LAND = "residents", "homes", "land"
WEIGHTS = (ADULTS, YOUNGER, OLDER, RESIDENTS, HOMES, LAND)
_OF_AGES = {"18plus": ADULTS, "18to64": YOUNGER, "65plus": OLDER}
_OF_CONCEPTS = {  # what is about homes or land, and not about residents
    "owner_occupied_homes": HOMES,
    "single_family_homes": HOMES,
    "housing_association_homes": HOMES,
    "home_value": HOMES,
    "household_size": HOMES,
    "address_density": HOMES,
    "population_density": LAND,
}
HOUSEHOLDS = "households"  # the concept
_COLUMNS = ["area_code", "indicator_id", "year", "age_group", "value", "status"]


@dataclass(frozen=True)
class _Weights:
    """Neighbourhood -> how many there are (NaN not known), and of which year; None where these differ."""

    of: Mapping[str, float]
    year: int | None


Part = tuple[str, float, str]  # neighbourhood, value (NaN missing), status


def weights_for(package: Package, indicator_id: str, age_group: str) -> str:
    """Whose number counts in a mean of the figure: one of WEIGHTS."""
    concept = str(package.indicators.at[indicator_id, "concept"])
    return _OF_CONCEPTS.get(concept) or _OF_AGES.get(age_group, RESIDENTS)


def figures_of(
    package: Package, areas: Mapping[str, Sequence[str]]
) -> tuple[pd.DataFrame, dict[Moment, Made]]:
    """(observations with the rows of these areas behind them, how each was made); areas: code -> neighbourhoods.

    A row for each figure that any of its neighbourhoods has a row for: with a value, as round as it is published,
    without an interval; or without one and why: `no_mean`, `parts_missing`, `far_weights`, or the one reason that holds
    for all its neighbourhoods.
    """
    rows, told = [], {}
    for code, parts in areas.items():
        for (indicator, year, age), found in _by_moment(package, parts).items():
            value, status, how = _figure(package, parts, (indicator, year, age), found)
            rows.append((code, indicator, year, age, value, status))
            told[code, indicator, year, age] = how
    return _with_rows(package.observations, rows), told


def _by_moment(package: Package, codes: Iterable[str]) -> dict[tuple[str, int, str], list[Part]]:
    """(indicator, year, age group) -> what each of the neighbourhoods has of it."""
    rows = package.observations[package.observations["area_code"].isin(list(codes))]
    found: dict[tuple[str, int, str], list[Part]] = {}
    for code, key, year, age, value, status in zip(*(rows[name].tolist() for name in _COLUMNS), strict=True):
        found.setdefault((str(key), int(year), str(age)), []).append((str(code), value, str(status)))
    return found


def _figure(
    package: Package, codes: Sequence[str], moment: tuple[str, int, str], found: Sequence[Part]
) -> tuple[float, str, Made]:
    """Value (NaN without one), status, and how it came about."""
    indicator, year, age = moment
    row = package.indicators.loc[indicator]
    known = {code: value for code, value, status in found if status == PRESENT}
    summed = str(row["unit"]) in SUMMED
    kind, weights = _weights(package, RESIDENTS if summed else weights_for(package, indicator, age), codes)
    counts = {code: weights.of[code] for code in codes}
    gone = tuple(code for code in codes if code not in known)
    told = Made(SUM if summed else MEAN, "" if summed else kind, weights.year, gone, _covered(counts, known))
    reasons = {status for *_, status in found if status != PRESENT}
    if not known and len(reasons) == 1 and len(found) == len(codes):
        return math.nan, reasons.pop(), told
    if summed:
        return (*_sum(counts, known), told)
    if str(row["unit"]) in NOT_AVERAGED or "median" in str(row["name_en"]).casefold():
        return math.nan, NO_MEAN, told
    if weights.year is None or abs(weights.year - year) > FARTHEST:
        return math.nan, FAR_WEIGHTS, told
    value, status = _mean(counts, known, told.covered)
    return round(value, _decimals(row["decimals"])), status, told


def _sum(counts: Mapping[str, float], known: Mapping[str, float]) -> tuple[float, str]:
    """Of nobody none is missing: a neighbourhood where nobody lives may lack a value."""
    if any(code not in known and counts[code] != 0 for code in counts):
        return math.nan, PARTS_MISSING
    return sum(known.values()), PRESENT


def _mean(
    counts: Mapping[str, float], known: Mapping[str, float], covered: float | None
) -> tuple[float, str]:
    if covered is None or covered < ENOUGH:
        return math.nan, PARTS_MISSING
    whole = sum(counts[code] for code in known)
    return sum(counts[code] * value for code, value in known.items()) / whole, PRESENT


def _covered(counts: Mapping[str, float], known: Iterable[str]) -> float | None:
    """The share of what is counted that is in neighbourhoods with a value; None where it is not known or nothing."""
    whole = sum(counts.values())
    return sum(counts[code] for code in known) / whole if whole > 0 else None


def _decimals(told: Any) -> int:
    return 0 if pd.isna(told) else int(told)


def _weights(package: Package, kind: str, codes: Sequence[str]) -> tuple[str, _Weights]:
    """The weights of a kind, or where those of one of the neighbourhoods are not known its residents."""
    found = _all_weights(package)[kind]
    if any(math.isnan(found.of[code]) for code in codes):
        return RESIDENTS, _all_weights(package)[RESIDENTS]
    return kind, found


@per_package(maxsize=1)
def _all_weights(package: Package) -> dict[str, _Weights]:
    """Kind -> the weights of every neighbourhood."""
    rows = package.areas[package.areas["level"] == NEIGHBOURHOOD]
    grown, older = adults(rows)["adults"], rows["population_65_plus"].astype("float64")
    people, ages = _year(rows["population_year"]), _year(rows["bands_year"])
    homes, of_homes = _homes(package, rows.index)
    found = {
        ADULTS: (grown, ages),
        YOUNGER: (grown - older, ages),
        OLDER: (older, ages),
        RESIDENTS: (rows["population"].astype("float64"), people),
        HOMES: (homes, of_homes),
        LAND: (rows["land_area_ha"].astype("float64"), people),
    }
    return {
        kind: _Weights(dict(zip(map(str, rows.index), numbers.tolist(), strict=True)), year)
        for kind, (numbers, year) in found.items()
    }


def _homes(package: Package, codes: pd.Index) -> tuple[pd.Series, int | None]:
    """Households of the newest table and year that has them of neighbourhoods; NaN, None where none has."""
    key = preferred(package, HOUSEHOLDS, NEIGHBOURHOOD)
    if key is None:
        return pd.Series(np.nan, codes), None
    year = years_at(package, key, NEIGHBOURHOOD)[0]
    return values(package, key, year, "all", NEIGHBOURHOOD)["value"].reindex(codes), year


def _year(column: pd.Series) -> int | None:
    found = column.dropna().unique()
    return int(found[0]) if len(found) == 1 else None


def _with_rows(observations: pd.DataFrame, rows: Sequence[tuple]) -> pd.DataFrame:
    made = pd.DataFrame(rows, columns=_COLUMNS)
    kinds = observations.dtypes.to_dict()
    plain = {key: object for key, kind in kinds.items() if isinstance(kind, pd.CategoricalDtype)}
    both = pd.concat(
        [observations.astype(plain), made.reindex(columns=observations.columns)], ignore_index=True
    )
    return both.astype(dict.fromkeys(plain, "category") | {"lower": "float64", "upper": "float64"})
