"""How two figures go together over the areas of one level, and what stands in the way of reading that.

Three coefficients: Pearson's r of the values; Spearman's rho, Pearson's r of their mid-ranks; and r with each area
weighted by its residents,

    r_w = sum w (x - x_w)(y - y_w) / sqrt(sum w (x - x_w)^2 sum w (y - y_w)^2),   x_w = sum w x / sum w.

The 95% intervals are tanh(atanh(r) -+ z s): s^2 = 1 / (n - 3) for Pearson (Fisher RA (1921), On the "probable error"
of a coefficient of correlation deduced from a small sample, Metron 1:3-32), (1 + rho^2 / 2) / (n - 3) for Spearman
(Bonett DG, Wright TA (2000), Sample size requirements for estimating Pearson, Kendall and Spearman correlations,
Psychometrika 65:23-28). They hold as if the areas were drawn independently; neighbours are not, so they are too
narrow. The weighted r has none: weighting by residents says how much an area counts, not how precise it is known.

Which warnings hold is decided from what the package says of the figures, never from a list of indicators.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from statistics import NormalDist

import numpy as np
import pandas as pd

from hsc_geo.analysis.figures import concept_of, values
from hsc_geo.analysis.guard import MODELLED, TREND, Reading, judge
from hsc_geo.analysis.measures import Measure
from hsc_geo.analysis.predictors import trait_of
from hsc_geo.analysis.rates import is_count
from hsc_geo.analysis.serving import DISTRICT, NEIGHBOURHOOD
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package

FEWEST = 3  # areas; through two there is always a line
FEW = (
    20  # below it one area can turn the answer: with 10 areas an r of 0.6 has an interval from -0.05 to 0.89
)
_Z = NormalDist().inv_cdf(0.975)
_ONE = 1 - 1e-12  # from here a coefficient is 1 but for rounding, and has no interval

ECOLOGICAL, CIRCULAR, SHARED, SMOOTHED = "ecological", "circular", "shared", "smoothed"
FEW_AREAS, YEARS, AGES, ONE_CONCEPT, COUNTS = "few_areas", "years", "ages", "one_concept", "counts"
WARNINGS = (CIRCULAR, SHARED, ONE_CONCEPT, COUNTS, ECOLOGICAL, SMOOTHED, FEW_AREAS, YEARS, AGES)

SAME_FIGURE = "same_figure"  # why nothing is computed, beside the reasons of the guard and `too_few`
TOO_FEW = "too_few"

Interval = tuple[float, float]


@dataclass(frozen=True)
class Coefficient:
    """value: between -1 and 1, NaN where one of the two is the same everywhere. interval: of 95%, None where there is
    none to give."""

    value: float
    interval: Interval | None = None


@dataclass(frozen=True)
class Warned:
    """A warning that holds: one of WARNINGS. facts: what it rests on (`trait`, `modelled`: an indicator, `n`)."""

    code: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Association:
    """Two figures over the areas of a level.

    table: index area code; `x`, `y` (NaN missing), `status_x`, `status_y` (why), `residents` (NaN not known). n: areas
    that have both; left_out: the others. refused: '' or why the two may not be read together: SAME_FIGURE, TOO_FEW or a
    reason of `hsc_geo.analysis.guard`; then no coefficient is told (None).
    """

    x: Measure
    y: Measure
    level: str
    table: pd.DataFrame
    n: int
    left_out: tuple[str, ...]
    pearson: Coefficient | None
    spearman: Coefficient | None
    weighted: Coefficient | None
    warnings: tuple[Warned, ...]
    refused: str = ""


@per_package(maxsize=64)
def association(package: Package, x: Measure, y: Measure, level: str) -> Association:
    """The two figures over the areas of `level` (district or neighbourhood).

    An area without one of the two is left out; one without residents, or where they are not known, of the weighted r
    only. Shared by all that ask for the same, so not to be changed. Raises ValueError for another level, KeyError for
    an unknown indicator.

    Of the town of docs/methods.md:

    >>> two = Measure("lonely", 2024, "18plus"), Measure("smoking", 2024, "18plus")
    >>> round(association(town, *two, "neighbourhood").pearson.value, 9)
    -0.2
    """
    if level not in (DISTRICT, NEIGHBOURHOOD):
        raise ValueError(f"level {level!r}: expected {DISTRICT} or {NEIGHBOURHOOD}")
    table = _table(package, x, y, level)
    both = table[table[["x", "y"]].notna().all(axis=1)]
    refused = _refused(package, x, y) or (TOO_FEW if len(both) < FEWEST else "")
    plain, ranked, weighted = (None, None, None) if refused else _coefficients(both)
    return Association(
        x=x,
        y=y,
        level=level,
        table=table,
        n=len(both),
        left_out=tuple(map(str, table.index.difference(both.index))),
        pearson=plain,
        spearman=ranked,
        weighted=weighted,
        warnings=tuple(_warnings(package, x, y, len(both))),
        refused=refused,
    )


def pearson(x: pd.Series, y: pd.Series, weights: pd.Series | None = None) -> float:
    """Pearson's r of two columns of one index without missing values, each row weighted by `weights` (0 or more; None
    for equal ones); NaN where one of the two does not vary.

    >>> round(pearson(pd.Series([1.0, 2, 3]), pd.Series([2.0, 4, 7])), 9)
    0.993399268
    """
    given = np.ones(len(x)) if weights is None else weights.to_numpy(dtype=float)
    if not given.sum() > 0:
        return math.nan
    weight = given / given.sum()
    first, second = (_apart(each.to_numpy(dtype=float), weight) for each in (x, y))
    spread = math.sqrt(float(weight @ first**2)) * math.sqrt(float(weight @ second**2))
    return min(1.0, max(-1.0, float(weight @ (first * second)) / spread)) if spread else math.nan


def interval(r: float, n: int, ranks: bool = False) -> Interval | None:
    """The 95% interval of a coefficient over n areas, of ranks (Spearman) or of values (Pearson); None with fewer than
    four areas, and where r is not known, 1 or -1."""
    if n < 4 or not abs(r) < _ONE:
        return None
    spread = math.sqrt((1 + r * r / 2 if ranks else 1.0) / (n - 3))
    return math.tanh(math.atanh(r) - _Z * spread), math.tanh(math.atanh(r) + _Z * spread)


def _apart(numbers: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Each from the weighted mean; 0 for all where they are the same (their mean can differ in the last digit)."""
    return np.zeros(len(numbers)) if np.ptp(numbers) == 0 else numbers - float(weight @ numbers)


