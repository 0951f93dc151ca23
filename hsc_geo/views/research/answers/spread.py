"""One figure over the areas of a level: its values, and how they compare with the city."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from hsc_geo.analysis.figures import Figure, figure, values
from hsc_geo.analysis.focus import country_code, municipality_code
from hsc_geo.analysis.yardstick import Yardstick, yardstick
from hsc_geo.data.load import Package
from hsc_geo.views.research.choices import Moment, ResearchChoice


@dataclass(frozen=True)
class Spread:
    """moment: the figure. table: by area code `value` (NaN missing), `lower`, `upper`, `status` and `population`.
    city, country: its figures there. against: the yardstick of the city, None where the city has no value."""

    moment: Moment
    table: pd.DataFrame
    city: Figure
    country: Figure
    against: Yardstick | None

    @property
    def by_area(self) -> dict[str, float]:
        """Area code -> its value, by rising value; areas without one are left out."""
        known = self.table["value"].dropna().astype("float64").sort_values(kind="stable")
        return {str(code): float(value) for code, value in known.items()}


def spread(package: Package, choice: ResearchChoice) -> Spread | None:
    """The figure of the choice over the areas of its level; None where there is no figure at this level."""
    asked = choice.figure
    if not asked.indicator_id or asked.year is None:
        return None
    key, year, age = asked.indicator_id, asked.year, asked.age_group
    table = values(package, key, year, age, choice.level)
    table = table.assign(population=package.areas["population"].reindex(table.index))
    city = figure(package, municipality_code(package), key, year, age)
    country = figure(package, country_code(package), key, year, age)
    against = None if city.value is None else yardstick(package, key, city.value)
    return Spread(asked, table, city, country, against)
