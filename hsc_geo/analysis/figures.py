"""Figures: one number with everything that belongs to it, and the values of one indicator over areas.

A figure never travels alone: unit, year, age group, source table and kind go with it, and why it is missing.

Several tables can hold a figure of one thing: its `concept`. A list offers a concept once, with the table of its newest
year at the level that is asked; the others are a second choice. Figures of two tables are never one series.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package

PRESENT, SUPPRESSED, NOT_MEASURED, NOT_PUBLISHED = "present", "suppressed", "not_measured", "not_published"
# Why none of an own area was computed: a class or median has no mean; too few of its neighbourhoods have a value; the
# residents that would be counted are of too long before or after.
NO_MEAN, PARTS_MISSING, FAR_WEIGHTS = "no_mean", "parts_missing", "far_weights"
REGISTER_INDICATOR = "REGISTER-Initiatieven"
# Units of how large an area is, not of how it fares.
SIZES = frozenset({"persons", "households", "ha", "class"})


@dataclass(frozen=True)
class Figure:
    """One published value. `value` is None unless `status` is `present`; `lower` and `upper` are the bounds of the
    95% interval, None where this edition has none."""

    area_code: str
    indicator_id: str
    year: int | None
    age_group: str
    value: float | None
    lower: float | None
    upper: float | None
    status: str


_Told = tuple[float | None, float | None, float | None, str]  # value, lower, upper, status


@dataclass(frozen=True)
class Offer:
    """What an indicator is published for: years (newest first), age groups per year, area levels."""

    years: tuple[int, ...]
    ages: dict[int, tuple[str, ...]]
    levels: tuple[str, ...]


@per_package(maxsize=256)
def offer(package: Package, indicator_id: str) -> Offer:
    """Years, age groups and levels with at least one published value of the indicator."""
    mine = {level: found for (key, level), found in _moments(package).items() if key == indicator_id}
    ages: dict[int, set[str]] = {}
    for found in mine.values():
        for year, groups in found.items():
            ages.setdefault(year, set()).update(groups)
    years = tuple(sorted(ages, reverse=True))
    ordered = {year: _age_order(tuple(sorted(ages[year]))) for year in years}
    return Offer(years, ordered, tuple(sorted(mine)))


def years_at(package: Package, indicator_id: str, level: str, age_group: str = "") -> tuple[int, ...]:
    """Years, newest first, with a published value at the level; of one age group where that is given."""
    found = _moments(package).get((indicator_id, level), {})
    return tuple(sorted((y for y, ages in found.items() if not age_group or age_group in ages), reverse=True))


def published_years(package: Package) -> frozenset[int]:
    """Every year with a published value of some indicator."""
    return frozenset(year for years in _moments(package).values() for year in years)


def ages_at(package: Package, indicator_id: str, level: str, year: int) -> tuple[str, ...]:
    """Age groups with a published value at the level in that year, the widest first."""
    return _age_order(tuple(sorted(_moments(package).get((indicator_id, level), {}).get(year, ()))))


def concept_of(package: Package, indicator_id: str) -> str:
    """What the indicator measures, whichever table it is of; its own id where that is not told.

    Raises KeyError for an unknown indicator.
    """
    return _concepts(package)[indicator_id]


def tables_of(package: Package, concept: str) -> tuple[str, ...]:
    """The indicators of a concept, one a table, that of the newest year first (then by id); () for an unknown one."""
    return _by_concept(package).get(concept, ())


def preferred(package: Package, concept: str, level: str, age_group: str = "") -> str | None:
    """The indicator of a concept where nobody chose a table: that of the newest year with a value at the level.

    Where an age group is asked, only of the tables that have it at that level, as long as there are any. None where no
    table has the concept at that level.
    """
    here = [key for key in tables_of(package, concept) if years_at(package, key, level)]
    fit = [key for key in here if age_group and years_at(package, key, level, age_group)]
    newest = {key: years_at(package, key, level, age_group if fit else "")[0] for key in fit or here}
    return max(newest, key=lambda key: newest[key], default=None)


@per_package(maxsize=16)
def concepts(package: Package, levels: tuple[str, ...]) -> tuple[str, ...]:
    """Every concept with a published value at one of the levels: those of the core indicators first, by rank, then by
    theme in the vocabulary's order and by id."""
    ranks = {concept_of(package, key): i for i, key in enumerate(core_indicators(package))}
    themes = _theme_order(package)
    found = {
        concept_of(package, key): (themes.get(str(theme), len(themes)), str(key))
        for key, theme in reversed(list(package.indicators["theme"].items()))
        if any(years_at(package, str(key), level) for level in levels)
    }
    return tuple(sorted(found, key=lambda each: (ranks.get(each, len(ranks)), found[each])))