def _table(package: Package, x: Measure, y: Measure, level: str) -> pd.DataFrame:
    first, second = (values(package, each.indicator_id, each.year, each.age_group, level) for each in (x, y))
    residents = package.areas["population"].reindex(first.index).astype("float64")
    return pd.DataFrame(
        {
            "x": first["value"],
            "y": second["value"],
            "status_x": first["status"],
            "status_y": second["status"],
            "residents": residents,
        }
    )


def _coefficients(both: pd.DataFrame) -> tuple[Coefficient, Coefficient, Coefficient]:
    n, people = len(both), both[both["residents"] > 0]
    plain = pearson(both["x"], both["y"])
    ranked = pearson(both["x"].rank(), both["y"].rank())
    weighted = pearson(people["x"], people["y"], people["residents"]) if len(people) >= FEWEST else math.nan
    return (
        Coefficient(plain, interval(plain, n)),
        Coefficient(ranked, interval(ranked, n, ranks=True)),
        Coefficient(weighted),
    )


def asked_as(package: Package, x: Measure, y: Measure) -> Reading | None:
    """Two years of one thing are a question of change, which the guard judges; other pairs are none."""
    if _concept(package, x) != _concept(package, y) or x.year == y.year:
        return None
    return Reading(TREND, tuple(dict.fromkeys((x.indicator_id, y.indicator_id))), years=(x.year, y.year))


def _refused(package: Package, x: Measure, y: Measure) -> str:
    if x == y:
        return SAME_FIGURE
    asked = asked_as(package, x, y)
    verdict = judge(package, asked) if asked else None
    return verdict.reason if verdict and not verdict.allowed else ""


def _concept(package: Package, measure: Measure) -> str:
    return concept_of(package, measure.indicator_id)


def _warnings(package: Package, x: Measure, y: Measure, n: int) -> Iterator[Warned]:
    """Those that hold, in the order of WARNINGS."""
    kinds = package.indicators["kind"].astype(str)
    modelled = [each.indicator_id for each in (x, y) if kinds[each.indicator_id] == MODELLED]
    traits = [trait_of(package, each.indicator_id) for each in (x, y)]
    if len(modelled) == 1 and any(traits):
        yield Warned(CIRCULAR, {"modelled": modelled[0], "trait": next(filter(None, traits))})
    if len(modelled) == 2:
        yield Warned(SHARED)
    if _concept(package, x) == _concept(package, y):
        yield Warned(ONE_CONCEPT)
    if all(is_count(package, each.indicator_id) for each in (x, y)):
        yield Warned(COUNTS)
    yield Warned(ECOLOGICAL)
    if modelled:
        yield Warned(SMOOTHED, {"modelled": modelled[0]})
    if n < FEW:
        yield Warned(FEW_AREAS, {"n": str(n)})
    if x.year != y.year:
        yield Warned(YEARS)
    if x.age_group != y.age_group:
        yield Warned(AGES)
