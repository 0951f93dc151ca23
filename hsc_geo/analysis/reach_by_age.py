"""Residents within a distance of a known place, by district and age: a table of people that adds up both ways.

As `hsc_geo.analysis.reach`, with the five published age bands in place of all residents: within a neighbourhood each
band is taken as spread evenly over it. The bands are of a year of their own. Small counts are hidden by
`hsc_geo.analysis.table_suppression`, in rows and columns.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from hsc_geo.analysis.adults import OLDER, YOUNG_ADULTS, YOUTH
from hsc_geo.analysis.reach import Reach, parts_of, reach
from hsc_geo.data.load import Package

AGES = (YOUTH, YOUNG_ADULTS, *OLDER)  # columns of areas.csv


@dataclass(frozen=True, eq=False)
class ReachByAge:
    """reached: residents near, residents: all of them; index district code, a column per band of AGES. missing:
    neighbourhoods of which a band is not known; they are left out of both. year: of the bands, None where none is
    known. all_ages: the same without ages, of the year of the population."""

    reached: pd.DataFrame
    residents: pd.DataFrame
    missing: tuple[str, ...]
    year: int | None
    all_ages: Reach


def reach_by_age(package: Package, ids: Iterable[str], distance: float) -> ReachByAge:
    """Residents within `distance` metres of a place of the initiatives in `ids`. Errors as of `reach`."""
    asked = frozenset(ids)
    parts = parts_of(package, asked, distance)
    bands = package.areas.loc[parts.index, list(AGES)].astype("float64")
    known = bands.notna().all(axis=1)
    missing = tuple(map(str, parts.index[~known]))
    people = bands.where(known, 0.0)
    near = people.mul(parts["lower"], axis=0)
    years = package.areas.loc[parts.index[known], "bands_year"].dropna()
    return ReachByAge(
        near.groupby(parts["district"]).sum().sort_index(),
        people.groupby(parts["district"]).sum().sort_index(),
        missing,
        int(years.iloc[0]) if len(years) else None,
        reach(package, asked, distance),
    )
