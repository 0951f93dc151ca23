"""Whether what is counted in areas, or by ambition, differs more than by chance: funnel and intervals."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from hsc_geo.analysis import intervals
from hsc_geo.analysis.focus import focus_first
from hsc_geo.analysis.funnel import Funnel, of_rates, of_shares
from hsc_geo.analysis.matrix import Basis, build_matrix, counted
from hsc_geo.analysis.places import with_point
from hsc_geo.analysis.rates import LEAST, PER
from hsc_geo.analysis.serving import DISTRICT
from hsc_geo.data.load import Package
from hsc_geo.views.research.answers.known import ids_of, known_by_area
from hsc_geo.views.research.choices import CONFIRMED, RATE, ResearchChoice


@dataclass(frozen=True, eq=False)
class Chance:
    """what: one of FUNNELS. table: by area or ambition `count`, `of`, `value` (per 1,000 residents; a share as a
    percentage), `lower`, `upper`, `level` and `method` of its interval, and `place` of `funnel`. funnel: None where
    there is none to draw (nothing is counted, or all of everything). left_out: areas with few residents
    (`rates.LEAST`), or without an initiative. months: within which an initiative is confirmed. wide: initiatives for
    the whole city or the region, which count for no area. count: initiatives that count."""

    what: str
    per_ambition: bool
    level: str
    ambition: str
    table: pd.DataFrame
    funnel: Funnel | None
    left_out: int
    months: int
    wide: int
    count: int


def chance(package: Package, choice: ResearchChoice, today: dt.date, months: int) -> Chance:
    """The funnel that is asked, as of a day; by ambition whatever the ambition that is chosen."""
    per_ambition = choice.per_ambition and choice.funnel != RATE
    ambition = "" if per_ambition else choice.ambition
    number, of, wide = _counted(package, choice, per_ambition, today, months)
    of_residents = choice.funnel == RATE
    made = intervals.rates(number, of, PER) if of_residents else intervals.shares(number, of)
    if not of_residents:
        made[["value", "lower", "upper"]] *= 100
    funnel = _funnel(number, of, of_residents)
    table = made if funnel is None else made.join(funnel.table["place"])
    if not per_ambition:
        table = table.loc[focus_first(package, map(str, table.index))]
    return Chance(
        choice.funnel,
        per_ambition,
        choice.level,
        ambition,
        table,
        funnel,
        len(number) - len(made),
        months,
        wide,
        len(ids_of(package, ambition)),
    )


def _funnel(number: pd.Series, of: pd.Series, of_residents: bool) -> Funnel | None:
    usable = of > 0
    total, most = number[usable].sum(), of[usable].sum()
    if not total or (not of_residents and total >= most):
        return None
    return of_rates(number, of, PER) if of_residents else of_shares(number, of)


def _counted(
    package: Package, choice: ResearchChoice, per_ambition: bool, today: dt.date, months: int
) -> tuple[pd.Series, pd.Series, int]:
    """By area or ambition how many there are, and of how many (residents, or initiatives)."""
    if per_ambition:
        matrix = build_matrix(package, ids_of(package, ""), DISTRICT)
        members = {
            code: {key for row in matrix.rows for key in matrix.at(row, code)} for code in matrix.ambitions
        }
        wide = 0
    else:
        by_area = known_by_area(package, choice.level, choice.ambition)
        members = {code: set(found.here) for code, found in by_area.items()}
        wide = max((len(found.wide) for found in by_area.values()), default=0)
    total = pd.Series({code: len(ids) for code, ids in members.items()}, dtype="int64")
    if choice.funnel == RATE:
        people = package.areas["population"].reindex(total.index).astype("float64")
        return total, people.where(people >= LEAST, 0.0), wide
    having = _having(package, choice.funnel, today, months)
    return pd.Series({code: len(ids & having) for code, ids in members.items()}, dtype="int64"), total, wide


def _having(package: Package, what: str, today: dt.date, months: int) -> frozenset[str]:
    """The initiatives of which a share is told: confirmed lately, or with a point."""
    if what == CONFIRMED:
        return frozenset(counted(package, Basis(within=months, as_of=today)))
    return frozenset(with_point(package))
