"""What a profile says in plain sentences, as rules: each statement is a code with its numbers, the views give words.

What is never stated: a rank among areas, a cause, a change over time, a comparison between levels or between tables.
Of the figures only the core ones are named, each in one year and age group, beside the municipality. They differ only
when they are `profile.margin` apart or more and the interval of the area, where one is published, leaves out the
municipality's value. What has no figure is named as missing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from hsc_geo.analysis.counting import count_for
from hsc_geo.analysis.facets import NONE
from hsc_geo.analysis.matrix import SPANS, freshness_bands, tally
from hsc_geo.analysis.profile import (
    ADULTS,
    DIFFERENT,
    FAVOURABLE,
    INDISTINCT,
    SAME,
    UNFAVOURABLE,
    Band,
    Spine,
    against_city,
    core,
    initiatives_by_ambition,
    known_here,
    residents,
    spine,
)
from hsc_geo.analysis.yardstick import POINTS
from hsc_geo.data.load import Package

RESIDENTS, RESIDENTS_AGES, NO_RESIDENTS = "residents", "residents_ages", "residents_not_known"
NO_FIGURES = "figures_not_known"
FIGURES = {
    UNFAVOURABLE: "figures_unfavourable",
    FAVOURABLE: "figures_favourable",
    DIFFERENT: "figures_different",
    INDISTINCT: "figures_indistinct",
    SAME: "figures_same",
    "": "figures_missing",
}
INITIATIVES, NO_INITIATIVES, EVIDENCE, CAVEAT = "initiatives", "initiatives_none_known", "evidence", "caveat"
BESIDE = "initiatives_beside"  # what is there for more than the area
YOUNG, OLD = "population_0_14", "population_65_plus"
RECENT = SPANS[1]  # months


@dataclass(frozen=True)
class Statement:
    """One thing to say. params: raw numbers, codes of areas, indicators and ambitions, counts; shares 0-1."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)


def summary(package: Package, area_code: str, as_of: dt.date, age_group: str = ADULTS) -> list[Statement]:
    """What there is to say of a district or neighbourhood, in reading order: residents, figures, initiatives, how old
    the evidence is on that day, and the caveat that belongs to modelled figures.

    Raises KeyError for an unknown area, ValueError for one that is neither district nor neighbourhood.
    """
    rows = core(spine(package, area_code, age_group), package)
    return [
        *_people(package, area_code),
        *_figures(package, area_code, rows),
        *_initiatives(package, area_code, as_of),
        *_caveat(package, rows),
    ]


def _people(package: Package, area_code: str) -> list[Statement]:
    found = residents(package, area_code)
    if found.population is None:
        return [Statement(NO_RESIDENTS, {"area": area_code})]
    said = {"area": area_code, "population": found.population, "year": found.year}
    said |= {"bands_year": found.bands_year, "city_bands_year": found.city_bands_year}
    bands = {band.column: band for band in found.bands}
    ages = [bands[YOUNG], bands[OLD]]
    known = all(band.share is not None and band.city_share is not None for band in ages)
    return [Statement(RESIDENTS_AGES, said | _ages(ages)) if known else Statement(RESIDENTS, said)]


def _ages(bands: list[Band]) -> dict[str, object]:
    """Shares (0-1) of the youngest and the oldest, and how each compares with the city: -1, 0 or 1."""
    found: dict[str, object] = {}
    for name, band in zip(("young", "old"), bands, strict=True):
        own, city = band.share or 0.0, band.city_share or 0.0
        gap = round(100 * (own - city), 6)
        found |= {name: own, f"city_{name}": city, f"{name}_against": (gap >= POINTS) - (gap <= -POINTS)}
    return found


def _figures(package: Package, area_code: str, rows: list[Spine]) -> list[Statement]:
    """Core figures by how they compare with the city; those of one statement share a year and age group."""
    if not any(row.figure.value is not None for row in rows):
        return [Statement(NO_FIGURES, {"area": area_code})]
    found = []
    for verdict, code in FIGURES.items():
        fits = [row for row in rows if against_city(package, row) == verdict]
        for moment in dict.fromkeys((row.year, row.age_group) for row in fits):
            same = tuple(row for row in fits if (row.year, row.age_group) == moment)
            found.append(Statement(code, {"rows": same, "year": moment[0], "age_group": moment[1]}))
    return found


def _initiatives(package: Package, area_code: str, as_of: dt.date) -> list[Statement]:
    """How many are known here (each once) and per ambition, and for which ambitions none is; how many are there for
    more than the area; how old that is."""
    lines = initiatives_by_ambition(package, area_code)
    named = [line for line in lines if line.ambition != NONE]
    here = known_here(package, area_code)
    found = count_for(package, area_code)
    said: dict[str, object] = {
        "area": area_code,
        "here": len(here),
        "per_ambition": tuple((line.ambition, len(line.here)) for line in named if line.here),
        "without": tuple(line.ambition for line in named if not line.here),
    }
    beside = Statement(BESIDE, {"count": found})
    if not here:
        return [Statement(NO_INITIATIVES, said), beside]
    return [Statement(INITIATIVES, said), Statement(EVIDENCE, _evidence(package, here, as_of)), beside]


def _evidence(package: Package, ids: tuple[str, ...], as_of: dt.date) -> dict[str, object]:
    """How many were confirmed in the RECENT months up to a day, and how many undated."""
    bands = freshness_bands(package, as_of)
    labels = {str(key): str(label) for key, label in bands.items()}
    found = tally(ids, labels, set(labels.values()))
    recent = sum(count for band, count in found.items() if band in {str(s) for s in SPANS if s <= RECENT})
    undated = found.get("undated", 0)
    return {
        "here": len(ids),
        "recent": recent,
        "older": len(ids) - recent - undated,
        "undated": undated,
        "months": RECENT,
        "date": as_of,
    }


def _caveat(package: Package, rows: list[Spine]) -> list[Statement]:
    """That core figures are modelled, and whether this edition gives intervals; nothing where none is modelled."""
    shown = [row for row in rows if row.figure.value is not None]
    modelled = [row for row in shown if package.indicators.at[row.indicator_id, "kind"] == "modelled"]
    if not modelled:
        return []
    return [Statement(CAVEAT, {"interval": any(row.figure.lower is not None for row in modelled)})]
