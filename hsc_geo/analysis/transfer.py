"""What is done in the focus areas, and the areas most alike where nothing like it is known.

Two initiatives are like one another when they share an ambition and a group of activities. That is a rough likeness:
it says where to ask, not what would work. "Not known" is no proof that it is not there.

An initiative that is known to a district only may work in any part of it, so each neighbourhood of that district
counts as served, and the answer says so. In its turn a neighbourhood has something like it known when that is known to
the neighbourhood, or to its district as a whole. What works for the whole city or region may reach it as well; that
is told beside the answer and does not take an area off the list.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from hsc_geo.analysis.focus import focus_codes
from hsc_geo.analysis.matrix import Basis, counted
from hsc_geo.analysis.serving import DISTRICT, NEIGHBOURHOOD, served_pairs
from hsc_geo.analysis.similar import Likeness, distances, likeness
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package


@dataclass(frozen=True)
class Transfer:
    """An area where an initiative of a focus area may be worth asking for.

    served_area: the area served that is most alike; served_as: `district` or `neighbourhood`, as precisely as it is
    known that the initiative serves it. likeness: of `target_area` to `served_area`. ambitions and activity_groups:
    what would make another initiative like it. wide: city-wide, regional or unplaced ones like it that are known.
    """

    initiative_id: str
    served_area: str
    served_as: str
    target_area: str
    likeness: Likeness
    ambitions: tuple[str, ...]
    activity_groups: tuple[str, ...]
    wide: tuple[str, ...]


def focus_initiatives(package: Package) -> tuple[str, ...]:
    """Initiatives known to serve a focus area that is in force, or a neighbourhood in one; in the register's order."""
    pairs = _focus_pairs(package)
    inside = set(pairs["initiative_id"])
    return tuple(str(key) for key in package.initiatives.index if key in inside)


def transfer(
    package: Package,
    ids: Iterable[str],
    level: str = NEIGHBOURHOOD,
    k: int = 5,
    known: Iterable[str] | None = None,
) -> list[Transfer]:
    """For each of `ids` that serves a focus area: the k areas of `level` most alike to those that it serves there,
    where none like it is known; in the order of `ids`, nearest first.

    `known` are the initiatives that count as known, all that are not known to have ended when None. Ids that serve no
    focus area, or that have no ambition or group of activities, give nothing. Raises ValueError for another level and
    for k below 0.

    Of the town of docs/methods.md:

    >>> [each.target_area for each in transfer(town, ["WALK"], k=2)]
    ['BU00010102', 'BU00010202']
    """
    if level not in (DISTRICT, NEIGHBOURHOOD) or k < 0:
        raise ValueError(f"level {level!r}, k {k}: expected {DISTRICT} or {NEIGHBOURHOOD}, and 0 or more")
    served = _served(package, level)
    there = tuple(counted(package, Basis()) if known is None else known)
    chosen = [key for key in dict.fromkeys(ids) if key in served]
    return [found for key in chosen for found in _of_one(package, key, served[key], there, level, k)]


def like(package: Package, key: str, ids: Iterable[str]) -> tuple[str, ...]:
    """Those of `ids` that share an ambition and a group of activities with the initiative, itself left out."""
    ambitions, groups = _codes(package, "ambition_codes"), _codes(package, "activity_groups")
    return tuple(
        other
        for other in ids
        if other != key and ambitions[key] & ambitions[other] and groups[key] & groups[other]
    )


def areas_with(package: Package, ids: Iterable[str], level: str) -> frozenset[str]:
    """The areas of `level` that one of `ids` is known to serve; a district that is served as a whole gives its
    neighbourhoods, and a neighbourhood its district."""
    pairs = served_pairs(package)
    pairs = pairs[pairs["initiative_id"].isin(set(ids))]
    own = pairs.loc[pairs["level"] == level, "area_code"]
    if level == DISTRICT:
        return frozenset(map(str, own))
    parts = _neighbourhoods_in(package)
    whole = pairs.loc[pairs["exact"] & (pairs["level"] == DISTRICT), "area_code"]
    return frozenset([*map(str, own), *(code for district in whole for code in parts.get(str(district), ()))])


def _of_one(
    package: Package, key: str, served: dict[str, str], known: tuple[str, ...], level: str, k: int
) -> list[Transfer]:
    """The answers for one initiative; `served` are its areas in the focus areas, with how precisely that is known."""
    ambitions, groups = (_codes(package, each)[key] for each in ("ambition_codes", "activity_groups"))
    if not ambitions or not groups:
        return []
    alike = like(package, key, known)
    taken = areas_with(package, [key, *alike], level)
    placed = set(served_pairs(package)["initiative_id"])
    wide = tuple(other for other in alike if other not in placed)
    shared = (tuple(sorted(ambitions)), tuple(sorted(groups)), wide)
    nearest = _nearest(distances(package, level), served, taken)[:k]
    found = [(own, target, likeness(package, own, target)) for own, target in nearest]
    return [Transfer(key, own, served[own], to, near, *shared) for own, to, near in found if near is not None]


def _nearest(apart: pd.DataFrame, served: Iterable[str], taken: frozenset[str]) -> list[tuple[str, str]]:
    """(served area, area that is not taken), each such area once, with the served area most alike; nearest first."""
    own = sorted(set(served) & set(apart.index))
    others = [code for code in apart.index if code not in taken]
    table = apart.loc[own, others].dropna(axis="columns", how="all")
    closest = table.min().sort_index().sort_values(kind="stable")
    return [(str(table[code].idxmin()), str(code)) for code in closest.index]


def _focus_pairs(package: Package) -> pd.DataFrame:
    codes = [code for group in focus_codes(package).values() for code in group]
    pairs = served_pairs(package)
    return pairs[pairs["area_code"].isin(codes) | pairs["district"].isin(codes)]


def _served(package: Package, level: str) -> dict[str, dict[str, str]]:
    """Initiative -> area of `level` in the focus areas that it serves -> `district` or `neighbourhood`, as known."""
    found: dict[str, dict[str, str]] = {}
    # What is known more precisely comes first.
    pairs = _focus_pairs(package).sort_values("level", ascending=False, kind="stable")
    columns = (pairs[name] for name in ("initiative_id", "area_code", "level", "exact"))
    for key, code, known_as, exact in zip(*columns, strict=True):
        whole = level == NEIGHBOURHOOD and known_as == DISTRICT
        parts = _neighbourhoods_in(package).get(str(code), ()) if whole and exact else ()
        for each in (str(code),) if known_as == level else parts:
            # A district that follows from a neighbourhood in it is known by that neighbourhood.
            found.setdefault(str(key), {}).setdefault(each, str(known_as) if exact else NEIGHBOURHOOD)
    return found


@per_package(maxsize=1)
def _neighbourhoods_in(package: Package) -> dict[str, tuple[str, ...]]:
    rows = package.areas[package.areas["level"] == NEIGHBOURHOOD]
    groups = rows.groupby(rows["parent_code"].astype(str)).groups
    return {str(code): tuple(sorted(map(str, parts))) for code, parts in groups.items()}


@per_package(maxsize=8)
def _codes(package: Package, column: str) -> dict[str, frozenset[str]]:
    cells = package.initiatives[column].astype(str)
    return {
        str(key): frozenset(code.strip() for code in cell.split("|") if code.strip())
        for key, cell in cells.items()
    }
