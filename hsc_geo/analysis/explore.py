"""What is on the screen for a set of choices: the initiatives that fit, their counts, and the classified figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from hsc_geo.analysis.classify import CITY, Classes
from hsc_geo.analysis.counting import Count, count_of
from hsc_geo.analysis.facets import FacetIndex, build_index, select
from hsc_geo.analysis.figures import (
    PRESENT,
    REGISTER_INDICATOR,
    ages_at,
    concept_of,
    listed,
    offer,
    preferred,
    tables_of,
    values,
    years_at,
)
from hsc_geo.analysis.focus import focus_codes, municipality_code
from hsc_geo.analysis.map_classes import beside_city, map_classes
from hsc_geo.analysis.own_area import own_area, own_areas
from hsc_geo.analysis.serving import DISTRICT, NEIGHBOURHOOD, WIDE_SCOPES, Served, count_served
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.domain.schema_register import CONFIRMED

LEVELS = (DISTRICT, NEIGHBOURHOOD)
_ADULTS = "18plus"


@dataclass(frozen=True)
class Choice:
    """The choices of a reader. `indicator` '' draws no figure; `year` None takes the newest; `age_group` '' the
    widest; facets as code lists per facet; ended counts what is known to have ended without asking for its status.
    breaks: thresholds of the scheme `own`, as in an address. as_of: the day from which the years of the facets count,
    None for whatever day."""

    indicator: str = ""
    year: int | None = None
    age_group: str = ""
    level: str = DISTRICT
    scheme: str = CITY
    k: int = 5
    facets: Mapping[str, list[str]] = field(default_factory=dict)
    text: str = ""
    ended: bool = False
    as_of: dt.date | None = None
    breaks: str = ""

    def __hash__(self) -> int:
        facets = frozenset((facet, tuple(codes)) for facet, codes in self.facets.items())
        return hash((self.indicator, self.year, self.age_group, self.level, self.text, self.as_of, facets))


@dataclass(frozen=True, eq=False)
class View:
    """What the choices give. `changed` names the choices that could not be met and what was taken instead. All who
    choose the same get the same view, which is not to be changed; what is made of it is kept with it (`per_package`).

    mask: initiatives that fit, in the register's order; ids the same as ids. here: who they are for, by the one rule
    (`hsc_geo.analysis.counting`): for the districts chosen together, or for the municipality. table: per area of the
    level `value`, `lower`, `upper`, `status` (empty without an indicator). classes: None without an indicator.
    """

    choice: Choice
    mask: np.ndarray
    ids: tuple[str, ...]
    served: Served
    here: Count
    table: pd.DataFrame
    classes: Classes | None
    changed: tuple[tuple[str, str], ...]


def facet_index(package: Package, as_of: dt.date | None = None) -> FacetIndex:
    """The facet index of the package, built once a process; on a day on which some of its confirmations were still to
    come, once more without these."""
    ahead = as_of is not None and _last_confirmed(package) > as_of.isoformat()
    return _facet_index(package, as_of if ahead else None)


@per_package(maxsize=1)
def _last_confirmed(package: Package) -> str:
    """The newest day of a confirmation; '' without any."""
    return max(package.initiatives[CONFIRMED].astype(str), default="")


@per_package(maxsize=4)
def _facet_index(package: Package, as_of: dt.date | None) -> FacetIndex:
    return build_index(package, as_of)


def explore(package: Package, asked: Choice) -> View:
    """The view for the choices. Years, ages and levels that the indicator lacks are replaced, and said so."""
    # Its own lists: what keeps the view must not change with a list of who asked.
    return _explored(
        package, replace(asked, facets={each: list(codes) for each, codes in asked.facets.items()})
    )


@per_package(maxsize=64)
def _explored(package: Package, asked: Choice) -> View:
    choice, changed = settle(package, asked)
    index = facet_index(package, choice.as_of)
    mask = select(index, choice.facets, choice.text, choice.ended)
    mask.flags.writeable = False
    ids = tuple(key for key, keep in zip(index.ids, mask, strict=True) if keep)
    served = count_served(package, ids)
    table = _table(package, choice, served)
    classes = _classes(package, choice, table)
    here = _here(package, choice, ids)
    return View(choice, mask, ids, served, here, table, classes, changed)


def districts_of(choice: Choice) -> list[str]:
    """The districts that are chosen; [] for the whole municipality."""
    return [code for code in choice.facets.get(DISTRICT, ()) if code not in WIDE_SCOPES]


def _here(package: Package, choice: Choice, ids: tuple[str, ...]) -> Count:
    """Whom those that fit are for; what has no known area too, where that was asked for beside a district."""
    districts = districts_of(choice)
    found = count_of(package, districts or [municipality_code(package)], ids)
    told = set(found.everyone)
    return replace(found, unknown=tuple(key for key in ids if key not in told)) if districts else found


def settle(package: Package, asked: Choice) -> tuple[Choice, tuple[tuple[str, str], ...]]:
    """The choices as they can be met, and (choice, what was taken instead) for those that could not.

    Where the table of the indicator has nothing at the level, another one that has the same figure stands in; only
    where none has, the level changes.
    """
    if asked.indicator in ("", REGISTER_INDICATOR):
        return replace(asked, year=None, age_group=""), ()
    key, level = _at_level(package, asked)
    years = years_at(package, key, level)
    if not years:
        return replace(asked, indicator=""), (("indicator", ""),)
    year = asked.year if asked.year in years else years[0]
    ages = ages_at(package, key, level, year)
    age = asked.age_group if asked.age_group in ages else _ADULTS if _ADULTS in ages else ages[0]
    changed = [
        ("table", key) if key != asked.indicator else None,
        ("year", str(year)) if asked.year not in (None, year) else None,
        ("age", age) if asked.age_group not in ("", age) else None,
        ("level", level) if level != asked.level else None,
    ]
    settled = replace(asked, indicator=key, year=year, age_group=age, level=level)
    return settled, tuple(item for item in changed if item)


def _at_level(package: Package, asked: Choice) -> tuple[str, str]:
    """(indicator, level) with figures, if there are any: as asked, of another table, or at another level."""
    key = asked.indicator
    if key not in package.indicators.index or years_at(package, key, asked.level):
        return key, asked.level
    other = preferred(package, concept_of(package, key), asked.level)
    if other:
        return other, asked.level
    return key, next((level for level in LEVELS if years_at(package, key, level)), asked.level)


def _classes(package: Package, choice: Choice, table: pd.DataFrame) -> Classes | None:
    """Of a published figure no filter changes them."""
    if not choice.indicator:
        return None
    if choice.indicator == REGISTER_INDICATOR:
        return _classified(package, choice, table)
    return _published_classes(package, replace(choice, facets={}, text="", ended=False, as_of=None))


@per_package(maxsize=64)
def _published_classes(package: Package, figure: Choice) -> Classes:
    assert figure.year is not None
    return _classified(
        package, figure, values(package, figure.indicator, figure.year, figure.age_group, figure.level)
    )


def _classified(package: Package, choice: Choice, table: pd.DataFrame) -> Classes:
    asked = (package, choice.indicator, choice.year, choice.age_group)
    made = map_classes(*asked, table["value"], choice.scheme, choice.k, choice.breaks)
    return beside_city(*asked, table, made)


def _table(package: Package, choice: Choice, served: Served) -> pd.DataFrame:
    if choice.indicator == REGISTER_INDICATOR:
        codes = package.areas.index[package.areas["level"] == choice.level]
        counted = served.by_area.reindex(codes).astype(float)
        return pd.DataFrame({"value": counted, "lower": np.nan, "upper": np.nan, "status": PRESENT})
    if not choice.indicator:
        codes = package.areas.index[package.areas["level"] == choice.level]
        return pd.DataFrame({"value": np.nan, "lower": np.nan, "upper": np.nan, "status": ""}, index=codes)
    assert choice.year is not None
    return values(package, choice.indicator, choice.year, choice.age_group, choice.level)


@per_package(maxsize=1)
def shown_indicators(package: Package) -> tuple[str, ...]:
    """All that can be shown, of every table: each of `listed_indicators` with its twins behind it."""
    shown = listed_indicators(package, LEVELS)
    twins = (twin for key in shown for twin in (key, *tables_of(package, concept_of(package, key))))
    return tuple(
        dict.fromkeys(key for key in twins if key == REGISTER_INDICATOR or _has_values(package, key))
    )


def _has_values(package: Package, key: str) -> bool:
    return bool(set(offer(package, key).levels) & set(LEVELS))


def listed_indicators(package: Package, levels: tuple[str, ...]) -> tuple[str, ...]:
    """What a list offers: each thing that is measured once, of the table with its newest year at the first of the
    levels; the core ones first, then by theme; the register's own last."""
    return (*listed(package, levels), REGISTER_INDICATOR)


def default_indicator(package: Package) -> str:
    """The indicator that the map opens with."""
    return listed_indicators(package, LEVELS)[0]


@per_package(maxsize=1)
def areas_in_order(package: Package) -> tuple[str, ...]:
    """What can be chosen: focus areas first, then the own areas in the package, the other districts and the
    neighbourhoods, each by code."""
    levels = package.areas["level"]
    every = [str(code) for level in LEVELS for code in sorted(package.areas.index[levels == level])]
    focus = [code for codes in focus_codes(package).values() for code in codes if code in every]
    return tuple(dict.fromkeys([*focus, *(each.code for each in own_areas(package)), *every]))


def usual_area(package: Package) -> str:
    """The first focus district; where the municipality names none, its district with most residents."""
    first = areas_in_order(package)[0]
    areas = package.areas[package.areas["level"] == DISTRICT]
    people = areas["population"].dropna()
    named = any(first in codes for codes in focus_codes(package).values())
    return first if named or own_area(package, first) or not len(people) else str(people.astype(int).idxmax())
