"""One figure over the years of its own table: for the city and the country, and for areas where that can be read."""

from __future__ import annotations

from dataclasses import dataclass

from hsc_geo.analysis import guard
from hsc_geo.analysis.figures import Figure, concept_of, figure, offer, tables_of
from hsc_geo.analysis.focus import country_code, focus_codes, municipality_code
from hsc_geo.analysis.guard import Reading, Verdict
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.views.research.choices import Moment


@dataclass(frozen=True)
class Judged:
    """A reading and whether the figures bear it."""

    reading: Reading
    verdict: Verdict


@dataclass(frozen=True)
class OverYears:
    """years: of the table in which the age group is published, rising. lines: area code -> its figures in that order:
    the city, the country where it has any, the focus districts where `areas` is allowed and they have any. areas:
    whether a change in an area can be read. city: the same of the city. others: tables with the same figure, which are
    never joined, and why (None where there are none)."""

    indicator_id: str
    table_id: str
    age_group: str
    years: tuple[int, ...]
    lines: dict[str, tuple[Figure, ...]]
    areas: Judged
    city: Judged
    others: tuple[str, ...]
    joined: Judged | None


@per_package(maxsize=32)
def over_years(package: Package, asked: Moment) -> OverYears:
    """The figure of a moment over the years of its own table, in the age group of the moment. With one year `lines`
    holds that one, and `city` says that one year shows no change. The same at every level; not to be changed."""
    key, age = asked.indicator_id, asked.age_group
    found = offer(package, key)
    years = tuple(sorted(year for year in found.years if age in found.ages[year]))
    above = (municipality_code(package), country_code(package))
    areas = judged(package, (key,), (), years)
    focus = [code for codes in focus_codes(package).values() for code in codes]
    codes = (*above, *focus) if areas.verdict.allowed else above
    lines = {code: tuple(figure(package, code, key, year, age) for year in years) for code in codes}
    others = tuple(each for each in tables_of(package, concept_of(package, key)) if each != key)
    return OverYears(
        indicator_id=key,
        table_id=str(package.indicators.at[key, "table_id"]),
        age_group=age,
        years=years,
        lines={code: line for code, line in lines.items() if any(each.value is not None for each in line)},
        areas=areas,
        city=judged(package, (key,), above[:1], years),
        others=others,
        joined=judged(package, (key, *others), above[:1], ()) if others else None,
    )


def judged(
    package: Package, indicators: tuple[str, ...], codes: tuple[str, ...], years: tuple[int, ...]
) -> Judged:
    """Whether the figures bear one line through the years."""
    reading = Reading(guard.TREND, indicators, codes, years)
    return Judged(reading, guard.judge(package, reading))


def of_areas(package: Package, found: OverYears, level: str) -> dict[tuple[str, int], Figure]:
    """(area code, year) -> figure, of every area of the level; empty where a change in an area cannot be read."""
    if not found.areas.verdict.allowed:
        return {}
    codes = (str(code) for code in package.areas.index[package.areas["level"] == level])
    every = [(code, year) for code in codes for year in found.years]
    return {
        (code, year): figure(package, code, found.indicator_id, year, found.age_group) for code, year in every
    }
