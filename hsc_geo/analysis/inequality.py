"""How a value differs with need: slope index of inequality over areas.

Areas are put in order from least to most need. Each gets a rank between 0 and 1: the middle of its part of the
residents in that order (its ridit); areas of equal need share the middle of their common part. The slope of a straight
line through the values, each area weighted by its residents, is the difference between the most and the least need
that the line gives: negative when there is less where need is greater.

Mackenbach JP, Kunst AE (1997), Measuring the magnitude of socio-economic inequalities in health, Social Science &
Medicine 44(6):757-771.

It describes areas, not persons, and no interval belongs to it: the areas are all there are, not a sample. How much it
hangs on few initiatives is another matter: of access it is told (`told_slope`) only where it rests on LEAST_PLACES
places, and where leaving out any one initiative, with all its places, leaves its sign as it is.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

FEWEST = 3  # areas; a line through two says nothing
LEAST_PLACES = 10  # with fewer, one place more or less decides
FEW_PLACES, ONE_TURNS_IT = "few_places", "one_turns_it"


@dataclass(frozen=True)
class Slope:
    """Inequality of a value over need.

    sii: value at the most need minus that at the least, on the line, in the unit of the value. relative: sii divided by
    the mean, NaN where that is 0.
    least, most: the ends of the line. mean: weighted by residents.
    n: areas counted; left_out: areas without a value, need or residents.
    """

    sii: float
    relative: float
    least: float
    most: float
    mean: float
    n: int
    left_out: int

    @property
    def rii(self) -> float:
        """The relative index: `most` divided by `least` (Kunst and Mackenbach); NaN where one is not above 0."""
        return self.most / self.least if self.least > 0 and self.most > 0 else math.nan


def slope_index(values: pd.Series, need: pd.Series, population: pd.Series) -> Slope:
    """Inequality of `values` over `need` (higher: more need), weighted by `population`, by area code of `values`.

    Areas without one of the three (NaN), or without residents, are left out and counted. Raises ValueError for an
    endless value, residents below 0, fewer than 3 areas left, or areas that all have the same need.

    >>> need, people = pd.Series([10, 20, 30]), pd.Series([100, 100, 100])
    >>> found = slope_index(pd.Series([1.0, 2.0, 3.0]), need, people)
    >>> round(found.sii, 9), round(found.least, 9), round(found.most, 9)
    (3.0, 0.5, 3.5)
    """
    table = usable(values, need, population)
    rank, weight = ridit(table["need"], table["population"]).to_numpy(), table["population"].to_numpy()
    value = table["value"].to_numpy()
    mean, middle = (float(np.average(each, weights=weight)) for each in (value, rank))
    spread = float(np.average((rank - middle) ** 2, weights=weight))
    together = float(np.average((rank - middle) * (value - mean), weights=weight))
    sii = together / spread
    least, most = mean - sii * middle, mean + sii * (1 - middle)
    return Slope(
        sii=sii,
        relative=sii / mean if mean else math.nan,
        least=least,
        most=most,
        mean=mean,
        n=len(table),
        left_out=len(values) - len(table),
    )


@dataclass(frozen=True)
class ToldSlope:
    """The slope of access over need, and whether it may be told.

    places: on how many different ones it rests. low, high: the range of `sii` over leaving out each initiative in turn,
    with all its places; NaN without any. why_not: '' where it may be told, FEW_PLACES below LEAST_PLACES, ONE_TURNS_IT
    where leaving out one initiative turns its sign or makes it 0.
    """

    slope: Slope
    places: int
    low: float
    high: float
    why_not: str

    @property
    def told(self) -> bool:
        """Whether its sign may be told."""
        return not self.why_not


def told_slope(
    access: pd.Series, parts: pd.DataFrame, need: pd.Series, residents: pd.Series, places: int
) -> ToldSlope:
    """The slope of `access`, which is the sum of what each initiative adds (`parts`, a column each), over `need`.

    places: how many different ones count. Errors and areas that are left out as of `slope_index`.
    """
    slope = slope_index(access, need, residents)
    table = usable(access, need, residents)
    without = slope.sii - parts.reindex(table.index).to_numpy().T @ pull(table)
    low, high = (float(without.min()), float(without.max())) if len(without) else (math.nan, math.nan)
    turned = bool((without * slope.sii <= 0).any())
    return ToldSlope(
        slope, places, low, high, FEW_PLACES if places < LEAST_PLACES else ONE_TURNS_IT if turned else ""
    )


def pull(table: pd.DataFrame) -> np.ndarray:
    """What a value of 1 in each area adds to the slope: it is a weighted sum of the values."""
    weight = table["population"].to_numpy() / table["population"].sum()
    rank = ridit(table["need"], table["population"]).to_numpy()
    apart = rank - float(weight @ rank)
    found: np.ndarray = weight * apart / float(weight @ apart**2)
    return found


def ridit(need: pd.Series, population: pd.Series) -> pd.Series:
    """The rank of each area, between 0 (least need) and 1 (most): the middle of its part of the residents.

    Areas of equal need share one rank. No value missing; residents above 0 in total.
    """
    levels = population.groupby(need).sum().sort_index()
    middles = (levels.cumsum() - levels / 2) / levels.sum()
    return need.map(middles).astype("float64")


def usable(values: pd.Series, need: pd.Series, population: pd.Series) -> pd.DataFrame:
    """`value`, `need` and `population` of the areas of `values` that have all three, and residents. Errors as of
    `slope_index`."""
    columns = {"value": values, "need": need, "population": population}
    table = pd.DataFrame({name: each.reindex(values.index) for name, each in columns.items()})
    table = table.astype("float64")
    _check(table)
    table = table[table.notna().all(axis=1) & (table["population"] > 0)]
    if len(table) < FEWEST:
        raise ValueError(
            f"{len(table)} areas have a value, a need and residents; a slope takes at least {FEWEST}"
        )
    if table["need"].nunique() < 2:
        raise ValueError(
            f"all {len(table)} areas have the same need, {table['need'].iloc[0]:g}: no slope over it"
        )
    return table


def _check(table: pd.DataFrame) -> None:
    wrong = [
        f"{name} of {code} is endless"
        for name in ("value", "need", "population")
        for code in map(str, table.index[np.isinf(table[name])])
    ]
    below = table["population"][table["population"] < 0]
    wrong += [f"population of {code!s} is below 0: {people:g}" for code, people in below.items()]
    if wrong:
        raise ValueError("; ".join(wrong))
