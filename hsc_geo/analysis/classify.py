"""Classes of a choropleth: by distance from the city's value, breaks by a scheme or by a reader; missing values apart.

Source of the methods: Slocum et al., Thematic Cartography and Geovisualization. PySAL `mapclassify` finds the
same breaks (tests); here they take no second to import.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from hsc_geo.analysis.yardstick import HIGH_BAD, HIGH_GOOD, NEUTRAL, Yardstick

CITY = "city"  # by distance from the city's value
SCHEMES = ("quantiles", "equal", "natural", "std")  # of the values alone
OWN = "own"  # by thresholds that a reader gives
K_RANGE = range(3, 8)
MUCH_LESS, LESS, SAME, MORE, MUCH_MORE = "much_less", "less", "same", "more", "much_more"  # favourable
BELOW, ABOVE = "below", "above"  # the city, of a figure without a direction
FIVE = (MUCH_LESS, LESS, SAME, MORE, MUCH_MORE)
_THREE = (BELOW, SAME, ABOVE)
_FINENESS = 4  # round numbers in a class, about: so little a break moves
_A_CLASS = 3  # areas at least, on average
NOISE = 9  # decimals: what binary fractions add behind it must not move a value over a break


@dataclass(frozen=True)
class Classes:
    """A classification. `breaks` are k (lower, upper) pairs, upper inclusive, the first lower inclusive as well;
    `counts` the areas per class; `assigned` class number per area (0-based, by rising value, -1 where the value is
    missing); `asked` is the number of classes asked for: ties can leave fewer. `slots` says for each class which of
    the scheme's `of` bins it is, where some of them hold no area.

    Of scheme CITY: `names` says what each class is (MUCH_LESS favourable to MUCH_MORE, or BELOW, SAME, ABOVE), and
    `yardstick` against what. `instead` says why another scheme stands in for CITY ('' where none does). `closest`: the
    two values on either side of a break that lie nearest to one another. `direction`: of the figure, if it has one.

    Of scheme OWN: `thresholds` at which the second class and those above it begin, and every class stands in it, also
    without an area. `fault` says why thresholds that were asked could not be taken ('' where they could).

    `indistinct`: the areas that are not distinguishable from the city, whatever their class (`yardstick.holds`); none
    without published intervals. `intervals`: whether any area has one; `against_city`: and the city a value that they
    are held against."""

    scheme: str
    asked: int
    breaks: tuple[tuple[float, float], ...]
    counts: tuple[int, ...]
    assigned: pd.Series
    slots: tuple[int, ...] = ()
    of: int = 0
    names: tuple[str, ...] = ()
    yardstick: Yardstick | None = None
    instead: str = ""
    closest: tuple[float, float] | None = None
    direction: str = NEUTRAL
    thresholds: tuple[float, ...] = ()
    fault: str = ""
    indistinct: frozenset[str] = frozenset()
    intervals: bool = False
    against_city: bool = False

    @property
    def k(self) -> int:
        """Number of classes that are shown."""
        return len(self.breaks)

    def doubted(self, i: int) -> int:
        """How many areas of a class are not distinguishable from the city."""
        if not self.indistinct:
            return 0
        return sum(1 for code in self.assigned.index[self.assigned == i] if str(code) in self.indistinct)

    def ends(self, i: int) -> tuple[bool, bool]:
        """Whether there can be no class below class `i`, and none above."""
        if self.scheme == CITY:
            return self.slots[i] == 0, self.slots[i] == self.of - 1
        return i == 0, i == self.k - 1

    def bounds(self, i: int, decimals: int) -> tuple[float, float]:
        """The lowest and the highest publishable value of a class; a class begins a step above the one below it."""
        step = 10.0**-decimals
        lower, upper = self.breaks[i]
        lowest = lower if self.ends(i)[0] else _down(lower, step) + step
        return lowest, _down(upper, step)


def _down(value: float, step: float) -> float:
    return math.floor(value / step + 1e-6) * step


def most_classes(areas: int) -> int:
    """How many classes so many areas bear: three areas a class, between the fewest and the most that there are."""
    return min(max(areas // _A_CLASS, K_RANGE.start), K_RANGE.stop - 1)


def by_distance(values: pd.Series, yardstick: Yardstick, decimals: int) -> Classes:
    """Classify `values` (missing allowed), published with so many `decimals`, by their distance from the city's.

    A figure with a direction has five classes: about the same (less than `band` apart), less and more favourable, and
    much so (from `far`). One without has three: below, about the same, above. A class without any area is left out.
    """
    step, directed = 10.0**-decimals, yardstick.direction in (HIGH_GOOD, HIGH_BAD)
    names = FIVE if directed else _THREE
    names = names[::-1] if yardstick.direction == HIGH_BAD else names
    known = values.dropna().astype(float).round(NOISE)
    if known.empty:
        return Classes(CITY, len(names), (), (), pd.Series(-1, index=values.index, dtype=int))
    edges = [yardstick.far, yardstick.band] if directed else [yardstick.band]
    below = [_at_most(yardstick.city - edge, step) for edge in edges]
    above = [_under(yardstick.city + edge, step) for edge in reversed(edges)]
    found = _assign(values, known, np.array([*below, *above, np.inf]), CITY, len(names))
    bounds = [float(known.min()), *below, *above, float(known.max())]
    breaks = tuple((bounds[slot], bounds[slot + 1]) for slot in found.slots)
    return replace(
        found, breaks=breaks, names=tuple(names[slot] for slot in found.slots), yardstick=yardstick
    )


def by_thresholds(values: pd.Series, thresholds: Sequence[float], decimals: int) -> Classes:
    """Classify `values` (missing allowed), published with so many `decimals`, by rising `thresholds` of as many.

    An area whose value equals a threshold is in the class above it. A class without any area stays, with 0 areas, so
    that the same thresholds give the same classes in another year.
    """
    known = values.dropna().astype(float).round(NOISE)
    if known.empty:
        return Classes(OWN, len(thresholds) + 1, (), (), pd.Series(-1, index=values.index, dtype=int))
    number = pd.Series(-1, index=values.index, dtype=int)
    number[known.index] = np.searchsorted(np.array(thresholds), known.to_numpy(), side="right")
    ends = [round(each - 10.0**-decimals, NOISE) for each in thresholds]
    lowers = [min(float(known.min()), ends[0]), *ends]
    uppers = [*ends, max(float(known.max()), thresholds[-1])]
    many = len(uppers)
    return Classes(
        OWN,
        many,
        tuple(zip(lowers, uppers, strict=True)),
        tuple(int((number == i).sum()) for i in range(many)),
        number,
        tuple(range(many)),
        many,
        thresholds=tuple(thresholds),
    )


def round_thresholds(values: pd.Series, classes: Classes, decimals: int, finest: float) -> tuple[float, ...]:
    """The thresholds at which the classes of `values` but the first begin, at round numbers none finer than `finest`:
    where it can be, so that no area comes into another class."""
    known = values.dropna().astype(float)
    if classes.k < 2:
        return ()
    edges = np.array([upper for _, upper in classes.breaks[:-1]])
    return tuple(map(float, np.unique(_begins(edges, known, classes.k, 10.0**-decimals, finest))))


def _at_most(value: float, step: float) -> float:
    """The highest publishable number that is no higher."""
    return round(math.floor(round(value / step, 6)) * step, NOISE)


def _under(value: float, step: float) -> float:
    """The highest publishable number below it."""
    return round((math.ceil(round(value / step, 6)) - 1) * step, NOISE)


def with_closest(values: pd.Series, classes: Classes) -> Classes:
    """The classes with the two values on either side of a break that lie nearest to one another, if there is any."""
    known = values.groupby(classes.assigned).agg(["min", "max"]).drop(index=-1, errors="ignore")
    pairs = zip(known["max"].iloc[:-1], known["min"].iloc[1:], strict=True)
    nearest = min(((float(a), float(b)) for a, b in pairs), key=lambda pair: pair[1] - pair[0], default=None)
    return replace(classes, closest=nearest)


def classify(
    values: pd.Series,
    scheme: str = "quantiles",
    k: int = 5,
    decimals: int | None = None,
    finest: float = 0.0,
) -> Classes:
    """Classify `values` (missing allowed) into at most `k` classes.

    With `decimals`, those with which the values are published, classes begin at round numbers, none finer than
    `finest`, where the scheme has them begin or, if there is none there, near it. Then a class can fall away.

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
    bins = bins if decimals is None else _rounded(bins, known, k, 10.0**-decimals, finest)
    return _assign(values, known.round(NOISE), bins, scheme, k)


