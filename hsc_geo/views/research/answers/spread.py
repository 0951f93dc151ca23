"""One figure over the areas of a level: its values, how they compare with the city, in which class, how many people."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from hsc_geo.analysis import explore
from hsc_geo.analysis.classify import ABOVE, BELOW, CITY, LESS, MORE, MUCH_LESS, MUCH_MORE, SAME, Classes
from hsc_geo.analysis.explore import View
from hsc_geo.analysis.figures import Figure, figure
from hsc_geo.analysis.focus import country_code, municipality_code
from hsc_geo.analysis.guard import RANK, Reading, judge
from hsc_geo.analysis.map_classes import beside_city, map_classes
from hsc_geo.analysis.persons import persons_at, persons_of
from hsc_geo.analysis.yardstick import Yardstick
from hsc_geo.data.load import Package
from hsc_geo.views.research.answers.over_years import OverYears, over_years
from hsc_geo.views.research.choices import Moment, ResearchChoice

INDISTINCT = "indistinct"
SIDES = {MUCH_LESS: LESS, LESS: LESS, SAME: SAME, MORE: MORE, MUCH_MORE: MORE, BELOW: BELOW, ABOVE: ABOVE}


@dataclass(frozen=True, eq=False)
class Spread:
    """One figure over areas.

    moment: the figure. table: by area code `value` (NaN missing), `lower`, `upper`, `status`, `population`, `gap` (from
    the city as published, NaN without), `side` (INDISTINCT from the city by the interval, else LESS, SAME, MORE
    favourable than the city, or BELOW, SAME, ABOVE; '' without). city, country: its figures there. held: the areas by
    their distance from the city, `instead` where they cannot be held against it. view: the same on a map without
    initiatives, in the classes that were chosen. people: how many the percentages are (`analysis.persons`), None for a
    figure that is no percentage of an age group; `people_city` the same of the city. years: the figure over the years
    of its table. ordered: whether the figure bears an order of areas (`analysis.guard`).
    """

    moment: Moment
    table: pd.DataFrame
    city: Figure
    country: Figure
    held: Classes
    view: View
    people: pd.DataFrame | None
    people_city: pd.DataFrame | None
    years: OverYears
    ordered: bool

    @property
    def against(self) -> Yardstick | None:
        """What the areas are held against; None where the city has nothing for that."""
        return self.held.yardstick

    @cached_property
    def by_area(self) -> dict[str, float]:
        """Area code -> its value, by rising value; areas without one are left out."""
        known = self.table["value"].dropna().astype("float64").sort_values(kind="stable")
        return {str(code): float(value) for code, value in known.items()}

    @property
    def quartiles(self) -> tuple[float, float, float]:
        """The values below which a quarter, half and three quarters of the areas lie (by linear interpolation); NaN
        without any value."""
        known = list(self.by_area.values())
        low, middle, high = np.quantile(known, [0.25, 0.5, 0.75]) if known else (np.nan,) * 3
        return float(low), float(middle), float(high)

    def number(self, side: str) -> int:
        """How many areas are on a side of the city."""
        return int((self.table["side"] == side).sum())


def spread(package: Package, choice: ResearchChoice, least: int) -> Spread | None:
    """The figure of the choice over the areas of its level; None where there is no figure at this level. least: numbers
    of people that we compute are not told below it."""
    asked = choice.figure
    if not asked.indicator_id or asked.year is None:
        return None
    view = view_of(package, choice)
    key, year, age = asked.indicator_id, asked.year, asked.age_group
    made = map_classes(package, key, year, age, view.table["value"], CITY, choice.k)
    held = beside_city(package, key, year, age, view.table, made)
    above = (municipality_code(package), country_code(package))
    city, country = (figure(package, code, key, year, age) for code in above)
    return Spread(
        asked,
        _compared(package, view.table, held),
        city,
        country,
        held,
        view,
        persons_at(package, key, year, age, view.choice.level, least),
        persons_of(package, city, least),
        over_years(package, asked),
        judge(package, Reading(RANK, (key,))).allowed,
    )


def view_of(package: Package, choice: ResearchChoice) -> View:
    """The figure of the choice on a map without initiatives, in the classes that were chosen."""
    asked = choice.figure
    found = explore.explore(
        package,
        explore.Choice(
            asked.indicator_id,
            asked.year,
            asked.age_group,
            choice.level,
            choice.scheme,
            choice.k,
            breaks=choice.breaks,
        ),
    )
    return replace(found, ids=())


def _compared(package: Package, table: pd.DataFrame, held: Classes) -> pd.DataFrame:
    """The table with residents, the distance from the city, and on which side of it an area is."""
    against = held.yardstick
    known = table["value"].notna()
    sides = [SIDES[held.names[i]] if against and i >= 0 else "" for i in held.assigned]
    sides = [
        INDISTINCT if code in held.indistinct else side
        for code, side in zip(map(str, table.index), sides, strict=True)
    ]
    gap = table["value"].map(lambda value: against.gap(value), na_action="ignore") if against else np.nan
    return table.assign(
        population=package.areas["population"].reindex(table.index),
        gap=pd.Series(gap, index=table.index, dtype="float64").where(known),
        side=sides,
    )