@per_package(maxsize=32)
def listed(package: Package, levels: tuple[str, ...]) -> tuple[str, ...]:
    """One indicator for each of the `concepts`: the preferred one of the first of the levels that has any."""
    found = (
        next(filter(None, (preferred(package, concept, level) for level in levels)), None)
        for concept in concepts(package, levels)
    )
    return tuple(key for key in found if key)


def one_each(package: Package, offered: Iterable[str], chosen: Iterable[str]) -> tuple[str, ...]:
    """What a list offers: the indicators of `offered`, where those `chosen` stand in for others of their concept."""
    kept: dict[str, list[str]] = {}
    for key in chosen:
        kept.setdefault(concept_of(package, key), []).append(key)
    found = [each for key in offered for each in kept.pop(concept_of(package, key), [key])]
    return tuple(dict.fromkeys([*found, *(each for rest in kept.values() for each in rest)]))


@per_package(maxsize=512)
def values(package: Package, indicator_id: str, year: int, age_group: str, level: str) -> pd.DataFrame:
    """`value` (NaN where missing), `lower`, `upper` and `status` for every area of the level, indexed by area code.

    An area without a row in the table gets the status `not_published`. Shared, so not to be changed.
    """
    rows = _rows(package, indicator_id)
    rows = rows[(rows["year"] == year) & (rows["age_group"] == age_group)]
    table = rows.assign(area_code=rows["area_code"].astype(str)).set_index("area_code")
    codes = package.areas.index[package.areas["level"] == level]
    table = table[["value", "lower", "upper", "status"]].astype({"status": str}).reindex(codes)
    return table.assign(status=table["status"].fillna(NOT_PUBLISHED))


def decimals_of(package: Package, indicator_id: str) -> int:
    """With how many decimals the indicator is published. Raises KeyError for an unknown one."""
    found: Any = package.indicators.at[indicator_id, "decimals"]
    return 0 if pd.isna(found) else int(found)


def published_range(package: Package, indicator_id: str, levels: tuple[str, ...]) -> tuple[float, float]:
    """The lowest and the highest published value of the indicator at the levels, over all years and age groups; (NaN,
    NaN) where there is none."""
    rows = _rows(package, indicator_id)
    level = package.areas["level"].reindex(rows["area_code"].astype(str)).to_numpy()
    found = rows.loc[pd.Series(level, index=rows.index).isin(levels), "value"].dropna()
    return float(found.min()), float(found.max())


def figure(package: Package, area_code: str, indicator_id: str, year: int, age_group: str) -> Figure:
    """The figure of one area; status `not_published` where the table has no row for it."""
    key = (area_code, indicator_id, year, age_group)
    return Figure(*key, *_published(package).get(key, (None, None, None, NOT_PUBLISHED)))


def has_intervals(package: Package, indicator_id: str) -> bool:
    """Whether a 95% interval is published of any value of the indicator."""
    return indicator_id in _with_intervals(package)


@per_package(maxsize=1)
def _with_intervals(package: Package) -> frozenset[str]:
    rows = package.observations
    both = rows["lower"].notna() & rows["upper"].notna()
    return frozenset(rows.loc[both, "indicator_id"].astype(str).unique())


