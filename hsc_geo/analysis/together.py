"""Who meets without anyone having asked: places where several come together, who leads and takes part in most, and
which initiatives share a place or an organisation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from hsc_geo.analysis.facets import fold
from hsc_geo.analysis.near import Point, to_rd
from hsc_geo.analysis.neighbours import DECIMALS
from hsc_geo.analysis.partners import LEAD, organisations_of
from hsc_geo.analysis.places import Place, places
from hsc_geo.data.load import Package


@dataclass(frozen=True)
class Meeting:
    """A place of two or more initiatives. name: its venue as most of them call it, else its address; at: x, y in metres
    of EPSG:28992."""

    name: str
    at: Point
    initiatives: tuple[str, ...]


@dataclass(frozen=True)
class Active:
    """An organisation of the register: the initiatives that it leads, and those that it is a partner in."""

    organisation_id: str
    leads: tuple[str, ...]
    joins: tuple[str, ...]

    @property
    def number(self) -> int:
        """In how many it takes part."""
        return len(self.leads) + len(self.joins)


def meetings(package: Package, ids: Iterable[str]) -> tuple[Meeting, ...]:
    """Where two or more of these come together: the place of most first, then by name."""
    spots: dict[tuple[float, float], list[tuple[str, Place]]] = {}
    for key in ids:
        for place in places(package, key):
            if place.has_point:
                spots.setdefault(_spot(place), []).append((key, place))
    found = [_meeting(some) for some in spots.values() if len({key for key, _ in some}) > 1]
    return tuple(sorted(found, key=lambda each: (-len(each.initiatives), fold(each.name), each.at)))


def _meeting(some: list[tuple[str, Place]]) -> Meeting:
    for name in ("venue", "address"):
        called = Counter(getattr(place, name) for _, place in some if getattr(place, name))
        if called:
            break
    place = some[0][1]
    at = to_rd(place.latitude, place.longitude)
    return Meeting(
        next(iter(dict(called.most_common(1))), ""), at, tuple(dict.fromkeys(key for key, _ in some))
    )


def _spot(place: Place) -> tuple[float, float]:
    return round(place.latitude, DECIMALS), round(place.longitude, DECIMALS)


def active(package: Package, ids: Iterable[str]) -> tuple[Active, ...]:
    """The organisations of the register that take part in these: in most first, then by name."""
    leads: dict[str, list[str]] = {}
    joins: dict[str, list[str]] = {}
    for key in ids:
        for code, _, role in organisations_of(package, key):
            if code in package.organisations.index:
                (leads if role == LEAD else joins).setdefault(code, []).append(key)
    found = [
        Active(code, tuple(leads.get(code, ())), tuple(joins.get(code, ()))) for code in {**leads, **joins}
    ]
    name = package.organisations["name"].astype(str)
    return tuple(
        sorted(found, key=lambda each: (-each.number, fold(name[each.organisation_id]), each.organisation_id))
    )


def sharing(package: Package, ids: Iterable[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(initiative, others of these that share a place or an organisation with it), for those that share with any; who
    shares with most first, then in the order given."""
    asked = tuple(dict.fromkeys(ids))
    common: dict[object, list[str]] = {}
    for key in asked:
        for each in dict.fromkeys(_marks(package, key)):
            common.setdefault(each, []).append(key)
    others: dict[str, set[str]] = {key: set() for key in asked}
    for some in common.values():
        for key in some:
            others[key].update(some)
    found = [(key, tuple(each for each in asked if each in others[key] - {key})) for key in asked]
    return tuple(sorted((pair for pair in found if pair[1]), key=lambda pair: -len(pair[1])))


def _marks(package: Package, key: str) -> Iterable[object]:
    """What an initiative can share: its places and its organisations."""
    for place in places(package, key):
        if place.has_point:
            yield _spot(place)
    for code, name, _ in organisations_of(package, key):
        yield code or fold(name)
