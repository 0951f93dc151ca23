"""Which areas lie outside what chance alone would make of them: a funnel plot.

Around the number of all areas together stand limits for an area of a given size: 95% (about two standard deviations)
and 99.8% (about three). An area inside them differs from the whole no more than chance would make it differ. The limits
are the exact ones of a Poisson number (a rate of residents) or a binomial one (a share), so an area lies outside just
where its own exact interval of that level leaves out the whole (`hsc_geo.analysis.intervals`).

Spiegelhalter DJ (2005), Funnel plots for comparing institutional performance, Statistics in Medicine 24:1185-1202;
rates as in `phe_funnels` of PHEindicatormethods. Its limits of shares are by the normal distribution, which does not
fit totals as small as ours.

What is counted is what is known, and one initiative can count for several areas: the counts are no independent draws.
An area outside the limits is a reason to look, never a verdict.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

from hsc_geo.analysis.intervals import clopper_pearson, exact_poisson

LEVELS = (0.95, 0.998)
POINTS = 60  # along the axis, to draw the limits
INSIDE, LOW, LOWER, HIGH, HIGHER = "inside", "low", "lower", "high", "higher"
PLACES = (LOWER, LOW, INSIDE, HIGH, HIGHER)
POISSON, BINOMIAL = "poisson", "binomial"


@dataclass(frozen=True, eq=False)
class Funnel:
    """A funnel plot.

    centre: of all together, in the unit of the values. table: by area `count`, `of`, `value` and `place`, one of PLACES
    (`low` and `high` are outside 95%, `lower` and `higher` outside 99.8% too). limits: to draw, columns `of`,
    `lower_95`, `upper_95`, `lower_998`, `upper_998`, in the unit of the values. kind: POISSON or BINOMIAL.
    """

    centre: float
    table: pd.DataFrame
    limits: pd.DataFrame
    kind: str

    @property
    def outside(self) -> tuple[str, ...]:
        """The areas outside the limits of 95%."""
        found = self.table.index[self.table["place"] != INSIDE]
        return tuple(map(str, found))


def of_rates(counts: pd.Series, residents: pd.Series, per: float) -> Funnel:
    """The funnel of counts per `per` residents. Areas without residents are left out.

    Raises ValueError where no area is left, or nothing at all is counted.
    """
    table = _usable(counts, residents)
    centre = _centre(table)

    def limits(of: np.ndarray, level: float) -> tuple[np.ndarray, np.ndarray]:
        return poisson_limits(of * centre, level)

    def apart(count: int, of: float, level: float) -> int:
        return _apart(exact_poisson(count, level), of * centre)

    return _funnel(table, centre, limits, apart, per, POISSON)


def of_shares(counts: pd.Series, totals: pd.Series) -> Funnel:
    """The funnel of shares (0-1) of totals (whole numbers). What has a total of 0 is left out; errors as `of_rates`,
    and where all of everything is counted."""
    table = _usable(counts, totals)
    centre = _centre(table)
    if centre >= 1:
        raise ValueError("all of everything is counted: no funnel around 100%")

    def limits(of: np.ndarray, level: float) -> tuple[np.ndarray, np.ndarray]:
        return binomial_limits(of, centre, level)

    def apart(count: int, of: float, level: float) -> int:
        return _apart(clopper_pearson(count, int(of), level), centre)

    return _funnel(table, centre, limits, apart, 1.0, BINOMIAL)


def poisson_limits(expected: np.ndarray, level: float) -> tuple[np.ndarray, np.ndarray]:
    """The counts (not whole) of which the exact interval just reaches what is expected; 0 where none is low enough."""
    tail = (1 - level) / 2
    lower = np.where(np.exp(-expected) < tail, special.pdtrik(tail, expected), 0.0)
    return np.maximum(lower, 0.0), special.pdtrik(1 - tail, expected) + 1


def binomial_limits(of: np.ndarray, share: float, level: float) -> tuple[np.ndarray, np.ndarray]:
    """The same of a share (above 0, below 1) of totals: from 0 to the total."""
    tail = (1 - level) / 2
    none, every = (1 - share) ** of, share**of
    lower = np.where(none < tail, special.bdtrik(tail, of, share), 0.0)
    upper = np.where(every < tail, special.bdtrik(1 - tail, of, share) + 1, of)
    return np.maximum(lower, 0.0), np.minimum(upper, of)


def _usable(counts: pd.Series, of: pd.Series) -> pd.DataFrame:
    table = pd.DataFrame({"count": counts, "of": of.reindex(counts.index)}).astype("float64")
    table = table[table["count"].notna() & (table["of"] > 0)]
    if table.empty:
        raise ValueError("no area has a count and a size")
    return table


def _centre(table: pd.DataFrame) -> float:
    if not table["count"].sum() > 0:
        raise ValueError("nothing is counted in any area: no funnel around 0")
    return float(table["count"].sum() / table["of"].sum())


def _apart(interval: tuple[float, float], expected: float) -> int:
    """-1 where the interval lies below what is expected, 1 where above, 0 where it holds it."""
    return int(interval[0] > expected) - int(interval[1] < expected)


def _funnel(
    table: pd.DataFrame,
    centre: float,
    limits: Callable[[np.ndarray, float], tuple[np.ndarray, np.ndarray]],
    apart: Callable[[int, float, float], int],
    per: float,
    kind: str,
) -> Funnel:
    places = [_place(int(count), of, apart) for count, of in zip(table["count"], table["of"], strict=True)]
    told = table.assign(value=per * table["count"] / table["of"], place=places).astype({"count": int})
    of = _along(table["of"], kind)
    columns: dict[str, np.ndarray] = {"of": of}
    for level, name in zip(LEVELS, ("95", "998"), strict=True):
        lower, upper = limits(of, level)
        columns |= {f"lower_{name}": per * lower / of, f"upper_{name}": per * upper / of}
    return Funnel(per * centre, told, pd.DataFrame(columns), kind)


def _along(of: pd.Series, kind: str) -> np.ndarray:
    """Sizes at which the limits are drawn: a little beyond the smallest and the largest; whole totals for shares."""
    found = np.geomspace(of.min() * 0.9, of.max() * 1.05, POINTS)
    return np.unique(np.maximum(np.round(found), 1.0)) if kind == BINOMIAL else found


def _place(count: int, of: float, apart: Callable[[int, float, float], int]) -> str:
    near, far = (apart(count, of, level) for level in LEVELS)
    return {-2: LOWER, -1: LOW, 0: INSIDE, 1: HIGH, 2: HIGHER}[near + far]
