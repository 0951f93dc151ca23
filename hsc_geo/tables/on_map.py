"""The tables of the page Map: areas with a figure and what is known, and the initiatives that fit."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from hsc_geo.analysis.explore import Choice, explore
from hsc_geo.analysis.export_tables import bundle
from hsc_geo.analysis.serving import WIDE_SCOPES
from hsc_geo.data.load import Package

__all__ = ["Choice"]

USUAL = Choice()


def tables(edition: Package, choice: Choice = USUAL) -> Mapping[str, pd.DataFrame]:
    """Every table of a download of the map by its name, `dictionary` with the meaning of each column among them. Years,
    ages and levels that the figure lacks are replaced, as on the map."""
    return bundle(edition, explore(edition, choice), {}).tables


def areas(edition: Package, choice: Choice = USUAL) -> pd.DataFrame:
    """The areas of the level by code: the figure of the map, how many initiatives serve each, its class."""
    return tables(edition, choice)["areas"]


def initiatives(edition: Package, choice: Choice = USUAL) -> pd.DataFrame:
    """The initiatives that fit, in the register's order, with whom they serve and how they count."""
    return tables(edition, choice)["initiatives"]


def citywide(edition: Package, choice: Choice = USUAL) -> pd.DataFrame:
    """Those of them that are for the whole city or the region, or of which the area is not known."""
    found = initiatives(edition, choice)
    return found[found["precision"].isin(WIDE_SCOPES)].reset_index(drop=True)
