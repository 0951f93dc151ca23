"""Which initiatives count for each area of a level, by the one counting rule."""

from __future__ import annotations

from collections.abc import Mapping

from hsc_geo.analysis.counting import Count, count_of
from hsc_geo.analysis.matrix import Basis, counted, with_ambition
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package


def ids_of(package: Package, ambition: str) -> tuple[str, ...]:
    """What counts for an ambition, '' for any: all that is not known to have ended."""
    return with_ambition(package, counted(package, Basis()), ambition)


@per_package(maxsize=16)
def known_by_area(package: Package, level: str, ambition: str) -> Mapping[str, Count]:
    """Area of the level -> who counts there for an ambition ('' for any). Shared, not to be changed."""
    ids = ids_of(package, ambition)
    codes = package.areas.index[package.areas["level"] == level]
    return {str(code): count_of(package, [str(code)], ids) for code in codes}
