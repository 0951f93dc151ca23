"""The areas most alike to an area, and in what they are alike or differ.

Method of CIPFA's Nearest Neighbours Model, which OHID Fingertips offers as comparators: variables that describe who
lives in an area and how are standardised (mean 0, standard deviation 1), and the Euclidean distance over them ranks
the others. Here standardised among the areas of one level within the municipality, with weights, and divided by the
weights used, so that an area without one figure can still be compared.

The health figures are estimates by a model that knows age, income and housing as well, so the blocks are not
independent of one another: alike means alike in what is published, no more.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from hsc_geo.analysis.adults import residents_of_bands
from hsc_geo.analysis.figures import core_indicators, latest, values
from hsc_geo.analysis.serving import DISTRICT, NEIGHBOURHOOD
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package

PEOPLE = (
    "population_0_14",
    "population_65_plus",
    "85984NED-GemiddeldeHuishoudensgrootte",
    "85984NED-Bevolkingsdichtheid",
)
HOMES = (
    "85984NED-GemiddeldInkomenPerInwoner",
    "85984NED-GemiddeldeWOZWaardeVanWoningen",
    "85984NED-Koopwoningen",
    "85984NED-PercentageEengezinswoning",
)
VARIABLES = {
    "people": PEOPLE,
    "homes": HOMES,
}  # the third block are the core figures on health of the package

FEWEST_RESIDENTS = 200  # below it a handful of people makes the figures
ENOUGH = 0.6  # of the weight that two areas must have figures for
ADULTS = "18plus"
_ROUNDING = 1e-12
FEW_RESIDENTS, RESIDENTS_UNKNOWN, FEW_FIGURES = "few_residents", "residents_unknown", "few_figures"


@dataclass(frozen=True)
class Part:
    """One variable of a likeness.

    key: an indicator_id, or a population column of areas.csv, whose share (0-100) of the residents of that year it is.
    year and age_group: of the figure. own and other: values in the unit of the indicator. apart: difference in
    standard deviations, 0 or more. contribution: share (0-1) of the squared distance.
    """

    key: str
    year: int | None
    age_group: str
    own: float
    other: float
    apart: float
    contribution: float


@dataclass(frozen=True)
class Likeness:
    """How far another area is from the one asked: `distance` in standard deviations (0 is alike), with its parts in the
    order of the weights. Variables that one of the two lacks are no part. Contributions sum to 1, or are all 0 at
    distance 0."""

    area_code: str
    distance: float
    parts: tuple[Part, ...]

    def alike_in(self, n: int = 3) -> tuple[Part, ...]:
        """The n variables in which the two are closest."""
        return tuple(sorted(self.parts, key=lambda part: part.apart)[:n])

    def differs_in(self, n: int = 3) -> tuple[Part, ...]:
        """The n variables that make most of the distance; fewer where the two do not differ in so many."""
        found = sorted(self.parts, key=lambda part: -part.contribution)[:n]
        return tuple(part for part in found if part.contribution > 0)


@dataclass(frozen=True, eq=False)
class _Space:
    """Areas as points: `raw` and `scores` (areas x variables, NaN missing), `distances` (areas x areas), `weights` and
    `moments` by variable."""

    raw: pd.DataFrame
    scores: pd.DataFrame
    distances: pd.DataFrame
    weights: pd.Series
    moments: Mapping[str, tuple[int | None, str]]
    left_out: Mapping[str, str]


def default_weights(package: Package) -> dict[str, float]:
    """Variable -> weight: the blocks people, homes and health weigh 1 each, divided evenly within a block.

    Variables that the package does not have are left out, and their block is divided over the others.
    """
    known = set(package.indicators.index) | set(package.areas.columns)
    blocks = [*VARIABLES.values(), tuple(core_indicators(package))]
    found = [[key for key in block if key in known] for block in blocks]
    return {key: 1 / len(block) for block in found for key in block}


def similar(
    package: Package, area_code: str, weights: Mapping[str, float] | None = None, k: int = 5
) -> list[Likeness]:
    """The k areas of the same level most alike to a district or neighbourhood, nearest first (then by code).

    Standardised among the areas that are not left out. Empty for an area that is itself left out (`left_out` says
    why). A variable without any figure at the level is no variable there. Raises KeyError for an unknown area or
    variable, ValueError for an area of another level, for k below 0, and for weights that are no numbers, negative or
    all zero.

    Of the town of docs/methods.md:

    >>> [(each.area_code, round(each.distance, 2)) for each in similar(town, "BU00010101", {"lonely": 1}, k=2)]
    [('BU00010102', 0.89), ('BU00010201', 1.79)]
    """
    level = str(package.areas.at[area_code, "level"])
    if k < 0:
        raise ValueError(f"k is {k}; expected 0 or more")
    space = _space(package, level, _weighed(package, weights))
    if area_code not in space.distances.index:
        return []
    found = space.distances[area_code].drop(area_code).dropna().sort_index()
    return [_likeness(space, area_code, str(code)) for code in found.sort_values(kind="stable").index[:k]]


def likeness(
    package: Package, area_code: str, other: str, weights: Mapping[str, float] | None = None
) -> Likeness | None:
    """How far `other` is from the area, both of one level; None where the two cannot be compared. Errors as of
    `similar`, ValueError for areas of two levels."""
    levels = [str(package.areas.at[code, "level"]) for code in (area_code, other)]
    if levels[0] != levels[1]:
        raise ValueError(
            f"{area_code} is a {levels[0]} and {other} a {levels[1]}: only one level is compared"
        )
    space = _space(package, levels[0], _weighed(package, weights))
    known = {area_code, other} <= set(space.distances.index)
    return (
        _likeness(space, area_code, other) if known and space.distances.notna().at[area_code, other] else None
    )


def distances(package: Package, level: str, weights: Mapping[str, float] | None = None) -> pd.DataFrame:
    """Distance between every two areas of the level that can be compared: symmetric, 0 on the diagonal, NaN where the
    two share figures for too little of the weight. Shared, so not to be changed. Errors as of `similar`."""
    return _space(package, level, _weighed(package, weights)).distances


def left_out(package: Package, level: str, weights: Mapping[str, float] | None = None) -> dict[str, str]:
    """Area code -> why it is compared with none: few_residents (below FEWEST_RESIDENTS), residents_unknown, or
    few_figures (for less than ENOUGH of the weight). Errors as of `similar`."""
    return dict(_space(package, level, _weighed(package, weights)).left_out)


def _weighed(package: Package, weights: Mapping[str, float] | None) -> tuple[tuple[str, float], ...]:
    asked = default_weights(package) if weights is None else dict(weights)
    for key, weight in asked.items():
        if key not in package.indicators.index and key not in package.areas.columns:
            raise KeyError(f"{key!r} is neither an indicator nor a column of areas")
        if not math.isfinite(weight) or weight < 0:
            raise ValueError(f"the weight of {key} is {weight}; expected a number of 0 or more")
    used = tuple((key, float(weight)) for key, weight in asked.items() if weight > 0)
    if not used:
        raise ValueError("all weights are zero; give at least one variable a weight above it")
    return used


@per_package(maxsize=16)
def _space(package: Package, level: str, weights: tuple[tuple[str, float], ...]) -> _Space:
    if level not in (DISTRICT, NEIGHBOURHOOD):
        raise ValueError(f"areas of level {level!r} are not compared, only districts and neighbourhoods")
    columns = {key: _variable(package, key, level) for key, _ in weights}
    raw = pd.DataFrame({key: found for key, (found, _) in columns.items()}).sort_index()
    raw = raw.dropna(axis="columns", how="all")
    used = pd.Series(dict(weights), dtype="float64").reindex(raw.columns)
    out = _left_out(package, raw, used)
    raw = raw[~raw.index.isin(list(out))]
    scores = _standard(raw)
    moments = {key: moment for key, (_, moment) in columns.items()}
    return _Space(raw, scores, _distances(scores, used), used, moments, out)


def _variable(package: Package, key: str, level: str) -> tuple[pd.Series, tuple[int | None, str]]:
    """Values by area code, and year with age group."""
    areas = package.areas[package.areas["level"] == level]
    if key not in package.indicators.index:
        residents = residents_of_bands(areas)
        years = areas["bands_year"].dropna()
        share = 100 * areas[key].astype("float64") / residents.where(residents > 0)
        return share, (int(years.iloc[0]) if len(years) else None, "")
    moment = latest(package, key, ADULTS)
    if moment is None:
        return pd.Series(math.nan, index=areas.index), (None, "")
    return values(package, key, *moment, level)["value"], moment


def _left_out(package: Package, raw: pd.DataFrame, weights: pd.Series) -> dict[str, str]:
    residents = package.areas.loc[raw.index, "population"].astype("float64")
    has = raw.notna().to_numpy() @ weights.to_numpy()
    tests = [
        residents.isna(),
        residents < FEWEST_RESIDENTS,
        ~(has >= ENOUGH * weights.sum() - _ROUNDING) | (has == 0),
    ]
    why = np.select([np.asarray(test) for test in tests], [RESIDENTS_UNKNOWN, FEW_RESIDENTS, FEW_FIGURES], "")
    return {str(code): str(reason) for code, reason in zip(raw.index, why, strict=True) if reason}


def _standard(raw: pd.DataFrame) -> pd.DataFrame:
    """z-scores by column; 0 where all areas have the same value."""
    spread = raw.std(ddof=0)
    return (raw - raw.mean()) / spread.where(spread > _ROUNDING, math.inf)


def _distances(scores: pd.DataFrame, weights: pd.Series) -> pd.DataFrame:
    z, w = scores.to_numpy(), weights.to_numpy()
    apart = (
        z[:, None, :] - z[None, :, :]
    )  # areas x areas x variables, NaN where one of the two lacks the figure
    used = (~np.isnan(apart) * w).sum(axis=-1)  # summed by pair, so the same in either direction
    squares = (np.nan_to_num(apart**2) * w).sum(axis=-1)
    enough = (used >= ENOUGH * w.sum() - _ROUNDING) & (used > 0)
    found = np.sqrt(np.divide(squares, used, out=np.full(used.shape, np.nan), where=enough))
    return pd.DataFrame(found, index=scores.index, columns=scores.index)


@per_package(maxsize=1024)
def _likeness(space: _Space, own: str, other: str) -> Likeness:
    apart = (space.scores.loc[own] - space.scores.loc[other]).abs().to_numpy(dtype=float)
    weights = np.where(np.isnan(apart), 0.0, space.weights.to_numpy(dtype=float))
    squares = weights * np.nan_to_num(apart) ** 2
    total = float(squares.sum())
    shares = squares / (total or 1.0)
    values = space.raw.loc[[own, other]].to_numpy(dtype=float).tolist()
    parts = tuple(
        Part(str(key), *space.moments[key], mine, theirs, float(apart[i]), float(shares[i]))
        for i, (key, mine, theirs) in enumerate(zip(space.raw.columns, *values, strict=True))
        if weights[i]
    )
    return Likeness(other, math.sqrt(total / float(weights.sum())), parts)
