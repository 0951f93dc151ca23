"""A figure in one year and age group, and which one to take where nobody chose: one that most areas have.

The newest table can have a figure for a third of the areas only (small ones are not published). What is asked about
all areas of a level is better answered by an older one that has them, as long as it says so.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from hsc_geo.analysis.figures import ages_at, tables_of, years_at
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package

MOST = 2 / 3  # of the areas of the level


@dataclass(frozen=True)
class Measure:
    """A figure in one year and age group."""

    indicator_id: str
    year: int
    age_group: str


def known_areas(package: Package, measure: Measure, level: str) -> int:
    """How many areas of the level have a value."""
    return _known(package).get((measure.indicator_id, measure.year, measure.age_group, level), 0)


@per_package(maxsize=1)
def _known(package: Package) -> dict[tuple[str, int, str, str], int]:
    """Figure, year, age group and level -> areas with a value; those of all at once, for one takes about as long."""
    rows = package.observations[package.observations["value"].notna()]
    level = package.areas["level"].reindex(rows["area_code"].astype(str)).astype(str)
    keys = (*(rows[key] for key in ("indicator_id", "year", "age_group")), level)
    return dict(Counter(zip(*(each.tolist() for each in keys), strict=True)))


def measures_of(package: Package, concept: str, level: str, age_group: str = "") -> tuple[Measure, ...]:
    """Every table and year with a value of a concept at the level, the newest first; in the age group that is asked,
    else in the widest. () where there is none."""
    found = [
        Measure(key, year, age_group if age_group in ages else ages[0])
        for key in tables_of(package, concept)
        for year in years_at(package, key, level)
        if (ages := ages_at(package, key, level, year))
    ]
    return tuple(sorted(found, key=lambda each: -each.year))


@per_package(maxsize=64)
def covering(package: Package, concept: str, level: str, age_group: str = "") -> Measure | None:
    """The newest of them that at least MOST of the areas have; where none is, that of the most areas. None where no
    table has the concept at the level."""
    offered = measures_of(package, concept, level, age_group)
    areas = int((package.areas["level"] == level).sum())
    fit = [each for each in offered if known_areas(package, each, level) >= MOST * areas]
    return fit[0] if fit else max(offered, key=lambda each: known_areas(package, each, level), default=None)
