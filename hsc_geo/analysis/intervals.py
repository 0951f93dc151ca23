"""How far a number that we count could lie from what chance alone makes of it: intervals of counts, rates and shares.

A count of fewer than SMALL has the exact limits of a Poisson number, from the chi-square distribution; a larger one
those of Byar. A share has the exact limits of Clopper and Pearson where fewer than SMALL have it or lack it, else the
score limits of Wilson. Every row says its method and level.

Breslow NE, Day NE (1987), Statistical methods in cancer research, volume II, IARC (Byar). Armitage P, Berry G, Matthews
JNS (2002), Statistical methods in medical research (exact). Clopper CJ, Pearson ES (1934), Biometrika 26:404-413.
Wilson EB (1927), Journal of the American Statistical Association 22:209-212. The choice between Byar and exact is that
of the technical guidance of Fingertips (Public Health England 2018) and its package PHEindicatormethods.

An interval is of a number that could have come out otherwise. A register is no sample of initiatives: here it says how
much a number of this size says at all, not how many initiatives there may be that nobody knows of.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist

import pandas as pd
from scipy import special

SMALL = 10  # fewer: exact limits
LEVEL = 0.95
EXACT_POISSON, BYAR, CLOPPER_PEARSON, WILSON = "exact_poisson", "byar", "clopper_pearson", "wilson"
METHODS = (EXACT_POISSON, BYAR, CLOPPER_PEARSON, WILSON)


@dataclass(frozen=True)
class Interval:
    """lower, upper: in the unit of what it is of. level: 0-1, of which half the rest lies at each side. method: one of
    METHODS."""

    lower: float
    upper: float
    level: float
    method: str


def of_count(count: int, level: float = LEVEL) -> Interval:
    """The interval of a count, 0 or more. Raises ValueError below 0, or for a level that is not between 0 and 1.

    >>> found = of_count(100)
    >>> round(found.lower, 3), round(found.upper, 3), found.method
    (81.362, 121.628, 'byar')
    """
    _check(count, level)
    if count < SMALL:
        return Interval(*exact_poisson(count, level), level, EXACT_POISSON)
    return Interval(_byar(count, -_z(level)), _byar(count + 1, _z(level)), level, BYAR)


def _byar(count: int, z: float) -> float:
    return float(count * (1 - 1 / (9 * count) + z / (3 * math.sqrt(count))) ** 3)


def exact_poisson(count: float, level: float) -> tuple[float, float]:
    """Exact limits of a Poisson count: half of chi-square with 2 x and 2 x + 2 degrees of freedom; 0 below for 0."""
    tail = (1 - level) / 2
    lower = float(special.gammaincinv(count, tail)) if count > 0 else 0.0
    return lower, float(special.gammaincinv(count + 1, 1 - tail))


def of_share(count: int, of: int, level: float = LEVEL) -> Interval:
    """The interval of the share (0-1) of `of` that has something, `count` of them.

    Raises ValueError where `of` is below 1 or the count is not from 0 to `of`, and for a level as `of_count`.
    """
    _check(count, level)
    if not 0 <= count <= of or of < 1:
        raise ValueError(f"{count} of {of}: expected a count from 0 to a total of at least 1")
    if min(count, of - count) < SMALL:
        return Interval(*clopper_pearson(count, of, level), level, CLOPPER_PEARSON)
    z, share = _z(level), count / of
    middle, half = share + z**2 / (2 * of), z * (share * (1 - share) / of + z**2 / (4 * of**2)) ** 0.5
    lower, upper = ((middle + side * half) / (1 + z**2 / of) for side in (-1, 1))
    return Interval(lower, upper, level, WILSON)


def clopper_pearson(count: int, of: int, level: float) -> tuple[float, float]:
    """Exact limits of a share: quantiles of beta distributions; 0 below for none, 1 above for all."""
    tail = (1 - level) / 2
    lower = float(special.betaincinv(count, of - count + 1, tail)) if count else 0.0
    upper = float(special.betaincinv(count + 1, of - count, 1 - tail)) if count < of else 1.0
    return lower, upper


COLUMNS = ("count", "of", "value", "lower", "upper", "level", "method")


def rates(counts: pd.Series, residents: pd.Series, per: float, level: float = LEVEL) -> pd.DataFrame:
    """Rates with their intervals, by area: `count`, `of` (residents), `value`, `lower` and `upper` (per `per`
    residents), `level`, `method`. Areas without residents (0 or NaN) have no row."""
    return _table(counts, residents, lambda count, _: of_count(count, level), lambda of: per / of, per)


def shares(counts: pd.Series, totals: pd.Series, level: float = LEVEL) -> pd.DataFrame:
    """Shares (0-1) with their intervals, in the columns of `rates`; what has a total of 0 has no row."""
    return _table(counts, totals, lambda count, of: of_share(count, int(of), level), lambda _: 1.0, 1.0)


def _table(
    counts: pd.Series,
    totals: pd.Series,
    interval: Callable[[int, float], Interval],
    times: Callable[[float], float],
    per: float,
) -> pd.DataFrame:
    """times: what the limits are multiplied by to be in the unit of the value."""
    some = totals.reindex(counts.index).astype("float64")
    some = some[some > 0]
    rows = []
    for count, of in zip(counts[some.index].astype(int).tolist(), some.tolist(), strict=True):
        found, by = interval(count, of), times(of)
        rows.append(
            (count, of, per * count / of, found.lower * by, found.upper * by, found.level, found.method)
        )
    return pd.DataFrame(rows, index=some.index, columns=list(COLUMNS))


def _z(level: float) -> float:
    return NormalDist().inv_cdf((1 + level) / 2)


def _check(count: int, level: float) -> None:
    if count < 0:
        raise ValueError(f"a count of {count} is below 0")
    if not 0 < level < 1:
        raise ValueError(f"level {level!r} is not between 0 and 1")
