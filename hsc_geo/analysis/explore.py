"""What is on the screen for a set of choices: the initiatives that fit, their counts, and the classified figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import pandas as pd

from hsc_geo.analysis.classify import Classes, classify
from hsc_geo.analysis.counting import Count, count_of
from hsc_geo.analysis.facets import FacetIndex, build_index, select
from hsc_geo.analysis.figures import PRESENT, REGISTER_INDICATOR, offer, values
from hsc_geo.analysis.focus import municipality_code
from hsc_geo.analysis.serving import DISTRICT, NEIGHBOURHOOD, WIDE_SCOPES, Served, count_served
from hsc_geo.data.load import Package

LEVELS = (DISTRICT, NEIGHBOURHOOD)


@dataclass(frozen=True)
class Choice:
    """The choices of a reader. `indicator` '' draws no figure; `year` None takes the newest; `age_group` '' the
    widest; facets as code lists per facet; ended counts what is known to have ended without asking for its status."""

    indicator: str = ""
    year: int | None = None
    age_group: str = ""
    level: str = DISTRICT
    scheme: str = "quantiles"
    k: int = 5
    facets: Mapping[str, list[str]] = field(default_factory=dict)
    text: str = ""
    ended: bool = False


@dataclass(frozen=True)
class View:
    """What the choices give. `changed` names the choices that could not be met and what was taken instead.

    mask: initiatives that fit, in the register's order; ids the same as ids. here: who they are for, by the one rule
    (`hsc_geo.analysis.counting`): for the districts chosen together, or for the municipality. table: per area of the level `value`,
    `lower`, `upper`, `status` (empty without an indicator). classes: None without an indicator.
    """

    choice: Choice
    mask: np.ndarray
    ids: tuple[str, ...]
    served: Served
    here: Count
    table: pd.DataFrame
    classes: Classes | None
    changed: tuple[tuple[str, str], ...]


@lru_cache(maxsize=4)
def facet_index(package: Package) -> FacetIndex:
    """The facet index of the package, built once a process."""
    return build_index(package)


def explore(package: Package, asked: Choice) -> View:
    """The view for the choices. Years, ages and levels that the indicator lacks are replaced, and said so."""
    choice, changed = settle(package, asked)
    index = facet_index(package)
    mask = select(index, choice.facets, choice.text, choice.ended)
    ids = tuple(key for key, keep in zip(index.ids, mask, strict=True) if keep)
    served = count_served(package, ids)
    table = _table(package, choice, served)
    classes = classify(table["value"], choice.scheme, choice.k) if choice.indicator else None
    districts = [code for code in choice.facets.get("district", ()) if code not in WIDE_SCOPES]
    here = count_of(package, districts or [municipality_code(package)], ids)
    return View(choice, mask, ids, served, here, table, classes, changed)


def settle(package: Package, asked: Choice) -> tuple[Choice, tuple[tuple[str, str], ...]]:
    """The choices as they can be met, and (choice, what was taken instead) for those that could not."""
    if asked.indicator in ("", REGISTER_INDICATOR):
        return Choice(**{**vars(asked), "year": None, "age_group": ""}), ()
    found = offer(package, asked.indicator)
    if not found.years:
        return Choice(**{**vars(asked), "indicator": ""}), (("indicator", ""),)
    year = asked.year if asked.year in found.years else found.years[0]
    ages = found.ages[year]
    preferred = "18plus" if "18plus" in ages else ages[0]
    age = asked.age_group if asked.age_group in ages else preferred
    levels = [level for level in LEVELS if level in found.levels] or list(LEVELS)
    level = asked.level if asked.level in levels else levels[0]
    changed = [
        ("year", str(year)) if asked.year not in (None, year) else None,
        ("age", age) if asked.age_group not in ("", age) else None,
        ("level", level) if level != asked.level else None,
    ]
    settled = Choice(**{**vars(asked), "year": year, "age_group": age, "level": level})
    return settled, tuple(item for item in changed if item)


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
