"""Figures: one number with everything that belongs to it, and the values of one indicator over areas.

A figure never travels alone: unit, year, age group, source table and kind go with it, and why it is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from hsc_geo.data.load import Package

PRESENT, SUPPRESSED, NOT_MEASURED, NOT_PUBLISHED = "present", "suppressed", "not_measured", "not_published"
REGISTER_INDICATOR = "REGISTER-Initiatieven"


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


@dataclass(frozen=True)
class Offer:
    """What an indicator is published for: years (newest first), age groups per year, area levels."""

    years: tuple[int, ...]
    ages: dict[int, tuple[str, ...]]
    levels: tuple[str, ...]


@lru_cache(maxsize=256)
def offer(package: Package, indicator_id: str) -> Offer:
    """Years, age groups and levels with at least one published value of the indicator."""
    rows = _rows(package, indicator_id)
    rows = rows[rows["status"] == PRESENT]
    years = tuple(sorted((int(y) for y in rows["year"].unique()), reverse=True))
    ages = {
        year: tuple(sorted(map(str, rows.loc[rows["year"] == year, "age_group"].unique()))) for year in years
    }
    levels = package.areas["level"].reindex(rows["area_code"].astype(str).unique()).dropna()
    return Offer(years, {y: _age_order(a) for y, a in ages.items()}, tuple(sorted(levels.unique())))


@lru_cache(maxsize=512)
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


def figure(package: Package, area_code: str, indicator_id: str, year: int, age_group: str) -> Figure:
    """The figure of one area; status `not_published` where the table has no row for it."""
    rows = _rows(package, indicator_id)
    rows = rows[(rows["year"] == year) & (rows["age_group"] == age_group) & (rows["area_code"] == area_code)]
    if rows.empty:
        return Figure(area_code, indicator_id, year, age_group, None, None, None, NOT_PUBLISHED)
    row = rows.iloc[0]
    bounds = {key: None if pd.isna(row[key]) else float(row[key]) for key in ("value", "lower", "upper")}
    return Figure(area_code, indicator_id, year, age_group, status=str(row["status"]), **bounds)


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


def _rows(package: Package, indicator_id: str) -> pd.DataFrame:
    return _by_indicator(package).get(indicator_id, package.observations.iloc[:0])


@lru_cache(maxsize=4)
def _by_indicator(package: Package) -> dict[str, pd.DataFrame]:
    return {str(i): part for i, part in package.observations.groupby("indicator_id", observed=True)}


_AGE_ORDER = ("all", "18plus", "18to64", "65plus")


def _age_order(ages: tuple[str, ...]) -> tuple[str, ...]:
    known = [age for age in _AGE_ORDER if age in ages]
    return tuple(known + [age for age in ages if age not in _AGE_ORDER])
