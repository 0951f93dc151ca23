"""Classes of a choropleth: breaks and counts by mapclassify, with ties and missing values told apart.

Source of the methods: Slocum et al., Thematic Cartography and Geovisualization; `mapclassify` (PySAL).
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import mapclassify
import numpy as np
import pandas as pd

SCHEMES = ("quantiles", "equal", "natural", "std")
K_RANGE = range(3, 8)
NOISE = 9  # decimals: what binary fractions add behind it must not move a value over a break


@dataclass(frozen=True)
class Classes:
    """A classification. `breaks` are k (lower, upper) pairs, upper inclusive, the first lower inclusive as well;
    `counts` the areas per class; `assigned` class number per area (0-based, -1 where the value is missing);
    `asked` is the number of classes asked for: ties can leave fewer. `slots` says for each class which of the
    scheme's `of` bins it is: with standard deviations the bins lie symmetric about the mean, also where none of
    the areas falls into the outer ones."""

    scheme: str
    asked: int
    breaks: tuple[tuple[float, float], ...]
    counts: tuple[int, ...]
    assigned: pd.Series
    slots: tuple[int, ...] = ()
    of: int = 0

    @property
    def k(self) -> int:
        """Number of classes that are in use."""
        return len(self.breaks)


def classify(values: pd.Series, scheme: str = "quantiles", k: int = 5) -> Classes:
    """Classify `values` (missing allowed) into at most `k` classes.

    Raises ValueError for an unknown scheme or a `k` outside 3 to 7. With fewer distinct values than classes, or
    none, there are fewer classes, or none.
    """
    if scheme not in SCHEMES:
        raise ValueError(f"classification {scheme!r} is not one of {', '.join(SCHEMES)}")
    if k not in K_RANGE:
        raise ValueError(f"{k} classes asked; choose {K_RANGE.start} to {K_RANGE.stop - 1}")
    known = values.dropna().astype(float)
    if known.empty:
        return Classes(scheme, k, (), (), pd.Series(-1, index=values.index, dtype=int))
    bins = _bins(known.to_numpy().round(NOISE), scheme, min(k, known.nunique()))
    return _assign(values, known.round(NOISE), bins, scheme, k)


def _bins(known: np.ndarray, scheme: str, k: int) -> np.ndarray:
    """Upper bounds of the scheme's bins, ascending; the last one is infinite."""
    if k < 2:
        return np.array([np.inf])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = _classifier(known, scheme, k).bins
    inner = np.asarray(found, dtype=float).round(NOISE)
    inner = inner if scheme == "std" else np.unique(inner[inner < known.max()])
    return np.append(inner[: k - 1], np.inf)


def _classifier(known: np.ndarray, scheme: str, k: int) -> mapclassify.classifiers.MapClassifier:
    if scheme == "quantiles":
        return mapclassify.Quantiles(known, k=k)
    if scheme == "equal":
        return mapclassify.EqualInterval(known, k=k)
    if (
        scheme == "natural"
    ):  # Fisher-Jenks: exact and without a random start, so a link gives the same map again
        return mapclassify.FisherJenks(known, k=k)
    return mapclassify.StdMean(known, multiples=[i - (k - 2) / 2 for i in range(k - 1)])


def _assign(values: pd.Series, known: pd.Series, bins: np.ndarray, scheme: str, asked: int) -> Classes:
    number = pd.Series(-1, index=values.index, dtype=int)
    number[known.index] = np.searchsorted(bins, known.to_numpy(), side="left")
    used = [i for i in range(len(bins)) if (number == i).any()]
    renumber = {old: new for new, old in enumerate(used)}
    uppers = [min(float(bins[i]), float(known.max())) for i in used]
    breaks = tuple(zip([float(known.min()), *uppers[:-1]], uppers, strict=True))
    assigned = number.map(lambda i: renumber.get(i, -1))
    counts = tuple(int((assigned == i).sum()) for i in range(len(used)))
    return Classes(scheme, asked, breaks, counts, assigned, tuple(used), len(bins))
