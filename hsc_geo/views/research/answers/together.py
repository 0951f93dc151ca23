"""Two figures over the areas of a level, the corner in which both are unfavourable, and where help is known in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from hsc_geo.analysis.association import Association, association
from hsc_geo.analysis.counting import Count
from hsc_geo.analysis.figures import figure, values
from hsc_geo.analysis.focus import municipality_code
from hsc_geo.analysis.measures import Measure
from hsc_geo.analysis.yardstick import HIGH_GOOD, NEUTRAL, Yardstick, yardstick
from hsc_geo.data.load import Package
from hsc_geo.views.research.answers.known import known_by_area
from hsc_geo.views.research.choices import Moment, ResearchChoice

HIGH, LOW = "high", "low"
HIGHER, LOWER, SAME, INDISTINCT = "higher", "lower", "same", "indistinct"  # than what a value is held against
CITY, BY_RESIDENTS, EACH_ALIKE = "city", "mean_by_residents", "mean"
_ADDED_UP = frozenset({"persons", "households", "ha"})  # units of which the city has the sum of its areas


@dataclass(frozen=True)
class Held:
    """What the values of one figure are held against. against: CITY, its value as published; BY_RESIDENTS, the mean of
    the areas by residents, where the city has none; EACH_ALIKE, their plain mean, of a number or size that is larger in
    a larger area. side: on which side of it is the corner, HIGH or LOW."""

    yardstick: Yardstick
    against: str
    side: str

    def standing(self, value: float, lower: float, upper: float) -> str:
        """INDISTINCT where the interval of the value (NaN without) holds what it is held against; else HIGHER, LOWER,
        or SAME where it differs by less than counts as a difference."""
        if self.yardstick.indistinct(lower, upper):
            return INDISTINCT
        if self.yardstick.same(value):
            return SAME
        return HIGHER if self.yardstick.gap(value) > 0 else LOWER

    def beyond(self, value: float, lower: float, upper: float) -> bool:
        """Whether a value lies on that side, by more than counts as about the same."""
        return self.standing(value, lower, upper) == (HIGHER if self.side == HIGH else LOWER)


@dataclass(frozen=True, eq=False)
class Together:
    """found: the two figures. x, y: what they are held against, None where no area has a value. known: by area who
    is known there for the ambition, by the one counting rule. limits: by area `x_lower`, `x_upper`, `y_lower`,
    `y_upper`, of the published 95% intervals, NaN without. corner: areas on the unfavourable side of both; in order
    of area. bare: those of them to which no initiative is known."""

    found: Association
    x: Held | None
    y: Held | None
    ambition: str
    known: Mapping[str, Count]
    limits: pd.DataFrame
    corner: tuple[str, ...]

    @property
    def bare(self) -> tuple[str, ...]:
        """The areas of the corner to which no initiative is known."""
        return tuple(code for code in self.corner if not self.known[code].number)

    @property
    def wide(self) -> Count:
        """What is there for the whole city and the region: the same beside every area."""
        return next(iter(self.known.values()))


def together(package: Package, choice: ResearchChoice) -> Together | None:
    """The two figures of the choice; None where one of them has nothing at this level."""
    x, y = (measure(each) for each in (choice.figure, choice.other))
    if x is None or y is None:
        return None
    found = association(package, x, y, choice.level)
    held = [_held(package, found, each, axis) for each, axis in ((x, "x"), (y, "y"))]
    limits = _limits(package, found)
    return Together(
        found=found,
        x=held[0],
        y=held[1],
        ambition=choice.ambition,
        known=known_by_area(package, choice.level, choice.ambition),
        limits=limits,
        corner=_corner(found, limits, *held),
    )


def measure(moment: Moment) -> Measure | None:
    """A figure with its year and age group; None where there is none."""
    if not moment.indicator_id or moment.year is None:
        return None
    return Measure(moment.indicator_id, moment.year, moment.age_group)


def _held(package: Package, found: Association, measured: Measure, axis: str) -> Held | None:
    """Against the city; the side that is unfavourable, or for a figure without a direction the one that goes with the
    unfavourable side of the other."""
    value, against = _reference(package, found, measured, axis)
    if value is None:
        return None
    side = _side(package, found, axis)
    return Held(yardstick(package, measured.indicator_id, value), against, side)


def _reference(
    package: Package, found: Association, measured: Measure, axis: str
) -> tuple[float | None, str]:
    known = found.table[found.table[axis].notna()]
    if str(package.indicators.at[measured.indicator_id, "unit"]) in _ADDED_UP:
        return (float(known[axis].mean()) if len(known) else None), EACH_ALIKE
    city = municipality_code(package)
    value = figure(package, city, measured.indicator_id, measured.year, measured.age_group).value
    if value is not None:
        return value, CITY
    peopled = known[known["residents"] > 0]
    return (
        float(np.average(peopled[axis], weights=peopled["residents"])) if len(peopled) else None
    ), BY_RESIDENTS


def _side(package: Package, found: Association, axis: str) -> str:
    own, other = (found.x, found.y) if axis == "x" else (found.y, found.x)
    mine, theirs = (_unfavourable(package, each) for each in (own, other))
    if mine:
        return mine
    opposite = found.spearman is not None and found.spearman.value < 0
    if theirs or axis == "y":
        beside = theirs or HIGH
        return {HIGH: LOW, LOW: HIGH}[beside] if opposite else beside
    return HIGH


def _unfavourable(package: Package, measured: Measure) -> str:
    direction = str(package.indicators.at[measured.indicator_id, "direction"])
    if direction == NEUTRAL:
        return ""
    return LOW if direction == HIGH_GOOD else HIGH


def _limits(package: Package, found: Association) -> pd.DataFrame:
    both: dict[str, pd.Series] = {}
    for axis, each in (("x", found.x), ("y", found.y)):
        table = values(package, each.indicator_id, each.year, each.age_group, found.level)
        both |= {f"{axis}_{end}": table[end].reindex(found.table.index) for end in ("lower", "upper")}
    return pd.DataFrame(both).astype("float64")


def _corner(found: Association, limits: pd.DataFrame, x: Held | None, y: Held | None) -> tuple[str, ...]:
    if x is None or y is None:
        return ()
    both = found.table[found.table[["x", "y"]].notna().all(axis=1)].join(limits)
    rows = zip(
        both.index,
        *(both[key] for key in ("x", "x_lower", "x_upper", "y", "y_lower", "y_upper")),
        strict=True,
    )
    return tuple(str(code) for code, *of in rows if x.beyond(*of[:3]) and y.beyond(*of[3:]))
