"""Whether neighbouring areas look alike: Moran's I, of all areas together and of each.

With z the values less their mean and W row-standardised weights of the n areas that have a neighbour,

    I   = z' W z / z' z                            (Moran PAP (1950), Notes on continuous stochastic phenomena,
                                                    Biometrika 37:17-23)
    I_i = (n - 1) z_i (W z)_i / z' z               (Anselin L (1995), Local indicators of spatial association - LISA,
                                                    Geographical Analysis 27:93-115)

Without a pattern the mean of I is -1 / (n - 1). How often chance gives as much is told by permutation with a fixed
seed: of all values over the areas, and for one area of the values of all others over its neighbours. p = (1 + k) / (1
+ m), with k of m permutations at least as far out on the nearer side (as PySAL has it), and twice that, for nobody
said before on which side to look. Of n local ones some are small by chance: what is called a cluster keeps the false
discovery rate at 5% (Benjamini Y, Hochberg Y (1995), Controlling the false discovery rate, Journal of the Royal
Statistical Society B 57:289-300). What does not reach that is not distinguishable from chance, which is not the same
as alike.

A modelled figure is made from who lives in an area and from the areas around it: that neighbours look alike is then a
trait of the model too (`Pattern.modelled`), and no finding about the place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from hsc_geo.analysis.contiguity import Weights, touching, weights
from hsc_geo.analysis.figures import values
from hsc_geo.analysis.guard import MODELLED
from hsc_geo.analysis.measures import Measure
from hsc_geo.analysis.serving import DISTRICT, NEIGHBOURHOOD
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package

PERMUTATIONS = 9999  # the least p of one of 54 areas that the false discovery rate can ask is 0.05 / 54
SEED = 20240101
RATE = 0.05  # of false discoveries among what is called a cluster; and of the one test of all areas
FEWEST = 4  # areas with a neighbour; of three there are six orders in all

HH, LL, HL, LH, CHANCE = "HH", "LL", "HL", "LH", "chance"
CLUSTERS = (HH, LL, HL, LH, CHANCE)
SAME_EVERYWHERE, TOO_FEW = "same_everywhere", "too_few"  # why there is nothing to compute


@dataclass(frozen=True)
class Moran:
    """value: I; expected: its mean without a pattern; p: two-sided, by permutation; n: areas."""

    value: float
    expected: float
    p: float
    n: int


@dataclass(frozen=True, eq=False)
class Pattern:
    """The spatial pattern of a figure over the areas of a level.

    table: index area code, the areas that are computed with: `value`; `z` in standard deviations; `lag`, the mean z of
    its neighbours; `neighbours`, how many; `local` (I_i); `p`; `q`, p after the false discovery rate; `quadrant` (HH,
    LL, HL or LH, whatever the p); `cluster` (the same where q <= RATE, else CHANCE).
    missing: area -> status of the figure; islands: areas with a figure of which no neighbour has one. moran: None where
    there is nothing to compute, `why_not` says why. modelled: whether the figure is estimated by a model.
    """

    measure: Measure
    level: str
    table: pd.DataFrame
    weights: Weights
    missing: Mapping[str, str]
    islands: tuple[str, ...]
    moran: Moran | None
    modelled: bool
    why_not: str = ""


@per_package(maxsize=32)
def pattern(package: Package, measure: Measure, level: str) -> Pattern:
    """The pattern of a figure over the areas of `level` (district or neighbourhood).

    Areas without the figure are left out and the weights made again from those that have it. Shared by all that ask for
    the same, so not to be changed. Raises ValueError for another level, KeyError for an unknown indicator.

    Of the town of docs/methods.md, whose areas rise from west to east:

    >>> round(pattern(town, Measure("lonely", 2024, "18plus"), "neighbourhood").moran.value, 9)
    0.4
    """
    if level not in (DISTRICT, NEIGHBOURHOOD):
        raise ValueError(f"level {level!r}: expected {DISTRICT} or {NEIGHBOURHOOD}")
    kind = str(package.indicators.at[measure.indicator_id, "kind"])
    figures = values(package, measure.indicator_id, measure.year, measure.age_group, level)
    known = figures["value"].dropna()
    among = weights(touching(package, level), known.index)
    here = known[list(among.codes)]
    why_not = TOO_FEW if len(here) < FEWEST else SAME_EVERYWHERE if here.nunique() < 2 else ""
    lacking = figures.loc[figures["value"].isna(), "status"].astype(str)
    return Pattern(
        measure,
        level,
        pd.DataFrame({"value": here}) if why_not else local(here, among),
        among,
        {str(code): status for code, status in lacking.items()},
        among.islands,
        None if why_not else moran(here, among),
        kind == MODELLED,
        why_not,
    )


def moran(figures: pd.Series, among: Weights, permutations: int = PERMUTATIONS, seed: int = SEED) -> Moran:
    """Moran's I of figures by area code, one for each area of the weights, none missing and not all the same.

    The same seed gives the same p for the same figures, in whatever order they stand.
    """
    apart = _apart(figures, among)
    orders = _shuffled(len(apart), permutations, seed)
    drawn = apart[orders]
    found = np.einsum("pi,pi->p", drawn @ among.matrix.T, drawn) / float(apart @ apart)
    value = float(apart @ among.matrix @ apart) / float(apart @ apart)
    p = float(_two_sided(np.array([value]), found[None, :])[0])
    return Moran(value, -1 / (len(apart) - 1), p, len(apart))


def local(
    figures: pd.Series, among: Weights, permutations: int = PERMUTATIONS, seed: int = SEED
) -> pd.DataFrame:
    """Local Moran's I of each area, of the same figures; columns as `Pattern.table`."""
    apart = _apart(figures, among)
    lag, scale = among.matrix @ apart, (len(apart) - 1) / float(apart @ apart)
    p = _local_p(apart, lag, among, permutations, seed)
    table = pd.DataFrame(
        {
            "value": figures[list(among.codes)].to_numpy(dtype=float),
            "z": apart / np.sqrt(np.mean(apart**2)),
            "lag": lag / np.sqrt(np.mean(apart**2)),
            "neighbours": (among.matrix > 0).sum(axis=1),
            "local": scale * apart * lag,
            "p": p,
            "q": discoveries(p),
            "quadrant": _quadrants(apart, lag),
        },
        index=pd.Index(among.codes, name="area_code"),
    )
    return table.assign(cluster=table["quadrant"].where(table["q"] <= RATE, CHANCE))


