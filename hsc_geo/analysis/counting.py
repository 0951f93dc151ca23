"""The one rule of what counts: for which area, as of when, and what stands beside it.

The number of an area is that of the distinct initiatives that count and serve it: those of its own, and those that it
shares with other districts. What is there for the whole city or the region is a second number: never added to the
first, never left out. Which initiatives count is said by a `Basis` (`hsc_geo.analysis.matrix`): as long as nobody asks
otherwise, all that are not known to have ended.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from hsc_geo.analysis.matrix import ALL, Basis, counted, with_ambition
from hsc_geo.analysis.own_area import OWN, own_area
from hsc_geo.analysis.serving import (
    CITY,
    DISTRICT,
    NEIGHBOURHOOD,
    REGION,
    UNKNOWN,
    own_pairs,
    scope_codes,
    served_pairs,
)
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.domain.areas import level_of
from hsc_geo.domain.schema_register import OWN_WORD

MUNICIPALITY = "municipality"


@dataclass(frozen=True)
class Count:
    """Who is there for an area, each initiative in one group, in the register's order.

    own: known to serve this area and no other district (for the municipality: any district or neighbourhood; for an
    own area: no district outside those in which it lies). shared: this area and others. around: of a neighbourhood or
    own area, known as a whole to a district in which it lies. city, region: for the whole city, the region. unknown:
    without a known area; only told for the municipality.
    """

    own: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    around: tuple[str, ...] = ()
    city: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def here(self) -> tuple[str, ...]:
        """Those of the one number of the area."""
        return (*self.own, *self.shared)

    @property
    def number(self) -> int:
        """The one number of the area."""
        return len(self.own) + len(self.shared)

    @property
    def wide(self) -> tuple[str, ...]:
        """What is there for the whole city or the region: the second number."""
        return (*self.city, *self.region)

    def among(self, ids: Collection[str]) -> Count:
        """The same of these initiatives only."""
        groups = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return Count(**{name: tuple(key for key in part if key in ids) for name, part in groups.items()})

    @property
    def everyone(self) -> tuple[str, ...]:
        """All that are told of the area."""
        return (*self.here, *self.around, *self.wide, *self.unknown)


def count_for(package: Package, area_code: str, basis: Basis | None = None, ambition: str = ALL) -> Count:
    """Who counts for an area (municipality, district or neighbourhood) and an ambition (ALL for any).

    Raises KeyError for an area that the package does not have.
    """
    ids = with_ambition(package, counted(package, basis or Basis()), ambition)
    return count_of(package, [area_code], ids)


def own_word(package: Package, ids: Iterable[str]) -> tuple[str, ...]:
    """Those of these initiatives that rest on the word of the organisation itself, and on no public page."""
    levels = package.initiatives["evidence_level"]
    told = frozenset(map(str, levels.index[levels == OWN_WORD]))
    return tuple(key for key in ids if key in told)


def by_ambition(package: Package, found: Count, ambitions: Iterable[str]) -> dict[str, Count]:
    """A count by ambition; one with several ambitions counts in each of them."""
    return {each: found.among(set(with_ambition(package, found.everyone, each))) for each in ambitions}


def count_of(package: Package, area_codes: Sequence[str], ids: Iterable[str]) -> Count:
    """The same of initiatives that were chosen before, for one area or a few of one level together (then `own` is what
    serves no district outside them).

    Of the town of docs/methods.md:

    >>> count_of(town, ["WK000101"], town.initiatives.index)
    Count(own=('WALK', 'DEBTS'), shared=(), around=(), city=('LINE',), region=(), unknown=())
    """
    asked, scopes = set(ids), _scopes(package)
    order = [key for key in map(str, package.initiatives.index) if key in asked]
    level = str(package.areas.at[area_codes[0], "level"])
    districts = frozenset(district for code in area_codes for district in _districts(package, code))
    inside = _Inside(level, frozenset(area_codes), districts)
    groups: dict[str, list[str]] = {}
    for key in order:
        groups.setdefault(_group(package, inside, key, scopes[key]), []).append(key)
    return Count(**{name: tuple(groups.get(name, ())) for name in Count.__dataclass_fields__})


@dataclass(frozen=True)
class _Inside:
    level: str
    areas: frozenset[str]
    districts: frozenset[str]  # in which they lie


def _districts(package: Package, code: str) -> frozenset[str]:
    """The districts in which an area lies."""
    own = own_area(package, code)
    if own is not None:
        return frozenset(package.areas.loc[list(own.neighbourhoods), "parent_code"].astype(str))
    fine = level_of(code) == NEIGHBOURHOOD
    return frozenset({str(package.areas.at[code, "parent_code"]) if fine else code})


def _group(package: Package, inside: _Inside, key: str, scope: tuple[str, ...]) -> str:
    """The group of Count, "" where it is for others."""
    if scope[0] in (CITY, REGION):
        return scope[0]
    if inside.level == MUNICIPALITY:
        return UNKNOWN if scope[0] == UNKNOWN else "own"
    if inside.areas & _serves(package).get(key, frozenset()):
        return "own" if inside.districts.issuperset(scope) else "shared"
    around = inside.level in (NEIGHBOURHOOD, OWN) and inside.districts & _whole(package).get(key, frozenset())
    return "around" if around else ""


@per_package(maxsize=1)
def _scopes(package: Package) -> dict[str, tuple[str, ...]]:
    """Initiative -> its districts, or `city`, `region` or `unknown`."""
    return dict(zip(map(str, package.initiatives.index), scope_codes(package), strict=True))


@per_package(maxsize=1)
def _serves(package: Package) -> dict[str, frozenset[str]]:
    """Initiative -> the districts, neighbourhoods and own areas that it serves."""
    pairs = pd.concat([served_pairs(package), own_pairs(package)])
    return {str(key): frozenset(part) for key, part in pairs.groupby("initiative_id")["area_code"]}


@per_package(maxsize=1)
def _whole(package: Package) -> dict[str, frozenset[str]]:
    """Initiative -> the districts that it is known to serve as a whole."""
    pairs = served_pairs(package)
    pairs = pairs[pairs["exact"] & (pairs["level"] == DISTRICT)]
    return {str(key): frozenset(part) for key, part in pairs.groupby("initiative_id")["area_code"]}
