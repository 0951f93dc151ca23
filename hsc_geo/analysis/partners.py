"""Organisations: what one does, where and with whom; which kinds of partner are missing, and whom to invite.

An organisation is in the register by its id. Others are known by name only, as a source named them; these stand among
the companions of an organisation, and have no page of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hsc_geo.analysis.counting import Count, count_of
from hsc_geo.analysis.facets import fold
from hsc_geo.analysis.matrix import ALL, Basis, counted, with_ambition
from hsc_geo.analysis.profile import PartnerKind, missing_kinds
from hsc_geo.analysis.serving import CITY, NEIGHBOURHOOD, REGION, scope_codes
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package

LEAD, PARTNER = "lead", "partner"
HERE, AROUND, MISSING, NOWHERE = "here", "around", "missing", "nowhere"
SIGNED = ("convener", "signatory")  # roles in the agreement that a source states; any other is not confirmed


@dataclass(frozen=True)
class Part:
    """An initiative that an organisation takes part in; role: LEAD or PARTNER, as the source states."""

    initiative_id: str
    role: str


@dataclass(frozen=True)
class Companion:
    """Another organisation in the same initiatives; organisation_id '' where only its name is known."""

    organisation_id: str
    name: str
    initiatives: tuple[str, ...]


@dataclass(frozen=True)
class Organisation:
    """What is known of an organisation through its initiatives.

    parts: in the register's order. places: district code, `city`, `region` or `unknown` -> initiatives; one that serves
    two districts stands in both. companions: those with most shared initiatives first, then by name. networks: as the
    sources name them.
    """

    organisation_id: str
    parts: tuple[Part, ...]
    places: Mapping[str, tuple[str, ...]]
    companions: tuple[Companion, ...]
    networks: tuple[str, ...]


@dataclass(frozen=True)
class Cell:
    """A kind of partner for an ambition: the initiatives in which it takes part that serve the area, that are known to
    the district around a neighbourhood as a whole, that are for the whole city or region, and all others."""

    here: tuple[str, ...]
    around: tuple[str, ...]
    wide: tuple[str, ...]
    elsewhere: tuple[str, ...]

    @property
    def state(self) -> str:
        """HERE, AROUND (the district as a whole), MISSING (known, but not in what serves these) or NOWHERE (none known
        at all)."""
        if self.here or self.around:
            return HERE if self.here else AROUND
        return MISSING if self.wide or self.elsewhere else NOWHERE


@dataclass(frozen=True)
class WhoIsMissing:
    """Kinds of partner against ambitions for a district or neighbourhood. cells: (sector, ambition or ALL) -> Cell.
    missing: the kinds that are known in the city and in nothing that serves the area or its district as a whole."""

    area_code: str
    sectors: tuple[str, ...]
    missing: tuple[str, ...]
    ambitions: tuple[str, ...]
    cells: Mapping[tuple[str, str], Cell]


@dataclass(frozen=True)
class Spot:
    """An ambition in a neighbourhood: who is there for it (`hsc_geo.analysis.counting.Count`)."""

    neighbourhood: str
    district: str
    ambition: str
    count: Count

    @property
    def empty(self) -> bool:
        """Whether none is known to the neighbourhood, nor to its district as a whole."""
        return not self.count.here and not self.count.around


@dataclass(frozen=True)
class Invitation:
    """An organisation of a kind that is missing. fitting: its initiatives with the ambition asked for; others: its
    other initiatives. None with that ambition is known to serve the area."""

    organisation_id: str
    fitting: tuple[str, ...]
    others: tuple[str, ...]


def organisation(package: Package, key: str, ids: Iterable[str] | None = None) -> Organisation:
    """What is known of an organisation; `ids` limits it to these initiatives. Raises KeyError for an unknown id."""
    if key not in package.organisations.index:
        raise KeyError(f"no organisation {key!r} in the register")
    parts = _parts(package, key, None if ids is None else frozenset(ids))
    own = tuple(part.initiative_id for part in parts)
    stated = str(package.organisations.at[key, "networks"])
    networks = tuple(dict.fromkeys(name.strip() for name in stated.split("|") if name.strip()))
    return Organisation(key, parts, _places(package, own), _companions(package, key, own), networks)


def organisations_of(package: Package, initiative_id: str) -> tuple[tuple[str, str, str], ...]:
    """(id or '', name, role) of the organisations of an initiative, in the register's order, each once."""
    found: dict[str, tuple[str, str, str]] = {}
    for code, name, role in _links(package).get(initiative_id, ()):
        before = found.get(code or fold(name))
        if before is None or role == LEAD:
            found[code or fold(name)] = (code, name, role)
    return tuple(found.values())


@per_package(maxsize=1)
def _links(package: Package) -> dict[str, list[tuple[str, str, str]]]:
    """Initiative -> (organisation id or '', name, role)."""
    columns = ["initiative_id", "organisation_id", "organisation_name", "role"]
    official = package.organisations["name"]
    found: dict[str, list[tuple[str, str, str]]] = {}
    for key, code, name, role in (
        package.initiative_organisations[columns].astype(str).itertuples(index=False)
    ):
        shown = str(official.at[code]) if code in official.index else name
        found.setdefault(key, []).append((code, shown, role))
    return found


