"""The tables of the page Research, each as its file has it. What is chosen is a `ResearchChoice`."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from hsc_geo.analysis.suppression import DEFAULT
from hsc_geo.data.load import Package
from hsc_geo.tables.visit import visit
from hsc_geo.views.kit.names import MONTHS
from hsc_geo.views.kit.tongue import DEFAULT as DUTCH
from hsc_geo.views.research.answers import chance as of_chance
from hsc_geo.views.research.answers import explore as of_explore
from hsc_geo.views.research.answers import own as of_own
from hsc_geo.views.research.answers import pattern as of_pattern
from hsc_geo.views.research.answers import spread as of_spread
from hsc_geo.views.research.answers import together as of_together
from hsc_geo.views.research.answers import unequal as of_unequal
from hsc_geo.views.research.choices import Moment, ResearchChoice
from hsc_geo.views.research.choices_explore import Explored
from hsc_geo.views.research.rows import chance as chance_rows
from hsc_geo.views.research.rows import explore as explore_rows
from hsc_geo.views.research.rows import nearby as nearby_rows
from hsc_geo.views.research.rows import over_years as years_rows
from hsc_geo.views.research.rows import own as own_rows
from hsc_geo.views.research.rows import pattern as pattern_rows
from hsc_geo.views.research.rows import spread as spread_rows
from hsc_geo.views.research.rows import together as together_rows
from hsc_geo.views.research.rows import unequal as unequal_rows

__all__ = ["Explored", "Moment", "ResearchChoice"]

USUAL = Explored()


def crosstab(
    edition: Package, choice: Explored = USUAL, as_of: dt.date | None = None, language: str = DUTCH
) -> pd.DataFrame:
    """Initiatives by two facets: a row per cell and per total, with shares, and how many we inferred."""
    n = visit(edition, as_of, language)
    return explore_rows.rows(n, of_explore.explore(n, choice))


def behind(edition: Package, choice: Explored = USUAL, as_of: dt.date | None = None) -> pd.DataFrame:
    """The initiatives of the cell of that table that is chosen, all of them where none is; a row each."""
    n = visit(edition, as_of)
    return explore_rows.behind(n, of_explore.explore(n, choice))


def residents_near(
    edition: Package, choice: Explored = USUAL, as_of: dt.date | None = None, hide_below: int = DEFAULT
) -> pd.DataFrame:
    """Residents near the initiatives that fit, by district and age: a row per cell and per total."""
    n = visit(edition, as_of, hide_below=hide_below)
    return nearby_rows.rows(n, of_explore.nearby(n, choice))


def spread(edition: Package, choice: ResearchChoice, hide_below: int = DEFAULT) -> pd.DataFrame:
    """One figure over the areas of a level, with the city and the country: value, distance from the city, class, and
    about how many people it is. No rows where the level has no such figure."""
    n, found = visit(edition), of_spread.spread(edition, choice, hide_below)
    return pd.DataFrame() if found is None else spread_rows.rows(n, choice, found)


def classes(edition: Package, choice: ResearchChoice, hide_below: int = DEFAULT) -> pd.DataFrame:
    """The classes of the map of that figure, a row each, by rising value."""
    n, found = visit(edition), of_spread.spread(edition, choice, hide_below)
    return pd.DataFrame() if found is None else spread_rows.classes(n, found)


def over_years(edition: Package, choice: ResearchChoice, hide_below: int = DEFAULT) -> pd.DataFrame:
    """That figure over the years of its table, of areas only where a change in them can be read."""
    n, found = visit(edition), of_spread.spread(edition, choice, hide_below)
    return pd.DataFrame() if found is None else years_rows.rows(n, found.years, choice.level)


def together(edition: Package, choice: ResearchChoice) -> pd.DataFrame:
    """Two figures (`figure` and `other`) over the areas of a level, with how many initiatives are known in each."""
    found = of_together.together(edition, choice)
    return pd.DataFrame() if found is None else together_rows.rows(visit(edition), found)


def unequal(edition: Package, choice: ResearchChoice, hide_below: int = DEFAULT) -> pd.DataFrame:
    """Every measure of the inequality of a value over the areas, with its interval; no rows where none may be told."""
    made = of_unequal.answer(edition, choice, hide_below)
    told = made is not None and made.found is not None
    return unequal_rows.indices(visit(edition), made) if told and made else pd.DataFrame()


def unequal_areas(edition: Package, choice: ResearchChoice, hide_below: int = DEFAULT) -> pd.DataFrame:
    """The areas behind it, from low to high measure."""
    made = of_unequal.answer(edition, choice, hide_below)
    told = made is not None and made.found is not None
    return unequal_rows.areas(visit(edition), made) if told and made else pd.DataFrame()


def pattern(edition: Package, choice: ResearchChoice) -> pd.DataFrame:
    """Whether neighbouring areas look alike in a figure: a row per area with its neighbours and its cluster."""
    found = of_pattern.neighbours(edition, choice)
    return pd.DataFrame() if found is None else pattern_rows.rows(visit(edition), found)


def chance(
    edition: Package,
    choice: ResearchChoice,
    as_of: dt.date | None = None,
    language: str = DUTCH,
    months: int = MONTHS,
) -> pd.DataFrame:
    """What is counted by area or ambition, with its interval and whether it lies outside of what chance would make.
    months: within which an initiative is confirmed lately."""
    n = visit(edition, as_of, language, months=months)
    found = of_chance.chance(edition, choice, n.today, months)
    return chance_rows.rows(n, found)


def own(edition: Package, language: str = DUTCH) -> pd.DataFrame:
    """The own areas of the edition (`analysis.own_areas.with_own`) beside the districts in which they lie: a row per
    figure and area, with how it came about."""
    return own_rows.rows(visit(edition, language=language), of_own.own(edition))


def neighbourhoods(edition: Package) -> pd.DataFrame:
    """Of which neighbourhoods each own area consists."""
    return own_rows.neighbourhoods(visit(edition), of_own.own(edition))
