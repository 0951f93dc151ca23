"""What an own area is, and the data package that holds some: neighbourhoods that a visitor put together under a name.

It is nobody's official area: its figures are computed from those of its neighbourhoods, it stands beside districts and
is in no total. How one is made, read and checked: `hsc_geo.analysis.own_areas`; its figures: `own_figures`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from hsc_geo.data.load import Package

OWN = "own"  # the level
PREFIX = "OWN"
MEAN, SUM = "mean", "sum"


@dataclass(frozen=True)
class OwnArea:
    """A name (cleaned, but anyone's text: to be escaped) and the codes of its neighbourhoods, in order."""

    name: str
    neighbourhoods: tuple[str, ...]

    @property
    def code(self) -> str:
        """`OWN` and six signs made from its neighbourhoods: the same in every link, whatever its name or place."""
        told = ".".join(self.neighbourhoods).encode()
        return PREFIX + hashlib.blake2s(told, digest_size=3).hexdigest()


@dataclass(frozen=True)
class Made:
    """How a figure of an own area came about, or would have.

    how: `mean` or `sum`. weights: of a mean, whose number counts (a key of `own_figures.WEIGHTS`), of `weights_year`
    (None where neighbourhoods differ); '' for a sum. missing: its neighbourhoods without a value. covered: the share
    (0-1) of what is counted that lives or lies in the others; None where that is not known.
    """

    how: str
    weights: str
    weights_year: int | None
    missing: tuple[str, ...]
    covered: float | None


Moment = tuple[str, str, int, str]  # area, indicator, year, age group


@dataclass(frozen=True, eq=False)
class PackageWithOwn(Package):
    """The package with own areas among its areas, observations, shapes and drawings (level `own`; parent: the
    municipality). own: these areas. made: how each of their figures came about. base: the package as published."""

    own: tuple[OwnArea, ...]
    made: Mapping[Moment, Made]
    base: Package


def own_areas(package: Package) -> tuple[OwnArea, ...]:
    """The own areas in a package; () in one as published."""
    return package.own if isinstance(package, PackageWithOwn) else ()


def own_area(package: Package, code: str) -> OwnArea | None:
    """The own area with the code; None for any other area."""
    return next((each for each in own_areas(package) if each.code == code), None)


def published(package: Package) -> Package:
    """The package without own areas."""
    return package.base if isinstance(package, PackageWithOwn) else package


def made(
    package: Package, area_code: str, indicator_id: str, year: int | None, age_group: str
) -> Made | None:
    """How a figure of an own area came about; None for any other figure."""
    if year is None or not isinstance(package, PackageWithOwn):
        return None
    return package.made.get((area_code, indicator_id, year, age_group))