def _parts(package: Package, key: str, ids: frozenset[str] | None) -> tuple[Part, ...]:
    """One part an initiative; who leads it and is named as a partner as well, leads it."""
    found = []
    for initiative in map(str, package.initiatives.index):
        roles = {role for code, _, role in _links(package).get(initiative, ()) if code == key}
        if roles and (ids is None or initiative in ids):
            found.append(Part(initiative, LEAD if LEAD in roles else PARTNER))
    return tuple(found)


def _places(package: Package, ids: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    scopes = {str(k): codes for k, codes in zip(package.initiatives.index, scope_codes(package), strict=True)}
    found: dict[str, list[str]] = {}
    for key in ids:
        for code in scopes[key]:
            found.setdefault(code, []).append(key)
    wide = [code for code in (CITY, REGION, "unknown") if code in found]
    return {code: tuple(found[code]) for code in [*sorted(set(found) - set(wide)), *wide]}


def _companions(package: Package, key: str, ids: tuple[str, ...]) -> tuple[Companion, ...]:
    names: dict[str, tuple[str, str]] = {}
    shared: dict[str, list[str]] = {}
    for initiative in ids:
        for code, name, _ in organisations_of(package, initiative):
            if code != key:
                names.setdefault(code or fold(name), (code, name))
                shared.setdefault(code or fold(name), []).append(initiative)
    found = [Companion(*names[other], tuple(own)) for other, own in shared.items()]
    return tuple(
        sorted(found, key=lambda each: (-len(each.initiatives), fold(each.name), each.organisation_id))
    )


def who_is_missing(package: Package, area_code: str, basis: Basis | None = None) -> WhoIsMissing:
    """Sectors against ambitions for a district or neighbourhood, against what is known elsewhere in the city.

    Raises KeyError for a code that is neither. A kind takes part in an initiative as `profile.missing_kinds` says.
    """
    kinds = missing_kinds(package, area_code, basis)
    ambitions = ambition_codes(package)
    every = tuple(map(str, package.initiatives.index))
    members = {each: set(_of(package, every, each)) for each in (*ambitions, ALL)}
    cells = {
        (kind.sector, ambition): Cell(
            *(
                tuple(key for key in ids if key in fits)
                for ids in (kind.here, kind.around, kind.wide, kind.elsewhere)
            )
        )
        for kind in kinds
        for ambition, fits in members.items()
    }
    gone = tuple(kind.sector for kind in kinds if kind.missing)
    return WhoIsMissing(area_code, tuple(kind.sector for kind in kinds), gone, ambitions, cells)


def _of(package: Package, ids: tuple[str, ...], ambition: str) -> tuple[str, ...]:
    return ids if ambition == ALL else with_ambition(package, ids, ambition)


@per_package(maxsize=1)
def ambition_codes(package: Package) -> tuple[str, ...]:
    """The ambitions of the vocabulary, by code."""
    table = package.vocabularies
    return tuple(sorted(map(str, table.loc[table["vocabulary"] == "ambition", "code"])))


def spots(package: Package, district: str, basis: Basis | None = None) -> tuple[Spot, ...]:
    """Each neighbourhood of a district with each ambition, by code."""
    areas, ids = package.areas, counted(package, basis or Basis())
    inside = (areas["level"] == NEIGHBOURHOOD) & (areas["parent_code"] == district)
    members = {each: set(with_ambition(package, ids, each)) for each in ambition_codes(package)}
    counts = {code: count_of(package, [code], ids) for code in sorted(map(str, areas.index[inside]))}
    return tuple(
        Spot(code, district, ambition, found.among(fits))
        for code, found in counts.items()
        for ambition, fits in members.items()
    )


def invitations(
    package: Package, area_code: str, sector: str, ambition: str = ALL, basis: Basis | None = None
) -> tuple[Invitation, ...]:
    """Organisations of the sector that take part in no initiative with the ambition that is known to serve the area or
    its district as a whole: those with most initiatives for the ambition first, then with most others, then by name."""
    ids = counted(package, basis or Basis())
    cell = who_is_missing(package, area_code, basis).cells[sector, ambition]
    here = {*cell.here, *cell.around}
    organisations = package.organisations
    found = []
    for key in map(str, organisations.index[organisations["sector"] == sector]):
        own = tuple(part.initiative_id for part in _parts(package, key, frozenset(ids)))
        if not here & set(own):
            fitting = _of(package, own, ambition)
            found.append(Invitation(key, fitting, tuple(each for each in own if each not in fitting)))
    names = organisations["name"].astype(str)
    return tuple(
        sorted(
            found,
            key=lambda i: (
                -len(i.fitting),
                -len(i.others),
                fold(names[i.organisation_id]),
                i.organisation_id,
            ),
        )
    )


def confirmed(role: str) -> bool:
    """Whether a source states that the organisation signed or convened the agreement."""
    return role in SIGNED


def to_invite(kinds: Sequence[PartnerKind]) -> list[PartnerKind]:
    """Kinds of partner that are known in the city and in no initiative that is known to serve the area, nor its
    district as a whole."""
    return [kind for kind in kinds if kind.missing]
