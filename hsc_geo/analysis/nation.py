"""The whole country on the map: which figure, year and level it shows, in which classes, and what it is held against.

These figures are modelled, so nothing here ranks: a value stands beside that of the country and the middle half of the
municipalities.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from hsc_geo.analysis.classify import CITY, OWN, Classes
from hsc_geo.analysis.explore import LEVELS, Choice
from hsc_geo.analysis.figures import NOT_PUBLISHED, Figure, concept_of, concepts
from hsc_geo.analysis.focus import municipality_code
from hsc_geo.analysis.map_classes import beside_city, by_own, finished, map_classes
from hsc_geo.analysis.yardstick import PERCENT
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.data.nation.reading import LEVELS as NATION_LEVELS
from hsc_geo.data.nation.reading import Nation, country, figures, offered
from hsc_geo.domain.areas import COUNTRY
from hsc_geo.domain.message import MessageError

MUNICIPALITY = "municipality"
_LEAST = 8  # municipalities with a value: of fewer a half says nothing
_ADULTS = "18plus"


@dataclass(frozen=True, eq=False)
class NationView:
    """What the choices give. table: `value`, `lower`, `upper`, `status` of every area of the level, by area code.
    middle: between which values the middle half of the municipalities lies; None where too few have one. changed: the
    choices that could not be met and what was taken instead."""

    choice: Choice
    table: pd.DataFrame
    classes: Classes
    middle: tuple[float, float] | None
    changed: tuple[tuple[str, str], ...]


@per_package(maxsize=4)
def shown(package: Package, nation: Nation) -> tuple[str, ...]:
    """The figures of the nation that the package knows the meaning of: one for each concept, in the order in which the
    package lists what is measured. () where there is none."""
    known = [key for key in nation.indicators if key in package.indicators.index]
    order = {concept: place for place, concept in enumerate(concepts(package, LEVELS))}
    by_concept = {concept_of(package, key): key for key in reversed(known)}
    return tuple(
        by_concept[each] for each in sorted(by_concept, key=lambda each: (order.get(each, len(order)), each))
    )


def look(package: Package, nation: Nation, asked: Choice) -> NationView:
    """The view for the choices. What the nation lacks is replaced, and said so.

    Raises ValueError where the nation has no figure that the package knows.
    """
    choice, changed = settle(package, nation, asked)
    assert choice.year is not None
    table = figures(nation, choice.indicator, choice.year, choice.age_group, choice.level)
    classes = classes_of(package, nation, choice)
    middle = middle_half(nation, choice.indicator, choice.year, choice.age_group)
    return NationView(choice, table, classes, middle, changed)


def settle(package: Package, nation: Nation, asked: Choice) -> tuple[Choice, tuple[tuple[str, str], ...]]:
    """The choices as they can be met, and (choice, what was taken instead) for those that could not: another table of
    the same thing (`table`), another figure (`figure`), another year, age or level."""
    key, why = _indicator(package, nation, asked.indicator)
    level = asked.level if _moments(nation, key, asked.level) else _level(nation, key)
    moments = _moments(nation, key, level)
    years = sorted({year for year, _ in moments}, reverse=True)
    year = asked.year if asked.year in years else years[0]
    ages = sorted(age for each, age in moments if each == year)
    age = next((each for each in (asked.age_group, _ADULTS) if each in ages), ages[0])
    changed = [
        (why, key) if why else None,
        ("year", str(year)) if asked.year not in (None, year) else None,
        ("age", age) if asked.age_group not in ("", age) else None,
        ("level", level) if level != asked.level else None,
    ]
    settled = replace(asked, indicator=key, year=year, age_group=age, level=level)
    return settled, tuple(item for item in changed if item)


def years_of(nation: Nation, indicator_id: str, level: str) -> tuple[int, ...]:
    """The years of a figure at a level, the newest first."""
    return tuple(sorted({year for year, _ in _moments(nation, indicator_id, level)}, reverse=True))


def ages_of(nation: Nation, indicator_id: str, level: str, year: int) -> tuple[str, ...]:
    """The age groups of a figure at a level in a year."""
    return tuple(sorted(age for each, age in _moments(nation, indicator_id, level) if each == year))


@per_package(maxsize=64)
def middle_half(nation: Nation, indicator_id: str, year: int, age_group: str) -> tuple[float, float] | None:
    """The first and the third quartile of the values of the municipalities, each of them counting once; None where
    fewer than eight have one."""
    values = figures(nation, indicator_id, year, age_group, MUNICIPALITY)["value"].dropna()
    if len(values) < _LEAST:
        return None
    low, high = np.quantile(values.to_numpy(dtype=float), [0.25, 0.75])
    return float(low), float(high)


def area_figure(nation: Nation, code: str, choice: Choice) -> Figure:
    """The figure of one area of the nation for a choice that is settled; `not_published` for an area that it lacks."""
    assert choice.year is not None
    asked = (choice.indicator, choice.year, choice.age_group)
    if code not in nation.areas.index:
        return Figure(code, *asked, None, None, None, NOT_PUBLISHED)
    row = figures(nation, *asked, str(nation.areas.at[code, "level"])).loc[code]
    return _figure(code, asked, row["value"], row["lower"], row["upper"], str(row["status"]))


def _figure(code: str, asked: tuple[str, int, str], *told: Any) -> Figure:
    *numbers, status = told
    value, lower, upper = (None if pd.isna(each) else float(each) for each in numbers)
    return Figure(code, *asked, value, lower, upper, status)


def country_figure(nation: Nation, choice: Choice) -> Figure:
    """The figure of the country for a choice that is settled."""
    assert choice.year is not None
    asked = (choice.indicator, choice.year, choice.age_group)
    found = country(nation, *asked)
    return _figure(COUNTRY, asked, found.value, found.lower, found.upper, found.status)


def class_numbers(view: NationView) -> bytes:
    """A byte for each area of the level, in its order: the number of its class, 255 where it has no value."""
    return view.classes.assigned.to_numpy().astype(np.int16).clip(-1, 254).astype(np.uint8).tobytes()


def classes_of(package: Package, nation: Nation, choice: Choice) -> Classes:
    """The classes of a choice that is settled, as on the map of the municipality: by the distance from its value unless
    a reader chooses another way, of the values of all areas of the level."""
    assert choice.year is not None
    moment = (choice.indicator, choice.year, choice.age_group, choice.level)
    return _classes(package, nation, moment, choice.scheme, choice.k, choice.breaks)


@per_package(maxsize=16)
def _classes(
    package: Package, nation: Nation, moment: tuple[str, int, str, str], scheme: str, k: int, breaks: str
) -> Classes:
    key, year, age, _ = moment
    table = figures(nation, *moment)
    values = table["value"]

    def made(scheme: str) -> Classes:
        return map_classes(package, key, year, age, values, scheme, k)

    if scheme != OWN:
        found = made(scheme)
    else:
        try:
            thresholds = by_own(package, key, values, breaks, value_range(package, key, values))
            found = finished(package, key, values, thresholds)
        except MessageError as fault:
            found = replace(made(CITY), fault=fault.told)
    return beside_city(package, key, year, age, table, found)


def value_range(package: Package, indicator_id: str, values: pd.Series) -> tuple[float, float]:
    """Between which values thresholds of a reader may lie: of a percentage 0 to 100, so that what fits one year and
    level fits them all; else the lowest and the highest of these values."""
    if str(package.indicators.at[indicator_id, "unit"]) == PERCENT:
        return 0.0, 100.0
    return float(values.min()), float(values.max())


def own(package: Package, nation: Nation) -> str:
    """The code of the municipality of the package where the nation has it, else ''."""
    code = municipality_code(package)
    return code if code in nation.areas.index else ""


def _indicator(package: Package, nation: Nation, asked: str) -> tuple[str, str]:
    """(a figure of the nation, why it is not the one asked): as asked, of another table, or the first that there is."""
    offers = shown(package, nation)
    if not offers:
        raise ValueError(f"none of the figures of {nation.folder} is an indicator of the package")
    if asked in offers:
        return asked, ""
    if asked in package.indicators.index:
        concept = concept_of(package, asked)
        same = next((key for key in offers if concept_of(package, key) == concept), "")
        if same:
            return same, "table"
    return offers[0], "figure"


def _level(nation: Nation, key: str) -> str:
    return next(level for level in NATION_LEVELS if _moments(nation, key, level))


def _moments(nation: Nation, key: str, level: str) -> frozenset[tuple[int, str]]:
    return _offered(nation).get((key, level), frozenset())


@per_package(maxsize=1)
def _offered(nation: Nation) -> dict[tuple[str, str], frozenset[tuple[int, str]]]:
    """(indicator, level) -> (year, age group) with values."""
    found: dict[tuple[str, str], set[tuple[int, str]]] = {}
    for key, year, age, level in offered(nation):
        found.setdefault((key, level), set()).add((int(year), age))
    return {place: frozenset(moments) for place, moments in found.items()}
