"""What is not known of an ambition, district by district, and which organisations may know it.

Where nothing can be called a gap, this is the answer: which knowledge is missing, and whom to ask for it. Only
organisations that the register has as such are named, never a person or "residents".
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from hsc_geo.analysis.asked import Asked, asked
from hsc_geo.analysis.counting import count_of
from hsc_geo.analysis.focus import focus_codes, municipality_code
from hsc_geo.analysis.gaps import old_ids
from hsc_geo.analysis.matrix import Basis, counted
from hsc_geo.analysis.need import Need
from hsc_geo.analysis.places import with_point
from hsc_geo.analysis.provision import pairs_known
from hsc_geo.analysis.serving import DISTRICT
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package

NONE_KNOWN, ASKED, NO_PLACE, NOT_CONFIRMED = ("none_known", "asked", "no_place", "not_confirmed")
NO_FIGURE, WHOLE_CITY, NO_AREA = ("no_figure", "whole_city", "no_area")


@dataclass(frozen=True)
class Ask:
    """Something that is not known, and who may know.

    area_code: the district; the municipality for what no district has. kind: NONE_KNOWN (nothing known there: who is
    active there for whatever ambition may know), ASKED (the same, where someone asked lately and found none: `asked`),
    NO_PLACE (known there, no point), NOT_CONFIRMED (known there, last seen more than 24 months ago or undated),
    NO_FIGURE (of need, in a part of the district: `figures`, `areas`, and the publisher in `organisations`), WHOLE_CITY
    (for the whole city or region: which districts does it reach?), NO_AREA (nobody tells where). initiatives: those
    that it is about. organisations: names, those with most of them first; () where the register has none.
    """

    area_code: str
    kind: str
    initiatives: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    asked: Asked | None = None


def to_ask(
    package: Package, ids: Iterable[str], as_of: dt.date, ambition: str = "", need: Need | None = None
) -> tuple[Ask, ...]:
    """What to ask about the initiatives in `ids` (of the ambition, where one is given), focus districts first, then the
    other districts, then the city. `need`: the index of which figures may be missing."""
    those = tuple(ids)
    old = old_ids(package, as_of)
    found = [
        (*_of_district(package, code, those, old), *_figures(package, code, need))
        for code in districts_in_order(package)
    ]
    told = (_asked(package, each, ambition, as_of) for part in found for each in part)
    return (*told, *_of_city(package, those))


def districts_in_order(package: Package) -> tuple[str, ...]:
    """The districts, those in focus first, each group by code."""
    codes = sorted(map(str, package.areas.index[package.areas["level"] == DISTRICT]))
    focus = [code for group in focus_codes(package).values() for code in group if code in codes]
    return (*focus, *(code for code in codes if code not in focus))


def organisations_of(package: Package, ids: Iterable[str]) -> tuple[str, ...]:
    """Names of the organisations that lead the initiatives, those that lead most first, then by name; of an initiative
    whose lead is no organisation of the register, its partners that are."""
    by_initiative = _organisations(package)
    count = Counter(name for key in ids for name in by_initiative.get(key, ()))
    return tuple(sorted(count, key=lambda name: (-count[name], name.casefold())))


def _of_district(package: Package, code: str, ids: tuple[str, ...], old: frozenset[str]) -> list[Ask]:
    here = _known_in(package).get(code, frozenset())
    known = [key for key in ids if key in here]
    if not known:
        return [Ask(code, NONE_KNOWN, (), _active_in(package, code))]
    groups = {
        NO_PLACE: [key for key in known if key not in with_point(package)],
        NOT_CONFIRMED: [key for key in known if key in old],
    }
    return [
        Ask(code, kind, tuple(part), organisations_of(package, part)) for kind, part in groups.items() if part
    ]


def _figures(package: Package, code: str, need: Need | None) -> list[Ask]:
    """The figures of need that are missing for the district, or for neighbourhoods in it."""
    missing = {} if need is None else need.missing
    inside = [area for area in missing if code in (area, str(package.areas.at[area, "parent_code"]))]
    figures = tuple(dict.fromkeys(key for area in inside for key, _ in missing[area]))
    if not figures:
        return []
    sources = dict(zip(package.sources["source_id"], package.sources["publisher"], strict=True))
    publishers = dict.fromkeys(str(sources[package.indicators.at[key, "source_id"]]) for key in figures)
    return [Ask(code, NO_FIGURE, (), tuple(publishers), figures, tuple(inside))]


def _of_city(package: Package, ids: tuple[str, ...]) -> list[Ask]:
    city = municipality_code(package)
    count = count_of(package, [city], ids)
    groups = {WHOLE_CITY: count.wide, NO_AREA: count.unknown}
    return [Ask(city, kind, part, organisations_of(package, part)) for kind, part in groups.items() if part]


def _asked(package: Package, each: Ask, ambition: str, as_of: dt.date) -> Ask:
    """What is asked for, or that it was asked lately."""
    before = asked(package, each.area_code, ambition, as_of) if each.kind == NONE_KNOWN else None
    return replace(each, kind=ASKED, asked=before) if before and before.recent else each


@per_package(maxsize=64)
def _active_in(package: Package, code: str) -> tuple[str, ...]:
    """The organisations of all that is known to the district and not known to have ended."""
    here = _known_in(package).get(code, frozenset())
    return organisations_of(package, [key for key in counted(package, Basis()) if key in here])


@per_package(maxsize=1)
def _known_in(package: Package) -> dict[str, frozenset[str]]:
    """District -> the initiatives known to it or to a neighbourhood in it."""
    pairs = pairs_known(package, DISTRICT)
    return {str(code): frozenset(part) for code, part in pairs.groupby("area")["initiative_id"]}


@per_package(maxsize=1)
def _organisations(package: Package) -> dict[str, tuple[str, ...]]:
    """Initiative -> names of its leading organisations that the register has, else of such partners."""
    rows = package.initiative_organisations
    rows = rows[rows["organisation_id"].isin(package.organisations.index)]
    names = rows["organisation_id"].map(package.organisations["name"]).astype(str)
    found: dict[str, dict[str, list[str]]] = {}
    for key, role, name in zip(
        rows["initiative_id"].astype(str), rows["role"].astype(str), names, strict=True
    ):
        found.setdefault(key, {}).setdefault(role, []).append(name)
    return {key: tuple(dict.fromkeys(roles.get("lead") or roles["partner"])) for key, roles in found.items()}
