"""What the start page answers: for each focus district and ambition what is known beside the city, and where that bears
the word gap. All of it is coverage's, as that page opens with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from hsc_geo.analysis.counting import Count, by_ambition, count_of
from hsc_geo.analysis.focus import focus_codes, municipality_code
from hsc_geo.analysis.gaps import GAP, NO_SIGN, NOT_CALLED, NOT_KNOWN, RULES, UNCERTAIN, Gaps
from hsc_geo.analysis.matrix import ALL, Basis, counted
from hsc_geo.analysis.need import NeedError
from hsc_geo.analysis.partners import ambition_codes
from hsc_geo.analysis.serving import DISTRICT
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.views.coverage.answers.need import needs
from hsc_geo.views.coverage.choices import CoverageChoice
from hsc_geo.views.kit.names import Names

FEW = 3  # districts that stand in for focus districts
NAMED = 2  # ambitions that the sentence names for an area, at least


@dataclass(frozen=True, eq=False)
class Cockpit:
    """areas: the focus districts; where the municipality names none (then not `named`), the districts where need is
    highest. city: the municipality. ambitions: in the order of the agreement. counts: (area or
    city, ambition or ALL) -> who is there. gaps: ambition or ALL -> the verdicts by district; those without an index of
    need are left out."""

    areas: tuple[str, ...]
    city: str
    named: bool
    ambitions: tuple[str, ...]
    counts: Mapping[tuple[str, str], Count]
    gaps: Mapping[str, Gaps]

    def verdict(self, area: str, ambition: str) -> str:
        """What a cell says: the first that any of the two rules says of gap, uncertain, no sign; else that it cannot be
        told."""
        found = self.gaps.get(ambition)
        told = {found.verdict(area, rule) for rule in RULES} if found else {NOT_KNOWN}
        return next(each for each in (GAP, UNCERTAIN, NO_SIGN, NOT_CALLED, NOT_KNOWN) if each in told)

    def least(self, area: str) -> tuple[str, ...]:
        """The ambitions with least known for an area beside the city, as a share of what the districts of the city have
        together: NAMED of them, and any more with none. Ties in the order of the ambitions."""
        ranked = sorted(self.ambitions, key=lambda each: self._share(area, each))
        none = sum(not self.counts[area, each].number for each in self.ambitions)
        return tuple(ranked[: max(NAMED, none)])

    def _share(self, area: str, ambition: str) -> float:
        here, whole = (self.counts[code, ambition].number for code in (area, self.city))
        return here / whole if whole else 0.0


def cockpit(n: Names) -> Cockpit:
    """The answers on the day of the page."""
    return _cockpit(n.package, n)


@per_package(maxsize=4)
def _cockpit(package: Package, n: Names) -> Cockpit:
    city, ambitions = municipality_code(package), ambition_codes(package)
    found = {each: _gaps(n, each) for each in (ALL, *ambitions)}
    focus = tuple(code for codes in focus_codes(package).values() for code in codes)
    areas = focus or _neediest(package, found[ALL])
    ids = counted(package, Basis())
    whole = {code: count_of(package, [code], ids) for code in (*areas, city)}
    counts = {(code, ALL): found for code, found in whole.items()}
    counts |= {
        (code, ambition): part
        for code, found in whole.items()
        for ambition, part in by_ambition(package, found, ambitions).items()
    }
    return Cockpit(
        areas, city, bool(focus), ambitions, counts, {each: gaps for each, gaps in found.items() if gaps}
    )


def _neediest(package: Package, found: Gaps | None) -> tuple[str, ...]:
    """The districts where need is highest, FEW of them; nothing where that is not known."""
    need = found.table["need"].dropna() if found else pd.Series(dtype=float)
    levels = package.areas["level"]
    codes = (
        need.sort_values(ascending=False, kind="stable").index
        if len(need)
        else levels.index[levels == DISTRICT]
    )
    return tuple(map(str, codes[:FEW]))


def _gaps(n: Names, ambition: str) -> Gaps | None:
    """The verdicts by district, as the coverage page opens with them."""
    choice = CoverageChoice(Basis(as_of=n.today), ambition=ambition)
    try:
        return needs(n, choice).verdicts[DISTRICT]
    except NeedError:
        return None
