"""What a figure of an area is held against: the value of the city, and how far from it counts as a difference.

Most figures are estimates without an interval, so a small difference says nothing. Percentages are about the same when
they are less than POINTS percentage points apart; of figures with another unit it is a share of the value of the city.
"""

from __future__ import annotations

from dataclasses import dataclass

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
