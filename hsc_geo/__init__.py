"""The map of the Leiden Healthy Society Center: what is known to be going on, where, and for whom."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hsc_geo.data.load import Package

__version__ = "0.6.0"  # of the program; that of data/ is in hsc_geo/domain/versions.py


def open(where: str | Path) -> Package:  # noqa: A001 - as the verb of xarray and geopandas reads: hsc_geo.open(...)
    """The data package of an edition: of its folder, of its zip, or of the address of that zip (https).

    What is computed from it is in `hsc_geo.analysis`; docs/library.md has an example of each. Raises
    `hsc_geo.data.load.DataError` where it cannot be had, is damaged, or follows another data contract.
    """
    from hsc_geo.data.opening import open_edition  # only when asked: importing hsc_geo stays quick

    return open_edition(where)
