"""What a figure of an area is held against: the value of the city, and how far from it counts as a difference.

A small difference of estimates says nothing. Percentages are about the same when they are less than POINTS percentage
points apart; of figures with another unit it is a share of the value of the city.

Where a 95% interval is published of an area's figure, it decides first: an area is not distinguishable from the city
when its interval holds the city's value, the ends included. The city's value counts as exact: its own interval plays no
part. So Fingertips compares areas with a benchmark (Public Health England, Technical Guide: RAG Rating Indicator
Values, 2017); that two intervals overlap says less, for they can while the values differ (Schenker N and Gentleman JF
(2001), On judging the significance of differences by examining the overlap between confidence intervals, Am Stat
55(3):182-186).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from hsc_geo.data.load import Package

HIGH_GOOD, HIGH_BAD, NEUTRAL = "high_good", "high_bad", "neutral"
POINTS, FAR_POINTS = 2.0, 5.0  # percentage points from the city: from here different, from here much
SHARE, FAR_SHARE = 0.05, 0.15  # the same as a share of the value of the city, for other units
PERCENT = "percent"
_DIGITS = 6  # decimals; what binary fractions add behind them is no difference


@dataclass(frozen=True)
class Yardstick:
    """The value of the city, and from how far from it (in the unit of the figure) an area is called different (`band`)
    or much different (`far`). direction: `high_good`, `high_bad` or `neutral`. points: whether the two are percentage
    points; else they are SHARE and FAR_SHARE of the city's value."""

    city: float
    band: float
    far: float
    direction: str
    points: bool

    def gap(self, value: float) -> float:
        """How far above the city a value is, as published, with its decimals."""
        return round(value - self.city, _DIGITS)

    def same(self, value: float) -> bool:
        """Whether a value is about the same as that of the city."""
        return abs(self.gap(value)) < round(self.band, _DIGITS)

    def indistinct(self, lower: float | None, upper: float | None) -> bool:
        """Whether an area with this 95% interval is not distinguishable from the city; False without an interval."""
        return holds(lower, upper, self.city)

    def favourable(self, value: float) -> bool | None:
        """Whether a value is on the favourable side of the city's; None for a figure without a direction."""
        if self.direction not in (HIGH_GOOD, HIGH_BAD):
            return None
        return (self.gap(value) > 0) == (self.direction == HIGH_GOOD)


def yardstick(package: Package, indicator_id: str, city: float) -> Yardstick:
    """The yardstick of an indicator for the city's value. Raises KeyError for an unknown indicator."""
    row = package.indicators.loc[indicator_id]
    points = str(row["unit"]) == PERCENT
    band, far = (POINTS, FAR_POINTS) if points else (SHARE * abs(city), FAR_SHARE * abs(city))
    return Yardstick(city, band, far, str(row["direction"]), points)


def holds(lower: float | None, upper: float | None, value: float) -> bool:
    """Whether an interval holds a value, its ends included; False where an end is missing (None or NaN)."""
    if lower is None or upper is None or math.isnan(lower) or math.isnan(upper):
        return False
    return round(lower, _DIGITS) <= round(value, _DIGITS) <= round(upper, _DIGITS)


def holding(table: pd.DataFrame, value: float) -> frozenset[str]:
    """The areas (index of the table, columns `lower` and `upper`) whose interval holds a value."""
    rows = zip(map(str, table.index), table["lower"], table["upper"], strict=True)
    return frozenset(code for code, lower, upper in rows if holds(lower, upper, value))