def _bins(known: np.ndarray, scheme: str, k: int) -> np.ndarray:
    """Upper bounds of the scheme's bins, ascending; the last one is infinite."""
    if k < 2:
        return np.array([np.inf])
    inner = _uppers(known, scheme, k).round(NOISE)
    inner = inner if scheme == "std" else np.unique(inner[inner < known.max()])
    return np.append(inner[: k - 1], np.inf)


def _rounded(bins: np.ndarray, known: pd.Series, k: int, step: float, finest: float) -> np.ndarray:
    """The bins such that the next one begins at a round number: a multiple of 1, 2 or 5 times a power of ten."""
    begins = _begins(bins[:-1], known, k, step, finest)
    return np.append((begins - step).round(NOISE), np.inf)


def _begins(edges: np.ndarray, known: pd.Series, k: int, step: float, finest: float) -> np.ndarray:
    """For each upper bound of a class the round number at which the next one begins."""
    finest = max(step, finest)
    ladder = _round_numbers(float(known.max() - known.min()) / (_FINENESS * k), finest)
    found = known.to_numpy().round(NOISE)
    begins = [_begin(found[found <= each], found[found > each], each, ladder) for each in edges]
    return np.array(begins, dtype=float).round(NOISE)


def _round_numbers(most: float, finest: float) -> list[float]:
    """1, 2 and 5 times powers of ten from `most` down to `finest`, which is always the last."""
    power = 10.0 ** math.floor(math.log10(max(most, finest)))
    tens = [power / 10**i for i in range(1 + math.ceil(math.log10(max(power / finest, 1))))]
    found = [ten * first for ten in tens for first in (5, 2, 1)]
    return [*(each for each in found if finest < each <= most), finest]


