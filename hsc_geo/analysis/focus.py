"""The focus districts against the city and the country, and how fresh the register is."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from hsc_geo.analysis.figures import Figure, core_indicators, figure, latest
from hsc_geo.data.load import Package

MAX_FIGURES = 6


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
    """How old the knowledge in the register is: rows by year of the newest evidence (missing: `undated`)."""

    total: int
    by_year: pd.Series
    undated: int
    recent: int
    recent_from: int


def focus_codes(package: Package) -> dict[str, list[str]]:
    """Focus id -> area codes that are in force (no end date), in the order of the table."""
    current = package.focus_areas
    current = current[current["valid_to"].fillna("").astype(str) == ""]
    return {
        str(key): list(part["area_code"].astype(str)) for key, part in current.groupby("focus_id", sort=False)
    }


def municipality_code(package: Package) -> str:
    """The code of the municipality that the package is about."""
    return str(package.areas.index[package.areas["level"] == "municipality"][0])


def country_code(package: Package) -> str:
    """The code of the country in the package."""
    return str(package.areas.index[package.areas["level"] == "country"][0])


def comparisons(package: Package, age_group: str = "18plus") -> list[Comparison]:
    """The core indicators, at most six, newest year, for each focus area, the municipality and the country."""
    codes = [code for group in focus_codes(package).values() for code in group]
    result = []
    for indicator_id in core_indicators(package)[:MAX_FIGURES]:
        moment = latest(package, indicator_id, age_group)
        if moment is None:
            continue
        places = [*codes, municipality_code(package), country_code(package)]
        found = [figure(package, code, indicator_id, *moment) for code in places]
        result.append(Comparison(indicator_id, *moment, tuple(found[:-2]), found[-2], found[-1]))
    return result


def freshness(package: Package, span: int = 4) -> Freshness:
    """Rows by year of newest evidence; `recent` counts the newest `span` years up to the newest one in the register."""
    years = package.initiatives["last_evidence_year"]
    known = years.dropna().astype(int)
    start = (int(known.max()) - span + 1) if len(known) else 0
    return Freshness(
        total=len(years),
        by_year=known.value_counts().sort_index(),
        undated=int(years.isna().sum()),
        recent=int((known >= start).sum()),
        recent_from=start,
    )
