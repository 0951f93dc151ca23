"""How unequal a value is over areas that are put in order by a measure: every index, with one sign for all of them.

Above 0 (a ratio: above 1) there is more of the value where the measure is higher; below 0 (below 1) there is less.

Areas stand in order of the measure, from low to high, each as wide as its share of the residents; areas with the same
measure are one group. With w the share of the residents of an area, r its rank (the middle of its part, 0-1), y its
value, m the mean of y:

- slope index: the difference between the ends of the line through the values, as of `hsc_geo.analysis.inequality`;
- relative index: the high end of that line divided by the low one (Kunst and Mackenbach), what PHEindicatormethods and
  HEAT of the WHO call RII;
- concentration index: 2 sum w (r - 1/2) y / m, twice the area between the concentration curve and the line of equality
  (Kakwani, Wagstaff and van Doorslaer 1997, Journal of Econometrics 77:87-103, grouped data); above 0 where the curve
  lies under the line;
- the same for a value between bounds a and b: of Wagstaff (2005, Health Economics 14:429-432), C m (b - a) / ((b - m)
  (m - a)), and of Erreygers (2009, Journal of Health Economics 28:504-515), 4 C m / (b - a), which is the same of what
  people have and of what they lack, turned;
- gap and ratio of fifths: the mean of the fifth of the residents in the areas where the measure is highest against
  that where it is lowest; an area on the border of a fifth counts for its part in it;
- gap and ratio of the highest and the lowest group.

Each is a sum over the areas, or one sum divided by another, so that where values have limits of 95% the interval
follows in closed form: by the delta method, with areas independent and limits symmetric (standard error: width / (2 x
1.96)), on a log scale for ratios. Without limits there is none: the areas are all there are, and no sample.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import pandas as pd

from hsc_geo.analysis.inequality import pull, ridit, usable

FIFTH = 0.2
SLOPE, RELATIVE, CONCENTRATION = "slope", "relative", "concentration"
WAGSTAFF, ERREYGERS = "wagstaff", "erreygers"
FIFTHS_GAP, FIFTHS_RATIO, ENDS_GAP, ENDS_RATIO = "fifths_gap", "fifths_ratio", "ends_gap", "ends_ratio"
CODES = (
    SLOPE,
    RELATIVE,
    CONCENTRATION,
    WAGSTAFF,
    ERREYGERS,
    FIFTHS_GAP,
    FIFTHS_RATIO,
    ENDS_GAP,
    ENDS_RATIO,
)
RATIOS = frozenset({RELATIVE, FIFTHS_RATIO, ENDS_RATIO})  # no difference is 1, not 0
NO_LIMITS, UNDEFINED = "no_limits", "undefined"
DELTA = "delta"
_Z95 = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True)
class Index:
    """One index. value: NaN where it cannot be (a ratio with an end that is not above 0). lower, upper: of its
    interval, NaN without one. why_not: why it has no interval, NO_LIMITS or UNDEFINED, '' where it has."""

    code: str
    value: float
    lower: float = math.nan
    upper: float = math.nan
    why_not: str = NO_LIMITS

    @property
    def neutral(self) -> float:
        """What it is without any inequality."""
        return 1.0 if self.code in RATIOS else 0.0


@dataclass(frozen=True, eq=False)
class Unequal:
    """All about one value over one measure.

    indices: by code, those of WAGSTAFF and ERREYGERS only for a value with bounds. table: of the areas that count, from
    low to high measure: `value`, `measure`, `population`, `rank` (0-1). curve: the concentration curve from (0, 0) to
    (1, 1), columns `residents` and `value`, shares; empty where the total is not above 0 or a value is below 0. low,
    high: the mean of the lowest and the highest fifth. least, most: the ends of the line. mean: of all, by residents.
    left_out: areas without a value, a measure or residents. level: of the intervals.
    """

    indices: dict[str, Index]
    table: pd.DataFrame
    curve: pd.DataFrame
    low: float
    high: float
    least: float
    most: float
    mean: float
    left_out: int
    level: float


@dataclass(frozen=True)
class _Form:
    """An index as a sum over areas, `over` a second one: weights, by area."""

    code: str
    weights: np.ndarray
    over: np.ndarray | None = None


def unequal(
    values: pd.Series,
    measure: pd.Series,
    population: pd.Series,
    bounds: tuple[float, float] | None = None,
    limits: pd.DataFrame | None = None,
    level: float = 0.95,
) -> Unequal:
    """The inequality of `values` over `measure`, weighted by `population`, by area code of `values`.

    bounds: the lowest and highest that a value can be, where there is a highest. limits: columns `lower` and `upper`,
    those of 95% of each value; counted only where all areas that count have both. Areas without a value, a measure or
    residents are left out. Raises ValueError as `inequality.slope_index`, and for a value outside the bounds.

    >>> measure, people = pd.Series([10, 20, 30]), pd.Series([100, 100, 100])
    >>> found = unequal(pd.Series([1.0, 2.0, 3.0]), measure, people)
    >>> round(found.indices["slope"].value, 9), round(found.indices["concentration"].value, 9)
    (3.0, 0.222222222)
    """
    table = usable(values, measure, population).rename(columns={"need": "measure"})
    _check_bounds(table["value"], bounds)
    table = table.assign(rank=ridit(table["measure"], table["population"])).sort_values("rank", kind="stable")
    value = table["value"].to_numpy()
    errors = _errors(table, limits)
    forms = {form.code: form for form in _forms(table)}
    found = {code: _index(form, value, errors, level) for code, form in forms.items()}
    share, concentrated = _share(table), forms[CONCENTRATION].weights
    mean = float(share @ value)
    if bounds is not None:
        found |= _bounded(concentrated, share, value, errors, bounds, level)
    low, high = (float(_fifth(table, last) @ value) for last in (False, True))
    slope = found[SLOPE].value
    middle = float(share @ table["rank"].to_numpy())
    return Unequal(
        {code: found[code] for code in CODES if code in found},
        table,
        curve(table["value"], table["measure"], table["population"]),
        low,
        high,
        mean - slope * middle,
        mean + slope * (1 - middle),
        mean,
        len(values) - len(table),
        level,
    )


def curve(values: pd.Series, measure: pd.Series, population: pd.Series) -> pd.DataFrame:
    """The concentration curve: `residents` and `value`, cumulative shares from 0 to 1 in order of the measure, areas
    with the same measure together. Nothing missing. Empty where a value is below 0 or none is above."""
    amounts = pd.DataFrame({"residents": population, "value": values * population}).groupby(measure).sum()
    if (values < 0).any() or not amounts["value"].sum() > 0:
        return pd.DataFrame({"residents": [], "value": []}, dtype="float64")
    shares = amounts.sort_index().cumsum() / amounts.sum()
    start = pd.DataFrame({"residents": [0.0], "value": [0.0]})
    return pd.concat([start, shares], ignore_index=True)


def _forms(table: pd.DataFrame) -> Iterator[_Form]:
    share, line = _share(table), pull(table.rename(columns={"measure": "need"}))
    rank = table["rank"].to_numpy()
    middle = float(share @ rank)
    yield _Form(SLOPE, line)
    yield _Form(RELATIVE, share + line * (1 - middle), share - line * middle)
    yield _Form(CONCENTRATION, 2 * share * (rank - 0.5), share)
    low, high = (_fifth(table, last) for last in (False, True))
    yield _Form(FIFTHS_GAP, high - low)
    yield _Form(FIFTHS_RATIO, high, low)
    low, high = (_end(table, last) for last in (False, True))
    yield _Form(ENDS_GAP, high - low)
    yield _Form(ENDS_RATIO, high, low)


def _share(table: pd.DataFrame) -> np.ndarray:
    people = table["population"].to_numpy(dtype="float64")
    found: np.ndarray = people / people.sum()
    return found


def _fifth(table: pd.DataFrame, last: bool) -> np.ndarray:
    """The weight of each area in the mean of the first or the last fifth; groups of one measure give the same part."""
    groups = pd.Series(_share(table), table.index).groupby(table["measure"]).sum().sort_index()
    groups = groups[::-1] if last else groups
    ends = groups.cumsum()
    inside = (FIFTH - (ends - groups)).clip(lower=0).clip(upper=groups)
    part = table["measure"].map(inside / groups).to_numpy(dtype="float64")
    found: np.ndarray = _share(table) * part / FIFTH
    return found


def _end(table: pd.DataFrame, last: bool) -> np.ndarray:
    at = table["measure"].max() if last else table["measure"].min()
    people = table["population"].where(table["measure"] == at, 0).to_numpy(dtype="float64")
    found: np.ndarray = people / people.sum()
    return found


def _errors(table: pd.DataFrame, limits: pd.DataFrame | None) -> np.ndarray | None:
    """The standard error of each value; None where one has no limits."""
    if limits is None:
        return None
    width = (
        (limits["upper"] - limits["lower"]).reindex(table.index).to_numpy(dtype="float64", na_value=math.nan)
    )
    return None if np.isnan(width).any() else width / (2 * _Z95)


def _index(form: _Form, value: np.ndarray, errors: np.ndarray | None, level: float) -> Index:
    above = float(form.weights @ value)
    if form.over is None:
        return _told(form.code, above, form.weights, errors, level)
    below = float(form.over @ value)
    if form.code not in RATIOS:
        if not below:
            return Index(form.code, math.nan, why_not=UNDEFINED)
        return _told(
            form.code, above / below, (form.weights - above / below * form.over) / below, errors, level
        )
    if above <= 0 or below <= 0:
        return Index(form.code, math.nan, why_not=UNDEFINED)
    log = _told(form.code, math.log(above / below), form.weights / above - form.over / below, errors, level)
    return Index(form.code, above / below, math.exp(log.lower), math.exp(log.upper), log.why_not)


def _told(code: str, value: float, gradient: np.ndarray, errors: np.ndarray | None, level: float) -> Index:
    if errors is None:
        return Index(code, value)
    half = NormalDist().inv_cdf((1 + level) / 2) * math.sqrt(
        float((gradient * errors) ** 2 @ np.ones(len(errors)))
    )
    return Index(code, value, value - half, value + half, "")


def _bounded(
    concentrated: np.ndarray,
    share: np.ndarray,
    value: np.ndarray,
    errors: np.ndarray | None,
    bounds: tuple[float, float],
    level: float,
) -> dict[str, Index]:
    """The concentration index for a value between bounds; with `much` for C m, a sum over the areas."""
    lowest, highest = bounds
    width, mean, much = highest - lowest, float(share @ value), float(concentrated @ value)
    erreygers = _told(ERREYGERS, 4 * much / width, 4 * concentrated / width, errors, level)
    room = (highest - mean) * (mean - lowest)
    if not room:
        return {WAGSTAFF: Index(WAGSTAFF, math.nan, why_not=UNDEFINED), ERREYGERS: erreygers}
    steepness = width * (concentrated / room - much * (highest + lowest - 2 * mean) * share / room**2)
    return {WAGSTAFF: _told(WAGSTAFF, much * width / room, steepness, errors, level), ERREYGERS: erreygers}


def _check_bounds(values: pd.Series, bounds: tuple[float, float] | None) -> None:
    if bounds is None:
        return
    wrong = values[(values < bounds[0]) | (values > bounds[1])]
    if len(wrong):
        told = "; ".join(f"{value:g} of {code}" for code, value in wrong.items())
        raise ValueError(f"outside {bounds[0]:g} to {bounds[1]:g}: {told}")