def _begin(below: np.ndarray, above: np.ndarray, edge: float, ladder: list[float]) -> float:
    """A round number at which a class begins: above all `below` and at or under all `above` where there is one, so
    that no value moves; else the nearest."""
    if below.size and above.size:
        for step in ladder:
            found = round(math.floor(round(float(above.min()) / step, 6)) * step, NOISE)
            if found > float(below.max()):
                return found
    return round(edge / ladder[-1]) * ladder[-1]


def _uppers(known: np.ndarray, scheme: str, k: int) -> np.ndarray:
    """Upper bounds of k bins; for `std` of all but the last. k from 2, no more than there are distinct values."""
    if scheme == "quantiles":
        return np.quantile(known, np.arange(1, k + 1) / k)
    if scheme == "equal":
        return np.linspace(known.min(), known.max(), k + 1)[1:]
    if scheme == "natural":
        return natural_breaks(known, k)
    multiples: np.ndarray = np.arange(k - 1) - (k - 2) / 2
    return known.mean() + multiples * known.std(ddof=1)


def natural_breaks(known: np.ndarray, k: int) -> np.ndarray:
    """The largest value of each of k classes with the least sum of squared deviations from their means.

    Exact and without a random start, so a link gives the same map again: Fisher W (1958), On grouping for maximum
    homogeneity, JASA 53(284):789-798. The best grouping of the first values into one class more ends in a class that
    begins somewhere, after the best grouping of what comes before; of those as good, the last class is the longest.
    """
    values, count = np.unique(known, return_counts=True)
    alone = _squares(values, count)
    least, begins = alone[0], []
    for _ in range(k - 1):
        ways = (least[:-1, None] + alone[1:]).round(NOISE)
        begins.append(ways.argmin(axis=0) + 1)
        least = ways.min(axis=0)
    ends = [len(values) - 1]
    for begin in reversed(begins):
        ends.append(begin[ends[-1]] - 1)
    return values[ends[::-1]]


def _squares(values: np.ndarray, count: np.ndarray) -> np.ndarray:
    """Sum of squared deviations of the class from value i up to value j: shape (n, n), infinite where j < i."""
    apart = values - values.mean()  # sums of small numbers round less
    number, total, squared = (
        np.concatenate([[0.0], np.cumsum(count * part)]) for part in (1, apart, apart**2)
    )
    i, j = np.ogrid[: len(values), : len(values)]
    many = np.maximum(number[j + 1] - number[i], 1)
    found: np.ndarray = squared[j + 1] - squared[i] - (total[j + 1] - total[i]) ** 2 / many
    return np.where(i <= j, found, np.inf)


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