def discoveries(p: np.ndarray) -> np.ndarray:
    """p after the false discovery rate: those of at most 5% are called, and 5% of these may be chance.

    Each p times n over its rank, made monotone from the largest down.

    >>> discoveries(np.array([0.01, 0.04, 0.03, 0.5])).round(9).tolist()
    [0.04, 0.053333333, 0.053333333, 0.5]
    """
    order = np.argsort(p, kind="stable")
    steps = p[order] * len(p) / np.arange(1, len(p) + 1)
    found = np.empty(len(p))
    found[order] = np.minimum.accumulate(steps[::-1])[::-1].clip(max=1.0)
    return found


def _apart(figures: pd.Series, among: Weights) -> np.ndarray:
    numbers = figures[list(among.codes)].to_numpy(dtype=float)
    apart: np.ndarray = numbers - numbers.mean()
    return apart


def _local_p(apart: np.ndarray, lag: np.ndarray, among: Weights, permutations: int, seed: int) -> np.ndarray:
    """Two-sided p of each area: the values of all others over as many places as it has neighbours."""
    orders = _shuffled(len(apart) - 1, permutations, seed)
    counts = (among.matrix > 0).sum(axis=1)
    ranked = np.argsort(apart, kind="stable")
    found = np.empty(len(apart))
    for i, (of_area, many) in enumerate(zip(lag, counts, strict=True)):
        others = apart[ranked[ranked != i]]
        drawn = others[orders[:, :many]].mean(axis=1)
        found[i] = _two_sided(np.array([apart[i] * of_area]), (apart[i] * drawn)[None, :])[0]
    return found


def _two_sided(observed: np.ndarray, drawn: np.ndarray) -> np.ndarray:
    """p of each observed value beside its row of drawn ones; what differs in the last digits is the same."""
    close = 1e-12 * np.abs(drawn).max(axis=1, initial=1e-300)
    above = (drawn >= (observed - close)[:, None]).sum(axis=1)
    below = (drawn <= (observed + close)[:, None]).sum(axis=1)
    p: np.ndarray = (2 * (np.minimum(above, below) + 1) / (drawn.shape[1] + 1)).clip(max=1.0)
    return p


def _shuffled(n: int, times: int, seed: int) -> np.ndarray:
    """Orders of n things, drawn at random; shape (times, n)."""
    return np.random.default_rng(seed).permuted(np.tile(np.arange(n), (times, 1)), axis=1)


def _quadrants(apart: np.ndarray, lag: np.ndarray) -> np.ndarray:
    high, around = apart > 0, lag > 0
    return np.select([high & around, ~high & ~around, high & ~around], [HH, LL, HL], LH)
