"""A number of people, households or initiatives beside that of a larger place: per 1,000 residents."""

from __future__ import annotations

from typing import Any

import pandas as pd

from hsc_geo.analysis.figures import Figure, figure, tables_of
from hsc_geo.data.load import Package

PER = 1000
LEAST = 1000  # residents: of fewer, one initiative more or less changes all
COUNTED = frozenset({"persons", "households"})  # units of numbers that grow with the residents
RESIDENTS = "population"  # the concept


def is_count(package: Package, indicator_id: str) -> bool:
    """Whether an indicator is a number of people or households, which says nothing beside another place as it is."""
    return str(package.indicators.at[indicator_id, "unit"]) in COUNTED


def per_residents(package: Package, found: Figure) -> float | None:
    """A published number of people or households per 1,000 residents of the same table and year; None where one of the
    two is not known, or nobody lives there."""
    table = str(package.indicators.at[found.indicator_id, "table_id"])
    same = (
        key for key in tables_of(package, RESIDENTS) if str(package.indicators.at[key, "table_id"]) == table
    )
    key = next(same, "")
    if not key or found.value is None or found.year is None:
        return None
    residents = figure(package, found.area_code, key, found.year, found.age_group).value
    return PER * found.value / residents if residents else None


def initiatives_per_residents(package: Package, area_code: str, number: int) -> float | None:
    """A number of initiatives per 1,000 residents; None where these are fewer than LEAST or not known."""
    residents: Any = package.areas.at[area_code, "population"]
    return None if pd.isna(residents) or residents < LEAST else PER * number / float(residents)
