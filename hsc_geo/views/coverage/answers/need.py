"""Need beside what is known: the index, the verdicts of both levels, and what would have to be known first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from hsc_geo.analysis.access import Access, access
from hsc_geo.analysis.asking import Ask, to_ask
from hsc_geo.analysis.explore import LEVELS
from hsc_geo.analysis.gaps import RULES, Gaps, gaps
from hsc_geo.analysis.inequality import ToldSlope, told_slope
from hsc_geo.analysis.need import Need, default_ingredients, need_index, sensitivity
from hsc_geo.analysis.serving import NEIGHBOURHOOD
from hsc_geo.views.coverage.answers.counted import ever_fitting, fitting
from hsc_geo.views.coverage.choices import ACCESS, HERE, INDEX, SHARE, CoverageChoice
from hsc_geo.views.kit.names import Names


@dataclass(frozen=True, eq=False)
class Needs:
    """fit: the initiatives that fit the choices. ever: those and the ones that nobody confirmed lately. index,
    verdicts: the index of need, and what each rule calls, of each level."""

    fit: tuple[str, ...]
    ever: tuple[str, ...]
    index: Mapping[str, Need]
    verdicts: Mapping[str, Gaps]

    @property
    def levels(self) -> tuple[Gaps, ...]:
        """The verdicts of each level, districts first."""
        return tuple(self.verdicts[level] for level in LEVELS)

    @property
    def called(self) -> bool:
        """Whether any rule calls a gap at any level."""
        return any(each.called(rule) for each in self.levels for rule in RULES)

    def beside(self, level: str) -> Gaps:
        """The verdicts of the other level."""
        return self.verdicts[next(each for each in LEVELS if each != level)]


def index_of(n: Names, choice: CoverageChoice, level: str) -> Need:
    """The index of need that is composed, of a level. Raises NeedError where there is none."""
    composed = choice.ingredients or default_ingredients(n.package, choice.ambition)
    return need_index(n.package, composed, level)


def needs(n: Names, choice: CoverageChoice) -> Needs:
    """Need and verdicts of both levels. Raises NeedError where there is no index of need."""
    index = {level: index_of(n, choice, level) for level in LEVELS}
    fit, ever = fitting(n, choice), ever_fitting(n, choice)

    def of(need: Need) -> Gaps:
        sure = sensitivity(need)
        return gaps(n.package, fit, choice.distance, need, sure, n.today, choice.people, ever)

    return Needs(fit, ever, index, {level: of(need) for level, need in index.items()})


def asks(n: Names, choice: CoverageChoice) -> tuple[Ask, ...]:
    """What is not known of what fits, and who may know. Raises NeedError where there is no index of need."""
    need = index_of(n, choice, NEIGHBOURHOOD)
    return to_ask(n.package, ever_fitting(n, choice), n.today, choice.ambition, need)


def access_beside(n: Names, choice: CoverageChoice) -> Access:
    """Access to set beside need: shared, whatever a capacity that is not known could be."""
    return access(n.package, fitting(n, choice), choice.distance, choice.sharing.method, choice.people)


def slope(found: Access, need: Need) -> ToldSlope:
    """How access differs with need over the areas of the level. Raises ValueError for fewer than three areas."""
    shared, index = found.at(need.level), need.table["index"]
    return told_slope(shared["access"], found.parts[need.level], index, shared["residents"], found.places)


def quantity(show: str, verdicts: Gaps, shared: Access) -> pd.Series:
    """The one quantity of a map, by area, in the unit of its legend: percentile, initiatives, per cent, or initiatives
    per 1,000 residents."""
    table = verdicts.table
    return {
        ACCESS: lambda: shared.at(verdicts.level)["access"].reindex(table.index),
        INDEX: lambda: table["need"],
        HERE: lambda: table["number"].astype("float64"),
        SHARE: lambda: 100 * table["share"],
    }[show]()
