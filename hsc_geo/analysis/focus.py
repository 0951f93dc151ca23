"""The focus districts against the city and the country, and how fresh the register is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from hsc_geo.analysis.facets import last_seen
from hsc_geo.analysis.figures import Figure, concept_of, core_indicators, figure, latest, preferred
from hsc_geo.analysis.matrix import SPANS, freshness_bands
from hsc_geo.analysis.serving import DISTRICT
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package

MAX_FIGURES = 6
RECENT = SPANS[1]  # months


@dataclass(frozen=True)
class Comparison:
    """One indicator in one year and age group: figures of the focus areas, the municipality and the country."""

    indicator_id: str
    year: int
    age_group: str
    focus: tuple[Figure, ...]
    municipality: Figure
    country: Figure


@dataclass(frozen=True)
class Freshness:
    """How old the knowledge in the register is: initiatives by the year in which they were last seen (missing:
    `undated`); `recent` were seen or confirmed within `months` months, counted back from a day."""

    total: int
    by_year: pd.Series
    undated: int
    recent: int
    months: int


def focus_codes(package: Package) -> dict[str, list[str]]:
    """Focus id -> area codes that are in force (no end date), in the order of the table."""
    current = package.focus_areas
    current = current[current["valid_to"].fillna("").astype(str) == ""]
    return {
        str(key): list(part["area_code"].astype(str)) for key, part in current.groupby("focus_id", sort=False)
    }


def focus_first(package: Package, codes: Iterable[str]) -> list[str]:
    """Area codes with the focus areas and the neighbourhoods in them first, else in the order given."""
    inside = {code for group in focus_codes(package).values() for code in group}
    parents = package.areas["parent_code"].to_dict()
    return sorted(codes, key=lambda code: code not in inside and parents.get(code) not in inside)


@per_package(maxsize=1)
def municipality_code(package: Package) -> str:
    """The code of the municipality that the package is about."""
    return str(package.areas.index[package.areas["level"] == "municipality"][0])


@per_package(maxsize=1)
def country_code(package: Package) -> str:
    """The code of the country in the package."""
    return str(package.areas.index[package.areas["level"] == "country"][0])


def comparisons(
    package: Package, areas: Sequence[str] | None = None, age_group: str = "18plus"
) -> list[Comparison]:
    """The core figures, at most six, for each of the areas (None: the focus areas), the municipality and the country:
    each in the newest year that a table has of districts, and of that table only."""
    focus = [code for group in focus_codes(package).values() for code in group]
    codes = focus if areas is None else list(areas)
    result = []
    for indicator_id in _core(package, age_group)[:MAX_FIGURES]:
        moment = latest(package, indicator_id, age_group)
        if moment is None:
            continue
        places = [*codes, municipality_code(package), country_code(package)]
        found = [figure(package, code, indicator_id, *moment) for code in places]
        result.append(Comparison(indicator_id, *moment, tuple(found[:-2]), found[-2], found[-1]))
    return result


def _core(package: Package, age_group: str) -> list[str]:
    """The core indicators, each of the table that has it newest for districts."""
    ranked = dict.fromkeys(concept_of(package, key) for key in core_indicators(package))
    return [key for each in ranked if (key := preferred(package, each, DISTRICT, age_group))]


def freshness(package: Package, as_of: dt.date, ids: Iterable[str] | None = None) -> Freshness:
    """How old the knowledge is on a day, of all initiatives or of `ids`."""
    rows = package.initiatives.index if ids is None else pd.Index(list(ids))
    years = last_seen(package, as_of).reindex(rows)
    bands = freshness_bands(package, as_of).reindex(rows)
    return Freshness(
        total=len(years),
        by_year=years.dropna().astype(int).value_counts().sort_index(),
        undated=int(years.isna().sum()),
        recent=int(bands.isin([str(span) for span in SPANS if span <= RECENT]).sum()),
        months=RECENT,
    )
