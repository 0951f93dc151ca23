"""The own areas of the visit beside the districts that they overlap: figures, residents and initiatives."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from hsc_geo.analysis import profile
from hsc_geo.analysis.counting import Count, count_for
from hsc_geo.analysis.focus import focus_codes
from hsc_geo.analysis.own_area import OwnArea, own_areas
from hsc_geo.analysis.profile import Residents, Spine
from hsc_geo.analysis.serving import NEIGHBOURHOOD
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package


@dataclass(frozen=True)
class Own:
    """areas: the own areas. beside: of each the district in which most of its residents live. codes: all of these, the
    own ones first; without own areas the focus districts. figures, facts, core: per figure a row for each of the codes.
    counts: who is there for each of the codes. residents: who lives in each own area."""

    areas: tuple[OwnArea, ...]
    beside: tuple[str, ...]
    codes: tuple[str, ...]
    figures: tuple[tuple[Spine, ...], ...]
    facts: tuple[tuple[Spine, ...], ...]
    core: tuple[tuple[Spine, ...], ...]
    counts: dict[str, Count]
    residents: tuple[Residents, ...]


@per_package(maxsize=1)
def own(package: Package) -> Own:
    """What there is of the own areas in the package."""
    areas = own_areas(package)
    beside = tuple(district_of(package, each) for each in areas)
    focus = [code for codes in focus_codes(package).values() for code in codes]
    codes = tuple(dict.fromkeys([*(each.code for each in areas), *(beside or focus)]))
    spines = [profile.spine(package, code, tables=NEIGHBOURHOOD) for code in codes]
    who = [profile.residents(package, code, NEIGHBOURHOOD) for code in codes]
    return Own(
        areas,
        beside,
        codes,
        figures=tuple(zip(*spines, strict=True)),
        facts=tuple(zip(*(each.facts for each in who), strict=True)),
        core=tuple(zip(*(profile.core(rows, package) for rows in spines), strict=True)),
        counts={code: count_for(package, code) for code in codes},
        residents=tuple(who[: len(areas)]),
    )


def district_of(package: Package, area: OwnArea) -> str:
    """The district in which most of its residents live; the first by code where two have as many."""
    rows = package.areas.loc[list(area.neighbourhoods)]
    people: Counter[str] = Counter()
    for district, number in zip(rows["parent_code"].astype(str), rows["population"].fillna(0), strict=True):
        people[district] += int(number)
    return min(people, key=lambda code: (-people[code], code))
