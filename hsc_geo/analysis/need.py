"""An index of need, composed of figures that the user chooses and weighs, and how much it hangs on the weights.

Each figure becomes the mid-rank percentile of an area among the areas of its level that have the figure, turned so
that high means more need. The weighted mean of these is the score, and the percentile of the score is the index.
Ranks make the index blind to the unit and the spread of a figure; they also hide how far apart areas are. Method:
OECD/JRC, Handbook on Constructing Composite Indicators (2008), steps 5 to 7: normalise by rank, weigh, and test the
weights by drawing them at random.

What stays the same over those weights is *robust to the weights*, and to nothing else: how far the figures themselves
may be off is in `analysis.need_beside`, where their intervals are published.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from hsc_geo.analysis.figures import NOT_PUBLISHED, core_indicators, offer, preferred, values
from hsc_geo.analysis.serving import DISTRICT, NEIGHBOURHOOD
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.data.municipality import municipality_of

ADULTS = "18plus"
DRAWS = 1000
SEED = 20240101
TOP_QUARTER = 0.25
_DIGITS = 9  # scores that differ by less are the same: sums in another order differ in the last digits

_TURNED = {"high_bad": True, "high_good": False}


class NeedError(ValueError):
    """An index that cannot be made. `code` is one of no_ingredients, unknown_indicator, twice, direction_needed,
    weight_not_a_number, weight_negative, weights_zero, unknown_level; `about` the indicator or level, '' for all."""

    def __init__(self, code: str, about: str, mend: str) -> None:
        self.code, self.about = code, about
        super().__init__(f"{about}: {mend}" if about else mend)


@dataclass(frozen=True)
class Ingredient:
    """A figure in the index.

    weight: 0 or more, only its ratio to the others counts. year: None for the newest that has the age group.
    age_group: '' for the widest. high_is_need: None takes it from the indicator, which a neutral one cannot tell.
    """

    indicator_id: str
    weight: float = 1.0
    year: int | None = None
    age_group: str = ""
    high_is_need: bool | None = None


@dataclass(frozen=True, eq=False)
class Need:
    """The index of the areas of a level.

    ingredients: as asked, with year, age group and direction filled in (year None where nothing is published).
    table: index area code, columns `score` (weighted mean of percentiles) and `index` (percentile of the score), both
    0-100 and NaN where a figure with a positive weight is missing. percentiles: index area code, a column per
    indicator_id, 0-100, high is more need, NaN where the figure is missing. missing: area code -> (indicator_id,
    status of the figure) for those that stand in the way of its index; areas with an index are not in it.
    """

    level: str
    ingredients: tuple[Ingredient, ...]
    table: pd.DataFrame
    percentiles: pd.DataFrame
    missing: Mapping[str, tuple[tuple[str, str], ...]]


@per_package(maxsize=16)
def default_ingredients(package: Package, ambition: str = "") -> tuple[Ingredient, ...]:
    """The figures that fit the ambition, each from the table that has it newest; without an ambition, or where the
    package has none of them, the core indicators. Those with a direction, equal weights, adults where published."""
    found = [
        preferred(package, concept, DISTRICT, ADULTS)
        for concept in municipality_of(package).figures.get(ambition, ())
    ]
    directions = package.indicators["direction"].astype(str)
    keys = [key for key in found if key] or core_indicators(package)
    keys = [key for key in keys if directions[key] in _TURNED]
    return tuple(Ingredient(key, age_group=ADULTS if _year_of(package, key, ADULTS) else "") for key in keys)


def of_adults_only(need: Need) -> bool:
    """Whether every figure that counts is of adults."""
    return all(each.age_group == ADULTS for each in counting(need))


def need_index(package: Package, ingredients: Iterable[Ingredient], level: str) -> Need:
    """The index of need of every area of `level` (district or neighbourhood).

    Raises NeedError (a ValueError) for another level, no ingredients, an indicator that is unknown or given twice, a
    neutral one without direction, and weights that are no number, negative or all zero. Shared by all that ask for the
    same, so not to be changed.

    Of the town of docs/methods.md:

    >>> need_index(town, [Ingredient("lonely"), Ingredient("smoking")], "neighbourhood").table["index"].to_dict()
    {'BU00010101': 50.0, 'BU00010102': 12.5, 'BU00010201': 50.0, 'BU00010202': 87.5}
    """
    return _need_index(package, tuple(ingredients), level)


@per_package(maxsize=64)
def _need_index(package: Package, ingredients: tuple[Ingredient, ...], level: str) -> Need:
    settled = _checked(package, ingredients, level)
    figures = {each.indicator_id: figures_of(package, each, level) for each in settled}
    ranks = pd.DataFrame(
        {
            each.indicator_id: percentile(
                figures[each.indicator_id]["value"] * (1 if each.high_is_need else -1)
            )
            for each in settled
        }
    )
    keys = [each.indicator_id for each in settled if each.weight > 0]
    found = scores(ranks, settled)
    table = pd.DataFrame({"score": found, "index": percentile(found)})
    return Need(level, settled, table, ranks, _missing(figures, keys, table))


def percentile(numbers: pd.Series) -> pd.Series:
    """Mid-rank percentile, 0-100: (rank - 0.5) / n, where equal numbers share their mean rank; NaN stays NaN.

    Always between 0 and 100, with mean 50; a single number gets 50.
    """
    return (numbers.rank(method="average") - 0.5) / numbers.count() * 100


@per_package(maxsize=4)
def sensitivity(need: Need, draws: int = DRAWS, seed: int = SEED, top: float = TOP_QUARTER) -> pd.Series:
    """Share (0-1) of random weightings in which an area is in the top quarter of need; NaN without an index.

    Weights are uniform on the simplex (Dirichlet(1, ..., 1)) over the ingredients that have a positive weight; how
    large that weight is plays no part. In the top quarter is: a percentile above 75, so that no more than a quarter of
    the areas is, ties aside. The same seed gives the same answer, in whatever order the ingredients stand.
    Shared, so not to be changed. Raises ValueError unless draws is at least 1 and `top` lies between 0 and 1.
    """
    if draws < 1 or not 0 < top < 1:
        raise ValueError(f"{draws} draws and a top of {top}: expected at least 1, and between 0 and 1")
    ranks = _complete(need)
    weights = np.random.default_rng(seed).dirichlet(np.ones(ranks.shape[1]), size=draws)
    drawn = pd.DataFrame((ranks.to_numpy() @ weights.T).round(_DIGITS), index=ranks.index)
    inside = (drawn.rank() - 0.5) / max(len(ranks), 1) > 1 - top
    return inside.mean(axis=1).astype("float64").reindex(need.table.index)


@per_package(maxsize=1)
def left_one_out(need: Need) -> pd.DataFrame:
    """The index (0-100) without each of the ingredients of positive weight, the others weighing as before.

    Index area code, a column per ingredient left out; among the areas that have the whole index, NaN for the others.
    No columns where there is only one ingredient to leave out. Shared, so not to be changed.
    """
    ranks, weighing = _complete(need), counting(need)
    rests = {each.indicator_id: [e for e in weighing if e is not each] for each in weighing}
    found = {key: percentile(scores(ranks, rest)) for key, rest in rests.items() if rest}
    return pd.DataFrame(found, index=ranks.index).reindex(need.table.index)


def _checked(package: Package, asked: tuple[Ingredient, ...], level: str) -> tuple[Ingredient, ...]:
    if level not in (DISTRICT, NEIGHBOURHOOD):
        raise NeedError("unknown_level", level, f"the level is {DISTRICT} or {NEIGHBOURHOOD}")
    if not asked:
        raise NeedError("no_ingredients", "", "an index of need takes at least one figure")
    for place, each in enumerate(asked):
        _check(package, each, asked[:place])
    if not any(each.weight for each in asked):
        raise NeedError(
            "weights_zero", "", "all weights are zero; give at least one figure a weight above it"
        )
    return tuple(_settled(package, each) for each in asked)


def _check(package: Package, each: Ingredient, before: tuple[Ingredient, ...]) -> None:
    key = each.indicator_id
    if key not in package.indicators.index:
        raise NeedError("unknown_indicator", key, "no such indicator in this package")
    if key in [other.indicator_id for other in before]:
        raise NeedError("twice", key, "given twice; give it once with the weight of both")
    if not math.isfinite(each.weight):
        raise NeedError("weight_not_a_number", key, f"weight {each.weight} is not a number; give 0 or more")
    if each.weight < 0:
        raise NeedError(
            "weight_negative", key, f"weight {each.weight} is below 0; turn its direction instead"
        )


def _settled(package: Package, each: Ingredient) -> Ingredient:
    """The ingredient with year, age group and direction filled in."""
    years, ages = offer(package, each.indicator_id).years, offer(package, each.indicator_id).ages
    year = each.year if each.year is not None else _year_of(package, each.indicator_id, each.age_group)
    year = year if year is not None or not years else years[0]
    widest = ages.get(year, ("",))[0] if year is not None else ""
    direction = _direction(package, each)
    return replace(each, year=year, age_group=each.age_group or widest, high_is_need=direction)


def _year_of(package: Package, indicator_id: str, age_group: str) -> int | None:
    """The newest year with a figure for the age group; for '' the newest of all."""
    found = offer(package, indicator_id)
    fits = [year for year in found.years if not age_group or age_group in found.ages[year]]
    return fits[0] if fits else None


def _direction(package: Package, each: Ingredient) -> bool:
    if each.high_is_need is not None:
        return each.high_is_need
    stated: Any = package.indicators.at[each.indicator_id, "direction"]
    if stated not in _TURNED:
        raise NeedError("direction_needed", each.indicator_id, "neutral; say whether a high value is a need")
    return _TURNED[stated]


def figures_of(package: Package, each: Ingredient, level: str) -> pd.DataFrame:
    """The figures of a settled ingredient by area of a level, as of `figures.values`; `value` NaN where none is
    published."""
    if each.year is not None:
        return values(package, each.indicator_id, each.year, each.age_group, level)
    codes = package.areas.index[package.areas["level"] == level]
    nothing = dict.fromkeys(("value", "lower", "upper"), math.nan)
    return pd.DataFrame({**nothing, "status": NOT_PUBLISHED}, index=codes)


def scores(ranks: pd.DataFrame, ingredients: Iterable[Ingredient]) -> pd.Series:
    """Weighted mean of the percentiles, NaN where one of positive weight is missing."""
    weights = {each.indicator_id: each.weight for each in ingredients if each.weight > 0}
    shares = np.array(list(weights.values())) / max(weights.values())  # first by the largest: no overflow
    found = ranks[list(weights)].to_numpy(dtype=float) @ (shares / shares.sum())
    return pd.Series(found.round(_DIGITS), index=ranks.index)


def counting(need: Need) -> list[Ingredient]:
    """The ingredients of positive weight, in an order of their own."""
    return sorted((e for e in need.ingredients if e.weight > 0), key=lambda each: each.indicator_id)


def _complete(need: Need) -> pd.DataFrame:
    """The percentiles of those ingredients, for the areas that have an index."""
    return need.percentiles.loc[need.table["index"].notna(), [e.indicator_id for e in counting(need)]]


def _missing(
    figures: Mapping[str, pd.DataFrame], counting: list[str], table: pd.DataFrame
) -> dict[str, tuple[tuple[str, str], ...]]:
    codes = table.index[table["index"].isna()]
    lacking = {key: figures[key].index[figures[key]["value"].isna()] for key in counting}
    return {
        str(code): tuple(
            (key, str(figures[key].at[code, "status"])) for key in counting if code in lacking[key]
        )
        for code in codes
    }


@per_package(maxsize=1)
def figures_of_need(package: Package) -> tuple[str, ...]:
    """Indicators that an index of need can hold: with a direction, and figures for districts or neighbourhoods."""
    directed = package.indicators.index[package.indicators["direction"].isin(["high_good", "high_bad"])]
    return tuple(str(key) for key in directed if {DISTRICT, NEIGHBOURHOOD} & set(offer(package, key).levels))


def common_years(package: Package, keys: list[str]) -> list[int]:
    """Years for which all of the figures are published, newest first."""
    found = [set(offer(package, key).years) for key in keys]
    return sorted(set.intersection(*found), reverse=True) if found else []


def common_ages(package: Package, keys: list[str], year: int | None) -> list[str]:
    """Age groups that all of the figures have in the year, or in their newest one."""
    found = [offer(package, key) for key in keys]
    ages = [each.ages.get(year or each.years[0], ()) for each in found if each.years]
    return [age for age in ages[0] if all(age in group for group in ages)] if ages else []
