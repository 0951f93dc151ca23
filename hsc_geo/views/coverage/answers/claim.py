"""What figures can bear."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from hsc_geo.analysis.explore import LEVELS, default_indicator, listed_indicators, shown_indicators
from hsc_geo.analysis.figures import offer
from hsc_geo.analysis.guard import KINDS, Reading, Verdict, judge
from hsc_geo.data.load import Package
from hsc_geo.views.coverage.choices import CoverageChoice
from hsc_geo.views.kit.names import Names


@dataclass(frozen=True)
class Claim:
    """A reading of figures, and whether they bear it. every: the same of each kind of reading, this one among them."""

    reading: Reading
    verdict: Verdict
    every: tuple[tuple[Reading, Verdict], ...] = ()

    @property
    def borne(self) -> int:
        """How many kinds of reading the figures bear."""
        return sum(verdict.allowed for _, verdict in self.every)


def claim(n: Names, choice: CoverageChoice) -> Claim:
    """The reading that is asked, of the years that its figures have."""
    asked = choice.claim
    figures = asked.indicator_ids or (default_indicator(n.package),)
    allowed = years_of(n.package, figures)
    reading = replace(asked, indicator_ids=figures, years=tuple(y for y in asked.years if y in allowed))
    readings = [replace(reading, kind=kind) for kind in KINDS]
    every = tuple((each, judge(n.package, each)) for each in readings)
    return Claim(reading, judge(n.package, reading), every)


def years_of(package: Package, figures: Iterable[str]) -> list[int]:
    """The years of the figures, the newest first."""
    return sorted({year for key in figures for year in offer(package, key).years}, reverse=True)


def every_figure(package: Package) -> list[str]:
    """What is measured once each, then the same of other tables: whether two tables may be joined is asked here too."""
    usual = listed_indicators(package, LEVELS)
    return [*usual, *(key for key in shown_indicators(package) if key not in usual)]
