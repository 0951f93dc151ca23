"""The tables of the page Data and method that are computed; the others are those of the edition itself."""

from __future__ import annotations

import pandas as pd

from hsc_geo.analysis import quality
from hsc_geo.analysis.bulk import tidy
from hsc_geo.data.load import Package


def figures(edition: Package) -> pd.DataFrame:
    """All published figures as one table, a row for each area, figure, year and age group (`analysis.bulk`)."""
    return tidy(edition)


def figure_status(edition: Package) -> pd.DataFrame:
    """How many values of each figure are there, and why the others are missing."""
    return quality.figure_status(edition)


def completeness(edition: Package) -> pd.DataFrame:
    """How many initiatives have each field filled, and of how many we inferred it."""
    return quality.completeness(edition)


def precision(edition: Package) -> pd.DataFrame:
    """Initiatives by the precision of the area that they serve."""
    return quality.precision_counts(edition).rename("initiatives").rename_axis("precision").reset_index()
