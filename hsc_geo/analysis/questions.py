"""The three questions of the mapping, answered from the register: what works, where to join forces, who is missing.

An absence is only ever "none known": the register holds what public sources tell. Which initiatives count, and for
whom, is the one rule of `hsc_geo.analysis.counting`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hsc_geo.analysis.counting import Count, count_of
from hsc_geo.analysis.focus import municipality_code
from hsc_geo.analysis.matrix import ACTIVE, Basis, Matrix, build_matrix, counted
from hsc_geo.analysis.serving import CITY, DISTRICT, REGION
from hsc_geo.data.load import Package


@dataclass(frozen=True)
class Working:
    """Initiatives in the register; those that count (not known to have ended), by whom they are for; how many of these
    were active when last seen; and who is there for each focus area."""

    total: int
    counted: Count
    active: int
    per_area: dict[str, Count]


@dataclass(frozen=True)
class Joining:
    """District-ambition pairs where two or more organisations are known that lead an initiative of their own there
    (partners are not counted); and the strongest one in a focus area."""

    pairs: int
    possible: int
    area_code: str
    ambition: str
    initiatives: int
    organisations: int


@dataclass(frozen=True)
class Missing:
    """The ambition with the most districts for which no initiative of their own is known, and those known for the whole
    city or the region for it. gaps: pairs of district and ambition without."""

    ambition: str
    districts_without: int
    districts: int
    city: int
    region: int
    gaps: int


def working(package: Package, focus: list[str]) -> Working:
    """What already works, for the municipality and for each area of `focus`."""
    ids = counted(package, Basis())
    active = set(counted(package, Basis(ACTIVE)))
    return Working(
        len(package.initiatives),
        count_of(package, [municipality_code(package)], ids),
        sum(key in active for key in ids),
        {code: count_of(package, [code], ids) for code in focus},
    )


def joining(package: Package, focus: list[str]) -> Joining | None:
    """Where organisations can join forces: the same district and ambition; None where no focus area has any."""
    found, ambitions = _known(package), _ambitions(package)
    names = {str(key): str(name) for key, name in package.initiatives["organisation"].items()}
    leads = {
        (area, ambition): len(_leads(names, found.at(area, ambition)))
        for area in _districts(package)
        for ambition in ambitions
    }
    shared = [pair for pair, number in leads.items() if number >= 2]
    here = [pair for pair in shared if pair[0] in focus]
    if not here:
        return None
    best = min(here, key=lambda pair: (-leads[pair], -len(found.at(*pair)), pair))
    return Joining(len(shared), len(leads), *best, len(found.at(*best)), leads[best])


def missing(package: Package) -> Missing | None:
    """Who is still missing: the ambition that is known in the fewest districts (ties: first in the agreement)."""
    found, districts, ambitions = _known(package), _districts(package), _ambitions(package)
    if not ambitions:
        return None
    without = {each: sum(not found.at(code, each) for code in districts) for each in ambitions}
    rarest = max(ambitions, key=lambda each: without[each])
    return Missing(
        rarest,
        without[rarest],
        len(districts),
        len(found.at(CITY, rarest)),
        len(found.at(REGION, rarest)),
        sum(without.values()),
    )


def _known(package: Package) -> Matrix:
    return build_matrix(package, counted(package, Basis()), DISTRICT)


def _leads(names: Mapping[str, str], ids: Iterable[str]) -> set[str]:
    return {name for key in ids for name in names[key].split("|") if name}


def _districts(package: Package) -> list[str]:
    return [str(code) for code in package.areas.index[package.areas["level"] == DISTRICT]]


def _ambitions(package: Package) -> list[str]:
    terms = package.vocabularies
    return sorted(terms.loc[terms["vocabulary"] == "ambition", "code"].astype(str))