def latest(package: Package, indicator_id: str, age_group: str | None = None) -> tuple[int, str] | None:
    """The newest year and an age group (the one asked for, else the widest) with values; None where there is none."""
    found = offer(package, indicator_id)
    if not found.years:
        return None
    year = found.years[0]
    ages = found.ages[year]
    return year, age_group if age_group in ages else ages[0]


def core_indicators(package: Package) -> list[str]:
    """The indicators that come first, by `default_rank`."""
    ranked = package.indicators["default_rank"].dropna()
    ranked = pd.to_numeric(ranked, errors="coerce").dropna().sort_values()
    return [str(key) for key in ranked.index]


@per_package(maxsize=1)
def _moments(package: Package) -> dict[tuple[str, str], dict[int, frozenset[str]]]:
    """(indicator, level) -> year -> age groups, of all that has a published value."""
    rows = package.observations
    rows = rows.loc[rows["status"] == PRESENT, ["indicator_id", "area_code", "year", "age_group"]].astype(str)
    rows = rows.assign(level=package.areas["level"].reindex(rows["area_code"]).to_numpy())
    found: dict[tuple[str, str], dict[int, set[str]]] = {}
    columns = ["indicator_id", "level", "year", "age_group"]
    for key, level, year, age in rows[columns].dropna().drop_duplicates().to_numpy():
        found.setdefault((key, str(level)), {}).setdefault(int(year), set()).add(age)
    return {place: {year: frozenset(ages) for year, ages in of.items()} for place, of in found.items()}


@per_package(maxsize=1)
def _concepts(package: Package) -> dict[str, str]:
    return {str(key): str(told or "") or str(key) for key, told in package.indicators["concept"].items()}


@per_package(maxsize=1)
def _by_concept(package: Package) -> dict[str, tuple[str, ...]]:
    newest: dict[str, int] = {}
    for (key, _), years in _moments(package).items():
        newest[key] = max(newest.get(key, 0), *years)
    found: dict[str, list[str]] = {}
    for key in sorted(map(str, package.indicators.index), key=lambda key: (-newest.get(key, 0), key)):
        found.setdefault(concept_of(package, key), []).append(key)
    return {concept: tuple(keys) for concept, keys in found.items()}


def _theme_order(package: Package) -> dict[str, int]:
    table = package.vocabularies[package.vocabularies["vocabulary"] == "indicator_theme"]
    order = pd.to_numeric(table["sort_order"], errors="coerce").sort_values(kind="stable").index
    return {str(code): i for i, code in enumerate(table.loc[order, "code"])}


@per_package(maxsize=1)
def _published(package: Package) -> dict[tuple[str, str, int, str], _Told]:
    """By area, indicator, year and age group what is published: a page asks some dozen figures, a profile some hundred,
    for each of which going through a table takes too long."""
    rows = package.observations
    area, key, age, status = (
        rows[column].astype(object).tolist()
        for column in ("area_code", "indicator_id", "age_group", "status")
    )
    numbers = [_nullable(rows[column]) for column in ("value", "lower", "upper")]
    places = zip(area, key, rows["year"].astype(int).tolist(), age, strict=True)
    return dict(zip(places, zip(*numbers, status, strict=True), strict=True))


def _nullable(column: pd.Series) -> list[float | None]:
    numbers = column.to_numpy(dtype="float64", na_value=math.nan).tolist()
    return [None if math.isnan(value) else value for value in numbers]


def _rows(package: Package, indicator_id: str) -> pd.DataFrame:
    return _by_indicator(package).get(indicator_id, package.observations.iloc[:0])


@per_package(maxsize=1)
def _by_indicator(package: Package) -> dict[str, pd.DataFrame]:
    return {str(i): part for i, part in package.observations.groupby("indicator_id", observed=True)}


_AGE_ORDER = ("all", "18plus", "18to64", "65plus", "15to74", "0to22")


def _age_order(ages: tuple[str, ...]) -> tuple[str, ...]:
    known = [age for age in _AGE_ORDER if age in ages]
    return tuple(known + [age for age in ages if age not in _AGE_ORDER])
